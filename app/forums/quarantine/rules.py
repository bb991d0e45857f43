"""Taking somebody's quoted words out of a text. Pure."""

import re

from app.forums.quotes import SOURCE

LEFT = "(taken away)"


def quotes_it(body: str, post_id: int) -> bool:
    """Whether a text quotes a post."""
    return SOURCE.format(post_id=post_id) in body


def without_quote(body: str, post_id: int) -> str:
    """A text in which each quote of a post says only that it was taken away; everything else stays as it is."""
    begins = re.compile(rf"^((?:> ?)+){re.escape(SOURCE.format(post_id=post_id))}$")
    kept: list[str] = []
    mark = ""
    for line in body.split("\n"):
        found = begins.match(line)
        if found:
            mark = found[1].rstrip()
            kept += [line, mark, f"{mark} {LEFT}"]
        elif not (mark and line.startswith(mark)):
            mark = ""
            kept.append(line)
    return "\n".join(kept)
