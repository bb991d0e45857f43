"""What the pages share: who may come in, the programme they keep the directory of, and an entry of it."""

from flask import Blueprint, abort

from app.accounts.current import has_role, my_programme_id
from app.accounts.rules import Role
from app.signposting.models import SupportService
from app.signposting.upkeep.queries import entries

bp = Blueprint("upkeep", __name__, url_prefix="/lead/directory")

NUMBER = "int(max=2147483647)"
keeps_directory = has_role(Role.LEAD)


def here() -> int:
    """The programme that a lead is looking at."""
    return my_programme_id() or abort(404)


def kept(service_id: int) -> SupportService:
    """An entry that the lead keeps; another programme's looks like what does not exist."""
    return entries.entry(here(), service_id) or abort(404)
