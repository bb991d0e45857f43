"""The addresses of collections, and who looks after them."""

from flask import Blueprint

from app.accounts.current import has_role
from app.accounts.rules import Role

bp = Blueprint("collections", __name__, url_prefix="/forums/collections")

curates = has_role(Role.MODERATOR)
