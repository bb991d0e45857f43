"""What people are told. Subjects are neutral: who looks over a shoulder learns nothing; the words are on our pages."""

from app.accounts.rules import MODERATING
from app.core import mail
from app.core.clock import london
from app.moderation.cases import answers
from app.moderation.cases.models import Concern, Decision, ModerationCase
from app.moderation.cases.rules import Outcome, Source
from app.moderation.cases.subjects import APPEAL
from app.notifications.operations.notices import notify
from app.notifications.rules import ALWAYS, NO_DIGEST, Delivery, Kind, Notice

DECISION = Kind("moderation_decision", "Moderators: decisions about what you wrote", deliveries=ALWAYS)
REPORTED = Kind("moderation_report", "Moderators: what became of what you told them")
SUPPORT = Kind("moderation_support", "Moderators: support that is there for you", deliveries=NO_DIGEST)
URGENT = Kind("moderation_urgent", "For moderators: what cannot wait", deliveries=ALWAYS, roles=MODERATING)
QUEUE = Kind("moderation_queue", "For moderators: new cases", Delivery.DAILY, roles=MODERATING)
KINDS = (DECISION, REPORTED, SUPPORT, URGENT, QUEUE)

FROM_MODERATORS = "A message from the moderators"


def decided(decision: Decision) -> None:
    """Tell the author that something was decided; what and why stands on its page."""
    if decision.member_id is None:
        return
    body = "What was decided and why is on its page, and how to ask somebody else to look again."
    _tell(DECISION, decision, f"decision:{decision.id}", f"/moderation/mine/{decision.id}", body, decision.member_id)


def reporters(decision: Decision, case: ModerationCase) -> None:
    """Tell whoever raised a concern that it was looked at; what the author was told is between them and moderators."""
    done = decision.outcome not in {Outcome.NO_ACTION, Outcome.PUBLISH}
    body = "Thank you for telling us. A moderator looked at it" + (
        " and has acted." if done else " and left it as it is."
    )
    for concern in case.concerns:
        if concern.source is Source.MEMBER and concern.reporter_id is not None:
            _tell(
                REPORTED, decision, f"concern:{concern.id}", "/moderation/mine?show=reports", body, concern.reporter_id
            )
        elif concern.contact:
            _write(concern, decision)


def lifted(member_id: int, programme_id: int, key: str) -> None:
    """Somebody may take part again."""
    notice = Notice(
        kind=DECISION.code,
        key=key,
        subject=FROM_MODERATORS,
        body="You can take part again.",
        path="/moderation/mine",
        programme_id=programme_id,
    )
    notify(notice, member_id)


def support(case: ModerationCase) -> None:
    """Show an author that support is there: once for a case, at once, and without a word of blame."""
    if case.author_id is None:
        return
    notice = Notice(
        kind=SUPPORT.code,
        key=f"support:{case.id}",
        subject="Support is there for you",
        body=(
            "Somebody read what you wrote and thought of you. You have done nothing wrong. The page behind this "
            "message lists who is there now, day and night."
        ),
        path="/moderation/support",
        programme_id=case.programme_id,
    )
    notify(notice, case.author_id)


def urgent(case: ModerationCase, concern_id: int, *member_ids: int) -> None:
    """Alert moderators, whatever hour it is: without an hour to wait, no quiet hours hold its mail back."""
    notice = Notice(
        kind=URGENT.code,
        key=f"urgent:{concern_id}",
        subject="An urgent case is waiting",
        body="It cannot wait until the next staffed hours.",
        path=path_of(case),
        until=case.opened_at,
        programme_id=case.programme_id,
    )
    notify(notice, *member_ids)


def to_arrange(case: ModerationCase, *member_ids: int) -> None:
    """A case needs somebody from outside: nothing in it is told."""
    _staff(case, "arrange", "A case needs an independent reviewer", "/moderation/independent", *member_ids)


def escalated(case: ModerationCase, *member_ids: int) -> None:
    """No moderator can decide a case: the leads do."""
    _staff(case, "escalated", "A case is waiting for you", path_of(case), *member_ids)


def invited(case: ModerationCase, member_id: int) -> None:
    """Somebody is asked to decide one case of another programme."""
    _staff(case, "invited", "You are asked to decide a case", path_of(case), member_id)


def overdue(case: ModerationCase, *member_ids: int) -> None:
    """An answer is late."""
    _staff(case, "overdue", "An answer that was promised is late", path_of(case), *member_ids)


def arrived(case: ModerationCase, *member_ids: int) -> None:
    """There is something new in the queue: once a day, and collected."""
    day = london(case.opened_at).date()
    notice = Notice(
        kind=QUEUE.code,
        key=f"queue:{case.programme_id}:{day}",
        subject="Something new is in the queue",
        path="/moderation",
        programme_id=case.programme_id,
    )
    notify(notice, *member_ids)


def path_of(case: ModerationCase) -> str:
    """The page of a case, for those who decide it."""
    return f"/moderation/cases/{case.id}"


def _staff(case: ModerationCase, what: str, subject: str, path: str, *member_ids: int) -> None:
    notice = Notice(
        kind=URGENT.code,
        key=f"case:{case.id}:{what}",
        subject=subject,
        path=path,
        programme_id=case.programme_id,
    )
    notify(notice, *member_ids)


def _tell(kind: Kind, decision: Decision, key: str, path: str, body: str, member_id: int) -> None:
    if decision.case.subject_type == APPEAL and kind is DECISION:
        body = "Somebody who had no part in the decision has looked at it again."
    notice = Notice(
        kind=kind.code,
        key=f"{key}:{decision.id}",
        subject=FROM_MODERATORS,
        body=body,
        path=path,
        programme_id=decision.programme_id,
    )
    notify(notice, member_id)


def _write(concern: Concern, decision: Decision) -> None:
    """A visitor gets a link; the answer is on our page."""
    mail.put(
        "complaint_answered",
        to=concern.contact or "",
        subject="We have answered what you wrote to us",
        key=f"complaint:{concern.id}:{decision.id}",
        programme_id=decision.programme_id,
        token=answers.token(concern.id),
    )
