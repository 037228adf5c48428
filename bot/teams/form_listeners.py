"""`/maturity setup` and `settings`: the form opens at once, and follows what is chosen in it."""

import re
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.access import resolve_team, roles
from bot.access.resolve_team import Asked
from bot.access.roles import Power
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.kit.latest_wins import LatestWins
from bot.slack import ids, modals
from bot.slack.blocks import Block, Message
from bot.slack.calls import patient, refusal_of
from bot.slack.ids import Do
from bot.slack.services import Services
from bot.teams import head_counts, names, outlooks, setup, setup_loading, team_settings, views
from bot.teams.form import follow_zone, shown
from bot.teams.head_count_views import HeadCount
from bot.teams.views import SetupForm
from storage import people, teams, workspaces

CHOICES = re.compile("^(" + "|".join(choice for choice in Do if choice.name.startswith("SET_")) + ")$")


def register(app: AsyncApp) -> None:
    latest = LatestWins()

    async def follow_choice(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
        """Draw the form anew as it is being filled in: the next dates, and the fields that a choice calls for."""
        view = body.get("view") or {}
        values = (view.get("state") or {}).get("values") or {}
        form = follow_zone(views.read_form(values, view.get("private_metadata") or ""))
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
        team = await resolve_team.team_asked(session, asked, to=Power.SETTINGS)
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
    client = patient(client, setup_loading.MEMBERS_RETRY)

    async def drawn() -> Block:
        # The channel of a team that is there may be lost: then its settings are where it is moved.
        name = await setup.look_at_channel(client, asked.channel_id) if team_id is None else ""
        profile = await setup_loading.full_member(client, asked.user_id, services, workspace_id=asked.workspace_id)
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
            start = team_settings.defaults(name=name, time_zone=profile.time_zone or "UTC")
            form = shown(start, channel_id=asked.channel_id, team_id=None)
        else:
            form = setup.form_of(team, chosen=chosen, now=now)
        if form.usergroup_id is not None:
            form = replace(
                form,
                usergroup_name=dict(await _groups(client, services, workspace_id=asked.workspace_id)).get(
                    form.usergroup_id
                ),
            )
        # First: whoever is counted is known by then, and the dates depend on who is.
        heads = await head_counts.of(
            form, team, client, services, workspace_id=asked.workspace_id, user_id=asked.user_id
        )
        outlook = await outlooks.of(
            form, team, client, services, workspace_id=asked.workspace_id, user_id=asked.user_id
        )
        return _drawn(form, outlook, heads, minimum=minimum)

    view = await setup_loading.or_sentence(drawn, client, services, asked.workspace_id)
    await modals.change(client, view, reader=asked.user_id, view_id=view_id)


async def _redraw(form: SetupForm, body: dict[str, Any], *, client: AsyncWebClient, services: Services) -> None:
    workspace_id = ids.workspace_of(body)
    async with services.database.reading() as session:
        minimum = await workspaces.minimum_of(session, workspace_id)
        team = None
        if form.team_id is not None:
            team = await teams.get(session, form.team_id, workspace_id=workspace_id)
    heads = await head_counts.of(form, team, client, services, workspace_id=workspace_id, user_id=body["user"]["id"])
    outlook = await outlooks.of(form, team, client, services, workspace_id=workspace_id, user_id=body["user"]["id"])
    drawn = _drawn(form, outlook, heads, minimum=minimum)
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


def _drawn(form: SetupForm, outlook: outlooks.Outlook, heads: HeadCount | None, *, minimum: int) -> Block:
    return views.setup_modal(
        form,
        next_dates=outlook.dates,
        minimum=minimum,
        later_than=outlook.later_than,
        may_move=outlook.may_move,
        shares_half=outlook.shares_half,
        heads=heads,
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
