"""Endpoints for the bytes of files: apps upload them, people look at them."""

from __future__ import annotations

import mimetypes

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.sandbox.wire.server import BrokenConnection
from bot.sandbox.wire.service import Service


async def upload(request: Request) -> Response:
    """The bytes of a file, as the body or as a form's file."""
    sandbox: Service = request.app.state.sandbox
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
    sandbox: Service = request.app.state.sandbox
    wanted = request.path_params["file_id"]
    file = next((one.files[wanted] for one in sandbox.workspaces.values() if wanted in one.files), None)
    if file is None or file.data is None:
        return PlainTextResponse("No such file", status_code=404)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    # What an app uploaded is shown as it is, but never run as part of this page.
    return Response(
        file.data, media_type=kind, headers={"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
    )
