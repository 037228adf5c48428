"""A whole city at once: `maturity teams apply`, as an operator runs it beside the program."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.kit.settings import read
from bot.operations.teams_apply import apply
from bot.operations.teams_file import load
from bot.sandbox import Channel
from storage.engine import Database
from tests.bot.test_same_people import live, told_to_wait
from tests.processes.program import Ended, ended, program
from tests.processes.town import Town, change, rows, town
from tests.storage.builders import on_sqlite


async def applied(here: Town, database_url: str, text: str, *more: str, **environment: str) -> Ended:
    """Write the file and apply it."""
    (here.directory / "city.toml").write_text(text)
    settings = here.environment(database_url, **environment)
    return await ended("teams", "apply", "city.toml", *more, environment=settings, directory=here.directory)


def a_city(here: Town) -> str:
    ana, ben = here.people[0].id, here.people[1].id
    return f"""
[[teams]]
channel = "#permits"
managers = ["{ana}"]

[[teams]]
channel = "#parks"
name = "Parks & Recreation"
members = ["{ana}", "{ben}"]
managers = ["{ana}", "{ben}"]
every = "month, last"
weekday = "friday"
time = "09:30"
country = "US"
subdivision = "TX"
days_off = ["2020-01-01", "2027-12-24"]
"""


async def changed_rows(database_url: str) -> list[list[tuple[object, ...]]]:
    queries = ("SELECT * FROM teams", "SELECT * FROM managers", "SELECT * FROM chosen_people",
               "SELECT * FROM audit_entries", "SELECT * FROM deliveries")  # fmt: skip
    return [await rows(database_url, query) for query in queries]


async def test_a_city_is_set_up_and_a_second_run_changes_nothing(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        parks = here.workspace.add_channel("parks", members=here.people[:2])
        dry = await applied(here, database_url, a_city(here), "--dry-run")
        assert dry.code == 0, dry.err
        assert "A dry run, nothing is changed yet: 2 new.\n" in dry.out
        assert await rows(database_url, "SELECT * FROM teams") == []
        assert here.installation.bot_user_id not in parks.members

        first = await applied(here, database_url, a_city(here))
        assert first.code == 0, first.err
        five = " 5 people are asked. Not asked: this app."
        two = (
            " 2 people are asked. Too few for a confidential summary: it needs 4 answers, so it would never show "
            "anything. Ask more people, or choose Named."
        )
        assert first.out.replace(five, "").replace(two, "") == dry.out.replace(
            "A dry run, nothing is changed yet", "Done"
        ), "who is asked is known once the members were read"
        assert f"permits (#permits): new. Its first round is on 2026-10-06.{five}\n    members: channel\n" in first.out
        assert f"Parks & Recreation (#parks): new. Its first round is on 2026-10-30.{two}\n" in first.out
        assert (
            "    every: month, last\n    weekday: friday\n    time: 09:30\n    time_zone: America/Chicago\n"
            in first.out
        )
        assert here.installation.bot_user_id in parks.members
        kept = await rows(
            database_url,
            "SELECT name, monthly_nth, weekday, time_zone, country, subdivision FROM teams ORDER BY weekday DESC",
        )
        assert kept == [
            ("permits", None, "tuesday", "America/Chicago", "US", None),
            ("Parks & Recreation", -1, "friday", "America/Chicago", "US", "TX"),
        ]
        rosters = await rows(database_url, "SELECT count(*) FROM rosters GROUP BY team_id ORDER BY count(*)")
        assert rosters == [(2,), (6,)]

        before = await changed_rows(database_url)
        for more in ((), ("--dry-run",)):
            again = await applied(here, database_url, a_city(here), *more)
            assert (again.code, again.err) == (0, "")
            assert again.out == (
                "permits (#permits): unchanged\nParks & Recreation (#parks): unchanged\nNothing to change.\n"
            )
        assert await changed_rows(database_url) == before


async def test_a_change_is_shown_before_it_is_made_and_runs_beside_the_program(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        town(tmp_path) as here,
        program("run", environment=here.environment(database_url), directory=tmp_path) as started,
    ):
        here.send_to(started)
        await here.set_up()
        water = here.workspace.add_channel("water", members=[*here.people, here.installation])
        await here.set_up(where=water)
        dev, eli = here.people[3], here.people[4]
        text = f"""
