"""Fields as components: the right input, tied to its label, hint and error; nothing that is typed becomes markup."""

import datetime as dt

import pytest
from flask_wtf import FlaskForm
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Undefined, UndefinedError
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, Form, FormField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.core.fields import field
from app.core.inputs import DateInputField, LongTextField
from app.core.whole_form import error_summary, form_failed, hidden_fields, takes_files
from tests.core.page import read
from tests.core.tiny_app import EveryField, make

HOSTILE = """"><script>alert('1')</script>&amp;'{{ 7*7 }}"""


@pytest.fixture(scope="module")
def tiny():
    return make()


@pytest.fixture(autouse=True)
def _in_a_request(tiny):
    with tiny.test_request_context("/form"):
        yield


@pytest.fixture
def refused(tiny):
    """The form of every field, sent with nothing in it."""
    with tiny.test_request_context("/form", method="POST"):
        form = EveryField(formdata=MultiDict(), meta={"csrf": False})
        form.validate()
        yield form


@pytest.fixture
def fresh():
    return EveryField(meta={"csrf": False})


def described(page, control):
    """The words that a screen reader adds to a control."""
    return [page.one(id=name).words for name in (control.get("aria-describedby") or "").split()]


def test_a_line_of_text_has_a_label_and_keeps_what_was_typed():
    form = EveryField(formdata=MultiDict({"name": "Ada"}), meta={"csrf": False})
    page = read(field(form.name))
    box = page.one("input")
    assert (box["id"], box["name"], box["type"], box["value"]) == ("name", "name", "text", "Ada")
    assert page.one("label", for_="name").words == "Full name"
    assert box.get("aria-describedby") is None


def test_an_error_and_a_hint_describe_the_input(refused):
    page = read(field(refused.email))
    assert described(page, page.one("input")) == ["To sign you in", "Error: Enter an email address"]
    assert "nhsuk-form-group--error" in page.inside[0]["class"]


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("email", {"type": "email", "autocomplete": "email", "spellcheck": "false"}),
        ("phone", {"type": "tel", "autocomplete": "tel"}),
        ("address", {"type": "url", "spellcheck": "false"}),
        ("number", {"type": "text", "inputmode": "numeric"}),
        ("hours", {"type": "text", "inputmode": "decimal"}),
        ("password", {"type": "password", "autocomplete": "current-password"}),
    ],
)
def test_each_kind_of_line_brings_its_keyboard(fresh, name, attributes):
    box = read(field(fresh[name])).one("input")
    assert {key: box.get(key) for key in attributes} == attributes


def test_a_password_is_never_sent_back():
    form = EveryField(formdata=MultiDict({"password": "a long walk"}), meta={"csrf": False})
    assert "a long walk" not in field(form.password)


def test_optional_questions_say_so_once():
    class Asked(Form):
        free = StringField("Anything else", [Optional()])
        said = StringField("Nickname (optional)", [Optional()])

    form = Asked()
    assert read(field(form.free)).one("label").words == "Anything else (optional)"
    assert read(field(form.said)).one("label").words == "Nickname (optional)"


def test_long_text_counts_characters_where_a_limit_is(fresh):
    class Asked(Form):
        free = TextAreaField("Anything else")

    counted = read(field(fresh.story))
    assert counted.one("div", data_module="nhsuk-character-count")["data-maxlength"] == "200"
    assert "You can enter up to 200 characters" in described(counted, counted.one("textarea"))
    assert not read(field(Asked().free)).all(data_module="nhsuk-character-count")


@given(
    typed=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=60),
    limited=st.booleans(),
)
def test_long_text_comes_back_as_it_was_typed(tiny, typed, limited):
    class Asked(FlaskForm):
        words = LongTextField("Words", [Length(max=500)] if limited else [])

    with tiny.test_request_context("/"):
        form = Asked(formdata=MultiDict({"words": typed.replace("\n", "\r\n")}), meta={"csrf": False})
        (textarea,) = read(field(form.words)).all("textarea")
        # A browser drops one line break at the beginning.
        assert "".join(textarea.inside).removeprefix("\n") == typed
        assert form.words.data == typed


