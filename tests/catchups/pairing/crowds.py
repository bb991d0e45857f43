"""People to pair in tests, and an oracle that tries everything."""

from collections import Counter
from itertools import combinations
from random import Random

from hypothesis import strategies as st

from app.catchups.pairing import Meeting, Person, Preference, RoundInputs
from app.catchups.pairing.worth import ASKED, LIKING, MEMORY


def crowd(count, seed=0, organisations=5):
    """So many people with labels at random; always the same for the same arguments."""
    draw = Random(seed)
    return tuple(
        Person(
            number,
            f"organisation {draw.randrange(organisations)}",
            f"profession {draw.randrange(4)}",
            f"area {draw.randrange(3)}",
        )
        for number in range(count)
    )


def numbers_of(pairing):
    return [set(group.members) for group in pairing.groups]


def couples_of(pairing):
    return [couple for group in pairing.groups for couple in combinations(group.members, 2)]


@st.composite
def rounds(draw, least=0, most=8, sizes=(2, 3, 4), blocked=None):
    """Inputs of a round; `blocked` limits how many wishes not to meet there are."""
    count = draw(st.integers(least, most))
    label = st.sampled_from(["x", "y", "z", None])
    wishes = st.frozensets(st.sampled_from(Preference), max_size=1)
    people = tuple(Person(number, draw(label), draw(label), draw(label), draw(wishes)) for number in range(count))
    couples = list(combinations(range(count), 2))
    some = st.lists(st.sampled_from(couples), max_size=2 * count) if couples else st.just([])
    few = some if blocked is None or not couples else st.lists(st.sampled_from(couples), max_size=blocked)
    return RoundInputs(
        seed=draw(st.integers(0, 5)),
        group_size=draw(st.sampled_from(sizes)),
        people=people,
        met=tuple(Meeting(*couple, draw(st.integers(0, 5))) for couple in draw(some)),
        not_with=tuple(draw(few)),
    )


class Oracle:
    """Every way to put a few people into pairs and threes, compared as docs/catchups.md says; shares no code."""

    def __init__(self, inputs):
        self.people = inputs.people
        self.apart = {frozenset(couple) for couple in inputs.not_with}
        self.met = {}
        company = {}
        for one, other, rounds_ago in inputs.met:
            couple = frozenset((one, other))
            self.met[couple] = min(rounds_ago, self.met.get(couple, rounds_ago))
            company.setdefault((one, rounds_ago), set()).add(other)
            company.setdefault((other, rounds_ago), set()).add(one)
        self.in_a_three = Counter()
        for (person, rounds_ago), others in company.items():
            if len(others) > 1:
                self.in_a_three[person] = max(self.in_a_three[person], MEMORY - rounds_ago)

    def merit(self, groups):
        """What is compared, the most important first: people placed, few threes, few repeats, how old, how liked."""
        couples = [frozenset(couple) for group in groups for couple in combinations(group, 2)]
        threes = [group for group in groups if len(group) > 2]
        repeats = [self.met[couple] for couple in couples if couple in self.met]
        lately = sum(MEMORY - rounds_ago for rounds_ago in repeats)
        lately += sum(self.in_a_three[person] for three in threes for person in three)
        return (sum(map(len, groups)), -len(threes), -len(repeats), -lately, sum(map(self.liked, couples)))

    def liked(self, couple):
        one, other = (self.people[number] for number in couple)
        total = 0
        for preference, name, same in (
            (Preference.OTHER_ORGANISATION, "organisation", False),
            (Preference.OTHER_PROFESSION, "profession", False),
            (Preference.SAME_AREA, "area", True),
        ):
            labels = getattr(one, name), getattr(other, name)
            if None not in labels and (labels[0] == labels[1]) == same:
                total += LIKING[preference] + ASKED * sum(preference in person.prefers for person in (one, other))
        return total

    def best(self):
        return max(map(self.merit, self.ways(tuple(range(len(self.people))))))

    def ways(self, left):
        if not left:
            yield []
            return
        first, *rest = left
        yield from self.ways(tuple(rest))
        for size in (1, 2):
            for company in combinations(rest, size):
                group = (first, *company)
                if all(frozenset(couple) not in self.apart for couple in combinations(group, 2)):
                    for way in self.ways(tuple(other for other in rest if other not in company)):
                        yield [group, *way]
