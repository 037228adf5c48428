"""The addresses of the sandbox: the Web API and everything around it."""

from __future__ import annotations

import json
import mimetypes
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox import page_api
from bot.sandbox.people.transcript import transcript
from bot.sandbox.people.transcript_page import page
from bot.sandbox.state.records import JSON, Content, Refused
from bot.sandbox.wire import api, posting
from bot.sandbox.wire.faults import Fault
from bot.sandbox.wire.oauth import authorize
from bot.sandbox.wire.server import BrokenConnection
from bot.sandbox.wire.triggers import ResponseUrl

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


def application(sandbox: Sandbox) -> Starlette:
    """The ASGI application of one sandbox."""
    application = Starlette(
        routes=[
            Route("/api/{method}", api.answer, methods=["GET", "POST"]),
            Route("/actions/{path:path}", respond, methods=["POST"]),
            Route("/upload/v1/{ticket}", upload, methods=["POST"]),
            Route("/files/{file_id}", show_file),
            Route("/oauth/v2/authorize", authorize),
            Route("/transcript.txt", page_api.guarded(show_transcript)),
            Route("/transcript", page_api.guarded(show_transcript_page)),
            *page_api.ROUTES,
            WebSocketRoute("/link/", link),
        ]
    )
    application.state.sandbox = sandbox
    return application


async def link(websocket: WebSocket) -> None:
    sandbox: Sandbox = websocket.app.state.sandbox
    await sandbox.socket_mode.endpoint(websocket)


async def respond(request: Request) -> Response:
    """A post to a response URL: a new message, or the one acted on replaced or deleted."""
    sandbox: Sandbox = request.app.state.sandbox
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
    """How an address to answer at says no: by a word, by "too many", or by a server that fails."""
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


async def upload(request: Request) -> Response:
    """The bytes of a file, as the body or as a form's file."""
    sandbox: Sandbox = request.app.state.sandbox
    file = sandbox.tickets.pop(request.path_params["ticket"], None)
    if file is None:
        return PlainTextResponse("The upload URL is unknown or was used", status_code=404)
    fault = sandbox.faults.take("upload", file.workspace, {"file": file.id})
    if fault is not None and fault.kind != "lose_reply":
        sandbox.tickets[file.ticket] = file
        if fault.kind == "slow":
            await fault.passes()
        elif fault.kind == "refuse_connection":
            return BrokenConnection(status_code=0)
        else:
            status = 429 if fault.kind == "ratelimited" else 503
            return PlainTextResponse("Not now", status_code=status, headers={"Retry-After": str(fault.retry_after)})
    data = await request.body()
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            data = b"".join([await part.read() for part in form.values() if not isinstance(part, str)])
    if len(data) != file.length:
        sandbox.traffic.add("upload", "upload", body={"bytes": len(data)}, status=400, response="wrong length")
        return PlainTextResponse(f"Expected {file.length} bytes, got {len(data)}", status_code=400)
    file.data = data
    lost = fault is not None and fault.kind == "lose_reply"
    status = 0 if lost else 200
    sandbox.traffic.add("upload", "upload", body={"bytes": len(data)}, status=status, response={"file": file.id})
    if lost:
        return BrokenConnection()
    return PlainTextResponse(f"OK - {len(data)}")


async def show_file(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    wanted = request.path_params["file_id"]
    file = next((one.files[wanted] for one in sandbox.workspaces.values() if wanted in one.files), None)
    if file is None or file.data is None:
        return PlainTextResponse("No such file", status_code=404)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    # What an app uploaded is shown as it is, but never run as part of this page.
    return Response(
        file.data, media_type=kind, headers={"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
    )


async def show_transcript(request: Request) -> Response:
    return PlainTextResponse(transcript(request.app.state.sandbox))


async def show_transcript_page(request: Request) -> Response:
    return HTMLResponse(page(request.app.state.sandbox))
