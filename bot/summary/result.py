"""The result of a closed round, from its stored counts: what every message and picture of it is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.rubrics import Rubrics
from bot.summary import readers
from bot.summary.follow_up_views import FollowUp
from rubric import SMALLEST_MINIMUM, Change, Rubric, Summary, Tally, notes_allowed, since, summarise
from storage import action_items, answers, people, rounds
from storage.kinds import Privacy
from storage.models import ActionItem, Round, Team


@dataclass(frozen=True, slots=True)
class Result:
    """A closed round's summary with what belongs beside it."""

    closed: Round
    rubric: Rubric
    summary: Summary
    notes: Mapping[str, Sequence[str]]
    """By dimension, where notes may be shown; in a confidential round in random order, without names."""
    names: Mapping[str, Mapping[int | None, Sequence[str]]] | None
    """Who chose what in a named round that its reader may read whole: level (None: "can't say") -> names."""
    is_for_some: bool = False
    """A named round, printed for somebody who reads of it what a confidential one would show; others read more."""
    follow_ups: Sequence[FollowUp] = ()
    """What the team had taken on when the round closed, and what became of it since the summary before."""
    taken_on: Mapping[str, ActionItem] = field(default_factory=dict)
    """By key: what the team has made of the library's actions for the levels of this summary."""
    seen_at: datetime | None = None
    """When somebody looks at it, where that is later than at the close."""
    open_until: datetime | None = None
    """When the round closes that is open by now; looked up where this summary shows nothing, which says what comes."""


async def of(
    session: AsyncSession, closed: Round, *, reader: str | None, rubrics: Rubrics, now: datetime | None = None
) -> Result:
    """The result of a closed round, as it may be shown to this reader (a user id, or readers.EVERYBODY).

    The change since the last round is computed from what was printed then, never from counts that weren't.

    What the team had adopted by the close, whatever became of it, is not suggested. So a summary that is drawn again
    suggests what it did at first, also after somebody adopted that; then it says whose it is. Which action items it
    tells of stands at the close as well, or at `now` where somebody looks at it later; what is said of each is what is
    true now.
    """
    closed_at = closed.closed_at or closed.closes_at
    earlier = await rounds.closed_of(session, closed.team_id, before=closed.number)
    tallies = await _tallies(session, [closed, *earlier], rubrics=rubrics)
    whole = await readers.whole_to(session, reader, [closed, *earlier])
    attended = await rounds.attendances(session, round_ids=[each.id for each in (closed, *earlier)])
    previous = None
    if earlier:
        previous = printed(
            earlier[0],
            await rubrics.of(session, earlier[0]),
            whole=earlier[0].id in whole,
            tallies=tallies[earlier[0].id],
            attendance=attended.get(earlier[0].id, (0, 0)),
        )
    in_either = await rounds.in_either(session, round_id=closed.id, before=earlier[0].id) if earlier else None
    rubric = await rubrics.of(session, closed)
    summary = printed(
        closed,
        rubric,
        whole=closed.id in whole,
        tallies=tallies[closed.id],
        attendance=attended.get(closed.id, (0, 0)),
        previous=previous,
        in_either=in_either,
        excluded=await action_items.known_keys(
            session, workspace_id=closed.workspace_id, team_id=closed.team_id, before=closed_at
        ),
    )
    is_confidential = closed.privacy is Privacy.CONFIDENTIAL
    names: dict[str, dict[int | None, list[str]]] | None = None
    notes: Mapping[str, Sequence[str]] = {}
    if closed.id in whole:
        names, notes = await _named(session, closed)
    elif is_confidential:
        notes = await answers.notes(session, round_id=closed.id)
    shown = {key: said for key, said in notes.items() if notes_allowed(summary[key], confidential=is_confidential)}
    items = await action_items.taken_on(
        session,
        workspace_id=closed.workspace_id,
        team_id=closed.team_id,
        before=now or closed_at,
        since=earlier[0].closed_at if earlier else None,
    )
    by_now = await rounds.open_of(session, closed.team_id) if summary.shows_nothing else None
    result = Result(
        closed,
        rubric,
        summary,
        shown,
        names,
        is_for_some=not is_confidential
        and closed.id not in whole
        and await answers.keeps_answers(session, round_id=closed.id),
        open_until=by_now.closes_at if by_now else None,
        seen_at=now,
    )
    return replace(
        result,
        follow_ups=await _follow_ups(session, result, items, reader=reader, rubrics=rubrics),
        taken_on=await action_items.of_library(
            session,
            workspace_id=closed.workspace_id,
            team_id=closed.team_id,
            keys=_library(rubric, summary),
        ),
    )


async def latest(
    session: AsyncSession, team_id: int, *, reader: str | None, rubrics: Rubrics, now: datetime | None = None
) -> Result | None:
    """The result of a team's last closed round; None before the first close."""
    found = await rounds.closed_of(session, team_id)
    return await of(session, found[0], reader=reader, rubrics=rubrics, now=now) if found else None


