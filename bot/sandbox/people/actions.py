"""Carry out what a person does: send the payload to the app, and show its answer in their client."""

from __future__ import annotations

from typing import Any

from bot.sandbox.block_kit import options_of
from bot.sandbox.people import element_input, interactions
from bot.sandbox.people.replies import ActionReply, CommandReply, SubmitReply
from bot.sandbox.state.content import JSON, Content, Refused
from bot.sandbox.state.records import Account, App, Channel, Happening, Installation, Message, View
from bot.sandbox.wire import open_views, posting
from bot.sandbox.wire.answers import Answer
from bot.sandbox.wire.service import Service
from bot.sandbox.wire.slack_json import view_json

NO_CONNECTION = "We had some trouble connecting. Try again?"
REQUIRED = "Please complete this required field."


async def command(sandbox: Service, person: Account, line: str, channel: Channel) -> CommandReply:
    """Send a command to the app that has it. ValueError where this person can't write."""
    if person.id not in channel.members or channel.archived:
        raise ValueError(f"{person.username} can't write in {channel.title}")
    name, _, text = line.strip().partition(" ")
    # Commands of apps are there for the people of their own workspace alone.
    installation = None if person.is_external else _installation_with(person, name)
    _note(person, f"types {line}", channel)
    if installation is None:
        return _failed(person, channel, f"`{name}` is not a valid command.", error="unknown_command")
    response_url = sandbox.response_urls.issue(installation, person, channel)
    payload = interactions.command(
        installation, person, channel, name=name, text=text.strip(), response_url=response_url
    )
    answer = await sandbox.courier.deliver(installation.app, "slash_commands", payload)
    if not answer.ok:
        error = "operation_timeout" if answer.problem == "http_timeout" else "dispatch_failed"
        return _failed(person, channel, f'{name} failed with the error "{error}"', error=error, answer=answer)
    try:
        return _shown(installation, person, channel, answer)
    except Refused as refused:
        return _failed(
            person, channel, f'{name} failed with the error "{refused.error}"', error=refused.error, answer=answer
        )


async def tap(
    sandbox: Service,
    person: Account,
    surface: Message | View,
    *,
    action_id: str | None,
    block_id: str | None,
    value: Any,
) -> ActionReply | None:
    """Act on an element; None when the app isn't told, because it belongs to a form."""
    _check_present(person, surface)
    installation = interactions.installation_of(surface)
    blocks = surface.blocks if isinstance(surface, View) else surface.content.blocks
    block, element = element_input.find(blocks, action_id=action_id, block_id=block_id, value=value)
    state = surface.state if isinstance(surface, View) else person.client.state(surface)
    chosen = None
    if element["action_id"] in state.get(block["block_id"], {}):
        suggested = person.client.suggestions.get(_field(surface, block["block_id"], element["action_id"]), [])
        chosen = element_input.chosen(element, value, suggested=suggested)
        state[block["block_id"]][element["action_id"]] = chosen
        if isinstance(surface, View):
            surface.errors.pop(block["block_id"], None)
    _note(person, _description(element, value), surface.channel if isinstance(surface, Message) else None)
    if block["type"] == "input" and not block.get("dispatch_action", False):
        sandbox.changes.notify()
        return None
    acted = element_input.action(block, element, chosen, value=value, action_ts=sandbox.stamps.next(sandbox.now()))
    payload = interactions.block_actions(surface, person, action=acted, state=state)
    answer = await sandbox.courier.deliver(installation.app, "interactive", payload)
    return ActionReply(status=answer.status, elapsed=answer.elapsed, problem=answer.problem)


async def suggest(
    sandbox: Service, person: Account, surface: Message | View, *, block_id: str, action_id: str, typed: str
) -> list[JSON]:
    """The options that the app offers for what was typed. ValueError when its answer is none."""
    installation = interactions.installation_of(surface)
    blocks = surface.blocks if isinstance(surface, View) else surface.content.blocks
    _, element = element_input.find(blocks, action_id=action_id, block_id=block_id)
    if "external" not in element["type"]:
        raise ValueError(f"{action_id} is a {element['type']}, which asks the app for nothing")
    payload = interactions.block_suggestion(surface, person, block_id=block_id, action_id=action_id, value=typed)
    answer = await sandbox.courier.deliver(installation.app, "interactive", payload)
    offered = answer.json()
    if not answer.ok or offered is None or not {"options", "option_groups"} & offered.keys():
        raise ValueError(f"no options came for {typed!r}: {answer.status} {answer.body or answer.problem}")
    options = options_of(offered)
    person.client.suggestions[_field(surface, block_id, action_id)] = options
    return options


async def submit(sandbox: Service, view: View) -> SubmitReply:
    """Send a form, unless required fields are empty, and do what the app answers."""
    if view.body.get("submit") is None:
        raise LookupError("this modal has no button that submits it")
    view.errors, view.trouble = _unfilled(view), None
    if view.errors:
        return SubmitReply(status=0, errors=view.errors)
    _note(view.person, f"submits {view.body['title']['text']}", None)
    answer = await sandbox.courier.deliver(view.app, "interactive", interactions.view_submission(view))
    response = answer.json() or {}
    try:
        if not answer.ok:
            view.trouble = NO_CONNECTION
        else:
            _follow(view, response)
    except Refused as refused:
        view.trouble = f"{NO_CONNECTION} ({', '.join((refused.error, *refused.messages))})"
    sandbox.changes.notify()
    return SubmitReply(
        status=answer.status,
        errors=view.errors,
        response_action=response.get("response_action"),
        trouble=view.trouble,
        elapsed=answer.elapsed,
    )


