"""The Slack that a kept database belongs to: its people, conversations and messages, written down and made again."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.program.manifest import SCOPES
from bot.program.workspace_events import EVENTS
from bot.sandbox import Installation, Sandbox
from bot.sandbox.state.content import Content
from bot.sandbox.state.records import File, Message
from bot.slack.ids import COMMAND
from tests.clocks import RunningClock
from tests.journeys.city import PATIENCE, City

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""What stands for each picture that was uploaded."""
KEPT = ("display_name", "tz", "is_admin", "is_owner", "is_restricted", "is_ultra_restricted", "deleted")


def written_down(town: City) -> str:
    """All of it as JSON, a person, file, conversation or message a line."""
    workspace, installation = town.workspace, town.installation
    people = [
        {"id": each.id, "name": each.name} | {name: getattr(each, name) for name in KEPT}
        for each in workspace.people.values()
        if not each.is_bot and each is not workspace.slackbot
    ]
    channels = [
        {"id": each.id, "name": each.name, "kind": each.kind, "members": list(each.members)}
        for each in workspace.channels.values()
    ]
    messages = [
        {"channel": channel.id, "ts": each.ts, "by": each.author.id, "thread": each.thread_ts} | asdict(each.content)
        for channel in workspace.channels.values()
        for each in channel.messages.values()
        if not each.files
    ]
    files = [{"id": each.id, "name": each.name, "shared": each.shared_in} for each in workspace.files.values()]
    groups = [
        {"id": each.id, "handle": each.handle, "name": each.name, "people": [person.id for person in each.people]}
        for each in workspace.usergroups.values()
    ]
    told: dict[str, Any] = {
        "workspace": [{"id": workspace.id, "bot_user": installation.bot_user_id, "bot": installation.bot_id}],
        "at": [town.clock().isoformat()],
        "people": people,
        "groups": groups,
        "channels": channels,
        "files": files,
        "messages": messages,
    }
    parts = []
    for name, rows in told.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        parts.append(f'"{name}": [\n{lines}\n]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


@asynccontextmanager
async def slack_of(kept: Path, database_url: str) -> AsyncIterator[City]:
    """That Slack, served, at the time at which it was written down; its bot is there and has not been started."""
    told = _read(kept)
    clock = RunningClock()
    clock.move_to(datetime.fromisoformat(told["at"][0]))
    sandbox = Sandbox(clock=clock)
    sandbox.answer_within = sandbox.trigger_lifetime = PATIENCE
    async with sandbox.serve():
        town = _made_again(sandbox, told)
        town.clock, town.database_url = clock, database_url
        try:
            yield town
        finally:
            await town.stop_bot()


def _read(kept: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return told


async def at_rest(town: City) -> None:
    """Start the bot, and return when it has sent what it owed."""
    await town.start_bot()
    for _look in range(3):  # once a second a team that goes looks whether its last message is out
        await town.settled()
        town.clock.move(seconds=2)
    await town.settled()


def _made_again(sandbox: Sandbox, told: dict[str, Any]) -> City:
    (about,) = told["workspace"]
    app = sandbox.add_app(
        name="maturity",
        scopes=sorted(SCOPES),
        commands=[COMMAND],
        events=EVENTS,
        request_url="http://127.0.0.1:1/slack/events",
    )
    workspace = sandbox.add_workspace(name="City", domain="city", id=about["id"])
    for row in told["people"]:
        person = workspace.add_person(name=row["name"], id=row["id"])
        for name in KEPT:
            setattr(person, name, row[name])
    bot = workspace.add_person(name=app.name, id=about["bot_user"], is_bot=True)
    workspace.installations[app.id] = Installation(
        app=app, workspace=workspace, bot=bot, bot_id=about["bot"], bot_token="", scopes=(), installer=None
    )
    town = City(sandbox=sandbox, clock=RunningClock(), app=app, workspace=workspace, names=())
    for row in told["groups"]:
        group = workspace.add_usergroup(row["handle"], row["name"], [workspace.people[each] for each in row["people"]])
        del workspace.usergroups[group.id]
        group.id = row["id"]
        workspace.usergroups[group.id] = group
    for row in told["channels"]:
        members = [workspace.people[each] for each in row["members"]]
        if row["kind"] == "im":
            workspace.direct(*members, id=row["id"])
        else:
            workspace.add_channel(row["name"], members=members, id=row["id"], is_private=row["kind"] == "private")
    for row in told["files"]:
        workspace.files[row["id"]] = File(
            id=row["id"], workspace=workspace, owner=town.installation, name=row["name"], length=len(PIXEL),
            alt_text="", ticket="", created=sandbox.now(), data=PIXEL, completed=True, shared_in=row["shared"],
        )  # fmt: skip
    for row in told["messages"]:
        author = workspace.people[row["by"]]
        message = Message(
            channel=workspace.channels[row["channel"]],
            ts=row["ts"],
            author=author,
            content=Content(**{name: row[name] for name in ("text", "blocks", "attachments", "metadata")}),
            installation=town.installation if author is bot else None,
            thread_ts=row["thread"],
        )
        message.channel.store(message)
    by_name = {each.name: each for each in workspace.people.values()}
    town.people = [by_name[row["name"]] for row in told["people"][:8]]
    town.channel = next(each for each in workspace.channels.values() if each.name == "permits" and each.messages)
    return town
