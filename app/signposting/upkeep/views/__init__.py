"""Pages of those who keep the directory."""

from app.signposting.upkeep.views.blueprint import bp as bp
