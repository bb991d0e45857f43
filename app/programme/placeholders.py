"""Facts of a programme that its pages may name, so that a figure is kept in one place: `{{ targets.places }}`.

It is a plain look-up in the text, before the text is cooked: nothing is evaluated.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Protocol

from app.programme.rules import Targets

PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
PROGRAMME_FACTS = ("name", "short_name", "team_name", "area", "wider_area", "contact_email")


class Described(Protocol):
    """What a programme says of itself."""

    @property
    def targets(self) -> Targets:
        """What it asks and offers."""


class UnknownPlaceholderError(ValueError):
    """A text names facts that do not exist; the message is for whoever wrote it."""


def facts_of(programme: Described) -> dict[str, str]:
    """Every name that a page may use, with what it stands for."""
    described = {f"programme.{name}": str(getattr(programme, name)) for name in PROGRAMME_FACTS}
    return described | {f"targets.{name}": str(figure) for name, figure in asdict(programme.targets).items()}


def unknown(text: str, facts: Mapping[str, str]) -> list[str]:
    """The names in a text that stand for nothing, in order and once each."""
    named = (found[1].strip() for found in PLACEHOLDER.finditer(text))
    return list(dict.fromkeys(name for name in named if name not in facts))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with every placeholder replaced, once: what a fact says is never looked at again.

    Raises UnknownPlaceholderError with a sentence that names the strangers and what may be used.
    """
    strangers = unknown(text, facts)
    if strangers:
        shown = ", ".join(f"{{{{ {name} }}}}" for name in strangers)
        known = ", ".join(facts)
        raise UnknownPlaceholderError(f"There is no fact called {shown}. Between {{{{ and }}}} you can use: {known}.")
    return PLACEHOLDER.sub(lambda found: facts[found[1].strip()], text)
