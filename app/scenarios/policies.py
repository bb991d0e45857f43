"""Who may play what, and who may see a run: only the person who plays it, whatever anybody's role."""

from app.accounts.models import Member
from app.scenarios.models import Scenario, ScenarioRun


def can_play(member: Member, scenario: Scenario) -> bool:
    """Every member may play what is for everybody, and what belongs to a programme they hold a role in."""
    if member.suspended:
        return False
    return scenario.programme_id is None or bool(member.roles_in(scenario.programme_id))


def can_see_run(member: Member, run: ScenarioRun) -> bool:
    """Practice can never become evidence about a person: nobody sees a run but the one whose it is."""
    return run.member_id == member.id and not member.suspended
