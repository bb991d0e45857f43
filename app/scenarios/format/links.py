"""Links, and the ids that choices take from their texts."""

import unicodedata

_SLUG_BYTES = bytes(byte if chr(byte).isalnum() else 32 for byte in bytes(range(128)).lower()) + b" " * 128


def split_link(inside: str) -> tuple[str, str]:
    """Text and target: parted at the last `->`, else the first `<-`, else the last `|`, else each is the whole link."""
    text, arrow, target = inside.rpartition("->")
    if not arrow:
        target, arrow, text = inside.partition("<-")
        if not arrow:
            text, arrow, target = inside.rpartition("|")
            if not arrow:
                text = target
    return text.strip(), target.strip()


def slug(text: str) -> str:
    """The id of a choice that gives none: its text in small ASCII letters and digits with `-` between words."""
    if not text.isascii():
        # Cut first: to sort the accents of a hostile text would take quadratic time.
        text = unicodedata.normalize("NFKD", text[:200])
    words = text.encode("ascii", "ignore").translate(_SLUG_BYTES, b"'").split()
    return b"-".join(words).decode()[:64].rstrip("-") or "choice"
