"""The messages that show a round's result: the summary in its team's channel, its picture, and where it is shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncSession

from bot.charts.profile import profile_svg
from bot.delivery.message import Context, Draft, Failure, PictureDraft, Receipt, Sending
from bot.delivery.round_message import ChannelMessage
from bot.kit.i18n import _
from bot.notices import notify
from bot.notices.facts import NoticeFacts
from bot.slack.blocks import Message
from bot.summary import result
from bot.summary.cards import caption_of, card_of
from bot.summary.readers import EVERYBODY
from bot.summary.views import ShownPicture, SummaryCard, summary
from storage import deliveries, rounds
from storage.kinds import DeliveryKind, NoticeReason, RoundState
from storage.models import Round, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(ChannelMessage):
    """The result, in the team's channel."""

    kind = DeliveryKind.SUMMARY
    sending = Sending.CHANNEL_POST

    async def draw(self, context: Context) -> Draft | None:
        found = await self.round_and_team(context.session)
        if found is None or found[0].state is not RoundState.CLOSED:
            return None
        return Draft(summary(await _card(context, *found)), channel_id=found[0].channel_id)

    async def sent(self, context: Context, receipt: Receipt) -> None:
        """Keep where it is, and owe its picture."""
        closed = await rounds.get(context.session, self.round_id, workspace_id=self.workspace_id)
        if closed is None:
            return
        # Where it was posted, should its team have moved while it was in the air.
        closed.summary_ts, closed.channel_id = receipt.message_ts, receipt.channel_id or closed.channel_id
        picture = Picture.of(closed).row(due=context.now)
        await deliveries.owe(context.session, workspace_id=self.workspace_id, messages=[picture])

    async def failed(self, context: Context, failure: Failure) -> None:
        found = await self.round_and_team(context.session)
        if found is not None:
            told = await notify.answerable(context.session, found[1])
            await _tell(self, context, failure, found[1], user_ids=told, reason=NoticeReason.SUMMARY_FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(ChannelMessage):
    """The change of a summary that shows its picture, and everything else as it is then."""

    kind = DeliveryKind.PICTURE
    sending = Sending.UPDATE

    async def draw(self, context: Context) -> Draft | None:
        found = await self.round_and_team(context.session)
        if found is None or found[0].summary_ts is None:
            return None
        closed, _team = found
        card = await _card(context, *found)
        if card.summary.shows_nothing:
            return None
        return Draft(
            summary(card),
            channel_id=closed.channel_id,
            update_ts=closed.summary_ts,
            picture=PictureDraft(
                filename=f"profile-round-{closed.number}.png",
                title=caption_of(card).round_name,
                alt_text=card.alt_text,
                comment=_("The picture of the summary above, to open or to keep."),
                file_id=closed.picture_file_id,
                remember=partial(_remember, closed.id),
                svg=partial(profile_svg, card.rubric, card.summary, caption_of(card)),
                showing=partial(_with_picture, card),
            ),
        )

    async def sent(self, context: Context, receipt: Receipt) -> None:  # noqa: ARG002 - it stands in the summary
        closed = await rounds.get(context.session, self.round_id, workspace_id=self.workspace_id)
        if closed is not None:
            closed.picture_shown = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(ChannelMessage):
    """The result once more, in a channel where somebody shared it."""

    kind = DeliveryKind.SHARE
    sending = Sending.CHANNEL_POST

    by: str | None
    """None once they were erased."""

    @classmethod
    def into(cls, closed: Round, channel_id: str, *, by: str, look: str) -> Self:
        """One look at a summary shares it once, however often its button is tapped."""
        return cls(
            workspace_id=closed.workspace_id,
            key=f"round:{closed.id}:share:{look}",
            team_id=closed.team_id,
            round_id=closed.id,
            channel_id=channel_id,
            by=by,
        )

    def payload(self) -> Mapping[str, Any]:
        return {"by": self.by}

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        by = payload["by"]
        return {"by": str(by) if by is not None else None}

    async def draw(self, context: Context) -> Draft | None:
        found = await self.round_and_team(context.session)
        if found is None:
            return None
        closed, _team = found
        card = await _card(context, *found)
        if closed.picture_file_id is not None and closed.picture_shown and closed.channel_id == self.channel_id:
            card = replace(card, picture=ShownPicture(file_id=closed.picture_file_id, alt_text=card.alt_text))
        return Draft(summary(card, shared_by=self.by), channel_id=self.channel_id)

    async def failed(self, context: Context, failure: Failure) -> None:
        found = await self.round_and_team(context.session)
        if found is not None and self.by is not None:
            await _tell(self, context, failure, found[1], user_ids=[self.by], reason=NoticeReason.SHARE_FAILED)


async def _card(context: Context, closed: Round, team: Team) -> SummaryCard:
    """What a channel may read, with whoever is in it."""
    return card_of(await result.of(context.session, closed, reader=EVERYBODY, rubrics=context.rubrics), team)


async def _remember(round_id: int, session: AsyncSession, file_id: str | None) -> None:
    await rounds.remember_picture(session, round_id, file_id=file_id)


def _with_picture(card: SummaryCard, file_id: str) -> Message:
    return summary(replace(card, picture=ShownPicture(file_id=file_id, alt_text=card.alt_text)))


async def _tell(
    about: ChannelMessage,
    context: Context,
    failure: Failure,
    team: Team,
    *,
    user_ids: Sequence[str],
    reason: NoticeReason,
) -> None:
    """Tell them that it couldn't be posted: once for each time that it was tried to the end."""
    await notify.tell(
        context.session,
        team,
        NoticeFacts(reason=reason, error=failure.error, round_id=about.round_id, channel=about.channel_id),
        user_ids=user_ids,
        about=f"{about.round_id}:{failure.attempt}:{failure.delivery_id}",
        now=context.now,
    )
