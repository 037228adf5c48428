"""The endpoint of response URLs, at which apps answer interactions."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.state.content import JSON, Content, Refused
from bot.sandbox.wire import posting
from bot.sandbox.wire.faults import Fault
from bot.sandbox.wire.server import BrokenConnection
from bot.sandbox.wire.service import Service
from bot.sandbox.wire.triggers import ResponseUrl


async def respond(request: Request) -> Response:
    """A post to a response URL: a new message, or the one acted on replaced or deleted."""
    sandbox: Service = request.app.state.sandbox
    try:
        body: Any = json.loads(await request.body())
    except ValueError:
        body = None
    url = sandbox.response_urls.find(request.path_params["path"])
    workspace = url.installation.workspace if url is not None else None
    fault = sandbox.faults.take("response_url", workspace, body if isinstance(body, dict) else {})
    if fault is not None and fault.kind == "slow":
        await fault.passes()
    elif fault is not None and fault.kind == "refuse_connection":
        return BrokenConnection(status_code=0)
    elif fault is not None and fault.kind != "lose_reply":
        return _refused(fault)
    status = 200
    answer: JSON = {"ok": True}
    try:
        if url is None or url.installation.ended:
            raise Refused("invalid_url")  # noqa: TRY301 - one place makes the refusal's body
        url.use(sandbox.now())
        _respond(url, body)
    except Refused as refused:
        status = 404 if refused.error.endswith("_url") else 400
        answer = {"ok": False, "error": refused.error, "response_metadata": {"messages": list(refused.messages)}}
    lost = fault is not None and fault.kind == "lose_reply"
    sandbox.traffic.add("response_url", "response_url", body=body, status=0 if lost else status, response=answer)
    return BrokenConnection() if lost else JSONResponse(answer, status_code=status)


def _refused(fault: Fault) -> Response:
    """The refusal that a fault asks for: an error code, "too many requests", or a failing server."""
    if fault.says_too_many:
        said = {"retry_after": fault.retry_after, "ok": False, "error": "rate_limited"}
        return JSONResponse(said, status_code=429, headers={"Retry-After": str(fault.retry_after)})
    if fault.kind == "refused":
        return JSONResponse({"ok": False, "error": fault.word}, status_code=fault.status)
    return PlainTextResponse("", status_code=503 if fault.kind == "server_error" else 500)


def _respond(url: ResponseUrl, body: Any) -> None:
    """Do what was posted. Raises Refused."""
    if not isinstance(body, dict):
        raise Refused("invalid_payload")
    original = url.message
    if original is not None and (body.get("delete_original") or body.get("replace_original")):
        if original.deleted or (original.only_for is not None and not url.person.client.holds(original)):
            raise Refused("message_not_found")
        if body.get("delete_original"):
            posting.delete(original)
            return
        keep = () if "metadata" in body else ("metadata",)
        posting.edit(original, posting.merged(original.content, _content(url, body), keep=keep))
        return
    content = _content(url, body)
    if url.channel.archived:
        raise Refused("is_archived")
    only_for = None if body.get("response_type") == "in_channel" else url.person
    posting.post(
        url.channel,
        url.installation.bot,
        content,
        installation=url.installation,
        thread_ts=body.get("thread_ts"),
        only_for=only_for,
    )


def _content(url: ResponseUrl, body: JSON) -> Content:
    return posting.checked(
        url.installation,
        text=body.get("text"),
        blocks=body.get("blocks"),
        attachments=body.get("attachments"),
        metadata=body.get("metadata"),
    )
