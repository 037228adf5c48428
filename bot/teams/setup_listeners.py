"""`/maturity setup` and `settings`: the form opens at once, follows what is chosen, is saved; or its team goes."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.access import profiles, resolve_team, roles
from bot.access.resolve_team import Asked
from bot.access.roles import Power
from bot.check_ins import views as check_in_views
from bot.check_ins.views import CheckIn
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.kit.latest_wins import LatestWins
from bot.notices import views as notice_views
from bot.rounds import nearby
from bot.schedule import schedules
from bot.slack import answering, ids, modals, sentences
from bot.slack.blocks import Block, Message
from bot.slack.calls import CALL_FAILED, Patience, pages, patient, refusal_of, verdict_on, word_of
from bot.slack.error_sentences import sentence_of
from bot.slack.ids import Do
from bot.slack.services import Services
from bot.slack.verdicts import Verdict
from bot.teams import channels, deleting, names, outlooks, settings, views
from bot.teams import setup as team_setup
from bot.teams.form import shown
from bot.teams.form_checks import check_form
from bot.teams.rosters import read_roster
from bot.teams.setup import NotInvitedError
from bot.teams.views import SetupForm
from storage import people, teams, workspaces
from storage.models import Team
from storage.people import Profile

PATIENCE = Patience(8.0)
"""How long Slack is asked again, in trouble, while somebody looks at "One moment."."""
CHOICES = re.compile("^(" + "|".join(choice for choice in Do if choice.name.startswith("SET_")) + ")$")


def register(app: AsyncApp) -> None:
    latest = LatestWins()

    async def follow_choice(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
        """Draw the form anew as it is being filled in: the next dates, and the fields that a choice calls for."""
        view = body.get("view") or {}
        form = views.read_form((view.get("state") or {}).get("values") or {}, view.get("private_metadata") or "")
        # Counted until it is drawn, as a command is until it is answered: it asks Slack and the database as much.
        share = ExitStack()
        share.enter_context(services.shares.of(ids.workspace_of(body), body["user"]["id"]))
        await ack()

        async def follow() -> None:
            # Two quick choices may be answered in any order: what the later one shows must stay.
            with share:
                await latest.run(
                    str(view.get("id")),
                    str(body["actions"][0].get("action_ts")),
                    lambda: _redraw(form, body, client=client, services=services),
                )

        services.in_flight.start(follow())

    app.action(CHOICES)(follow_choice)
    app.options(Do.SET_ZONE)(offer_zones)
    app.options(Do.SET_COUNTRY)(offer_countries)
    app.options(Do.SET_USERGROUP)(offer_usergroups)
    app.view(ids.View.SETUP)(save)
    app.action(Do.PREVIEW)(preview)
    app.action(Do.DELETE_TEAM)(delete)


async def begin(asked: Asked, services: Services) -> Message | None:
    """Open the form for the team of this channel; a channel that has one says who manages it, to others."""
    if asked.is_direct:
        raise UserError(_("Type `/maturity setup` in the channel of your team: its summaries go there."))
    async with services.database.reading() as session:
        team = await teams.of_channel(session, workspace_id=asked.workspace_id, channel_id=asked.channel_id)
        if team is not None:
            await roles.require(session, team, user_id=asked.user_id, to=Power.SETTINGS, seen=asked.seen)
    await _open(asked, services, team_id=None if team is None else team.id)
    return None


async def begin_settings(asked: Asked, services: Services) -> Message | None:
    """Open the settings of the team that is meant, wherever one is: its own channel may be gone."""
    async with services.database.reading() as session:
        team = await resolve_team.team_meant(session, asked)
        await roles.require(session, team, user_id=asked.user_id, to=Power.SETTINGS, seen=asked.seen)
    await _open(asked, services, team_id=team.id)
    return None


async def _open(asked: Asked, services: Services, *, team_id: int | None) -> None:
    client = await services.slack.client(asked.workspace_id)
    await modals.open_modal(
        client,
        views.loading_modal(),
        {"trigger_id": asked.trigger_id, "user_id": asked.user_id},
        in_flight=services.in_flight,
        then=lambda view_id: _fill(asked, services, client=client, view_id=view_id, team_id=team_id),
    )


async def _fill(asked: Asked, services: Services, *, client: AsyncWebClient, view_id: str, team_id: int | None) -> None:
    """Put the form, or the reason why there is none, into the modal that is open."""
    client = patient(client, PATIENCE)

    async def drawn() -> Block:
        # The channel of a team that is there may be lost: then its settings are where it is moved.
        name = await team_setup.look_at_channel(client, asked.channel_id) if team_id is None else ""
        profile = await _full_member(client, asked.user_id, services, workspace_id=asked.workspace_id)
        now = services.clock()
        async with services.database.begin() as session:
            await people.keep(session, workspace_id=asked.workspace_id, profiles=[profile], now=now)
            minimum = await workspaces.minimum_of(session, asked.workspace_id)
            team, chosen = None, tuple[str, ...]()
            if team_id is not None:
                team = await roles.team_of(session, team_id, workspace_id=asked.workspace_id)
                chosen = tuple(await teams.chosen_people(session, team.id))
        if team is None:
            async with services.database.reading() as session:
                name = await names.free(session, name, workspace_id=asked.workspace_id)
            start = settings.defaults(name=name, time_zone=profile.time_zone or "UTC")
            form = shown(start, channel_id=asked.channel_id, team_id=None)
        else:
            form = team_setup.form_of(team, chosen=chosen, now=now)
        if form.usergroup_id is not None:
            form = replace(
                form,
                usergroup_name=dict(await _groups(client, services, workspace_id=asked.workspace_id)).get(
                    form.usergroup_id
                ),
            )
        outlook = await outlooks.of(
            form, team, client, services, workspace_id=asked.workspace_id, user_id=asked.user_id
        )
        return _drawn(form, outlook, minimum=minimum)

    view = await _or_sentence(drawn, client, services, asked.workspace_id)
    await modals.change(client, view, reader=asked.user_id, view_id=view_id)


async def _full_member(client: AsyncWebClient, user_id: str, services: Services, *, workspace_id: str) -> Profile:
    """Who is at the form; UserError for guests and people of other organisations."""
    profile = await profiles.look_up(client, user_id, await services.slack.workspace(workspace_id))
    if not profile.is_full_member:
        raise UserError(
            _("Guests and people of other organisations can't set up check-ins. Ask a full member of this channel.")
        )
    return profile


async def _or_sentence(
    draw: Callable[[], Awaitable[Block]],
    client: AsyncWebClient,
    services: Services,
    workspace_id: str,
    *,
    saving: bool = False,
) -> Block:
    """What `draw` makes; where it can't, the reason as a modal. `saving`: the form is still there beneath it."""
    try:
        return await draw()
    except NotInvitedError as error:
        workspace = await services.slack.workspace(workspace_id)
        name = (await profiles.look_up(client, workspace.bot_user_id, workspace)).name
        said = notice_views.invite_and_save(name, error.channel_id) if saving else notice_views.invite(name).text
        return sentences.message_modal(said)
    except Exception as error:  # noqa: BLE001 - whatever it is, the person who waits is told
        return sentences.message_modal(sentence_of(error))


