"""From a tap to a kept answer: the one place that a faster way to save would change."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from sqlalchemy.exc import DBAPIError

from bot.kit.clock import Clock
from bot.kit.rubrics import Rubrics
from bot.slack.ids import Tap, UnreadableError
from rubric import Rubric
from storage import engine, rounds, taps
from storage.engine import Database, is_contention, patiently
from storage.plain import Plain
from storage.taps import Saved, Tapped

AT_ONCE = 64
"""Taps in one transaction: past that, the last would wait longer than it gains."""


class Redraw(StrEnum):
    """What the person's message should become after a tap; mostly nothing: the radio button is the receipt."""

    NOTHING = "nothing"
    RECEIPT = "receipt"
    """Every question has an answer, and the person isn't changing them."""
    PROMPT = "prompt"
    """The message lacks an answer that is stored (given elsewhere, or lost by the client)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a tap, and what is to be drawn for it."""

    saved: Saved
    redraw: Redraw = Redraw.NOTHING


@dataclass(eq=False, slots=True)
class _Waiting:
    """A tap on its way into the database, and who waits for it."""

    tap: Tap
    asked: tuple[str, ...]
    """The dimensions of its round."""
    outcome: "asyncio.Future[Outcome]"


class AnswerWriter:
    """Keeps tapped answers. When `save` returns, the answer is committed.

    Taps that arrive while one commit runs share the next, so that many at once cost little more than one. SQLite has
    one writer, hence one queue; on PostgreSQL each round has its own, so that a lock on one holds up no other.
    """

    def __init__(self, database: Database, rubrics: Rubrics, clock: Clock, *, try_seconds: float | None = None) -> None:
        self._database = database
        self._rubrics = rubrics
        self._clock = clock
        self._try_seconds = engine.TRY_SECONDS if try_seconds is None else try_seconds
        self._asked: dict[tuple[str, int], Rubric] = {}
        self._queues: dict[int, list[_Waiting]] = {}
        self._writing: set[asyncio.Task[None]] = set()

    async def save(self, tap: Tap) -> Outcome:
        """Keep one tapped answer; UnreadableError for a question that the round doesn't ask."""
        rubric = await self._rubric(tap)
        if rubric is None:
            return Outcome(Saved.FORGOTTEN)
        asked = tuple(dimension.key for dimension in rubric.dimensions)
        if tap.dimension not in asked or (tap.level is not None and not 1 <= tap.level <= rubric.highest):
            raise UnreadableError("the round doesn't ask that")
        if not 0 <= tap.tapped_us < 2**63:
            raise UnreadableError("not a time")
        waiting = _Waiting(tap, asked, asyncio.get_running_loop().create_future())
        key = 0 if self._database.is_sqlite else tap.round_id
        queue = self._queues.get(key)
        if queue is None:
            self._queues[key] = [waiting]
            task = asyncio.create_task(self._write(key))
            self._writing.add(task)  # the loop itself keeps only a weak reference
            task.add_done_callback(self._writing.discard)
        else:
            queue.append(waiting)
        return await waiting.outcome

    async def _write(self, key: int) -> None:
        """Write one queue until it is empty."""
        try:
            while queue := self._queues[key]:
                batch, self._queues[key] = _first_of_each(queue)
                await self._commit(batch)
        finally:
            # Empty, unless this task was cancelled: nobody must wait for a queue that nobody writes.
            for left in self._queues.pop(key):
                left.outcome.cancel()

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        """Write these taps in one transaction, and tell who waits; where one spoils it, each in one of its own."""
        try:
            outcomes = await patiently(lambda: self._keep(batch), seconds=self._try_seconds)
        except Exception as error:  # noqa: BLE001 - goes to whoever waits, as if they had written it themselves
            is_held_up = isinstance(error, DBAPIError) and is_contention(error)
            if len(batch) == 1 or is_held_up:  # no tap is to blame, and each would wait for as long again
                for waiting in batch:
                    if not waiting.outcome.done():
                        waiting.outcome.set_exception(error)
                return
            for waiting in batch:
                await self._commit([waiting])
            return
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if not waiting.outcome.done():  # whoever waited may have gone
                waiting.outcome.set_result(outcome)

    async def _keep(self, batch: Sequence[_Waiting]) -> list[Outcome]:
        return await self._database.write(partial(_keep, batch=batch, now=self._clock()))

    async def _rubric(self, tap: Tap) -> Rubric | None:
        """What the tap's round asks, if this workspace has such a round; it never changes, so it is read once."""
        key = (tap.workspace_id, tap.round_id)
        found = self._asked.get(key)
        if found is None:
            async with self._database.reading() as session:
                opened = await rounds.get(session, tap.round_id, workspace_id=tap.workspace_id)
                if opened is None:
                    return None
                found = await self._rubrics.of(session, opened)
            if len(self._asked) >= 10_000:  # noqa: PLR2004 - a bound on memory, of no other meaning
                self._asked.clear()
            self._asked[key] = found
        return found


def _first_of_each(queue: Sequence[_Waiting]) -> tuple[list[_Waiting], list[_Waiting]]:
    """One tap of each member, the first, up to AT_ONCE; and the rest: a tap's outcome depends on those before it."""
    first: dict[tuple[int, str], _Waiting] = {}
    rest = []
    for waiting in queue:
        key = (waiting.tap.round_id, waiting.tap.user_id)
        if key in first or len(first) >= AT_ONCE:
            rest.append(waiting)
        else:
            first[key] = waiting
    return list(first.values()), rest


def _keep(session: Plain, *, batch: Sequence[_Waiting], now: datetime) -> list[Outcome]:
    """Keep a batch and what follows from it, in this transaction."""
    saved = taps.save_all(session, [_tapped(waiting.tap) for waiting in batch], now=now)
    kept = [waiting for waiting, became in zip(batch, saved, strict=True) if became is Saved.KEPT]
    answered = taps.answered(session, [(each.tap.round_id, each.tap.user_id, each.asked) for each in kept])
    for each in kept:
        if len(answered[each.tap.round_id, each.tap.user_id]) == len(each.asked):
            taps.complete(session, round_id=each.tap.round_id, user_id=each.tap.user_id, now=now)
    return [
        Outcome(became, _redraw(each, stored=answered[each.tap.round_id, each.tap.user_id]))
        if became is Saved.KEPT
        else Outcome(became)
        for each, became in zip(batch, saved, strict=True)
    ]


def _tapped(tap: Tap) -> Tapped:
    return Tapped(tap.workspace_id, tap.round_id, tap.user_id, tap.dimension, tap.level, tap.tapped_us)


def _redraw(waiting: _Waiting, *, stored: Mapping[str, int]) -> Redraw:
    """`stored` says when each answer was tapped.

    Taps may arrive in another order than they were tapped in. What was tapped after this one the message shows by now,
    although it couldn't yet when this was tapped: to draw it anew would undo what is being tapped meanwhile.
    """
    tap = waiting.tap
    if len(stored) == len(waiting.asked) and not tap.changing:
        return Redraw.RECEIPT
    before = {dimension for dimension, tapped_us in stored.items() if tapped_us < tap.tapped_us}
    return Redraw.PROMPT if before - tap.shown - {tap.dimension} else Redraw.NOTHING
