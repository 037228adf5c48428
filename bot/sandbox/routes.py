"""The addresses of the sandbox: the Web API and everything around it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.sandbox import page_api
from bot.sandbox.page_api.controls import Stage
from bot.sandbox.people.transcript import transcript
from bot.sandbox.people.transcript_page import page
from bot.sandbox.wire import api
from bot.sandbox.wire.file_transfer import show_file, upload
from bot.sandbox.wire.oauth import authorize
from bot.sandbox.wire.response_url import respond
from bot.sandbox.wire.service import Service


def application(sandbox: Service, *, stage: Callable[[], Stage | None]) -> Starlette:
    """The ASGI application of one sandbox; `stage` is asked again for each request of the page."""
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
    application.state.stage = stage
    return application


async def link(websocket: WebSocket) -> None:
    sandbox: Service = websocket.app.state.sandbox
    await sandbox.socket_mode.endpoint(websocket)


async def show_transcript(request: Request) -> Response:
    return PlainTextResponse(transcript(request.app.state.sandbox))


async def show_transcript_page(request: Request) -> Response:
    return HTMLResponse(page(request.app.state.sandbox))
