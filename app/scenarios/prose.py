"""The Markdown of a passage as HTML, with the pictures that a scenario may bring."""

import re
from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup, escape

from app.core import html

PICTURE = re.compile(r"!\[([^\[\]\n]+)\]\(([^()\[\]/\\\n]+\.(?:png|jpe?g|gif|svg|webp))\)")
MARK = re.compile("\ue000([0-9]+)\ue000")

Address = Callable[[str], str]


@lru_cache(maxsize=1024)
def prose(text: str, media: Address) -> Markup:
    """The safe HTML of a text, cached; `media` gives the address of a picture."""
    pictures: list[Markup] = []

    def set_aside(found: re.Match[str]) -> str:
        address = media(found[2])
        pictures.append(Markup('<img class="app-scene__picture" src="{}" alt="{}">').format(address, found[1]))
        return f"\ue000{len(pictures) - 1}\ue000"

    text = PICTURE.sub(set_aside, text.replace("\ue000", ""))
    cooked = _cooked(text)
    return Markup(MARK.sub(lambda found: str(pictures[int(found[1])]), cooked))  # noqa: S704 - both halves are safe


def _cooked(text: str) -> str:
    if len(text) <= html.LONGEST:
        return html.cook(text)
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in re.split(r"\n{2,}", text))
