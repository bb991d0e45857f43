"""Links that dial. Short numbers are dialled as they are: a country code before 116 123 reaches nobody."""

import re
from datetime import date

import phonenumbers

HERE = "GB"
RELAY = re.compile(r"\s*1800[0-9]\s+")  # what Relay UK puts before a number, with a space after it
OVERDUE_HIDES_AFTER = 180  # days past the next check, after which an entry that is not urgent is no longer shown
NUMBER = re.compile(r"\+?[0-9][0-9 ]*[0-9]")


def dialled(telephone: str) -> str | None:
    """The address that dials a number as people print it ("116 123" gives "tel:116123"); None when there is none."""
    return _address("tel", telephone)


def texted(words: str) -> str | None:
    """The address that begins a message to the number in words such as "Text SHOUT to 85258"; None without one.

    Only where the words begin with "Text": a number that has to be registered first is no way to get help now.
    """
    return _address("sms", words) if words.lower().startswith("text ") else None


def number_fault(number: str) -> str | None:
    """What is wrong with a number as it is printed, as a sentence; None when it can be dialled in this country.

    Short numbers (999, 116 123, 85258) are looked up apart: to the library they are no valid numbers.
    """
    try:
        read = phonenumbers.parse(RELAY.sub("", number), HERE)
    except phonenumbers.NumberParseException:
        return "This is not a telephone number"
    if phonenumbers.is_valid_number(read) or phonenumbers.is_valid_short_number_for_region(read, HERE):
        return None
    return "Nobody can be reached under this number: a digit may be missing or wrong"


def is_overdue(next_check_on: date | None, today: date) -> bool:
    """Whether an entry should have been checked before today."""
    return next_check_on is not None and next_check_on < today


def _address(scheme: str, words: str) -> str | None:
    found = NUMBER.search(words)
    return f"{scheme}:{found[0].replace(' ', '')}" if found else None
