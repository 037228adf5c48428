"""Where many teams stand, from what their last rounds printed; in as many queries for a thousand teams as for two."""

import asyncio
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.charts.team_standing import Group, TeamStanding
from bot.kit.rubrics import Rubrics
from bot.overview.views import OverviewCard, Wish
from bot.summary import readers, result
from rubric import Rubric, one_wording
from storage import overview, workspaces
from storage.answers import Counts
from storage.models import Round, Team
from storage.overview import Scope, Wanted


@dataclass(frozen=True, slots=True)
class Overview:
    """The teams of one person's overview, by name, with what their last rounds printed."""

    teams: Sequence[Team]
    standings: Sequence[TeamStanding]
    """One a team."""
    card: OverviewCard


async def scope_of(session: AsyncSession, *, workspace_id: str, user_id: str) -> Scope:
    """Which teams this person has an overview of: those that they manage; for an admin all."""
    is_admin = await workspaces.is_admin(session, workspace_id=workspace_id, user_id=user_id)
    return Scope(workspace_id, None if is_admin else user_id)


async def of(session: AsyncSession, scope: Scope, *, reader: str, rubrics: Rubrics) -> Overview:
    """The overview of these teams, as this person may read their last rounds."""
    teams = await overview.teams_of(session, scope)
    latest = await overview.latest_closed(session, scope)
    counts = await overview.counts(session, scope)
    attendance = await overview.attendance(session, scope)
    wanted = await overview.need_leadership(session, scope)
    whole = await readers.whole_to(session, reader, [*latest.values()])
    models = [await rubrics.of(session, latest[team.id]) if team.id in latest else None for team in teams]

    def read() -> Overview:
        standings = [
            TeamStanding(team.name)
            if model is None
            else _standing(team, latest[team.id], model, counts=counts, attendance=attendance, whole=whole)
            for team, model in zip(teams, models, strict=True)
        ]
        card = OverviewCard(
            groups=_groups(rubrics.current, zip(standings, models, strict=True)),
            wishes=_wishes(teams, wanted),
            all_teams=scope.managed_by is None,
        )
        return Overview(teams, standings, card)

    # A thousand teams take some tenths of a second: other people's taps must not wait for that.
    return await asyncio.to_thread(read)


def _standing(
    team: Team,
    closed: Round,
    rubric: Rubric,
    *,
    counts: Counts,
    attendance: Mapping[int, tuple[int, int]],
    whole: Container[int],
) -> TeamStanding:
    summary = result.printed(
        closed,
        rubric,
        whole=closed.id in whole,
        tallies=result.tallies_of(counts.get(closed.id, {}), highest=rubric.highest),
        attendance=attendance.get(closed.id, (0, 0)),
    )
    return TeamStanding(team.name, number=closed.number, closed_on=result.closed_on(closed, team), summary=summary)


def _wishes(teams: Sequence[Team], wanted: Sequence[Wanted]) -> tuple[Wish, ...]:
    """What needs leadership, by the teams' names."""
    by_team: dict[int, list[Wanted]] = {}
    for each in wanted:
        by_team.setdefault(each.team_id, []).append(each)
    return tuple(
        Wish(team=team.name, dimension=each.dimension, text=each.text, owner_id=each.owner_id, due_on=each.due_on)
        for team in teams
        for each in by_team.get(team.id, ())
    )


def _groups(current: Rubric, found: Iterable[tuple[TeamStanding, Rubric | None]]) -> tuple[Group, ...]:
    """Teams whose levels may be counted together; today's model first, and with it those that weren't asked yet."""
    grouped: list[tuple[Rubric, list[TeamStanding]]] = [(current, [])]
    for standing, rubric in found:
        for model, standings in grouped:
            if rubric is None or one_wording(model, rubric):
                standings.append(standing)
                break
        else:
            assert rubric is not None  # noqa: S101 - one without a model is in the first group
            grouped.append((rubric, [standing]))
    return tuple(Group(rubric, tuple(standings)) for rubric, standings in grouped if standings)
