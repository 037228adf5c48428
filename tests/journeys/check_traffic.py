"""Check all that the journeys said to Slack: `python -m tests.journeys.check_traffic [FILE ...]`.

slack_sdk's models look at every message, view and option, its client's signatures at every call, and, where npm is,
Slack's own TypeScript types at every block and view. Exit code 1, with a line a fault, if anything isn't as Slack
takes it.
"""

import inspect
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block, Option
from slack_sdk.models.metadata import Metadata
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

DIRECTORY = Path(os.environ.get("MATURITY_TRAFFIC") or "var/traffic")
TYPES = Path(__file__).with_name("types")
MESSAGES = frozenset({"chat.postMessage", "chat.update", "chat.postEphemeral"})
VIEWS = frozenset({"views.open", "views.push", "views.update", "views.publish"})
SURFACES = {"modal": "ModalView", "home": "HomeView"}
IN_EVERY_CALL = frozenset({"token"})
JSON = dict[str, Any]


@dataclass
class Said:
    """Everything that was said to Slack, each thing once; the keys say where."""

    messages: dict[str, JSON] = field(default_factory=dict)
    views: dict[str, JSON] = field(default_factory=dict)
    options: dict[str, JSON] = field(default_factory=dict)
    calls: dict[str, tuple[str, JSON]] = field(default_factory=dict)


def read(records: Iterable[JSON]) -> Said:
    """Sort out what the bot said from what it heard."""
    said, known = Said(), set[str]()
    for record in records:
        name = record["method"] if record["direction"] == "api" else f"{record['direction']} {record['method']}"
        for kind, value in _said_in(record):
            text = json.dumps([kind, value], sort_keys=True)
            if text not in known:
                known.add(text)
                getattr(said, kind)[f"{name} #{len(known)}"] = value
    return said


def _said_in(record: JSON) -> Iterator[tuple[str, Any]]:
    """(field of Said, value) for each thing that the bot said in this exchange."""
    if record["direction"] == "api":
        method, arguments = record["method"], {name: _parsed(value) for name, value in record["body"].items()}
        yield "calls", (method, arguments)
        if method in MESSAGES:
            yield "messages", arguments
        if method in VIEWS:
            yield "views", arguments["view"]
        return
    answer = record["body"] if record["direction"] == "response_url" else record["response"]
    if record["direction"] not in {"response_url", "http", "socket"} or not isinstance(answer, dict):
        return
    if "view" in answer:
        yield "views", answer["view"]
    for option in answer.get("options", ()):
        yield "options", option
    if "text" in answer or "blocks" in answer:
        yield "messages", answer


def _parsed(value: Any) -> Any:
    """An argument as it was meant: objects and lists travel as JSON in a form."""
    return json.loads(value) if isinstance(value, str) and value[:1] in {"{", "["} else value


def faults(said: Said) -> Iterator[str]:
    """What slack_sdk finds wrong."""
    for where, message in said.messages.items():
        if not message.get("text"):
            yield f"{where}: no text for notifications and screen readers"
        yield from (f"{where}: {fault}" for fault in _in_blocks(message.get("blocks") or ()))
        if message.get("metadata"):
            yield from (f"{where}: metadata {fault}" for fault in _in_model(Metadata(**message["metadata"])))
    for where, view in said.views.items():
        yield from (f"{where}: {fault}" for fault in _in_blocks(view["blocks"]))
        yield from (f"{where}: {fault}" for fault in _in_model(View(**view)))
    for where, option in said.options.items():
        yield from (f"{where}: {fault}" for fault in _in_model(Option(**option)))
    for where, (method, arguments) in said.calls.items():
        yield from (f"{where}: {fault}" for fault in _in_call(method, arguments))


def _in_blocks(blocks: Sequence[JSON]) -> Iterator[str]:
    for place, block in enumerate(blocks):
        yield from (f"block {place}: {fault}" for fault in _in_block(block))


def _in_block(block: JSON) -> Iterator[str]:
    parsed = Block.parse(block)
    if parsed is None:
        yield f"slack_sdk knows no {block.get('type')!r}"
        return
    wrong = list(_in_model(parsed))
    yield from wrong
    if not wrong and (lost := block.keys() - parsed.to_dict().keys()):
        yield f"a {block['type']} has no {', '.join(sorted(lost))}"


def _in_model(model: Any) -> Iterator[str]:
    try:
        model.validate_json()
    except SlackObjectFormationError as error:
        yield str(error)


def _in_call(method: str, arguments: JSON) -> Iterator[str]:
    """Whether the client has such a method, which takes these arguments and needs no others."""
    function = getattr(AsyncWebClient, method.replace(".", "_"), None)
    if function is None:
        yield "slack_sdk has no such method"
        return
    known = inspect.signature(function).parameters
    needed = {name for name, parameter in known.items() if _is_needed(parameter)} - {"self", "app_token"}
    unknown = arguments.keys() - known.keys() - IN_EVERY_CALL
    if missing := needed - arguments.keys():
        yield f"lacks {', '.join(sorted(missing))}"
    if unknown:
        yield f"has what the method doesn't take: {', '.join(sorted(unknown))}"


def _is_needed(parameter: inspect.Parameter) -> bool:
    return parameter.default is inspect.Parameter.empty and parameter.kind is not inspect.Parameter.VAR_KEYWORD


def type_faults(said: Said) -> list[str]:
    """What Slack's own types find wrong; a sentence to standard error where there is no npm to bring them."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        sentence = "there is no Node with npm here, so Slack's own types were not asked"
        if os.environ.get("CI") == "true":
            return [sentence]
        sys.stderr.write(f"{sentence}.\n")
        return []
    if not (TYPES / "node_modules").is_dir():
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--silent"], cwd=TYPES, check=True)
    with tempfile.TemporaryDirectory() as directory:
        values = Path(directory) / "values.json"
        values.write_text(json.dumps(list(_typed(said))), encoding="utf-8")
        compiled = subprocess.run(
            [node, str(TYPES / "check.mjs"), str(values)], check=False, text=True, stdout=subprocess.PIPE
        )
    found = compiled.stdout.splitlines()
    return found if found or compiled.returncode == 0 else ["the compiler did not run to its end"]


def _typed(said: Said) -> Iterator[tuple[str, Any, str]]:
    """(type, value, where), each block once."""
    known = set[str]()
    for where, message in said.messages.items():
        for place, block in enumerate(message.get("blocks") or ()):
            text = json.dumps(block, sort_keys=True)
            if text not in known:
                known.add(text)
                yield "KnownBlock", block, f"{where}, block {place}"
        if message.get("metadata"):
            yield "MessageMetadata", message["metadata"], where
    for where, view in said.views.items():
        yield SURFACES.get(view["type"], "View"), view, where


def main(arguments: Sequence[str]) -> int:
    files = [Path(each) for each in arguments] or sorted(DIRECTORY.glob("*.jsonl"))
    records = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    if not records:
        sys.stderr.write(f"There is no traffic in {DIRECTORY}: run the journeys first (`pytest tests/journeys`).\n")
        return 1
    said = read(records)
    found = [*faults(said), *type_faults(said)]
    for line in found:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(
        f"{len(said.messages)} messages, {len(said.views)} views, {len(said.options)} options and {len(said.calls)} "
        f"calls, each different: {len(found) or 'no'} faults.\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
