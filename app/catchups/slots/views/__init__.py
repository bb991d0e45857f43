"""HTTP for slots: lists, one slot, hosting it, stories."""

from app.catchups.slots.views.blueprint import bp as bp
