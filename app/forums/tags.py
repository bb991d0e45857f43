"""Tags: a few words under which a topic is found. Pure."""

import re
import unicodedata

MOST = 5
LONGEST = 30  # characters

_separators = re.compile(r"[,;\n#]+")
_no_word = re.compile(r"[\W_]+")


def read(written: str) -> list[str]:
    """Tags as somebody wrote them, between commas, in the one spelling that we keep; each once, in their order.

    Raises ValueError, with a sentence, for more or longer ones than there may be.
    """
    found = list(dict.fromkeys(filter(None, map(normalise, _separators.split(written)))))
    if len(found) > MOST:
        raise ValueError(f"Use {MOST} tags or fewer")
    for tag in found:
        if len(tag) > LONGEST:
            raise ValueError(f"Keep each tag to {LONGEST} characters or fewer, with commas between them")
    return found


def normalise(tag: str) -> str:
    """One spelling for what reads the same: "Night  Shifts" and "night-shifts" are one tag."""
    return _no_word.sub("-", unicodedata.normalize("NFKC", tag).casefold().replace("’", "").replace("'", "")).strip("-")


def write(tags: list[str]) -> str:
    """Tags for somebody to change."""
    return ", ".join(tags)
