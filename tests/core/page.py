"""A page as a person or a screen reader finds it: elements by name and attributes, with their words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """An element with everything in it."""

    name: str
    attributes: dict[str, str | None]
    inside: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, attribute):
        return self.attributes[attribute]

    def get(self, attribute):
        return self.attributes.get(attribute)

    @property
    def words(self):
        """All text, spaces put in order."""
        return " ".join(" ".join(part if isinstance(part, str) else part.words for part in self.inside).split())

    def all(self, tag=None, /, **attributes):
        """Every element inside of that kind with those attributes (`for_` is `for`, `aria_x` is `aria-x`)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        found = []
        for part in self.inside:
            if isinstance(part, Element):
                has_all = all(key in part.attributes and part.attributes[key] == value for key, value in wanted.items())
                if tag in {None, part.name} and has_all:
                    found.append(part)
                found += part.all(tag, **attributes)
        return found

    def one(self, tag=None, /, **attributes):
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        assert len(attrs) == len(dict(attrs)), f"<{tag}> has an attribute twice: {attrs}"
        element = Element(tag, dict(attrs))
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].inside.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].inside.append(data)


def read(html):
    """The page as elements; fails when a tag is not closed, or closed in the wrong order."""
    reader = _Reader()
    reader.feed(str(html))
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].name}> is not closed"
    return reader.root
