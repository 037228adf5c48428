"""A file of teams: what it means, and what is said when something is wrong with it."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.kit.errors import StartError
from bot.operations.teams_file import EVERY, KEYS, as_written, load, parse
from bot.schedule.cadence import Weekday
from bot.teams.form import CADENCES, cadence
from bot.teams.team_settings import defaults
from storage.kinds import MemberSource, Privacy, Whose

WHOLE = """
[[teams]]
channel = "#permits"
name = "Permits"
members = ["U0ANA", "U0BEN"]
managers = ["U0ANA"]
every = "month, 2nd"
weekday = "thursday"
time = "09:30"
time_zone = "America/Chicago"
clock = "member"
window = 5
privacy = "named"
reminders = false
country = "US"
subdivision = "TX"
days_off = [2027-12-24, "2027-12-31"]
"""


def said_of(text: str) -> list[str]:
    with pytest.raises(StartError) as refused:
        parse(text, file="city.toml")
    return list(refused.value.lines)


def test_everything_that_the_form_asks_can_be_written() -> None:
    [team] = parse(WHOLE, file="city.toml")
    assert (team.channel, team.managers) == ("#permits", ("U0ANA",))
    assert dict(team.fields) == {
        "name": "Permits",
        "source": MemberSource.PEOPLE,
        "people": ("U0ANA", "U0BEN"),
        "every_weeks": None,
        "monthly_nth": 2,
        "weekday": Weekday.THURSDAY,
        "local_time": time(9, 30),
        "time_zone": "America/Chicago",
        "clock": Whose.MEMBER,
        "window_days": 5,
        "privacy": Privacy.NAMED,
        "reminders": False,
        "country": "US",
        "subdivision": "TX",
        "days_off": (date(2027, 12, 24), date(2027, 12, 31)),
    }


def test_what_is_not_written_is_not_read() -> None:
    [team] = parse('[[teams]]\nchannel = "C0123ABCD"\n', file="city.toml")
    assert (team.channel, dict(team.fields), team.managers) == ("C0123ABCD", {}, None)


def test_members_are_the_channels_a_groups_or_chosen() -> None:
    group, channel = parse(
        '[[teams]]\nchannel = "C1AA"\nmembers = "S0123ABCD"\n[[teams]]\nchannel = "C2AA"\nmembers = "channel"\n',
        file="city.toml",
    )
    assert dict(group.fields) == {"source": MemberSource.USERGROUP, "usergroup_id": "S0123ABCD"}
    assert dict(channel.fields) == {"source": MemberSource.CHANNEL}


def test_a_country_without_a_part_is_the_whole_of_it() -> None:
    [whole, none] = parse(
        '[[teams]]\nchannel = "C1AA"\ncountry = "US"\n[[teams]]\nchannel = "C2AA"\ncountry = "none"\n', file="city.toml"
    )
    assert dict(whole.fields) == {"country": "US", "subdivision": None}
    assert dict(none.fields) == {"country": None, "subdivision": None}


def test_every_rhythm_of_the_form_has_words() -> None:
    assert {cadence(every_weeks=weeks, monthly_nth=nth) for weeks, nth in EVERY.values()} == set(CADENCES)


def test_a_teams_settings_are_said_in_the_words_of_the_file() -> None:
    assert as_written(defaults(name="permits", time_zone="UTC"), ["U2", "U1"]) == {
        "name": "permits",
        "members": "channel",
        "managers": "U1, U2",
        "every": "13 weeks",
        "weekday": "tuesday",
        "time": "10:00",
        "time_zone": "UTC",
        "clock": "team",
        "window": "3",
        "privacy": "confidential",
        "reminders": "true",
        "country": "none",
        "subdivision": "none",
        "days_off": "none",
    }


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('channel = "#permits"\n', "", "team number 1: 'channel' is missing; write its id"),
        ('"#permits"', '"permits"', "team number 1: 'channel' is 'permits'; write its id"),
        ("name = ", "nmae = ", "team #permits: unknown key 'nmae'; did you mean 'name'?"),
        ('"Permits"', '""', "team #permits: 'name' is empty; write 1 to 80 characters in quotes, on one line."),
        ('["U0ANA", "U0BEN"]', '"everyone"', "team #permits: 'members' is \"everyone\"; write \"channel\", the id"),
        ('["U0ANA", "U0BEN"]', '["ana"]', "team #permits: 'members' has \"ana\", which is no user id; write one such"),
        ('["U0ANA"]', "[]", "team #permits: 'managers' has 0 entries; write 1 to 200."),
        ('["U0ANA"]', '"U0ANA"', "team #permits: 'managers' is U0ANA; write a list of 1 to 200 in square brackets."),
        ('"month, 2nd"', '"3 weeks"', "team #permits: 'every' is \"3 weeks\"; write one of \"1 week\", \"2 weeks\","),
        ('"month, 2nd"', "2", "team #permits: 'every' is 2; write one of \"1 week\""),
        ('"thursday"', '"Donnerstag"', "team #permits: 'weekday' is \"Donnerstag\"; write one of \"monday\""),
        ('"09:30"', '"9:30"', "team #permits: 'time' is \"9:30\"; write hours and minutes in quotes, such as"),
        ('"America/Chicago"', '"Chicago"', "team #permits: 'time_zone': “Chicago” isn't a time zone. Did you mean"),
        ('"member"', '["team"]', "team #permits: 'clock' is ['team']; write one of \"team\", \"member\"."),
        ("window = 5", "window = 6", "team #permits: 'window' is 6; write a number of working days: 1, 2, 3, 4, 5, 7"),
        ("window = 5", "window = true", "team #permits: 'window' is True; write a number of working days"),
        ('"named"', '"secret"', "team #permits: 'privacy' is \"secret\"; write one of \"confidential\", \"named\"."),
        ("reminders = false", 'reminders = "no"', "team #permits: 'reminders' is \"no\"; write true or false"),
        ('"US"', '"USB"', "team #permits: 'subdivision': We have no public holidays of “USB”."),
        ('"US"', "1", "team #permits: 'country' is 1; write its two letters in quotes"),
        ('country = "US"\n', "", "team #permits: 'subdivision': “TX” is part of a country: choose the country too."),
        ('"TX"', '"Texsa"', "team #permits: 'subdivision': United States has no “Texsa”. Did you mean TX (Texas)?"),
        ('"2027-12-31"', '"31.12.2027"', "team #permits: 'days_off' has \"31.12.2027\", which is no date; write one"),
        ("[2027-12-24,", "[" + 250 * "2027-12-24,", "team #permits: 'days_off' has 251 entries; write 0 to 250."),
        ("[[teams]]", "[teams]", "'teams' is {'channel': '#permits'"),
        ("[[teams]]", "[[team]]", "unknown key 'team'; did you mean 'teams'?"),
    ],
)  # fmt: skip
def test_a_fault_names_file_team_and_field_and_the_mend(old: str, new: str, sentence: str) -> None:
    assert old in WHOLE
    said = said_of(WHOLE.replace(old, new, 1))
    assert len(said) == 1
    assert said[0].startswith(f"city.toml: {sentence}")


def test_every_fault_is_said_at_once() -> None:
    said = said_of(
        WHOLE.replace('"09:30"', '"noon"').replace('"named"', '"open"') + '[[teams]]\nchannel = "#parks"\nwindow = 0\n'
    )
    assert [line.split(";")[0] for line in said] == [
        "city.toml: team #permits: 'time' is \"noon\"",
        "city.toml: team #permits: 'privacy' is \"open\"",
        "city.toml: team #parks: 'window' is 0",
    ]


def test_a_channel_stands_there_once() -> None:
    assert said_of(WHOLE + WHOLE) == [
        "city.toml: team #permits: its channel stands here twice; a channel has one team."
    ]


def test_the_example_of_the_readme_is_one() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    example = readme.split("```toml\n")[1].split("```")[0]
    permits, parks = parse(example, file="README.md")
    assert (permits.channel, dict(permits.fields)) == ("#permits", {})
    assert parks.fields["monthly_nth"] == 2
    assert set(KEYS) == {line.split(" =")[0] for line in example.splitlines() if " =" in line}


def test_what_is_no_toml_no_text_and_no_file_is_told(tmp_path: Path) -> None:
    assert said_of("teams = [")[0].startswith("city.toml: this isn't TOML (")
    (tmp_path / "city.toml").write_bytes(b"\xff\xfe")
    for path, words in ((tmp_path / "city.toml", "this isn't UTF-8 text"), (tmp_path / "no.toml", "can't be read")):
        with pytest.raises(StartError) as refused:
            load(path)
        assert words in refused.value.lines[0]
    (tmp_path / "bom.toml").write_text("\ufeff" + WHOLE)
    assert [team.channel for team in load(tmp_path / "bom.toml")] == ["#permits"]
