"""Practice without a record: the path so far travels with the page, closed, and is kept nowhere.

What is sealed names no person. It is encrypted and signed, so nobody can read it on a shared computer or make one up,
and it runs out after a working day.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.scenarios.engine import Step, StepKind

GOOD_FOR = 12 * 60 * 60
"""Seconds for which a page can be gone on from: longer than anybody stays signed in."""


class NotSealedHere(ValueError):  # noqa: N818 - a state that passes: a page too old, or not ours
    """Text that this installation did not seal, or too long ago."""


@dataclass(frozen=True, slots=True)
class Practice:
    """A run that is not recorded: which scenario, in which version, the steps after the start, and own words.

    `words` has what was written by the position it was written at; an empty text says that nothing was.
    """

    slug: str
    source_hash: str
    steps: tuple[Step, ...] = ()
    words: Mapping[int, str] = field(default_factory=dict)

    def as_json(self) -> str:
        """The whole of it, without blanks."""
        steps = [[step.kind, step.choice, step.to] for step in self.steps]
        words = {str(position): text for position, text in self.words.items()}
        return json.dumps([self.slug, self.source_hash, steps, words], separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read it back."""
        slug, source_hash, steps, words = json.loads(text)
        return cls(
            slug,
            source_hash,
            tuple(Step(StepKind(kind), choice, to) for kind, choice, to in steps),
            {int(position): written for position, written in words.items()},
        )


class Sealer:
    """Closes and opens with a key made from the installation's secret for this one purpose."""

    def __init__(self, secret: str) -> None:
        kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"scenarios: practice without a record")
        self._fernet = Fernet(base64.urlsafe_b64encode(kdf.derive(secret.encode())))

    def seal(self, practice: Practice) -> str:
        """Close it; the result is safe in a form field."""
        return self._fernet.encrypt(practice.as_json().encode()).decode()

    def open(self, sealed: str) -> Practice:
        """Open it. Raises NotSealedHere for anything that was not sealed here within GOOD_FOR seconds."""
        try:
            opened: Any = self._fernet.decrypt(sealed.encode(), ttl=GOOD_FOR)
        except InvalidToken as wrong:
            raise NotSealedHere("not sealed here, or too long ago") from wrong
        return Practice.from_json(opened.decode())
