"""The conditions under which a choice is open: comparisons of a variable with a whole number, `not`, `and`, `or`.

Size and depth are limited, so that neither reading nor evaluating one can take long or overflow the stack.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.scenarios.format.expressions import NAME, NUMBER, RESERVED, ExpressionError

MAX_TOKENS = 400
MAX_DEPTH = 20

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A variable held against a whole number, as in `own_safety >= 2`."""

    variable: str
    operator: str
    number: int

    def holds(self, values: Mapping[str, int]) -> bool:
        """Whether it is true of these values. Raises KeyError for a variable they lack."""
        return _COMPARE[self.operator](values[self.variable], self.number)

    def __str__(self) -> str:
        return f"{self.variable} {self.operator} {self.number}"


@dataclass(frozen=True, slots=True)
class Not:
    """True when its operand is false."""

    operand: "Condition"

    def holds(self, values: Mapping[str, int]) -> bool:
        """Whether it is true of these values."""
        return not self.operand.holds(values)

    def __str__(self) -> str:
        return f"not {_bracketed(self.operand, (And, Or))}"


@dataclass(frozen=True, slots=True)
class And:
    """True when each of its two or more operands is."""

    operands: "tuple[Condition, ...]"

    def holds(self, values: Mapping[str, int]) -> bool:
        """Whether it is true of these values."""
        return all(operand.holds(values) for operand in self.operands)

    def __str__(self) -> str:
        return " and ".join(_bracketed(operand, (And, Or)) for operand in self.operands)


@dataclass(frozen=True, slots=True)
class Or:
    """True when one of its two or more operands is."""

    operands: "tuple[Condition, ...]"

    def holds(self, values: Mapping[str, int]) -> bool:
        """Whether it is true of these values."""
        return any(operand.holds(values) for operand in self.operands)

    def __str__(self) -> str:
        return " or ".join(_bracketed(operand, (Or,)) for operand in self.operands)


Condition = Comparison | Not | And | Or


def _bracketed(condition: Condition, kinds: tuple[type, ...]) -> str:
    return f"({condition})" if isinstance(condition, kinds) else str(condition)


def variables_in(condition: Condition) -> Iterator[str]:
    """The variables a condition reads, from left to right, as often as it names them."""
    match condition:
        case Comparison(variable=variable):
            yield variable
        case Not(operand=operand):
            yield from variables_in(operand)
        case And(operands=operands) | Or(operands=operands):
            for operand in operands:
                yield from variables_in(operand)


def parse_condition(text: str) -> Condition:
    """Read a condition such as `own_safety >= 2 and not (dignity == 0 or told == 1)`.

    Raises ExpressionError with the place of the first thing that does not belong. Linear in the length of the text.
    """
    return _Reader(text).condition()


_TOKEN = re.compile(
    r"[ \t]*+(?:(?P<word>[A-Za-z_][A-Za-z0-9_]*+)|(?P<number>[+-]?[0-9]++)|(?P<sign>[=!<>]=|[<>()])|(?P<end>\Z))"
)
_NAME = re.compile(NAME)
_NUMBER = re.compile(rf"[+-]?{NUMBER}")


class _Token:
    """A piece of a condition and where it begins."""

    __slots__ = ("at", "kind", "text")

    def __init__(self, kind: str, text: str, at: int) -> None:
        self.kind, self.text, self.at = kind, text, at


class _Reader:
    """Recursive descent, one method for each strength of binding; `depth` keeps it from recursing far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.tokens = 0
        self.depth = 0
        self.token = self._next()

    def condition(self) -> Condition:
        condition = self._or()
        if self.token.kind != "end":
            raise self._error("Something is left over here: join comparisons with `and` or `or`.")
        return condition

    def _next(self) -> _Token:
        found = _TOKEN.match(self.text, self.position)
        if found is None:
            at = self.position + len(self.text[self.position :]) - len(self.text[self.position :].lstrip(" \t"))
            raise ExpressionError(
                f"{self.text[at]!r} does not belong in a condition. Write, for example, `own_safety >= 2`.", at
            )
        self.tokens += 1
        if self.tokens > MAX_TOKENS:
            raise ExpressionError(
                "This condition is too long: use fewer comparisons, or a variable that remembers.", found.end()
            )
        self.position = found.end()
        kind = found.lastgroup or ""
        return _Token(kind, found[kind], found.start(kind))

    def _take(self, text: str) -> bool:
        if self.token.text != text:
            return False
        self.token = self._next()
        return True

    def _error(self, message: str) -> ExpressionError:
        return ExpressionError(message, self.token.at)

    def _or(self) -> Condition:
        operands = [self._and()]
        while self._take("or"):
            operands.append(self._and())
        return operands[0] if len(operands) == 1 else Or(tuple(operands))

    def _and(self) -> Condition:
        operands = [self._not()]
        while self._take("and"):
            operands.append(self._not())
        return operands[0] if len(operands) == 1 else And(tuple(operands))

    def _not(self) -> Condition:
        opening = self.token
        if opening.text not in {"not", "("}:
            return self._comparison()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self._error(f"This condition is nested more than {MAX_DEPTH} deep: write it with fewer brackets.")
        self.token = self._next()
        if opening.text == "not":
            condition: Condition = Not(self._not())
        else:
            condition = self._or()
            if not self._take(")"):
                raise ExpressionError("This bracket is not closed: add `)`.", opening.at)
        self.depth -= 1
        return condition

    def _comparison(self) -> Comparison:
        variable = self._expect("word", "Name a variable here, as in `own_safety >= 2`.")
        if variable.text in RESERVED or not _NAME.fullmatch(variable.text):
            raise ExpressionError(
                "Name a variable here: small letters, digits and `_`, as in `own_safety >= 2`.", variable.at
            )
        sign = self._expect("sign", "Compare the variable here with one of `== != < <= > >=`.")
        if sign.text not in _COMPARE:
            raise ExpressionError("Compare the variable here with one of `== != < <= > >=`.", sign.at)
        number = self._expect("number", "Compare with a whole number, as in `own_safety >= 2`.")
        if not _NUMBER.fullmatch(number.text):
            raise ExpressionError("This number is too large: use at most nine digits.", number.at)
        return Comparison(variable.text, sign.text, int(number.text))

    def _expect(self, kind: str, message: str) -> _Token:
        token = self.token
        if token.kind != kind:
            raise self._error(message)
        self.token = self._next()
        return token
