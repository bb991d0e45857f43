"""The few words that say what a service is: its state, its reach, its ways, whom it is for."""

from enum import StrEnum


class ServiceState(StrEnum):
    """Where an entry of the directory stands. Only published ones are shown."""

    DRAFT = "draft"
    PUBLISHED = "published"
    HIDDEN = "hidden"  # by the team, or because nobody checked it for too long
    EXPIRED = "expired"  # the service has ended; kept so that links to it can say so


class ServiceStatus(StrEnum):
    """Whether the service itself is there (source: HSDS-UK 3.0, service.status)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    CLOSED_FOR_NOW = "temporarily closed"


class Reach(StrEnum):
    """For whom a service is there, from near to far."""

    ORGANISATION = "organisation"
    LOCAL = "local"
    NATIONAL = "national"


class Confidential(StrEnum):
    """Whether what one says stays there."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


class PhoneKind(StrEnum):
    """What a number is for."""

    VOICE = "voice"
    TEXT = "text"
    RELAY = "relay"
    TEXTPHONE = "textphone"


class BankHolidays(StrEnum):
    """What a bank holiday does to the opening hours. Where nobody knows, nobody is promised an open door."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Template(StrEnum):
    """The services that every organisation has, or ought to have; each organisation fills in its own."""

    GUARDIAN = "guardian"
    OCCUPATIONAL_HEALTH = "occupational_health"
    PEOPLE_SERVICES = "people_services"
    SPONSOR = "sponsor"
    SAFEGUARDING = "safeguarding"
    POLICIES = "policies"


class LocationType(StrEnum):
    """Where something happens (source: HSDS-UK 3.0, location.location_type)."""

    PHYSICAL = "physical"
    POSTAL = "postal"
    VIRTUAL = "virtual"


class Way(StrEnum):
    """How one can reach a service."""

    CALL = "call"
    TEXT = "text"
    CHAT = "chat"
    EMAIL = "email"
    IN_PERSON = "in_person"
    SELF_REFERRAL = "self_referral"
    BSL = "bsl"
    TEXT_RELAY = "text_relay"
    INTERPRETER = "interpreter"

    @property
    def words(self) -> str:
        """The way as people choose it."""
        return {
            "call": "By phone",
            "text": "By text message",
            "chat": "By online chat",
            "email": "By email",
            "in_person": "In person",
            "self_referral": "Without a referral from anybody",
            "bsl": "In British Sign Language (BSL)",
            "text_relay": "Through Relay UK (type instead of speaking)",
            "interpreter": "With an interpreter",
        }[self.value]


WITHOUT_SPEAKING = frozenset({Way.TEXT, Way.CHAT, Way.EMAIL, Way.TEXT_RELAY, Way.BSL})
"""Ways for somebody who cannot speak, or who must not be heard."""


class Profession(StrEnum):
    """Groups of professions that some services are for."""

    DOCTORS = "doctors"
    DENTISTS = "dentists"
    NURSES = "nurses"
    ALLIED_HEALTH = "allied_health"
    PHARMACY = "pharmacy"
    AMBULANCE = "ambulance"
    FIRE = "fire"
    POLICE = "police"
    SOCIAL_WORK = "social_work"
    CARE = "care"
    OFFICE = "office"
    VOLUNTEERS = "volunteers"
    STUDENTS = "students"

    @property
    def words(self) -> str:
        """The group as people choose it."""
        return {
            "doctors": "Doctors",
            "dentists": "Dental teams",
            "nurses": "Nurses, midwives and health visitors",
            "allied_health": "Allied health professions",
            "pharmacy": "Pharmacy teams",
            "ambulance": "Ambulance staff",
            "fire": "Fire and rescue staff",
            "police": "Police officers and staff",
            "social_work": "Social workers",
            "care": "Care workers",
            "office": "Administration, estates and support staff",
            "volunteers": "Volunteers",
            "students": "Students and trainees",
        }[self.value]