def _library(rubric: Rubric, summary: Summary) -> list[str]:
    """Keys of the actions for the levels that are printed: those that are suggested, and more ideas."""
    return [
        action.key
        for reading in summary.readings
        if reading.level is not None
        for action in rubric[reading.dimension].actions[reading.level]
    ]


async def _follow_ups(
    session: AsyncSession, result: Result, items: Sequence[ActionItem], *, reader: str | None, rubrics: Rubrics
) -> list[FollowUp]:
    """Each item with the change of its dimension since the round that it was taken from."""
    now, closed = result.summary, result.closed
    levels = {reading.dimension: reading.level for reading in now.readings}
    then: dict[int, tuple[Summary, int]] = {}
    found = []
    for item in items:
        if item.round_id is not None and item.round_id not in then:
            begun = await rounds.get(session, item.round_id, workspace_id=closed.workspace_id)
            if begun is not None:
                tallies = await _tallies(session, [begun], rubrics=rubrics)
                whole = await readers.whole_to(session, reader, [begun])
                then[begun.id] = (
                    printed(
                        begun,
                        await rubrics.of(session, begun),
                        whole=begun.id in whole,
                        tallies=tallies[begun.id],
                        attendance=await rounds.attendance(session, begun.id),
                    ),
                    await rounds.in_either(session, round_id=closed.id, before=begun.id),
                )
        change: Change | None = None
        if item.round_id in then:
            before, in_either = then[item.round_id]
            change = since(result.rubric, now, before, dimension=item.dimension, in_either=in_either)
        found.append(FollowUp(item, change, levels.get(item.dimension)))
    return found


async def without_changes(
    session: AsyncSession, closed: Sequence[Round], *, reader: str, rubrics: Rubrics
) -> dict[int, Summary]:
    """The summaries of several closed rounds, by round, in a fixed number of queries; without what has changed."""
    whole = await readers.whole_to(session, reader, closed)
    tallies = await _tallies(session, closed, rubrics=rubrics)
    attended = await rounds.attendances(session, round_ids=[each.id for each in closed])
    return {
        each.id: printed(
            each,
            await rubrics.of(session, each),
            whole=each.id in whole,
            tallies=tallies[each.id],
            attendance=attended.get(each.id, (0, 0)),
        )
        for each in closed
    }


async def _tallies(session: AsyncSession, closed: Sequence[Round], *, rubrics: Rubrics) -> dict[int, dict[str, Tally]]:
    counts = await answers.counts(session, round_ids=[each.id for each in closed])
    found = {}
    for each in closed:
        highest = (await rubrics.of(session, each)).highest
        found[each.id] = tallies_of(counts.get(each.id, {}), highest=highest)
    return found


def closed_on(closed: Round, team: Team) -> date:
    """The date of a round's close on the team's clock."""
    return day_of(closed.closed_at or closed.closes_at, team)


def day_of(instant: datetime, team: Team) -> date:
    """An instant's date on the team's clock."""
    return instant.astimezone(ZoneInfo(team.time_zone)).date()


def tallies_of(counts: Mapping[str, Mapping[int, int]], *, highest: int) -> dict[str, Tally]:
    """Stored counts (dimension -> level -> how many) as tallies."""
    return {
        key: Tally(
            counts=tuple(levels.get(level, 0) for level in range(1, highest + 1)),
            cant_say=levels.get(answers.CANT_SAY, 0),
        )
        for key, levels in counts.items()
    }


def printed(
    closed: Round,
    rubric: Rubric,
    *,
    whole: bool,
    tallies: Mapping[str, Tally],
    attendance: tuple[int, int],
    previous: Summary | None = None,
    in_either: int | None = None,
    excluded: frozenset[str] = frozenset(),
) -> Summary:
    """What may be shown of a closed round, by the rules that it keeps; `attendance` as rounds.attendance.

    `whole` tells of a named round everything; otherwise it is what a confidential round would show.
    """
    took_part, asked = attendance
    return summarise(
        rubric,
        tallies=tallies,
        asked=asked,
        took_part=took_part,
        minimum=max(closed.minimum, SMALLEST_MINIMUM),
        confidential=closed.privacy is Privacy.CONFIDENTIAL or not whole,
        previous=previous,
        in_either=in_either,
        excluded=excluded,
        withheld=closed.withheld,
        rules=closed.printing_rules,
    )


async def _named(
    session: AsyncSession, closed: Round
) -> tuple[dict[str, dict[int | None, list[str]]], dict[str, list[str]]]:
    """Who chose what, and the notes with their writers, of a named round."""
    given = await answers.named(session, round_id=closed.id)
    writers = sorted({user_id for members in given.values() for user_id in members})
    known = await people.among(session, workspace_id=closed.workspace_id, user_ids=writers)
    called = {user_id: known[user_id].name if user_id in known else user_id for user_id in writers}
    names: dict[str, dict[int | None, list[str]]] = {}
    notes: dict[str, list[str]] = {}
    for dimension, members in given.items():
        for user_id, answer in members.items():
            names.setdefault(dimension, {}).setdefault(answer.level, []).append(called[user_id])
            if answer.note:
                notes.setdefault(dimension, []).append(f"{called[user_id]}: {answer.note}")
    return names, notes
