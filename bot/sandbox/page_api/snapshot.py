"""A workspace as one person's client shows it, as JSON for the page."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.sandbox.state.content import JSON
from bot.sandbox.state.records import Account, Channel, File, Installation, Message, Tenant, View
from bot.sandbox.wire import posting
from bot.sandbox.wire.service import Service

HOME = "home:"
"""A place that begins so is an app's Home tab; any other is the id of a conversation."""
MOST_MESSAGES = 200
"""The page shows only so many messages of a conversation, the newest."""


def snapshot(sandbox: Service, *, person_id: str, place: str) -> JSON:
    """All that the page draws for this person at this place; for unknown ones the first person, and no place."""
    workspace = next(iter(sandbox.workspaces.values()), None)
    common: JSON = {
        "world": sandbox.world,
        "now": sandbox.now().isoformat(),
        "asked": {"person": person_id, "place": place},
    }
    people = people_in(workspace) if workspace is not None else []
    if workspace is None or not people:
        return common | {"workspace": None}
    person = workspace.people.get(person_id)
    if person is None or person not in people:
        person = people[0]
    return common | {
        "workspace": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain},
        "me": person.id,
        "people": [_person(one) for one in people],
        "bots": [{"id": one.id, "name": one.name} for one in workspace.people.values() if one not in people],
        "groups": [{"id": one.id, "name": one.name} for one in workspace.usergroups.values()],
        "channels": [_channel(one, person) for one in workspace.channels.values() if _listed(one, person)],
        "apps": [_app(one, person) for one in _living(workspace)],
        "place": _place(workspace, person, place),
        "modals": [_view(view) for view in person.client.modals],
        "calls": len(sandbox.traffic),
        "fault": sandbox.fault_toggle.kind,
    }


def people_in(workspace: Tenant) -> Sequence[Account]:
    """The people one can be."""
    return [one for one in workspace.people.values() if not (one.is_bot or one.deleted or one is workspace.slackbot)]


def _living(workspace: Tenant) -> Sequence[Installation]:
    return [one for one in workspace.installations.values() if not one.ended]


def _person(person: Account) -> JSON:
    """One of those that one can be; `dm` and `latest` are their conversation with the app and its newest message."""
    installation = next(iter(_living(person.workspace)), None)
    direct = person.workspace.direct(installation.bot, person) if installation is not None else None
    return {
        "id": person.id,
        "name": person.name,
        "username": person.username,
        "role": _role(person),
        "tz": person.tz,
        "dm": direct.id if direct is not None else "",
        "latest": next(reversed(direct.messages), "") if direct is not None else "",
    }


def _role(person: Account) -> str:
    if person.is_owner:
        return "owner"
    if person.is_admin:
        return "admin"
    return "guest" if person.is_restricted else "member"


def _listed(channel: Channel, person: Account) -> bool:
    if channel.is_direct:
        return person.id in channel.members and bool(channel.messages)
    return person.id in channel.members or not (channel.is_private or person.is_restricted)


def _channel(channel: Channel, person: Account) -> JSON:
    messages = channel.visible_to(person)
    latest = next((one.ts for one in reversed(messages) if one.author is not person), "")
    others = [one for one in channel.members.values() if one is not person]
    return {
        "id": channel.id,
        "name": ", ".join(one.name for one in others) if channel.is_direct else channel.name,
        "kind": channel.kind,
        "member": person.id in channel.members,
        "archived": channel.archived,
        "latest": latest,
    }


def _app(installation: Installation, person: Account) -> JSON:
    app, workspace = installation.app, installation.workspace
    return {
        "id": app.id,
        "name": app.name,
        "bot": installation.bot_user_id,
        "commands": [{"name": name, **app.hints.get(name, {})} for name in app.commands],
        "home": app.home_tab_enabled,
        "dm": workspace.direct(installation.bot, person).id,
    }


def _place(workspace: Tenant, person: Account, place: str) -> JSON | None:
    if place.startswith(HOME):
        app = workspace.sandbox.apps.get(place.removeprefix(HOME))
        if app is None or app.id not in workspace.installations:
            return None
        view = person.client.homes.get(app.id)
        return {"kind": "home", "id": place, "title": app.name, "view": _view(view) if view else None}
    channel = workspace.channels.get(place)
    if channel is None or not (person.id in channel.members or _listed(channel, person)):
        return None
    messages = channel.visible_to(person)[-MOST_MESSAGES:]
    return {
        "kind": channel.kind,
        "id": channel.id,
        "title": _channel(channel, person)["name"],
        "members": [one.id for one in channel.members.values()],
        "writable": person.id in channel.members and not channel.archived,
        "archived": channel.archived,
        "messages": [_message(one, person) for one in messages],
    }


def _message(message: Message, reader: Account) -> JSON:
    author = message.author
    return {
        "ts": message.ts,
        "at": datetime.fromtimestamp(float(message.ts), UTC).isoformat(),
        "author": {"id": author.id, "name": author.name, "bot": author.is_bot or message.installation is not None},
        "text": message.content.text,
        "blocks": message.content.blocks,
        "state": reader.client.state(message),
        "files": [_file(one, reader) for one in message.files],
        "pictures": _pictures(message.installation, message.content.blocks, reader),
        "edited": message.edited_ts is not None,
        "ephemeral": message.only_for is not None,
        "thread": message.thread_ts,
    }


def _view(view: View) -> JSON:
    body = view.body
    return {
        "id": view.id,
        "app": view.app.name,
        "hash": view.hash,
        "title": body.get("title"),
        "submit": body.get("submit"),
        "close": body.get("close"),
        "blocks": view.blocks,
        "state": view.state,
        "errors": view.errors,
        "trouble": view.trouble,
        "pictures": _pictures(view.installation, view.blocks, view.person),
    }


def _file(file: File, reader: Account) -> JSON:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "alt": file.alt_text,
        "kind": kind,
        "size": file.length,
        "url": _address(file, reader),
    }


def _pictures(installation: Installation | None, blocks: list[JSON], reader: Account) -> JSON:
    """The address of each `slack_file` image, by the block's name for it; None where this person can't see it."""
    if installation is None:
        return {}
    found = {}
    for reference in posting.pictures_in(blocks):
        file = posting.find_file(installation, reference)
        name = str(reference.get("id") or reference.get("url"))
        found[name] = _address(file, reader) if file is not None else None
    return found


def _address(file: File, reader: Account) -> str | None:
    """The address at which this person gets the file: everybody but guests sees those from public channels."""
    shared = [file.workspace.channels[one] for one in file.shared_in if one in file.workspace.channels]
    is_public = any(channel.kind == "public" for channel in shared) and not reader.is_restricted
    return f"/files/{file.id}" if is_public or file.visible_to(reader) else None
