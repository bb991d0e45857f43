"""HTTP for collections."""

from app.forums.collections.views.blueprint import bp as bp
