"""The messages that a member gets of a round: the check-in, its changes, the reminder, and its end."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.check_ins import current, views
from bot.delivery import notify
from bot.delivery.drafts import Draft, Kind, NotYetError, wait_for
from bot.kit.rubrics import Rubrics
from bot.rounds import reminders
from bot.rounds.loading import link_to, member_of, round_and_team, wait_for_summary
from bot.slack.blocks import Message
from storage import deliveries, people, privacy, rosters, round_messages, rounds, teams
from storage.keys import prompt_key, refresh_key, summary_key
from storage.kinds import TELLING, DeliveryState, Privacy, RoundState
from storage.models import Delivery
from storage.round_messages import CHANGING

TOGETHER = timedelta(minutes=5)
"""How long a manager's line about people who couldn't be asked waits for the others."""


async def _check_in(
    session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime, *, anew: bool, changing: bool = False
) -> Message | None:
    check_in = await current.load(
        session,
        delivery.workspace_id,
        delivery.round_id or 0,
        delivery.user_id or "",
        rubrics=rubrics,
        now=now,
        anew=anew,
        changing=changing,
    )
    if check_in is None:
        return None
    if current.complete(check_in) and not changing:
        return views.receipt(check_in)
    return views.prompt(check_in)


async def _draw_prompt(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:
    person = await people.get(session, workspace_id=delivery.workspace_id, user_id=delivery.user_id or "")
    if person is not None and person.is_full_member is False:
        return None
    message = await _check_in(session, delivery, rubrics, now, anew=False)
    return Draft(message) if message else None


async def _prompt_sent(
    session: AsyncSession,
    delivery: Delivery,
    *,
    channel_id: str | None,
    message_ts: str | None,
    now: datetime,  # noqa: ARG001 - what every kind is handed
) -> None:
    member = await member_of(session, delivery)
    if member is not None:
        member.channel_id, member.message_ts = channel_id, message_ts


async def _prompt_failed(session: AsyncSession, delivery: Delivery, *, error: str, now: datetime) -> None:  # noqa: ARG001 - the line counts them by their own errors
    team = await teams.get(session, delivery.team_id or 0, workspace_id=delivery.workspace_id)
    if team is not None:
        await notify.tell_unasked(session, team, round_id=delivery.round_id or 0, due=now + TOGETHER)


async def _draw_refresh(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:
    member = await member_of(session, delivery)
    if member is None:
        return None
    if member.message_ts is None:
        # Where it is on its way it shows what was so when it was drawn, and nobody knows yet where it will be.
        await wait_for(session, delivery, prompt_key(member.round_id, member.user_id), now=now, drawn=True)
        return None
    if member.skipped:
        message = await _skipped(session, delivery, now)
    else:
        changing = bool(delivery.details.get(CHANGING))
        message = await _check_in(session, delivery, rubrics, now, anew=True, changing=changing)
    return Draft(message, channel_id=member.channel_id, update_ts=member.message_ts) if message else None


async def _skipped(session: AsyncSession, delivery: Delivery, now: datetime) -> Message | None:
    found = await round_and_team(session, delivery)
    if found is None or not found[0].is_open(now):
        return None
    opened, team = found
    return views.skipped(team.name, round_id=opened.id, closes_at=opened.closes_at, time_zone=team.time_zone)


async def _refresh_sent(
    session: AsyncSession,
    delivery: Delivery,
    *,
    channel_id: str | None,  # noqa: ARG001 - it stays where it was
    message_ts: str | None,  # noqa: ARG001
    now: datetime,
) -> None:
    await after_redrawing(
        session,
        workspace_id=delivery.workspace_id,
        round_id=delivery.round_id or 0,
        user_id=delivery.user_id or "",
        now=now,
    )


async def after_redrawing(
    session: AsyncSession, *, workspace_id: str, round_id: int, user_id: str, now: datetime
) -> None:
    """A check-in was redrawn; where its round has ended meanwhile, the closing message takes its place once more."""
    ended = await rounds.get(session, round_id, workspace_id=workspace_id)
    if ended is None or ended.state is RoundState.OPEN:
        return
    closing = round_messages.closing(ended, user_id, due=now)
    await deliveries.owe_again(session, workspace_id=workspace_id, message=closing)


async def _refresh_out_of_reach(session: AsyncSession, delivery: Delivery, *, now: datetime) -> None:
    """A check-in that should have been changed is gone, or not ours to: while its round is open it comes anew."""
    if delivery.round_id is None or delivery.user_id is None:
        return
    opened = await rounds.get(session, delivery.round_id, workspace_id=delivery.workspace_id)
    member = await member_of(session, delivery)
    if opened is None or member is None or not opened.is_open(now):
        return
    member.message_ts = None
    prompt = round_messages.prompt(opened, member.user_id, due=now)
    await deliveries.owe_again(session, workspace_id=delivery.workspace_id, message=prompt)


async def _draw_reminder(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:  # noqa: ARG001 - what every kind is handed
    found = await round_and_team(session, delivery)
    member = await member_of(session, delivery)
    if found is None or member is None or member.completed_at is not None or member.skipped:
        return None
    opened, team = found
    if not opened.is_open(now):
        return None
    if delivery.details.get(reminders.PLANNED) and not team.reminders:
        return None
    if member.message_ts is None:
        await wait_for(session, delivery, prompt_key(opened.id, member.user_id), now=now)
    if not await rosters.is_asked(session, team, user_id=member.user_id, at=now):
        return None
    person = await people.get(session, workspace_id=delivery.workspace_id, user_id=member.user_id)
    zone = people.zone_of(person, team.time_zone)
    # It was due in office hours, and may have been held up since: by Slack, or by a worker that was down.
    due = reminders.when(team, time_zone=zone, now=now)
    if due > now:
        raise NotYetError(due - now)
    return Draft(
        views.reminder(
            team.name,
            link=await link_to(session, delivery.workspace_id, member.channel_id, member.message_ts),
            closes_at=opened.closes_at,
            time_zone=zone,
            round_id=opened.id,
        )
    )


async def _draw_closing(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:  # noqa: ARG001 - what every kind is handed
    found = await round_and_team(session, delivery)
    member = await member_of(session, delivery)
    if found is None or member is None:
        return None
    ended, team = found
    if member.message_ts is None:
        await wait_for(session, delivery, prompt_key(ended.id, member.user_id), now=now)
        return None
    # A redrawing that is on its way would come after this and bring the answers back.
    await wait_for(session, delivery, refresh_key(ended.id, member.user_id), now=now)
    if ended.state is RoundState.CANCELLED:
        message = views.cancelled(team.name)
    else:
        await wait_for_summary(session, delivery, ended, now=now)
        link = await link_to(session, delivery.workspace_id, ended.channel_id, ended.summary_ts)
        summary = await deliveries.get(session, workspace_id=delivery.workspace_id, key=summary_key(ended.id))
        message = views.closed(
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


async def _closing_sent(
    session: AsyncSession,
    delivery: Delivery,
    *,
    channel_id: str | None,
    message_ts: str | None,
    now: datetime,  # noqa: ARG001 - what every kind is handed
) -> None:
    if delivery.round_id is None or delivery.user_id is None:
        return
    member = await member_of(session, delivery)
    if member is not None and member.message_ts != message_ts and channel_id is not None:
        member.channel_id, member.message_ts = channel_id, message_ts  # a new one, where the old can't be changed
    await deliveries.forget(session, round_id=delivery.round_id, user_id=delivery.user_id, kinds=TELLING)


async def _closing_settled(session: AsyncSession, delivery: Delivery) -> None:
    """A round's last word to a member is out, or never will be: who was erased meanwhile goes from the round now."""
    if delivery.round_id is not None and delivery.user_id is not None:
        await privacy.erase_ended(
            session, workspace_id=delivery.workspace_id, user_id=delivery.user_id, round_id=delivery.round_id
        )


PROMPT = Kind(_draw_prompt, sent=_prompt_sent, failed=_prompt_failed)
REFRESH = Kind(
    _draw_refresh,
    draw_writes=True,  # a check-in that is changed takes a new render number
    sent=_refresh_sent,
    out_of_reach=_refresh_out_of_reach,
)
REMINDER = Kind(_draw_reminder)
CLOSING = Kind(_draw_closing, sent=_closing_sent, settled=_closing_settled)
