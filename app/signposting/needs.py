"""The needs by which people look for support, with the other words that people use for them.

This is our own vocabulary: each need becomes a term of the taxonomy "needs" when the first service uses it. Codes stay
for good, because services, scenarios and other directories refer to them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

TAXONOMY = "needs"
TAXONOMY_WORDS = "Needs by which people who met harm at work, or want to step in, look for support"
NAMESPACE = UUID("6f1f3c1e-5f7a-4d0e-9c55-1d9d3a3f6f10")


@dataclass(frozen=True, slots=True)
class Need:
    """One need: its code, what people say of themselves, and other words for it."""

    code: str
    words: str
    synonyms: tuple[str, ...] = ()

    @property
    def uuid(self) -> str:
        """Its name in the world outside, the same in every installation."""
        return str(uuid5(NAMESPACE, self.code))


NEEDS = (
    Need(
        "help-now",
        "I need help now",
        ("crisis", "emergency", "urgent", "suicide", "suicidal", "self harm", "kill myself", "end my life", "danger",
         "panic", "desperate", "cannot cope"),
    ),
    Need(
        "happened-to-me",
        "It happened to me",
        ("bullied", "bullying", "harassed", "harassment", "abuse", "abused", "incivility", "rude", "shouted at",
         "humiliated", "target", "assault", "attacked", "violence", "threatened"),
    ),
    Need(
        "saw-something",
        "I saw something",
        ("witness", "witnessed", "bystander", "noticed", "overheard", "stepped in", "upstander"),
    ),
    Need(
        "told-i-did-it",
        "I was told I did it",
        ("accused", "allegation", "complaint about me", "investigation", "disciplinary", "suspended", "hurt somebody",
         "feedback about my behaviour"),
    ),
    Need(
        "raise-a-concern",
        "I want to raise a concern",
        ("speak up", "speaking up", "whistleblowing", "whistleblow", "report", "patient safety", "unsafe", "guardian",
         "grievance", "complain"),
    ),
    Need(
        "safeguarding",
        "A patient, child or adult at risk is being harmed",
        ("safeguarding", "neglect", "child abuse", "vulnerable", "adult at risk", "protect a child", "elder abuse"),
    ),
    Need(
        "someone-i-manage",
        "It is about someone I manage",
        ("manager", "line manager", "my team", "team member", "supervise", "leader", "staff member"),
    ),
    Need(
        "coaching",
        "I want coaching or mentoring",
        ("coach", "coaching", "mentor", "mentoring", "think it through", "confidence", "career", "growth"),
    ),
    Need(
        "rights",
        "I want to know my rights at work",
        ("legal", "law", "employment", "contract", "tribunal", "union", "dismissed", "redundancy", "rights", "advice"),
    ),
    Need(
        "discrimination",
        "I am treated differently because of who I am",
        ("discrimination", "racism", "racist", "race", "sexism", "homophobia", "transphobia", "disability", "ableism",
         "religion", "lgbt", "lgbtq", "equality", "microaggression", "pregnancy"),
    ),
    Need(
        "sexual-harm",
        "Something sexual happened that I did not want",
        ("sexual harassment", "sexual assault", "rape", "groped", "touched", "sexual misconduct"),
    ),
    Need(
        "home",
        "I am not safe at home",
        ("domestic abuse", "domestic violence", "partner", "husband", "wife", "controlling", "stalking", "coercive"),
    ),
    Need(
        "feeling-low",
        "I feel low, anxious or worn out",
        ("stress", "stressed", "anxiety", "anxious", "depression", "depressed", "burnout", "burn out", "exhausted",
         "mental health", "wellbeing", "counselling", "therapy", "talking therapy", "lonely", "crying"),
    ),
    Need(
        "after-an-incident",
        "Something I saw or went through will not let me go",
        ("trauma", "traumatic", "ptsd", "flashbacks", "nightmares", "incident", "moral injury", "debrief"),
    ),
    Need("sleep", "I cannot sleep", ("sleep", "insomnia", "awake", "night shift", "nights", "tired", "fatigue")),
    Need(
        "money",
        "I worry about money",
        ("money", "debt", "bills", "rent", "finance", "financial", "loan", "benefits", "hardship", "cost of living"),
    ),
    Need(
        "bereavement",
        "Somebody has died",
        ("bereavement", "bereaved", "grief", "grieving", "death", "died", "loss", "funeral"),
    ),
    Need(
        "addiction",
        "Drinking, drugs or gambling",
        ("alcohol", "drinking", "drugs", "addiction", "gambling", "substance", "sober", "recovery"),
    ),
    Need(
        "caring",
        "I look after somebody at home",
        ("carer", "carers", "caring", "dementia", "children", "parent", "family", "respite"),
    ),
)  # fmt: skip

BY_CODE = {need.code: need for need in NEEDS}


def known(codes: Iterable[str]) -> list[str]:
    """Those of the codes that are needs of ours, in the order of the list."""
    asked = set(codes)
    return [need.code for need in NEEDS if need.code in asked]
