"""Action items: in a list, in the form, and at the top of a summary."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.actions.form_views import ActionForm, Origin, adopt_modal, check_form, read_form, read_origin, read_why
from bot.actions.views import action_list, whose
from bot.sandbox.block_kit import check_message
from bot.slack.blocks import MOST_BYTES, size
from bot.slack.ids import Do, UnreadableError
from bot.summary.follow_up_views import FollowUp, action_items, due, what_became
from rubric import Change, ChangeKind, load
from storage.kinds import ActionState
from tests.bot.views.reading import page
from tests.bot.views.values import TODAY, an_item

FORM = ActionForm(dimension=None, text="Invite residents", owner_id="U1", due_on=TODAY)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, "<@U1>, due 3 November 2026"),
        ({"due_on": TODAY}, "<@U1>, due today"),
        ({"due_on": date(2026, 10, 8)}, "<@U1>, due 8 October 2026, overdue by 1 day"),
        ({"due_on": date(2026, 9, 29)}, "<@U1>, due 29 September 2026, overdue by 10 days"),
        ({"owner_id": None, "due_on": None}, "nobody owns it"),
        ({"needs_leadership": True}, "<@U1>, due 3 November 2026, needs leadership"),
    ],
)
def test_an_item_says_whose_it_is_until_when(columns: dict[str, Any], said: str) -> None:
    assert whose(an_item(**columns), today=TODAY) == said


def test_a_list_that_is_too_long_for_a_message_says_how_many_are_left_out() -> None:
    items = [an_item(id=number, text="漢" * 300) for number in range(60)]
    drawn = action_list("Permits", items, team_id=3, today=TODAY, may_change=range(60))
    assert check_message(drawn.text, drawn.blocks, None, None) is None
    assert size(drawn.blocks) <= MOST_BYTES
    shown = sum(block.get("accessory", {}).get("type") == "overflow" for block in drawn.blocks)
    assert f"{60 - shown} more that are due later have no room here." in page(drawn)
    short = action_list("Permits", [an_item(id=n) for n in range(45)], team_id=3, today=TODAY, may_change=())
    assert "5 more that are due later have no room here." in page(short)
    assert check_message(short.text, short.blocks, None, None) is None


def test_what_a_form_shows_is_what_comes_back_from_it() -> None:
    dimension = load().dimensions[0]
    origin = Origin(round_id=12, action_key="A1.1", response_url="https://hooks.example/1", in_list=True)
    full = replace(FORM, needs_leadership=True)
    drawn = adopt_modal(dimension, dimension.actions[1][0], full, origin)
    assert read_origin(drawn["private_metadata"]) == origin
    initial = {block["block_id"]: block["element"] for block in drawn["blocks"] if block["type"] == "input"}
    values = {
        Do.ACTION_TEXT: {"value": f" {initial[Do.ACTION_TEXT]['initial_value']}\n"},
        Do.ACTION_OWNER: {"selected_user": initial[Do.ACTION_OWNER]["initial_user"]},
        Do.ACTION_DUE: {"selected_date": initial[Do.ACTION_DUE]["initial_date"]},
        Do.ACTION_LEADERSHIP: {"selected_options": initial[Do.ACTION_LEADERSHIP]["initial_options"]},
    }
    assert read_form({name: {name: value} for name, value in values.items()}) == full


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"text": ""}, Do.ACTION_TEXT, "Write what is to be done."),
        ({"text": "x" * 301}, Do.ACTION_TEXT, "Write at most 300 characters: these are 301."),
        ({"owner_id": None}, Do.ACTION_OWNER, "Choose who owns it."),
        ({"due_on": None}, Do.ACTION_DUE, "Choose a date."),
        ({"due_on": date(2026, 10, 8)}, Do.ACTION_DUE, "8 October 2026 has passed. Choose a date from today on."),
        ({"due_on": date(9999, 12, 31)}, Do.ACTION_DUE, "Choose a date within the next 5 years."),
        ({"dimension": "Z"}, Do.ACTION_DIMENSION, "Choose a dimension from the list."),
    ],
)
def test_what_cant_be_taken_is_said_at_its_field(changes: dict[str, Any], field: str, said: str) -> None:
    form = replace(FORM, **{"dimension": "A"} | changes)
    assert check_form(form, today=TODAY, dimensions="ABCDE") == {field: said}


def test_a_form_as_it_should_be_has_no_errors() -> None:
    assert check_form(FORM, today=TODAY) == {}
    assert check_form(replace(FORM, dimension="E"), today=TODAY, dimensions="ABCDE") == {}


@pytest.mark.parametrize("metadata", [None, "", "[]", "7", '{"item": "7"}', '{"team": true}', "{"])
def test_metadata_that_we_did_not_write_are_refused(metadata: object) -> None:
    with pytest.raises(UnreadableError):
        read_origin(metadata)


@pytest.mark.parametrize("due", [{"selected_date": "tomorrow"}, {"selected_date": 7}])
def test_a_form_whose_due_date_is_none_is_refused(due: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError):
        read_form({Do.ACTION_DUE: {Do.ACTION_DUE: due}})


@pytest.mark.parametrize("owner", ["X> <!channel", "C0TEAM", "U0 BEN", "u0ben", "U" * 33, 7, ["U0BEN"]])
def test_an_owner_is_a_person_of_slacks_and_nothing_else_that_could_stand_in_a_mention(owner: object) -> None:
    with pytest.raises(UnreadableError):
        read_form({Do.ACTION_OWNER: {Do.ACTION_OWNER: {"selected_user": owner}}})


def test_a_suggestion_of_no_round_is_an_action_of_the_teams_own() -> None:
    assert read_origin('{"team": 7, "key": "A1.1"}') == Origin(team_id=7)
    for strange in ('{"round": 7, "key": 1}', '{"team": 7, "url": ["https://hooks.slack.com/actions/1"]}'):
        with pytest.raises(UnreadableError):
            read_origin(strange)


def test_what_no_database_takes_is_left_out_of_what_was_typed_and_its_lines_stay() -> None:
    read = read_form({Do.ACTION_TEXT: {Do.ACTION_TEXT: {"value": " one\r\n\ttwo\x00\x1b three \ud800"}}})
    assert read.text == "one\n two three"
    assert read_why({Do.ACTION_WHY: {Do.ACTION_WHY: {"value": "no\x00 time\udfff"}}}) == "no time"


def test_a_reason_may_be_left_out() -> None:
    assert read_why({}) is None
    assert read_why({Do.ACTION_WHY: {Do.ACTION_WHY: {"value": "  "}}}) is None
    assert read_why({Do.ACTION_WHY: {Do.ACTION_WHY: {"value": " no money "}}}) == "no money"


@pytest.mark.parametrize(
    ("change", "level", "said"),
    [
        (Change(ChangeKind.MOVED, before=2, least=2), 3, "A is up from 2 since then"),
        (Change(ChangeKind.MOVED, before=3, before_or_above=True, least=2), 1, "A is down from 3 or above since then"),
        (Change(ChangeKind.SAME, before=2), 2, None),
        (Change(ChangeKind.UNCERTAIN, before=1, least=1), 2, None),
        (Change(ChangeKind.OTHER_PEOPLE, before=1), 2, None),
        (Change(ChangeKind.NEW_WORDING), 2, None),
        (Change(ChangeKind.NOT_COMPARABLE), None, None),
        (Change(ChangeKind.FIRST), 2, None),
        (None, 2, None),
    ],
)
def test_only_a_change_that_people_must_have_made_is_set_down_to_an_action(
    change: Change | None, level: int | None, said: str | None
) -> None:
    assert what_became(FollowUp(an_item(), change, level)) == said


def test_open_items_come_first_and_those_that_ended_after_them() -> None:
    found = [
        FollowUp(an_item(state=ActionState.DROPPED, text="Third", why="No money"), None, None),
        FollowUp(an_item(state=ActionState.DONE, text="Second"), None, None),
        FollowUp(an_item(text="First"), None, None),
    ]
    texts = [block["text"]["text"] for block in action_items(found, today=TODAY)["blocks"]]
    assert texts == [
        "*Open action items*\n• First\n    <@U1>, due 3 November 2026",
        "*Done since the last summary*\n• Second",
        "*Dropped since the last summary*\n• Third\n    because: No money",
    ]
    [none] = action_items([], today=TODAY)["blocks"]
    assert none["text"]["text"].startswith("The team has no action items.")


def test_a_summary_opens_with_what_is_due_or_overdue_alone() -> None:
    late, today, later = date(2026, 10, 8), TODAY, date(2026, 10, 10)
    found = [FollowUp(an_item(text=f"By {day:%d}", due_on=day), None, None) for day in (late, today, later)]
    found += [FollowUp(an_item(text="Done", due_on=late, state=ActionState.DONE), None, None)]
    [block] = due(found, today=TODAY, most=3, longest=200)
    assert block["text"]["text"] == ("*Due or overdue*\n• <@U1>, overdue by 1 day: By 08\n• <@U1>, due today: By 09")
    [short] = due(found, today=TODAY, most=1, longest=200)
    assert short["text"]["text"].endswith("\nand 1 more")
    [one] = due(found[1:], today=TODAY, most=3, longest=200)
    assert one["text"]["text"] == "*<@U1>, due today*: By 09", "a single one has no heading"
    assert due(found[2:], today=TODAY, most=3, longest=200) == []
