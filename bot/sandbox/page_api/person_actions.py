"""Turn a request of the page into an action of the person that the browser plays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from bot.sandbox.people import actions
from bot.sandbox.people.workspace import Person
from bot.sandbox.state.content import JSON, Content
from bot.sandbox.state.records import Channel, Message, View
from bot.sandbox.wire import posting
from bot.sandbox.wire.service import Service

GONE = "That isn't there any more."


class Unreadable(Exception):  # noqa: N818 - a refusal is an answer here, not an error
    """The request isn't one that the page makes."""


async def act(sandbox: Service, given: JSON) -> JSON:
    """Do it, and say what came of it. Raises Unreadable, or ValueError and LookupError for what can't be done now."""
    workspace = next(iter(sandbox.workspaces.values()), None)
    person = workspace.people.get(str(given.get("person"))) if workspace is not None else None
    does = _DEEDS.get(str(given.get("do")))
    if not isinstance(person, Person) or does is None:
        raise Unreadable("Nobody here can do that.")
    return await does(person, given)


async def _writes(person: Person, given: JSON) -> JSON:
    """A message, or a command where it begins with a slash."""
    channel, text = _channel(person, given), str(given.get("text", "")).strip()
    if not text:
        raise Unreadable("There is nothing to send.")
    if text.startswith("/"):
        reply = await person.types(text, channel)
        return {"status": reply.status, "error": reply.error}
    if person.id not in channel.members or channel.archived:
        raise ValueError(f"{person.name} can't write in {channel.title}.")
    posting.post(channel, person, Content(text=text), thread_ts=given.get("thread"))
    return {}


async def _joins(person: Person, given: JSON) -> JSON:
    channel = _channel(person, given)
    if channel.is_private:
        raise ValueError(f"{channel.title} can be entered by invitation only.")
    channel.invite(person, by=person)
    return {}


async def _taps(person: Person, given: JSON) -> JSON:
    """A tap, or something put into a field; fields that belong to a form tell nobody."""
    reply = await actions.tap(
        person.sandbox,
        person,
        _surface(person, given),
        action_id=str(given.get("action_id")),
        block_id=str(given.get("block_id")),
        value=given.get("value"),
    )
    return {} if reply is None else {"status": reply.status, "problem": reply.problem}


async def _suggests(person: Person, given: JSON) -> JSON:
    options = await actions.suggest(
        person.sandbox,
        person,
        _surface(person, given),
        block_id=str(given.get("block_id")),
        action_id=str(given.get("action_id")),
        typed=str(given.get("typed", "")),
    )
    return {"options": options}


async def _submits(person: Person, given: JSON) -> JSON:
    return asdict(await actions.submit(person.sandbox, _topmost(person, given)))


async def _closes(person: Person, given: JSON) -> JSON:
    await actions.close(person.sandbox, _topmost(person, given))
    return {}


async def _opens_home(person: Person, given: JSON) -> JSON:
    app = person.workspace.sandbox.apps.get(str(given.get("app")))
    if app is None:
        raise LookupError(GONE)
    await person.opens_home(app, tab=str(given.get("tab", "home")))
    return {}


async def _reloads(person: Person, given: JSON) -> JSON:
    del given
    person.reloads()
    return {}


_DEEDS: dict[str, Callable[[Person, JSON], Awaitable[JSON]]] = {
    "writes": _writes,
    "joins": _joins,
    "taps": _taps,
    "suggests": _suggests,
    "submits": _submits,
    "closes": _closes,
    "opens_home": _opens_home,
    "reloads": _reloads,
}


def _channel(person: Person, given: JSON) -> Channel:
    channel = person.workspace.channels.get(str(given.get("channel")))
    hidden = channel is not None and channel.is_private and person.id not in channel.members
    if channel is None or hidden:
        raise LookupError(GONE)
    return channel


def _surface(person: Person, given: JSON) -> Message | View:
    """The message, the open modal or the Home tab that was acted on, where this person sees it."""
    view_id: Any = given.get("view")
    if view_id is not None:
        shown = [*person.client.modals, *person.client.homes.values()]
        view = next((one for one in shown if one.id == view_id), None)
        if view is None:
            raise LookupError(GONE)
        return view
    channel, ts = _channel(person, given), given.get("ts")
    message = next((one for one in channel.visible_to(person) if one.ts == ts), None)
    if message is None:
        raise LookupError(GONE)
    return message


def _topmost(person: Person, given: JSON) -> View:
    view = person.modal
    if view is None or view.id != given.get("view"):
        raise LookupError(GONE)
    return view
