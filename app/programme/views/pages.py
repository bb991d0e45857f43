"""Where programme leads write public pages: with preview and history, and never over somebody else's words."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.accounts.current import has_role, me
from app.accounts.rules import Role
from app.core.db import db, transaction
from app.core.web import access
from app.programme import operations, queries
from app.programme.current import address_of, led
from app.programme.forms.pages import PageForm, PutBackForm
from app.programme.models import Page, PageVersion
from app.programme.operations import ChangedMeanwhileError, TextRefusedError
from app.programme.placeholders import facts_of

bp = Blueprint("lead_pages", __name__, url_prefix="/lead/pages")


@bp.get("")
@access(has_role(Role.LEAD))
def index() -> str:
    """Every public page of the programme."""
    programme = led()
    return render_template(
        "programme/lead/pages.html", programme=programme, pages=queries.pages(programme.id), address_of=address_of
    )


@bp.route("/<slug:page_slug>", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def edit(page_slug: str) -> ResponseReturnValue:
    """Change a page; what somebody else saved meanwhile is shown, not overwritten."""
    page = _page(page_slug)
    form = PageForm(obj=page)
    if not form.validate_on_submit():
        return _editor(page, form, status=422 if form.errors else 200)
    try:
        if form.preview.data:
            return _editor(page, form, preview=operations.cooked(led(), form.body.data))
        with transaction():
            operations.save_page(page.id, form.draft(), seen_version=form.seen_version, by=me().id)
    except TextRefusedError as refused:
        form[refused.part].errors = [str(refused)]
        return _editor(page, form, status=422)
    except ChangedMeanwhileError:
        return _both_texts(page, form)
    flash("The page was saved and is public now.", "success")
    return redirect(url_for(".edit", page_slug=page_slug))


@bp.get("/<slug:page_slug>/history")
@access(has_role(Role.LEAD))
def history(page_slug: str) -> str:
    """What a page said each time it was saved."""
    page = _page(page_slug)
    return render_template("programme/lead/history.html", page=page, versions=queries.page_versions(page.id))


@bp.route("/<slug:page_slug>/history/<int(max=2147483647):number>", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def version(page_slug: str, number: int) -> ResponseReturnValue:
    """One of these texts, with a button that puts it back."""
    page, form = _page(page_slug), PutBackForm()
    earlier = queries.page_version(page.id, number) or abort(404)
    if not form.validate_on_submit():
        return _earlier(page, earlier, PutBackForm(version=page.version))
    try:
        with transaction():
            operations.put_back(page, earlier, seen_version=form.seen_version, by=me().id)
    except ChangedMeanwhileError:
        abort(409, "Somebody saved this page while you were looking at its history. Nothing was put back.")
    except TextRefusedError as refused:
        abort(422, f"This text cannot be put back as it is. {refused}")
    flash("The earlier text is back and public now.", "success")
    return redirect(url_for(".edit", page_slug=page_slug))


def _page(slug: str) -> Page:
    return queries.page(led().id, slug) or abort(404)


def _editor(page: Page, form: PageForm, *, status: int = 200, preview: str = "") -> ResponseReturnValue:
    programme = led()
    return render_template(
        "programme/lead/page.html",
        page=page,
        form=form,
        preview=Markup(preview),  # noqa: S704 - cooked
        facts=facts_of(programme),
        address=address_of(programme, page.slug),
    ), status


def _both_texts(page: Page, form: PageForm) -> ResponseReturnValue:
    """Theirs beside one's own; saving now is a decision that was made knowing both."""
    db.session.refresh(page)
    form.version.data = page.version
    [(theirs, name), *_before] = queries.page_versions(page.id)
    return render_template("programme/lead/both_texts.html", page=page, form=form, theirs=theirs, name=name), 409


def _earlier(page: Page, earlier: PageVersion, form: PutBackForm) -> ResponseReturnValue:
    try:
        html = operations.cooked(led(), earlier.body)
    except TextRefusedError:
        html = ""  # it names a fact that exists no more: shown as it was written
    words = Markup(html)  # noqa: S704 - cooked
    return render_template("programme/lead/version.html", page=page, earlier=earlier, words=words, form=form)
