"""A team's last closed rounds, each as it may be shown: what the trend and `/maturity summary last 3` are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.rubrics import Rubrics
from bot.summary import readers, result
from rubric import Rubric, Summary
from storage import answers, rounds
from storage.models import Team


@dataclass(frozen=True, slots=True)
class Past:
    """One closed round of a team."""

    number: int
    closed_on: date
    """The date of the close on the team's clock."""
    rubric: Rubric
    summary: Summary


async def of(session: AsyncSession, team: Team, *, reader: str, rubrics: Rubrics, limit: int) -> Sequence[Past]:
    """The team's latest closed rounds as this person may read them.

    The oldest first, each with its change since the one before.
    """
    closed = (await rounds.closed_of(session, team.id, limit=limit + 1))[::-1]
    counts = await answers.counts(session, round_ids=[each.id for each in closed])
    attended = await rounds.attendances(session, round_ids=[each.id for each in closed])
    whole = await readers.whole_to(session, reader, closed)
    found: list[Past] = []
    for place, each in enumerate(closed):
        rubric = await rubrics.of(session, each)
        in_either = await rounds.in_either(session, round_id=each.id, before=closed[place - 1].id) if place else None
        summary = result.printed(
            each,
            rubric,
            whole=each.id in whole,
            tallies=result.tallies_of(counts.get(each.id, {}), highest=rubric.highest),
            attendance=attended.get(each.id, (0, 0)),
            previous=found[-1].summary if found else None,
            in_either=in_either,
        )
        found.append(Past(each.number, result.closed_on(each, team), rubric, summary))
    return found[-limit:]