async def _redraw(form: SetupForm, body: dict[str, Any], *, client: AsyncWebClient, services: Services) -> None:
    workspace_id = ids.workspace_of(body)
    async with services.database.reading() as session:
        minimum = await workspaces.minimum_of(session, workspace_id)
        team = await teams.get(session, form.team_id or 0, workspace_id=workspace_id)
    outlook = await outlooks.of(form, team, client, services, workspace_id=workspace_id, user_id=body["user"]["id"])
    drawn = _drawn(form, outlook, minimum=minimum)
    view_id = body["view"]["id"]
    try:
        await client.views_update(view=drawn, view_id=view_id, hash=body["view"]["hash"])
    except SlackApiError as error:
        code = refusal_of(error).code
        if code == "hash_conflict":
            # An older choice was drawn since this one was made: this one is the newest that we know of.
            await modals.change(client, drawn, view_id=view_id)
        elif code != "not_found":  # the modal is closed
            raise


def _drawn(form: SetupForm, outlook: outlooks.Outlook, *, minimum: int) -> Block:
    return views.setup_modal(
        form,
        next_dates=outlook.dates,
        minimum=minimum,
        later_than=outlook.later_than,
        may_move=outlook.may_move,
        shares_half=outlook.shares_half,
    )


async def offer_zones(ack: AsyncAck, body: dict[str, Any]) -> None:
    await ack(options=views.zone_options(body.get("value") or ""))


