"""What is wrong with a form, or with settings from elsewhere: a sentence a field."""

import re
import unicodedata
from datetime import date

from bot.inputs import typed
from bot.inputs.dates import read_date
from bot.kit.i18n import _, ngettext
from bot.schedule.cadence import countries
from bot.schedule.days_off import DAYS_OF_WEEK, subdivisions
from bot.schedule.zones import time_zone
from bot.slack.ids import Do
from bot.teams.form import (
    CADENCES,
    MOST_PEOPLE,
    WINDOWS,
    SetupForm,
    cadence,
    country_block,
    day_typed,
    subdivision_block,
)
from bot.teams.team_settings import MOST_DAYS_OFF, TeamSettings
from storage.kinds import MemberSource
from storage.teams import LONGEST_NAME

_LOCAL_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def check_form(form: SetupForm, *, today: date | None = None) -> dict[str, str]:
    """What is wrong, a sentence a field by its block id; nothing for a form that can be saved.

    With `today` days off before it are wrong too: mostly they are a mistyped year.
    """
    found = {
        Do.SET_TIME: None if _LOCAL_TIME.fullmatch(form.local_time) else _("Choose a time of day."),
        Do.SET_WEEKDAY: None if form.weekday in DAYS_OF_WEEK else _("Choose a day of the week."),
        Do.SET_DAYS_OFF: _wrong_days_off(form.days_off, today=today),
    }
    typed_wrong = {str(block_id): sentence for block_id, sentence in found.items() if sentence is not None}
    choices = _wrong_choices(form, rhythm=form.cadence)
    if Do.SET_COUNTRY in choices:
        choices[country_block(form.suggested)] = choices.pop(Do.SET_COUNTRY)
    return typed_wrong | choices


def check_settings(settings: TeamSettings) -> list[str]:
    """What is wrong with settings from elsewhere, a sentence each."""
    rhythm = cadence(every_weeks=settings.every_weeks, monthly_nth=settings.monthly_nth)
    return [*_wrong_choices(settings, rhythm=rhythm).values()]


def _wrong_choices(chosen: SetupForm | TeamSettings, *, rhythm: str) -> dict[str, str]:
    """What is wrong that a type doesn't rule out, by block id."""
    found = {
        Do.SET_NAME: _wrong_name(chosen.name),
        Do.SET_ZONE: _wrong_zone(chosen.time_zone),
        Do.SET_CADENCE: None if rhythm in CADENCES else _("Choose how often from the list."),
        Do.SET_WINDOW: None if chosen.window_days in WINDOWS else _("Choose how long from the list."),
        Do.SET_COUNTRY: _wrong_country(chosen.country),
        subdivision_block(chosen.country): _wrong_subdivision(chosen.country, chosen.subdivision),
    }
    if chosen.source is MemberSource.PEOPLE:
        found[Do.SET_PEOPLE] = _wrong_people(chosen.people)
    if chosen.source is MemberSource.USERGROUP and not chosen.usergroup_id:
        found[Do.SET_USERGROUP] = _("Choose a user group.")
    return {str(block_id): sentence for block_id, sentence in found.items() if sentence is not None}


def _wrong_name(name: str) -> str | None:
    if not typed.is_seen(name):
        return _("Write a name for the team.")
    wrong = typed.wrong_character(name.strip())
    if wrong is not None and unicodedata.category(wrong) in {"Cc", "Cs", "Zl", "Zp"}:
        return _("Write the name on one line, without control characters.")
    if wrong is not None:
        return _(
            "Type the name again: it holds a character (U+{code}) that is invisible or reverses what follows."
        ).format(code=f"{ord(wrong):04X}")
    if len(name) > LONGEST_NAME:
        return _("Use at most {most} characters; these are {length}.").format(most=LONGEST_NAME, length=len(name))
    return None


def _wrong_people(people: tuple[str, ...]) -> str | None:
    if not people:
        return _("Choose at least one person.")
    if len(people) > MOST_PEOPLE:
        return ngettext(
            "Choose at most {n} person, or take a user group.",
            "Choose at most {n} people, or take a user group.",
            MOST_PEOPLE,
        ).format(n=MOST_PEOPLE)
    return None


def _wrong_zone(zone: str) -> str | None:
    if not zone:
        return _("Choose a time zone.")
    try:
        time_zone(zone)
    except ValueError as error:
        return str(error)
    return None


def _wrong_country(country: str | None) -> str | None:
    if country is None or country in countries():
        return None
    return _("We have no public holidays of “{country}”: choose another country, or none.").format(country=country)


def _wrong_subdivision(country: str | None, part: str | None) -> str | None:
    if part is None or country is None or country not in countries():
        return None
    if part in {each.code for each in subdivisions(country)}:
        return None
    return _("“{part}” has no holidays of its own that we know: choose another part, or the whole country.").format(
        part=part[:20]
    )


def _wrong_days_off(text: str, *, today: date | None) -> str | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if not (words := day_typed(line)):
            continue
        day = read_date(line)
        if day is None:
            return _(
                "Line {number}, “{text}”, couldn't be read as a date: write one per line, with its year, such as "
                "{example}."
            ).format(number=number, text=words[:40], example="2027-12-24")
        if today is not None and day < today:
            return _("Line {number}, {text}, is in the past: correct it or take it out.").format(
                number=number, text=day.isoformat()
            )
    days = sum(1 for line in text.splitlines() if day_typed(line))
    if days > MOST_DAYS_OFF:
        return _("A team has at most {most} days off; these are {days}. Leave the latest for another time.").format(
            most=MOST_DAYS_OFF, days=days
        )
    return None
