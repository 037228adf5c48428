"""What the set-up modal holds: read from what Slack sends back, and checked with a sentence a field."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.inputs import typed
from bot.kit.i18n import _, ngettext
from bot.schedule.cadence import CYCLES, MONTHLY, countries
from bot.schedule.days_off import DAYS_OF_WEEK, subdivisions
from bot.schedule.zones import time_zone
from bot.slack.ids import CHANNEL, PERSON, USERGROUP, Do, UnreadableError, slack_id
from storage.kinds import MemberSource, Privacy, Whose
from storage.teams import LONGEST_NAME

MOST_PEOPLE = 200
"""Chosen by hand; what isn't shown travels in private_metadata, which holds 3000 characters."""
MOST_DAYS_OFF = 250
"""One a line, in a field that holds 3000 characters."""
NO_COUNTRY = "none"
"""The option beside the countries: Slack's clients can't empty a menu."""
WHOLE_COUNTRY = "whole"
"""The option beside a country's parts."""
WINDOWS = (1, 2, 3, 4, 5, 7, 10)
"""Working days on offer from opening to close."""
CADENCES = (*(str(weeks) for weeks in CYCLES), *(f"monthly:{nth}" for nth in MONTHLY))
OFTEN = ("1", "2")
"""Of these, the rhythms by which two rounds of a team, or of two, are near in time."""
_LOCAL_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""`state.values` of a view: block id to action id to what is chosen."""


@dataclass(frozen=True, slots=True)
class SetupForm:
    """A team's settings as somebody is choosing them: whatever was typed, right or wrong."""

    channel_id: str
    team_id: int | None
    """None for a team that isn't there yet."""
    name: str
    source: MemberSource
    usergroup_id: str | None
    people: tuple[str, ...]
    cadence: str
    """One of CADENCES."""
    weekday: str
    local_time: str
    """`HH:MM`."""
    time_zone: str
    clock: Whose
    window_days: int
    privacy: Privacy
    reminders: bool
    country: str | None
    days_off: str
    """One ISO date a line, as typed."""
    usergroup_name: str | None = None
    """To show what is chosen: a menu of Slack's doesn't know the names of groups."""
    subdivision: str | None = None
    """A part of the country; None: the whole of it."""
    new_channel: str | None = None
    """Where a team that is there moves to; None: it stays."""


def cadence(*, every_weeks: int | None, monthly_nth: int | None) -> str:
    """A schedule's rhythm as a form names it: `13`, `monthly:-1`."""
    return str(every_weeks) if every_weeks is not None else f"monthly:{monthly_nth}"


def read_cadence(value: str) -> tuple[int | None, int | None]:
    """(every_weeks, monthly_nth) of a form's cadence; ValueError for one that isn't on offer."""
    if value not in CADENCES:
        raise ValueError(_("Choose how often from the list."))
    kind, _colon, nth = value.partition(":")
    return (None, int(nth)) if nth else (int(kind), None)


def subdivision_block(country: str | None) -> str:
    """The block id of the menu of a country's parts: one for each country, or clients keep a part of another."""
    return f"{Do.SET_SUBDIVISION}:{country}"


def days_off_text(dates: Iterable[str], *, today: date) -> str:
    """Stored days off as the form shows them: those to come, in order, one a line, as many as the form takes."""
    return "\n".join(sorted({day for day in dates if day >= today.isoformat()})[:MOST_DAYS_OFF])


def days_off_dates(form: SetupForm) -> list[str]:
    """The form's days off in order, each once; what is no date is left out (`check_form` says so first)."""
    return sorted({day for line in form.days_off.splitlines() if _is_date(day := _day_typed(line))})


