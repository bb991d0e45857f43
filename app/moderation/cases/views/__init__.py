"""HTTP for cases: reporting, the queue, one case, one's own decisions and appeals, and the moderators' desk."""

from app.moderation.cases.views.blueprint import bp as bp
from app.moderation.cases.views.blueprint import members as members
