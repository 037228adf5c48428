import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.listeners import HANDLERS
from bot.commands.words import OTHER_WORDS, meant, parse, usages


@pytest.mark.parametrize(
    ("typed", "word", "rest"),
    [
        ("", "help", ""),
        ("   ", "help", ""),
        ("setup", "setup", ""),
        ("  Summary   Permits Online ", "summary", "Permits Online"),
        ("/summary", "summary", ""),
        ("SUMMARY <#C1|permits>", "summary", "<#C1|permits>"),
        ("/", "help", ""),
        ("*summary Permits*", "summary", "Permits"),
        ("“Summary” “Permits Online.”", "summary", "Permits Online"),
        ("help!", "help", ""),
        ("summary R&amp;D", "summary", "R&D"),
        ("summary <http://permits.gov|permits.gov>.", "summary", "permits.gov"),
        ("managers add <@U2>, <@U3>", "managers", "add <@U2>, <@U3>"),
    ],
)
def test_a_command_is_its_first_word_and_what_follows(typed: str, word: str, rest: str) -> None:
    command = parse(typed)
    assert (command.word, command.rest) == (word, rest)


@pytest.mark.parametrize("blank", ["\t", "\n", "\u00a0"])
def test_any_blank_ends_the_word(blank: str) -> None:
    command = parse(f"summary{blank}Permits")
    assert (command.word, command.rest) == ("summary", "Permits")


@given(st.text())
def test_whatever_is_typed_is_some_command(typed: str) -> None:
    command = parse(typed)
    assert command.word
    assert command.word == command.word.strip()


@pytest.mark.parametrize(
    ("typed", "ours"),
    [("sumary", "summary"), ("setpu", "setup"), ("chekin", "checkin"), ("xyzzy", None), ("", None), ("answers", None)],
)
def test_a_misspelt_word_finds_the_nearest(typed: str, ours: str | None) -> None:
    assert meant(typed, HANDLERS) == ours


@pytest.mark.parametrize(
    ("typed", "ours"), [("results", "summary"), ("stop", "pause"), ("vacation", "away"), ("vaccation", "away")]
)
def test_what_other_programs_call_it_leads_to_ours(typed: str, ours: str) -> None:
    assert meant(typed, HANDLERS) == ours


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_a_word_of_ours_is_never_taken_for_another(word: str) -> None:
    assert word in HANDLERS
    assert not HANDLERS.keys() & set(OTHER_WORDS[word])


@pytest.mark.parametrize("word", usages())
def test_every_word_of_the_help_leads_to_itself(word: str) -> None:
    assert word in HANDLERS
    assert meant(word, HANDLERS) == word
