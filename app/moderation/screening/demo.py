"""Watched words of the demonstration."""

from app.moderation.screening.operations.watching import watch
from app.moderation.screening.queries import words
from app.moderation.screening.watchwords import read_list

LIST = """
block: snowflake*
hold: useless doctor
hold: lazy nurse*
flag: whistleblow*
suggest: manpower = workforce, or staff
suggest: the elderly = older people
suggest: service user* = the person drawing on support
suggest: victim* = the person targeted
"""


def load(programme_id: int, *, by_id: int) -> int:
    """Watch some words in a programme that watches none; gives their number."""
    if words.rows(programme_id):
        return 0
    listed = read_list(LIST)
    for each in listed:
        watch(programme_id, each, by_id=by_id)
    return len(listed)
