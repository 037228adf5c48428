"""What can be found afterwards: in the database, in its files, and before people's eyes."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from bot.sandbox import Person
from bot.sandbox.wire.faults import Fault
from bot.slack.ids import suggestion
from storage.engine import read_url
from storage.models import Base
from tests.journeys.city import City

Row = dict[str, Any]


async def rows(town: City, table: str) -> list[Row]:
    """Every row of a table, the oldest first where it tells its age."""
    columns = Base.metadata.tables[table].columns
    age = [columns[name] for name in ("created_at", "opened_at", "number") if name in columns]
    async with town.bot.database.reading() as session:
        found = await session.execute(select(Base.metadata.tables[table]).order_by(*age))
        return [dict(row) for row in found.mappings()]


async def suggestion_of(town: City, key: str) -> str:
    """The value of a suggested action's button in the summary of the first round."""
    return suggestion((await rows(town, "rounds"))[0]["id"], key)


async def every_row(town: City) -> dict[str, list[Row]]:
    """Every row of every table."""
    return {name: await rows(town, name) for name in Base.metadata.tables}


async def rename(town: City, table: str, *, to: str) -> None:
    """Take a table away from under the running bot, or give it back."""
    async with town.bot.database.begin() as session:
        await session.execute(text(f"ALTER TABLE {table} RENAME TO {to}"))


def files(town: City) -> dict[str, bytes]:
    """The raw bytes of a SQLite database's files by name, write-ahead log included; nothing on PostgreSQL."""
    url = read_url(town.database_url)
    if url.get_backend_name() != "sqlite":
        return {}
    path = Path(url.database or "")
    return {each.name: each.read_bytes() for each in path.parent.glob(f"{path.name}*")}


def before_eyes(town: City, person: Person) -> Iterator[str]:
    """All that a person can still read: messages everywhere, ephemeral ones and alt texts too, modals and Home."""
    for channel in list(town.workspace.channels.values()):
        for message in person.sees(channel):
            yield f"{message.text}\n{message.shown}\n{json.dumps(message.blocks, ensure_ascii=False)}"
    for modal in person.modals:
        yield json.dumps([modal.body, modal.state], ensure_ascii=False)
    home = person.home(town.app)
    if home is not None:
        yield json.dumps(home.body, ensure_ascii=False)


def calls(town: City, *, since: int = 0) -> list[str]:
    """The Web API methods that the bot has called since the traffic had this length."""
    return [record["method"] for record in town.sandbox.traffic.records[since:] if record["direction"] == "api"]


async def befalls(town: City, fault: Fault) -> None:
    """Return once a fault has been used up: the call that it befell is with Slack."""
    while fault.times:
        befallen = town.sandbox.changes.upcoming()
        await town.ticks()
        await asyncio.wait({befallen}, timeout=0.05)  # a roster that is read by then may be what the call waits for


def said(town: City, *, since: int = 0) -> Iterator[tuple[str, Any]]:
    """Everything that the bot said to Slack: (method, body) of calls and posts, and its answers to requests."""
    for record in town.sandbox.traffic.records[since:]:
        if record["direction"] in {"api", "response_url"}:
            yield record["method"], record["body"]
        elif record["direction"] in {"http", "socket"} and isinstance(record["response"], dict):
            yield f"answer to {record['method']}", record["response"]


def prompt_to(channel_id: str) -> Callable[[dict[str, Any]], bool]:
    """Which calls a fault befalls: check-ins into this conversation."""
    return lambda arguments: arguments.get("channel") == channel_id and "Check-in" in str(arguments)


async def opened_unconfirmed(town: City, person: Person) -> None:
    """Open a round in which Slack's word that this person's check-in arrived is lost, and looked for after an hour."""
    await town.stop_bot()
    await town.start_bot(DELIVERY_SETTLE="3600")
    await town.set_up()
    town.sandbox.faults.add(method="chat.postMessage", kind="lose_reply", when=prompt_to(person.dm(town.app).id))
    await town.opened()
