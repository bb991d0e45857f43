"""Who meets whom in a round: pure, seeded, explainable and repeatable from its stored inputs.

`pair(RoundInputs(…))` gives a `Pairing`; `read_inputs` makes the inputs of plain JSON. docs/catchups.md says what is
promised, what is optimal and what is not.
"""

from app.catchups.pairing.inputs import Identity, InputError, Meeting, Person, Preference, RoundInputs
from app.catchups.pairing.plain import read_inputs
from app.catchups.pairing.reasons import Reason
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
