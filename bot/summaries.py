"""The result of a closed round, from its stored counts: what every message and picture of it is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rubrics import Rubrics
from rubric import Rubric, Summary, Tally, notes_allowed, summarise
from storage import answers, people, rounds
from storage.kinds import Privacy
from storage.models import Round


@dataclass(frozen=True, slots=True)
class Result:
    """A closed round's summary with what belongs beside it."""

    closed: Round
    rubric: Rubric
    summary: Summary
    notes: Mapping[str, Sequence[str]]
    """By dimension, where notes may be shown; in a confidential round in random order, without names."""
    names: Mapping[str, Mapping[int | None, Sequence[str]]] | None
    """Named rounds: who chose what, dimension -> level (None: "can't say") -> names."""


async def of(session: AsyncSession, closed: Round, *, rubrics: Rubrics) -> Result:
    """The result of a closed round, as it may be shown.

    The change since the last round is computed from what was printed then, never from counts that weren't.
    """
    earlier = await rounds.closed_of(session, closed.team_id, before=closed.number)
    tallies = await _tallies(session, [closed, *earlier], rubrics=rubrics)
    previous = None
    if earlier:
        previous = await _summary(session, earlier[0], tallies[earlier[0].id], rubrics=rubrics)
    newcomers = await rounds.newcomers(session, round_id=closed.id, before=earlier[0].id) if earlier else 0
    summary = await _summary(
        session, closed, tallies[closed.id], rubrics=rubrics, previous=previous, newcomers=newcomers
    )
    rubric = await rubrics.of(session, closed)
    names, notes = await _named(session, closed) if closed.privacy is Privacy.NAMED else (None, None)
    if notes is None:
        notes = await answers.notes(session, round_id=closed.id)
    shown = {
        key: said
        for key, said in notes.items()
        if notes_allowed(summary[key], confidential=closed.privacy is Privacy.CONFIDENTIAL)
    }
    return Result(closed, rubric, summary, shown, names)


async def latest(session: AsyncSession, team_id: int, *, rubrics: Rubrics) -> Result | None:
    """The result of a team's last closed round; None before the first close."""
    found = await rounds.closed_of(session, team_id)
    return await of(session, found[0], rubrics=rubrics) if found else None


async def _tallies(session: AsyncSession, closed: Sequence[Round], *, rubrics: Rubrics) -> dict[int, dict[str, Tally]]:
    counts = await answers.counts(session, round_ids=[each.id for each in closed])
    found = {}
    for each in closed:
        highest = (await rubrics.of(session, each)).highest
        found[each.id] = {
            key: Tally(
                counts=tuple(levels.get(level, 0) for level in range(1, highest + 1)),
                cant_say=levels.get(answers.CANT_SAY, 0),
            )
            for key, levels in counts[each.id].items()
        }
    return found


async def _summary(
    session: AsyncSession,
    closed: Round,
    tallies: Mapping[str, Tally],
    *,
    rubrics: Rubrics,
    previous: Summary | None = None,
    newcomers: int = 0,
) -> Summary:
    took_part, asked = await rounds.attendance(session, closed.id)
    return summarise(
        await rubrics.of(session, closed),
        tallies=tallies,
        asked=asked,
        took_part=took_part,
        minimum=closed.minimum,
        confidential=closed.privacy is Privacy.CONFIDENTIAL,
        previous=previous,
        newcomers=newcomers,
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
