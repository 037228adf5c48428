"""What a team does about a summary: adopt what it suggests, add something of its own, and say what became of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import resolve_team, roles
from bot.access.resolve_team import Asked
from bot.access.roles import Power, Standing
from bot.actions import due_dates, form_views, items, views
from bot.actions.form_views import ActionForm, Origin
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.slack import ids, modals, response_urls, sentences, tap_replies
from bot.slack.blocks import Block, Message
from bot.slack.services import Services
from rubric import Action, Dimension, Rubric
from storage import action_items, teams
from storage.kinds import ActionState, RoundState
from storage.models import ActionItem, Round, Team


def register(app: AsyncApp) -> None:
    app.action(ids.Do.ADOPT)(adopt)
    app.action(ids.Do.ADD_ACTION)(add)
    app.view(ids.View.ACTION)(save)
    app.action(ids.Do.ACTION_MENU)(choose)
    app.action(ids.Do.ACTION_EDIT)(edit)
    app.action(ids.Do.ACTION_DONE)(done)
    app.action(ids.Do.ACTION_STILL_ON)(still_on_it)
    app.action(ids.Do.ACTION_DROP)(drop)
    app.view(ids.View.DROP_ACTION)(keep_dropped)


async def show_actions(asked: Asked, services: Services) -> Message:
    """A team's open action items, to one person alone."""
    now = services.clock()
    async with services.database.reading() as session:
        team = await resolve_team.team_meant(session, asked)
        standing = await roles.require(session, team, user_id=asked.user_id, to=Power.ACTIONS, seen=asked.seen)
        return await _list(session, team, standing, user_id=asked.user_id, now=now)


