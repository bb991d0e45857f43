"""The text of a scenario file, and what line and column a place in it is."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from app.scenarios.format.diagnostics import Problem

MAX_BYTES = 2_000_000
"""How large a file may be unless the caller allows more."""

_NOT_UTF8 = "This is not UTF-8 text: save the file again with the encoding UTF-8."


@dataclass
class Source:
    """A text in which all lines end with a newline, and with one put before it, so that its first line follows one."""

    text: str

    @cached_property
    def _lines(self) -> list[int]:
        return list(accumulate(len(line) + 1 for line in self.text.split("\n")))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, each from 1."""
        line = max(bisect_right(self._lines, offset), 1)
        return line, max(offset - self._lines[line - 1], 0) + 1


def open_source(raw: str | bytes, *, max_bytes: int = MAX_BYTES) -> tuple[Source, Problem | None]:
    """Decode a file. When it cannot be used, the problem (S106) says why and the source serves only to locate it."""
    if len(raw) > max_bytes:
        return Source("\n"), Problem(
            "S106", 1, f"This file is larger than {max_bytes:,} bytes: split it, or allow more with --max-bytes."
        )
    if isinstance(raw, str):
        try:
            encoded = raw.encode()
        except UnicodeEncodeError as error:
            return _unreadable(raw[: error.start], _NOT_UTF8)
        return open_source(encoded, max_bytes=max_bytes)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return _unreadable(raw[: error.start].decode(), _NOT_UTF8)
    nul = text.find("\0")
    if nul >= 0:
        return _unreadable(text[:nul], "A NUL character stands here, so this is no text file: remove it.")
    return Source("\n" + _plain(text)), None


def _unreadable(before: str, message: str) -> tuple[Source, Problem]:
    source = Source("\n" + _plain(before))
    return source, Problem("S106", len(source.text), message)


def _plain(text: str) -> str:
    """Without a byte order mark, and with a newline for every kind of line end."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
