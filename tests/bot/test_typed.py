"""What people type, in one normal form."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.inputs.typed import (
    as_typed,
    beside,
    channel_id,
    clean,
    doubles,
    free_name,
    further,
    is_quoted,
    is_seen,
    key,
    listed,
    unwrapped,
    wrong_character,
)

PIECES = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\u00a0\u200b\u200d\u200c\u202e\u2011“”’*_~`'\".…ßİŉ\u0345é\u0301\u3164\u034f\ufe00\ufe0f🏴👩"),  # noqa: RUF001
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    "typed",
    [
        "bürger amt",
        "BÜRGER AMT",
        unicodedata.normalize("NFD", "Bürger Amt"),
        '"Bürger Amt"',
        "“Bürger Amt”",
        "„Bürger Amt“",
        "« Bürger Amt »",
        "'Bürger Amt'",
        "‘Bürger Amt’",  # noqa: RUF001 - as keyboards write it
        "*Bürger Amt*",
        "_*Bürger Amt*_",
        "`Bürger Amt`",
        "~Bürger Amt~",
        "Bürger\u00a0Amt",
        "Bürger \u2009 Amt",
        "Bürger\u3000Amt",
        "Bürger\tAmt\n",
        "Bürger Amt.",
        "*Bürger Amt*.",
        "“Bürger Amt.”",
        "❝Bürger Amt❞",
        "»Bürger Amt«",
        "Ｂüｒｇｅｒ\u3000Ａｍｔ．",  # noqa: RUF001 - of full width
        "Bürger Amt …",
        "Bürger Amt?!",
        "\ufeffBürger\u200b Amt",
        "\u2067Bürger Amt\u2069",
        "Bürger\u034f Amt",
        "Bürger\ufe00 Amt\U000e0100",
        "Bürger\u2065 Amt\U000e0fff",
    ],
)
def test_a_name_is_the_same_however_it_is_typed(typed: str) -> None:
    assert key(typed) == "bürger amt"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bürger Amt", "Burger Amt"), ("Ops", "Ops 2"), ("C", "C++"), ("Rail", "R-ail"), ("!!", "??"), ("*", "**")],
)
def test_names_that_read_differently_differ(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_dashes_and_apostrophes_of_all_kinds_are_one() -> None:
    assert key("Citizens’ Bureau\u2011East") == key("citizens' bureau-east")  # noqa: RUF001


@given(PIECES)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert key(key(text)) == key(text)
    assert clean(clean(text)) == clean(text)
    assert wrong_character(clean(text)) is None
    assert unwrapped(unwrapped(clean(text))) == unwrapped(clean(text))


@given(PIECES)
@example("\r»0»")
@example("»0».")
def test_neither_case_nor_composition_blanks_quotes_or_markup_make_another_name(text: str) -> None:
    for typed in (unicodedata.normalize("NFD", text), f"  {text}\u00a0", f"“{text}”", f"*{text}*", f"{text}."):
        if key(text).strip(".,;:!?…") and not set(key(text)) & set("*_~`'\""):
            assert key(typed) == key(text), typed


@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_no_name_of_letters_is_lost(text: str) -> None:
    assert key(text) or not text.strip("\u115f\u1160\u3164\uffa0")


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("R&amp;D &lt;new&gt;", "R&D <new>"),
        ("<http://example.com|example.com>", "example.com"),
        ("<https://example.com/x>", "https://example.com/x"),
        ("<!subteam^S1|@ops> <!here>", "@ops @here"),
        ("<#C1|permits> <@U1|ana>", "<#C1|permits> <@U1|ana>"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_what_slack_made_of_it_is_undone(sent: str, typed: str) -> None:
    assert as_typed(sent) == typed


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("<@U2>, <@U3>", ["<@U2>", "<@U3>"]),
        ("<@U2|ana>,<@U3|ben> Permits", ["<@U2|ana>", "<@U3|ben> Permits"]),
        ("<@U2> <@U3> and <@U4>", ["<@U2>", "<@U3>", "<@U4>"]),
        ("<@U2><@U3>", ["<@U2>", "<@U3>"]),
        ("@ana and @ben", ["@ana", "@ben"]),
        ("@Ana Silva, @ben & me", ["@Ana Silva", "@ben", "me"]),
        ("@ana, and @ben; @cleo Roads and Bridges", ["@ana", "@ben", "@cleo Roads and Bridges"]),
        ("<@U2> / <@U3>|<@U4>", ["<@U2>", "<@U3>", "<@U4>"]),
        ("<@U2>,, <@U3> or <@U4> plus <@U5>", ["<@U2>", "<@U3>", "<@U4>", "<@U5>"]),
        ("(<@U2>, <@U3>)", ["<@U2>", "<@U3>"]),
        ("“<@U2>”, *<@U3>* Permits", ["<@U2>", "<@U3> Permits"]),
        ("“@ana”, “@ben”", ['"@ana"', '"@ben"']),
        ("• <@U2> • <@U3>", ["<@U2>", "<@U3>"]),
        ("<@U2> – <@U3>", ["<@U2>", "<@U3>"]),  # noqa: RUF001
        ("@jo-ann Permits", ["@jo-ann Permits"]),
        ("me Permits", ["me Permits"]),
        ("", []),
    ],
)
def test_a_list_of_people_is_cut_between_them(text: str, people: list[str]) -> None:
    assert listed(text) == people


@pytest.mark.parametrize(
    ("following", "more"),
    [(", Ben", "Ben"), ("and Ben", "Ben"), (", and Ben Permits", "Ben Permits"), ("& me", "me"), ("Permits", None),
     ("android team", None), (",", None), ("", None)],
)  # fmt: skip
def test_what_follows_a_comma_or_an_and_is_somebody_more(following: str, more: str | None) -> None:
    assert further(following) == more


@pytest.mark.parametrize(
    "name",
    [
        "Permits 🏗",
        "👩‍👩‍👧 Families",
        "👩🏽‍🚒 Fire",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 England",
        "🙂‍↔️",
        "می‌خواهم",
        "ক্‍ষ",
        "Café",
        "Ops & Co.",
        "☎️ Calls",
        "葛\U000e0100飾区",
        "ᠮᠣᠩᠭᠣᠯ ᠤᠯᠤᠰ\u180b",
    ],
)
def test_what_is_seen_may_stand_in_a_name(name: str) -> None:
    assert wrong_character(name) is None
    assert clean(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "name",
    ["Ops\u202e", "\u2066Ops", "O\u200bps", "Ops\u200d", "\u200dOps", "1\u200d2", "Ops\n", "O\u00adps", "Ops\u2028B",
     "Ops\U000e0041", "\u3164", "Ops\ufeff", "a \u200c b", "\x7f",
     "Ops\u034f", "\u17b5Ops", "O\u2065ps", "Ops\ufff0", "Ops\U000e0000", "Ops\U000e0fff", "Ops\U0001d159"],
)  # fmt: skip
def test_what_turns_hides_or_breaks_may_not(name: str) -> None:
    assert wrong_character(name) is not None


@pytest.mark.parametrize(
    ("name", "seen"), [("", False), (" \u2800", False), ("\ufe0f", False), ("\u034f\U000e0100", False), ("!", True)]
)
def test_what_shows_nothing_is_no_name(name: str, seen: bool) -> None:  # noqa: FBT001 - a case's answer
    assert is_seen(name) is seen


def test_a_name_that_is_taken_gets_another_word_or_a_number() -> None:
    assert free_name("Ops", [], longest=80) == "Ops"
    assert free_name("Ops", ["ops."], longest=80) == "Ops 2"
    assert free_name("Ops", ["OPS", "ops 2"], longest=80) == "Ops 3"
    assert free_name("Ops", ["OPS"], longest=80, beside="permits") == "Ops permits"
    assert free_name("Ops", ["OPS", "ops permits"], longest=80, beside="permits") == "Ops 2"
    assert free_name("x" * 80, ["x" * 80], longest=80) == "x" * 78 + " 2"


@given(
    st.lists(st.sampled_from(["Ops", "ops", "Ops 2", "“ops”", "Parks", "Ops  3"])), st.sampled_from(["Ops", "ops 2."])
)
def test_a_free_name_is_free(taken: list[str], name: str) -> None:
    found = free_name(name, taken, longest=20)
    assert key(found) not in map(key, taken)
    assert doubles([*dict.fromkeys(map(key, taken)), found], by=str) == []


def test_a_channel_is_found_as_slack_escapes_it() -> None:
    assert channel_id("<#C0123|permits>") == "C0123"
    assert channel_id("the team of <#G9>") == "G9"
    assert channel_id("#permits") is None
    assert channel_id("<@U1|ana>") is None


OPTION = re.compile(r"last(?: \d+)?|(?:by )?\d+(?: days)?|off")


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("", []),
        ("Ops", []),
        ("last 2", [("last 2", ""), ("last", "2"), ("2", "last")]),
        ("last 2 Ops", [("last 2", "Ops"), ("last", "2 Ops")]),
        ("Ops LAST 2", [("last 2", "Ops"), ("2", "Ops LAST")]),
        ("*off* Ops", [("off", "Ops")]),
        ("Ops *off*.", [("off", "Ops")]),
        ("2, Ops", [("2", "Ops")]),
        ("Road Works by 2 days", [("by 2 days", "Road Works"), ("2 days", "Road Works by")]),
        ("2 Rivers", [("2", "Rivers")]),
        ("2 Rivers 3", [("2", "Rivers 3"), ("3", "2 Rivers")]),
        ("“Last 3” last 2", [("last 2", "Last 3"), ("2", "“Last 3” last")]),
        ("last 2 'Last 3'", [("last 2", "Last 3"), ("last", "2 'Last 3'")]),
        ("off “Off”", [("off", "Off")]),
        ("Official", []),
    ],
)
def test_an_option_stands_before_a_name_behind_it_or_alone(text: str, ways: list[tuple[str, str]]) -> None:
    assert [(match[0], name) for match, name in beside(text, OPTION)] == ways


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"Last 3"', True),
        ("“Last 3.”", True),
        ("*“Last 3”*!", True),
        ("'Last 3'", True),
        ("Last 3", False),
        ("*Last 3*", False),
        ('"Last" 3', False),
        ('"Last 3" last "2"', False),
        ('"', False),
        ("", False),
    ],
)
def test_what_stands_in_quotes_is_a_name(text: str, quoted: bool) -> None:  # noqa: FBT001 - a case's answer
    assert is_quoted(text) is quoted
