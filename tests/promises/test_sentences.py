"""Every sentence that a person reads in Slack can be translated: it comes from the catalogue, and it is in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from bot.access.roles import Power
from bot.commands import words
from bot.commands.listeners import HANDLERS
from tests.promises.source import ROOT, Module, calls, last_name, our_modules

TEMPLATE = ROOT / "bot" / "locale" / "maturity.pot"
LOOKUPS = {"_": 1, "ngettext": 2}
"""What reads a sentence from the catalogue, and how many of its arguments are sentences."""

FOR_OPERATORS = {
    "bot.cli",
    "bot.operations.asking",
    "bot.operations.doctor",
    "bot.operations.export",
    "bot.operations.findings",
    "bot.operations.trial",
    "bot.program.single_worker",
    "bot.program.manifest",
    "bot.kit.metrics",
    "bot.delivery.outbox",
    "bot.program.database_faults",
    "bot.program.dispatch",
    "bot.program.listening",
    "bot.program.serving",
    "bot.front_door.verification",
    "bot.program.due_queue",
    "bot.program.process",
    "bot.program.schema",
    "bot.kit.settings",
    "bot.slack.client",
    "bot.teams.roster_reader",
    "bot.operations.teams_apply",
    "bot.operations.teams_file",
    "bot.operations.teams_plan",
    "bot.operations.teams_run",
    "bot.program.web",
    "bot.program.worker",
}
"""What these write goes to a terminal, a log or Slack's own pages, in English."""
NOT_FOR_PEOPLE = {
    "AssertionError",
    "RuntimeError",
    "StartError",
    "OutOfReachError",
    "CommandError",
    "ArgumentError",
    "UnreadableError",
    "TypeError",
}
"""Errors that nobody in Slack reads."""
TO_THE_LOG = {"debug", "info", "warn", "warning", "error"}
A_SENTENCE = re.compile(r"[A-Z][a-z']* [a-z]|[a-z]{2,} [a-z']+ [a-z]{2,}|^[A-Z][a-z]+[ .!?]|[a-z]{2,}[.!?]$")
"""A capital and a word after it, three words in a row, or a word that begins or ends like a sentence."""
ALLOWED = {
    "bot.schedule.cadence": {"An instant needs its time zone: pass an aware datetime."},
    "bot.exports.tables": {"level or above", "too few answers"},
    "bot.delivery.fates": {"no longer needed"},
    "bot.rounds.lifecycle": {"the round ended first"},
}
"""Keys that are stored, cells that a file's dictionary explains, reasons that operators look up, and what only a
programmer can do wrong.
"""


def for_people() -> list[Module]:
    return [
        module
        for module in our_modules()
        if module.name.startswith("bot.")
        and module.name not in FOR_OPERATORS
        and not module.name.startswith("bot.demo")
    ]


def translated() -> list[Module]:
    """All but the module that hands over to gettext."""
    return [module for module in our_modules() if module.name != "bot.kit.i18n"]


def looked_up(module: Module) -> Iterator[tuple[str, str | None]]:
    """Each sentence that is looked up in the catalogue, with its place; None for what isn't written out there."""
    for name, call in calls(module.tree):
        for each in call.args[: LOOKUPS.get(name, 0)]:
            yield module.at(call), text_of(each)


def text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_every_sentence_that_is_looked_up_stands_there_as_it_is() -> None:
    """Extraction reads the source: a name or an f-string in a look-up would be in no catalogue."""
    assert [at for module in translated() for at, sentence in looked_up(module) if not sentence] == []


def test_every_placeholder_has_a_name() -> None:
    """A translator moves and repeats them; a brace that is no placeholder would break `format`."""
    wrong = [
        f"{at}: {sentence}"
        for module in translated()
        for at, sentence in looked_up(module)
        if sentence and (re.search(r"%[sdr(]", sentence) or re.search(r"[{}]", re.sub(r"\{[a-z_]+\}", "", sentence)))
    ]
    assert wrong == []


def test_no_sentence_for_people_goes_past_the_catalogue() -> None:
    wrong = [
        f"{at}: {written}"
        for module in for_people()
        for at, written in unguarded(module)
        if A_SENTENCE.search(written) and written not in ALLOWED.get(module.name, ())
    ]
    assert wrong == []


def unguarded(module: Module) -> Iterator[tuple[str, str]]:
    """The texts in a module's code that neither the catalogue gives nor only operators and programmers read."""
    skipped: set[int] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))  # a docstring
        if isinstance(node, ast.Assert):
            skipped |= {id(part) for part in ast.walk(node)}
        if isinstance(node, ast.Call):
            name = last_name(node.func)
            to_the_log = name in TO_THE_LOG and isinstance(node.func, ast.Attribute)
            if name in LOOKUPS or name in NOT_FOR_PEOPLE or to_the_log or name in {"compile", "ContextVar", "TypeVar"}:
                skipped |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield module.at(node), node.value


@pytest.mark.parametrize(
    "written", ["Only managers may", "ask the team", "Closed.", "too few answers", "Shared by {x}"]
)
def test_the_search_for_sentences_finds_them(written: str) -> None:
    module = Module("bot.x", "bot/x.py", written, ast.parse(f"def f():\n    return UserError({written!r})"))
    assert [text for _at, text in unguarded(module) if A_SENTENCE.search(text)] == [written]


def extracted(into: Path) -> Catalog:
    """What `make messages` collects."""
    arguments = ["--quiet", "extract", "--mapping-file=babel.cfg", "--no-location", f"--output-file={into}", "."]
    CommandLineInterface().run(["pybabel", *arguments])  # type: ignore[no-untyped-call]
    return read(into)


def read(path: Path) -> Catalog:
    with path.open(encoding="utf-8") as file:
        return read_po(file)


def test_the_template_for_translators_is_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    now, kept = extracted(tmp_path / "now.pot"), read(TEMPLATE)
    assert len(now) > 200
    missing = [message.id for message in now if message.id and message.id not in kept]
    gone = [message.id for message in kept if message.id and message.id not in now]
    assert (missing, gone) == ([], []), "run `make messages`"


def test_the_help_lists_exactly_what_works() -> None:
    assert set(words.usages()) == set(HANDLERS)


def test_every_command_about_a_team_is_in_the_table_of_who_may() -> None:
    """What isn't there is anyone's, about oneself, or about the workspace."""
    about_no_team = {"help", "rubric", "setup", "checkin", "privacy", "away", "admins", "overview", "audit"}
    assert HANDLERS.keys() - set(Power) <= about_no_team
