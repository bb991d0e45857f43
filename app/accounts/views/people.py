"""Who takes part in a programme and as what, for its leads."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries
from app.accounts.current import has_role, me, my_programme_id
from app.accounts.forms import ROLE_HINTS, RolesForm
from app.accounts.models import Member
from app.accounts.operations import roles
from app.accounts.operations.roles import LastLeadError
from app.accounts.rules import Role
from app.core.db import transaction
from app.core.web import access

bp = Blueprint("people", __name__)


@bp.get("/lead/people")
@access(has_role(Role.LEAD))
def index() -> str:
    """Everybody who holds a role in the programme."""
    words = "".join(each for each in request.args.get("q", "").strip()[:100] if each.isprintable())
    page = queries.people(_here(), words, request.args.get("page", 1, type=int))
    return render_template("accounts/people.html", page=page, words=words, programme_id=_here())


@bp.route("/lead/people/<int(max=2147483647):member_id>", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def person(member_id: int) -> ResponseReturnValue:
    """What one person may do in the programme."""
    found = _person(member_id)
    form = RolesForm(roles=[role.value for role in found.roles_in(_here())])
    if not form.validate_on_submit():
        return _page(found, form, 422 if form.errors else 200)
    here, by_id, wanted = _here(), me().id, {Role(value) for value in form.roles.data or []}
    try:
        with transaction():
            roles.set_roles(_person(member_id), wanted, here, by_id=by_id)
    except LastLeadError:
        form.roles.errors = ["Somebody has to lead the programme. Make another person programme lead first"]
        return _page(_person(member_id), form, 422)
    flash("The roles were saved." if wanted else "This person has no role in the programme any more.", "success")
    return redirect(url_for("people.index" if member_id != by_id else "me.show"))


def _page(found: Member, form: RolesForm, status: int) -> ResponseReturnValue:
    return render_template("accounts/person.html", person=found, form=form, hints=ROLE_HINTS), status


def _person(member_id: int) -> Member:
    return queries.person(_here(), member_id) or abort(404)


def _here() -> int:
    """The programme the lead is looking at; the rule of each view has made sure that there is one."""
    return my_programme_id() or abort(404)
