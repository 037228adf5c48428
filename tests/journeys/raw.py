"""Requests as Slack sends them, right and wrong: signed, unsigned, stale, and with anything inside."""

import json
import time
from dataclasses import dataclass
from typing import Any

import httpx

from bot.sandbox import Person, SeenMessage
from bot.sandbox.people import interactions
from bot.sandbox.state.content import JSON
from bot.sandbox.wire import posting
from bot.sandbox.wire.answers import Answer
from bot.sandbox.wire.signing import sign
from bot.slack.ids import Do
from tests.journeys.city import PATIENCE, City, question_block

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    status: int
    text: str


async def post(
    town: City,
    body: bytes,
    *,
    content_type: str = FORM,
    secret: str | None = None,
    at: float | None = None,
    signature: str | None = None,
    timestamp: str | None = None,
) -> Reply:
    """Send a body to the bot's address, signed as Slack signs it unless something else is given, of any characters."""
    assert town.app.request_url is not None
    timestamp = timestamp or str(int(time.time() if at is None else at))
    text = body.decode("utf-8", "surrogateescape")
    try:
        made = sign(secret or town.app.signing_secret, timestamp, text)
    except UnicodeEncodeError:  # no signature of Slack's covers what isn't UTF-8
        made = "v0=" + "0" * 64
    headers = {
        b"Content-Type": content_type.encode(),
        b"X-Slack-Request-Timestamp": timestamp.encode(),
        b"X-Slack-Signature": (made if signature is None else signature).encode(),
    }
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        answer = await client.post(town.app.request_url, content=body, headers=headers)
    return Reply(answer.status_code, answer.text)


def tapped(
    on: SeenMessage,
    person: Person,
    *,
    dimension: str = "A",
    value: object = "2",
    action_ts: str | None = None,
    block_id: str | None = None,
    action_id: str = Do.ANSWER,
) -> JSON:
    """The payload of a tap on one question, whatever is wrong with it."""
    sandbox = person.workspace.sandbox
    action: JSON = {
        "type": "radio_buttons",
        "action_id": action_id,
        "block_id": question_block(on, dimension) if block_id is None else block_id,
        "selected_option": {"text": {"type": "plain_text", "text": "chosen"}, "value": value},
        "action_ts": action_ts or sandbox.stamps.next(sandbox.now()),
    }
    return interactions.block_actions(on.original, person, action=action, state={})


async def send(town: City, payload: JSON) -> Answer:
    """Deliver an interaction over whatever transport the bot has."""
    return await town.sandbox.courier.deliver(town.app, "interactive", payload)


def copied(town: City, prompt: SeenMessage, *, to: Person) -> SeenMessage:
    """The same message in somebody else's conversation with the bot: how a stranger comes by our block ids."""
    posting.post(to.dm(town.app), town.installation.bot, prompt.original.content, installation=town.installation)
    found = town.newest(to, "Choose the level where you stop")
    assert found is not None
    return found


async def one_sentence(town: City, person: Person, payload: JSON) -> str:
    """Deliver an interaction that is refused: answered with 200 and one ephemeral message, whose text this is."""
    before = [each for each in person.sees(person.dm(town.app)) if each.ephemeral]
    answer = await send(town, payload)
    assert (answer.status, answer.body) == (200, ""), answer
    await town.bot.in_flight.landed()
    after = [each for each in person.sees(person.dm(town.app)) if each.ephemeral]
    assert len(after) == len(before) + 1, (
        f"exactly one answer, not {[each.text for each in after]}: {payload['actions']}"
    )
    return after[-1].text


def form(payload: Any) -> bytes:
    """A payload as interactivity comes: JSON within a form."""
    return str(httpx.QueryParams({"payload": json.dumps(payload)})).encode()
