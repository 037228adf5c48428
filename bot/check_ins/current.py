"""A member's check-in as it stands, loaded to be drawn."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.check_ins.views import CheckIn
from bot.kit.rubrics import Rubrics
from storage import answers, people, rounds, teams
from storage.models import Round, RoundMember


async def load(
    session: AsyncSession,
    workspace_id: str,
    round_id: int,
    user_id: str,
    *,
    rubrics: Rubrics,
    now: datetime,
    anew: bool = False,
    changing: bool = False,
) -> CheckIn | None:
    """A member's check-in as it stands, while its round is open; with `anew` under a new render number."""
    found = await _open(session, workspace_id, round_id, user_id, now=now)
    if found is None:
        return None
    opened, member = found
    team = await teams.get(session, opened.team_id, workspace_id=workspace_id)
    if team is None:
        return None
    rubric = await rubrics.of(session, opened)
    person = await people.get(session, workspace_id=workspace_id, user_id=user_id)
    is_first = person is not None and person.first_asked_in == round_id
    render = await rounds.draw_anew(session, round_id=round_id, user_id=user_id) if anew else member.render
    return CheckIn(
        team=team.name,
        round_id=opened.id,
        rubric=rubric,
        privacy=opened.privacy,
        minimum=opened.minimum,
        closes_at=opened.closes_at,
        time_zone=team.time_zone,
        render=render,
        answers=await answers.own(
            session, round_id=round_id, user_id=user_id, dimensions=[each.key for each in rubric.dimensions]
        ),
        changing=changing,
        few_asked=await rounds.fewer_than(session, opened.minimum, round_id=round_id),
        joined=opened.joined,
        departed=opened.departed,
        user_id=user_id,
        introduced_by=await teams.active_managers(session, team.id) if is_first else None,
    )


async def _open(
    session: AsyncSession, workspace_id: str, round_id: int, user_id: str, *, now: datetime
) -> tuple[Round, RoundMember] | None:
    opened = await rounds.get(session, round_id, workspace_id=workspace_id)
    member = await rounds.member(session, round_id, user_id)
    if opened is None or member is None or not opened.is_open(now):
        return None
    return opened, member


def complete(check_in: CheckIn) -> bool:
    """True when every question of a check-in has an answer."""
    return len(check_in.answers) == len(check_in.rubric.dimensions)
