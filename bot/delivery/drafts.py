"""What each owed message says, drawn when it is sent: a retry shows the present state, and no row holds an answer."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import action_items, check_ins, pictures_asked, reminders
from bot.charts.profile import profile_svg
from bot.charts.render import Renderer
from bot.exports import asked as exported
from bot.exports import own
from bot.files import Drawing, FileDraft
from bot.ids import permalink
from bot.results import digests, summaries
from bot.results.cards import caption_of, card_of
from bot.results.readers import EVERYBODY
from bot.rubrics import Rubrics
from bot.views import check_in as check_in_views
from bot.views import notices
from bot.views import summary as summary_views
from bot.views.message import Message
from bot.views.summary import Picture, SummaryCard
from storage import deliveries, people, rosters, rounds, teams, workspaces
from storage.engine import Database
from storage.keys import prompt_key, refresh_key, summary_key
from storage.kinds import DeliveryKind, DeliveryState, NoticeReason, Privacy, RoundState
from storage.models import Delivery, Round, RoundMember, Team
from storage.round_messages import CHANGING

FILES: Mapping[str, Drawing] = {
    exported.EXPORT: exported.draw,
    own.MY_DATA: own.draw,
    pictures_asked.SUMMARY: pictures_asked.draw_summary,
    pictures_asked.TREND: pictures_asked.draw_trend,
    pictures_asked.OVERVIEW: pictures_asked.draw_overview,
}
"""How each file that somebody can ask for is drawn, by the `what` of its delivery."""
PATIENCE = timedelta(seconds=60)
"""How long the closing messages wait for the summary that they link to."""
A_LITTLE = timedelta(seconds=1)
"""After which it is looked again whether another message is out that one waits for."""


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """A picture to upload, or one that was."""

    round_id: int
    png: bytes
    filename: str
    title: str
    alt_text: str
    file_id: str | None
    card: SummaryCard


@dataclass(frozen=True, slots=True)
class Draft:
    """A message and where it goes: a channel, a message to be changed, or (neither) the recipient's direct message."""

    message: Message
    channel_id: str | None = None
    update_ts: str | None = None
    picture: PictureDraft | None = None
    file: FileDraft | None = None
    """Brought by the message, which Slack makes when the file is shared."""


def with_picture(picture: PictureDraft, *, file_id: str) -> Message:
    """The summary that a picture belongs to, showing it."""
    return summary_views.summary(replace(picture.card, picture=Picture(file_id=file_id, alt_text=picture.alt_text)))


