"""The set-up form is saved behind a modal on top of it, which shows what came of it, with the check-in's preview."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.access import resolve_team, roles
from bot.access.roles import Power
from bot.check_ins import views as check_in_views
from bot.check_ins.views import CheckIn
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.notices.views import cannot_be_asked, members_unread
from bot.rounds import same_people, starting
from bot.schedule import schedules
from bot.slack import ids, modals, sentences, tap_replies
from bot.slack.blocks import Block
from bot.slack.calls import CALL_FAILED, pages, patient, verdict_on, word_of
from bot.slack.ids import Do
from bot.slack.services import Services
from bot.slack.verdicts import Verdict
from bot.teams import channels, head_counts, names, setup, setup_loading, views
from bot.teams.form_checks import check_form
from bot.teams.members_from_slack import read_roster
from bot.teams.views import SetupForm
from storage import teams, workspaces
from storage.models import Team


def register(app: AsyncApp) -> None:
    app.view(ids.View.SETUP)(save)
    app.action(Do.PREVIEW)(preview)


async def save(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, services: Services
) -> None:
    """Check the form; then save it behind a modal on top, so that nothing typed is lost if Slack says no."""
    form = views.read_form(view["state"]["values"], view["private_metadata"])
    errors = check_form(form)
    if not errors:
        dates = setup.next_dates(form, None, now=services.clock())
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
        if form.team_id is not None:
            own = await teams.get(session, form.team_id, workspace_id=workspace_id)
        else:
            own = await teams.of_channel(session, workspace_id=workspace_id, channel_id=form.channel_id)
        # The form may have been forged: what a team is called, only those learn who are something to it.
        if own is not None and not (await roles.standing(session, own, user_id=body["user"]["id"])).roles:
            own = None
        team_id = None if own is None else own.id
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
    client = patient(await services.slack.client(workspace_id), setup_loading.MEMBERS_RETRY)

    async def saved() -> Block:
        profile = await setup_loading.full_member(client, user_id, services, workspace_id=workspace_id)
        now = services.clock()
        is_there = form.team_id is None and await _is_in(client, form.channel_id, user_id)
        sender = setup.FormSender(workspace_id, profile, seen=form.channel_id if is_there else None)
        async with services.database.begin() as session:
            there = await setup.meant(session, form, sender, now=now)
        # The channel that is written, whatever else the form says: its modal may have been forged.
        channel_id = form.channel_id if there is None else form.new_channel or there.channel_id
        stays = form.team_id is not None and form.new_channel is None
        is_in = stays or is_there or await _is_in(client, channel_id, user_id)
        await setup.enter_channel(client, channel_id, is_in=is_in)
        async with services.database.begin() as session:
            kept = await setup.save(session, form, sender, now=now)
        team = kept.team
        unread = await _read_members(team, services, client=client, now=now)
        async with services.database.reading() as session:
            heads = await head_counts.of_roster(session, team)
            minimum = await workspaces.minimum_of(session, workspace_id)
        later_than = None
        if kept.begins:
            team, later_than = await same_people.with_first_date(services.database, team, now=now)
        dates = [] if schedules.is_paused(team) else [slot.at for slot in schedules.coming(team, now=now)]
        moved_to = team.channel_id if kept.moved else None
        no_start = await _why_no_start(team, services, user_id=user_id, now=now)
        return sentences.done_modal(
            views.saved(
                form,
                dates,
                team_id=team.id,
                new=kept.new,
                moved_to=moved_to,
                unread=unread,
                later_than=later_than,
                heads=heads,
                minimum=minimum,
                no_start=no_start,
            ),
            title=_("Check-ins are set up") if kept.new else _("Settings saved"),
        )

    saving = form.team_id is not None
    view = await setup_loading.or_sentence(saved, client, services, workspace_id, saving=saving)
    otherwise = _("The settings are saved, but Slack could not show you more.") if view.get("clear_on_close") else None
    await modals.change(client, view, otherwise=otherwise, reader=user_id, external_id=external_id)
    if form.team_id is not None:
        # Home shows what was changed, and may be where the form was opened from.
        tap_replies.publish_home_later(services, body)


async def _why_no_start(team: Team, services: Services, *, user_id: str, now: datetime) -> str:
    """Why a team can't be started by hand now, and from when on it can; nothing where it can."""
    async with services.database.reading() as session:
        try:
            await starting.require_startable(session, team, by=user_id, now=now)
        except UserError as error:
            return error.sentence
    return ""


async def _read_members(team: Team, services: Services, *, client: AsyncWebClient, now: datetime) -> str:
    """Read the members of a team that is saved; what there is to say where Slack doesn't tell of all, else nothing."""
    try:
        roster = await read_roster(team, database=services.database, client=client, now=now)
    except CALL_FAILED as error:
        # The team is there, and before its round Slack is asked again.
        return members_unread(word_of(error))
    if roster.error is not None:
        return members_unread(word_of(roster.error))
    return cannot_be_asked(roster.unknown) if roster.unknown else ""


async def _is_in(client: AsyncWebClient, channel_id: str, user_id: str) -> bool:
    """Whether somebody is in a channel, as far as Slack tells us."""
    try:
        return user_id in [user async for user in pages(client.conversations_members, "members", channel=channel_id)]
    except SlackApiError as error:
        if verdict_on(error) is not Verdict.CHANNEL:
            raise  # it says nothing of who is in the channel
        return False


async def preview(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """The five questions as members will see them, on top of the confirmation."""
    workspace_id, now = ids.workspace_of(body), services.clock()
    async with services.database.reading() as session:
        minimum = await workspaces.minimum_of(session, workspace_id)
        team = await resolve_team.team_tapped(session, body, to=Power.SETTINGS)
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
