"""The made-up people, organisations and programmes of the demonstration. Nobody here exists."""

from dataclasses import dataclass

from app.accounts.rules import OrganisationKind, Role
from app.programme.rules import Targets

DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class MadeUpProgramme:
    """A programme, its pages (a folder under content/), and its organisations by slug."""

    slug: str
    about: dict[str, str]
    targets: Targets
    organisations: dict[str, tuple[str, OrganisationKind]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who can sign in as `name`@demo.example: in the programme `programme`, in a cohort if one is named."""

    address: str
    name: str
    profession: str
    role: Role
    organisation: str
    programme: str = "llr"
    cohort: str = ""

    @property
    def email(self) -> str:
        """What they sign in with."""
        return f"{self.address}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in a cohort who cannot sign in."""

    name: str
    profession: str
    organisation: str

    @property
    def email(self) -> str:
        """An address of their own."""
        return f"{self.name.lower().replace(' ', '.')}@{DOMAIN}"


LLR = MadeUpProgramme(
    "llr",
    {
        "name": "Active Bystander Programme",
        "short_name": "LLR ABP",
        "team_name": "LLR Academy",
        "area": "Leicester, Leicestershire and Rutland",
        "wider_area": "the wider Midlands",
        "contact_email": "llr.academy@nhs.net",
        "logo": "programme/logos/together.svg",
    },
    Targets(),
    {
        "soar-valley": ("Soar Valley Hospitals", OrganisationKind.HEALTH),
        "foxton-lane": ("Foxton Lane Care Homes", OrganisationKind.SOCIAL_CARE),
        "three-shires": ("Three Shires Ambulance Service", OrganisationKind.EMERGENCY),
        "beacon-hill": ("Beacon Hill Carers", OrganisationKind.CHARITY),
    },
)

NORTHFOLK = MadeUpProgramme(
    "northfolk",
    {
        "name": "Northfolk Upstanders",
        "short_name": "Northfolk",
        "team_name": "Northfolk Upstanders team",
        "area": "Northfolk",
        "wider_area": "",
        "contact_email": "upstanders@northfolk.example",
    },
    Targets(places=30, cohorts=2, cohort_min=10, cohort_max=15, contact_hours=9, workbook_hours=24, sets=4),
    {"northfolk-care": ("Northfolk Community Care", OrganisationKind.SOCIAL_CARE)},
)

ACCOUNTS = (
    Account(
        address="participant", name="Amina Yusuf", profession="Staff nurse", role=Role.PARTICIPANT,
        organisation="soar-valley", cohort="running",
    ),
    Account(
        address="outsider", name="Tom Hartley", profession="Paramedic", role=Role.PARTICIPANT,
        organisation="three-shires", cohort="january-2025",
    ),
    Account(
        address="moderator", name="Grace Adeyemi", profession="Practice educator", role=Role.MODERATOR,
        organisation="soar-valley",
    ),
    Account(
        address="moderator2", name="Ioan Prosser", profession="Team leader", role=Role.MODERATOR,
        organisation="foxton-lane",
    ),
    Account(
        address="facilitator", name="Priya Raval", profession="Organisational development adviser",
        role=Role.FACILITATOR, organisation="soar-valley",
    ),
    Account(
        address="lead", name="Helen Marlow", profession="Programme lead", role=Role.LEAD, organisation="soar-valley",
    ),
    Account(
        address="sponsor", name="David Okoro", profession="Head of people services", role=Role.SPONSOR,
        organisation="three-shires",
    ),
    Account(
        address="author", name="Saoirse Nolan", profession="Learning designer", role=Role.AUTHOR,
        organisation="beacon-hill",
    ),
    Account(
        address="reviewer", name="Marek Kowalski", profession="Equality and inclusion lead", role=Role.REVIEWER,
        organisation="soar-valley",
    ),
    Account(
        address="reviewer2", name="Fatima Sheikh", profession="Care home manager", role=Role.REVIEWER,
        organisation="foxton-lane",
    ),
    Account(
        address="northfolk.lead", name="Ruth Ashby", profession="Programme lead", role=Role.LEAD,
        organisation="northfolk-care", programme="northfolk",
    ),
)  # fmt: skip

CATCH_UPS = {"lead_id": "lead", "host_id": "facilitator", "guest_id": "participant"}  # who is who in them, by address
ROOMS = {  # who has a seat in the learning set's room, who hosts it, and who talks in the community room
    "seated": ("participant",),
    "hosts": ("facilitator",),
    "speakers": ("facilitator", "participant", "moderator"),
}

FIRST_NAMES = (
    "Aaliyah", "Ben", "Chidi", "Divya", "Ewa", "Farid", "Gwen", "Harpreet", "Isla", "Jamal", "Kavita", "Liam", "Meera",
    "Nadia", "Owen", "Parveen", "Quentin", "Rosa", "Sunil", "Tanisha", "Uzma", "Viktor", "Winston", "Xenia", "Yasmin",
    "Zofia", "Andrew", "Blessing", "Carol", "Dipak", "Emeka", "Freya", "Gita", "Huw", "Imran", "Joan", "Kofi", "Lorna",
)  # fmt: skip
FAMILY_NAMES = (
    "Patel", "Bennett", "Obi", "Shah", "Nowak", "Rahman", "Lloyd", "Gill", "Fraser", "Campbell", "Joshi", "Murphy",
    "Desai", "Begum", "Davies", "Akhtar", "Shaw", "Costa", "Mistry", "Brown", "Malik", "Petrov", "Clarke", "Bailey",
)  # fmt: skip
PROFESSIONS = {
    "soar-valley": ("Midwife", "Porter", "Consultant physician", "Ward clerk", "Physiotherapist", "Pharmacist"),
    "foxton-lane": ("Care worker", "Activities coordinator", "Deputy home manager", "Chef"),
    "three-shires": ("Paramedic", "Emergency call handler", "Emergency medical technician"),
    "beacon-hill": ("Carers' support worker", "Volunteer coordinator"),
}


def colleagues(number: int) -> list[Colleague]:
    """So many people, always the same ones; the number of different names is the limit."""
    organisations = list(PROFESSIONS)
    return [
        Colleague(
            f"{FIRST_NAMES[n % len(FIRST_NAMES)]} {FAMILY_NAMES[n % len(FAMILY_NAMES)]}",
            PROFESSIONS[organisation][n % len(PROFESSIONS[organisation])],
            organisation,
        )
        for n in range(number)
        for organisation in (organisations[n % len(organisations)],)
    ]


def crowd(number: int) -> list[str]:
    """So many names, always the same ones; some come again."""
    return [
        f"{FIRST_NAMES[n % len(FIRST_NAMES)]} {FAMILY_NAMES[n // len(FIRST_NAMES) % len(FAMILY_NAMES)]}"
        for n in range(number)
    ]