class NotYetError(Exception):
    """What the message says isn't known yet: look again after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait


class Drafts:
    """Draws each kind of delivery from the database, and each of the files that can be asked for."""

    def __init__(
        self, *, database: Database, rubrics: Rubrics, renderer: Renderer, files: Mapping[str, Drawing] = FILES
    ) -> None:
        self._database = database
        self._rubrics = rubrics
        self._renderer = renderer
        self._files = files
        self._by_kind: dict[DeliveryKind, Callable[[AsyncSession, Delivery, datetime], Awaitable[Draft | None]]] = {
            DeliveryKind.PROMPT: self._prompt,
            DeliveryKind.REFRESH: self._refresh,
            DeliveryKind.REMINDER: self._reminder,
            DeliveryKind.CLOSING: self._closing,
            DeliveryKind.SUMMARY: self._summary,
            DeliveryKind.PICTURE: self._picture,
            DeliveryKind.SHARE: self._share,
            DeliveryKind.NOTICE: self._notice,
            DeliveryKind.FILE: self._file,
            DeliveryKind.ACTION_DUE: self._action_due,
            DeliveryKind.DIGEST: self._digest,
        }

    async def draw(self, delivery: Delivery, *, now: datetime) -> Draft | None:
        """The message as it should be now; None when it is no longer needed; NotYetError when it is too early."""
        if delivery.expires_at is not None and delivery.expires_at <= now:
            return None
        # A check-in that is changed takes a new render number: that draws and writes at once.
        writes = delivery.kind is DeliveryKind.REFRESH
        async with self._database.begin() if writes else self._database.reading() as session:
            draft = await self._by_kind[delivery.kind](session, delivery, now)
        if draft is not None and draft.file is not None and draft.file.svg is not None:
            return replace(draft, file=replace(draft.file, content=await self._renderer.png(draft.file.svg), svg=None))
        if draft is None or draft.picture is None or draft.picture.file_id is not None:
            return draft
        card = draft.picture.card
        svg = await asyncio.to_thread(profile_svg, card.rubric, card.summary, caption_of(card))
        png = await self._renderer.png(svg)
        return replace(draft, picture=replace(draft.picture, png=png))

    async def _check_in(
        self, session: AsyncSession, delivery: Delivery, now: datetime, *, anew: bool, changing: bool = False
    ) -> Message | None:
        check_in = await check_ins.load(
            session,
            delivery.workspace_id,
            delivery.round_id or 0,
            delivery.user_id or "",
            rubrics=self._rubrics,
            now=now,
            anew=anew,
            changing=changing,
        )
        if check_in is None:
            return None
        if check_ins.complete(check_in) and not changing:
            return check_in_views.receipt(check_in)
        return check_in_views.prompt(check_in)

    async def _prompt(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:
        person = await people.get(session, workspace_id=delivery.workspace_id, user_id=delivery.user_id or "")
        if person is not None and person.is_full_member is False:
            return None
        message = await self._check_in(session, delivery, now, anew=False)
        return Draft(message) if message else None

    async def _refresh(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:
        member = await self._member(session, delivery)
        if member is None:
            return None
        if member.message_ts is None:
            # Where it is on its way it shows what was so when it was drawn, and nobody knows yet where it will be.
            await self._wait_for(session, delivery, prompt_key(member.round_id, member.user_id), now=now, drawn=True)
            return None
        if member.skipped:
            message = await self._skipped(session, delivery, now)
        else:
            changing = bool(delivery.details.get(CHANGING))
            message = await self._check_in(session, delivery, now, anew=True, changing=changing)
        return Draft(message, channel_id=member.channel_id, update_ts=member.message_ts) if message else None

    async def _skipped(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
        found = await self._round(session, delivery)
        if found is None or not found[0].is_open(now):
            return None
        opened, team = found
        return check_in_views.skipped(
            team.name, round_id=opened.id, closes_at=opened.closes_at, time_zone=team.time_zone
        )

    async def _reminder(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:
        found = await self._round(session, delivery)
        member = await self._member(session, delivery)
        if found is None or member is None or member.completed_at is not None or member.skipped:
            return None
        opened, team = found
        if not opened.is_open(now):
            return None
        if delivery.details.get(reminders.PLANNED) and not team.reminders:
            return None
        if member.message_ts is None:
            await self._wait_for(session, delivery, prompt_key(opened.id, member.user_id), now=now)
        if not await rosters.is_asked(session, team, user_id=member.user_id, at=now):
            return None
        person = await people.get(session, workspace_id=delivery.workspace_id, user_id=member.user_id)
        zone = people.zone_of(person, team.time_zone)
        # It was due in office hours, and may have been held up since: by Slack, or by a worker that was down.
        due = reminders.when(team, time_zone=zone, now=now)
        if due > now:
            raise NotYetError(due - now)
        return Draft(
            check_in_views.reminder(
                team.name,
                link=await self._link(session, delivery.workspace_id, member.channel_id, member.message_ts),
                closes_at=opened.closes_at,
                time_zone=zone,
                round_id=opened.id,
            )
        )

    async def _closing(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:
        found = await self._round(session, delivery)
        member = await self._member(session, delivery)
        if found is None or member is None:
            return None
        ended, team = found
        if member.message_ts is None:
            await self._wait_for(session, delivery, prompt_key(ended.id, member.user_id), now=now)
            return None
        # A redrawing that is on its way would come after this and bring the answers back.
        await self._wait_for(session, delivery, refresh_key(ended.id, member.user_id), now=now)
        if ended.state is RoundState.CANCELLED:
            message = check_in_views.cancelled(team.name)
        else:
            await self._wait_for_summary(session, delivery, ended, now=now)
            link = await self._link(session, delivery.workspace_id, ended.channel_id, ended.summary_ts)
            summary = await deliveries.get(session, workspace_id=delivery.workspace_id, key=summary_key(ended.id))
            message = check_in_views.closed(
                team.name,
                took_part=member.took_part,
                summary_link=link,
                channel_id=ended.channel_id,
                refused=summary is not None and summary.state is DeliveryState.FAILED,
                deleted=ended.privacy is Privacy.CONFIDENTIAL,
                withheld=ended.withheld,
                skipped=member.skipped,
            )
        return Draft(message, channel_id=member.channel_id, update_ts=member.message_ts)

    async def _wait_for_summary(
        self, session: AsyncSession, delivery: Delivery, closed: Round, *, now: datetime
    ) -> None:
        """Raise NotYetError for a while, until the summary is there to be linked to."""
        latest = closed.closed_at + PATIENCE if closed.closed_at is not None else now
        if closed.summary_ts is None and now < latest:
            await self._wait_for(session, delivery, summary_key(closed.id), now=now, latest=latest)

    async def _wait_for(
        self,
        session: AsyncSession,
        delivery: Delivery,
        key: str,
        *,
        now: datetime,
        latest: datetime | None = None,
        drawn: bool = False,
    ) -> None:
        """Raise NotYetError while that delivery is still under way; with `drawn`, only once it may have been sent.

        One that waits for its own next try, for a quarter of an hour at times, isn't looked at before, but at `latest`.
        """
        other = await deliveries.get(session, workspace_id=delivery.workspace_id, key=key)
        if other is None or (drawn and not other.maybe_sent):
            return
        if other.state is DeliveryState.SENDING:
            raise NotYetError(A_LITTLE)
        if other.state is DeliveryState.PENDING:
            again_at = min(at for at in (other.next_attempt_at or now, latest) if at is not None)
            raise NotYetError(max(again_at - now, A_LITTLE))

    async def _summary(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:  # noqa: ARG002
        found = await self._round(session, delivery)
        if found is None or found[0].state is not RoundState.CLOSED:
            return None
        card = await self._card(session, *found)
        return Draft(summary_views.summary(card), channel_id=found[0].channel_id)

    async def _picture(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:  # noqa: ARG002
        found = await self._round(session, delivery)
        if found is None or found[0].summary_ts is None:
            return None
        closed, _team = found
        card = await self._card(session, *found)
        if card.summary.shows_nothing:
            return None
        return Draft(
            summary_views.summary(card),
            channel_id=closed.channel_id,
            update_ts=closed.summary_ts,
            picture=PictureDraft(
                round_id=closed.id,
                png=b"",
                filename=f"profile-round-{closed.number}.png",
                title=caption_of(card).round_name,
                alt_text=card.alt_text,
                file_id=closed.picture_file_id,
                card=card,
            ),
        )

    async def _share(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:  # noqa: ARG002
        found = await self._round(session, delivery)
        if found is None:
            return None
        card = await self._card(session, *found)
        shown = (
            found[0].picture_file_id if found[0].picture_shown and found[0].channel_id == delivery.channel_id else None
        )
        if shown is not None:
            card = replace(card, picture=Picture(file_id=shown, alt_text=card.alt_text))
        message = summary_views.summary(card, shared_by=str(delivery.details.get("by", "")))
        return Draft(message, channel_id=delivery.channel_id)

    async def _notice(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:  # noqa: ARG002
        details = delivery.details
        if details["reason"] == NoticeReason.FILE_FAILED:
            return Draft(notices.file_failed(str(details["error"])))
        person = await people.get(session, workspace_id=delivery.workspace_id, user_id=delivery.user_id or "")
        if person is not None and person.is_full_member is False:
            return None  # they were a manager or an admin once
        if details["reason"] == NoticeReason.SETTING and delivery.team_id is None:
            return Draft(notices.setting_in_the_way(str(details["error"]), needed=str(details.get("needed") or "")))
        team = await teams.get(session, delivery.team_id or 0, workspace_id=delivery.workspace_id)
        if team is None:
            return None
        if details["reason"] == NoticeReason.NOT_ASKED:
            unasked = await deliveries.failed_prompts(session, round_id=int(details["round_id"]))
            asked = len(await rounds.members(session, details["round_id"]))
            details = {**details, "failed": Counter(unasked.values()), "asked": asked, "who": list(unasked)}
        workspace = await workspaces.get(session, delivery.workspace_id)
        bot = workspace.bot_user_id if workspace is not None else ""
        return Draft(notices.notice(team.name, channel_id=team.channel_id, bot=bot, details=details))

    async def _file(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:
        file = await self._files[delivery.details["what"]](session, delivery, self._rubrics, now)
        return Draft(Message(file.comment), file=file) if file is not None else None

    async def _action_due(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:
        message, wait = await action_items.question(session, delivery, now=now)
        if wait is not None:
            raise NotYetError(wait)
        return Draft(message) if message else None

    async def _digest(self, session: AsyncSession, delivery: Delivery, now: datetime) -> Draft | None:
        found = await self._round(session, delivery)
        if found is None or found[0].state is not RoundState.CLOSED:
            return None
        closed, team = found
        await self._wait_for_summary(session, delivery, closed, now=now)
        link = await self._link(session, delivery.workspace_id, closed.channel_id, closed.summary_ts)
        user_id = delivery.user_id or ""
        message = await digests.draw(session, closed, team, user_id=user_id, link=link, rubrics=self._rubrics)
        return Draft(message) if message else None

    async def _card(self, session: AsyncSession, closed: Round, team: Team) -> SummaryCard:
        """What a channel may read, with whoever is in it."""
        return card_of(await summaries.of(session, closed, reader=EVERYBODY, rubrics=self._rubrics), team)

    async def _round(self, session: AsyncSession, delivery: Delivery) -> tuple[Round, Team] | None:
        found = await rounds.get(session, delivery.round_id or 0, workspace_id=delivery.workspace_id)
        if found is None:
            return None
        team = await teams.get(session, found.team_id, workspace_id=delivery.workspace_id)
        return (found, team) if team is not None else None

    async def _member(self, session: AsyncSession, delivery: Delivery) -> RoundMember | None:
        return await rounds.member(session, delivery.round_id or 0, delivery.user_id or "")

    async def _link(
        self, session: AsyncSession, workspace_id: str, channel_id: str | None, message_ts: str | None
    ) -> str | None:
        workspace = await workspaces.get(session, workspace_id)
        if workspace is None or channel_id is None or message_ts is None:
            return None
        return permalink(workspace.url, channel_id, message_ts)