[[teams]]
channel = "{here.channel.id}"
weekday = "friday"
managers = ["{dev.id}", "{eli.id}"]
"""
        dry = await applied(here, database_url, text, "--dry-run")
        told = await applied(here, database_url, text)
        assert dry.out == (
            f"permits ({here.channel.id}): changed. Its first round is on 2026-10-23, not 2026-10-09: nearly the same "
            "people have another check-in around then.\n"
            f"    managers: {here.manager.id} -> {', '.join(sorted((dev.id, eli.id)))}\n"
            "    weekday: tuesday -> friday\n"
            f"Not in the file, left alone: water ({water.id}).\n"
            "A dry run, nothing is changed yet: 1 changed.\n"
        )
        assert told.out.endswith("Done: 1 changed.\n"), told
        # Water asks the same people on the 13th.
        assert "changed. Its first round is on 2026-10-23, not 2026-10-09: nearly the same people" in told.out
        assert (
            "You are a manager of *permits* now, the team of #permits."
            in (await here.sees(eli, "You are a manager")).shown
        )
        assert "Only its managers" in (await here.manages("pause")).text
        reply = await dev.types("/maturity resume", here.channel)
        assert "Friday 23 October 2026" in reply.text
        written = await rows(database_url, "SELECT user_id, what, details FROM audit_entries ORDER BY id DESC LIMIT 1")
        assert written[0][:2] == ("operator", "teams apply")
        assert "weekday" in str(written[0][2])
        assert "managers" in str(written[0][2])

        await dev.types("/maturity start", here.channel)
        for person in here.people:
            await here.sees(person, "Choose the level where you stop")


@on_sqlite
async def test_a_dry_run_tells_the_first_dates_that_are_chosen_then(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        names = ("one", "two", "three")
        for name in names:
            here.workspace.add_channel(name, members=[*here.people, here.installation])
        text = "".join(f'[[teams]]\nchannel = "#{name}"\nmanagers = ["{here.manager.id}"]\n' for name in names)
        dry = await applied(here, database_url, text, "--dry-run")
        told = await applied(here, database_url, text)
        first = [line for line in told.out.splitlines() if "first round" in line]
        before = [line for line in dry.out.splitlines() if "first round" in line]
        # Who is asked stands behind it once the members were read.
        assert [line[: len(said)] for line, said in zip(first, before, strict=True)] == before
        assert "2026-10-13, not 2026-10-06: nearly the same people" in first[1]
        assert "2026-10-20, not 2026-10-06: nearly the same people" in first[2]


@on_sqlite
@pytest.mark.slow
async def test_a_city_of_forty_teams_from_one_file_never_waits_in_half_a_year(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    """Ten departments, whose people are those of their three squads, all asked on the same quarter's Tuesday."""
    async with town(tmp_path) as here:
        lines = list[str]()
        for number in range(10):
            people = [here.workspace.add_person(name=f"P{number}-{each}") for each in range(12)]
            wanted = [("department", people)] + [(f"squad-{each}", people[each::3]) for each in range(3)]
            for name, members in reversed(wanted) if number % 2 else wanted:
                channel = here.workspace.add_channel(f"{name}-{number}", members=[*members, here.installation])
                lines.append(
                    f'[[teams]]\nchannel = "#{channel.name}"\nweekday = "tuesday"\nmanagers = ["{members[0].id}"]'
                )
        (tmp_path / "city.toml").write_text("\n".join(lines))
        told, all_applied = await apply(
            read("worker", here.environment(database_url)),
            load(tmp_path / "city.toml"),
            dry_run=False,
            workspace_id=None,
            progress=lambda _line: None,
        )
        begins = here.clock()
    assert (told[-1], all_applied) == ("Done: 40 new.", True)
    assert len([line for line in told if "nearly the same people" in line]) == 5 * 3 + 5 * 1
    opened = await live(database, until=begins + timedelta(weeks=26))
    async with database.reading() as session:
        assert await told_to_wait(session) == []
    assert await rows(database_url, "SELECT count(*) FROM rounds WHERE withheld") == [(0,)]
    assert opened == 40 * 2


