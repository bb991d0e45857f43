"""What can be decided about a case."""

from app.moderation.cases import subjects
from app.moderation.cases.models import ModerationCase
from app.moderation.cases.rules import EVERYWHERE, OF_APPEALS, Outcome, Reason, Source
from app.moderation.cases.subjects import APPEAL, OWN_WORDS


def offered(case: ModerationCase) -> tuple[Outcome, ...]:
    """In the order in which a moderator reads them."""
    if case.subject_type == APPEAL:
        return OF_APPEALS
    if case.subject_type == OWN_WORDS:
        return (Outcome.ANSWER, *EVERYWHERE)
    kind = subjects.find(case.subject_type)
    return (*(each for each in Outcome if kind and each in kind.outcomes), *EVERYWHERE)


def is_punitive(case: ModerationCase) -> bool:
    """Whether anybody said something against its author: worry about them and appeals end in no measure."""
    return case.subject_type != APPEAL and any(
        concern.reason is not Reason.WELLBEING and concern.source is not Source.AUTHOR for concern in case.concerns
    )
