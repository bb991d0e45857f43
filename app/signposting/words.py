"""How the search reads words, the same in entries and in what people type."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
LONGEST = 60  # characters of a word; MOST: words of a search, the rest is left out
MOST = 12


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents and apostrophes, in order: "I can't" gives i, cant."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:LONGEST] for word in WORD.findall(bare)]


# Words that say nothing about what somebody looks for.
SMALL = frozenset(
    words_of(
        "a about am an and any are as at be been by can do does for from had has have he her his how i if in is it its"
        " me my of on or our she so some that the their them then there they this to up us was we were what when where"
        " who why will with would you your cant cannot dont didnt wont im ive need want"
        " help please somebody someone something"
    )
)


def asked_words(text: str) -> list[str]:
    """The words of a search, each once, without those that say nothing unless there are only such."""
    found = list(dict.fromkeys(words_of(text)))
    return ([word for word in found if word not in SMALL] or found)[:MOST]
