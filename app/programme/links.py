"""Links between the pages of a programme, where these are found under a prefix."""

import re
from collections.abc import Collection

LINK = re.compile(r'(?P<tag><a\b[^>]*?\shref=")(?P<path>/(?P<slug>[a-z0-9-]*))(?=["#?])')


def under(prefix: str, html: str, slugs: Collection[str]) -> str:
    """Cooked HTML whose links to the programme's own pages lead to addresses under a prefix; others stay."""

    def moved(found: re.Match[str]) -> str:
        own = not found["slug"] or found["slug"] in slugs
        return f"{found['tag']}{prefix if own else ''}{found['path']}"

    return LINK.sub(moved, html) if prefix else html