async def offer_countries(ack: AsyncAck, body: dict[str, Any]) -> None:
    await ack(options=views.country_options(body.get("value") or ""))


async def offer_usergroups(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    groups = await _groups(client, services, workspace_id=ids.workspace_of(body))
    await ack(options=views.usergroup_options(groups, body.get("value") or ""))


async def _groups(client: AsyncWebClient, services: Services, *, workspace_id: str) -> list[tuple[str, str]]:
    """The workspace's user groups, each with its name; none where Slack has never said, and says nothing now."""

    async def ask() -> list[tuple[str, str]]:
        return [(str(group["id"]), str(group["name"])) for group in (await client.usergroups_list())["usergroups"]]

    return await services.groups.get(workspace_id, ask, now=services.clock()) or []


async def save(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, services: Services
) -> None:
    """Check the form; then save it behind a modal on top, so that nothing typed is lost if Slack says no."""
    form = views.read_form(view["state"]["values"], view["private_metadata"])
    errors = check_form(form)
    if not errors:
        dates = team_setup.next_dates(form, None, now=services.clock())
        if isinstance(dates, str):
            errors = {Do.SET_CADENCE: dates}
    if not errors:
        errors = await _taken_name(form, body, client=client, services=services)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    name = f"setup-{uuid4().hex}"
    await ack(response_action="push", view=views.loading_modal() | {"external_id": name})
    services.in_flight.start(_save(form, body, services, external_id=name))


async def _taken_name(
    form: SetupForm, body: dict[str, Any], *, client: AsyncWebClient, services: Services
) -> dict[str, str]:
    """What is said beside the name where another team has it; what is saved is checked once more, behind the form."""
    workspace_id = ids.workspace_of(body)
    async with services.database.reading() as session:
        there = await teams.of_channel(session, workspace_id=workspace_id, channel_id=form.channel_id)
        team_id = form.team_id if form.team_id is not None or there is None else there.id
        taken = await names.taken(session, form.name, workspace_id=workspace_id, team_id=team_id)
        if taken is None:
            return {}
        seen_in = await taken.seen_in(session, user_id=body["user"]["id"])
    # A field's error is plain text, which shows no mention of a channel.
    asked = [each for each in (form.channel_id, seen_in) if each is not None]
    try:
        async with asyncio.timeout(services.in_flight.patience):
            said = await asyncio.gather(*(channels.name_of(client, channel_id) for channel_id in asked))
            # The form may have been forged: what a channel is called, only those read who are in it.
            if not await _is_in(client, form.channel_id, body["user"]["id"]):
                said[0] = None
    except CALL_FAILED:
        said = []
    called = dict(zip(asked, said, strict=False))
    name = called.get(seen_in) if seen_in is not None else None
    sentence = taken.sentence(seen_in=f"#{name}" if name else None, beside=called.get(form.channel_id) or "")
    return {Do.SET_NAME: sentence}


async def _save(form: SetupForm, body: dict[str, Any], services: Services, *, external_id: str) -> None:
    workspace_id, user_id = ids.workspace_of(body), body["user"]["id"]
    client = patient(await services.slack.client(workspace_id), PATIENCE)

    async def saved() -> Block:
        profile = await _full_member(client, user_id, services, workspace_id=workspace_id)
        now = services.clock()
        is_there = form.team_id is None and await _is_in(client, form.channel_id, user_id)
        who = team_setup.Who(workspace_id, profile, seen=form.channel_id if is_there else None)
        async with services.database.begin() as session:
            there = await team_setup.meant(session, form, who, now=now)
        # The channel that is written, whatever else the form says: its modal may have been forged.
        channel_id = form.channel_id if there is None else form.new_channel or there.channel_id
        stays = form.team_id is not None and form.new_channel is None
        is_in = stays or is_there or await _is_in(client, channel_id, user_id)
        await team_setup.enter_channel(client, channel_id, is_in=is_in)
        async with services.database.begin() as session:
            kept = await team_setup.save(session, form, who, now=now)
        team = kept.team
        unread = await _read_members(team, services, client=client, now=now)
        later_than = None
        if kept.begins:
            team, later_than = await nearby.with_first_date(services.database, team, now=now)
        dates = [] if schedules.is_paused(team) else [slot.at for slot in schedules.coming(team, now=now)]
        moved_to = team.channel_id if kept.moved else None
        return sentences.done_modal(
            views.saved(
                form, dates, team_id=team.id, new=kept.new, moved_to=moved_to, unread=unread, later_than=later_than
            )
        )

    saving = form.team_id is not None
    view = await _or_sentence(saved, client, services, workspace_id, saving=saving)
    otherwise = _("The settings are saved, but Slack could not show you more.") if view.get("clear_on_close") else None
    await modals.change(client, view, otherwise=otherwise, reader=user_id, external_id=external_id)
    if form.team_id is not None:
        # Home shows what was changed, and may be where the form was opened from.
        answering.publish_home_later(services, body)


async def _read_members(team: Team, services: Services, *, client: AsyncWebClient, now: datetime) -> str:
    """Read the members of a team that is saved; what there is to say where Slack doesn't tell of all, else nothing."""
    try:
        roster = await read_roster(team, database=services.database, client=client, now=now)
    except CALL_FAILED as error:
        # The team is there, and before its round Slack is asked again.
        return notice_views.members_unread(word_of(error))
    if roster.error is not None:
        return notice_views.members_unread(word_of(roster.error))
    return notice_views.cannot_be_asked(roster.unknown) if roster.unknown else ""


async def _is_in(client: AsyncWebClient, channel_id: str, user_id: str) -> bool:
    """Whether somebody is in a channel, as far as Slack tells us."""
    try:
        return user_id in [user async for user in pages(client.conversations_members, "members", channel=channel_id)]
    except SlackApiError as error:
        if verdict_on(error) is not Verdict.CHANNEL:
            raise  # it says nothing of who is in the channel
        return False


async def delete(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Delete a team: its schedule ends now, the rest follows as soon as nobody is left with an open check-in."""
    async with services.database.begin() as session:
        team_id = ids.number(body["actions"][0].get("value"))
        team = await roles.team_of(session, team_id, workspace_id=ids.workspace_of(body), held=True)
        await roles.require(session, team, user_id=body["user"]["id"], to=Power.DELETE, seen=ids.channel_of(body))
        await deleting.begin(session, team, by=body["user"]["id"], now=services.clock())
    await ack()
    view = sentences.message_modal(views.being_deleted(team.name))
    services.in_flight.start(modals.change(client, view, reader=body["user"]["id"], view_id=body["view"]["id"]))
    answering.publish_home_later(services, body)


async def preview(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """The five questions as members will see them, on top of the confirmation."""
    workspace_id, now = ids.workspace_of(body), services.clock()
    async with services.database.reading() as session:
        minimum = await workspaces.minimum_of(session, workspace_id)
        team = await roles.team_of(session, ids.number(body["actions"][0].get("value")), workspace_id=workspace_id)
        await roles.require(session, team, user_id=body["user"]["id"], to=Power.SETTINGS, seen=ids.channel_of(body))
    drawn = check_in_views.preview(
        CheckIn(
            team=team.name,
            round_id=ids.PREVIEW_ROUND,
            rubric=services.rubrics.current,
            privacy=team.privacy,
            minimum=minimum,
            closes_at=schedules.closes_at(
                team, schedules.coming(team, now=now, count=1)[0].date, local_time=team.local_time
            ),
            time_zone=team.time_zone,
            render=0,
            answers={},
        )
    )
    await modals.open_modal(client, drawn, body, in_flight=services.in_flight)
    await ack()
