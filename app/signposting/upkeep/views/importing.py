"""Imports as leads see them: start one, look at what it would do, let it happen, undo it; and exports."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me
from app.core import outbox
from app.core.db import transaction
from app.core.web import access
from app.signposting.openreferral.files import to_json, to_table
from app.signposting.openreferral.queries.pages import every_public
from app.signposting.openreferral.writing import written
from app.signposting.upkeep.forms.small import ImportForm
from app.signposting.upkeep.models import ImportBatch
from app.signposting.upkeep.operations import batches, importing
from app.signposting.upkeep.queries import imports
from app.signposting.upkeep.rules import Plan, Stage
from app.signposting.upkeep.views.blueprint import NUMBER, bp, here, keeps_directory

MIMES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@bp.route("/imports", methods=["GET", "POST"])
@access(keeps_directory)
def all_imports() -> ResponseReturnValue:
    """Start an import, and the last ones."""
    form = ImportForm()
    if not form.validate_on_submit() or (told := _origin(form)) is None:
        return render_template(
            "signposting/upkeep/imports.html", form=form, batches=imports.listed(here())
        ), 422 if form.errors else 200
    origin, content = told
    with transaction() as after:
        batch = batches.start(
            programme_id=here(),
            name=form.name.data,
            origin=origin,
            content=content,
            ours=form.ours.data,
            publish=form.publish.data == "yes",
            by=me().id,
        )
        batches.hand_over(batch)
        batch_id = batch.id
        after.append(outbox.wake)
    return redirect(url_for(".one_import", batch_id=batch_id), 303)


@bp.get(f"/imports/<{NUMBER}:batch_id>")
@access(keeps_directory)
def one_import(batch_id: int) -> str:
    """What an import would do or has done: entry by entry, with every change and refusal."""
    batch = _batch(batch_id)
    shown = request.args.get("show", "")
    plan = Plan(shown) if shown in set(Plan) else None
    return render_template(
        "signposting/upkeep/import.html",
        batch=batch,
        plans=imports.plans(batch_id),
        outcomes=imports.outcomes(batch_id),
        page=imports.rows(batch_id, plan=plan, page=request.args.get("page", 1, type=int)),
        show=plan.value if plan else "",
    )


@bp.post(f"/imports/<{NUMBER}:batch_id>/keep")
@access(keeps_directory)
def keep(batch_id: int) -> ResponseReturnValue:
    """Let it happen."""
    return _move_on(batch_id, Stage.KEEPING, Stage.READ)


@bp.post(f"/imports/<{NUMBER}:batch_id>/undo")
@access(keeps_directory)
def undo(batch_id: int) -> ResponseReturnValue:
    """Take all of it back."""
    return _move_on(batch_id, Stage.UNDOING, Stage.KEPT)


@bp.get("/export.<shape>")
@access(keeps_directory)
def export(shape: str) -> Response:
    """Every public entry as a file."""
    if shape not in MIMES:
        abort(404)
    documents = [written(listing) for listing in every_public()]
    text = to_json(documents) if shape == "json" else "\ufeff" + to_table(documents)
    answer = Response(text, content_type=MIMES[shape])
    answer.headers["Content-Disposition"] = f'attachment; filename="support-directory.{shape}"'
    return answer


def _batch(batch_id: int) -> ImportBatch:
    return imports.batch(here(), batch_id) or abort(404)


def _move_on(batch_id: int, stage: Stage, before: Stage) -> ResponseReturnValue:
    with transaction() as after:
        batch = _batch(batch_id)
        if importing.begin(batch, stage, [before]):
            batches.hand_over(imports.by_id(batch_id))
            after.append(outbox.wake)
        else:
            flash("Somebody was faster: this import has moved on already.", "info")
    return redirect(url_for(".one_import", batch_id=batch_id), 303)


def _origin(form: ImportForm) -> tuple[str, str | None] | None:
    """Where it comes from, and the text of a file; None with a message when neither can be used."""
    sent = request.files.get(form.file.name)
    if sent is not None and sent.filename:
        try:
            return sent.filename, sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            form.file.errors = ["This file is no text in UTF-8. Save it again as “CSV UTF-8” or JSON"]
            return None
    if not form.url.data:
        form.file.errors = ["Choose a file, or enter a web address below"]
        return None
    if not form.url.data.startswith(("http://", "https://")):
        form.url.errors = ["Enter a web address that begins with https://"]
        return None
    return form.url.data, None
