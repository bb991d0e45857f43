"""Finding support: the first page, what was found, and the crisis page that is kept for when there is no network."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.caching import for_visitors
from app.core.db import transaction
from app.core.web import access, public
from app.signposting.forms import FindForm
from app.signposting.needs import BY_CODE, NEEDS
from app.signposting.operations.gaps import count_nothing_found
from app.signposting.queries import entries, finding
from app.signposting.seams import cards, seeker
from app.signposting.showing import week_of
from app.signposting.views.blueprint import KEPT, bp, visitor

MOST_OF_KEY = 300  # characters


@bp.get("")
@access(public)
@for_visitors(KEPT)
def directory() -> str:
    """Crisis lines, then what it may be about, then the organisation beside an independent route."""
    found = finding.at_work(seeker(), clock.now())
    return render_template(
        "signposting/directory.html",
        crisis=cards(found.crisis),
        own=cards(found.own),
        beside=cards(found.beside),
        needs=NEEDS,
        form=FindForm(),
    )


@bp.route("/find", methods=["GET", "POST"])
@access(public)
def find() -> ResponseReturnValue:
    """What was found. Asked by POST, so that neither need nor words stand in an address, a history or a log."""
    if request.method == "GET":
        return redirect(url_for(".directory"))
    form, reader = FindForm(request.form), seeker()
    criteria, after = form.criteria(), request.form.get("after", "")[:MOST_OF_KEY]
    found = finding.find(criteria, reader, clock.now(), after)
    answer = make_response(_found_page(form, found, first=not after))
    answer.headers["Cache-Control"] = "no-store"
    if found.is_empty and criteria.need and reader.programme_id and not after:
        with transaction():
            count_nothing_found(reader.programme_id, criteria.need)
    return answer


@bp.get("/now")
@access(public)
@for_visitors(KEPT)
def now() -> str:
    """The crisis lines alone, the same for everybody: browsers keep it for when there is no network."""
    lines = entries.crisis(visitor())
    told = [(line.what_happens, week_of(line)) for line in lines]
    crisis = [(card, *more) for card, more in zip(cards(lines), told, strict=True)]
    return render_template("signposting/now.html", crisis=crisis)


def _found_page(form: FindForm, found: finding.Found, *, first: bool) -> str:
    groups = found.groups
    return render_template(
        "signposting/found.html",
        crisis=cards(groups.crisis),
        own=cards(groups.own),
        beside=cards(groups.beside),
        local=cards(groups.local),
        national=cards(groups.national),
        found=found,
        need=BY_CODE.get(form.criteria().need),
        form=form,
        carried=form.carried(),
        first=first,
    )
