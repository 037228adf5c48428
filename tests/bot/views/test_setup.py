"""The set-up modal: nothing typed is lost, and what is wrong is said beside its field."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.block_kit import check_view, initial_state
from bot.schedule.cadence import countries, time_zones
from bot.schedule.days_off import DAYS_OF_WEEK, subdivisions
from bot.slack.blocks import Block, Message
from bot.slack.ids import Do, UnreadableError, View
from bot.teams.form import CADENCES, days_off_dates
from bot.teams.form_checks import check_form
from bot.teams.team_settings import to_come
from bot.teams.views import (
    SetupForm,
    cadence,
    loading_modal,
    read_cadence,
    read_form,
    saved,
    setup_modal,
)
from storage.kinds import MemberSource, Privacy, Whose
from tests.bot.views.reading import buttons, page
from tests.bot.views.values import NEXT, a_form

SHOWN = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=75)
SLACK_IDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=3, max_size=11)
FORMS = st.builds(
    SetupForm,
    channel_id=SLACK_IDS.map(lambda letters: f"C{letters}"),
    team_id=st.none() | st.integers(1, 10**18 - 1),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=100),
    source=st.sampled_from(MemberSource),
    usergroup_id=st.none() | SLACK_IDS.map(lambda letters: f"S{letters}"),
    people=st.lists(SLACK_IDS.map(lambda letters: f"U{letters}"), max_size=20, unique=True).map(tuple),
    cadence=st.sampled_from(CADENCES),
    weekday=st.sampled_from(DAYS_OF_WEEK).map(str),
    local_time=st.times().map(lambda time: f"{time:%H:%M}"),
    time_zone=st.sampled_from(time_zones()),
    clock=st.sampled_from(Whose),
    window_days=st.integers(1, 30),
    privacy=st.sampled_from(Privacy),
    reminders=st.booleans(),
    country=st.none() | st.sampled_from(list(countries())),
    days_off=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    usergroup_name=st.none() | SHOWN,
    new_channel=st.none() | SLACK_IDS.map(lambda letters: f"C{letters}"),
)
PARTS = [(country, part.code) for country in ("US", "IT", "DE", "CH") for part in subdivisions(country)]


def as_kept(form: SetupForm) -> SetupForm:
    """The form as far as there is something to keep: a name of no group isn't, nor another channel of no team."""
    named = form.usergroup_id is not None and form.usergroup_name != form.usergroup_id
    moving = form.team_id is not None
    return replace(
        form,
        usergroup_name=form.usergroup_name if named else None,
        new_channel=form.new_channel if moving else None,
    )


