"""The intake: what forums and rooms ask before they keep what somebody wrote (docs/moderation-screening.md)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from app.accounts.models import Member
from app.accounts.rules import STAFF
from app.core import clock
from app.core.db import db
from app.moderation.cases.operations.opening import Opened, Raised, Span, open_case
from app.moderation.cases.rules import Reason, Source
from app.moderation.screening import watchwords
from app.moderation.screening.detection.finding import Confidence, Finding
from app.moderation.screening.models import PostTrace
from app.moderation.screening.queries import traces, words
from app.moderation.screening.queries.published import screen_with_directory
from app.moderation.screening.trust import A_DAY, Standing, Trust, may_post_from
from app.moderation.screening.weighing import (
    EXPLANATION,
    Answer,
    Author,
    Ground,
    Looked,
    Ruling,
    Verdict,
    rule,
    sentence,
)

log = logging.getLogger(__name__)

BODY = "body"  # the name of the text that is compared with earlier ones, and whose findings a case points at
KEPT = 7 * A_DAY
REASONS = {
    Ground.OVERRIDE: Reason.SCREENING,
    Ground.WATCHED_WORD: Reason.WATCHED_WORD,
    Ground.TRUST: Reason.PRE_APPROVAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What somebody wants to keep. `texts` by the name of their field; everything that others may read belongs in it.

    `key` is that of the page, so that pressing twice is no repetition. An edit is not `new`: it is neither compared
    with earlier posts nor counted. `published` is what is known to everybody beside the directory.
    """

    programme_id: int
    author_id: int
    texts: Mapping[str, str]
    trust: Trust
    answer: Answer = Answer.NONE
    explanation: str = ""
    key: str = ""
    new: bool = True
    published: Sequence[str] = ()


def standing(member: Member, programme_id: int, *, published: int) -> Standing:
    """What is known of an author; `published` is how many posts of theirs stand, as the feature counts them."""
    joined = [grant.granted_at for grant in member.grants if grant.programme_id == programme_id]
    return Standing(
        joined_for=clock.now() - min(joined, default=clock.now()),
        published=published,
        upheld=traces.upheld_against(member.id, programme_id),
        staff=not STAFF.isdisjoint(member.roles_in(programme_id)),
    )


def weigh(intake: Intake) -> Ruling:
    """What becomes of the texts. It only reads: ask before the transaction, keep `ruling.texts`, then `remember`."""

    def look(text: str) -> list[Finding]:
        return screen_with_directory(text, intake.published)

    watched = words.watched(intake.programme_id)
    # An explanation is for moderators, so only what they must not read either is taken for found in it.
    explained = [found for found in look(intake.explanation) if found.confidence is Confidence.HIGH]
    looked = Looked(
        texts=intake.texts,
        findings={name: look(text) for name, text in intake.texts.items()} | {EXPLANATION: explained},
        matches={name: watchwords.find(text, watched) for name, text in intake.texts.items()} if watched else {},
    )
    ruling = rule(looked, _author(intake), intake.answer, intake.explanation, look)
    if ruling.verdict is not Verdict.PUBLISH or ruling.counts:
        log.info("screening: %s in programme %s, found %s", ruling.verdict, intake.programme_id, ruling.counts)
    return ruling


def remember(intake: Intake) -> None:
    """Note that it was kept, in the same transaction: so the next one is known to be hasty, or the same again."""
    if intake.new:
        db.session.add(
            PostTrace(
                programme_id=intake.programme_id,
                author_id=intake.author_id,
                said=traces.print_of(intake.texts.get(BODY, "")),
                key=intake.key[:64],
                at=clock.now(),
            )
        )
        db.session.flush()


def concern(ruling: Ruling, subject_type: str, subject_id: int) -> Raised | None:
    """What a ruling tells moderators of a subject that was kept: kinds and counts, never values; None for nothing."""
    if not ruling.grounds:
        return None
    return Raised(
        subject_type=subject_type,
        subject_id=subject_id,
        source=Source.HOLD,
        reason=REASONS[ruling.grounds[0]],
        words=ruling.explanation,
        findings=ruling.counts,
        spans=spans(ruling),
    )


def tell_moderators(ruling: Ruling, subject_type: str, subject_id: int) -> Opened | None:
    """Open a case where the ruling asks for one, in the caller's transaction; the outbox has to be woken after it."""
    raised = concern(ruling, subject_type, subject_id)
    return open_case(raised) if raised else None


def spans(ruling: Ruling) -> list[Span]:
    """Where in the body a moderator has to look: findings, and watched words."""
    found = [Span(each.kind.value, each.start, each.end) for each in ruling.findings.get(BODY, ())]
    return found + [Span("watched_word", each.start, each.end) for each in ruling.matches.get(BODY, ())]


def weigh_message(intake: Intake) -> str:
    """For live rooms, where nothing can wait: why the words are not taken, in a sentence; "" if they are.

    Names and suggestions pass, as there is no page to ask on.
    """
    answered = Intake(
        programme_id=intake.programme_id,
        author_id=intake.author_id,
        texts=intake.texts,
        trust=Trust.REGULAR,
        answer=Answer.KEEP,
        new=False,
        published=intake.published,
    )
    ruling = weigh(answered)
    if ruling.verdict is Verdict.HOLD:
        return "A moderator would have to look at this first, and a live room cannot wait. Say it in other words."
    return "" if ruling.verdict is Verdict.PUBLISH else sentence(ruling)


def forget_traces() -> int:
    """Take away traces that are no longer of use; gives how many there were."""
    gone = db.session.execute(delete(PostTrace).where(PostTrace.at < clock.now() - KEPT))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _author(intake: Intake) -> Author:
    if not intake.new:
        return Author(trust=intake.trust)
    posted = traces.posted_lately(intake.author_id, intake.programme_id, intake.key)
    return Author(
        trust=intake.trust,
        wait_until=may_post_from(intake.trust, posted, clock.now()),
        said_before=traces.said_before(intake.author_id, intake.programme_id, intake.texts.get(BODY, ""), intake.key),
    )
