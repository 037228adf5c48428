"""What the set-up modal holds: read from what Slack sends back, and made from and into settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from bot.inputs import typed
from bot.inputs.dates import read_date
from bot.kit.i18n import _
from bot.kit.required import required
from bot.schedule.cadence import CYCLES, MONTHLY, Weekday
from bot.schedule.days_off import country_suggested_by
from bot.slack.ids import CHANNEL, PERSON, USERGROUP, Do, UnreadableError, slack_id
from bot.teams.team_settings import TeamSettings
from storage.kinds import MemberSource, Privacy, Whose

MOST_PEOPLE = 200
"""Chosen by hand; what isn't shown travels in private_metadata, which holds 3000 characters."""
NO_COUNTRY = "none"
"""The option beside the countries: Slack's clients can't empty a menu."""
WHOLE_COUNTRY = "whole"
"""The option beside a country's parts."""
WINDOWS = (1, 2, 3, 4, 5, 7, 10)
"""Working days on offer from opening to close."""
CADENCES = (*(str(weeks) for weeks in CYCLES[1:]), *(f"monthly:{nth}" for nth in MONTHLY), str(CYCLES[0]))
"""In the order in which they are offered: weekly, which is mostly too often, comes last."""
OFTEN = ("1", "2")
"""Of these, the rhythms by which two rounds of a team, or of two, are near in time."""

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
    """One date a line, as typed."""
    usergroup_name: str | None = None
    """To show what is chosen: a menu of Slack's doesn't know the names of groups."""
    subdivision: str | None = None
    """A part of the country; None: the whole of it."""
    new_channel: str | None = None
    """Where a team that is there moves to; None: it stays."""
    tells_channel: bool = False
    """Whether the channel of a new team is told about it."""
    suggested: str | None = None
    """The country that the time zone of a new team suggested last; None for a team that is there."""


def cadence(*, every_weeks: int | None, monthly_nth: int | None) -> str:
    """A schedule's rhythm as a form names it: `13`, `monthly:-1`."""
    return str(every_weeks) if every_weeks is not None else f"monthly:{monthly_nth}"


def read_cadence(value: str) -> tuple[int | None, int | None]:
    """(every_weeks, monthly_nth) of a form's cadence; ValueError for one that isn't on offer."""
    if value not in CADENCES:
        raise ValueError(_("Choose how often from the list."))
    kind, _colon, nth = value.partition(":")
    return (None, int(nth)) if nth else (int(kind), None)


def follow_zone(form: SetupForm) -> SetupForm:
    """A new team's form with the country that its time zone suggests, unless somebody chose another one."""
    if form.team_id is not None or form.country != form.suggested:
        return form
    country = country_suggested_by(form.time_zone)
    if country == form.country:
        return form
    return replace(form, country=country, subdivision=None, suggested=country)


def country_block(suggested: str | None) -> str:
    """The block id of the menu of countries: another one for each suggestion, or clients keep the last choice."""
    return Do.SET_COUNTRY if suggested is None else f"{Do.SET_COUNTRY}:{suggested}"


def subdivision_block(country: str | None) -> str:
    """The block id of the menu of a country's parts: one for each country, or clients keep a part of another."""
    return f"{Do.SET_SUBDIVISION}:{country}"


def shown(settings: TeamSettings, *, channel_id: str, team_id: int | None) -> SetupForm:
    """The form that these settings fill."""
    return SetupForm(
        channel_id=channel_id,
        team_id=team_id,
        name=settings.name,
        source=settings.source,
        usergroup_id=settings.usergroup_id,
        people=settings.people,
        cadence=cadence(every_weeks=settings.every_weeks, monthly_nth=settings.monthly_nth),
        weekday=settings.weekday,
        local_time=f"{settings.local_time:%H:%M}",
        time_zone=settings.time_zone,
        clock=settings.clock,
        window_days=settings.window_days,
        privacy=settings.privacy,
        reminders=settings.reminders,
        country=settings.country,
        days_off="\n".join(day.isoformat() for day in settings.days_off),
        subdivision=settings.subdivision,
        tells_channel=team_id is None,
        suggested=settings.country if team_id is None else None,
    )


