"""What another system may ask of us: parameters with their bounds, read once, in the order of the standard."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time

from app.signposting.openreferral.hours import DAYS
from app.signposting.openreferral.places import one_postcode
from app.signposting.openreferral.values import read_uuid

MOST_PER_PAGE, USUAL_PER_PAGE, LAST_PAGE = 100, 50, 100_000
OLDEST, FURTHEST, LONGEST_SEARCH = 150, 500_000, 200
POSTCODE = re.compile(r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}")
WHOLE = re.compile(r"[0-9]{1,9}")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(:[0-5][0-9])?")


class BadQuestionError(ValueError):
    """Parameters that cannot be answered: each with what is wrong, in words."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in wrong.items()))
        self.wrong = dict(wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to a list, as the facts page of Open Referral UK has it; what is None was not asked."""

    page: int = 1
    per_page: int = USUAL_PER_PAGE
    search: str = ""
    taxonomy_id: str = ""
    taxonomy_term_id: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    day: str = ""
    start_time: time | None = None
    end_time: time | None = None
    postcode: str = ""
    proximity: int | None = None

    @property
    def skipped(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * self.per_page


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """A whole number between two bounds."""

    def read(text: str) -> int:
        if (
            not (text.isascii() and text.isdecimal() and len(text) < len("1000000"))
            or not lowest <= int(text) <= highest
        ):
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(text)

    return read


def uuid(text: str) -> str:
    """An id."""
    found = read_uuid(text)
    if not found:
        raise ValueError("must be a UUID")
    return found


def day(text: str) -> str:
    """A day of the week as in RRULE."""
    if text not in DAYS:
        raise ValueError(f"must be one of {', '.join(DAYS)}")
    return text


def clock(text: str) -> time:
    """A time such as 09:30."""
    if not CLOCK.fullmatch(text):
        raise ValueError("must be a time such as 09:30")
    return time(int(text[:2]), int(text[3:5]))


def postcode(text: str) -> str:
    """A whole postcode."""
    if not POSTCODE.fullmatch(text):
        raise ValueError("must be a whole postcode such as LE1 5WW")
    return one_postcode(text)


def words(text: str) -> str:
    """Words to look for."""
    if len(text) > LONGEST_SEARCH or "\0" in text:
        raise ValueError(f"must be words of at most {LONGEST_SEARCH} characters")
    return text


PAGING: dict[str, Callable[[str], object]] = {"page": whole(1, LAST_PAGE), "per_page": whole(1, MOST_PER_PAGE)}
OF_TERMS = PAGING | {"search": words, "taxonomy_id": uuid}
OF_SERVICES = PAGING | {
    "search": words,
    "taxonomy_id": uuid,
    "taxonomy_term_id": uuid,
    "minimum_age": whole(0, OLDEST),
    "maximum_age": whole(0, OLDEST),
    "day": day,
    "start_time": clock,
    "end_time": clock,
}
OF_PLACES = OF_SERVICES | {"postcode": postcode, "proximity": whole(1, FURTHEST)}


def read_question(given: Mapping[str, str], known: Mapping[str, Callable[[str], object]]) -> Asked:
    """The question in these parameters; what is not known is passed over, blank ones count as not given.

    Raises BadQuestionError for values that are known and wrong.
    """
    found: dict[str, object] = {}
    wrong: dict[str, str] = {}
    for name, read in known.items():
        text = given.get(name, "").strip()
        if not text:
            continue
        try:
            found[name] = read(text)
        except ValueError as why:
            wrong[name] = str(why)
    if "proximity" in found and "postcode" not in found and "postcode" not in wrong:
        wrong["proximity"] = "needs a postcode to be near to"
    if wrong:
        raise BadQuestionError(wrong)
    return Asked(**found)  # type: ignore[arg-type]
