"""JSON objects from files that strangers wrote: bounded in depth, without NaN, infinities or broken characters."""

import json
import math
import re
from collections.abc import Iterator

MAX_DEPTH = 20

_UNCLEAN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

Json = str | int | float | bool | list["Json"] | dict[str, "Json"] | None


class JsonError(ValueError):
    """Text that is not the JSON object that is wanted. `at` counts code points from its beginning."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


def parse_json(text: str) -> dict[str, Json]:
    """Read one JSON object. Raises JsonError for anything else, however deep or large."""
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise JsonError(error.msg[:1].lower() + error.msg[1:], error.pos) from None
    except RecursionError:
        raise JsonError("it is nested too deep") from None
    except ValueError as error:
        raise JsonError(str(error)) from None
    if not isinstance(value, dict):
        raise JsonError("it is not an object in braces")
    for text_inside in _texts(value):
        if not is_clean(text_inside):
            raise JsonError("it has a character in it that no text may have")
    return value


def print_json(value: Json) -> str:
    """JSON on one line, every script's letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def is_clean(text: str) -> bool:
    """Whether a text has no control characters (but tab and newline) and no half of a surrogate pair."""
    return text.isprintable() or not _UNCLEAN.search(text)


def _texts(value: Json, depth: int = 0) -> Iterator[str]:
    if depth > MAX_DEPTH:
        raise JsonError("it is nested too deep")
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, depth + 1)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from _texts(part, depth + 1)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _refuse(name: str) -> Json:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(parse_float=_number, parse_constant=_refuse)