def field(view: Block, block_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(block for block in view["blocks"] if block.get("block_id") == block_id)
    return found


@given(form=FORMS)
@settings(deadline=None)
def test_everything_chosen_survives_a_redraw(form: SetupForm) -> None:
    view = setup_modal(form, next_dates="No dates.", minimum=4)
    assert check_view(view) is None
    assert read_form(initial_state(view), view["private_metadata"]) == as_kept(form)


@given(form=FORMS, source=st.sampled_from(MemberSource))
@settings(deadline=None)
def test_a_field_that_hides_keeps_what_was_chosen_in_it(form: SetupForm, source: MemberSource) -> None:
    elsewhere = setup_modal(replace(form, source=source), next_dates="No dates.", minimum=4)
    back = replace(read_form(initial_state(elsewhere), elsewhere["private_metadata"]), source=form.source)
    assert back == as_kept(form)


def test_the_largest_hidden_choice_of_people_fits() -> None:
    people = tuple(f"U{number:010}" for number in range(250))
    view = setup_modal(a_form(people=people), next_dates=NEXT, minimum=4)
    assert check_view(view) is None
    assert read_form(initial_state(view), view["private_metadata"]).people == people[:200]


def test_the_first_form_is_valid_as_it_stands() -> None:
    assert check_form(a_form()) == {}
    view = setup_modal(a_form(), next_dates=NEXT, minimum=4)
    assert (view["title"]["text"], view["submit"]["text"], view["callback_id"]) == (
        "Set up check-ins",
        "Save",
        View.SETUP,
    )


def test_settings_say_from_when_on_they_hold() -> None:
    view = setup_modal(a_form(team_id=3), next_dates=NEXT, minimum=4)
    assert page(view).startswith("Team settings\n")
    assert "Changes apply from the next round on. Reminders, moving and deleting take effect at once." in page(view)


def test_the_next_three_dates_are_shown_in_the_teams_zone() -> None:
    said = page(setup_modal(a_form(), next_dates=NEXT, minimum=4))
    assert (
        "Next: Monday 4 January 2027, Monday 5 April 2027 and Monday 5 July 2027, at 09:00 (America/Chicago)."
    ) in said


def test_on_each_members_clock_the_dates_name_no_zone() -> None:
    said = page(setup_modal(a_form(clock=Whose.MEMBER), next_dates=NEXT[:1], minimum=4))
    assert "Next: Monday 4 January 2027, at 09:00 where each member is." in said


def test_an_impossible_schedule_is_explained_where_the_dates_would_stand() -> None:
    said = page(setup_modal(a_form(), next_dates="“Chicgo” <is> no time zone.", minimum=4))
    assert "“Chicgo” &lt;is&gt; no time zone." in said
    assert "Next:" not in said


def test_without_dates_no_round_is_planned() -> None:
    assert "No round is planned." in page(setup_modal(a_form(), next_dates=[], minimum=4))


def test_choices_that_move_the_dates_are_sent_as_they_are_made() -> None:
    view = setup_modal(a_form(), next_dates=NEXT, minimum=4)
    live = {block["block_id"] for block in view["blocks"] if block.get("dispatch_action")}
    assert live == {
        "source",
        "cadence",
        "weekday",
        "local_time",
        "time_zone",
        "clock",
        "country",
        "days_off",
        "privacy",
    }


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (MemberSource.CHANNEL, set()),
        (MemberSource.USERGROUP, {"usergroup"}),
        (MemberSource.PEOPLE, {"people"}),
    ],
)
def test_groups_and_people_are_asked_for_only_where_they_count(source: MemberSource, shown: set[str]) -> None:
    view = setup_modal(a_form(source=source), next_dates=NEXT, minimum=4)
    assert {block["block_id"] for block in view["blocks"] if "block_id" in block} & {"usergroup", "people"} == shown


@given(where=st.sampled_from(PARTS))
@settings(deadline=None, max_examples=30)
def test_a_part_of_a_country_is_chosen_from_a_menu_of_its_own_and_read_back(where: tuple[str, str]) -> None:
    country, part = where
    view = setup_modal(a_form(country=country, subdivision=part), next_dates=NEXT, minimum=4)
    assert check_view(view) is None
    assert read_form(initial_state(view), view["private_metadata"]).subdivision == part


def test_a_part_of_the_country_chosen_before_is_forgotten_with_it() -> None:
    texas = setup_modal(a_form(country="US", subdivision="TX"), next_dates=NEXT, minimum=4)
    values = initial_state(texas)
    values["country"]["country"]["selected_option"]["value"] = "DE"
    found = read_form(values, texas["private_metadata"])
    assert (found.country, found.subdivision) == ("DE", None)


def test_only_countries_with_parts_ask_for_one() -> None:
    for country, asked in ((None, False), ("JP", False), ("US", True)):
        view = setup_modal(a_form(country=country), next_dates=NEXT, minimum=4)
        assert ("Part of the country" in page(view)) is asked


def test_a_team_that_is_there_can_be_moved_and_deleted_and_a_new_one_not() -> None:
    assert "Move or delete" not in page(setup_modal(a_form(), next_dates=NEXT, minimum=4))
    there = setup_modal(a_form(team_id=3), next_dates=NEXT, minimum=4)
    assert "“Everyone in this channel” then means the new one." in page(there)
    delete = buttons(Message("Settings", there["blocks"]))["Delete this team"]
    assert (delete["action_id"], delete["value"], delete["style"]) == (Do.DELETE_TEAM, "3", "danger")
    assert "Its schedule, rounds, results and action items are deleted for good." in delete["confirm"]["text"]["text"]
    chosen = setup_modal(a_form(team_id=3, source=MemberSource.PEOPLE, people=("U1",)), next_dates=NEXT, minimum=4)
    assert "then means the new one" not in page(chosen)