def metadata(form: SetupForm) -> str:
    """What `read_form` needs beside the fields that are shown: ids, and choices whose fields are hidden now."""
    kept: dict[str, Any] = {"channel": form.channel_id}
    if form.team_id is not None:
        kept["team"] = form.team_id
    if form.source is not MemberSource.PEOPLE and form.people:
        kept["people"] = " ".join(form.people[:MOST_PEOPLE])
    if form.source is not MemberSource.USERGROUP and form.usergroup_id:
        kept["group"] = form.usergroup_id
        kept["group_name"] = form.usergroup_name
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def read_form(values: Values, private_metadata: str) -> SetupForm:
    """The form as it stands in a set-up modal that Slack sent back, submitted or not.

    Everything in it is untrusted, the ids as well. Raises UnreadableError for what isn't a modal of ours.
    """
    try:
        kept = json.loads(private_metadata)
        team_id = None if kept.get("team") is None else int(kept["team"])
        people, group, group_name = _members(values, kept)
        chosen_country = _option(values, Do.SET_COUNTRY)
        country = None if chosen_country == NO_COUNTRY else chosen_country
        reminders = _field(values, Do.SET_REMINDERS).get("selected_options") or []
        return SetupForm(
            channel_id=slack_id(kept["channel"], CHANNEL),
            team_id=team_id,
            name=_field(values, Do.SET_NAME).get("value") or "",
            source=MemberSource(_option(values, Do.SET_SOURCE) or ""),
            usergroup_id=group,
            people=people,
            cadence=_option(values, Do.SET_CADENCE) or "",
            weekday=_option(values, Do.SET_WEEKDAY) or "",
            local_time=_field(values, Do.SET_TIME).get("selected_time") or "",
            time_zone=_option(values, Do.SET_ZONE) or "",
            clock=Whose(_option(values, Do.SET_CLOCK) or ""),
            window_days=int(_option(values, Do.SET_WINDOW) or 0),
            privacy=Privacy(_option(values, Do.SET_PRIVACY) or ""),
            reminders=bool(reminders),
            country=country,
            days_off=_field(values, Do.SET_DAYS_OFF).get("value") or "",
            usergroup_name=group_name,
            subdivision=_subdivision(values, country),
            # A team that isn't there yet moves nowhere.
            new_channel=None if team_id is None else _new_channel(values),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableError("not a set-up modal of ours") from error


def check_form(form: SetupForm, *, today: date | None = None) -> dict[str, str]:
    """What is wrong, a sentence a field by its block id; nothing for a form that can be saved.

    With `today` days off before it are wrong too: mostly they are a mistyped year.
    """
    found = {
        Do.SET_NAME: _wrong_name(form.name),
        Do.SET_TIME: None if _LOCAL_TIME.fullmatch(form.local_time) else _("Choose a time of day."),
        Do.SET_ZONE: _wrong_zone(form.time_zone),
        Do.SET_CADENCE: None if form.cadence in CADENCES else _("Choose how often from the list."),
        Do.SET_WEEKDAY: None if form.weekday in DAYS_OF_WEEK else _("Choose a day of the week."),
        Do.SET_WINDOW: None if form.window_days in WINDOWS else _("Choose how long from the list."),
        Do.SET_COUNTRY: _wrong_country(form.country),
        subdivision_block(form.country): _wrong_subdivision(form),
        Do.SET_DAYS_OFF: _wrong_days_off(form.days_off, today=today),
    }
    if form.source is MemberSource.PEOPLE:
        found[Do.SET_PEOPLE] = _wrong_people(form.people)
    if form.source is MemberSource.USERGROUP and not form.usergroup_id:
        found[Do.SET_USERGROUP] = _("Choose a user group.")
    return {str(block_id): sentence for block_id, sentence in found.items() if sentence is not None}


def _members(values: Values, kept: Mapping[str, Any]) -> tuple[tuple[str, ...], str | None, str | None]:
    """People, user group and its name: from their fields where they are shown, else as they were."""
    people = tuple(str(kept.get("people") or "").split())
    if Do.SET_PEOPLE in values:
        people = tuple(_field(values, Do.SET_PEOPLE).get("selected_users") or ())
    group, group_name = kept.get("group"), kept.get("group_name")
    if Do.SET_USERGROUP in values:
        chosen = _field(values, Do.SET_USERGROUP).get("selected_option")
        group, group_name = (chosen["value"], chosen["text"]["text"]) if chosen else (None, None)
        group_name = None if group_name == group else group_name
    group = slack_id(group, USERGROUP) if group else None
    return tuple(slack_id(person, PERSON) for person in people), group, group_name


def _subdivision(values: Values, country: str | None) -> str | None:
    """The chosen part of the country; a menu for another country, still on the screen, doesn't count."""
    field = (values.get(subdivision_block(country)) or {}).get(Do.SET_SUBDIVISION) or {}
    chosen = (field.get("selected_option") or {}).get("value")
    return None if chosen == WHOLE_COUNTRY else chosen


def _new_channel(values: Values) -> str | None:
    chosen = ((values.get(Do.SET_CHANNEL) or {}).get(Do.SET_CHANNEL) or {}).get("selected_conversation")
    return slack_id(chosen, CHANNEL) if chosen else None


def _field(values: Values, name: Do) -> Mapping[str, Any]:
    return values[name][name]


def _option(values: Values, name: Do) -> str | None:
    chosen = _field(values, name).get("selected_option")
    return chosen["value"] if chosen else None


def _wrong_name(name: str) -> str | None:
    if not any(letter.isprintable() and not letter.isspace() for letter in name):
        return _("Write a name for the team.")
    wrong = typed.wrong_character(name.strip())
    if wrong is not None and unicodedata.category(wrong) in {"Cc", "Cs", "Zl", "Zp"}:
        return _("Write the name on one line, without control characters.")
    if wrong is not None:
        return _(
            "Write the name anew: it holds a character (U+{code}) that can't be seen, or turns what follows."
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


def _wrong_subdivision(form: SetupForm) -> str | None:
    if form.subdivision is None or form.country is None or form.country not in countries():
        return None
    if form.subdivision in {part.code for part in subdivisions(form.country)}:
        return None
    return _("“{part}” has no holidays of its own that we know: choose another part, or the whole country.").format(
        part=form.subdivision[:20]
    )


def _wrong_days_off(text: str, *, today: date | None) -> str | None:
    for number, line in enumerate(text.splitlines(), start=1):
        day = _day_typed(line)
        if not day:
            continue
        if not _is_date(day):
            return _("Line {number}, “{text}”, is no date: write one a line, such as {example}.").format(
                number=number, text=day[:40], example="2027-12-24"
            )
        if today is not None and day < today.isoformat():
            return _("Line {number}, {text}, is in the past: correct it or take it out.").format(
                number=number, text=day
            )
    days = len(text.split())
    if days > MOST_DAYS_OFF:
        return _("A team has at most {most} days off; these are {days}. Leave the latest for another time.").format(
            most=MOST_DAYS_OFF, days=days
        )
    return None


def _day_typed(line: str) -> str:
    """A line of days off with digits and dashes of one kind, and without what stands around it."""
    return typed.unwrapped(typed.clean(unicodedata.normalize("NFKC", typed.straight(line))))


def _is_date(text: str) -> bool:
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
