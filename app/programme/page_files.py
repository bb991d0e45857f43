"""A public page as a file: a block of TOML between `+++` lines, then Markdown."""

import re
import tomllib
from dataclasses import dataclass

FILE = re.compile(r"\+\+\+\r?\n(?P<about>.*?)\r?\n\+\+\+\r?\n(?P<body>.*)", re.DOTALL)
SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
FIRST_PAGE = "welcome"  # the words of the programme's first page, which is found at its bare address
# Words that are other pages: a page with one of these slugs would never be seen.
ADDRESSES = {
    "catchups", "complaints", "evaluation", "forgotten-password", "forums", "healthz", "home", "inbox", "invitations",
    "lead", "learning-sets", "login", "logout", "me", "metrics", "moderation", "openreferral", "programmes", "readyz",
    "rooms", "rules", "scenarios", "search", "static", "support", "topics", "transparency", "workbook",
}  # fmt: skip
KINDS = {
    "slug": str,
    "title": str,
    "summary": str,
    "order": int,
    "in_menu": bool,
    "video": str,
    "transcript": str,
}
NAMED = {str: "text", int: "a number", bool: "true or false"}


class PageFileError(ValueError):
    """A file is not a page; the message says what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """What a file says: `order` is its place in the menu, `video` a name under static/programme/, if any."""

    slug: str
    title: str
    body: str
    summary: str = ""
    order: int = 0
    in_menu: bool = True
    video: str = ""
    transcript: str = ""


def read_page(text: str) -> PageFile:
    """The page in a file's text; raises PageFileError with a sentence."""
    found = FILE.fullmatch(text.lstrip("\ufeff"))
    if not found:
        raise PageFileError("A page begins with a line +++, then its title and slug, then another line +++.")
    try:
        about = tomllib.loads(found["about"])
    except tomllib.TOMLDecodeError as wrong:
        raise PageFileError(f"What stands between the +++ lines is not valid TOML: {wrong}.") from wrong
    strangers = sorted(about.keys() - KINDS.keys())
    if strangers:
        raise PageFileError(f"A page has no {', '.join(strangers)}; it has {', '.join(KINDS)}.")
    for name, kind in KINDS.items():
        if name in about and type(about[name]) is not kind:
            raise PageFileError(f"The {name} of a page must be {NAMED[kind]}.")
    if not about.get("title") or not SLUG.fullmatch(about.get("slug", "")):
        raise PageFileError("A page needs a title, and a slug of small letters, digits and hyphens.")
    if about["slug"] in ADDRESSES:
        raise PageFileError(f"A page cannot have the slug {about['slug']}: another page has that address.")
    return PageFile(body=found["body"].strip() + "\n", **about)
