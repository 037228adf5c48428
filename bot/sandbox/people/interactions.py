"""The payloads in which Slack tells an app about commands, taps and forms."""

from __future__ import annotations

import re

from bot.sandbox.state.content import JSON
from bot.sandbox.state.records import Account, Channel, Installation, Message, View
from bot.sandbox.wire.slack_json import message_json, view_json

_CHANNEL = re.compile(r"(?<![\w#&;])#([\w-]+)")
_NAME = re.compile(r"(?<![\w@])@([\w.-]+)(?: ([\w.-]+))?")


def channel_name(channel: Channel) -> str:
    """The name in payloads, where Slack hides those of private channels and of direct messages."""
    return {"private": "privategroup", "im": "directmessage"}.get(channel.kind, channel.name)


def command(
    installation: Installation, person: Account, channel: Channel, *, name: str, text: str, response_url: str
) -> JSON:
    """The form of a slash command."""
    workspace, app = installation.workspace, installation.app
    return {
        "token": app.verification_token,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.username,
        "command": name,
        "text": escaped(person, text) if app.should_escape else text,
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": app.sandbox.triggers.issue(installation, person),
    }


def escaped(person: Account, text: str) -> str:
    """A command's text with `should_escape`: names that this person can mean become `<#C1|name>` and `<@U1|name>`."""
    workspace = person.workspace
    channels = {
        channel.name: channel
        for channel in workspace.channels.values()
        if not channel.is_direct and (not channel.is_private or person.id in channel.members)
    }
    people = {one.username.lower(): one for one in workspace.people.values()}
    people |= {one.name.lower(): one for one in workspace.people.values()}
    people |= {one.display_name.lower(): one for one in workspace.people.values() if one.display_name}
    groups = {group.handle.lower(): group for group in workspace.usergroups.values()}

    def channel_mention(found: re.Match[str]) -> str:
        channel = channels.get(found[1].lower())
        return f"<#{channel.id}|{channel.name}>" if channel else found[0]

    def name_mention(found: re.Match[str]) -> str:
        whole = f"{found[1]} {found[2]}".lower() if found[2] else ""
        if whole in people:
            return f"<@{people[whole].id}|{people[whole].username}>"
        rest = f" {found[2]}" if found[2] else ""
        first = found[1].lower()
        if first in people:
            return f"<@{people[first].id}|{people[first].username}>{rest}"
        return f"<!subteam^{groups[first].id}|@{groups[first].handle}>{rest}" if first in groups else found[0]

    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _NAME.sub(name_mention, _CHANNEL.sub(channel_mention, safe))


def block_actions(surface: Message | View, person: Account, *, action: JSON, state: JSON) -> JSON:
    """The payload for a tap in a message, a modal or a Home tab."""
    payload = {"type": "block_actions", **_where(surface, person), "actions": [action]}
    if isinstance(surface, Message):
        installation = installation_of(surface)
        payload["response_url"] = installation.app.sandbox.response_urls.issue(
            installation, person, surface.channel, message=surface
        )
        payload["state"] = {"values": {block_id: dict(fields) for block_id, fields in state.items()}}
    return _with_trigger(payload, surface, person)


def block_suggestion(surface: Message | View, person: Account, *, block_id: str, action_id: str, value: str) -> JSON:
    """The payload for what a person typed into an external select."""
    where = _where(surface, person)
    return {"type": "block_suggestion", **where, "action_id": action_id, "block_id": block_id, "value": value}


def view_submission(view: View) -> JSON:
    payload = {"type": "view_submission", **_of_form(view), "view": view_json(view)}
    return _with_trigger(payload | {"response_urls": []}, view, view.person)


def view_closed(view: View, *, is_cleared: bool) -> JSON:
    return {"type": "view_closed", **_of_form(view), "view": view_json(view), "is_cleared": is_cleared}


def installation_of(surface: Message | View) -> Installation:
    """The installation that sent the message or view. ValueError for a person's message: it has nothing to tap."""
    if surface.installation is None:
        raise ValueError("a person wrote this message: there is nothing to tap in it")
    return surface.installation


def _common(installation: Installation, person: Account) -> JSON:
    workspace = installation.workspace
    return {
        "team": {"id": workspace.id, "domain": workspace.domain},
        "user": {"id": person.id, "username": person.username, "name": person.username, "team_id": person.team_id},
        "api_app_id": installation.app.id,
        "token": installation.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _of_form(view: View) -> JSON:
    """As for a tap, except that `team` is the person's own workspace, which may be another one."""
    person = view.person
    theirs = person.workspace.sandbox.workspaces.get(person.team_id)
    domain = theirs.domain if theirs is not None else person.team_id.lower()
    return _common(view.installation, person) | {"team": {"id": person.team_id, "domain": domain}}


def _where(surface: Message | View, person: Account) -> JSON:
    common = _common(installation_of(surface), person)
    if isinstance(surface, View):
        return {**common, "container": {"type": "view", "view_id": surface.id}, "view": view_json(surface)}
    ephemeral = surface.only_for is not None
    container: JSON = {
        "type": "message",
        "message_ts": surface.ts,
        "channel_id": surface.channel.id,
        "is_ephemeral": ephemeral,
    }
    if surface.thread_ts is not None:
        container["thread_ts"] = surface.thread_ts
    where: JSON = {
        **common,
        "container": container,
        "channel": {"id": surface.channel.id, "name": channel_name(surface.channel)},
    }
    if not ephemeral:
        where["message"] = message_json(surface)
    return where


def _with_trigger(payload: JSON, surface: Message | View, person: Account) -> JSON:
    installation = installation_of(surface)
    view = surface if isinstance(surface, View) and surface.body["type"] == "modal" else None
    return payload | {"trigger_id": installation.app.sandbox.triggers.issue(installation, person, view=view)}
