"""Dates as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates import read_day
from bot.errors import UserError

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
    ],
)
def test_a_date_is_read_in_the_forms_that_mean_one_day(typed: str, meant: date | None) -> None:
    if meant is None:
        with pytest.raises(UserError, match="is over"):
            read_day(typed, today=TODAY)
    else:
        assert read_day(typed, today=TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "10/12/2026", "12.10.2026", "31 June", "2026-13-01", "we", "ma 3", "99 October", "soon", "Oct 0", "٣"]
)
def test_what_means_no_day_or_two_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError, match=r"is no date that I can read\. Write it like 2026-10-14\."):
        read_day(typed, today=TODAY)


def test_a_date_that_is_over_or_a_year_away_is_refused_by_its_name() -> None:
    with pytest.raises(UserError, match="Tuesday 6 October 2026 is over"):
        read_day("2026-10-06", today=TODAY)
    with pytest.raises(UserError, match="more than a year away"):
        read_day("2027-10-09", today=TODAY)


@given(st.text(max_size=30), st.dates(min_value=date(2020, 1, 1), max_value=date(2090, 1, 1)))
def test_whatever_is_typed_is_a_day_to_come_or_refused(typed: str, today: date) -> None:
    try:
        day = read_day(typed, today=today)
    except UserError:
        return
    assert timedelta(0) <= day - today <= timedelta(days=366)


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)))
def test_every_date_is_read_as_it_is_written(day: date) -> None:
    for written in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}"):
        assert read_day(written, today=date(2026, 1, 1)) == day
