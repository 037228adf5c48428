"""A member and their own check-in: change answers, add notes, skip the round, put reminders off, be asked no more."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.check_ins import availability_views, current, redraw, reminders, views
from bot.check_ins.views import CheckIn
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.notices import nearly_done_news
from bot.slack import ids, modals, sentences, tap_replies
from bot.slack.blocks import Message, escape, local_time
from bot.slack.services import Services
from storage import answers, deliveries, people, rounds, workspaces
from storage.answers import Saved


class ClosedError(UserError):
    """What was tapped is about a round that has ended, or isn't known any more."""


async def _closed(session: AsyncSession, body: dict[str, Any]) -> ClosedError:
    """Why the tapped round's check-in isn't open."""
    round_id = ids.number(body["actions"][0].get("value"))
    if await rounds.get(session, round_id, workspace_id=ids.workspace_of(body)) is None:
        return ClosedError(roles.forgotten_round())
    return ClosedError(_("This round has closed, so nothing in this check-in can be changed any more."))


def register(app: AsyncApp) -> None:
    app.action(ids.Do.CHANGE_ANSWERS)(change_answers)
    app.action(ids.Do.FINISH_CHANGING)(finish_changing)
    app.action(ids.Do.ADD_NOTES)(add_notes)
    app.view(ids.View.NOTES)(keep_notes)
    app.action(ids.Do.SKIP_ROUND)(skip_round)
    app.action(ids.Do.SHOW_CHECK_IN)(show_check_in)
    app.action(ids.Do.SNOOZE)(snooze)
    app.action(ids.Do.STOP_ASKING)(stop_asking)
    app.action(ids.Do.ASK_AGAIN)(ask_again)
    app.action(ids.Do.LINK)(follow_link)


async def _load(body: dict[str, Any], *, services: Services, anew: bool, changing: bool = False) -> CheckIn:
    """The tapper's check-in of the round in the button's value.

    UserError once it is closed, and for who is no full member any more: what they take back could not come again.
    """
    workspace_id, user_id = ids.workspace_of(body), body["user"]["id"]
    async with services.database.begin() as session:
        found = await current.load(
            session,
            workspace_id,
            ids.number(body["actions"][0].get("value")),
            user_id,
            rubrics=services.rubrics,
            now=services.clock(),
            anew=anew,
            changing=changing,
        )
        if found is None:
            raise await _closed(session, body)
        person = await people.get(session, workspace_id=workspace_id, user_id=user_id)
        if person is not None and person.is_full_member is False:
            raise roles.NoFullMemberError(is_full_member=False)
    return found


def _drawn(check_in: CheckIn) -> Message:
    return views.receipt(check_in) if current.complete(check_in) and not check_in.changing else views.prompt(check_in)


def _skipped(check_in: CheckIn) -> Message:
    return views.skipped(
        check_in.team, round_id=check_in.round_id, closes_at=check_in.closes_at, time_zone=check_in.time_zone
    )


def _replace(
    respond: AsyncRespond, message: Message, body: dict[str, Any], check_in: CheckIn, services: Services
) -> None:
    """Show the message instead of the tapped one, after the answer to Slack."""
    services.in_flight.start(
        redraw.replace(
            respond,
            message,
            database=services.database,
            clock=services.clock,
            workspace_id=ids.workspace_of(body),
            round_id=check_in.round_id,
            user_id=body["user"]["id"],
            where=ids.direct_message_of(body),
            changing=check_in.changing,
        )
    )


async def change_answers(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, services: Services) -> None:
    check_in = await _load(body, services=services, anew=True, changing=True)
    await ack()
    _replace(respond, _drawn(check_in), body, check_in, services)


async def finish_changing(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, services: Services) -> None:
    check_in = await _load(body, services=services, anew=False)
    await ack()
    _replace(respond, _drawn(check_in), body, check_in, services)


