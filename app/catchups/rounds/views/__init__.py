"""HTTP for rounds: taking part, one's group, and the pages of leads."""

from app.catchups.rounds.views.blueprint import bp as bp
from app.catchups.rounds.views.blueprint import leads as leads
