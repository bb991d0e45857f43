"""One entry, a member's own list, and a card to print."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.current import me
from app.core import clock
from app.core.caching import for_visitors
from app.core.db import transaction
from app.core.headers import is_personal
from app.core.web import access, even_suspended, public
from app.signposting.bank_holidays import is_bank_holiday
from app.signposting.details import details_of
from app.signposting.operations import saving
from app.signposting.queries import entries, saved, services_by_slug
from app.signposting.ranking import FALL_BACK
from app.signposting.seams import cards, seeker
from app.signposting.showing import card_of
from app.signposting.views.blueprint import KEPT, bp


@bp.get("/<slug>")
@access(public)
@for_visitors(KEPT)
def show(slug: str) -> str:
    """All that we know of a service."""
    reader = seeker()
    service = entries.entry(reader, slug) or abort(404)
    instead = FALL_BACK[service.template] if service.template and service.organisation_id is None else ()
    return render_template(
        "signposting/service.html",
        service=service,
        card=card_of(service, clock.now(), is_bank_holiday),
        crisis=cards(entries.crisis(reader)),
        instead=cards(services_by_slug(instead, reader)[:2]),
        details=details_of(service),
        is_saved=is_personal() and current_user.is_authenticated and saved.is_saved(me().id, service.id),
    )


@bp.get("/saved")
@access(even_suspended)
def my_list() -> str:
    """What a member keeps for themselves."""
    return render_template("signposting/saved.html", saved=cards(saved.saved(me().id, seeker())))


@bp.post("/<slug>/save")
@access(even_suspended)
def save(slug: str) -> ResponseReturnValue:
    """Put a service on one's own list."""
    service = entries.entry(seeker(), slug) or abort(404)
    member_id, service_id = me().id, service.id
    with transaction():
        saving.save(member_id, service_id)
    flash("It is on your list. Only you can see it.", "success")
    return redirect(url_for(".show", slug=slug), 303)


@bp.post("/<slug>/forget")
@access(even_suspended)
def forget(slug: str) -> ResponseReturnValue:
    """Take a service off one's own list, whether or not it is still shown."""
    member_id = me().id
    with transaction():
        saving.forget(member_id, slug)
    flash("It is no longer on your list.", "success")
    on_list = request.form.get("from") == "list"
    return redirect(url_for(".my_list") if on_list else url_for(".show", slug=slug), 303)


@bp.get("/card")
@access(public)
@for_visitors(KEPT)
def card() -> str:
    """Numbers to cut out and carry, in words that give nobody away; with a member's own list."""
    reader = seeker()
    mine = saved.saved(me().id, reader) if is_personal() and current_user.is_authenticated else []
    return render_template("signposting/card.html", crisis=cards(entries.crisis(reader)), saved=cards(mine))
