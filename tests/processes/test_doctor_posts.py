"""`maturity doctor --post CHANNEL` proves a picture end to end, and says in plain words where it stops."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.kit.settings import read
from bot.operations.doctor import examine
from bot.operations.findings import Finding
from bot.operations.trial import Wanted
from tests.processes.forward_proxy import OUTSIDE, forward_proxy
from tests.processes.program import ended
from tests.processes.town import Town, change, town
from tests.storage.builders import on_sqlite

pytestmark = on_sqlite


async def tried(
    here: Town, database_url: str, channel: str = "#permits", *, workspace_id: str | None = None, **more: str
) -> tuple[list[Finding], list[str]]:
    """What the doctor finds of the picture, and what it says while it waits; in this process, which costs less."""
    waits: list[str] = []
    wanted = Wanted(channel=channel, workspace_id=workspace_id, progress=waits.append)
    found = await examine(read("run", here.environment(database_url, **more)), trial=wanted)
    return [each for each in found if each.subject.startswith("picture")], waits


async def test_a_picture_is_posted_and_each_step_is_told(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.sandbox.file_processing = (
            0.2  # as at Slack, whose first answer to the message with the picture is a refusal
        )
        told = await ended(
            "doctor", "--post", "#permits", environment=here.environment(database_url), directory=here.directory
        )
        assert told.code == 0, told
        steps = [line for line in told.out.splitlines() if line.startswith("ok    picture, ")]
        assert steps[0] == f"ok    picture, channel: #permits is {here.channel.id}"
        assert [line.split(":")[0].rpartition(", ")[2] for line in steps] == [
            "channel", "drawing", "message", "upload", "shown"
        ]  # fmt: skip
        posted = await here.sees(here.manager, "This is a trial", where=here.channel)
        (picture,) = posted.pictures
        assert picture is not None
        assert picture.startswith(b"\x89PNG")
        assert posted.ts.replace(".", "") in steps[-1], "a link leads to it"
        assert "Nobody has to do anything." in posted.text


async def test_programs_read_where_it_stopped_as_json(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.channel.remove(here.installation)
        asked = ("doctor", "--json", "--post", "permits")
        told = await ended(*asked, environment=here.environment(database_url), directory=here.directory)
    assert (told.code, told.err) == (1, "")
    assert json.loads(told.out)[-1] == {
        "subject": "picture, message",
        "ok": False,
        "says": "Slack answers not_in_channel",
        "fix": "Invite the app: type `/invite @maturity` there.",
    }


REFUSALS = [
    ("chat.postMessage", "not_in_channel", "message", "Invite the app: type `/invite @maturity` there."),
    ("chat.postMessage", "channel_not_found", "message", "Invite the app: type `/invite @maturity` there."),
    ("chat.postMessage", "is_archived", "message", "Unarchive it, or name another channel."),
    (
        "chat.postMessage",
        "restricted_action",
        "message",
        "This channel takes no messages from the app: let a workspace",
    ),
    ("conversations.list", "missing_scope", "channel", "Compare the app's manifest with `maturity manifest`"),
    ("files.getUploadURLExternal", "missing_scope", "upload", "Compare the app's manifest with `maturity manifest`"),
    ("files.getUploadURLExternal", "file_uploads_disabled", "upload", "Files and pictures can't be sent in this"),
    ("files.getUploadURLExternal", "storage_limit_reached", "upload", "Files and pictures can't be sent in this"),
    ("files.completeUploadExternal", "posting_to_channel_denied", "upload", "This channel takes no messages from"),
    ("files.completeUploadExternal", "file_not_found", "upload", "Slack lost the file: run `maturity doctor` again."),
    ("chat.update", "message_not_found", "shown", "It was taken away meanwhile: run `maturity doctor` again."),
    ("chat.update", "invalid_blocks", "shown", "That is a mistake of this program: report it with this line."),
    ("chat.postMessage", "token_revoked", "message", "Install the app again."),
    ("chat.postMessage", "hash_conflict", "message", "Check the network, and run `maturity doctor` again in a minute."),
]


@pytest.mark.parametrize(("method", "word", "step", "mend"), REFUSALS)
async def test_each_refusal_ends_it_with_its_own_mend(
    method: str, word: str, step: str, mend: str, database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here:
        here.sandbox.faults.add(method=method, kind="refused", word=word, times=1000)
        found, _waits = await tried(here, database_url)
    last = found[-1]
    assert last.subject == f"picture, {step}"
    assert last.mend.startswith(mend), last
    says = "the permission ? is missing" if word == "missing_scope" else f"Slack answers {word}"
    assert last.says == says
    assert all(not each.mend for each in found[:-1]), found


async def test_a_permission_that_is_really_missing_is_named(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.installation.scopes = tuple(scope for scope in here.installation.scopes if scope != "files:write")
        found, _waits = await tried(here, database_url)
    assert found[-1].subject == "picture, upload"
    assert found[-1].says == "the permission files:write is missing"


async def test_a_channel_that_nobody_finds_is_told_with_both_reasons(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        (line,), _waits = await tried(here, database_url, "#Nowhere")
    assert line.says == "there is no public channel #Nowhere, and the app is in no private one of that name"
    assert line.mend == "Check the name. Into a private channel invite the app: type `/invite @maturity` there."


async def test_a_terminal_that_knows_few_letters_is_no_reason_to_end(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(database_url, PYTHONIOENCODING="ascii", PYTHONUTF8="1")
        told = await ended("doctor", "--post", "bürger", environment=environment, directory=here.directory)
    assert (told.code, told.err) == (1, "")
    assert "there is no public channel #b\\xfcrger, and the app" in told.out


async def test_an_id_is_not_looked_for(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        found, _waits = await tried(here, database_url, here.channel.id)
        assert not here.sandbox.traffic.of("conversations.list")
        assert found[-1].subject == "picture, shown", found


async def test_a_wait_that_is_short_is_waited_for_and_told(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.sandbox.faults.add(method="chat.postMessage", kind="ratelimited", retry_after=1)
        found, waits = await tried(here, database_url)
    assert [each for each in found if each.mend] == []
    assert waits == ["Slack asks to wait 1 s before more of chat.postMessage."]


@pytest.mark.parametrize("method", ["auth.test", "conversations.list", "chat.postMessage", "chat.update"])
async def test_a_wait_that_is_long_is_told_and_not_waited_for(method: str, database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        if method == "auth.test":  # the start's and the look at the token go well
            here.sandbox.faults.add(method=method, kind="slow", times=2)
        here.sandbox.faults.add(method=method, kind="ratelimited", retry_after=3000, times=1000)
        found, waits = await tried(here, database_url)
    assert waits == []
    assert found[-1].says == "Slack answers ratelimited"
    assert found[-1].mend == "Slack has had too many calls: run `maturity doctor` again in 3000 s."


@pytest.mark.parametrize(
    ("fault", "says", "mend"),
    [
        ({"kind": "refuse_connection"}, "(ServerDisconnectedError)", "Let this machine reach 127.0.0.1:"),
        ({"kind": "server_error"}, "(HTTP 503)", "Check the network, and run `maturity doctor` again in a minute."),
    ],
    ids=["dropped", "server_error"],
)
async def test_bytes_that_are_not_taken_are_told_with_the_host_and_the_way(
    fault: dict[str, Any], says: str, mend: str, database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here:
        here.sandbox.faults.add(method="upload", times=1000, **fault)
        found, _waits = await tried(here, database_url)
        host = here.sandbox.url.removeprefix("http://")
    assert found[-1].subject == "picture, upload"
    assert found[-1].says == f"{host} doesn't take the file {says}; it is called directly"
    assert found[-1].mend.startswith(mend)


async def test_a_proxy_that_lets_calls_through_and_no_files_is_named(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here, forward_proxy(int(here.sandbox.url.rpartition(":")[2])) as proxy:
        environment = {"HTTP_PROXY": proxy.url, "SLACK_API_URL": f"http://{OUTSIDE}/api/"}
        here.sandbox._url = "http://files.test"  # where Slack sends files, and the proxy nobody
        found, _waits = await tried(here, database_url, **environment)
    assert found[-1].says == f"files.test doesn't take the file (HTTP 403); it is called through the proxy {proxy.url}"
    assert found[-1].mend.startswith("Let this machine reach files.test, ")


async def test_of_several_workspaces_one_is_named(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await tried(here, database_url)
        await change(
            database_url,
            "INSERT INTO workspaces (id, name, url, bot_user_id, bot_id, minimum, installed_at) "
            "SELECT 'T0OTHER', 'Other', url, bot_user_id, bot_id, minimum, installed_at FROM workspaces",
        )
        (line,), _waits = await tried(here, database_url)
        assert line.says == "the app is in several"
        assert f"Name one with --workspace. Those are: {here.workspace.id} (City), T0OTHER (Other)." in line.mend
        (line,), _waits = await tried(here, database_url, workspace_id="T0NOWHERE")
        assert line.says == "the app isn't installed in T0NOWHERE"
        found, _waits = await tried(here, database_url, workspace_id=here.workspace.id)
        assert found[-1].subject == "picture, shown", found
        (line,), _waits = await tried(here, database_url, workspace_id="T0OTHER")
        assert (line.says, line.mend) == ("not tried", "Fix first what is wrong above.")


async def test_what_stops_the_doctor_before_is_no_proof(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        await change(database_url, "DELETE FROM alembic_version")
        (line,), _waits = await tried(here, database_url)
        assert here.sandbox.traffic.of("chat.postMessage") == []
    assert (line.says, line.mend) == ("not tried", "Fix first what is wrong above.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--post"], "--post needs a channel. A shell reads what begins with # as a comment: leave the # out"),
        (["--post", "#"], "--post needs a channel."),
        (["--workspace", "T0"], "--workspace says where --post posts, which is missing."),
    ],
)
async def test_arguments_that_make_no_sense_are_told_with_exit_code_2(
    typed: list[str], said: str, database_url: str, tmp_path: Path
) -> None:
    told = await ended("doctor", *typed, environment={"DATABASE_URL": database_url}, directory=tmp_path)
    assert told.code == 2
    assert told.err.startswith(said)
    assert len(told.err.splitlines()) == 1
