"""What anybody may know: numbers, addresses and postcodes that are printed on posters.

To report them would teach people to click past the warning.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.moderation.screening.detection.vocabulary import words

NOT_DIGITS = re.compile(r"\D+")
NUMBER = re.compile(r"\+?\d[\d ()./-]{4,}\d")
ADDRESS = re.compile(r"[\w.+%'-]{1,64}@[\w.-]{3,200}")
POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s?\d[A-Za-z]{2}\b")
NOT_WRITTEN = re.compile(r"\s+")

# Mailboxes that an organisation publishes under its own name; whoever reads them, they name nobody.
MAILBOXES = words(
    """
    academy hub pmo
    admin administrator advice booking bookings bystander careers chaplaincy comms communications community complaints
    concerns contact contactus council customer customerservices data diversity donotreply dpo edi education enquiries
    enquiry equality events feedback foi ftsu fundraising governance guardian guardians hello help helpdesk helpline
    hr ig inclusion info infogov information jobs learning library mail mailbox media members membership news
    newsletter no-reply noreply occupationalhealth office oh pals patientexperience people post postmaster press
    privacy programme reception recruitment research safeguarding service services speak speakup support switchboard
    team training trust volunteering volunteers webmaster wellbeing
    """
)
# Printed on posters under the name of a person who is none.
NATIONAL_ADDRESSES = frozenset({"jo@samaritans.org", "pat@papyrus-uk.org"})
# Where people, not organisations, have their mail.
PROVIDERS = words(
    """
    gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac aol btinternet btopenworld sky virginmedia
    ntlworld talktalk tiscali proton protonmail pm gmx mail zoho fastmail tutanota hey
    """
)


@dataclass(frozen=True, slots=True)
class Published:
    """What need not be reported, each in the one form in which it is compared."""

    phones: frozenset[str]
    emails: frozenset[str]
    postcodes: frozenset[str]

    @classmethod
    def of(cls, written: Iterable[str]) -> "Published":
        """Numbers, addresses and postcodes in whatever way they are written, also in the midst of words."""
        phones, emails, postcodes = set[str](), set(NATIONAL_ADDRESSES), set[str]()
        for entry in written:
            emails.update(found.lower() for found in ADDRESS.findall(entry))
            postcodes.update(compact(found) for found in POSTCODE.findall(entry))
            phones.update(dialled(found) for found in NUMBER.findall(entry))
        return cls(frozenset(phones), frozenset(emails), frozenset(postcodes))


def national(digits: str) -> str:
    """The number as it is dialled inside the country: 44 7700 900123 and 44 (0)7700 900123 give 07700900123."""
    return "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")


def dialled(number: str) -> str:
    """A number without spaces and signs, as it is dialled inside the country."""
    digits = NOT_DIGITS.sub("", number)
    return national(digits) if number.startswith("+44") or digits.startswith("0044") else digits


def compact(postcode: str) -> str:
    """A postcode without its space, in capitals."""
    return NOT_WRITTEN.sub("", postcode).upper()


def is_a_mailbox(local: str, domain: str) -> bool:
    """Whether an address is an organisation's own, such as pals@ or speak.up@, rather than a person's."""
    provider = domain.split(".", 1)[0].lower()
    words = re.split(r"[._+-]", local.lower())
    return provider not in PROVIDERS and ("".join(words) in MAILBOXES or any(word in MAILBOXES for word in words))
