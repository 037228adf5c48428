"""The endpoints of the page: they stream the workspace as it changes and take what its people do.

It acts as anybody, so it answers none but itself: a page from elsewhere in the same browser has another Origin, and a
name that was made to lead here another Host.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import wraps
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.page_api.controls import NotNow, Stage
from bot.sandbox.page_api.person_actions import Unreadable, act
from bot.sandbox.page_api.snapshot import snapshot
from bot.sandbox.people.transcript_page import page
from bot.sandbox.state.content import JSON
from bot.sandbox.wire.service import Service

BUILT = Path(__file__).parents[1] / "built"
"""`make page` builds it from the sources in `page/`."""
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
SECONDS_BETWEEN_UPDATES = 0.04
"""At least so long between two updates, so that the page draws once what happens at once."""
SECONDS_UNTIL_NEXT_LOOK = 1.0
"""After so long the stage is asked again, even when nothing has changed in the workspace."""
MOST_CALLS = 300
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
Endpoint = Callable[[Request], Awaitable[Response]]


def guarded(endpoint: Endpoint) -> Endpoint:
    """The endpoint for requests by the page itself, on this machine; 403 for all others."""

    @wraps(endpoint)
    async def guard(request: Request) -> Response:
        host = request.headers.get("host", "")
        origin = request.headers.get("origin")
        named = urlsplit(f"//{host}").hostname or ""
        foreign = origin is not None and origin != f"http://{host}"
        unproved = request.method != "GET" and origin is None
        if named not in LOCAL_HOSTS or foreign or unproved:
            return PlainTextResponse("This Slack answers only its own page, at its own address.", status_code=403)
        return await endpoint(request)

    return guard


@guarded
async def show(request: Request) -> Response:
    """The page; where it wasn't built, the record of what happened."""
    index = BUILT / "index.html"
    if await asyncio.to_thread(index.is_file):
        return FileResponse(index, headers=HEADERS)
    return HTMLResponse(page(_sandbox(request), note="The page to try things out on isn't built: make page."))


@guarded
async def updates(request: Request) -> Response:
    """Server-sent events: the workspace as one person sees it at one place, now and after each change."""
    person_id, place = request.query_params.get("person", ""), request.query_params.get("place", "")
    pictures = _pictures(_sandbox(request), request.app.state.stage, person_id=person_id, place=place)
    return StreamingResponse(pictures, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _pictures(
    sandbox: Service, stage: Callable[[], Stage | None], *, person_id: str, place: str
) -> AsyncIterator[str]:
    last = ""
    while sandbox.is_served:
        change = sandbox.changes.upcoming()
        around = stage()
        described = {"busy": around.busy, **await around.describe()} if around is not None else None
        shown = snapshot(sandbox, person_id=person_id, place=place)
        drawn = json.dumps({"stage": described, **shown, "now": ""})
        if drawn != last:
            last = drawn
            yield f"data: {json.dumps({'stage': described, **shown})}\n\n"
        await asyncio.wait({change}, timeout=SECONDS_UNTIL_NEXT_LOOK)
        await asyncio.sleep(SECONDS_BETWEEN_UPDATES)


@guarded
async def do(request: Request) -> Response:
    """Something that a person does at their client."""
    sandbox = _sandbox(request)
    stage = _stage(request)
    if stage is not None and stage.busy:
        return _refusal(stage.busy)
    try:
        return JSONResponse(await act(sandbox, await _body(request)))
    except Unreadable as error:
        return _refusal(str(error), status=400)
    except (LookupError, ValueError) as error:
        return _refusal(str(error.args[0] if error.args else error))


@guarded
async def switch(request: Request) -> Response:
    """Turn a fault on, or with null off."""
    sandbox = _sandbox(request)
    try:
        sandbox.fault_toggle.turn((await _body(request)).get("kind"))
    except (Unreadable, ValueError) as error:
        return _refusal(str(error), status=400)
    sandbox.changes.notify()
    return JSONResponse({})


@guarded
async def direct(request: Request) -> Response:
    """Something that only the stage can do: move the clock, begin another story."""
    stage = _stage(request)
    if stage is None:
        return _refusal("There is nothing around this Slack: neither clock nor stories.", status=404)
    try:
        given = await _body(request)
        await stage.do(str(given.get("do")), given)
    except Unreadable as error:
        return _refusal(str(error), status=400)
    except NotNow as no:
        return _refusal(str(no))
    _sandbox(request).changes.notify()
    return JSONResponse({})


@guarded
async def calls(request: Request) -> Response:
    """The traffic from record `from` on, the newest last, without secrets."""
    records = _sandbox(request).traffic.records
    given = request.query_params.get("from", "0")
    start = max(int(given) if given.isdecimal() else 0, len(records) - MOST_CALLS)
    return JSONResponse({"start": start, "calls": records[start:]})


def _sandbox(request: Request) -> Service:
    sandbox: Service = request.app.state.sandbox
    return sandbox


def _stage(request: Request) -> Stage | None:
    """The stage, which may be set while the sandbox is already served."""
    ask: Callable[[], Stage | None] = request.app.state.stage
    return ask()


async def _body(request: Request) -> JSON:
    try:
        parsed = json.loads(await request.body())
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise Unreadable("The body isn't a JSON object.")
    return parsed


def _refusal(sentence: str, *, status: int = 409) -> Response:
    return JSONResponse({"error": sentence}, status_code=status)


ROUTES = (
    Route("/", show),
    Route("/page/updates", updates),
    Route("/page/do", do, methods=["POST"]),
    Route("/page/switch", switch, methods=["POST"]),
    Route("/page/stage", direct, methods=["POST"]),
    Route("/page/calls", calls),
    Mount("/assets", StaticFiles(directory=BUILT / "assets", check_dir=False)),
)