def test_a_line_break_counts_as_one_character():
    class Asked(Form):
        words = LongTextField("Words", [Length(max=3)])

    assert Asked(MultiDict({"words": "a\r\nb"})).validate()
    assert not Asked(MultiDict({"words": "a\r\nbc"})).validate()


def test_radios_stand_in_a_fieldset_and_the_first_has_the_id_of_the_field(refused):
    page = read(field(refused.how))
    group = page.one("fieldset")
    assert group.one("legend").words == "How should we reach you?"
    assert described(page, group) == ["Error: Choose how we reach you"]
    assert [(radio["id"], radio["value"]) for radio in page.all("input")] == [("how", "post"), ("how-2", "phone")]
    assert [page.one("label", for_=radio["id"]).words for radio in page.all("input")] == ["By post", "By phone"]


def test_the_chosen_radio_is_checked():
    form = EveryField(formdata=MultiDict({"how": "phone"}), meta={"csrf": False})
    assert ["checked" in radio.attributes for radio in read(field(form.how)).all("input")] == [False, True]


def test_values_that_are_no_text_are_chosen_too():
    class Asked(Form):
        stars = RadioField("Stars", coerce=int, choices=[SelectChoice(1, "One"), SelectChoice(2, "Two")])
        level = SelectField("Level", coerce=int, choices=[SelectChoice(0, "None"), SelectChoice(1, "Some")])

    form = Asked(data={"stars": 2, "level": 0})
    assert [radio["value"] for radio in read(field(form.stars)).all("input") if "checked" in radio.attributes] == ["2"]
    assert [one["value"] for one in read(field(form.level)).all("option") if "selected" in one.attributes] == ["0"]


def test_a_choice_may_have_a_hint_and_open_a_question(fresh):
    inner = field(fresh.phone)
    page = read(field(fresh.how, items={"phone": {"hint": "We ring once", "conditional": {"html": inner}}}))
    radio = page.one("input", value="phone")
    assert described(page, radio) == ["We ring once"]
    assert page.one(id=radio["data-aria-controls"]).one("input")["name"] == "phone"


def test_checkboxes_keep_every_tick():
    form = EveryField(formdata=MultiDict([("needs", "room"), ("needs", "print")]), meta={"csrf": False})
    page = read(field(form.needs))
    assert page.one("legend").words == "What would help?"
    assert [(box["id"], "checked" in box.attributes) for box in page.all("input")] == [
        ("needs", True),
        ("needs-2", True),
    ]


def test_one_checkbox_needs_no_fieldset(refused):
    page = read(field(refused.agreed, hint="You can change your mind"))
    box = page.one("input", type="checkbox")
    assert box["id"] == "agreed"
    assert not page.all("fieldset")
    assert page.one("label", for_="agreed").words == "I agree to take part"
    assert described(page, box) == ["Error: Tick the box to take part", "You can change your mind"]


def test_a_select_shows_what_was_chosen():
    form = EveryField(formdata=MultiDict({"region": "llr"}), meta={"csrf": False})
    page = read(field(form.region))
    assert page.one("select")["id"] == "region"
    assert [option["value"] for option in page.all("option") if "selected" in option.attributes] == ["llr"]


def test_the_question_may_be_the_heading_of_the_page(fresh):
    assert read(field(fresh.how, heading=True)).one("legend").one("h1").words == "How should we reach you?"
    assert read(field(fresh.name, heading=True)).one("h1").one("label").words == "Full name"


def test_files_make_the_form_multipart(fresh):
    class Plain(Form):
        name = StringField()

    assert "multiple" in read(field(fresh.slides)).one("input", type="file").attributes
    assert takes_files(fresh)
    assert not takes_files(Plain())


