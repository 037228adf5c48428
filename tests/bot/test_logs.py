"""What operators read: one line an event, and never a word that a person wrote."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest

from bot.inputs.nearest import nearest
from bot.kit import logs

Configure = Callable[[str, Literal["json", "console"]], io.StringIO]


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    """`logs.configure`, undone afterwards; what it returns fills with what is logged."""
    root, scheduler = logging.getLogger(), logging.getLogger("apscheduler")
    handlers, level, scheduler_level = root.handlers[:], root.level, scheduler.level
    root.handlers = []  # configure() closes those it finds

    def configure(at: str, form: Literal["json", "console"]) -> io.StringIO:
        told = io.StringIO()
        monkeypatch.setattr(sys, "stderr", told)
        logs.configure(at, form)
        return told

    yield configure
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level = handlers, level
    scheduler.setLevel(scheduler_level)


def lines(told: io.StringIO) -> list[str]:
    return told.getvalue().splitlines()


def test_a_line_on_the_console_has_time_level_and_words(configured: Configure) -> None:
    told = configured("INFO", "console")
    logging.getLogger("bot.program.process").info("ready: %s", "run")
    (line,) = lines(told)
    assert line.endswith(" INFO ready: run")
    assert line[:4].isdigit()


def test_what_comes_from_elsewhere_begins_no_line_of_its_own(configured: Configure) -> None:
    told = configured("INFO", "console")
    logging.getLogger("slack_bolt.OAuthFlow").warning("refused: %s", "x\n2026-01-01 ERROR all is lost\x1b[2J\u2028")
    (line,) = lines(told)
    assert line.endswith(r"refused: x\n2026-01-01 ERROR all is lost\x1b[2J\u2028")


def test_a_line_of_json_has_time_level_origin_and_words_in_any_script(configured: Configure) -> None:
    told = configured("INFO", "json")
    logging.getLogger("bot.program.process").warning("zurück: %s", "λ")
    found = json.loads(told.getvalue())
    assert found.pop("at").endswith("+00:00")
    assert found == {"level": "warning", "from": "bot.program.process", "says": "zurück: λ"}
    assert "zurück: λ" in told.getvalue()


@pytest.mark.parametrize(("level", "heard"), [("DEBUG", 3), ("INFO", 2), ("WARNING", 1), ("ERROR", 0)])
def test_the_level_that_was_asked_for_holds_for_our_own_lines(configured: Configure, level: str, heard: int) -> None:
    told = configured(level, "console")
    ours = logging.getLogger("bot.program.worker")
    ours.debug("one")
    ours.info("two")
    ours.warning("three")
    assert len(lines(told)) == heard


@pytest.mark.parametrize("name", ["slack_bolt.AsyncApp", "maturity:AsyncCustomListener", "aiosqlite", "botanist"])
def test_other_peoples_lines_are_heard_from_warnings_on_whatever_level_they_give_themselves(
    configured: Configure, name: str
) -> None:
    """Bolt gives its loggers the root's level, and logs whole answers at DEBUG."""
    told = configured("DEBUG", "console")
    theirs = logging.getLogger(name)
    theirs.setLevel(logging.DEBUG)
    theirs.debug("Responding with body: what somebody wrote")
    theirs.info("what somebody wrote")
    theirs.warning("something is up")
    assert [line.partition("WARNING ")[2] for line in lines(told)] == ["something is up"]
    theirs.setLevel(logging.NOTSET)


def test_ticks_that_are_left_out_are_no_news(configured: Configure) -> None:
    told = configured("DEBUG", "console")
    logging.getLogger("apscheduler.scheduler").warning("skipped: maximum number of running instances reached")
    assert lines(told) == []


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_in_somebodys_line_becomes_a_place(configured: Configure, form: Literal["json", "console"]) -> None:
    told = configured("INFO", form)
    try:
        int("what somebody wrote")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    assert "Exception in ASGI application" in told.getvalue()
    assert "ValueError in test_a_traceback_in_somebodys_line_becomes_a_place (test_logs.py:" in told.getvalue()
    assert "somebody wrote" not in told.getvalue()


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_line_that_asks_for_a_traceback_where_nothing_was_raised_is_told_without(
    configured: Configure, form: Literal["json", "console"]
) -> None:
    told = configured("INFO", form)
    logging.getLogger("bot.program.web").error("no", exc_info=(None, None, None))
    assert "no" in told.getvalue()
    assert "where" not in told.getvalue()


def raised_by(work: Callable[[], Any]) -> BaseException:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - the error is what is looked at
        return error
    raise AssertionError("nothing was raised")


def test_an_error_is_told_by_its_kind_and_place() -> None:
    def work() -> None:
        raise KeyError("what somebody wrote")

    said = logs.where(raised_by(work))
    assert said.startswith("KeyError in work (test_logs.py:")
    assert "somebody" not in said


def test_our_own_places_are_told_however_deep_in_other_peoples_code_it_was_raised() -> None:
    said = logs.where(raised_by(lambda: nearest("summary", {}, good="so")))  # type: ignore[arg-type]
    innermost, ours = said.split(" < ")
    assert innermost.startswith("TypeError in ")
    assert "difflib.py:" in innermost
    assert ours.startswith("nearest (bot/inputs/nearest.py:")


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert logs.where(ValueError("what somebody wrote")) == "ValueError"


def test_the_error_behind_an_error_is_named() -> None:
    def work() -> None:
        try:
            int("x")
        except ValueError as error:
            raise RuntimeError("no") from error

    assert logs.where(raised_by(work)).startswith("RuntimeError from ValueError in work (")
