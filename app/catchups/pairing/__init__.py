"""Who meets whom in a round: pure, seeded, explainable and repeatable from its stored inputs.

`pair(RoundInputs(…))` gives a `Pairing`; `read_inputs` makes the inputs of plain JSON. docs/catchups.md says what is
promised, what is optimal and what is not.
"""

from typing import TYPE_CHECKING, Any

from app.catchups.pairing.inputs import Identity, InputError, Meeting, Person, Preference, RoundInputs
from app.catchups.pairing.plain import read_inputs
from app.catchups.pairing.reasons import Reason

if TYPE_CHECKING:
    from app.catchups.pairing.rounds import Group, Pairing, pair

__all__ = [
    "Group",
    "Identity",
    "InputError",
    "Meeting",
    "Pairing",
    "Person",
    "Preference",
    "Reason",
    "RoundInputs",
    "pair",
    "read_inputs",
]

_MATCHING = {"Group", "Pairing", "pair"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever has the name
    """Import what computes only when somebody pairs: it takes a third of a second, and no page needs it."""
    if name not in _MATCHING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from app.catchups.pairing import rounds

    return getattr(rounds, name)
