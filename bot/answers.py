"""From a tap to a kept answer: the one place that a faster way to save would change."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.ids import Tap, UnreadableError
from bot.rubrics import Rubrics
from bot.views.check_in import CheckIn
from storage import answers, deliveries, rounds, teams
from storage.answers import Saved
from storage.deliveries import Owed
from storage.engine import Database
from storage.kinds import DeliveryKind
from storage.models import Round, RoundMember


class Redraw(StrEnum):
    """What the person's message should become after a tap; mostly nothing: the radio button is the receipt."""

    NOTHING = "nothing"
    RECEIPT = "receipt"
    """Every question has an answer, and the person isn't changing them."""
    PROMPT = "prompt"
    """The message lacks an answer that is stored (given elsewhere, or lost by the client)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a tap, and the check-in to draw where something is to be drawn."""

    saved: Saved
    redraw: Redraw = Redraw.NOTHING
    check_in: CheckIn | None = None


class AnswerWriter:
    """Keeps tapped answers. When `save` returns, the answer is committed."""

    def __init__(self, database: Database, rubrics: Rubrics, clock: Clock) -> None:
        self._database = database
        self._rubrics = rubrics
        self._clock = clock
        self._asked: dict[tuple[str, int], str] = {}

    async def save(self, tap: Tap) -> Outcome:
        """Keep one tapped answer; UnreadableError for a question that the round doesn't ask."""
        now = self._clock()
        async with self._database.begin() as session:
            version = await self._version(session, tap)
            if version is None:
                return Outcome(Saved.NOT_ASKED)
            rubric = await self._rubrics.version(session, workspace_id=tap.workspace_id, version=version)
            keys = [dimension.key for dimension in rubric.dimensions]
            if tap.dimension not in keys or (tap.level is not None and not 1 <= tap.level <= rubric.highest):
                raise UnreadableError("the round doesn't ask that")
            saved = await answers.save(
                session,
                workspace_id=tap.workspace_id,
                round_id=tap.round_id,
                user_id=tap.user_id,
                dimension=tap.dimension,
                level=tap.level,
                tapped_us=tap.tapped_us,
                now=now,
            )
            if saved is not Saved.KEPT:
                return Outcome(saved)
            stored = await answers.own(session, round_id=tap.round_id, user_id=tap.user_id, dimensions=keys)
            if len(stored) == len(keys):
                await answers.complete(session, round_id=tap.round_id, user_id=tap.user_id, now=now)
            redraw = _redraw(tap, stored=frozenset(stored), asked=len(keys))
            if redraw is Redraw.NOTHING:
                return Outcome(saved)
            check_in = await load(
                session, tap.workspace_id, tap.round_id, tap.user_id,
                rubrics=self._rubrics, now=now, anew=redraw is Redraw.PROMPT, changing=tap.changing,
            )  # fmt: skip
            return Outcome(saved, redraw, check_in)

    async def _version(self, session: AsyncSession, tap: Tap) -> str | None:
        """The rubric version that a round of this workspace asks: it never changes, so it is read once."""
        key = (tap.workspace_id, tap.round_id)
        if key not in self._asked:
            found = await rounds.get(session, tap.round_id, workspace_id=tap.workspace_id)
            if found is None:
                return None
            if len(self._asked) >= 10_000:  # noqa: PLR2004 - a bound on memory, of no other meaning
                self._asked.clear()
            self._asked[key] = found.rubric_version
        return self._asked[key]


def _redraw(tap: Tap, *, stored: frozenset[str], asked: int) -> Redraw:
    if len(stored) == asked and not tap.changing:
        return Redraw.RECEIPT
    return Redraw.PROMPT if stored - tap.shown - {tap.dimension} else Redraw.NOTHING


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
    asked, member = found
    team = await teams.get(session, asked.team_id, workspace_id=workspace_id)
    if team is None:
        return None
    rubric = await rubrics.of(session, asked)
    render = await rounds.draw_anew(session, round_id=round_id, user_id=user_id) if anew else member.render
    return CheckIn(
        team=team.name,
        round_id=asked.id,
        rubric=rubric,
        privacy=asked.privacy,
        minimum=asked.minimum,
        closes_at=asked.closes_at,
        time_zone=team.time_zone,
        render=render,
        answers=await answers.own(
            session, round_id=round_id, user_id=user_id, dimensions=[each.key for each in rubric.dimensions]
        ),
        changing=changing,
    )


async def _open(
    session: AsyncSession, workspace_id: str, round_id: int, user_id: str, *, now: datetime
) -> tuple[Round, RoundMember] | None:
    asked = await rounds.get(session, round_id, workspace_id=workspace_id)
    member = await rounds.member(session, round_id, user_id)
    if asked is None or member is None or asked.closed_at is not None or asked.closes_at <= now:
        return None
    return asked, member


def complete(check_in: CheckIn) -> bool:
    """True when every question of a check-in has an answer."""
    return len(check_in.answers) == len(check_in.rubric.dimensions)


async def redraw_later(session: AsyncSession, *, workspace_id: str, round_id: int, user_id: str, now: datetime) -> bool:
    """Owe a redrawing of the member's check-in message; False where there is no message yet (its prompt is coming)."""
    member = await rounds.member(session, round_id, user_id)
    if member is None or member.message_ts is None:
        return False
    await deliveries.owe_again(
        session,
        workspace_id=workspace_id,
        message=Owed(
            key=f"round:{round_id}:refresh:{user_id}",
            kind=DeliveryKind.REFRESH,
            due=now,
            user_id=user_id,
            round_id=round_id,
        ),
    )
    return True
