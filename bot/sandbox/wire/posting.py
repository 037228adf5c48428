"""Post, change and delete messages, for the Web API, response URLs and people alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator
from typing import Any

from bot.sandbox.block_kit import check_message, with_ids
from bot.sandbox.state.content import JSON, Content, Refused
from bot.sandbox.state.records import Account, Channel, File, Happening, Installation, Message
from bot.sandbox.wire.slack_json import message_json

NOTHING_TO_READ = "This content can't be displayed."


def checked(
    installation: Installation, *, text: Any, blocks: Any, attachments: Any = None, metadata: Any = None
) -> Content:
    """The content of an app's message, as Slack stores it. Raises Refused with everything that Slack finds wrong."""
    refusal = check_message(text, blocks, attachments, metadata)
    if refusal is not None:
        raise Refused(refusal.error, *refusal.messages)
    check_pictures(installation, blocks)
    ids = installation.app.sandbox.ids
    return Content(
        text=text or (NOTHING_TO_READ if blocks else ""),
        blocks=with_ids(blocks, new_id=lambda: ids.secret(length=5)) if blocks else [],
        attachments=attachments or [],
        metadata=metadata,
    )


def check_pictures(installation: Installation, blocks: Any) -> None:
    """Raises Refused unless each `slack_file` is the app's own, completely uploaded and processed, and a picture."""
    wrong = []
    for pointer, reference in _slack_files(blocks, "/blocks"):
        file = find_file(installation, reference)
        if file is None or file.owner is not installation or not file.processed or not file.is_picture:
            wrong.append(f"[ERROR] invalid slack file [json-pointer:{pointer}]")
    if wrong:
        raise Refused("invalid_blocks", *wrong)


def pictures_in(blocks: Any) -> list[JSON]:
    """The `slack_file` objects of all image blocks and elements, in order."""
    return [reference for _, reference in _slack_files(blocks, "")]


def find_file(installation: Installation, reference: JSON) -> File | None:
    """The file that a `slack_file` object names by its id or its URL."""
    file_id = reference.get("id") or str(reference.get("url", "")).rpartition("/")[2]
    return installation.workspace.files.get(file_id)


def post(
    channel: Channel,
    author: Account,
    content: Content,
    *,
    installation: Installation | None = None,
    thread_ts: str | None = None,
    files: tuple[File, ...] = (),
    only_for: Account | None = None,
) -> Message:
    """Say something in a conversation; with `only_for` just to that person, in their client."""
    sandbox = channel.workspace.sandbox
    message = Message(
        channel=channel,
        ts=channel.stamps.next(sandbox.now()),
        author=author,
        content=content,
        installation=installation,
        thread_ts=thread_ts,
        files=files,
        only_for=only_for,
    )
    if only_for is None:
        channel.store(message)
        _announce(message, message_json(message))
    else:
        only_for.client.show(message)
    _record(message, "posted")
    return message


def edit(message: Message, content: Content) -> None:
    """Replace what a message says."""
    sandbox = message.channel.workspace.sandbox
    previous = message_json(message) if message.only_for is None else {}
    message.content = content
    message.edited_ts = sandbox.stamps.next(sandbox.now())
    if message.only_for is None:
        change = {"subtype": "message_changed", "message": message_json(message), "previous_message": previous}
        _announce(message, {"type": "message", "hidden": True, **change})
    _record(message, "edited")


def delete(message: Message) -> None:
    message.deleted = True
    if message.only_for is None:
        change = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": message_json(message)}
        message.channel.forget(message)
        _announce(message, {"type": "message", "hidden": True, **change})
    else:
        message.only_for.client.hide(message)
    _record(message, "deleted")


def merged(old: Content, new: Content, *, keep: Collection[str]) -> Content:
    """The new content, with the named fields as they were."""
    return dataclasses.replace(new, **{name: getattr(old, name) for name in keep})


def _announce(message: Message, event: JSON) -> None:
    channel = message.channel
    kind = {"public": "channels", "private": "groups"}.get(channel.kind, channel.kind)
    channel_type = {"public": "channel", "private": "group"}.get(channel.kind, channel.kind)
    channel.workspace.announce(
        event | {"channel": channel.id, "channel_type": channel_type}, channel=channel, subscription=f"message.{kind}"
    )


def _record(message: Message, kind: Any) -> None:
    sandbox = message.channel.workspace.sandbox
    sandbox.history.append(
        Happening(
            at=sandbox.now(),
            kind=kind,
            workspace=message.channel.workspace,
            channel=message.channel,
            person=message.author,
            content=message.content,
            message=message,
        )
    )
    sandbox.changes.notify()


def _slack_files(value: Any, at: str) -> Iterator[tuple[str, JSON]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _slack_files(item, f"{at}/{index}")
    elif isinstance(value, dict):
        if value.get("type") == "image" and isinstance(value.get("slack_file"), dict):
            yield f"{at}/slack_file", value["slack_file"]
        for key, item in value.items():
            if isinstance(item, list | dict):
                yield from _slack_files(item, f"{at}/{key}")
