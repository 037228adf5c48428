"""`maturity demo`, run as people run it: what the terminal says, what is left behind, and how it ends."""

import os
import re
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.parts import missing

PATIENCE = 600
"""Seconds, which no machine is too busy to do with."""
PNG = b"\x89PNG\r\n\x1a\n"
OF_SOMEONE_ELSE = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_BOT_TOKEN": "nonsense",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "MATURITY_RUBRIC": "/nowhere.toml",
    "HTTPS_PROXY": "http://127.0.0.1:1",
    "HTTP_PROXY": "http://127.0.0.1:1",
    "ALL_PROXY": "http://127.0.0.1:1",
    "COLUMNS": "80",
}
"""An environment that would stop the bot, a proxy that leads nowhere, and a narrow terminal."""


def command(directory: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "bot", "demo", "--directory", str(directory), *more]


@contextmanager
def staying(directory: Path, *, until: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The demo, running, and what it has printed by the line that begins with `until`."""
    process = subprocess.Popen(
        command(directory, "--port", "0"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | OF_SOMEONE_ELSE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith(until):
                break
        yield process, "".join(lines)
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=PATIENCE)


def without_instants(words: str) -> str:
    """Links to messages hold the instant they were posted at, and on a slow machine it may be a minute later."""
    return re.sub(r"https://\S+|\b\d\d:\d\d\b", "", words)


def as_one_line(words: str) -> str:
    """Without the breaks and rules that depend on how wide the terminal is."""
    return re.sub(r"[\s─]+", " ", words)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code and what it said of a fault."""
    _rest, faults = process.communicate(timeout=PATIENCE)
    return process.returncode, faults


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The story, told once to a pipe of 80 columns: its directory and its words."""
    directory = tmp_path_factory.mktemp("story") / "made anew"
    done = subprocess.run(
        command(directory, "--once", "--port", "0"),
        check=False, capture_output=True, text=True, timeout=PATIENCE, env=os.environ | OF_SOMEONE_ELSE,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return directory, done.stdout


def test_the_summary_says_where_the_team_stands_and_what_to_do_next(told: tuple[Path, str]) -> None:
    _directory, words = told
    summary = words.partition("the round closes at its deadline")[2].partition("Ana asks for the summary")[0]
    flat = re.sub(r"\s+", " ", summary)
    assert "Permits: round 7, November 2026" in flat
    assert "6 of 7 answered." in flat
    levels = re.findall(r"^    ([A-E])\. [^:\n]+: (level \d|split, \d to \d)", summary, re.MULTILINE)
    assert levels == [
        ("A", "level 2"), ("B", "level 3"), ("C", "level 1"), ("D", "level 2"), ("E", "split, 1 to 4"),
    ]  # fmt: skip
    assert "is up from 1 to 2" in flat
    assert "To reach level 2 in C. Work across disciplines, systems" in flat
    assert "To reach level 3 in A. Engage society" in flat
    assert flat.count("[Adopt]") == 2
    assert "[image: Maturity profile of Permits." in flat


def test_a_round_is_asked_answered_and_closed_by_its_schedule(told: tuple[Path, str]) -> None:
    _directory, words = told
    in_order = [
        "Tuesday 3 November, 10:00: the round of Permits opens by its schedule",
        "Tue 10:00  maturity to ana",
        "Tue 10:00  maturity to ben, cho, dev, eli, fay, gus: as above.",
        "ana chooses 2. 2-way engagement, receive input",
        "ben chooses 2, 3, 2, 3, 4",
        "ben taps [Change answers]",
        "cho writes Legal now sits in our Monday meeting",
        "Thu 09:00  maturity to gus: as above.",
        "gus taps [Skip this round]",
        "Friday 6 November, 10:00: the round closes at its deadline",
        "This round has closed. Thanks for taking part.",
        "This round has closed. You skipped it.",
        "ana types /maturity summary in #permits",
        "[Share with the channel]",
        "Open data: round 6, October 2026",
    ]
    places = [words.find(line) for line in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places == sorted(places)


def test_the_documents_show_what_the_demo_says(told: tuple[Path, str]) -> None:
    _directory, words = told
    excerpt = (Path(__file__).parents[2] / "docs" / "transcript.txt").read_text()
    for part in excerpt.split("\n\n\n"):
        assert as_one_line(part) in as_one_line(words), "make pictures brings docs/ up to date"


def test_it_reads_well_where_lines_are_short_and_marks_are_plain(told: tuple[Path, str]) -> None:
    directory, words = told
    assert "\x1b" not in words
    assert "*" not in words
    too_long = [line for line in words.splitlines() if len(line) > 80 and str(directory) not in line]
    assert [line for line in too_long if "https://" not in line] == []


def test_the_picture_is_kept_where_the_last_lines_say(told: tuple[Path, str]) -> None:
    directory, words = told
    assert f"The picture of the summary: {directory / 'profile.png'}\n" in words
    picture = (directory / "profile.png").read_bytes()
    assert picture.startswith(PNG)
    width, height = struct.unpack(">II", picture[16:24])
    assert (width, height) > (600, 600)


@pytest.mark.slow
def test_begun_anew_it_stays_with_its_address_until_it_is_told_to_end(told: tuple[Path, str]) -> None:
    directory, before = told
    with staying(directory, until="Ctrl-C") as (process, words):
        ready, _line, story = words.partition("\n\n")
        assert re.fullmatch(r"Ready: (http://127\.0\.0\.1:\d+/) is the page to try it on. Meanwhile, the story:", ready)
        same, _line, rest = story.partition("Where it is")
        assert without_instants("\n" + same) == without_instants(before.partition("Where it is")[0])
        address = re.search(r"http://127\.0\.0\.1:\d+/", rest)
        assert address is not None
        page = httpx.get(address[0] + "transcript", timeout=PATIENCE).text
        assert "<h2>Permits: round 7, November 2026</h2>" in page
        assert "<span>Share with the channel</span>" in page
        source = re.search(r'<img src="/(files/[^"]+)" alt="Maturity profile of Permits\.', page)
        assert source is not None
        assert httpx.get(address[0] + source[1], timeout=PATIENCE).content == (directory / "profile.png").read_bytes()
        process.send_signal(signal.SIGTERM)
        assert ended(process) == (0, "")
    assert (directory / "bot.log").read_text().splitlines()[-1].endswith("stopped")


@pytest.mark.slow
def test_told_to_end_amid_the_story_it_ends_cleanly_too(tmp_path: Path) -> None:
    with staying(tmp_path, until="Tue 10:00") as (process, _words):
        process.send_signal(signal.SIGINT)
        assert ended(process) == (0, "")
    assert (tmp_path / "bot.log").read_text().splitlines()[-1].endswith("stopped")


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            command(tmp_path, "--once", "--port", str(port)), check=False, capture_output=True, text=True
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} can't be used (Address already in use). Choose another: `maturity demo --port NUMBER`.\n"
    )


def test_a_directory_that_cant_be_written_is_named_with_the_way_out(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    done = subprocess.run(command(file / "below", "--once", "--port", "0"), check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        f"The demo can't write into {file / 'below'} (Not a directory). "
        "Choose another place: `maturity demo --directory PATH`.\n"
    )


@pytest.mark.slow
def test_a_bot_that_dies_is_told_with_its_last_words(tmp_path: Path) -> None:
    if not Path("/proc/self/task").exists():
        missing("Linux's /proc is missing, which tells the bot's process: run this test on Linux")
    with staying(tmp_path, until="Tue 10:00") as (process, _words):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        (bot,) = [
            int(child) for child in children if b"run" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        ]
        os.kill(bot, signal.SIGKILL)
        code, faults = ended(process)
    assert code == 1
    assert faults.startswith("The bot ended with exit code -9. The last lines of ")
    assert "ready: run, Socket Mode" in faults
