"""What the page of an entry answers: when, how, for whom, at what price, who hears of it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.accounts.rules import OrganisationKind
from app.signposting.kinds import Confidential, Profession, Reach
from app.signposting.showing import ages_words, ways_words, week_of

if TYPE_CHECKING:
    from app.signposting.models import SupportService

CONFIDENTIAL = {
    Confidential.YES: "What you say stays with them, unless somebody is in danger.",
    Confidential.NO: "It is not confidential.",
    Confidential.DEPENDS: "It depends on what you say. Ask before you begin.",
}


def details_of(service: "SupportService") -> list[tuple[str, Sequence[str]]]:
    """Questions with their answers, each a list of lines; one without an answer is left out."""
    told = (
        ("When", week_of(service)),
        ("How", ways_words(service.ways)),
        ("Who it is for", _for_whom(service)),
        ("What it costs", _price(service)),
        ("Confidential?", _confidence(service)),
        ("Languages", [language.name or language.code for language in service.languages]),
        ("Run by", [service.provider.name] if service.provider else []),
    )
    return [(question, answers) for question, answers in told if answers]


def _for_whom(service: "SupportService") -> list[str]:
    """Who can turn there, in plain words."""
    lines = [service.eligibility] if service.eligibility else []
    if not lines:  # whoever wrote it in words has said it better than codes can
        lines = _named(Profession, service.professions) + _named(OrganisationKind, service.organisation_kinds)
    lines += [words] if (words := ages_words(service.minimum_age, service.maximum_age)) else []
    lines += [f"People in {service.area}"] if service.area and service.reach is Reach.LOCAL else []
    if service.for_managers is not None:
        lines.append("People who manage others" if service.for_managers else "People who manage nobody")
    return lines or ["Everybody"]


def _named(kinds: type[Profession] | type[OrganisationKind], codes: Iterable[str]) -> list[str]:
    known: list[Profession | OrganisationKind] = [kind for kind in kinds if kind in set(codes)]
    return [kind.words.capitalize() if isinstance(kind, OrganisationKind) else kind.words for kind in known]


def _price(service: "SupportService") -> list[str]:
    if service.fees:
        return [service.fees]
    return {True: ["Nothing"], False: ["It costs money. Ask how much"], None: []}[service.free]


def _confidence(service: "SupportService") -> list[str]:
    if service.confidential_words:
        return [service.confidential_words]
    return [CONFIDENTIAL[service.confidential]] if service.confidential else []
