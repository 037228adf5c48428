"""Methods that list conversations, their members and their messages."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.state.content import JSON, Refused
from bot.sandbox.state.records import Channel
from bot.sandbox.wire.api.call import Call, Method, opened, sealed
from bot.sandbox.wire.slack_json import channel_json, message_json

_KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
_SCOPES = {"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read", "mpim": "mpim:read"}
_MOST_OTHERS = 8


def open_conversation(call: Call) -> JSON:
    if call.has("channel"):
        channel = call.channel()
        if not channel.is_direct:
            raise Refused("method_not_supported_for_channel_type")
        existed = True
    else:
        before = len(call.workspace.channels)
        channel = _with_users(call)
        existed = len(call.workspace.channels) == before
    described = channel_json(channel, seen_by=call.installation.bot)
    answer: JSON = {"channel": described if call.flag("return_im") else {"id": channel.id}}
    return answer | {"no_op": True, "already_open": True} if existed else answer


def _with_users(call: Call) -> Channel:
    wanted = call.data("users") if call.text("users").startswith("[") else call.text("users").split(",")
    if isinstance(call.arguments.get("users"), list):
        wanted = call.arguments["users"]
    ids = [one.strip() for one in wanted if one.strip()]
    if not ids:
        raise Refused("users_list_not_supplied")
    if len(ids) > _MOST_OTHERS:
        raise Refused("too_many_users")
    call.need("im:write" if len(ids) == 1 else "mpim:write")
    people = [call.workspace.people.get(one) for one in ids]
    others = [person for person in people if person is not None]
    if len(others) < len(people):
        raise Refused("user_not_found")
    if any(person.deleted for person in others):
        raise Refused("user_disabled")
    if any(person.is_bot or person is call.workspace.slackbot for person in others):
        raise Refused("cannot_dm_bot")
    return call.workspace.direct(call.installation.bot, *others)


def info(call: Call) -> JSON:
    channel = call.channel(purpose="read")
    with_count = call.flag("include_num_members")
    return {"channel": channel_json(channel, seen_by=call.installation.bot, with_count=with_count)}


def list_channels(call: Call) -> JSON:
    found = _listed(call, seen_by=call.installation.bot_user_id)
    page, metadata = call.page(found, key=lambda one: one.id, default=100, most=999)
    bot = call.installation.bot
    return {"channels": [channel_json(one, seen_by=bot, with_count=True) for one in page], **metadata}


def list_of_person(call: Call) -> JSON:
    """The conversations of a person, or of the bot, as far as the bot can see them."""
    person_id = call.text("user") or call.installation.bot_user_id
    if person_id not in call.workspace.people:
        raise Refused("user_not_found")
    found = [one for one in _listed(call, seen_by=call.installation.bot_user_id) if person_id in one.members]
    page, metadata = call.page(found, key=lambda one: one.id, default=100, most=999)
    return {"channels": [channel_json(one, seen_by=call.installation.bot) for one in page], **metadata}


def _listed(call: Call, *, seen_by: str) -> list[Channel]:
    types = [one.strip() for one in (call.text("types") or "public_channel").split(",")]
    if any(one not in _KINDS for one in types):
        raise Refused("invalid_types")
    for one in types:
        call.need(_SCOPES[one])
    kinds = {_KINDS[one] for one in types}
    active_only = call.flag("exclude_archived")
    return [
        channel
        for channel in call.workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public" or seen_by in channel.members)
        and not (active_only and channel.archived)
    ]


def members(call: Call) -> JSON:
    channel = call.channel(purpose="read")
    page, metadata = call.page(list(channel.members), key=str, default=100, most=1000)
    return {"members": page, **metadata}


def history(call: Call) -> JSON:
    channel = call.channel(purpose="history")
    if not call.is_member(channel):
        raise Refused("not_in_channel")
    newest_first = channel.between(_stamp(call, "oldest"), _stamp(call, "latest"), inclusive=call.flag("inclusive"))[
        ::-1
    ]
    return _messages(call, channel, newest_first, most=999)


def replies(call: Call) -> JSON:
    channel = call.channel(purpose="history")
    if not call.is_member(channel):
        raise Refused("not_in_channel")
    parent = channel.messages.get(call.text("ts"))
    if parent is None:
        raise Refused("thread_not_found")
    thread = parent.thread_ts or parent.ts
    oldest, latest = _stamp(call, "oldest"), _stamp(call, "latest")
    within = [
        one for one in channel.threads.get(thread, []) if (not oldest or one > oldest) and (not latest or one < latest)
    ]
    return _messages(call, channel, [thread, *within], most=1000)


def _messages(call: Call, channel: Channel, stamps: Sequence[str], *, most: int) -> JSON:
    limit = call.number("limit", default=100, most=most)
    if cursor := call.text("cursor"):
        wanted = opened(cursor)
        if wanted not in stamps:
            raise Refused("invalid_cursor")
        stamps = stamps[stamps.index(wanted) :]
    with_metadata = call.flag("include_all_metadata")
    found = [message_json(channel.messages[ts], with_metadata=with_metadata) for ts in stamps[:limit]]
    more = len(stamps) > limit
    answer: JSON = {"messages": found, "has_more": more, "pin_count": 0}
    if more:
        answer["response_metadata"] = {"next_cursor": sealed(stamps[limit])}
    return answer


def _stamp(call: Call, name: str) -> str:
    """A boundary in the form of a ts, so that it compares as text; "" when it is open."""
    value = call.text(name)
    if value in {"", "0", "now"}:
        return ""
    seconds, _, fraction = value.partition(".")
    if not seconds.isdigit() or not (fraction or "0").isdigit():
        raise Refused(f"invalid_ts_{name}")
    return f"{seconds}.{fraction[:6]:0<6}"


def join(call: Call) -> JSON:
    channel = call.channel()
    if channel.kind != "public":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    already = call.is_member(channel)
    channel.invite(call.installation)
    answer: JSON = {"channel": channel_json(channel, seen_by=call.installation.bot)}
    if already:
        answer |= {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return answer


METHODS = {
    "conversations.open": Method(answer=open_conversation),
    "conversations.info": Method(answer=info, required=("channel",)),
    "conversations.list": Method(answer=list_channels),
    "conversations.members": Method(answer=members, required=("channel",)),
    "conversations.history": Method(answer=history, required=("channel",)),
    "conversations.replies": Method(answer=replies, required=("channel", "ts")),
    "conversations.join": Method(answer=join, scopes=("channels:join",), required=("channel",)),
    "users.conversations": Method(answer=list_of_person),
}
