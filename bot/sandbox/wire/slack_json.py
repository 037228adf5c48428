"""Slack's JSON objects for people, channels, messages, files, user groups and views."""

from __future__ import annotations

import mimetypes
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.sandbox.state.content import JSON
from bot.sandbox.state.records import Account, Channel, File, Installation, Message, Usergroup, View


def person_json(person: Account, *, now: datetime) -> JSON:
    """A `user` object. Of a deactivated person Slack tells neither zone nor roles."""
    described: JSON = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.username,
        "deleted": person.deleted,
        "color": "9f69e7",
        "real_name": person.name,
        "profile": {
            "real_name": person.name,
            "real_name_normalized": person.name,
            "display_name": person.display_name,
            "display_name_normalized": person.display_name,
            "status_text": "",
            "status_emoji": "",
            "team": person.team_id,
        },
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": int(now.timestamp()),
    }
    if person.is_external:
        described["is_stranger"] = False  # true only of those who share no channel with the app
    if person.enterprise_user is not None:
        described["enterprise_user"] = person.enterprise_user
    installation = person.workspace.installation_of(person) if person.is_bot else None
    if installation is not None:
        described["profile"] |= {"bot_id": installation.bot_id, "api_app_id": installation.app.id}
    if person.deleted:
        return described
    if person.tz is not None:
        zone: tzinfo = ZoneInfo(person.tz)
        local = now.astimezone(zone)
        offset = local.utcoffset()
        described |= {
            "tz": person.tz,
            "tz_label": local.tzname() or person.tz,
            "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        }
    return described | {
        "is_admin": person.is_admin or person.is_owner,
        "is_owner": person.is_owner,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_email_confirmed": True,
    }


def channel_json(channel: Channel, *, seen_by: Account, with_count: bool = False) -> JSON:
    """A `channel` object as the API gives it to that bot."""
    created = int(channel.created.timestamp())
    described: JSON
    if channel.kind == "im":
        other = next((one for one in channel.members.values() if one is not seen_by), seen_by)
        described = {
            "id": channel.id,
            "created": created,
            "is_im": True,
            "is_org_shared": False,
            "user": other.id,
            "is_user_deleted": other.deleted,
            "is_archived": False,
            "is_open": True,
            "priority": 0,
        }
    else:
        described = {
            "id": channel.id,
            "name": channel.name,
            "is_channel": channel.kind == "public",
            "is_group": channel.kind != "public",
            "is_im": False,
            "is_mpim": channel.kind == "mpim",
            "is_private": channel.is_private,
            "created": created,
            "is_archived": channel.archived,
            "is_general": False,
            "unlinked": 0,
            "name_normalized": channel.name,
            "is_shared": channel.is_ext_shared,
            "is_ext_shared": channel.is_ext_shared,
            "is_org_shared": False,
            "pending_shared": [],
            "is_pending_ext_shared": False,
            "context_team_id": channel.workspace.id,
            "creator": channel.creator.id if channel.creator else "",
            "is_member": seen_by.id in channel.members,
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "previous_names": list(channel.previous_names),
        }
    if with_count:
        described["num_members"] = len(channel.members)
    return described


def message_json(message: Message, *, with_metadata: bool = False) -> JSON:
    """A `message` object. Metadata are for apps that ask: others learn nothing of it."""
    workspace = message.channel.workspace
    content = message.content
    described: JSON = {
        "type": "message",
        "user": message.author.id,
        "ts": message.ts,
        "text": content.text,
        "team": workspace.id,
    }
    if message.installation is not None:
        described |= {
            "bot_id": message.installation.bot_id,
            "app_id": message.installation.app.id,
            "bot_profile": bot_json(message.installation),
        }
    if content.blocks:
        described["blocks"] = content.blocks
    if content.attachments:
        described["attachments"] = content.attachments
    if message.files:
        described["files"] = [file_json(file) for file in message.files]
    if message.edited_ts is not None:
        described["edited"] = {"user": message.author.id, "ts": message.edited_ts}
    if with_metadata and content.metadata is not None:
        described["metadata"] = content.metadata
    if message.thread_ts is not None:
        described["thread_ts"] = message.thread_ts
        parent = message.channel.messages.get(message.thread_ts)
        if parent is not None:
            described["parent_user_id"] = parent.author.id
    replies = message.channel.threads.get(message.ts)
    if replies:
        described |= {"thread_ts": message.ts, "reply_count": len(replies), "latest_reply": replies[-1]}
    return described


def bot_json(installation: Installation) -> JSON:
    return {
        "id": installation.bot_id,
        "deleted": installation.ended is not None,
        "name": installation.app.name,
        "updated": 0,
        "app_id": installation.app.id,
        "user_id": installation.bot_user_id,
        "team_id": installation.workspace.id,
        "icons": {},
    }


def file_json(file: File) -> JSON:
    """A `file` object; its mimetype stays empty until it has been processed."""
    mimetype = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    url = f"{file.workspace.sandbox.url}/files/{file.id}"
    shared = [file.workspace.channels[channel] for channel in file.shared_in if channel in file.workspace.channels]
    return {
        "id": file.id,
        "created": int(file.created.timestamp()),
        "timestamp": int(file.created.timestamp()),
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": mimetype if file.processed else "",
        "filetype": file.name.rpartition(".")[2].lower() if file.processed else "",
        "user": file.owner.bot_user_id,
        "user_team": file.workspace.id,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": any(channel.kind == "public" for channel in shared),
        "url_private": url,
        "url_private_download": url,
        "permalink": url,
        "alt_txt": file.alt_text,
        "channels": [channel.id for channel in shared if channel.kind == "public"],
        "groups": [channel.id for channel in shared if channel.kind in {"private", "mpim"}],
        "ims": [channel.id for channel in shared if channel.kind == "im"],
    }


def usergroup_json(group: Usergroup, *, workspace_id: str, with_users: bool) -> JSON:
    created = int(group.created.timestamp())
    described: JSON = {
        "id": group.id,
        "team_id": workspace_id,
        "is_usergroup": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_create": created,
        "date_update": created,
        "date_delete": created if group.disabled else 0,
        "auto_type": None,
        "prefs": {"channels": [], "groups": []},
        "user_count": len(group.people),
    }
    if with_users:
        described["users"] = [person.id for person in group.people]
    return described


def view_json(view: View) -> JSON:
    """A `view` object: what the app gave, with Slack's ids and what the person has put in so far."""
    body = view.body
    return {
        "id": view.id,
        "team_id": view.installation.workspace.id,
        "type": body["type"],
        "blocks": view.blocks,
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": {block_id: dict(fields) for block_id, fields in view.state.items()}},
        "hash": view.hash,
        "title": body.get("title"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": view.app.id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": view.installation.workspace.id,
        "bot_id": view.installation.bot_id,
    }
