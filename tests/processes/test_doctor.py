"""`maturity doctor` finds what is wrong and names the mend."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.kit.settings import read
from bot.program.process import running
from bot.sandbox.wire.server import serving
from tests.processes.program import Ended, ended, program
from tests.processes.town import Town, change, town
from tests.storage.builders import on_sqlite

pytestmark = on_sqlite


@asynccontextmanager
async def set_up(database_url: str, directory: Path) -> AsyncIterator[Town]:
    """A town with a team, set up by a bot in this process, which costs less to start than one of its own."""
    async with town(directory) as here:
        settings = read("run", here.environment(database_url))
        async with (
            running(settings, "run", clock=here.clock) as bot,
            serving(bot.pages, host="127.0.0.1", port=0) as url,
        ):
            here.app.request_url = f"{url}/slack/events"
            await here.set_up()
            mayor = here.workspace.add_person(name="Mayor", is_admin=True)
            await mayor.types("/maturity admins", mayor.dm(here.app))
            await here.sees(mayor, "are admins here")
            await here.sandbox.quiet()
        yield here


async def examined(here: Town, database_url: str, **more: str) -> Ended:
    return await ended("doctor", environment=here.environment(database_url, **more), directory=here.directory)


def left_in(directory: Path) -> list[Path]:
    return list(directory.iterdir())


def wrong(told: Ended) -> list[str]:
    """What is wrong, each with its mend on the line after."""
    lines = told.out.splitlines()
    return [
        f"{line.removeprefix('WRONG ')} | {mend.strip()}"
        for line, mend in zip(lines, [*lines[1:], ""], strict=True)
        if line.startswith("WRONG ")
    ]


async def test_where_all_is_well_every_line_says_so(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        told = await examined(here, database_url)
    assert told.code == 0, told
    assert all(line.startswith("ok ") for line in told.out.splitlines()), told.out
    assert "ok    team permits, channel: #permits" in told.out
    assert "ok    workspace City, admins: 1 known" in told.out
    assert "hunter2" not in told.out


async def test_a_workspace_with_teams_and_no_known_admin_is_named_with_what_an_admin_does(
    database_url: str, tmp_path: Path
) -> None:
    async with set_up(database_url, tmp_path) as here:
        await change(database_url, "UPDATE people SET is_admin = 0")
        told = await examined(here, database_url)
    assert told.code == 1
    assert wrong(told) == [
        (
            "workspace City, admins: none is known, so nobody is told of a team that loses its manager | Let a "
            "workspace admin open the app's Home, or type `/maturity admins`, once."
        )
    ]


async def test_a_missing_permission_is_named(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        here.installation.scopes = tuple(scope for scope in here.installation.scopes if scope != "files:write")
        told = await examined(here, database_url)
    assert told.code == 1
    assert wrong(told) == [
        (
            "workspace City, permissions: missing: files:write | Compare the app's manifest with `maturity manifest` "
            "and install the app again."
        )
    ]


async def test_a_channel_that_the_app_was_removed_from_is_named_with_the_invitation(
    database_url: str, tmp_path: Path
) -> None:
    async with set_up(database_url, tmp_path) as here:
        here.channel.remove(here.installation)
        told = await examined(here, database_url)
    assert told.code == 1
    assert wrong(told) == [
        "team permits, channel: the app isn't in it | Invite the app: type `/invite @maturity` there."
    ]


async def test_an_archived_channel_is_named(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        here.channel.archive()
        told = await examined(here, database_url)
    assert told.code == 1
    assert wrong(told) == ["team permits, channel: archived | Unarchive it, or set the team up in another channel."]


async def test_a_schema_that_is_behind_is_named_and_nothing_else_is_asked(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        await change(database_url, "DELETE FROM alembic_version")
        told = await examined(here, database_url)
    assert told.code == 1
    found = wrong(told)
    assert len(found) == 1
    assert found[0].startswith("database: sqlite:///")
    assert found[0].endswith(" is at nothing | Run `maturity db upgrade`.")


async def test_a_refused_token_is_named(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        here.app.end(here.installation, "token_revoked")
        told = await examined(here, database_url)
    assert told.code == 1
    assert wrong(told) == [
        (
            "Slack: SLACK_BOT_TOKEN is refused by Slack (token_revoked) | Install the app to the workspace again and "
            "copy its bot token."
        )
    ]
    assert "Traceback" not in told.err


async def test_a_refused_app_token_is_named(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        told = await examined(here, database_url, SLACK_APP_TOKEN="xapp-made-up")
    assert told.code == 1
    assert [line.partition(" | ")[0] for line in wrong(told)] == [
        "Socket Mode: SLACK_APP_TOKEN is refused (invalid_auth)"
    ]


async def test_a_file_that_is_not_there_yet_is_no_fault_and_is_not_made(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        told = await examined(here, f"{database_url}.new")
    assert told.code == 0, told
    assert "ok    database: not there yet; `maturity run` makes it" in told.out
    assert "the token is accepted" in told.out
    assert not any(path.name.endswith(".new") for path in left_in(tmp_path))


async def test_rounds_that_nobody_opens_are_named(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        here.move(days=120)
        told = await examined(here, database_url)
    assert told.code == 1
    found = wrong(told)
    assert len(found) == 1, told.out
    assert found[0].startswith("team permits, next round: opens 2026-10-")
    assert found[0].endswith(" | No worker seems to run: start `maturity worker` or `maturity run`.")


async def test_a_round_whose_opening_fails_again_and_again_is_named(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        here.move(days=1)
        soon, before = here.clock() + timedelta(minutes=5), here.clock() - timedelta(minutes=11)
        await change(
            database_url,
            f"UPDATE teams SET next_step_at = '{soon:%Y-%m-%d %H:%M:%S.%f}', "  # noqa: S608 - ours
            f"next_round_at = '{before:%Y-%m-%d %H:%M:%S.%f}'",
        )
        told = await examined(here, database_url)
    assert told.code == 1
    [found] = wrong(told)
    assert found.startswith("team permits, next round: opens 2026-10-")
    assert "its log says why it can't" in found


@pytest.mark.slow
async def test_a_round_that_nobody_closes_is_named(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        async with program("run", environment=here.environment(database_url), directory=tmp_path) as started:
            here.send_to(started)
            await here.opened()
            assert await started.stop() == 0
        here.move(days=10)
        told = await examined(here, database_url)
    assert told.code == 1
    [found] = wrong(told)
    assert found.startswith("team permits, open round: should have closed 2026-10-")


@pytest.mark.slow
async def test_a_summary_that_could_not_be_posted_is_named(database_url: str, tmp_path: Path) -> None:
    async with set_up(database_url, tmp_path) as here:
        async with program("run", environment=here.environment(database_url), directory=tmp_path) as started:
            here.send_to(started)
            await here.opened()
            await here.answer_example()
            here.channel.remove(here.installation)
            await here.close_early()
            await here.sees(here.manager, "could not be posted")
            assert await started.stop() == 0
        told = await examined(here, database_url)
    assert told.code == 1
    assert any(line.startswith("delivery round:") and "not_in_channel" in line for line in wrong(told)), told.out


@pytest.mark.slow
async def test_signatures_that_never_match_are_told_with_where_the_secret_is(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(database_url, SLACK_SIGNING_SECRET="copied from another app")
        async with program("run", environment=environment, directory=tmp_path) as started:
            here.send_to(started)
            reply = await here.people[0].types("/maturity help", here.channel)
            assert reply.status == 401
            port = started.address.rpartition(":")[2]
            told = await examined(here, database_url, PORT=port)
    assert "signatures: right in 0 requests and wrong in 1 since the program started" in told.out
    assert [line for line in wrong(told) if "SLACK_SIGNING_SECRET" in line]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (
            {"kind": "refuse_connection"},
            "can't be told: Slack can't be reached (ServerDisconnectedError) | Check the net",
        ),
        (
            {"kind": "ratelimited", "retry_after": 30},
            "can't be told: Slack answers ratelimited | Slack has had too many calls: run `maturity doctor` again",
        ),
        ({"kind": "server_error"}, "can't be told: Slack answers HTTP 503 | Check the network, and run"),
        ({"kind": "refused", "word": "missing_scope"}, "can't be told: the permission"),
        (
            {"kind": "refused", "word": "channel_not_found"},
            "can't be told: Slack answers channel_not_found | Invite the app: type `/invite",
        ),
    ],
    ids=["dropped", "too_many_calls", "server_error", "missing_scope", "not_found"],
)
async def test_a_channel_that_slack_does_not_tell_of_has_the_cure_for_that(
    fault: dict[str, Any], says: str, database_url: str, tmp_path: Path
) -> None:
    async with set_up(database_url, tmp_path) as here:
        here.sandbox.faults.add(method="conversations.info", times=1000, **fault)
        told = await examined(here, database_url)
    assert told.code == 1
    assert "Traceback" not in told.err
    (line,) = wrong(told)
    assert line.startswith(f"team permits, channel: {says}"), line


async def test_a_broken_model_is_named_and_everything_else_is_looked_at(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "model.toml").write_text("name = 1\n")
    async with town(tmp_path) as here:
        told = await examined(here, database_url, MATURITY_RUBRIC="model.toml")
    assert told.code == 1
    assert any(line.startswith("model: model.toml") for line in wrong(told)), told.out
    assert "ok    workspace City: the token is accepted" in told.out


async def test_programs_read_what_was_found_as_json(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        told = await ended("doctor", "--json", environment=here.environment(database_url), directory=here.directory)
    found = {each["subject"]: each for each in json.loads(told.out)}
    assert told.code == 0, told
    assert all(each["ok"] and each["fix"] == "" for each in found.values()), found
    assert found["network"]["says"].endswith("is called directly")
