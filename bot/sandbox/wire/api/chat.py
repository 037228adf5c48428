"""Methods that post, change and delete messages."""

from __future__ import annotations

from bot.sandbox.state.content import JSON, Content, Refused
from bot.sandbox.state.records import Channel, Message
from bot.sandbox.wire import posting
from bot.sandbox.wire.api.call import Call, Method
from bot.sandbox.wire.slack_json import message_json


def post_message(call: Call) -> JSON:
    channel = _target(call)
    content = _content(call)
    message = posting.post(
        channel,
        call.installation.bot,
        content,
        installation=call.installation,
        thread_ts=_thread(call, channel),
    )
    return {"channel": channel.id, "ts": message.ts, "message": message_json(message, with_metadata=True)}


def post_ephemeral(call: Call) -> JSON:
    channel = call.channel()
    _writable(call, channel)
    person = call.workspace.people.get(call.text("user"))
    if person is None or person.deleted or person.id not in channel.members:
        raise Refused("user_not_in_channel")
    content = _content(call)
    message = posting.post(
        channel,
        call.installation.bot,
        content,
        installation=call.installation,
        thread_ts=_thread(call, channel),
        only_for=person,
    )
    return {"message_ts": message.ts}


LONGEST_CHANGE = 4000
"""Characters of text in a change; a new message may have more."""


def update(call: Call) -> JSON:
    message = _own(call, "ts", error="cant_update_message")
    if message.channel.archived:
        raise Refused("is_inactive")
    if len(call.text("text")) > LONGEST_CHANGE:
        raise Refused("msg_too_long")
    old = message.content
    removes_metadata = call.data("metadata") == {}
    content = posting.checked(
        call.installation,
        text=call.arguments.get("text", old.text or None),
        blocks=call.data("blocks"),
        attachments=call.data("attachments"),
        metadata=None if removes_metadata else call.data("metadata"),
    )
    # What a call leaves out stays as it was; an empty list or object takes it away.
    kept = [name for name in ("blocks", "attachments", "metadata") if not call.has(name)]
    posting.edit(message, posting.merged(old, content, keep=kept))
    described = message_json(message, with_metadata=True)
    return {"channel": message.channel.id, "ts": message.ts, "text": described["text"], "message": described}


def delete(call: Call) -> JSON:
    message = _own(call, "ts", error="cant_delete_message")
    posting.delete(message)
    return {"channel": message.channel.id, "ts": message.ts}


def get_permalink(call: Call) -> JSON:
    message = _find(call, "message_ts")
    link = f"https://{call.workspace.domain}.slack.com/archives/{message.channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts is not None:
        link += f"?thread_ts={message.thread_ts}&cid={message.channel.id}"
    return {"channel": message.channel.id, "permalink": link}


def _content(call: Call) -> Content:
    return posting.checked(
        call.installation,
        text=call.arguments.get("text"),
        blocks=call.data("blocks"),
        attachments=call.data("attachments"),
        metadata=call.data("metadata"),
    )


def _target(call: Call) -> Channel:
    """The conversation to post to; for a person's id, the app's direct message with them."""
    wanted = call.text("channel")
    person = call.workspace.people.get(wanted)
    if person is None:
        channel = call.channel()
    elif person.is_bot or person is call.workspace.slackbot:
        raise Refused("cannot_dm_bot")
    else:
        channel = call.workspace.direct(call.installation.bot, person)
    _writable(call, channel)
    return channel


def _writable(call: Call, channel: Channel) -> None:
    if channel.archived:
        raise Refused("is_archived")
    if channel.kind == "im" and not call.app.messages_tab_enabled:
        raise Refused("messages_tab_disabled")
    if not call.is_member(channel) and not call.installation.may("chat:write.public"):
        raise Refused("not_in_channel")


def _thread(call: Call, channel: Channel) -> str | None:
    thread_ts = call.text("thread_ts")
    if thread_ts and thread_ts not in channel.messages:
        raise Refused("thread_not_found")
    return thread_ts or None


def _find(call: Call, name: str) -> Message:
    message = call.channel().messages.get(call.text(name))
    if message is None:
        raise Refused("message_not_found")
    return message


def _own(call: Call, name: str, *, error: str) -> Message:
    message = _find(call, name)
    if message.installation is not call.installation:
        raise Refused(error)
    return message


_WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(answer=post_message, scopes=_WRITE, required=("channel",)),
    "chat.postEphemeral": Method(answer=post_ephemeral, scopes=_WRITE, required=("channel", "user")),
    "chat.update": Method(answer=update, scopes=_WRITE, required=("channel", "ts")),
    "chat.delete": Method(answer=delete, scopes=_WRITE, required=("channel", "ts")),
    "chat.getPermalink": Method(answer=get_permalink, required=("channel", "message_ts")),
}
