"""Which days a team works on: its country's week, without public holidays and without its own days off."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

import holidays
from holidays.registry import COUNTRIES

from bot.inputs.nearest import nearest
from bot.kit.i18n import _
from bot.schedule.zones import country_of

CALENDARS_KEPT = 4096
"""Years of one country or part of it; a dozen dates each."""


class Weekday(StrEnum):
    """A day of the week by name: numbers mean other days in cron, ISO 8601 and Python."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        return DAYS_OF_WEEK[day.weekday()]


DAYS_OF_WEEK = tuple(Weekday)
WORKING_WEEK = frozenset(DAYS_OF_WEEK[:5])


class Subdivision(NamedTuple):
    """A part of a country that has holidays of its own: a state, a province, sometimes a city."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The public holidays of a country (and a part of it), and a team's own dates.

    Raises ValueError, with a sentence for the person, for a country or subdivision without a calendar.
    """

    country: str | None = None
    """A key of `countries()`: two capital letters."""
    subdivision: str | None = None
    """A code from `subdivisions(country)`."""
    dates: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.country is not None:
            _require_calendar(self.country, self.subdivision)
        elif self.subdivision is not None:
            raise ValueError(
                _("“{subdivision}” is part of a country: choose the country too.").format(subdivision=self.subdivision)
            )

    def __bool__(self) -> bool:
        """False where every Monday to Friday, and no other day, is a working day."""
        return self.country is not None or bool(self.dates)


NO_DAYS_OFF = DaysOff()


def is_working_day(day: date, days_off: DaysOff, *, works_on: Weekday | None = None) -> bool:
    """Whether people can be asked on `day`; `works_on` is a weekend day that a team chose to work on."""
    weekday, country = Weekday.of(day), days_off.country
    week = WORKING_WEEK if country is None else working_week(country, days_off.subdivision, day.year)
    if (weekday not in week and weekday != works_on) or day in days_off.dates:
        return False
    return country is None or day not in public_holidays(country, days_off.subdivision, day.year)


@lru_cache(maxsize=CALENDARS_KEPT)
def working_week(country: str, subdivision: str | None, year: int) -> frozenset[Weekday]:
    """The days of a country's week that aren't its weekend, as they are when that year ends.

    All of Monday to Friday in most; Sunday to Thursday in Egypt, Israel or Bangladesh.
    """
    calendar = holidays.country_holidays(country, subdiv=subdivision, expand=False)
    week = (date(year, 12, 31 - ahead) for ahead in range(len(DAYS_OF_WEEK)))
    return frozenset(Weekday.of(day) for day in week if not calendar.is_weekend(day))


@lru_cache(maxsize=CALENDARS_KEPT)
def public_holidays(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    """The dates of one year, days in lieu included."""
    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False))


@cache
def countries() -> Mapping[str, str]:
    """The English name of each country that has a calendar, by its two-letter code, in order of name."""
    names = {codes[0]: _spaced(name) for name, *codes in COUNTRIES.values()}
    return MappingProxyType(dict(sorted(names.items(), key=lambda item: item[1])))


def country_suggested_by(zone: str) -> str | None:
    """The country of a time zone, where it has a calendar."""
    code = country_of(zone)
    return code if code in countries() else None


@cache
def subdivisions(country: str) -> tuple[Subdivision, ...]:
    """The parts of a country with holidays of their own, in order of name; empty where it has none."""
    _require_country(country)
    calendar = holidays.country_holidays(country, expand=False)
    names: dict[str, str] = {}
    for name, code in getattr(calendar, "subdivisions_aliases", {}).items():
        names.setdefault(code, name)
    parts = (Subdivision(code, names.get(code, code)) for code in calendar.subdivisions)
    return tuple(sorted(parts, key=lambda part: part.name))


def _require_country(country: str) -> None:
    if country in countries():
        return
    spellings = {codes[0]: (_spaced(name), *codes) for name, *codes in COUNTRIES.values()}
    code = nearest(country, spellings)
    if code is None:
        raise ValueError(
            _("We have no public holidays of “{country}”: write a country's two letters, such as US.").format(
                country=country
            )
        )
    raise ValueError(
        _("We have no public holidays of “{country}”. Did you mean {code} ({name})?").format(
            country=country, code=code, name=countries()[code]
        )
    )


@cache
def _require_calendar(country: str, subdivision: str | None) -> None:
    _require_country(country)
    parts = {part.code: part.name for part in subdivisions(country)}
    if subdivision is None or subdivision in parts:
        return
    country_name = countries()[country]
    if not parts:
        raise ValueError(
            _("{country} has the same public holidays everywhere: leave “{subdivision}” out.").format(
                country=country_name, subdivision=subdivision
            )
        )
    code = nearest(subdivision, {code: (code, name) for code, name in parts.items()})
    if code is None:
        raise ValueError(
            _("{country} has no “{subdivision}”: choose one of {codes}.").format(
                country=country_name, subdivision=subdivision, codes=", ".join(parts)
            )
        )
    raise ValueError(
        _("{country} has no “{subdivision}”. Did you mean {code} ({name})?").format(
            country=country_name, subdivision=subdivision, code=code, name=parts[code]
        )
    )


def _spaced(class_name: str) -> str:
    """`DRCongo` as `DR Congo`, `IsleOfMan` as `Isle of Man`: the library names countries by their classes."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", class_name)
    return re.sub(r" (And|Of|The|Da) ", lambda word: word[0].lower(), words)