def test_a_button_says_what_it_does(fresh):
    button = read(field(fresh.submit, label="Book the place", variant="secondary")).one("button")
    assert (button.words, button["name"], button["type"]) == ("Book the place", "submit", "submit")
    assert "nhsuk-button--secondary" in button["class"]
    assert button["data-prevent-double-click"] == "true"


def test_what_the_form_asks_of_a_field_reaches_the_input():
    class Asked(Form):
        code = StringField("Code", render_kw={"autocomplete": "one-time-code", "pattern": "[0-9]*", "data-x": "7"})

    box = read(field(Asked().code, width=5)).one("input")
    assert (box["autocomplete"], box["pattern"], box["data-x"]) == ("one-time-code", "[0-9]*", "7")
    assert "nhsuk-input--width-5" in box["class"]


def test_a_kind_without_component_is_refused():
    class Odd(Form):
        odd = Field("Odd")

    with pytest.raises(TypeError, match="No component for Field"):
        field(Odd().odd)


KINDS = ("name", "email", "number", "story", "how", "needs", "agreed", "region", "day", "slides", "submit", "step")


@pytest.mark.parametrize("name", KINDS)
def test_nothing_hostile_becomes_markup(tiny, name):
    with tiny.test_request_context("/form", method="POST"):
        posted = MultiDict({name: HOSTILE, f"{name}-day": HOSTILE, f"{name}-month": "1"})
        form = EveryField(formdata=posted, meta={"csrf": False})
        asked = form[name]
        if hasattr(asked, "choices"):
            asked.choices = [SelectChoice(HOSTILE, HOSTILE)]
        asked.label.text = asked.description = HOSTILE
        form.validate()
        asked.errors = [HOSTILE]
        page = read(field(asked) + error_summary(form))
        assert not page.all("script")
        shown = page.words + " ".join(
            str(value) for element in page.all() for key, value in element.attributes.items() if key == "value"
        )
        assert "<script>alert('1')</script>&amp;'{{ 7*7 }}" in shown
        assert "49" not in shown


def test_markup_stays_markup(fresh):
    hint = Markup('<a href="/why">Why we ask</a>')
    assert read(field(fresh.name, hint=hint)).one("a", href="/why").words == "Why we ask"


class TestHiddenFields:
    def test_a_form_brings_its_token_and_no_id_twice(self, tiny):
        with tiny.test_request_context("/form"):
            page = read(hidden_fields(EveryField()) + hidden_fields())
            assert {element["name"] for element in page.all("input")} == {"csrf_token", "step"}
            assert all(element["type"] == "hidden" and "id" not in element.attributes for element in page.all("input"))

    def test_a_form_that_was_not_passed_is_noticed(self):
        with pytest.raises(UndefinedError, match="did not pass"):
            hidden_fields(Undefined(name="form"))


class TestErrorSummary:
    def test_each_error_links_to_its_input(self, refused):
        page = read(
            error_summary(refused) + Markup("").join(field(asked) for asked in refused if asked.type != "HiddenField")
        )
        links = page.one("div", data_module="nhsuk-error-summary").all("a")
        assert {link["href"]: link.words for link in links} == {
            "#name": "Enter your name",
            "#email": "Enter an email address",
            "#story": "Tell us what happened",
            "#how": "Choose how we reach you",
            "#agreed": "Tick the box to take part",
            "#region": "Not a valid choice.",
            "#day-day": "Enter the date",
        }
        for link in links:
            assert page.one(id=link["href"].removeprefix("#")).name in {"input", "select", "textarea"}

    def test_nothing_to_say_about_a_form_that_is_fine(self, fresh):
        assert error_summary(fresh, None, Undefined()) == ""
        assert not form_failed(fresh, None, Undefined())

    def test_several_forms_share_one_summary(self, refused):
        assert len(read(error_summary(refused, refused)).all("div", data_module="nhsuk-error-summary")) == 1
        assert form_failed(None, refused)

    def test_an_error_of_the_whole_form_leads_to_its_first_field(self, fresh):
        fresh.form_errors.append("Email address or password is wrong")
        (link,) = read(error_summary(fresh)).all("a")
        assert (link["href"], link.words) == ("#name", "Email address or password is wrong")

    def test_an_error_of_a_hidden_field_is_told_without_a_link(self, fresh):
        fresh.step.errors = ["Begin again"]
        page = read(error_summary(fresh))
        assert page.one("li").words == "Begin again"
        assert not page.all("a")

    def test_forms_inside_forms_are_heard(self):
        class Row(Form):
            name = StringField("Name", [InputRequired("Enter a name")])

        class Table(Form):
            first = FormField(Row)
            rows = FieldList(FormField(Row), min_entries=1)

        form = Table(MultiDict({"first-name": "", "rows-0-name": ""}))
        form.validate()
        assert [link["href"] for link in read(error_summary(form)).all("a")] == ["#first-name", "#rows-0-name"]


