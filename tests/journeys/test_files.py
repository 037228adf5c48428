"""A file that somebody asked for comes exactly once, as a direct message to them alone, whatever befalls it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from bot.charts.render import Renderer
from bot.delivery.files import FileDraft
from bot.delivery.message import Context
from bot.notices import file_message
from bot.notices.file_message import FileMessage
from bot.program.messages import MESSAGES
from bot.sandbox import SeenMessage
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery
from tests.journeys.city import City, city
from tests.journeys.records import calls, rows
from tests.storage.builders import on_both

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>'
STEPS = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(FileMessage):
    """A text, or a picture where it is to be drawn."""

    what = "letter"

    drawn: bool = False

    def asked_for(self) -> Mapping[str, Any]:
        return {"drawn": self.drawn}

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"drawn": bool(payload.get("drawn"))}

    async def file(self, context: Context) -> FileDraft | None:  # noqa: ARG002 - it is always the same
        if self.drawn:
            return FileDraft("square.png", "A square", "*Your square*", svg=SQUARE, alt_text="A black square.")
        return FileDraft("letter.txt", "A letter", "*Your letter*", content=b"Dear Ana")


@pytest.fixture
async def town(database_url: str, traffic: Path, renderer: Renderer) -> AsyncIterator[City]:
    """A city in which a letter can be asked for, too."""
    async with city(database_url, traffic=traffic, renderer=renderer, messages=[*MESSAGES, Letter]) as found:
        yield found


async def ask(town: City, *, drawn: bool = False) -> None:
    key = Letter.key_of(town.manager.id, request="1")
    letter = Letter(workspace_id=town.workspace.id, key=key, user_id=town.manager.id, drawn=drawn)
    async with town.bot.database.begin() as session:
        await file_message.owe(session, letter, now=town.clock())


def letters(town: City) -> list[SeenMessage]:
    """Every message with a file that the manager ever got, or anyone else."""
    everyone = [*town.people, town.bystander]
    return [each for person in everyone for each in person.sees(person.dm(town.app)) if each.files]


async def settled(town: City) -> None:
    """Let all waiting times pass, one after the other."""
    for _attempt in range(6):
        await town.settled()
        town.clock.move(minutes=6)


async def state(town: City) -> list[tuple[str, str | None]]:
    return [(row["state"], row["last_error"]) for row in await rows(town, "deliveries") if row["kind"] == "file"]


async def test_a_file_comes_as_a_direct_message_with_a_line_about_it(town: City) -> None:
    await ask(town)
    await ask(town)  # Slack sent the request twice
    got = await town.sees(town.manager, "Your letter")
    assert got.files == {"letter.txt": b"Dear Ana"}
    await town.settled()
    assert len(letters(town)) == 1
    assert await state(town) == [("sent", None)]
    (shared,) = town.workspace.files.values()
    assert [*shared.shared_in] == [town.manager.dm(town.app).id]


async def test_a_picture_is_drawn_and_brings_its_alt_text(town: City) -> None:
    await ask(town, drawn=True)
    got = await town.sees(town.manager, "Your square")
    assert got.files["square.png"].startswith(b"\x89PNG")
    (shared,) = town.workspace.files.values()
    assert (shared.title, shared.alt_text) == ("A square", "A black square.")


@pytest.mark.parametrize("kind", ["lose_reply", "ratelimited", "server_error", "refuse_connection"])
@pytest.mark.parametrize("step", STEPS)
async def test_whatever_befalls_a_step_exactly_one_file_comes(town: City, step: str, kind: Any) -> None:
    fault = town.sandbox.faults.add(method=step, kind=kind, retry_after=5)
    await ask(town)
    await settled(town)
    assert fault.times == 0
    assert [each.files for each in letters(town)] == [{"letter.txt": b"Dear Ana"}]
    assert await state(town) == [("sent", None)]


async def test_a_file_that_was_shared_is_found_and_not_uploaded_again(town: City) -> None:
    town.sandbox.faults.add(method="files.completeUploadExternal", kind="lose_reply")
    town.sandbox.faults.add(method="conversations.history", kind="server_error")
    await ask(town)
    await settled(town)
    assert calls(town).count("conversations.history") == 2
    assert calls(town).count("files.getUploadURLExternal") == 1
    assert len(letters(town)) == 1


async def test_a_file_that_was_not_shared_is_looked_for_twice_and_uploaded_anew(town: City) -> None:
    town.sandbox.faults.add(method="files.completeUploadExternal", kind="internal_error")
    await ask(town)
    await settled(town)
    assert calls(town).count("conversations.history") == 2
    assert calls(town).count("files.getUploadURLExternal") == 2
    assert len(letters(town)) == 1


async def test_a_file_older_messages_stand_before_is_found_all_the_same(town: City) -> None:
    """The look-up reads page by page, and knows a file's message from all others."""
    town.sandbox.faults.add(method="files.completeUploadExternal", kind="lose_reply")
    town.sandbox.faults.add(method="conversations.history", kind="server_error")
    await ask(town)
    await town.until(lambda: letters(town) or None)
    for number in range(40):
        town.manager.says(f"Message {number}", town.app)
    await settled(town)
    assert calls(town).count("files.getUploadURLExternal") == 1
    assert len(letters(town)) == 1


async def test_a_workspace_that_takes_no_files_is_told_so_once(town: City) -> None:
    town.workspace.refuses_files = "file_uploads_disabled"
    await ask(town)
    said = await town.sees(town.manager, "could not be sent")
    assert said.shown == (
        "The file that you asked for could not be sent to you. This workspace does not allow such files: "
        "ask a workspace admin to allow them."
    )
    await settled(town)
    assert await state(town) == [("failed", "file_uploads_disabled")]
    assert len(town.seen(town.manager, "could not be sent")) == 1


async def killed(town: City, *, sharing: str) -> None:
    """Leave the letter's delivery as a worker does that is killed while it shares this file."""
    async with town.bot.database.begin() as session:
        await session.execute(
            update(Delivery)
            .where(Delivery.kind == DeliveryKind.FILE)
            .values(
                state=DeliveryState.SENDING, maybe_sent=True, lease_owner=UUID(int=7), next_attempt_at=town.clock(),
                details={"what": "letter", "file_id": sharing},
            )
        )  # fmt: skip


async def test_a_worker_killed_after_sharing_leaves_one_file(town: City) -> None:
    await ask(town)
    await town.settled()
    (shared,) = town.workspace.files
    await killed(town, sharing=shared)
    await settled(town)
    assert len(letters(town)) == 1
    assert calls(town).count("files.getUploadURLExternal") == 1
    assert await state(town) == [("sent", None)]


@on_both
async def test_a_worker_killed_before_sharing_leaves_the_file_to_another(town: City) -> None:
    town.sandbox.faults.add(method="files.getUploadURLExternal", kind="server_error", times=1000)
    await ask(town)
    await town.settled()
    await killed(town, sharing="F0NEVERSHARED")
    town.sandbox.faults.clear()
    await settled(town)
    assert [each.files for each in letters(town)] == [{"letter.txt": b"Dear Ana"}]
    assert calls(town).count("conversations.history") == 2
