"""A team made from a form, and a form made from a team."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.access.profiles import profile
from bot.access.roles import NotAllowedError
from bot.kit.errors import UserError
from bot.schedule import schedules
from bot.schedule.cadence import Weekday
from bot.slack.ids import Do
from bot.teams import setup
from bot.teams.form import follow_zone, settings_of, shown
from bot.teams.form_checks import check_form, check_settings
from bot.teams.setup import form_of, next_dates
from bot.teams.team_settings import defaults
from bot.teams.views import SetupForm
from storage import teams
from storage.engine import Database
from storage.kinds import MemberSource, Privacy, TeamStep, Whose
from storage.models import Team, Workspace
from storage.people import Profile
from tests.storage.builders import HOME, a_workspace

NOW = datetime(2026, 9, 14, 15, 0, tzinfo=UTC)
"""A Monday, ten in Chicago."""
ME = "U0FOUNDER"


def a_form(**changes: Any) -> SetupForm:
    usual = defaults(name="permits", time_zone="America/Chicago")
    return replace(shown(usual, channel_id="C0TEAM", team_id=None), **changes)


async def saved(database: Database, form: SetupForm, *, user_id: str = ME, now: datetime = NOW) -> tuple[Team, bool]:
    async with database.begin() as session:
        await a_workspace(session)
        kept = await setup.save(session, form, setup.FormSender(HOME, a_profile(user_id)), now=now)
        return kept.team, kept.new


def a_profile(user_id: str) -> Profile:
    return profile({"id": user_id, "real_name": "Ana", "tz": "America/Chicago"}, Workspace(id=HOME))


def dates(form: SetupForm, team: Team | None = None, *, now: datetime = NOW) -> list[date] | str:
    found = next_dates(form, team, now=now)
    return found if isinstance(found, str) else [instant.date() for instant in found]


def test_the_defaults_are_valid_as_they_stand() -> None:
    form = a_form()
    assert check_form(form) == {}
    assert (form.privacy, form.reminders, form.window_days, form.cadence) == (Privacy.CONFIDENTIAL, True, 3, "13")
    assert dates(form) == [date(2026, 9, 15), date(2026, 12, 15), date(2027, 3, 16)]


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("America/Chicago", "US"),
        ("US/Central", "US"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Berlin", "DE"),
        ("UTC", None),
        ("Etc/GMT+6", None),
    ],
)
def test_a_new_team_keeps_the_public_holidays_of_the_country_of_its_zone(zone: str, country: str | None) -> None:
    start = defaults(name="permits", time_zone=zone)
    assert (start.country, check_settings(start)) == (country, [])


def test_the_country_follows_the_zone_until_somebody_chooses_another() -> None:
    form = a_form(subdivision="TX", time_zone="America/New_York")
    assert follow_zone(form) == form, "the same country, and its part"
    moved = follow_zone(replace(form, time_zone="Europe/Berlin"))
    assert (moved.country, moved.subdivision, moved.suggested) == ("DE", None, "DE")
    chosen = replace(moved, country=None, time_zone="Asia/Tokyo")
    assert follow_zone(chosen) == chosen
    there = replace(moved, team_id=3, time_zone="Asia/Tokyo")
    assert follow_zone(there) == there, "a team that is there keeps its own"


def test_a_long_channel_name_is_cut_to_what_a_team_may_be_called() -> None:
    assert check_settings(defaults(name="x" * 200, time_zone="UTC")) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"local_time": ""}, "Choose a time of day."),
        ({"local_time": "25:00"}, "Choose a time of day."),
        ({"time_zone": ""}, "Choose a time zone."),
        ({"time_zone": "Chicago"}, "“Chicago” isn't a time zone. Did you mean America/Chicago?"),
        ({"weekday": "someday"}, "Choose a day of the week."),
        ({"cadence": "3"}, "Choose how often from the list."),
        ({"country": "XX"}, "We have no public holidays of “XX”: choose another country, or none."),
    ],
)
def test_a_form_that_leads_to_no_date_says_why_in_a_sentence(changes: dict[str, Any], said: str) -> None:
    assert dates(a_form(**changes)) == said


def test_a_wrong_name_does_not_hide_the_dates() -> None:
    assert dates(a_form(name="")) == dates(a_form())


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 9, 14, 15, 0, tzinfo=UTC), date(2026, 9, 15)),
        (datetime(2026, 9, 15, 14, 59, tzinfo=UTC), date(2026, 9, 22)),
        (datetime(2026, 9, 16, 15, 0, tzinfo=UTC), date(2026, 9, 22)),
    ],
)
def test_a_new_rhythm_begins_with_the_first_weekday_to_come_and_never_today(now: datetime, first: date) -> None:
    found = dates(a_form(), now=now)
    assert found[0] == first


async def test_a_new_team_has_its_founder_as_manager_and_waits_for_its_first_round(database: Database) -> None:
    team, new = await saved(database, a_form(name="  Permits  ", window_days=5, privacy=Privacy.NAMED))
    assert new
    assert (team.name, team.window_days, team.privacy) == ("Permits", 5, Privacy.NAMED)
    assert (team.weekday, team.local_time, team.time_zone) == ("tuesday", time(10), "America/Chicago")
    assert (team.next_slot_date, team.next_step) == (date(2026, 9, 15), TeamStep.REFRESH)
    async with database.reading() as session:
        assert await teams.managers(session, team.id) == [ME]


async def test_what_was_saved_comes_back_as_it_was_typed(database: Database) -> None:
    form = a_form(
        name="Permits",
        source=MemberSource.PEOPLE,
        people=("U1", "U2"),
        cadence="monthly:-1",
        weekday="friday",
        local_time="09:30",
        clock=Whose.MEMBER,
        reminders=False,
        country="US",
        days_off="2026-12-24\n2026-10-01",
    )
    team, _new = await saved(database, form)
    async with database.reading() as session:
        chosen = tuple(await teams.chosen_people(session, team.id))
    again = form_of(team, chosen=chosen, now=NOW)
    assert again == replace(
        form, team_id=team.id, suggested=None, tells_channel=False, days_off="2026-10-01\n2026-12-24"
    )
    assert check_form(again) == {}


def test_settings_survive_the_form_that_shows_them() -> None:
    """What a form can't hold is what it refuses; all else is the same when it comes back."""
    kept = replace(
        defaults(name="Permits", time_zone="America/Chicago"),
        source=MemberSource.USERGROUP,
        usergroup_id="S1",
        people=("U1", "U2"),
        every_weeks=None,
        monthly_nth=-1,
        weekday=Weekday.FRIDAY,
        local_time=time(9, 30),
        clock=Whose.MEMBER,
        window_days=5,
        privacy=Privacy.NAMED,
        reminders=False,
        country="US",
        subdivision="TX",
        days_off=(date(2026, 10, 1), date(2026, 12, 24)),
    )
    assert settings_of(shown(kept, channel_id="C1", team_id=3)) == kept
    assert check_settings(kept) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "a\nb"}, ["Write the name on one line, without control characters."]),
        ({"country": "XX"}, ["We have no public holidays of “XX”: choose another country, or none."]),
        ({"source": MemberSource.USERGROUP}, ["Choose a user group."]),
        ({"every_weeks": 3, "window_days": 6}, ["Choose how often from the list.", "Choose how long from the list."]),
    ],
)
def test_settings_from_elsewhere_are_checked_as_a_form_is(changes: dict[str, Any], said: list[str]) -> None:
    assert check_settings(replace(defaults(name="permits", time_zone="UTC"), **changes)) == said


