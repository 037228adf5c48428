"""Dates as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inputs.dates import read_date, read_day
from bot.kit.errors import UserError

TODAY = date(2026, 10, 7)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-10-12", date(2026, 10, 12)),
        ("2026/10/12", date(2026, 10, 12)),
        ("2026.1.2", None),
        ("2027-1-2", date(2027, 1, 2)),
        ("12 October", date(2026, 10, 12)),
        ("12th oct 2026", date(2026, 10, 12)),
        ("October 12", date(2026, 10, 12)),
        ("Oct. 12th, 2026", date(2026, 10, 12)),
        ("3 March", date(2027, 3, 3)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 10, 8)),
        ("friday", date(2026, 10, 9)),
        ("Wed", date(2026, 10, 14)),
        ("  12   October ", date(2026, 10, 12)),
        ("2026\u201112\u201124", date(2026, 12, 24)),
        ("２０２６－１２－２４", date(2026, 12, 24)),  # noqa: RUF001 - as a Japanese keyboard types it
        ("“2026-12-24”.", date(2026, 12, 24)),
        ("20261224", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("12/24/2026", date(2026, 12, 24)),
        ("24/12/2026", date(2026, 12, 24)),
        ("12.12.2026", date(2026, 12, 12)),
        ("the 24th of December", date(2026, 12, 24)),
        ("24-Dec-2026", date(2026, 12, 24)),
        ("Dec\u00a024", date(2026, 12, 24)),
        ("Thursday, 24 December 2026", date(2026, 12, 24)),
        ("Thu December 24", date(2026, 12, 24)),
        ("next monday", date(2026, 10, 12)),
        ("Next Wednesday", date(2026, 10, 14)),
        ("next friday", date(2026, 10, 16)),
        ("this Friday", date(2026, 10, 9)),
        ("on monday", date(2026, 10, 12)),
        ("in 3 days", date(2026, 10, 10)),
        ("in two weeks", date(2026, 10, 21)),
        ("in 1 month", date(2026, 11, 7)),
        ("the day after tomorrow", date(2026, 10, 9)),
        ("24.12.", date(2026, 12, 24)),
        ("24/12", date(2026, 12, 24)),
        ("1/31", date(2027, 1, 31)),
        ("24. 12. 2026", date(2026, 12, 24)),
        ("24.\u202f12.\u202f2026", date(2026, 12, 24)),
        ("monday next week", date(2026, 10, 12)),
        ("on Friday next week", date(2026, 10, 16)),
        ("two weeks", date(2026, 10, 21)),
        ("3 days", date(2026, 10, 10)),
    ],
)
def test_a_date_is_read_in_the_forms_that_mean_one_day(typed: str, meant: date | None) -> None:
    if meant is None:
        with pytest.raises(UserError, match="is over"):
            read_day(typed, today=TODAY)
    else:
        assert read_day(typed, today=TODAY) == (meant, "")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "10/12/2026",
        "12.10.2026",
        "10/12",
        "12.10.",
        "31/31",
        "31 June",
        "2026-13-01",
        "we",
        "ma 3",
        "99 October",
        "soon",
        "Oct 0",
        "٣",
        "29 February 2027",
        "Friday 24 December 2026",
        "in some weeks",
        "in 999 months months",
        "next",
        "13/13/2026",
    ],
)
def test_what_means_no_day_or_two_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError, match=r"^I couldn't read “.*” as a date\. Try 2026-10-14\.$"):
        read_day(typed, today=TODAY)


def test_a_date_that_is_over_or_a_year_away_is_refused_by_its_name() -> None:
    with pytest.raises(UserError, match="Tuesday 6 October 2026 is over"):
        read_day("2026-10-06", today=TODAY)
    with pytest.raises(UserError, match="more than a year away"):
        read_day("2027-10-09", today=TODAY)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2999, 12, 31)))
def test_a_date_with_its_year_is_read_whenever_it_is(day: date) -> None:
    digits = (f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}")
    in_words = (f"{day.day} {day:%B} {day.year}", f"{day:%A}, {day:%b} {day.day}, {day.year}.")
    for written in (day.isoformat(), *digits, *in_words):
        assert read_date(written) == day
    by_dots = read_date(f"{day.day}.{day.month}.{day.year}")
    assert by_dots == (day if day.day > 12 or day.day == day.month else None), "which is the month, nobody knows"


@pytest.mark.parametrize("typed", ["", "24 December", "24.12.", "friday", "tomorrow", "in 3 weeks", "29 February 2027"])
def test_without_its_year_a_date_is_none_whenever_it_is_read(typed: str) -> None:
    assert read_date(typed) is None


@given(st.text(max_size=30), st.dates(min_value=date(2020, 1, 1), max_value=date(2090, 1, 1)))
def test_whatever_is_typed_is_a_day_to_come_or_refused(typed: str, today: date) -> None:
    try:
        day = read_day(typed, today=today)
    except UserError:
        return
    assert timedelta(0) <= day.date - today <= timedelta(days=366)


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)))
def test_every_date_is_read_as_it_is_written(day: date) -> None:
    for written in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}"):
        assert read_day(written, today=date(2026, 1, 1)).date == day


@pytest.mark.parametrize("typed", ["29.02.", "29/2", "2/29", "Feb. 29th", "the 29th of February"])
def test_29_february_is_read_however_it_is_written(typed: str) -> None:
    assert read_day(typed, today=date(2027, 1, 2)) == read_day("29 February", today=date(2027, 1, 2))


@pytest.mark.parametrize("today", [date(2027, 1, 2), date(2027, 2, 28), date(2027, 3, 1), date(2027, 12, 31)])
def test_29_february_is_the_next_that_there_is_and_said_where_that_is_a_year_later(today: date) -> None:
    day = read_day("29 February", today=today)
    assert day.date == date(2028, 2, 29)
    assert bool(day.note) == (today < date(2027, 3, 1))
    if day.note:
        assert day.note == "2027 has no 29 February, so this is Tuesday 29 February 2028."


def test_29_february_years_away_is_refused() -> None:
    with pytest.raises(UserError, match="29 February 2028 is more than a year away"):
        read_day("29 February", today=date(2025, 6, 1))
