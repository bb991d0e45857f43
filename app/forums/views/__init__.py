"""HTTP for forums."""

from app.forums.views.blueprint import bp as bp
