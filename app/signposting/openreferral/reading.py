"""From what another directory publishes to an entry of ours, if it can be one, and every change that was made to it."""

from collections.abc import Mapping

from app.signposting.kinds import BankHolidays, Confidential, Profession, Reach, ServiceStatus, Way
from app.signposting.openreferral import parts, plain
from app.signposting.openreferral.desk import Desk, Did, Finding
from app.signposting.openreferral.hours import hours
from app.signposting.openreferral.listing import LINE, LONG_PART, NAME, PART, TEXT, Listing
from app.signposting.openreferral.places import places, provider
from app.signposting.openreferral.several import in_order
from app.signposting.openreferral.values import Json

OURS = "signposting"  # the key under which our own fields stand that Open Referral has no place for
OLDEST = 130  # years
KNOWN = frozenset(
    {
        *("id", "name", "description", "url", "email", "status", "fees", "fees_description", "accreditations", "alert"),
        *("minimum_age", "maximum_age", "assured_date", "assurer_email", "last_modified", "application_process"),
        *("eligibility_description", "schedules", "service_areas", "service_at_locations", "languages", "phones"),
        *("organization", "organization_id", "funding", "cost_options", "contacts", "attributes", OURS),
    }
)
WORKERS = frozenset({"health", "social_care", "emergency_services", "charity"})
PROFESSIONS, WAYS = frozenset(Profession), frozenset(Way)


def read(raw: Json, *, seed: str, ours: bool = False) -> tuple[Listing | None, list[Finding]]:
    """One service of Open Referral. Never raises; None when there is not even a name.

    `seed` makes an id for an entry that has none, so it must be the same for the same entry at every import. Only from
    an export of our own (`ours`) is it believed that something is a crisis line or independent: that decides what
    people in need see first.
    """
    desk = Desk()
    if not isinstance(raw, Mapping):
        desk.note(Did.REFUSED, "It is no object with names and values.")
        return None, desk.findings
    name = desk.line(raw, "name", NAME)
    if not name:
        desk.note(Did.REFUSED, "It has no name.", "name")
        return None, desk.findings
    listing = _listing(desk, raw, name, seed, ours=ours)
    left = sorted(str(key)[:40] for key in raw.keys() - KNOWN)
    if left:
        desk.note(Did.LEFT_OUT, f"There is no place here for: {', '.join(left[:20])}.")
    return listing, desk.findings


def _listing(desk: Desk, raw: Mapping[str, Json], name: str, seed: str, *, ours: bool) -> Listing:
    uuid = desk.uuid(raw, "id", seed)
    own = desk.thing(raw, OURS)
    more, mine = own or (desk.at(OURS), {})
    summary, description = _descriptions(desk, raw, more, mine if own else None)
    lowest, highest = _ages(desk, raw)
    at = places(desk, raw, uuid)
    return Listing(
        uuid=uuid,
        name=name,
        status=desk.choice(raw, "status", ServiceStatus) or ServiceStatus.ACTIVE,
        summary=summary,
        description=description,
        what_happens=desk.words(raw, "application_process", LONG_PART),
        alert=desk.words(raw, "alert", PART),
        url=desk.web(raw, "url"),
        chat_url=more.web(mine, "chat_url"),
        email=desk.email(raw, "email"),
        urgent=_believed(more, mine, "urgent", ours=ours),
        independent=_believed(more, mine, "independent", ours=ours),
        reach=more.choice(mine, "reach", Reach) or Reach.LOCAL,
        eligibility=desk.words(raw, "eligibility_description", LONG_PART),
        minimum_age=lowest,
        maximum_age=highest,
        area=more.line(mine, "area", NAME),
        organisation_kinds=more.codes(mine, "organisation_kinds", WORKERS),
        professions=more.codes(mine, "professions", PROFESSIONS),
        for_managers=more.flag(mine, "for_managers"),
        ways=more.codes(mine, "ways", WAYS),
        always_open=bool(more.flag(mine, "always_open")),
        bank_holidays=more.choice(mine, "bank_holidays", BankHolidays) or BankHolidays.UNKNOWN,
        hours_words=more.line(mine, "hours_words", LINE),
        free=more.flag(mine, "free"),
        fees=desk.words(raw, "fees" if raw.get("fees") else "fees_description", PART),
        confidential=more.choice(mine, "confidential", Confidential),
        confidential_words=more.words(mine, "confidential_words", PART),
        checked_on=desk.day(raw, "assured_date"),
        updated_at=desk.moment(raw, "last_modified"),
        provider=provider(desk, raw),
        phones=parts.phones(desk, raw, uuid),
        hours=in_order(desk, "schedules", list(hours(desk, raw, uuid, {place.link for place in at}))),
        terms=parts.terms(desk, raw, uuid),
        languages=parts.languages(desk, raw, uuid),
        areas=parts.areas(desk, raw, uuid),
        places=at,
        sources=parts.sources(more, mine),
        extra=parts.extra_of_service(desk, raw, uuid),
    )


def _descriptions(desk: Desk, raw: Mapping[str, Json], more: Desk, mine: Mapping[str, Json] | None) -> tuple[str, str]:
    """Summary and description. Others have one text for both: its first paragraph is the summary."""
    words = desk.words(raw, "description", TEXT + PART + 2)
    if mine is not None:
        summary = more.line(mine, "summary", PART)
        rest = words.removeprefix(summary) if summary else words
        return summary, plain.paragraphs(rest)[:TEXT].strip()
    first, _gap, rest = words.partition("\n\n")
    first = " ".join(first.split())
    if len(first) <= PART:
        return first, rest[:TEXT].strip()
    cut = first[:PART].rpartition(" ")[0] or first[:PART]
    return cut.rstrip(), words[:TEXT].strip()


def _ages(desk: Desk, raw: Mapping[str, Json]) -> tuple[float | None, float | None]:
    lowest, highest = (desk.number(raw, key, 0, OLDEST) for key in ("minimum_age", "maximum_age"))
    if lowest is not None and highest is not None and lowest > highest:
        desk.note(Did.LEFT_OUT, f"From {lowest:g} to {highest:g} years is nobody.", "maximum_age")
        return None, None
    return lowest, highest


def _believed(desk: Desk, mine: Mapping[str, Json], key: str, *, ours: bool) -> bool:
    said = bool(desk.flag(mine, key))
    if said and not ours:
        desk.note(Did.LEFT_OUT, "Only the team decides this. Say it on the entry's own page.", key)
    return said and ours