async def test_days_off_that_have_passed_are_not_shown_again(database: Database) -> None:
    team, _new = await saved(database, a_form(days_off="2026-09-14\n2026-09-13"))
    assert form_of(team, chosen=(), now=NOW).days_off == "2026-09-14"


async def test_a_team_has_as_many_days_off_as_its_form_can_show(database: Database) -> None:
    days = [(NOW.date() + timedelta(days=number)).isoformat() for number in range(300)]
    assert check_form(a_form(days_off="\n".join(days[:250]))) == {}
    assert check_form(a_form(days_off="\n".join(days))) == {
        Do.SET_DAYS_OFF: "A team has at most 250 days off; these are 300. Leave the latest for another time."
    }
    team, _new = await saved(database, a_form(days_off="\n".join(days)))
    shown = form_of(team, chosen=(), now=NOW)
    assert shown.days_off.splitlines() == days[:250]
    assert len(shown.days_off) <= 3000


async def test_a_manager_changes_a_team_and_its_rhythm_goes_on(database: Database) -> None:
    team, _new = await saved(database, a_form(cadence="2"))
    later = datetime(2026, 9, 16, 15, 0, tzinfo=UTC)
    changed, new = await saved(database, a_form(team_id=team.id, cadence="2", local_time="11:00"), now=later)
    assert not new
    assert changed.id == team.id
    # Every second week from the 15th on: not the 22nd.
    assert changed.next_slot_date == date(2026, 9, 29)
    assert dates(a_form(cadence="2"), changed, now=later)[0] == date(2026, 9, 29)


async def test_another_rhythm_begins_anew(database: Database) -> None:
    team, _new = await saved(database, a_form(cadence="2"))
    later = datetime(2026, 9, 16, 15, 0, tzinfo=UTC)
    changed, _new = await saved(database, a_form(team_id=team.id, cadence="4", weekday="thursday"), now=later)
    assert changed.next_slot_date == date(2026, 9, 17)


async def test_a_paused_team_stays_paused_when_its_settings_change(database: Database) -> None:
    team, _new = await saved(database, a_form())
    async with database.begin() as session:
        held = await teams.hold(session, team.id)
        assert held is not None
        schedules.pause(held)
    changed, _new = await saved(database, a_form(team_id=team.id, name="Renamed"))
    assert (changed.name, changed.next_step, changed.next_round_at) == ("Renamed", None, None)


async def test_who_does_not_manage_a_team_changes_nothing_of_it(database: Database) -> None:
    team, _new = await saved(database, a_form(name="Ours"))
    with pytest.raises(NotAllowedError):
        await saved(database, a_form(name="Theirs"), user_id="U0OTHER")
    async with database.reading() as session:
        kept = await teams.get(session, team.id, workspace_id=HOME)
        assert kept is not None
        assert kept.name == "Ours"


async def test_the_settings_of_a_team_that_is_gone_make_no_new_one(database: Database) -> None:
    with pytest.raises(UserError) as refused:
        await saved(database, a_form(team_id=4711))
    assert refused.value.sentence == "This team is gone."
    async with database.reading() as session:
        assert await teams.all_of(session, workspace_id=HOME) == []
