"""Screening of what somebody is about to post: what is found, what they say to it, and why a moderator looks first."""

from collections.abc import Mapping

from app.forums.asking import BODY, Answer, Ruling, Verdict, rule
from app.forums.models import Board
from app.forums.operations.posting import Hold
from app.forums.rules import Reader
from app.moderation.cases.operations.opening import Span
from app.moderation.cases.rules import Reason
from app.moderation.screening.queries.published import screen_with_directory


def ruling(
    reader: Reader, board: Board, texts: Mapping[str, str], answer: Answer, reason: str
) -> tuple[Ruling, Hold | None]:
    """What becomes of texts (by the name of their field), and why a moderator looks at them first, if one does."""
    found = {name: screen_with_directory(text) for name, text in texts.items()}
    ruled = rule(texts, found, answer, reason)
    if ruled.verdict is Verdict.HOLD:
        return ruled, _hold(ruled, Reason.SCREENING, reason)
    if ruled.verdict is Verdict.PUBLISH and board.pre_approval and not reader.moderates:
        return ruled, _hold(ruled, Reason.PRE_APPROVAL, reason)
    return ruled, None


def _hold(ruled: Ruling, why: Reason, reason: str) -> Hold:
    """Spans are of the body; of the title and the tags the counts say that there is something."""
    spans = [Span(found.kind.value, found.start, found.end) for found in ruled.findings.get(BODY, ())]
    return Hold(reason=why, findings=ruled.counts, spans=spans, words=reason)
