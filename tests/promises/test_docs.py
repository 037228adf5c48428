"""What the documents say is so: variables, commands, links, and how the program is started."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bot.access import roles
from bot.access.roles import Power
from bot.cli import _parser
from bot.commands import words as commands
from bot.kit import settings
from bot.slack.ids import COMMAND
from tests.promises.typed_by_operators import understood, variables_read, words_below

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
GUIDE = "docs/operations/README.md"
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", GUIDE)
NO_VARIABLES_OF_OURS = {"SQLITE_FULL", "POSTGRES_PASSWORD"}
"""An error of SQLite's, and a variable of the compose file alone."""


def section(heading: str) -> str:
    """A section of the README, to the next heading of its rank."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found is not None, heading
    return found[1]


def first_cells(table: str) -> Iterator[str]:
    for line in table.splitlines():
        if line.startswith("| `"):
            yield line.split(" | ")[0].replace("\\|", "|")


def shell_of(text: str) -> list[str]:
    """What a document has its reader type: its blocks of shell."""
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_program_reads_some_variables() -> None:
    assert {"SLACK_BOT_TOKEN", "DATABASE_URL", "MATURITY_TICK"} <= variables_read()


def test_the_readme_lists_the_variables_that_there_are() -> None:
    listed = [name for cell in first_cells(section("Variables")) for name in re.findall(r"`([A-Z_]+)`", cell)]
    assert sorted(listed) == sorted(variables_read())


def test_the_example_environment_lists_the_variables_that_there_are() -> None:
    listed = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(variables_read())


def test_each_variable_of_the_example_environment_has_a_comment_above() -> None:
    for group in (ROOT / ".env.example").read_text().split("\n\n"):
        lines = group.splitlines()
        if any(re.match(r"(# )?[A-Z_]+=", line) for line in lines):
            assert re.match(r"# .*[a-z]{2,} .*\.$", lines[0]), group


def test_defaults_that_the_readme_names_are_the_programs() -> None:
    defaults = dict(re.findall(r"^# ([A-Z_]+)=(.+)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    read = settings.read("database", environment=dict(defaults))
    assert read == settings.read("database", environment={})
    rows = section("Variables").splitlines()
    for name, default in defaults.items():
        (row,) = [row for row in rows if f"`{name}`" in row.split(" | ")[0]]
        assert f"`{default}`" in row.split(" | ")[-1], row


@pytest.mark.parametrize("document", ["README.md", GUIDE])
def test_every_variable_that_operators_read_of_is_one(document: str) -> None:
    named = set(re.findall(r"\b(?:[A-Z]+_)+[A-Z]+\b|\b(?:HOST|PORT)(?==)", (ROOT / document).read_text()))
    assert named
    assert named - variables_read() - NO_VARIABLES_OF_OURS == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_for_operators_is_one(document: str) -> None:
    text = (ROOT / document).read_text()
    named = re.findall(r"`(maturity [a-z][^`\n]*)`", text)
    named += re.findall(r"^(maturity [a-z].*?)(?: +#.*)?$", "".join(shell_of(text)), re.MULTILINE)
    assert [line for line in named if not understood(line)] == []


def test_the_guide_types_commands_into_a_shell() -> None:
    assert "\nmaturity db upgrade" in "".join(shell_of((ROOT / GUIDE).read_text()))


def test_every_unit_that_the_guide_starts_is_a_part_of_the_program() -> None:
    named = set(re.findall(r"maturity@([a-z]+)", "".join(shell_of((ROOT / GUIDE).read_text()))))
    assert named == set(get_args(settings.Part))


def test_the_readme_lists_every_command_for_operators() -> None:
    table = section("Commands for operators")
    assert [word for word in words_below(_parser()) if f"`maturity {word}" not in table] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_in_slack_is_one(document: str) -> None:
    text = (ROOT / document).read_text()
    named = set(re.findall(rf"`{COMMAND} ([a-z]+)", text))
    assert named - set(commands.usages()) == set()


def test_the_readme_lists_every_command_in_slack() -> None:
    cells = " ".join(first_cells(section("Commands in Slack")))
    listed = re.findall(rf"`{COMMAND} ([^`]+)`", cells)
    assert sorted(listed) == sorted(each.usage for each in commands.usages().values())


def test_the_readme_says_who_may_as_the_rules_do() -> None:
    for row in section("Commands in Slack").splitlines():
        words = re.findall(rf"`{COMMAND} ([a-z]+)", row.split(" | ")[0])
        for word in words:
            if word in set(Power):
                who = "members, managers, admins" if roles.MAY[Power(word)] == roles.SEE else "managers, admins"
                assert row.split(" | ")[-1].removesuffix(" |") == who, row


def test_the_help_lists_a_command_where_the_rules_allow_it() -> None:
    listed = {word: usage.who for word, usage in commands.usages().items() if word in set(Power)}
    assert listed == {
        word: commands.Who.MEMBERS if roles.MAY[Power(word)] == roles.SEE else commands.Who.MANAGERS for word in listed
    }


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_within_the_project_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text()
    targets = re.findall(r"\]\(([^)]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    broken = []
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _hash, anchor = target.partition("#")
        file = (ROOT / document).parent / path if path else ROOT / document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def test_pictures_have_words() -> None:
    pictures = re.findall(r"<img [^>]+>", README)
    assert pictures
    assert all(re.search(r'alt="[^"]{40,}"', picture) for picture in pictures)


def test_the_procfile_starts_what_there_is() -> None:
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    assert lines == {"release": "maturity db upgrade", "web": "maturity web", "worker": "maturity worker"}
    assert all(understood(line) for line in lines.values())


@pytest.mark.parametrize("document", DOCUMENTS[:2])
def test_every_target_that_a_document_names_is_in_the_makefile(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / document).read_text(), re.MULTILINE))
    assert named
    assert named - targets == set()


def test_the_license_is_whole_and_the_model_is_credited() -> None:
    license_text = (ROOT / "LICENSE").read_text()
    assert "Apache License\n                           Version 2.0, January 2004" in license_text
    assert "END OF TERMS AND CONDITIONS" in license_text
    notice = (ROOT / "NOTICE").read_text()
    assert "City of Austin" in notice
    assert "Becoming an open and smart city" in notice
