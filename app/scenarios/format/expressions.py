"""What conditions and effects share: their error, and how large a number may be."""

NUMBER = r"[0-9]{1,9}"
"""A whole number of at most nine digits. ASCII only: `\\d` would take the digits of every script."""

LARGEST = 999_999_999
"""The largest number a bound, a start, a condition or an effect may name, and with a minus the smallest."""

NAME = r"[a-z][a-z0-9_]*"

RESERVED = frozenset({"and", "or", "not"})
"""Words of the condition language: no variable may have one as its name."""


class ExpressionError(ValueError):
    """A condition or an effect that cannot be read. `at` counts code points from the beginning of the expression."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at
