"""Managers take results away as a file; nobody else does, and it tells no more than the summaries did."""

import csv
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest

from bot.exports.formats import Format
from bot.sandbox import SeenMessage
from bot.slack.ids import Do
from tests.bot.test_exports import SIGNS, sheets, unzipped
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.processes.program import ended
from tests.storage.builders import on_both

HOSTILE = '=HYPERLINK("https://example.org") <!channel>'


async def exported(town: City, words: str = "export", *, number: int = 1) -> SeenMessage:
    """The `number`th file that the manager gets, after typing this in the team's channel."""
    reply = await town.manages(words)
    assert "is on its way to you as a direct message." in reply.text, reply
    return await town.until(lambda: next(iter(files(town)[number - 1 :]), None))


def files(town: City) -> list[SeenMessage]:
    return [each for each in town.manager.sees(town.manager.dm(town.app)) if each.files]


def content(message: SeenMessage) -> bytes:
    (found,) = message.files.values()
    return found


async def test_a_manager_gets_each_format_as_a_direct_message(town: City) -> None:
    await town.set_up(name=HOSTILE)
    await town.round()
    got = await exported(town)
    assert [*got.files] == ["hyperlink-https-example-org-channel-rounds-2026-10-05.zip"]
    assert "`dictionary.csv` in it says what each column means." in got.text
    assert "&lt;!channel&gt;" in got.text
    found = unzipped(content(got))
    assert [(row["dimension"], row["result"], row["level"]) for row in found["rounds.csv"]] == [
        ("A", "level", "2"), ("B", "level", "3"), ("C", "level", "1"), ("D", "level", "2"), ("E", "split", ""),
    ]  # fmt: skip
    assert {row["team"] for row in found["rounds.csv"]} == {f"'{HOSTILE}"}
    in_json = json.loads(content(await exported(town, "export json", number=2)))
    assert [row["at_least"] for row in in_json["rounds"]] == [3, 3, 3, 3, None]
    workbook = sheets(content(await exported(town, "export XLSX", number=3)))
    assert workbook["rounds"][0]["team"].value == HOSTILE
    assert workbook["rounds"][0]["team"].data_type == "s"


@on_both
async def test_a_cell_runs_in_no_spreadsheet_wherever_that_splits_the_file(town: City) -> None:
    cells = ["x;=cmd|' /C calc'!A0;", "x\t+1+1", 'x ; "@SUM(1)"', "x\n-2+3", "x;＝1 - y =1", "y\v=1"]  # noqa: RUF001
    await town.set_up(name=cells[0])
    await town.opened()
    await town.answer_example()
    ben = town.people[1]
    await ben.taps(await town.sees(ben, "Thank you"), action_id=Do.ADD_NOTES)
    for dimension, cell in zip("ABCDE", cells[1:], strict=True):
        await ben.fills(f"note:{dimension}", cell)
    await ben.submits()
    await town.close_early()
    await town.summary()
    with zipfile.ZipFile(io.BytesIO(content(await exported(town)))) as archive:
        written = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert written["notes.csv"].count("x") >= 4
    assert " - y '=1" in written["notes.csv"], "a dash between words is no formula"
    for name in ("rounds.csv", "notes.csv"):
        for separator in ",;\t ":
            for row in csv.reader(io.StringIO(written[name], newline=""), delimiter=separator):
                for cell in (each.strip(' \n\v"') for each in row):
                    assert cell == "-" or not cell.startswith(tuple(SIGNS)), (separator, cell)


async def test_no_answer_time_or_person_is_in_any_format(town: City) -> None:
    await town.set_up()
    await town.round()
    found = [content(await exported(town, f"export {form}", number=number)) for number, form in enumerate(Format, 1)]
    in_csv, in_json, workbook = found
    cells = [cell.value for sheet in sheets(workbook).values() for row in sheet for cell in row.values()]
    for text in (str(unzipped(in_csv)), in_json.decode(), str(cells)):
        assert "permits" in text
        for person in town.people:
            assert person.id not in text
            assert person.name not in text
        assert ":00" not in text, "no time of day"


async def test_a_named_round_is_exported_without_names(town: City) -> None:
    await town.set_up(privacy="named")
    await town.round()
    found = json.loads(content(await exported(town, "export json")))
    assert {row["privacy"] for row in found["rounds"]} == {"named"}
    assert not [person for person in town.people if person.name in str(found) or person.id in str(found)]


@on_both
async def test_elsewhere_a_manager_gets_all_teams_they_manage_or_the_one_they_name(town: City) -> None:
    await town.set_up()
    await town.round()
    roads = town.workspace.add_channel("roads", members=[*town.people, town.installation])
    await town.set_up(where=roads)
    lounge = town.workspace.add_channel("lounge", members=[*town.people, town.installation])
    reply = await town.manager.types("/maturity export json", lounge)
    assert reply.text == "The export of 2 teams is on its way to you as a direct message."
    got = await town.until(lambda: next(iter(files(town)), None))
    assert "The export of 2 teams that you asked for." in got.text
    assert [*got.files] == ["2-teams-rounds-2026-10-05.json"]
    reply = await town.manager.types("/maturity export permits json", lounge)
    assert reply.text == "The export of *permits* is on its way to you as a direct message."
    reply = await town.manager.types("/maturity export nowhere", lounge)
    await town.sees(town.manager, "There is no team called “nowhere”.", where=lounge)
    await town.manager.types("/maturity export", roads)
    await town.sees(town.manager, "There is nothing to export yet", where=roads)


