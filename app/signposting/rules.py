"""Links that dial. Short numbers are dialled as they are: a country code before 116 123 reaches nobody."""

import re
from datetime import date

NUMBER = re.compile(r"\+?[0-9][0-9 ]*[0-9]")


def dialled(telephone: str) -> str | None:
    """The address that dials a number as people print it ("116 123" gives "tel:116123"); None when there is none."""
    return _address("tel", telephone)


def texted(words: str) -> str | None:
    """The address that begins a message to the number in words such as "Text SHOUT to 85258"; None without one.

    Only where the words begin with "Text": a number that has to be registered first is no way to get help now.
    """
    return _address("sms", words) if words.lower().startswith("text ") else None


def is_overdue(next_check_on: date | None, today: date) -> bool:
    """Whether an entry should have been checked before today."""
    return next_check_on is not None and next_check_on < today


def _address(scheme: str, words: str) -> str | None:
    found = NUMBER.search(words)
    return f"{scheme}:{found[0].replace(' ', '')}" if found else None