async def show_check_in(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """After a skip, all the same: the five questions again."""
    await _skip_or_take_up(_taken_up_again, _drawn, ack, body, respond=respond, client=client, services=services)


async def _skip_or_take_up(
    change: Callable[[dict[str, Any], Services], Awaitable[CheckIn]],
    draw: Callable[[CheckIn], Message],
    ack: AsyncAck,
    body: dict[str, Any],
    *,
    respond: AsyncRespond,
    client: AsyncWebClient,
    services: Services,
) -> None:
    """Change whether somebody takes part, and show the check-in as it is then, in its own message."""
    try:
        check_in = await change(body, services)
    except ClosedError as closed:
        await _say_closed(closed, ack, body, respond=respond, client=client, services=services)
        return
    elsewhere = await _shown_elsewhere(body, check_in, services)
    await ack()
    if elsewhere is None:
        _replace(respond, draw(check_in), body, check_in, services)
    else:
        tap_replies.answer_tap(elsewhere, body, respond=respond, client=client, services=services)


async def _taken_up_again(body: dict[str, Any], services: Services) -> CheckIn:
    await _load(body, services=services, anew=False)
    await _skip(body, services, skipped=False)
    return await _load(body, services=services, anew=True)


async def _skip(body: dict[str, Any], services: Services, *, skipped: bool) -> bool:
    """Leave the tapped round out, or take it up again; False where it is open no more for whoever tapped."""
    async with services.database.begin() as session:
        return await rounds.skip(
            session,
            workspace_id=ids.workspace_of(body),
            round_id=ids.number(body["actions"][0].get("value")),
            user_id=body["user"]["id"],
            now=services.clock(),
            skipped=skipped,
        )


async def _say_closed(
    closed: ClosedError,
    ack: AsyncAck,
    body: dict[str, Any],
    *,
    respond: AsyncRespond,
    client: AsyncWebClient,
    services: Services,
) -> None:
    """In the place of a reminder, whose buttons lead nowhere now; a check-in is replaced by its closing message."""
    if ids.shows_check_in(body, ids.number(body["actions"][0].get("value"))):
        raise closed
    await ack()
    message = sentences.plain_message(closed.sentence)
    tap_replies.answer_tap(message, body, respond=respond, client=client, services=services)


async def _shown_elsewhere(body: dict[str, Any], check_in: CheckIn, services: Services) -> Message | None:
    """A line that leads to the check-in's own message, which is brought up to date; None where that was tapped.

    There is one message with somebody's answers: the close replaces that one.
    """
    workspace_id, user_id = ids.workspace_of(body), body["user"]["id"]
    container = body.get("container") or {}
    tapped = container.get("message_ts")
    async with services.database.begin() as session:
        member = await rounds.member(session, check_in.round_id, user_id)
        if member is None or member.message_ts == tapped:
            return None
        if member.message_ts is None and ids.shows_check_in(body, check_in.round_id):
            # It arrived, and Slack's word of it is still on its way to us, or was lost.
            member.channel_id, member.message_ts = container.get("channel_id"), tapped
            return None
        name = escape(check_in.team)
        if member.message_ts is None or member.channel_id is None:
            # Its prompt is still to come, or never will.
            return sentences.plain_message(
                _("`/maturity checkin` brings up your check-in for *{team}*.").format(team=name)
            )
        await redraw.redraw_later(
            session, workspace_id=workspace_id, round_id=check_in.round_id, user_id=user_id, now=services.clock()
        )
        workspace = await workspaces.get(session, workspace_id)
        link = ids.permalink(workspace.url if workspace else "", member.channel_id, member.message_ts)
    if member.skipped:
        said = _("You skipped <{link}|this check-in> for *{team}*.")
        return sentences.plain_message(said.format(link=link, team=name))
    return sentences.plain_message(_("<{link}|Your check-in for {team}> is open.").format(link=link, team=name))


async def skip_round(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Leave this round out: answers given so far go, and no reminder comes."""
    await _skip_or_take_up(_left_out, _skipped, ack, body, respond=respond, client=client, services=services)


async def _left_out(body: dict[str, Any], services: Services) -> CheckIn:
    check_in = await _load(body, services=services, anew=False)
    if not await _skip(body, services, skipped=True):
        async with services.database.reading() as session:
            raise await _closed(session, body)
    services.in_flight.start(_tell_if_nobody_is_left(check_in, body, services))
    return check_in


async def _tell_if_nobody_is_left(check_in: CheckIn, body: dict[str, Any], services: Services) -> None:
    """In a transaction of its own, after the skip: of two who are the last at once, one at least sees the other."""
    async with services.database.begin() as session:
        await nearly_done_news.after_an_answer(
            session, workspace_id=ids.workspace_of(body), round_id=check_in.round_id, now=services.clock()
        )


async def snooze(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Remind again on the person's next working day."""
    async with services.database.begin() as session:
        found = await reminders.snooze(
            session,
            workspace_id=ids.workspace_of(body),
            round_id=ids.number(body["actions"][0].get("value")),
            user_id=body["user"]["id"],
            now=services.clock(),
        )
        closed = await _closed(session, body)
    if found is None:
        await _say_closed(closed, ack, body, respond=respond, client=client, services=services)
        return
    await ack()
    name = escape(found.team.name)
    if found.again_at is None:
        said = _("Your check-in for *{team}* closes before your next working day, so you won't be reminded again.")
        message = sentences.plain_message(said.format(team=name))
    else:
        said = _("You will be reminded of your check-in for *{team}* again {time}.")
        message = sentences.plain_message(said.format(team=name, time=local_time(found.again_at, zone=found.time_zone)))
    tap_replies.answer_tap(message, body, respond=respond, client=client, services=services)


async def stop_asking(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    """Ask this person no more, in any team, until they want to be asked again."""
    workspace_id, user_id = ids.workspace_of(body), body["user"]["id"]
    async with services.database.begin() as session:
        await people.opt_out(session, workspace_id=workspace_id, user_id=user_id, opted_out=True)
        await deliveries.leave_alone(session, workspace_id=workspace_id, user_id=user_id, now=services.clock())
    await ack()
    tap_replies.answer_tap(availability_views.stopped(), body, respond=respond, client=client, services=services)


async def ask_again(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient, services: Services
) -> None:
    async with services.database.begin() as session:
        await people.opt_out(session, workspace_id=ids.workspace_of(body), user_id=body["user"]["id"], opted_out=False)
    await ack()
    tap_replies.answer_tap(availability_views.asked_again(), body, respond=respond, client=client, services=services)


async def add_notes(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    check_in = await _load(body, services=services, anew=False)
    await modals.open_modal(client, views.notes_modal(check_in), body, in_flight=services.in_flight)
    await ack()


async def keep_notes(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], services: Services) -> None:
    """Keep the notes, and bring the receipt up to date."""
    workspace_id, user_id, round_id = ids.workspace_of(body), body["user"]["id"], ids.number(view["private_metadata"])
    now = services.clock()
    async with services.database.begin() as session:
        saved = await answers.save_notes(
            session,
            workspace_id=workspace_id,
            round_id=round_id,
            user_id=user_id,
            notes=views.read_notes(view["state"]["values"]),
            now=now,
        )
        if saved is Saved.KEPT:
            await redraw.redraw_later(session, workspace_id=workspace_id, round_id=round_id, user_id=user_id, now=now)
    if saved is Saved.FORGOTTEN:
        raise UserError(roles.forgotten_round())
    if saved is Saved.NO_MEMBER:
        raise UserError(
            _(
                "Check-ins are for full members of this workspace, not for guests or people of other organisations, so "
                "your notes were not saved. Copy them from here if you need them elsewhere."
            )
        )
    if saved is not Saved.KEPT:
        raise UserError(
            _("This round has closed, so your notes were not saved. Copy them from here if you need them elsewhere.")
        )
    await ack()


async def follow_link(ack: AsyncAck) -> None:
    """A button that opens an address: Slack tells us all the same."""
    await ack()
