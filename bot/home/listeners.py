"""App Home: opened, and what is done in it. What managers do there is what their commands do."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.access import roles
from bot.access.resolve_team import Asked, Handler
from bot.check_ins import redraw
from bot.home import manager_views, publishing, views
from bot.inputs.dates import read_day
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.rounds.listeners import close, offer_start, remind
from bot.slack import ids, modals, tap_replies
from bot.slack.ids import Do, UnreadableError
from bot.slack.services import Services
from bot.summary.listeners import show_last_summary
from bot.teams import managing_listeners
from bot.teams.form_listeners import begin_settings
from storage import people, rounds

EVENTS = ("app_home_opened",)

MANAGING = re.compile("^(" + "|".join(do for do in Do if do.name.startswith("HOME_")) + ")$")


def register(app: AsyncApp) -> None:
    app.event("app_home_opened")(opened)
    app.action(Do.OPEN_CHECK_IN)(open_check_in)
    app.action(Do.BE_AWAY)(be_away)
    app.action(Do.BE_BACK)(be_back)
    app.view(ids.View.AWAY)(keep_away)
    app.action(MANAGING)(manage)


async def opened(body: dict[str, Any], event: dict[str, Any], services: Services) -> None:
    """Publish what is true now; Slack tells of the tab with the messages, too."""
    if event.get("tab") != "home":
        return
    services.in_flight.start(
        publishing.publish(
            services,
            workspace_id=ids.workspace_of(body),
            user_id=event["user"],
            seen=(event.get("view") or {}).get("hash"),
        )
    )


async def open_check_in(ack: AsyncAck, body: dict[str, Any], services: Services) -> None:
    """The button leads to the check-in's own message, which is brought up to date; one that is missing is sent."""
    user_id, now = body["user"]["id"], services.clock()
    async with services.database.begin() as session:
        found = await rounds.get(
            session, ids.number(body["actions"][0].get("value")), workspace_id=ids.workspace_of(body)
        )
        member = await rounds.member(session, found.id, user_id) if found else None
        if found is None or member is None or not found.is_open(now):
            raise UserError(_("This round has closed, so nothing in this check-in can be changed any more."))
        await redraw.bring_up(session, found, member, now=now)
    await ack()
    tap_replies.publish_home_later(services, body)


async def be_away(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Ask until when."""
    async with services.database.reading() as session:
        person = await people.get(session, workspace_id=ids.workspace_of(body), user_id=body["user"]["id"])
    first = services.clock().astimezone(ZoneInfo(people.zone_of(person))).date() + timedelta(days=1)
    await modals.open_modal(client, views.away_modal(first=first), body, in_flight=services.in_flight)
    await ack()


async def keep_away(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], services: Services) -> None:
    workspace_id, user_id = ids.workspace_of(body), body["user"]["id"]
    chosen = view["state"]["values"][Do.AWAY_UNTIL][Do.AWAY_UNTIL].get("selected_date") or ""
    async with services.database.begin() as session:
        person = await people.get(session, workspace_id=workspace_id, user_id=user_id)
        until = read_day(chosen, today=services.clock().astimezone(ZoneInfo(people.zone_of(person))).date()).date
        await people.be_away(session, workspace_id=workspace_id, user_id=user_id, until=until)
    await ack()
    tap_replies.publish_home_later(services, body)


async def be_back(ack: AsyncAck, body: dict[str, Any], services: Services) -> None:
    async with services.database.begin() as session:
        await people.be_away(session, workspace_id=ids.workspace_of(body), user_id=body["user"]["id"], until=None)
    await ack()
    tap_replies.publish_home_later(services, body)


async def manage(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """What a manager does most, as its command does it; the answer is a modal."""
    do, team_id = ids.read_managing(body)
    if do not in HANDLERS:
        raise UnreadableError("not one of Home's buttons")
    workspace_id = ids.workspace_of(body)
    async with services.database.reading() as session:
        team = await roles.team_of(session, team_id, workspace_id=workspace_id)
    asked = Asked(
        workspace_id=workspace_id,
        user_id=body["user"]["id"],
        channel_id=team.channel_id,
        channel_name="",
        trigger_id=body["trigger_id"],
        rest="",
        is_typed=False,
    )
    with services.shares.of(workspace_id, asked.user_id):  # what a command may, its button may
        message = await HANDLERS[do](asked, services)
    await ack()
    if message is not None:
        answer = tap_replies.answer_modal(message, title=manager_views.label(do))
        services.in_flight.start(modals.show(answer, message, body, client=client))
        tap_replies.publish_home_later(services, body)


HANDLERS: dict[Do, Handler] = {
    Do.HOME_START: offer_start,
    Do.HOME_CLOSE: close,
    Do.HOME_REMIND: remind,
    Do.HOME_RESUME: managing_listeners.resume,
    Do.HOME_SUMMARY: show_last_summary,
    Do.HOME_SETTINGS: begin_settings,
}
