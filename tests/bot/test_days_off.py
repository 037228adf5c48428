import re
from datetime import date

import pytest

from bot.schedule.days_off import DaysOff, Weekday, countries, is_working_day, public_holidays, subdivisions

CHRISTMAS = date(2026, 12, 25)
SATURDAY, SUNDAY, MONDAY = date(2026, 8, 8), date(2026, 8, 9), date(2026, 8, 10)


def test_people_work_from_monday_to_friday() -> None:
    assert [is_working_day(day, DaysOff()) for day in (SATURDAY, SUNDAY, MONDAY)] == [False, False, True]


@pytest.mark.parametrize("country", ["SA", "EG", "IL", "BD"])
def test_a_countrys_weekend_is_that_countrys(country: str) -> None:
    # 9 to 15 November 2026: a week without a holiday in any of them.
    week = [date(2026, 11, day) for day in range(9, 16)]
    off = [Weekday.of(day) for day in week if not is_working_day(day, DaysOff(country))]
    assert off == [Weekday.FRIDAY, Weekday.SATURDAY]
    assert is_working_day(week[4], DaysOff(country), works_on=Weekday.FRIDAY)
    assert [Weekday.of(day) for day in week if not is_working_day(day, DaysOff("US"))] == [
        Weekday.WEDNESDAY,  # Veterans Day
        Weekday.SATURDAY,
        Weekday.SUNDAY,
    ]


def test_a_team_may_work_on_one_weekend_day_unless_it_is_off() -> None:
    assert is_working_day(SATURDAY, DaysOff(), works_on=Weekday.SATURDAY)
    assert not is_working_day(SUNDAY, DaysOff(), works_on=Weekday.SATURDAY)
    assert not is_working_day(SATURDAY, DaysOff(dates=frozenset({SATURDAY})), works_on=Weekday.SATURDAY)


def test_a_public_holiday_is_off_where_it_is_kept() -> None:
    assert not is_working_day(CHRISTMAS, DaysOff("US"))
    assert is_working_day(CHRISTMAS, DaysOff("JP"))
    assert is_working_day(CHRISTMAS, DaysOff())


def test_a_holiday_of_one_state_is_off_there_alone() -> None:
    day_after_thanksgiving = date(2026, 11, 27)
    assert not is_working_day(day_after_thanksgiving, DaysOff("US", "TX"))
    assert is_working_day(day_after_thanksgiving, DaysOff("US"))


def test_a_day_in_lieu_is_off_even_in_the_year_before() -> None:
    assert not is_working_day(date(2027, 12, 31), DaysOff("US"))


def test_own_dates_come_on_top_of_public_holidays() -> None:
    off = DaysOff("US", dates=frozenset({MONDAY}))
    assert [is_working_day(day, off) for day in (MONDAY, CHRISTMAS, date(2026, 8, 11))] == [False, False, True]


def test_days_off_are_false_only_without_any() -> None:
    assert not DaysOff()
    assert DaysOff("NL")
    assert DaysOff(dates=frozenset({MONDAY}))


def test_a_year_of_holidays_is_built_once() -> None:
    assert public_holidays("NL", None, 2031) is public_holidays("NL", None, 2031)


def test_weekdays_are_names() -> None:
    assert Weekday.of(MONDAY) is Weekday.MONDAY
    assert [day.value for day in Weekday][5:] == ["saturday", "sunday"]


def test_every_country_has_a_name_that_reads_as_one() -> None:
    names = countries()
    assert len(names) >= 240
    assert {code: names[code] for code in ("US", "IM", "CD", "BA", "KR")} == {
        "US": "United States",
        "IM": "Isle of Man",
        "CD": "DR Congo",
        "BA": "Bosnia and Herzegovina",
        "KR": "South Korea",
    }
    assert list(names.values()) == sorted(names.values())


def test_every_country_and_its_parts_have_a_calendar() -> None:
    for country in countries():
        for part in (None, *(part.code for part in subdivisions(country)[:1])):
            assert DaysOff(country, part).subdivision == part
            assert all(day.year == 2027 for day in public_holidays(country, part, 2027))


def test_parts_of_a_country_have_names_where_there_are_any() -> None:
    assert [part for part in subdivisions("GB") if part.code in {"SCT", "WLS"}] == [
        ("SCT", "Scotland"),
        ("WLS", "Wales"),
    ]
    assert subdivisions("JP") == ()


@pytest.mark.parametrize(
    ("country", "part", "sentence"),
    [
        ("UK", None, "We have no public holidays of “UK”. Did you mean GB (United Kingdom)?"),
        ("Germny", None, "We have no public holidays of “Germny”. Did you mean DE (Germany)?"),
        ("zzzz", None, "We have no public holidays of “zzzz”: write a country's two letters, such as US."),
        ("US", "Texas", "United States has no “Texas”. Did you mean TX (Texas)?"),
        ("GB", "TX", "United Kingdom has no “TX”: choose one of ENG, NIR, SCT, WLS."),
        ("JP", "13", "Japan has the same public holidays everywhere: leave “13” out."),
        (None, "TX", "“TX” is part of a country: choose the country too."),
    ],
)
def test_an_unknown_calendar_says_what_to_choose(country: str | None, part: str | None, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        DaysOff(country, part)