async def close(sandbox: Service, view: View) -> ActionReply | None:
    """Close a modal, with `clear_on_close` all of them, and tell the app of those that it asked about."""
    client = view.person.client
    everything = bool(view.body.get("clear_on_close"))
    closing = [view, *(one for one in client.modals if one is not view)] if everything else [view]
    payloads = [
        interactions.view_closed(one, is_cleared=everything) for one in closing if one.body.get("notify_on_close")
    ]
    open_views.close_modal(client.modals[0] if everything else view)
    reply = None
    for payload in payloads:
        answer = await sandbox.courier.deliver(view.app, "interactive", payload)
        reply = ActionReply(status=answer.status, elapsed=answer.elapsed, problem=answer.problem)
    return reply


async def open_home(sandbox: Service, person: Account, app: App, *, tab: str) -> None:
    """Open one of the app's tabs and tell the app. LookupError where the app has no Home tab."""
    if tab == "home" and not app.home_tab_enabled:
        raise LookupError(f"{app.name} has no Home tab")
    installation = person.workspace.installation_for(app)
    _note(person, f"opens {app.name}", None)
    if "app_home_opened" not in app.events:
        return
    event: JSON = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": person.workspace.direct(installation.bot, person).id,
        "tab": tab,
    }
    view = person.client.homes.get(app.id)
    if view is not None and tab == "home":
        event["view"] = view_json(view)
    await sandbox.courier.deliver_event(installation, event)


def _shown(installation: Installation, person: Account, channel: Channel, answer: Answer) -> CommandReply:
    """Show the answer to a command as the app wants it. Raises Refused for one that Slack wouldn't show."""
    body = answer.json() or ({"text": answer.body} if answer.body.strip() else {})
    if not body:
        return CommandReply(status=answer.status, elapsed=answer.elapsed)
    content = posting.checked(
        installation, text=body.get("text"), blocks=body.get("blocks"), attachments=body.get("attachments")
    )
    response_type = body.get("response_type", "ephemeral")
    only_for = None if response_type == "in_channel" else person
    posting.post(channel, installation.bot, content, installation=installation, only_for=only_for)
    return CommandReply(
        status=answer.status,
        text=content.text,
        blocks=content.blocks,
        response_type=response_type,
        elapsed=answer.elapsed,
    )


def _failed(person: Account, channel: Channel, text: str, *, error: str, answer: Answer | None = None) -> CommandReply:
    posting.post(channel, person.workspace.slackbot, Content(text=text), only_for=person)
    return CommandReply(
        status=answer.status if answer else 0,
        text=text,
        response_type="ephemeral",
        elapsed=answer.elapsed if answer else 0.0,
        error=error,
    )


def _follow(view: View, response: JSON) -> None:
    """Do with a form what the app answered. Raises Refused for an answer that Slack can't follow."""
    client = view.person.client
    kind = response.get("response_action")
    if kind is None:
        open_views.close_modal(view)
    elif kind == "clear":
        open_views.close_all(view.person)
    elif kind == "errors":
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        unknown = set(response.get("errors", {})) - inputs
        if unknown or not response.get("errors"):
            raise Refused("invalid_errors", f"no input block is named {', '.join(sorted(unknown)) or 'at all'}")
        view.errors = dict(response["errors"])
    elif kind in {"update", "push"}:
        open_views.check(view.installation, response.get("view"), kind="modal", replaces=view)
        if kind == "update":
            open_views.change(view, response["view"])
        elif len(client.modals) >= open_views.MOST_IN_STACK:
            raise Refused("push_limit_reached")
        else:
            open_views.push_modal(open_views.make(view.installation, view.person, response["view"], on=view))
    else:
        raise Refused("invalid_response_action", str(kind))


def _unfilled(view: View) -> dict[str, str]:
    """The errors that a client shows at required fields that are empty, and at fields that hold too little."""
    errors = {}
    for block in view.blocks:
        if block["type"] != "input" or block["element"]["type"] == "file_input":
            continue
        state = view.state[block["block_id"]][block["element"]["action_id"]]
        least = block["element"].get("min_length", 0)
        if element_input.is_empty(state):
            if not block.get("optional", False):
                errors[block["block_id"]] = REQUIRED
        elif len(str(state.get("value", ""))) < least:
            errors[block["block_id"]] = f"Please use at least {least} characters."
    return errors


def _check_present(person: Account, surface: Message | View) -> None:
    if isinstance(surface, View):
        shown = surface in person.client.modals or surface in person.client.homes.values()
        if not shown:
            raise LookupError(f"{person.username} doesn't have this view open any more")
    elif surface.deleted or (surface.only_for is not None and not person.client.holds(surface)):
        raise LookupError(f"{person.username} doesn't see this message any more")


def _installation_with(person: Account, name: str) -> Installation | None:
    return next(
        (one for one in person.workspace.installations.values() if name in one.app.commands and not one.ended), None
    )


def _field(surface: Message | View, block_id: str, action_id: str) -> tuple[str, str, str]:
    return (surface.id if isinstance(surface, View) else surface.ts, block_id, action_id)


def _description(element: JSON, value: Any) -> str:
    if element["type"] == "button":
        return f"taps [{element['text']['text']}]"
    if element["type"].endswith("text_input"):
        return f"writes {value}"
    option = next((one for one in options_of(element) if one.get("value") == value), None)
    return f"chooses {option['text']['text'] if option else getattr(value, 'name', value)}"


def _note(person: Account, text: str, channel: Channel | None) -> None:
    sandbox = person.workspace.sandbox
    sandbox.history.append(
        Happening(at=sandbox.now(), kind="did", workspace=person.workspace, person=person, channel=channel, text=text)
    )