class TestDates:
    class Asked(Form):
        day = DateInputField("Date of the workshop", [InputRequired("Enter the date")])
        until = DateInputField("Last day", [Optional()])

    def sent(self, **parts):
        form = self.Asked(MultiDict({f"day-{part}": text for part, text in parts.items()}))
        form.validate()
        return form.day

    @given(date=st.dates())
    def test_every_date_goes_through(self, date):
        sent = self.sent(day=str(date.day), month=str(date.month), year=f"{date.year:04}")
        assert (sent.data, sent.errors) == (date, [])

    @pytest.mark.parametrize("month", ["March", "mar", " MARCH ", "03", "3"])
    def test_months_by_name_or_number(self, month):
        assert self.sent(day="27", month=month, year="2026").data == dt.date(2026, 3, 27)

    def test_what_is_missing_is_named_and_marked(self):
        sent = self.sent(day="", month="3", year="")
        assert sent.errors == ["Date of the workshop must include a day and year"]
        page = read(field(sent))
        wrong = [box["id"] for box in page.all("input") if "nhsuk-input--error" in box["class"]]
        assert wrong == ["day-day", "day-year"]
        assert page.one(id="day-month")["value"] == "3"

    @pytest.mark.parametrize(
        "parts", [("31", "2", "2026"), ("0", "1", "2026"), ("1", "13", "2026"), ("1", "x", "2026"), ("²", "1", "2026")]
    )
    def test_days_that_never_were(self, parts):
        sent = self.sent(day=parts[0], month=parts[1], year=parts[2])
        assert sent.data is None
        assert sent.errors == ["Date of the workshop must be a real date, like 27 3 2026"]
        assert read(field(sent)).one(id="day-day")["value"] == parts[0]

    @given(text=st.lists(st.text(max_size=12), min_size=3, max_size=3))
    def test_any_text_gives_a_date_or_a_sentence(self, text):
        sent = self.sent(day=text[0], month=text[1], year=text[2])
        assert isinstance(sent.data, dt.date) != bool(sent.errors)

    def test_empty_is_missing_or_fine(self):
        form = self.Asked(MultiDict({"day-day": "", "day-month": "", "day-year": "", "until-day": ""}))
        assert not form.validate()
        assert form.errors == {"day": ["Enter the date"]}
        assert form.until.data is None

    def test_a_date_fills_the_boxes(self):
        form = self.Asked(data={"day": dt.date(2026, 3, 7)})
        boxes = read(field(form.day)).all("input")
        assert [(box["name"], box["value"]) for box in boxes] == [
            ("day-day", "7"),
            ("day-month", "3"),
            ("day-year", "2026"),
        ]


def test_numbers_that_were_mistyped_come_back():
    class Asked(Form):
        many = IntegerField("How many", [InputRequired()])

    form = Asked(MultiDict({"many": "seven"}))
    assert not form.validate()
    assert read(field(form.many)).one("input")["value"] == "seven"