def test_privacy_is_explained_with_the_minimum_of_the_workspace() -> None:
    view = setup_modal(a_form(), next_dates=NEXT, minimum=6)
    options = field(view, "privacy")["element"]["options"]
    assert [option["description"]["text"] for option in options] == [
        "No names. A summary needs 6 answers; answers are deleted at the close.",
        "Those asked and the managers see who chose what; others see no names.",
    ]


def test_a_window_that_is_not_on_offer_stays_chosen() -> None:
    view = setup_modal(a_form(window_days=6), next_dates=NEXT, minimum=4)
    assert field(view, "window")["element"]["initial_option"]["text"]["text"] == "6 working days"


@pytest.mark.parametrize(
    ("changes", "block_id", "sentence"),
    [
        ({"name": " "}, "name", "Write a name for the team."),
        ({"name": "Permits\x1b[2J"}, "name", "Write the name on one line, without control characters."),
        (
            {"name": "Permits\nparks (#parks): unchanged"},
            "name",
            "Write the name on one line, without control characters.",
        ),
        ({"name": "x" * 93}, "name", "Use at most 80 characters; these are 93."),
        ({"source": MemberSource.PEOPLE}, "people", "Choose at least one person."),
        (
            {"source": MemberSource.PEOPLE, "people": tuple(f"U{n}" for n in range(201))},
            "people",
            "Choose at most 200 people, or take a user group.",
        ),
        ({"source": MemberSource.USERGROUP}, "usergroup", "Choose a user group."),
        ({"local_time": ""}, "local_time", "Choose a time of day."),
        ({"time_zone": ""}, "time_zone", "Choose a time zone."),
        ({"time_zone": "Chicago"}, "time_zone", "“Chicago” isn't a time zone. Did you mean America/Chicago?"),
        ({"cadence": "3"}, "cadence", "Choose how often from the list."),
        ({"weekday": "noday"}, "weekday", "Choose a day of the week."),
        ({"window_days": 0}, "window", "Choose how long from the list."),
        ({"country": "XX"}, "country", "We have no public holidays of “XX”: choose another country, or none."),
        (
            {"country": "US", "subdivision": "XX"},
            "subdivision:US",
            "“XX” has no holidays of its own that we know: choose another part, or the whole country.",
        ),
        (
            {"days_off": "2027-01-04\n\n4 July"},
            "days_off",
            "Line 3, “4 July”, couldn't be read as a date: write one per line, with its year, such as 2027-12-24.",
        ),
        (
            {"days_off": "2027-02-30"},
            "days_off",
            "Line 1, “2027-02-30”, couldn't be read as a date: write one per line, with its year, such as 2027-12-24.",
        ),
        (
            {"days_off": "2026-01-04"},
            "days_off",
            "Line 1, 2026-01-04, is in the past: correct it or take it out.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(changes: dict[str, Any], block_id: str, sentence: str) -> None:
    assert check_form(a_form(**changes), today=date(2026, 10, 9)) == {block_id: sentence}


@given(form=FORMS)
@settings(deadline=None)
def test_every_error_stands_beside_a_field_that_is_shown(form: SetupForm) -> None:
    view = setup_modal(form, next_dates="No dates.", minimum=4)
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    assert set(check_form(form, today=date(2026, 10, 9))) <= fields


def test_days_off_are_kept_once_in_order_and_shown_from_today_on() -> None:
    assert days_off_dates(a_form(days_off=" 2027-05-01 \n2026-12-24\n\n2027-05-01\nnonsense")) == (
        date(2026, 12, 24),
        date(2027, 5, 1),
    )
    stored = [date(2027, 5, 1), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 9)]
    assert to_come(stored, today=date(2026, 10, 9)) == (date(2026, 10, 9), date(2027, 5, 1))


@pytest.mark.parametrize("value", CADENCES)
def test_a_cadence_is_read_back(value: str) -> None:
    weeks, nth = read_cadence(value)
    assert cadence(every_weeks=weeks, monthly_nth=nth) == value


def test_a_cadence_that_is_not_on_offer_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose how often from the list"):
        read_cadence("monthly:5")


@pytest.mark.parametrize(
    ("values", "metadata"),
    [
        ({}, '{"channel":"C1"}'),
        ({}, "not JSON"),
        ({}, "[]"),
        ({"name": {"name": "text"}}, '{"channel":"C1"}'),
        ({"name": {"name": {"value": "x"}}, "source": {"source": {"selected_option": None}}}, '{"channel":"C1"}'),
    ],
)
def test_what_is_no_modal_of_ours_cannot_be_read(values: dict[str, Any], metadata: str) -> None:
    with pytest.raises(UnreadableError):
        read_form(values, metadata)


def test_hidden_choices_that_were_tampered_with_cannot_be_read_as_ids_of_a_team() -> None:
    view = setup_modal(a_form(team_id=3), next_dates=NEXT, minimum=4)
    tampered = json.dumps({**json.loads(view["private_metadata"]), "team": "3; 4"})
    with pytest.raises(UnreadableError):
        read_form(initial_state(view), tampered)


@pytest.mark.parametrize(
    ("block_id", "chosen"),
    [
        ("people", {"selected_users": ["U0ANA", "X> <!channel"]}),
        ("usergroup", {"selected_option": {"value": "S> <!here", "text": {"text": "Office"}}}),
        ("channel", {"selected_conversation": "C> <!here"}),
    ],
)
def test_what_is_no_id_of_slacks_cannot_be_chosen(block_id: str, chosen: dict[str, Any]) -> None:
    view = setup_modal(a_form(team_id=3), next_dates=NEXT, minimum=4)
    values = initial_state(view) | {block_id: {block_id: chosen}}
    with pytest.raises(UnreadableError):
        read_form(values, view["private_metadata"])


@pytest.mark.parametrize("kept", [{"channel": "C> <!here"}, {"people": "U0ANA <!here>"}, {"group": "S> <!here"}])
def test_what_is_no_id_of_slacks_cannot_have_been_kept(kept: dict[str, str]) -> None:
    view = setup_modal(a_form(), next_dates=NEXT, minimum=4)
    with pytest.raises(UnreadableError):
        read_form(initial_state(view), json.dumps({**json.loads(view["private_metadata"]), **kept}))


def test_a_team_that_is_not_there_yet_moves_nowhere() -> None:
    view = setup_modal(a_form(), next_dates=NEXT, minimum=4)
    values = initial_state(view) | {"channel": {"channel": {"selected_conversation": "C0ELSEWHERE"}}}
    assert read_form(values, view["private_metadata"]).new_channel is None


def test_emptied_fields_are_read_as_empty() -> None:
    view = setup_modal(a_form(), next_dates=NEXT, minimum=4)
    values = initial_state(view)
    values["name"]["name"]["value"] = None
    values["time_zone"]["time_zone"]["selected_option"] = None
    values["reminders"]["reminders"]["selected_options"] = []
    found = read_form(values, view["private_metadata"])
    assert (found.name, found.time_zone, found.reminders) == ("", "", False)


def test_what_was_emptied_stays_empty_when_the_form_is_drawn_again() -> None:
    form = a_form(name="", local_time="", time_zone="", cadence="", weekday="")
    view = setup_modal(form, next_dates="Choose a time.", minimum=4)
    assert check_view(view) is None
    assert read_form(initial_state(view), view["private_metadata"]) == form


def test_a_new_team_is_confirmed_with_its_rhythm_and_next_dates() -> None:
    drawn = saved(a_form(), NEXT, team_id=3, new=True)
    assert page(drawn).startswith(
        "Check-ins for *Permits online* are set up, and you manage them.\n"
        "Every quarter (13 weeks), on a Monday. Next: Monday 4 January 2027, "
    )
    offered = buttons(drawn)
    assert {words: (button["action_id"], button["value"]) for words, button in offered.items()} == {
        "Start now": (Do.START_NOW, "3"),
        "Preview to me": (Do.PREVIEW, "3"),
    }
    assert offered["Start now"]["confirm"]["title"]["text"] == "Ask everyone now?"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1", "Every week, on a Monday."),
        ("monthly:1", "Every month, on the first Monday."),
        ("monthly:4", "Every month, on the fourth Monday."),
        ("monthly:-1", "Every month, on the last Monday."),
    ],
)
def test_a_rhythm_is_said_in_words(value: str, said: str) -> None:
    drawn = saved(a_form(cadence=value), NEXT, team_id=3, new=False)
    assert f"at once.\n{said} Next: " in page(drawn)


def test_a_modal_opens_at_once_with_nothing_to_submit() -> None:
    view = loading_modal()
    assert check_view(view) is None
    assert "One moment." in page(view)
