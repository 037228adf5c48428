"""Encode a request to an app, and sign it as Slack does."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

from bot.sandbox.state.content import JSON
from bot.sandbox.wire.answers import Kind


def sign(signing_secret: str, timestamp: str, body: str) -> str:
    """Slack's signature of a request: HMAC-SHA256 over version, time and raw body."""
    return "v0=" + hmac.new(signing_secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()


def encode(kind: Kind, payload: JSON) -> tuple[str, str]:
    """Body and content type: events are JSON, commands a form, interactivity JSON in a form's `payload`."""
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    form: Any = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form), "application/x-www-form-urlencoded"
