"""Cases, what brought them, what was seen then, and what was decided. Nothing here is deleted with its subject."""

from app.moderation.cases.models.case import CaseSnapshot as CaseSnapshot
from app.moderation.cases.models.case import Concern as Concern
from app.moderation.cases.models.case import ModerationCase as ModerationCase
from app.moderation.cases.models.decision import Appeal as Appeal
from app.moderation.cases.models.decision import Decision as Decision
from app.moderation.cases.models.decision import Penalty as Penalty
from app.moderation.cases.models.desk import CannedReply as CannedReply
from app.moderation.cases.models.desk import CaseNote as CaseNote
from app.moderation.cases.models.desk import Invite as Invite
from app.moderation.cases.models.desk import RotaTurn as RotaTurn
