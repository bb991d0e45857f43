"""For members: reporting something, telling a concern, and what to do until a moderator looks."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me, my_programme_id
from app.core import clock, outbox
from app.core.db import transaction
from app.core.web import access, even_suspended, signed_in
from app.moderation.cases import subjects
from app.moderation.cases.forms.telling import ConcernForm, ReportForm
from app.moderation.cases.operations.opening import Opened, Place, Raised, open_case, open_in_own_words
from app.moderation.cases.queries import people
from app.moderation.cases.rules import FOR_MEMBERS, URGENT, Reason, Source
from app.moderation.cases.subjects import Snapshot, SubjectType
from app.moderation.cases.views.blueprint import ID, members
from app.notifications.rules import is_path
from app.signposting.queries import support_that_fits
from app.signposting.seams import cards, seeker

REPORT = f"/report/<subject_type>/{ID('subject_id')}"


@members.get(REPORT)
@access(signed_in)
def report(subject_type: str, subject_id: int) -> str:
    """Ask why a moderator should look at this."""
    kind, shown = _reportable(subject_type, subject_id)
    return _report_page(kind, shown, ReportForm())


@members.post(REPORT)
@access(signed_in)
def send_report(subject_type: str, subject_id: int) -> ResponseReturnValue:
    """Send it to the moderators."""
    kind, shown = _reportable(subject_type, subject_id)
    form = ReportForm()
    if not form.validate():
        return _report_page(kind, shown, form), 422
    with transaction() as after:
        _reportable(subject_type, subject_id)
        opened = open_case(
            Raised(
                subject_type=subject_type,
                subject_id=subject_id,
                source=Source.MEMBER,
                reason=Reason(form.reason.data),
                reporter_id=me().id,
                words=form.words.data or "",
            )
        )
        after.append(outbox.wake)
    return _thanks(opened, shown.path)


@members.get("/concern")
@access(even_suspended)
def concern() -> str:
    """Say something in one's own words, from any page."""
    return render_template("moderation/concern.html", form=ConcernForm())


@members.post("/concern")
@access(even_suspended)
def send_concern() -> ResponseReturnValue:
    """Send it to the moderators."""
    form, place = ConcernForm(), _place()
    if not form.validate():
        return render_template("moderation/concern.html", form=form), 422
    with transaction() as after:
        opened = open_in_own_words(
            Reason(form.reason.data), form.words.data.strip(), place, source=Source.MEMBER, reporter_id=me().id
        )
        after.append(outbox.wake)
    return _thanks(opened, place.path)


@members.get("/thanks")
@access(even_suspended)
def thanks() -> str:
    """What happens now; who is there at once, when it is urgent."""
    programme_id = my_programme_id()
    return render_template(
        "moderation/thanks.html",
        urgent=request.args.get("urgent") == "1",
        back=_back(),
        staffed=programme_id is not None and people.is_staffed(programme_id, clock.now()),
        **_services(),
    )


@members.get("/support")
@access(even_suspended)
def support() -> str:
    """Somebody thought of you: nothing you did was wrong, and these people are there."""
    return render_template("moderation/support.html", **_services())


def _reportable(subject_type: str, subject_id: int) -> tuple[SubjectType, Snapshot]:
    """What the member can read and report; anything else looks like what does not exist."""
    kind = subjects.find(subject_type) or abort(404)
    shown = kind.snapshot(subject_id)
    if shown is None or not kind.may_report(me(), subject_id):
        abort(404)
    return kind, shown


def _place() -> Place:
    return Place(my_programme_id() or abort(404), "In their own words", _back())


def _back() -> str:
    """The page that somebody came from, if it is one of ours."""
    given = request.values.get("from", "")[:200]
    return given if is_path(given) else "/home"


def _thanks(opened: Opened, back: str) -> ResponseReturnValue:
    if opened.told_before:
        flash("You have told us about this already. It is in the moderators’ hands.")
    more: dict[str, Any] = {"from": back, "urgent": "1" if opened.lane in URGENT else None}
    return redirect(url_for(".thanks", **more), 303)


def _report_page(kind: SubjectType, shown: Snapshot, form: ReportForm) -> str:
    hints = {reason.value: {"hint": {"text": reason.hint}} for reason in FOR_MEMBERS if reason.hint}
    return render_template("moderation/report.html", form=form, shown=shown, kind=kind, hints=hints)


def _services() -> dict[str, Any]:
    """Crisis lines and who is open now, as the directory shows them."""
    found = cards(support_that_fits(("help-now", "safeguarding"), seeker()))
    return {"services": [card for card in found if card.urgent or card.open_now]}
