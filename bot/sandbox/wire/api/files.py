"""Methods that begin and complete the upload of files."""

from __future__ import annotations

import time

from bot.sandbox.state.content import JSON, Content, Refused
from bot.sandbox.state.records import Channel, File
from bot.sandbox.wire import posting
from bot.sandbox.wire.api.call import Call, Method
from bot.sandbox.wire.slack_json import file_json

LONGEST_ALT_TEXT = 1000


def get_upload_url(call: Call) -> JSON:
    length = call.number("length", default=0, most=2**31, error="invalid_arguments")
    if length == 0:
        raise Refused("missing_argument")
    if call.workspace.refuses_files is not None:
        raise Refused(call.workspace.refuses_files)
    if len(call.text("alt_txt")) > LONGEST_ALT_TEXT:
        raise Refused("alt_txt_too_large")
    file = File(
        id=call.sandbox.ids.new("F"),
        workspace=call.workspace,
        owner=call.installation,
        name=call.text("filename"),
        length=length,
        alt_text=call.text("alt_txt"),
        ticket=call.sandbox.ids.secret(length=40),
        created=call.sandbox.now(),
    )
    call.workspace.files[file.id] = file
    call.sandbox.tickets[file.ticket] = file
    return {"upload_url": f"{call.sandbox.url}/upload/v1/{file.ticket}", "file_id": file.id}


def complete_upload(call: Call) -> JSON:
    wanted = call.data("files")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, dict) for one in wanted):
        raise Refused("invalid_arguments", "[ERROR] must provide an array of objects [json-pointer:/files]")
    files = [_uploaded(call, one) for one in wanted]
    channels = [_share_target(call, channel_id) for channel_id in _channel_ids(call)]
    for file, one in zip(files, wanted, strict=True):
        file.title = str(one.get("title") or file.name)
        file.completed = True
        file.processed_at = time.monotonic() + call.sandbox.file_processing
    for channel in channels:
        message = posting.post(
            channel,
            call.installation.bot,
            Content(text=call.text("initial_comment")),
            installation=call.installation,
            thread_ts=call.text("thread_ts") or None,
            files=tuple(files),
        )
        for file in files:
            file.shared_in[channel.id] = message.ts
    return {"files": [file_json(file) for file in files]}


def info(call: Call) -> JSON:
    file = call.workspace.files.get(call.text("file"))
    if file is None or not file.completed:
        raise Refused("file_not_found")
    if file.owner is not call.installation and not file.visible_to(call.installation.bot):
        raise Refused("file_not_found")
    return {"file": file_json(file), "comments": [], "response_metadata": {"next_cursor": ""}}


def _uploaded(call: Call, wanted: JSON) -> File:
    file = call.workspace.files.get(str(wanted.get("id")))
    if file is None or file.data is None or file.owner is not call.installation:
        raise Refused("file_not_found")
    return file


def _channel_ids(call: Call) -> list[str]:
    several = [one for one in call.text("channels").split(",") if one]
    return [call.text("channel_id"), *several] if call.has("channel_id") else several


def _share_target(call: Call, channel_id: str) -> Channel:
    channel = call.workspace.channels.get(channel_id)
    if channel is None or (channel.is_private and not call.is_member(channel)):
        raise Refused("channel_not_found")
    if not call.is_member(channel):
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("posting_to_channel_denied")
    return channel


METHODS = {
    "files.getUploadURLExternal": Method(
        answer=get_upload_url, scopes=("files:write",), required=("filename", "length")
    ),
    "files.completeUploadExternal": Method(answer=complete_upload, scopes=("files:write",), required=("files",)),
    "files.info": Method(answer=info, scopes=("files:read",), required=("file",)),
}
