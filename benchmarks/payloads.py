"""Taps as Slack sends them: real payloads of the five-question prompt, with places for who taps what and when."""

from datetime import UTC, datetime
from typing import Any

from benchmarks.taps import ROUND, SINK, TIME, USER
from bot.check_ins.views import CheckIn, prompt
from bot.sandbox import Sandbox
from bot.sandbox.people import interactions
from bot.sandbox.wire import posting
from bot.sandbox.wire.signing import encode
from bot.slack.ids import Do
from rubric import Rubric
from storage.kinds import Privacy


async def templates(rubric: Rubric) -> tuple[str, dict[str, str]]:
    """The workspace's id and, for each dimension, the request body of a tap by someone who has chosen all others."""
    sandbox = Sandbox()
    async with sandbox.serve():
        workspace = sandbox.add_workspace(name="City", domain="city", id="T0BENCHMARK")
        app = sandbox.add_app(name="maturity", request_url="http://127.0.0.1:1/")
        installation = app.install(workspace)
        person = workspace.add_person(name="Tapper", tz="America/Chicago")
        drawn = prompt(
            CheckIn(
                team="Permits online", round_id=ROUND, rubric=rubric, privacy=Privacy.CONFIDENTIAL, minimum=4,
                closes_at=datetime(2026, 10, 8, 15, tzinfo=UTC), time_zone="America/Chicago", render=0, answers={},
                changing=False,
            )
        )  # fmt: skip
        content = posting.checked(installation, text=drawn.text, blocks=drawn.payload()["blocks"])
        message = posting.post(person.dm(app), installation.bot, content, installation=installation)
        questions = {str(block["block_id"]): block for block in content.blocks if _element(block)}
        chosen = {block_id: {Do.ANSWER: _chosen(_element(block))} for block_id, block in questions.items()}
        bodies = {}
        for (block_id, block), dimension in zip(questions.items(), rubric.dimensions, strict=True):
            action = _chosen(_element(block)) | {"action_id": Do.ANSWER, "block_id": block_id, "action_ts": TIME}
            payload = interactions.block_actions(message, person, action=action, state=chosen)
            payload["response_url"] = SINK
            bodies[dimension.key] = encode("interactive", payload)[0].replace(person.id, USER)
        return workspace.id, bodies


def _element(block: dict[str, Any]) -> dict[str, Any]:
    found: list[dict[str, Any]] = [block.get("accessory") or {}, *(block.get("elements") or [])]
    return next((each for each in found if each.get("action_id") == Do.ANSWER), {})


def _chosen(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": element["type"], "selected_option": element["options"][1]}
