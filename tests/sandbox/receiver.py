"""The other end of the wire in these tests: an app that notes what Slack sends it, and answers as it is told."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Answering = Callable[[dict[str, Any]], Awaitable[Response] | Response]


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Received:
    headers: dict[str, str]
    raw: bytes
    body: dict[str, Any]


@dataclass
class Receiver:
    """`answers` decides about each request by its parsed body; without it everything is acknowledged with 200."""

    requests: list[Received] = field(default_factory=list)
    answers: Answering | None = None
    url: str = ""

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [one.body for one in self.requests]

    @property
    def taps(self) -> list[dict[str, Any]]:
        return [body for body in self.bodies if body.get("type") == "block_actions"]

    @property
    def events(self) -> list[dict[str, Any]]:
        """The inner events that came, in order."""
        return [body["event"] for body in self.bodies if body.get("type") == "event_callback"]

    def says(self, **content: Any) -> None:
        """From now on answer everything with this JSON."""
        self.answers = lambda _: JSONResponse(content)

    async def receive(self, request: Request) -> Response:
        raw = await request.body()
        if request.headers["content-type"] == "application/json":
            body = json.loads(raw)
        else:
            form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
            body = json.loads(form["payload"]) if "payload" in form else form
        self.requests.append(Received(headers=dict(request.headers), raw=raw, body=body))
        answer = self.answers(body) if self.answers is not None else Response()
        return answer if isinstance(answer, Response) else await answer

    def application(self) -> Starlette:
        return Starlette(routes=[Route("/slack/events", self.receive, methods=["POST"])])


async def refused(call: Awaitable[Any]) -> dict[str, Any]:
    """The body of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call
    body: dict[str, Any] = caught.value.response.data
    return body


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": f"Level {value}"}, "value": value}


def radio(block_id: str, *values: str, action_id: str = "level", **more: Any) -> dict[str, Any]:
    element = {"type": "radio_buttons", "action_id": action_id, "options": [option(value) for value in values], **more}
    return {"type": "actions", "block_id": block_id, "elements": [element]}


def buttons(block_id: str, **labels: str) -> dict[str, Any]:
    """Buttons by action_id and label; their values are their labels."""
    return {
        "type": "actions",
        "block_id": block_id,
        "elements": [
            {"type": "button", "action_id": name, "value": label, "text": {"type": "plain_text", "text": label}}
            for name, label in labels.items()
        ],
    }


def text_input(block_id: str, *, action_id: str = "typed", block: dict[str, Any] | None = None, **more: Any) -> Any:
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": block_id.title()},
        "element": {"type": "plain_text_input", "action_id": action_id, **more},
        **(block or {}),
    }
