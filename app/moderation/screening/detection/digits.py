"""Digits as people write long numbers: groups with a space, a hyphen, a dot or brackets between them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

GROUP = re.compile(r"\d+")
WIDEST_GAP = 4
BLANK_LINE = 2  # line breaks, which begin another thought
JOINS = frozenset(" \t\r\n-.()")
TIES = frozenset("-.")  # what holds groups together as one number more firmly than a space
MONEY = "£$€"
OTHER_NUMBERS = re.compile(
    r"\b(?:order|invoice|isbn(?:-1[03])?|issn|p\.?o\.?|purchase\s+order|tracking|parcel|receipt|transaction|ticket|grant"
    r"|charity|company|part|serial|asset|model|batch|lot|sku|asin|licen[cs]e|pmid|doi|meeting|zoom|webinar|webex"
    r"|conference|passcode|event|voucher|promo|barcode|account|acct|a/c|sort\s+code|vat|cost\s+cent(?:re|er)|po\s+box)s?"
    r"(?:\s+(?:id|no|nos|number|num|ref|reference|code|room))?s?\W{0,4}(?:(?:is|was|of)\s)?\W{0,4}$",
    re.IGNORECASE,
)


class Group(NamedTuple):
    """Digits without a break, `gap` being what stands between them and the group before in the same run."""

    digits: str
    start: int
    end: int
    gap: str


Run = list[Group]


def runs(text: str) -> list[Run]:
    """The digits of a text, groups that stand close together in one run."""
    found: list[Run] = []
    end = -1
    for match in GROUP.finditer(text):
        gap = text[end : match.start()] if end >= 0 else ""
        if end >= 0 and len(gap) <= WIDEST_GAP and JOINS.issuperset(gap) and gap.count("\n") < BLANK_LINE:
            found[-1].append(Group(match[0], match.start(), match.end(), gap))
        else:
            found.append([Group(match[0], match.start(), match.end(), "")])
        end = match.end()
    return found


def tied(gap: str) -> bool:
    """Whether what stands between two groups says that both belong to one number."""
    return not TIES.isdisjoint(gap)


def parts_of(run: Run, size: int) -> Iterator[tuple[int, int]]:
    """The stretches of a run that have exactly `size` digits, in whole groups: the first of them, and the one after."""
    first = total = 0
    for last, group in enumerate(run):
        total += len(group.digits)
        while total > size:
            total -= len(run[first].digits)
            first += 1
        if total == size:
            yield first, last + 1


def begins_amid_single_digits(run: Run, first: int) -> bool:
    """Whether it would begin in the midst of digits that stand apart ("1 2 3 4 …"), where nothing begins."""
    return first > 0 and len(run[first].digits) == 1 == len(run[first - 1].digits)


def is_of_something_else(before: str) -> bool:
    """Whether the words straight before a number say that it is an order's, a book's, a meeting's or an amount."""
    return (before.rstrip(" ")[-1:] in MONEY and bool(before.strip())) or bool(OTHER_NUMBERS.search(before))