async def adopt(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Open the form that makes a suggestion the team's own."""
    round_id, key = ids.read_suggestion(body["actions"][0].get("value"))
    user_id = body["user"]["id"]
    async with services.database.reading() as session:
        closed, team = await _round(session, round_id, workspace_id=ids.workspace_of(body))
        await roles.require(session, team, user_id=user_id, to=Power.ACTIONS, seen=ids.channel_of(body))
        await items.require_new(session, team, action_key=key)
        dimension, action = _suggested(await services.rubrics.of(session, closed), key)
        today = due_dates.today_of(team, now=services.clock())
        due_on = due_dates.working_day(team, due_dates.first_due(action.effort, today=today))
    form = ActionForm(dimension=dimension.key, text=action.text, owner_id=user_id, due_on=due_on)
    origin = Origin(round_id=round_id, action_key=key)
    view = form_views.adopt_modal(dimension, action, form, origin)
    await modals.open_modal(client, view, body, in_flight=services.in_flight)
    await ack()


async def add(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Open the form for an action of the team's own."""
    user_id = body["user"]["id"]
    async with services.database.reading() as session:
        team = await resolve_team.team_tapped(session, body, to=Power.ACTIONS)
        today = due_dates.today_of(team, now=services.clock())
        due_on = due_dates.working_day(team, due_dates.first_due(None, today=today))
    form = ActionForm(dimension=None, text="", owner_id=user_id, due_on=due_on)
    origin = Origin(team_id=team.id, response_url=body.get("response_url"), in_list=True)
    view = form_views.add_modal(services.rubrics.current, form, origin)
    await modals.open_modal(client, view, body, in_flight=services.in_flight)
    await ack()


async def save(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], services: Services) -> None:
    """Keep an action item as its form says: adopted, added or edited."""
    form, origin = form_views.read_form(view["state"]["values"]), form_views.read_origin(view["private_metadata"])
    workspace_id, user_id, now = ids.workspace_of(body), body["user"]["id"], services.clock()
    async with services.database.begin() as session:
        team, closed, item = await _meant(session, origin, workspace_id=workspace_id)
        # Held, so that two people can't adopt the same at once.
        await teams.hold(session, team.id, workspace_id=workspace_id)
        standing = await _standing(session, team, item, user_id=user_id)
        own = item is None and closed is None
        errors = form_views.check_form(
            form,
            today=due_dates.today_of(team, now=now),
            dimensions=[each.key for each in services.rubrics.current.dimensions] if own else (),
        )
        if not errors:
            request = ids.slack_id(view.get("id"), ids.VIEW)
            item = await _saved(
                session, team, closed, item, form, origin, request=request, by=user_id, services=services, now=now
            )
            said = views.owned_until(item)
            redrawn = await _redrawn(session, team, standing, said, origin=origin, user_id=user_id, now=now)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    await ack(response_action="update", view=sentences.message_modal(said, title=_("Action items")))
    _redraw(origin, redrawn, services)


async def _saved(
    session: AsyncSession,
    team: Team,
    closed: Round | None,
    item: ActionItem | None,
    form: ActionForm,
    origin: Origin,
    *,
    request: str,
    by: str,
    services: Services,
    now: datetime,
) -> ActionItem:
    if item is not None:
        items.require_open(item)
        await items.change(session, item, team, form, by=by, now=now)
        return item
    if closed is None:
        round_id, dimension = await items.last_round_of(session, team), form.dimension or ""
    else:
        round_id = closed.id
        dimension = _suggested(await services.rubrics.of(session, closed), origin.action_key or "")[0].key
    return await items.add(
        session,
        team,
        form,
        dimension=dimension,
        round_id=round_id,
        action_key=origin.action_key,
        request=request,
        by=by,
        now=now,
    )


async def choose(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, services: Services
) -> None:
    """What was chosen from an item's menu in the list."""
    what, item_id = ids.read_choice(body)
    if what == "done":
        await _end(ack, body, client, respond, services, item_id=item_id, in_list=True)
    else:
        draw = _edit_modal if what == "edit" else _drop_modal
        await _open(ack, body, client, services, draw, item_id=item_id, in_list=True)


async def edit(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    await _open(ack, body, client, services, _edit_modal, item_id=ids.number(body["actions"][0].get("value")))


async def drop(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Ask for what reason an action is dropped."""
    await _open(ack, body, client, services, _drop_modal, item_id=ids.number(body["actions"][0].get("value")))


async def _open(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    services: Services,
    draw: Callable[[ActionItem, Origin], Block],
    *,
    item_id: int,
    in_list: bool = False,
) -> None:
    async with services.database.reading() as session:
        item, _team_of_it = await _item(session, body, item_id=item_id, to_change=False)
    origin = Origin(item_id=item.id, response_url=body.get("response_url"), in_list=in_list)
    await modals.open_modal(client, draw(item, origin), body, in_flight=services.in_flight)
    await ack()


def _edit_modal(item: ActionItem, origin: Origin) -> Block:
    form = ActionForm(
        dimension=item.dimension,
        text=item.text,
        owner_id=item.owner_id,
        due_on=item.due_on,
        needs_leadership=item.needs_leadership,
    )
    return form_views.edit_modal(form, origin)


def _drop_modal(item: ActionItem, origin: Origin) -> Block:
    return form_views.drop_modal(item.text, origin)


async def keep_dropped(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], services: Services) -> None:
    """Drop an action, with the reason if one was given."""
    why, origin = form_views.read_why(view["state"]["values"]), form_views.read_origin(view["private_metadata"])
    if origin.item_id is None:
        raise ids.UnreadableError("a form that drops no action item")
    user_id, now = body["user"]["id"], services.clock()
    async with services.database.begin() as session:
        item, team = await _item(session, body, item_id=origin.item_id)
        await items.end(session, item, state=ActionState.DROPPED, why=why, now=now)
        await session.flush()
        said = views.ended(item)
        standing = await roles.standing(session, team, user_id=user_id)
        redrawn = await _redrawn(session, team, standing, said, origin=origin, user_id=user_id, now=now)
    await ack(response_action="update", view=sentences.message_modal(said, title=_("Action items")))
    _redraw(origin, redrawn, services)


async def done(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, services: Services
) -> None:
    await _end(ack, body, client, respond, services, item_id=ids.number(body["actions"][0].get("value")))


async def _end(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    services: Services,
    *,
    item_id: int,
    in_list: bool = False,
) -> None:
    user_id, now = body["user"]["id"], services.clock()
    async with services.database.begin() as session:
        item, team = await _item(session, body, item_id=item_id)
        await items.end(session, item, state=ActionState.DONE, now=now)
        await session.flush()
        standing, said = await roles.standing(session, team, user_id=user_id), views.ended(item)
        origin = Origin(in_list=in_list)
        message = await _redrawn(session, team, standing, said, origin=origin, user_id=user_id, now=now)
    await ack()
    tap_replies.answer_tap(message, body, respond=respond, client=client, services=services)


async def still_on_it(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, services: Services
) -> None:
    """Two weeks more."""
    async with services.database.begin() as session:
        item, team = await _item(session, body, item_id=ids.number(body["actions"][0].get("value")))
        await items.still_on_it(session, item, team, now=services.clock())
        message = sentences.plain_message(views.moved(item))
    await ack()
    tap_replies.answer_tap(message, body, respond=respond, client=client, services=services)


def _redraw(origin: Origin, message: Message, services: Services) -> None:
    """Show the message in place of the one from which the form was opened, if that still lets itself be replaced."""
    if origin.response_url is not None and services.slack.answers_at(origin.response_url):
        again = services.slack.respond(origin.response_url)
        services.in_flight.start(response_urls.taken(message, respond=again, replace=True))


async def _redrawn(
    session: AsyncSession, team: Team, standing: Standing, said: str, *, origin: Origin, user_id: str, now: datetime
) -> Message:
    """What takes the place of what was tapped: the team's list, for who may see that; else what became of the item.

    Who owns an item may change it, in the team or not.
    """
    if origin.in_list and standing.may(Power.ACTIONS):
        return await _list(session, team, standing, user_id=user_id, now=now)
    return sentences.plain_message(said)


async def _list(session: AsyncSession, team: Team, standing: Standing, *, user_id: str, now: datetime) -> Message:
    there = await action_items.open_of(session, workspace_id=team.workspace_id, team_ids=[team.id])
    return views.action_list(
        team.name,
        there,
        team_id=team.id,
        today=due_dates.today_of(team, now=now),
        may_change={item.id for item in there if items.may_change(standing, item, user_id=user_id)},
    )


async def _item(
    session: AsyncSession, body: dict[str, Any], *, item_id: int, to_change: bool = True
) -> tuple[ActionItem, Team]:
    """An open item, held if it is changed now, and its team; UserError for who may not, and where it has ended."""
    workspace_id, user_id = ids.workspace_of(body), body["user"]["id"]
    find = _held if to_change else action_items.get
    item = await find(session, item_id, workspace_id=workspace_id)
    if item is None:
        raise UserError(_("This action is gone."))
    team = await roles.team_of(session, item.team_id, workspace_id=workspace_id)
    await _standing(session, team, item, user_id=user_id)
    items.require_open(item)
    return item, team


async def _standing(session: AsyncSession, team: Team, item: ActionItem | None, *, user_id: str) -> Standing:
    """Someone's standing, where it lets them change this item; or, without one, take on a new one."""
    if item is None:
        return await roles.require(session, team, user_id=user_id, to=Power.ACTIONS)
    standing = await roles.standing(session, team, user_id=user_id)
    items.require_change(standing, item, team, user_id=user_id)
    return standing


async def _meant(
    session: AsyncSession, origin: Origin, *, workspace_id: str
) -> tuple[Team, Round | None, ActionItem | None]:
    """The team that a form is about, and the round or the item, held; UserError where they are gone.

    UnreadableError for a form of ours that is about none of them: somebody made it up.
    """
    if origin.item_id is not None:
        item = await _held(session, origin.item_id, workspace_id=workspace_id)
        if item is None:
            raise UserError(_("This action is gone."))
        return await roles.team_of(session, item.team_id, workspace_id=workspace_id), None, item
    if origin.round_id is not None:
        closed, team = await _round(session, origin.round_id, workspace_id=workspace_id)
        return team, closed, None
    if origin.team_id is None:
        raise ids.UnreadableError("a form about nothing")
    return await roles.team_of(session, origin.team_id, workspace_id=workspace_id), None, None


async def _held(session: AsyncSession, item_id: int, *, workspace_id: str) -> ActionItem | None:
    """The item, locked after its team: whoever deletes a team takes both in this order."""
    item = await action_items.get(session, item_id, workspace_id=workspace_id)
    if item is None or await teams.hold(session, item.team_id, workspace_id=workspace_id) is None:
        return None
    return await action_items.hold(session, item_id, workspace_id=workspace_id)


async def _round(session: AsyncSession, round_id: int, *, workspace_id: str) -> tuple[Round, Team]:
    """The closed round whose summary suggests something; UserError for one that has none yet."""
    closed, team = await roles.round_of(session, round_id, workspace_id=workspace_id)
    if closed.state is not RoundState.CLOSED:
        raise UserError(_("This round has no summary, so nothing is suggested."))
    return closed, team


def _suggested(rubric: Rubric, key: str) -> tuple[Dimension, Action]:
    """The action of a round's own model with this key, and its dimension; UserError where it has none."""
    for dimension in rubric.dimensions:
        for step in dimension.actions.values():
            for action in step:
                if action.key == key:
                    return dimension, action
    raise UserError(_("The model has no such action any more. Add one of your own with `/maturity actions`."))
