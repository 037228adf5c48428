"""What comes back from Slack is untrusted: read as what we sent, or refused as unreadable, and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.ids import (
    BLOCK,
    CANT_SAY,
    Do,
    Tap,
    UnreadableError,
    answer_block,
    number,
    permalink,
    read_choice,
    read_managing,
    read_suggestion,
    read_tap,
    suggestion,
    workspace_of,
)

ROUNDS = st.integers(0, 10**18 - 1)
DIMENSIONS = st.sampled_from("ABCDEFGH")
RENDERS = st.integers(0, 10**9 - 1)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def a_tap(**changes: Any) -> dict[str, Any]:
    """A `block_actions` payload with one chosen level."""
    block_id = answer_block(12, "B", render=3, changing=False)
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1"},
        "actions": [
            {
                "action_id": Do.ANSWER,
                "block_id": block_id,
                "selected_option": {"value": "4"},
                "action_ts": "1791554400.123456",
            }
        ],
        "state": {"values": {block_id: {Do.ANSWER: {"selected_option": {"value": "4"}}}}},
    } | changes


def an_action(**changes: Any) -> dict[str, Any]:
    return a_tap(actions=[a_tap()["actions"][0] | changes])


@given(ROUNDS, DIMENSIONS, RENDERS, st.booleans())
def test_a_block_id_says_what_it_was_made_from(round_id: int, dimension: str, render: int, changing: bool) -> None:  # noqa: FBT001 - hypothesis gives it by place
    block_id = answer_block(round_id, dimension, render=render, changing=changing)
    assert len(block_id) <= 255
    found = BLOCK.fullmatch(block_id)
    assert found is not None
    assert int(found["round"]) == round_id
    assert found["dimension"] == dimension
    assert int(found["render"]) == render
    assert (found["mode"] == "c") == changing
    tap = read_tap(an_action(block_id=block_id))
    assert (tap.round_id, tap.dimension, tap.changing) == (round_id, dimension, changing)


def test_a_tap_is_read_whole() -> None:
    assert read_tap(a_tap()) == Tap(
        workspace_id="T1",
        user_id="U1",
        round_id=12,
        dimension="B",
        level=4,
        tapped_us=1_791_554_400_123_456,
        shown=frozenset("B"),
        changing=False,
    )


def test_cant_say_is_no_level() -> None:
    assert read_tap(an_action(selected_option={"value": CANT_SAY})).level is None


@pytest.mark.parametrize(
    ("ts", "microseconds"),
    [("5", 5_000_000), ("5.1", 5_100_000), ("5.000001", 5_000_001), ("1791554400.999999", 1_791_554_400_999_999)],
)
def test_the_time_of_a_tap_is_exact_to_the_microsecond(ts: str, microseconds: int) -> None:
    assert read_tap(an_action(action_ts=ts)).tapped_us == microseconds


def test_only_our_questions_with_a_choice_count_as_shown() -> None:
    chosen = {Do.ANSWER: {"selected_option": {"value": "1"}}}
    values = {
        answer_block(12, "A", render=3, changing=False): chosen,
        answer_block(12, "C", render=3, changing=False): {Do.ANSWER: {"selected_option": None}},
        answer_block(12, "D", render=3, changing=False): {},
        "somebody's": chosen,
    }
    assert read_tap(a_tap(state={"values": values})).shown == frozenset("A")
    assert read_tap(a_tap(state=None)).shown == frozenset()


@pytest.mark.parametrize(
    "body",
    [
        {},
        a_tap(actions=[]),
        a_tap(actions=None),
        a_tap(actions={}),
        a_tap(user=None),
        a_tap(user={}),
        a_tap(user={"id": 7}),
        a_tap(team=None, user={"id": "U1"}),
        a_tap(team=7, user={"id": "U1"}),
        a_tap(state=["x"]),
        a_tap(state={"values": ["x"]}),
        a_tap(state={"values": {answer_block(1, "A", render=0, changing=False): []}}),
        an_action(block_id="answer:1:A:0"),
        an_action(block_id="answer:1:a:0:a"),
        an_action(block_id="answer:-1:A:0:a"),
        an_action(block_id=f"answer:{10**18}:A:0:a"),
        an_action(block_id="answer:1:A:0:a\n"),
        an_action(block_id="answer:\u0661:A:0:a"),
        an_action(block_id=None),
        an_action(selected_option=None),
        an_action(selected_option={"value": "four"}),
        an_action(selected_option={"value": None}),
        an_action(selected_option={"value": 4}),
        an_action(selected_option={"value": "0"}),
        an_action(selected_option={"value": "\u0664"}),
        an_action(selected_option={"value": "4" * 5000}),
        an_action(selected_option={"value": "1_0"}),
        an_action(action_ts=None),
        an_action(action_ts=5.5),
        an_action(action_ts="yesterday"),
        an_action(action_ts="9" * 30),
        an_action(action_ts="-5.1"),
        an_action(action_ts="5."),
        an_action(action_ts="5.1234567"),
    ],
)
def test_anything_else_is_unreadable(body: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError):
        read_tap(body)


@given(JSON)
def test_garbage_is_unreadable_and_never_anything_worse(garbage: Any) -> None:
    for body in (garbage, {"actions": garbage}, a_tap(actions=[garbage]), a_tap(state=garbage), a_tap(user=garbage)):
        try:
            read_tap(body)
        except UnreadableError:
            continue


@given(JSON, st.sampled_from(["block_id", "selected_option", "action_ts", "value"]))
def test_garbage_within_a_tap_is_unreadable_and_never_anything_worse(garbage: Any, where: str) -> None:
    changes = {"selected_option": {"value": garbage}} if where == "value" else {where: garbage}
    try:
        tap = read_tap(an_action(**changes))
    except UnreadableError:
        return
    assert isinstance(tap.level, int | None)
    assert 0 <= tap.tapped_us < 2**63


@given(JSON)
def test_a_payload_without_a_workspace_is_unreadable(garbage: Any) -> None:
    for body in (garbage, {"team": garbage}, {"team_id": garbage}, {"user": garbage}):
        try:
            assert isinstance(workspace_of(body), str)
        except UnreadableError:
            continue


THEIRS = {"team": {"id": "T0THEIRS"}, "user": {"id": "U1", "team_id": "T0THEIRS"}}
"""What a form says of somebody of another organisation."""


@pytest.mark.parametrize(
    "body",
    [
        {"team_id": "T1"},
        {"team": {"id": "T1"}},
        {"team": None, "user": {"id": "U1", "team_id": "T1"}},
        THEIRS | {"view": {"app_installed_team_id": "T1", "team_id": "T0THEIRS"}},
        {"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T0THEIRS"}, "team_id": "T0THEIRS"},
        {"team_id": "T0THEIRS", "authorizations": [{"team_id": "T1"}]},
        {"team_id": "T1", "authorizations": None},
    ],
)
def test_a_request_is_about_the_workspace_that_installed_us_wherever_that_stands(body: dict[str, Any]) -> None:
    assert workspace_of(body) == "T1"


@given(ROUNDS)
def test_a_number_comes_back_as_it_was_sent(value: int) -> None:
    assert number(str(value)) == value


@pytest.mark.parametrize("value", ["", "x", "-1", "1.0", " 1", "1\n", "\u0661", "1" * 19, 1, None, ["1"], {}])
def test_what_is_no_number_of_ours_is_unreadable(value: object) -> None:
    with pytest.raises(UnreadableError):
        number(value)


def test_a_link_to_a_message_is_slacks_own() -> None:
    assert permalink("https://city.slack.com/", "C1", "1791554400.000100") == (
        "https://city.slack.com/archives/C1/p1791554400000100"
    )


@given(ROUNDS, st.from_regex(r"[A-Za-z0-9._-]{1,20}", fullmatch=True))
def test_the_button_of_a_suggestion_says_which_and_of_which_round(round_id: int, key: str) -> None:
    assert read_suggestion(suggestion(round_id, key)) == (round_id, key)


@given(JSON)
def test_any_other_value_is_no_suggestion(value: Any) -> None:
    with pytest.raises(UnreadableError):
        read_suggestion(value)


@pytest.mark.parametrize("what", ["done", "drop", "edit"])
def test_a_choice_from_an_items_menu_says_what_and_which(what: str) -> None:
    assert read_choice({"actions": [{"selected_option": {"value": f"{what}:7"}}]}) == (what, 7)


@given(JSON)
def test_any_other_payload_is_no_choice(value: Any) -> None:
    for body in ({"actions": value}, {"actions": [value]}, {"actions": [{"selected_option": {"value": value}}]}):
        with pytest.raises(UnreadableError):
            read_choice(body)


def test_what_a_manager_does_at_home_is_read_from_a_button_and_from_a_menu() -> None:
    button = {"action_id": "home_close", "value": "7"}
    assert read_managing({"actions": [button]}) == (Do.HOME_CLOSE, 7)
    menu = {"action_id": "home_more", "selected_option": {"value": "home_settings:7"}}
    assert read_managing({"actions": [menu]}) == (Do.HOME_SETTINGS, 7)


@given(JSON)
def test_garbage_at_home_is_unreadable_and_never_anything_worse(garbage: Any) -> None:
    menu = {"action_id": "home_more", "selected_option": {"value": garbage}}
    for body in ({"actions": garbage}, {"actions": [garbage]}, {"actions": [menu]}):
        with pytest.raises(UnreadableError):
            read_managing(body)
