"""Which posts a page of a topic shows, and which other pages it leads to. Pure."""

from app.forums.rules import PAGE, first_on_page, pages_of

NEAR = 1  # pages on either side of the present one that are named


def chosen_page(page: int | None, at: int | None, last_number: int) -> int:
    """The page to show: the one that was asked for, or the one with a post on it; the nearest that there is."""
    last = pages_of(last_number)
    wanted = page if page is not None else (first_on_page(at) // PAGE + 1 if at is not None else 1)
    return min(max(wanted, 1), last)


def first_of(page: int) -> int:
    """The number with which a page begins."""
    return (page - 1) * PAGE + 1


def named_pages(page: int, pages: int) -> list[int | None]:
    """The pages that a page leads to, None for those left out: first, last, and those beside the present one."""
    near = set(range(page - NEAR, page + NEAR + 1)) & set(range(1, pages + 1))
    named: list[int | None] = []
    before = 0
    for number in sorted(near | {1, pages}):
        if number - before == 2:  # noqa: PLR2004 - exactly one is left out: name it
            named.append(number - 1)
        elif number - before > 1:
            named.append(None)
        named.append(number)
        before = number
    return named
