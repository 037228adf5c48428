"""The closed rounds and action items of many teams, as far as they may be shown."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.tables import ExportedAction, ExportedRound, Table, tables
from bot.kit.rubrics import Rubrics
from bot.summary import readers, result
from rubric import Rubric, Summary, notes_allowed
from storage import exports
from storage.kinds import Privacy
from storage.models import ActionItem, Round, Team

AT_ONCE = 500
"""Teams asked about in one query: SQLite takes 32,766 parameters."""


async def gather(
    session: AsyncSession, chosen: Sequence[Team], *, reader: str | None, workspace_id: str, rubrics: Rubrics
) -> tuple[Table, ...]:
    """All that this reader may export of these teams of one workspace: teams by the alphabet, rounds by number."""
    teams = sorted(chosen, key=lambda team: (team.name.casefold(), team.id))
    rounds: list[ExportedRound] = []
    actions: list[ExportedAction] = []
    for start in range(0, len(teams), AT_ONCE):
        some = teams[start : start + AT_ONCE]
        of_some, theirs = await _of(session, some, reader=reader, workspace_id=workspace_id, rubrics=rubrics)
        rounds += of_some
        actions += theirs
    return tables(rounds, actions)


async def _of(
    session: AsyncSession, teams: Sequence[Team], *, reader: str | None, workspace_id: str, rubrics: Rubrics
) -> tuple[Sequence[ExportedRound], Sequence[ExportedAction]]:
    team_ids = [team.id for team in teams]
    closed = await exports.closed_rounds(session, workspace_id=workspace_id, team_ids=team_ids)
    counts = await exports.counts(session, workspace_id=workspace_id, team_ids=team_ids)
    attendance = await exports.attendance(session, workspace_id=workspace_id, team_ids=team_ids)
    in_either = await exports.in_either(session, workspace_id=workspace_id, team_ids=team_ids)
    notes = await exports.notes(session, workspace_id=workspace_id, team_ids=team_ids)
    whole = await readers.whole_to(session, reader, closed)
    items = await exports.action_items(session, workspace_id=workspace_id, team_ids=team_ids)
    rubric_of = {each.id: await rubrics.of(session, each) for each in closed}  # a query for each version at most
    before = {later.id: earlier.id for earlier, later in pairwise(closed) if earlier.team_id == later.team_id}
    printed: dict[int, Summary] = {}
    for each in closed:
        rubric = rubric_of[each.id]
        printed[each.id] = result.printed(
            each,
            rubric,
            whole=each.id in whole,
            tallies=result.tallies_of(counts.get(each.id, {}), highest=rubric.highest),
            attendance=attendance.get(each.id, (0, 0)),
            previous=printed.get(before.get(each.id, 0)),
            in_either=in_either.get(each.id),
        )
    by_team: dict[int, list[Round]] = {}
    for each in closed:
        by_team.setdefault(each.team_id, []).append(each)
    rounds = [
        _round(
            each,
            team,
            rubric_of[each.id],
            printed[each.id],
            _notes(each, printed[each.id], notes.get(each.id, {}), whole=each.id in whole),
        )
        for team in teams
        for each in by_team.get(team.id, ())
    ]
    order = {team.id: place for place, team in enumerate(teams)}
    latest = {team_id: rubric_of[theirs[-1].id] for team_id, theirs in by_team.items()}

    def model_of(item: ActionItem) -> Rubric | None:
        of_its_round = rubric_of.get(item.round_id) if item.round_id is not None else None
        return of_its_round or latest.get(item.team_id)

    actions = [
        _action(item, teams[order[item.team_id]], model_of(item))
        for item in sorted(items, key=lambda item: order[item.team_id])
    ]
    return rounds, actions


def _notes(
    closed: Round, summary: Summary, notes: Mapping[str, Sequence[str]], *, whole: bool
) -> Mapping[str, Sequence[str]]:
    """Those that may be told: of a named round to who may read all of it, of a confidential one to all or nobody."""
    confidential = closed.privacy is Privacy.CONFIDENTIAL
    if not (confidential or whole):
        return {}
    return {key: said for key, said in notes.items() if notes_allowed(summary[key], confidential=confidential)}


def _round(
    closed: Round, team: Team, rubric: Rubric, summary: Summary, notes: Mapping[str, Sequence[str]]
) -> ExportedRound:
    return ExportedRound(
        team=team.name,
        number=closed.number,
        closed_on=result.closed_on(closed, team),
        privacy=closed.privacy.value,
        rubric=rubric,
        summary=summary,
        notes=notes,
        withheld=closed.withheld,
    )


def _action(item: ActionItem, team: Team, rubric: Rubric | None) -> ExportedAction:
    names = {dimension.key: dimension.name for dimension in rubric.dimensions} if rubric is not None else {}
    return ExportedAction(
        team=team.name,
        dimension=item.dimension,
        dimension_name=names.get(item.dimension),
        text=item.text,
        state=item.state.value,
        due_on=item.due_on,
        ended_on=item.ended_at.astimezone(ZoneInfo(team.time_zone)).date() if item.ended_at is not None else None,
        why=item.why,
        needs_leadership=item.needs_leadership,
    )
