"""Quotes: somebody's words in somebody else's post, with a link to where they stand. Pure.

A quote names nobody. Its first line links to the post, and that page says whose it is, for as long as it says so: after
an erasure, of an anonymous author and of a hidden post, nobody.
"""

import re

from app.forums.mentions import quoted_lines

LONGEST = 2_000  # characters of one quote; the link leads to the rest
SOURCE = "[an earlier post](/forums/posts/{post_id}):"
CUT = "…"

_last_word = re.compile(r"[ \n]+[^ \n]*$")
_source = re.compile(r"^> \[an earlier post\]\(/forums/posts/(\d{1,9})\):$", re.MULTILINE)


def quote(post_id: int, body: str) -> str:
    """A post's words as the beginning of an answer to it; what it quotes itself is left out."""
    words = _shortened(_own_words(body))
    lines = [SOURCE.format(post_id=post_id), *(["", *words.split("\n")] if words else [])]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def quoted_posts(body: str) -> list[int]:
    """The ids of the posts that a text quotes, each once."""
    return list(dict.fromkeys(int(number) for number in _source.findall(body)))


def _own_words(body: str) -> str:
    quoted = quoted_lines(body)
    kept = [line for number, line in enumerate(body.split("\n")) if number not in quoted]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _shortened(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    cut = words[:LONGEST]
    return (_last_word.sub("", cut) or cut) + CUT