@on_sqlite
async def test_what_cannot_be_applied_leaves_the_others_applied(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        ana = here.people[0]
        guest = here.workspace.add_person(name="Guest", is_restricted=True)
        closed: Channel = here.workspace.add_channel("budget", members=[ana], is_private=True)
        old = here.workspace.add_channel("old", members=[ana, here.installation])
        old.archive()
        for name in ("guests", "groups", "nobody", "ours"):
            here.workspace.add_channel(name, members=[ana])
        text = a_city(here).split("[[teams]]")[1].join(["[[teams]]", ""]) + "".join(
            f'[[teams]]\nchannel = "{channel}"\n{more}\n'
            for channel, more in (
                ("#budget", f'managers = ["{ana.id}"]'),
                (closed.id, f'managers = ["{ana.id}"]'),
                ("#old", f'managers = ["{ana.id}"]'),
                ("#guests", f'managers = ["{guest.id}"]'),
                ("#groups", f'managers = ["{ana.id}"]\nmembers = "S0NOWHERE"'),
                ("#nobody", 'managers = ["U0NOBODY"]'),
                ("#ours", ""),
                (here.channel.id, ""),
            )
        )
        told = await applied(here, database_url, text)
        assert told.code == 1, told
        invite = "Type `/invite @maturity` there, then run this again."
        lines = told.out.splitlines()
        assert lines[0].startswith("permits (#permits): new. Its first round is on 2026-10-06. ")
        assert [line for line in lines if "not applied" in line] == [
            (
                "#budget: not applied. There is no public channel #budget, and the app is in no private one of that "
                f"name. {invite}"
            ),
            f"{closed.id}: not applied. The app isn't in the private channel {closed.id}. {invite}",
            "#old: not applied. This channel is archived: nobody would see its summaries. Unarchive it first.",
            (
                f"#guests: not applied. {guest.id} (Guest) is a bot, a guest, deactivated or of another organisation, "
                "and can't manage a team. Name someone else."
            ),
            "#groups: not applied. There is no user group S0NOWHERE. Copy its ID anew from Slack.",
            "#nobody: not applied. Slack knows no U0NOBODY. Copy the member ID anew from the person's profile.",
            "#ours: not applied. 'managers' is missing, and a new team needs one; write a list of user ids.",
            (
                f"{here.channel.id}: not applied. This channel stands in the file already, by its name or id; a "
                "channel has one team."
            ),
            "Done: 1 new, 8 not applied.",
        ]
        assert await rows(database_url, "SELECT name FROM teams") == [("permits",)]
        closed.invite(here.installation)
        mended = await applied(here, database_url, f'[[teams]]\nchannel = "#budget"\nmanagers = ["{ana.id}"]\n')
        assert mended.code == 0, mended
        assert "Not in the file, left alone: permits (" in mended.out


@on_sqlite
async def test_a_file_with_faults_changes_nothing_and_needs_no_slack(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        bad = a_city(here).replace('"09:30"', '"half past nine"')
        told = await applied(here, database_url, bad, SLACK_API_URL="http://127.0.0.1:1/api/")
        assert (told.code, told.out) == (1, "")
        assert told.err.startswith("city.toml: team #parks: 'time' is \"half past nine\"; write hours and minutes")
        assert len(told.err.splitlines()) == 1
        unreachable = await applied(here, database_url, a_city(here), SLACK_API_URL="http://127.0.0.1:1/api/")
        assert unreachable.code == 1
        assert "can't be reached" in unreachable.err
        elsewhere = await applied(here, database_url, a_city(here), "--workspace", "T0NOWHERE")
        assert elsewhere.code == 1
        assert elsewhere.err == (
            f"--workspace T0NOWHERE isn't one that the app is installed in. Those are: {here.workspace.id} (City).\n"
        )
        assert await rows(database_url, "SELECT * FROM teams") == []


@on_sqlite
async def test_where_there_are_several_workspaces_one_is_named(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        here.workspace.add_channel("parks", members=here.people)
        await applied(here, database_url, a_city(here), "--dry-run")
        await change(
            database_url,
            "INSERT INTO workspaces (id, name, url, bot_user_id, bot_id, minimum, installed_at) "
            "SELECT 'T0OTHER', 'Other', url, bot_user_id, bot_id, minimum, installed_at FROM workspaces",
        )
        told = await applied(here, database_url, a_city(here))
        assert told.code == 1
        assert told.err.startswith("Say which workspace these teams are in, with --workspace. There are: ")
        named = await applied(here, database_url, a_city(here), "--workspace", here.workspace.id)
        assert named.code == 0, named
        without_token = await applied(here, database_url, a_city(here), "--workspace", "T0OTHER")
        assert without_token.code == 1
        assert without_token.err == "No token is known for T0OTHER. Install the app there: open /slack/install.\n"


class PassingTime:
    """Seconds that pass only while somebody waits."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed

    async def wait(self, seconds: float) -> None:
        self.passed += seconds


@on_sqlite
async def test_a_large_workspace_is_looked_through_as_slow_as_slack_wants_and_says_so(
    database_url: str, tmp_path: Path
) -> None:
    """5,000 channels at twenty calls a minute, which is Slack's own limit; no wait takes any time here."""
    time, said = PassingTime(), list[str]()
    async with town(tmp_path) as here:
        for number in range(5_000):
            here.workspace.add_channel(f"channel-{number}")
        here.workspace.add_channel("parks", members=here.people[:2])  # the last of all
        here.sandbox.limits.clock = time
        here.sandbox.rate_limits = {"conversations.list": (20 / 60, 1), "users.info": (2, 1)}
        (tmp_path / "city.toml").write_text(a_city(here))
        lines, all_applied = await apply(
            read("worker", here.environment(database_url)),
            load(tmp_path / "city.toml"),
            dry_run=False,
            workspace_id=None,
            progress=said.append,
            sleep=time.wait,
        )
        assert len(here.sandbox.traffic.of("conversations.list")) > 6, "those that were to wait are there, too"
    assert (lines[-1], all_applied) == ("Done: 2 new.", True)
    looked = [re.sub(r"\b[34] s", "3 s", line) for line in said if "list" in line or "looked" in line]
    assert looked == [
        line
        for page in range(1, 6)
        for line in (
            f"{900 * page} channels looked through, 1 of 2 found.",
            "Slack asks to wait 3 s before more of conversations.list.",
        )
    ]
    assert time.passed >= 5 * 3


@on_sqlite
async def test_teams_whose_channel_was_found_before_the_list_ended_are_applied(
    database_url: str, tmp_path: Path
) -> None:
    async with town(tmp_path) as here:
        for number in range(1_000):
            here.workspace.add_channel(f"channel-{number}")
        here.workspace.add_channel("parks", members=here.people[:2])

        def is_later_page(said: dict[str, Any]) -> bool:
            return bool(said.get("cursor"))

        here.sandbox.faults.add(
            method="conversations.list", kind="refused", word="missing_scope", times=100, when=is_later_page
        )  # fmt: skip
        done = await applied(here, database_url, a_city(here))
        assert done.code == 1
        assert "permits (#permits): new." in done.out
        assert (
            "#parks: not applied. Its channel wasn't found before the list ended: Slack says missing_scope." in done.out
        )


@on_sqlite
async def test_names_are_one_teams_own_and_doubles_that_are_stored_stay(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        ana = here.people[0]
        channels = [here.workspace.add_channel(name, members=[ana]) for name in ("north", "south", "ops", "west")]
        north, south, ops, west = channels

        def team(channel: Channel, name: str) -> str:
            named = f'name = "{name}"\n' if name else ""
            return f'[[teams]]\nchannel = "{channel.id}"\n{named}managers = ["{ana.id}"]\n'

        first = team(north, "Ops") + team(south, "“ops.”") + team(ops, "") + team(west, "Wes\\u202et")
        dry = await applied(here, database_url, first, "--dry-run")
        assert f"the file calls the team of {north.id} ““ops.””, too" in dry.out.lower().replace(
            north.id.lower(), north.id
        )
        told = await applied(here, database_url, first)
        assert told.code != 0
        assert f"The team of {north.id} is called ““ops.”” already. Try ““ops.” 2”." in told.out
        assert "U+202E" in told.out
        assert f"ops 2 ({ops.id}): new." in told.out
        await change(database_url, "UPDATE teams SET name = 'OPS' WHERE name = 'ops 2'")
        again = await applied(here, database_url, team(north, "Ops") + team(ops, "OPS"))
        assert (again.code, again.out.splitlines()[-1]) == (0, "Nothing to change.")
        settings = here.environment(database_url)
        examined = await ended("doctor", environment=settings, directory=here.directory)
        either_way = (f"({north.id}, {ops.id})", f"({ops.id}, {north.id})")  # made in one run, they are of one age
        assert "2 teams are called “Ops” (" in examined.out or "2 teams are called “OPS” (" in examined.out
        assert any(both in examined.out for both in either_way)
        asked = await ended("export", "--team", "ops", environment=settings, directory=here.directory)
        assert any(f"name the one you mean by its channel {both}" in asked.err for both in either_way)