def settings_of(form: SetupForm) -> TeamSettings:
    """The settings that a form stands for, once `check_form` finds nothing wrong with the schedule's fields.

    What else is wrong is in them as it was typed, but for a line of days off that is no date, which is left out.
    Raises ValueError for a schedule that is wrong.
    """
    every_weeks, monthly_nth = read_cadence(form.cadence)
    return TeamSettings(
        name=typed.clean(form.name),
        source=form.source,
        usergroup_id=form.usergroup_id,
        people=form.people,
        every_weeks=every_weeks,
        monthly_nth=monthly_nth,
        weekday=Weekday(form.weekday),
        local_time=time.fromisoformat(form.local_time),
        time_zone=form.time_zone,
        clock=form.clock,
        window_days=form.window_days,
        privacy=form.privacy,
        reminders=form.reminders,
        country=form.country,
        subdivision=form.subdivision if form.country is not None else None,
        days_off=days_off_dates(form),
    )


def days_off_dates(form: SetupForm) -> tuple[date, ...]:
    """The form's days off in order, each once; what is no date is left out (`check_form` says so first)."""
    days = map(read_date, form.days_off.splitlines())
    return tuple(sorted({day for day in days if day is not None}))


def metadata(form: SetupForm) -> str:
    """What `read_form` needs beside the fields that are shown: ids, and choices whose fields are hidden now."""
    kept: dict[str, Any] = {"channel": form.channel_id}
    if form.team_id is not None:
        kept["team"] = form.team_id
    if form.suggested is not None:
        kept["suggested"] = form.suggested
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
        suggested = kept.get("suggested")
        chosen_country = _chosen(_country_field(values, suggested))
        country = None if chosen_country == NO_COUNTRY else chosen_country
        _field(values, Do.SET_REMINDERS)
        return SetupForm(
            channel_id=slack_id(kept["channel"], CHANNEL),
            team_id=team_id,
            name=_field(values, Do.SET_NAME).get("value") or "",
            source=MemberSource(required(_option(values, Do.SET_SOURCE))),
            usergroup_id=group,
            people=people,
            cadence=_option(values, Do.SET_CADENCE) or "",
            weekday=_option(values, Do.SET_WEEKDAY) or "",
            local_time=_field(values, Do.SET_TIME).get("selected_time") or "",
            time_zone=_option(values, Do.SET_ZONE) or "",
            clock=Whose(required(_option(values, Do.SET_CLOCK))),
            window_days=int(required(_option(values, Do.SET_WINDOW))),
            privacy=Privacy(required(_option(values, Do.SET_PRIVACY))),
            reminders=bool(_ticked(values, Do.SET_REMINDERS)),
            country=country,
            days_off=_field(values, Do.SET_DAYS_OFF).get("value") or "",
            usergroup_name=group_name,
            subdivision=_subdivision(values, country),
            # A team that isn't there yet moves nowhere.
            new_channel=None if team_id is None else _new_channel(values),
            # A form that was opened before there was this field tells nobody.
            tells_channel=team_id is None and bool(_ticked(values, Do.SET_TELL_CHANNEL)),
            suggested=suggested,
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise UnreadableError("not a set-up modal of ours") from error


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


def _country_field(values: Values, suggested: str | None) -> Mapping[str, Any]:
    """The menu of countries, whatever suggestion it was drawn for."""
    drawn = [block_id for block_id in values if Do.SET_COUNTRY in values[block_id]]
    block_id = country_block(suggested)
    return values[block_id if block_id in drawn else drawn[0]][Do.SET_COUNTRY]


def _ticked(values: Values, name: Do) -> list[Any]:
    return ((values.get(name) or {}).get(name) or {}).get("selected_options") or []


def _option(values: Values, name: Do) -> str | None:
    return _chosen(_field(values, name))


def _chosen(field: Mapping[str, Any]) -> str | None:
    chosen = field.get("selected_option")
    return chosen["value"] if chosen else None


def day_typed(line: str) -> str:
    """A line of days off without what stands around it."""
    return typed.unwrapped(typed.clean(line))
