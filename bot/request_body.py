"""The body of a verified request, with the form that carries a tap read in C."""

import json
import re
from binascii import a2b_qp
from typing import Any

from slack_bolt.request.internals import parse_body

PAYLOAD = b"payload="
UNUSUAL = re.compile(rb"[&;\r\n\0]|%(?![0-9A-Fa-f]{2})")
"""What Slack's own forms of one payload never hold: other readers may take it differently, so it goes to Bolt's."""


def read_body(body: bytes, *, content_type: str | None) -> Any:
    """What Bolt's `parse_body` makes of a body, a tenth of the time for one that holds a payload and nothing else.

    slack_bolt/request/internals.py reads a form with urllib.parse, which takes each escaped byte apart in Python. The
    same bytes are quoted-printable text once `%` stands for its `=`, and the standard library reads that in C.
    Raises ValueError or RecursionError for what is no JSON.
    """
    if not body.startswith(PAYLOAD) or content_type == "application/json" or UNUSUAL.search(body):
        return parse_body(body.decode(), content_type)
    quoted = body[len(PAYLOAD) :].replace(b"=", b"=3D").replace(b"%", b"=").replace(b"+", b" ")
    return json.loads(a2b_qp(quoted).decode(errors="replace"))