async def test_a_format_that_there_is_not_is_answered_with_those_that_there_are(town: City) -> None:
    await town.set_up()
    await town.round()
    for typed in ("pdf", "pdf permits", "permits pdf"):
        await town.manages(f"export {typed}")
        said = (await town.sees(town.manager, f"There is no team called “{typed}”.", where=town.channel)).shown
        assert said.endswith("The formats are `csv`, `json` and `xlsx`: `/maturity export xlsx`."), said
    assert not list(files(town))


@pytest.mark.parametrize("name", ["Open JSON", "csv files"])
async def test_a_team_may_have_a_format_in_its_name(town: City, name: str) -> None:
    await town.set_up(name=name)
    await town.round()
    [suffix] = [each.rpartition(".")[2] for each in (await exported(town, f"export {name}")).files]
    assert suffix == "zip"
    [suffix] = [each.rpartition(".")[2] for each in (await exported(town, f"export xlsx {name}", number=2)).files]
    assert suffix == "xlsx"


async def test_members_export_nothing_and_admins_everything(town: City) -> None:
    await town.set_up()
    await town.round()
    lounge = town.workspace.add_channel("lounge", members=[*town.people, town.bystander, town.installation])
    ben = town.people[1]
    await ben.types("/maturity export", town.channel)
    await town.sees(ben, "Only its managers and workspace admins may do that for *permits*.", where=town.channel)
    await ben.types("/maturity export", lounge)
    await town.sees(ben, "Only a team's managers and workspace admins may export", where=lounge)
    town.bystander.is_admin = True
    await town.bystander.types("/maturity export", lounge)
    await town.sees(town.bystander, "The export of *permits* is on its way", where=lounge)
    await town.sees(town.bystander, "The export of *permits* that you asked for.")
    assert not [each for each in ben.sees(ben.dm(town.app)) if each.files]


async def test_who_is_no_manager_any_more_when_it_is_sent_gets_nothing(town: City) -> None:
    await town.set_up()
    await town.round()
    await town.manages("managers add @ben")
    ben = town.people[1]
    town.sandbox.faults.add(method="files.getUploadURLExternal", kind="ratelimited", retry_after=600)
    await ben.types("/maturity export", town.channel)
    await town.until(lambda: town.sandbox.traffic.of("files.getUploadURLExternal")[1:] or None)
    await town.manages("managers remove @ben")
    town.clock.move(minutes=11)
    await town.settled()
    assert not [each for each in ben.sees(ben.dm(town.app)) if each.files]
    (row,) = [row for row in await rows(town, "deliveries") if row["kind"] == "file"]
    assert row["state"] == "skipped"


@pytest.mark.slow
async def test_operators_export_from_the_command_line(town: City, tmp_path: Path) -> None:
    await town.set_up()
    await town.round()
    environment = {"DATABASE_URL": town.database_url}

    async def run(*arguments: str) -> tuple[int, str, str]:
        told = await ended("export", *arguments, environment=environment, directory=tmp_path)
        return told.code, told.out, told.err

    code, out, err = await run()
    assert (code, err) == (0, "")
    assert [row["dimension"] for row in csv.DictReader(io.StringIO(out))] == [*"ABCDE"]
    code, out, err = await run("--format", "json", "--team", "PERMITS", "--workspace", town.workspace.id)
    assert (code, len(json.loads(out)["rounds"])) == (0, 5)
    code, out, err = await run("--format", "xlsx", "--output", "all.xlsx")
    assert (code, out, err) == (0, "", "")
    assert len(sheets((tmp_path / "all.xlsx").read_bytes())["rounds"]) == 5
    (tmp_path / "all.zip").touch(mode=0o644)
    assert (await run("--output", "all.zip"))[0] == 0
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("all.xlsx", "all.zip")} == {0o600}
    assert len(unzipped((tmp_path / "all.zip").read_bytes())["rounds.csv"]) == 5


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--team", "permit"], 1, "City has no team called “permit”. Did you mean “permits”?\n"),
        (["--workspace", "T0NOWHERE"], 1, "There is no workspace T0NOWHERE. There are "),
        (["--format", "xlsx"], 2, "A workbook is no text: say where it goes with --output FILE.xlsx.\n"),
        (["--output", "nowhere/all.zip"], 1, "nowhere/all.zip can't be written (No such file or directory). "),
    ],
)
async def test_an_operator_is_told_what_was_wrong(
    town: City, tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    await town.set_up()
    told = await ended("export", *arguments, environment={"DATABASE_URL": town.database_url}, directory=tmp_path)
    assert (told.code, told.out) == (code, "")
    assert told.err.startswith(says)
