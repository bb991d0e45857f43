"""Whether a telephone number can be dialled: what is wrong with one, as a sentence for whoever keeps the directory.

Source: Google's lists of numbering plans (phonenumberslite). They know short numbers such as 116 123 apart from
full ones, and a number that lost a digit ("0808 800330") fits neither. What no list knows is whether somebody answers.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumberType, ValidationResult

REGION = "GB"
WRITTEN = re.compile(r"\+?[0-9 ()./\-‐‑–]+")
RELAY = re.compile(r"1800[0-9]")  # Relay UK: 18001 before a number brings an assistant into the call
RELAY_ALONE = {"18000"}  # 999 by Relay UK
PREFIX = len("18001")
FULL_LENGTH = 10  # digits after the first zero; the few numbers with nine are known one by one
COSTLY = {PhoneNumberType.PREMIUM_RATE: "costs whoever calls more than an ordinary call"}

# Numbers that the regulator keeps free for films and examples: they look right, and nobody ever answers.
# Source: Ofcom, "Telephone numbers for use in TV shows and films". Digits from the first zero on.
MADE_UP = re.compile(
    r"0(1(13|14|15|16|17|18|21|31|41|51|61)4960[0-9]{3}|2079460[0-9]{3}|1914980[0-9]{3}|2896496[0-9]{3}|"
    r"2920180[0-9]{3}|1632960[0-9]{3}|7700900[0-9]{3}|8081570[0-9]{3}|9098790[0-9]{3}|3069990[0-9]{3})"
)


def complaint(number: str) -> str:
    """What is wrong with a number as people print it, to stand after "It"; "" for one that can be dialled."""
    written = number.strip()
    if not written:
        return "is empty"
    if not WRITTEN.fullmatch(written):
        return "has more in it than a number: write words beside it, not in it"
    digits = _digits(written)
    if digits in RELAY_ALONE:
        return ""
    if RELAY.match(digits) and len(digits) > PREFIX:
        digits = written = digits[PREFIX:]
    return _complaint(written, digits)


def is_made_up(number: str) -> bool:
    """Whether a number is one of those that are kept free for films and examples."""
    digits = _digits(number)
    return bool(MADE_UP.fullmatch("0" + digits[3:] if digits.startswith("+44") else digits))


def same_number(number: str) -> str:
    """One spelling for a number, whatever spaces, brackets or country code it was printed with."""
    digits = _digits(number)
    return "0" + digits[3:].removeprefix("0") if digits.startswith("+44") else digits


def _complaint(written: str, digits: str) -> str:
    if is_made_up(digits):
        return "is kept free for films and examples: nobody ever answers it"
    try:
        parsed = phonenumbers.parse(written, REGION)
    except phonenumbers.NumberParseException:
        return "is no telephone number"
    if phonenumbers.is_valid_number(parsed):
        return COSTLY.get(phonenumbers.number_type(parsed), "")
    if phonenumbers.is_valid_short_number_for_region(parsed, REGION):
        if digits == str(parsed.national_number):
            return ""
        if digits.startswith("+"):
            return "has a country code before a short number: that reaches nobody"
    return _length(parsed)


def _length(parsed: phonenumbers.PhoneNumber) -> str:
    if phonenumbers.is_possible_number_with_reason(parsed) == ValidationResult.TOO_LONG:
        return "is too long: a digit too many?"
    if len(str(parsed.national_number)) < FULL_LENGTH:
        return "is too short: was a digit lost?"
    return "is not in use: no number begins like that"


def _digits(written: str) -> str:
    bare = re.sub(r"[^0-9+]", "", written)
    return bare.replace("+44" + "0", "+44", 1) if "(0)" in written else bare
