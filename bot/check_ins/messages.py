"""The messages that a member gets of a round: the check-in, its changes, and its end. reminders.py has the reminder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncSession

from bot.check_ins import current, views
from bot.delivery.message import Context, Draft, Failure, Receipt, Sending, wait_for
from bot.delivery.round_message import MemberMessage, link_to
from bot.notices import notify
from bot.slack.blocks import Message
from storage import answers, deliveries, people, privacy, rounds
from storage.keys import round_key
from storage.kinds import TELLING, DeliveryKind, DeliveryState, RoundState
from storage.models import Round

TOGETHER = timedelta(minutes=5)
"""How long a manager's line about people who couldn't be asked waits for the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt(MemberMessage):
    """The check-in of one member."""

    kind = DeliveryKind.PROMPT
    sending = Sending.DIRECT_MESSAGE
    ends_with_its_round = True
    words_alone_will_do = False  # a check-in without its questions is none
    fails_when_late = True

    async def draw(self, context: Context) -> Draft | None:
        person = await people.get(context.session, workspace_id=self.workspace_id, user_id=self.user_id)
        if person is not None and person.is_full_member is False:
            return None
        message = await _check_in(self, context, anew=False)
        return Draft(message) if message else None

    async def sent(self, context: Context, receipt: Receipt) -> None:
        member = await self.member(context.session)
        if member is not None:
            member.channel_id, member.message_ts = receipt.channel_id, receipt.message_ts

    async def failed(self, context: Context, failure: Failure) -> None:  # noqa: ARG002 - they are counted by their own errors
        found = await self.round_and_team(context.session)
        if found is not None:
            asked, team = found
            await notify.tell_unasked(context.session, team, round_id=asked.id, due=context.now + TOGETHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh(MemberMessage):
    """The change of a check-in into what it should show by then."""

    kind = DeliveryKind.REFRESH
    sending = Sending.UPDATE
    drawing_writes = True  # a check-in that is changed takes a new render number
    words_alone_will_do = False

    changing: bool = False
    """Its reader is changing answers, so it shows the questions although all are answered."""

    @classmethod
    def to_member(cls, workspace_id: str, round_id: int, user_id: str, *, changing: bool = False) -> Self:
        """The one by which a tap, a command or a lost answer brings a check-in up to date."""
        return cls(
            workspace_id=workspace_id,
            key=round_key(round_id, cls.kind, user_id),
            round_id=round_id,
            user_id=user_id,
            changing=changing,
        )

    @classmethod
    def extended(cls, held: Round, user_id: str) -> Self:
        """The one that shows the new end of a round that is kept open longer."""
        return cls(
            workspace_id=held.workspace_id,
            key=f"round:{held.id}:extended:{int(held.closes_at.timestamp())}:{user_id}",
            round_id=held.id,
            user_id=user_id,
        )

    def payload(self) -> Mapping[str, Any]:
        return {"changing": True} if self.changing else {}

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"changing": bool(payload.get("changing"))}

    async def draw(self, context: Context) -> Draft | None:
        member = await self.member(context.session)
        if member is None:
            return None
        if member.message_ts is None:
            # Where it is on its way it shows what was so when it was drawn, and nobody knows yet where it will be.
            prompt = round_key(self.round_id, DeliveryKind.PROMPT, self.user_id)
            await wait_for(context, self.workspace_id, prompt, drawn=True)
            return None
        if member.skipped:
            message = await self._skipped(context)
        else:
            message = await _check_in(self, context, anew=True, changing=self.changing)
        return Draft(message, channel_id=member.channel_id, update_ts=member.message_ts) if message else None

    async def _skipped(self, context: Context) -> Message | None:
        found = await self.round_and_team(context.session)
        if found is None or not found[0].is_open(context.now):
            return None
        opened, team = found
        return views.skipped(team.name, round_id=opened.id, closes_at=opened.closes_at, time_zone=team.time_zone)

    async def sent(self, context: Context, receipt: Receipt) -> None:  # noqa: ARG002 - it stays where it was
        await after_redrawing(
            context.session,
            workspace_id=self.workspace_id,
            round_id=self.round_id,
            user_id=self.user_id,
            now=context.now,
        )

    async def out_of_reach(self, context: Context) -> None:
        """While its round is open the check-in comes anew."""
        opened = await rounds.get(context.session, self.round_id, workspace_id=self.workspace_id)
        member = await self.member(context.session)
        if opened is None or member is None or not opened.is_open(context.now):
            return
        member.message_ts = None
        prompt = Prompt.of(opened, member.user_id).row(due=context.now)
        await deliveries.owe_again(context.session, workspace_id=self.workspace_id, message=prompt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(MemberMessage):
    """Replaces a check-in once its round has ended."""

    kind = DeliveryKind.CLOSING
    sending = Sending.UPDATE
    may_come_anew = True
    ends_a_round = True

    async def draw(self, context: Context) -> Draft | None:
        session = context.session
        found = await self.round_and_team(session)
        member = await self.member(session)
        if found is None or member is None:
            return None
        ended, team = found
        if member.message_ts is None:
            await wait_for(context, self.workspace_id, round_key(ended.id, DeliveryKind.PROMPT, self.user_id))
            return None
        # A redrawing that is on its way would come after this and bring the answers back.
        await wait_for(context, self.workspace_id, round_key(ended.id, DeliveryKind.REFRESH, self.user_id))
        if ended.state is RoundState.CANCELLED:
            message = views.cancelled(team.name)
        else:
            await self.wait_for_summary(context, ended)
            link = await link_to(session, self.workspace_id, ended.channel_id, ended.summary_ts)
            key = round_key(ended.id, DeliveryKind.SUMMARY)
            summary = await deliveries.get(session, workspace_id=self.workspace_id, key=key)
            result = views.Ended(
                team=team.name,
                result=await result_of(session, ended),
                minimum=ended.minimum,
                keeps_answers=await answers.keeps_answers(session, round_id=ended.id),
                keeps_notes=await answers.keeps_notes(session, round_id=ended.id),
                link=link,
                channel_id=ended.channel_id,
                refused=summary is not None and summary.state is DeliveryState.FAILED,
            )
            message = views.closed(result, took_part=member.took_part, skipped=member.skipped)
        return Draft(message, channel_id=member.channel_id, update_ts=member.message_ts)

    async def sent(self, context: Context, receipt: Receipt) -> None:
        member = await self.member(context.session)
        if member is not None and member.message_ts != receipt.message_ts and receipt.channel_id is not None:
            # A new one, where the old can't be changed.
            member.channel_id, member.message_ts = receipt.channel_id, receipt.message_ts
        await deliveries.forget(context.session, round_id=self.round_id, user_id=self.user_id, kinds=TELLING)

    async def settled(self, context: Context) -> None:
        """A round's last word to a member is out, or never will be: who was erased meanwhile goes from it now."""
        await privacy.erase_ended(
            context.session, workspace_id=self.workspace_id, user_id=self.user_id, round_id=self.round_id
        )


async def _check_in(about: MemberMessage, context: Context, *, anew: bool, changing: bool = False) -> Message | None:
    check_in = await current.load(
        context.session,
        about.workspace_id,
        about.round_id,
        about.user_id,
        rubrics=context.rubrics,
        now=context.now,
        anew=anew,
        changing=changing,
    )
    if check_in is None:
        return None
    if current.complete(check_in) and not changing:
        return views.receipt(check_in)
    return views.prompt(check_in)


async def after_redrawing(
    session: AsyncSession, *, workspace_id: str, round_id: int, user_id: str, now: datetime
) -> None:
    """A check-in was redrawn; where its round has ended meanwhile, the closing message takes its place once more."""
    ended = await rounds.get(session, round_id, workspace_id=workspace_id)
    if ended is None or ended.state is RoundState.OPEN:
        return
    closing = Closing.of(ended, user_id).row(due=now)
    await deliveries.owe_again(session, workspace_id=workspace_id, message=closing)


async def result_of(session: AsyncSession, closed: Round) -> views.Result:
    """What a closed round shows in its team's channel."""
    if closed.withheld:
        return views.Result.WITHHELD
    if await answers.most_answers(session, round_id=closed.id) >= closed.minimum:
        return views.Result.SHOWN
    took_part, _asked = await rounds.attendance(session, closed.id)
    if not took_part:
        return views.Result.NOBODY
    return views.Result.TOO_FEW if took_part < closed.minimum else views.Result.NO_QUESTION
