"""Facts in the text of pages: filled in once, never evaluated, strangers refused."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.programme.placeholders import UnknownPlaceholderError, facts_of, fill, unknown
from app.programme.rules import Targets

names = st.text("abcz._", min_size=1, max_size=8)
facts = st.dictionaries(names, st.text(), min_size=1, max_size=6)
plain = st.text().filter(lambda text: "{{" not in text and "}}" not in text and not text.endswith("{"))


@dataclass
class Described:
    name: str = "Active Bystander Programme"
    short_name: str = "ABP"
    team_name: str = "The team"
    area: str = "Leicester"
    wider_area: str = ""
    contact_email: str = "team@abp.example"
    targets: Targets = field(default_factory=Targets)


@given(text=plain, facts=facts)
def test_a_text_without_placeholders_stays_as_it_is(text, facts):
    assert fill(text, facts) == text


@given(facts=facts, data=st.data())
def test_every_known_name_becomes_its_fact(facts, data):
    wanted = data.draw(st.lists(st.sampled_from(sorted(facts)), min_size=1))
    spaces = data.draw(st.sampled_from(["", " ", "  "]))
    text = "|".join(f"{{{{{spaces}{name}{spaces}}}}}" for name in wanted)
    assert fill(text, facts) == "|".join(facts[name] for name in wanted)


@given(facts=facts, name=names)
def test_what_a_fact_says_is_not_filled_again(facts, name):
    facts = facts | {name: "{{ targets.places }}"}
    assert fill(f"{{{{ {name} }}}}", facts) == "{{ targets.places }}"


@given(facts=facts, stranger=names)
def test_an_unknown_name_is_refused_with_a_sentence(facts, stranger):
    facts.pop(stranger, None)
    with pytest.raises(UnknownPlaceholderError) as refused:
        fill(f"There are {{{{ {stranger} }}}} places.", facts)
    assert f"{{{{ {stranger} }}}}" in str(refused.value)
    assert all(name in str(refused.value) for name in facts)


@pytest.mark.parametrize(
    "text", ["{{ 7 * 7 }}", "{{ config.SECRET_KEY }}", "{{}}", "{{ targets.places|safe }}", "{{ name\n}}"]
)
def test_nothing_is_evaluated(text):
    assert unknown(text, facts_of(Described()))


def test_a_programme_offers_what_it_says_of_itself_and_its_targets():
    offered = facts_of(Described())
    assert offered["programme.contact_email"] == "team@abp.example"
    assert offered["targets.places"] == "100"
    assert fill("{{targets.cohort_min}} to {{ targets.cohort_max }}", offered) == "12 to 20"
