"""Many teams in one file, as an operator writes them; every fault names file, team and field, and the mend. Pure."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.kit.errors import StartError
from bot.schedule.days_off import DAYS_OF_WEEK, DaysOff
from bot.schedule.zones import time_zone
from bot.slack.ids import CHANNEL, PERSON, USERGROUP
from bot.teams.form import (
    MOST_DAYS_OFF,
    MOST_PEOPLE,
    WINDOWS,
    SetupForm,
    cadence,
    days_off_dates,
)
from rubric.places import Place
from storage.kinds import MemberSource, Privacy, Whose
from storage.teams import LONGEST_NAME

KEYS = ("channel", "name", "members", "managers", "every", "weekday", "time", "time_zone", "clock", "window",
        "privacy", "reminders", "country", "subdivision", "days_off")  # fmt: skip
EVERY = {
    "1 week": cadence(every_weeks=1, monthly_nth=None),
    "2 weeks": cadence(every_weeks=2, monthly_nth=None),
    "4 weeks": cadence(every_weeks=4, monthly_nth=None),
    "13 weeks": cadence(every_weeks=13, monthly_nth=None),
    "month, 1st": cadence(every_weeks=None, monthly_nth=1),
    "month, 2nd": cadence(every_weeks=None, monthly_nth=2),
    "month, 3rd": cadence(every_weeks=None, monthly_nth=3),
    "month, 4th": cadence(every_weeks=None, monthly_nth=4),
    "month, last": cadence(every_weeks=None, monthly_nth=-1),
}
"""How often, in the file's words: the form's values by them."""

_CHANNEL_NAME = re.compile(r"#[^\s#,<>|]{1,80}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class WantedTeam:
    """One team of the file: what is written about it, and nothing else."""

    channel: str
    """`C...`, or `#name`, which Slack is asked about."""
    fields: Mapping[str, Any]
    """By fields of SetupForm."""
    managers: tuple[str, ...] | None
    """User ids; None: not in the file."""


def as_written(form: SetupForm, managers: Iterable[str]) -> dict[str, str]:
    """A team's settings in the file's words, by the file's keys."""
    if form.source is MemberSource.USERGROUP:
        members = form.usergroup_id or ""
    elif form.source is MemberSource.PEOPLE:
        members = ", ".join(sorted(form.people))
    else:
        members = "channel"
    return {
        "name": form.name,
        "members": members,
        "managers": ", ".join(sorted(managers)),
        "every": next((words for words, value in EVERY.items() if value == form.cadence), form.cadence),
        "weekday": form.weekday,
        "time": form.local_time,
        "time_zone": form.time_zone,
        "clock": form.clock,
        "window": str(form.window_days),
        "privacy": form.privacy,
        "reminders": "true" if form.reminders else "false",
        "country": form.country or "none",
        "subdivision": form.subdivision or "none",
        "days_off": ", ".join(days_off_dates(form)) or "none",
    }


def load(path: Path) -> list[WantedTeam]:
    """The teams in this file; StartError with a line for each fault."""
    try:
        # Some editors begin a file with a byte order mark, which TOML doesn't know.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise StartError(f"{path}: this isn't UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    except OSError as error:
        raise StartError(f"{path}: the file can't be read ({error.strerror}); name a file that can.") from error
    return parse(text, file=str(path))


def parse(text: str, *, file: str) -> list[WantedTeam]:
    """The teams in this TOML. `file` is what its faults call it."""
    try:
        document = tomllib.loads(text)
    except ValueError as error:
        raise StartError(f"{file}: this isn't TOML ({error}); mend its syntax.") from error
    place = Place(file)
    table = place.table(document, keys=("teams",)) or {}
    found = [
        team
        for number, entry in enumerate(place.entries(table.get("teams"), what="'teams'", least=1, most=None), start=1)
        if (team := _team(entry, place, number=number)) is not None
    ]
    seen: set[str] = set()
    for team in found:
        if team.channel.casefold() in seen:
            place.at(f"team {team.channel}").problem("its channel stands here twice; a channel has one team.")
        seen.add(team.channel.casefold())
    if place.problems:
        raise StartError(*place.problems)
    return found


def _team(entry: Any, place: Place, *, number: int) -> WantedTeam | None:
    channel = entry.get("channel") if isinstance(entry, dict) else None
    named = isinstance(channel, str) and bool(CHANNEL.fullmatch(channel) or _CHANNEL_NAME.fullmatch(channel))
    here = place.at(f"team {channel}" if named else f"team number {number}")
    table = here.table(entry, keys=KEYS)
    if table is None:
        return None
    if not named:
        said = "is missing" if channel is None else f"is {channel!r}"
        here.problem(f'\'channel\' {said}; write its id ("C0123ABCD") or its name ("#permits") in quotes.')
    fields: dict[str, Any] = {}
    for key, reader in READERS.items():
        if key in table:
            fields.update(reader(here, table[key]) or {})
    _check_calendar(here, table)
    managers = _people(here, table["managers"], what="'managers'") if "managers" in table else None
    return WantedTeam(channel=str(channel), fields=fields, managers=managers)


def _name(here: Place, value: Any) -> dict[str, Any]:
    return {"name": here.text(value, what="'name'", limit=LONGEST_NAME)}


def _members(here: Place, value: Any) -> dict[str, Any]:
    if value == MemberSource.CHANNEL:
        return {"source": MemberSource.CHANNEL}
    if isinstance(value, str) and USERGROUP.fullmatch(value):
        return {"source": MemberSource.USERGROUP, "usergroup_id": value}
    if isinstance(value, list):
        return {"source": MemberSource.PEOPLE, "people": _people(here, value, what="'members'") or ()}
    here.problem(
        f'\'members\' is {_shown(value)}; write "channel", the id of a user group ("S0123ABCD"), or a list of user ids.'
    )
    return {}


def _people(here: Place, value: Any, *, what: str) -> tuple[str, ...] | None:
    entries = here.entries(value, what=what, least=1, most=MOST_PEOPLE)
    for each in entries:
        if not isinstance(each, str) or not PERSON.fullmatch(each):
            here.problem(
                f'{what} has {_shown(each)}, which is no user id; write one such as "U0123ABCD" '
                "(in Slack: the person's profile, the three dots, Copy member ID)."
            )
    return tuple(dict.fromkeys(str(each) for each in entries)) or None


def _every(here: Place, value: Any) -> dict[str, Any] | None:
    words = " ".join(value.split()).lower() if isinstance(value, str) else ""
    words = {"week": "1 week", "1 weeks": "1 week"}.get(words, words)
    if words in EVERY:
        return {"cadence": EVERY[words]}
    _one_of(here, value, what="'every'", choices=list(EVERY))
    return None


def _weekday(here: Place, value: Any) -> dict[str, Any] | None:
    if isinstance(value, str) and value.lower() in DAYS_OF_WEEK:
        return {"weekday": value.lower()}
    _one_of(here, value, what="'weekday'", choices=list(DAYS_OF_WEEK))
    return None


def _time(here: Place, value: Any) -> dict[str, Any]:
    if isinstance(value, str) and _TIME.fullmatch(value):
        return {"local_time": value}
    here.problem(f"'time' is {_shown(value)}; write hours and minutes in quotes, such as \"09:30\".")
    return {}


def _zone(here: Place, value: Any) -> dict[str, Any]:
    try:
        time_zone(str(value))
    except ValueError as error:
        here.problem(f"'time_zone': {error}")
    return {"time_zone": str(value)}


def _clock(here: Place, value: Any) -> dict[str, Any] | None:
    if isinstance(value, str) and value in set(Whose):
        return {"clock": Whose(value)}
    _one_of(here, value, what="'clock'", choices=list(Whose))
    return None


def _window(here: Place, value: Any) -> dict[str, Any] | None:
    if isinstance(value, int) and not isinstance(value, bool) and value in WINDOWS:
        return {"window_days": value}
    here.problem(
        f"'window' is {_shown(value)}; write a number of working days: {', '.join(str(days) for days in WINDOWS)}."
    )
    return None


def _privacy(here: Place, value: Any) -> dict[str, Any] | None:
    if isinstance(value, str) and value in set(Privacy):
        return {"privacy": Privacy(value)}
    _one_of(here, value, what="'privacy'", choices=list(Privacy))
    return None


def _reminders(here: Place, value: Any) -> dict[str, Any] | None:
    if isinstance(value, bool):
        return {"reminders": value}
    here.problem(f"'reminders' is {_shown(value)}; write true or false, without quotes.")
    return None


def _country(here: Place, value: Any) -> dict[str, Any] | None:
    if value == "none":
        return {"country": None, "subdivision": None}
    if isinstance(value, str):
        return {"country": value, "subdivision": None}  # the whole of it, unless a part follows
    here.problem(f'\'country\' is {_shown(value)}; write its two letters in quotes, such as "US", or "none".')
    return None


def _subdivision(here: Place, value: Any) -> dict[str, Any] | None:
    if isinstance(value, str):
        return {"subdivision": value}
    here.problem(f"'subdivision' is {_shown(value)}; write its code in quotes, such as \"TX\".")
    return None


def _check_calendar(here: Place, table: Mapping[str, Any]) -> None:
    """Whether there are holidays of the country and of its part."""
    country, part = table.get("country"), table.get("subdivision")
    if country == "none" and part is not None:
        here.problem("'subdivision' is part of a country; write 'country', too, or leave it out.")
        return
    if country == "none" or (country is not None and not isinstance(country, str)):
        return
    if part is not None and not isinstance(part, str):
        return
    try:
        DaysOff(country=country, subdivision=part)
    except ValueError as error:
        here.problem(f"'{'country' if part is None else 'subdivision'}': {error}")


def _days_off(here: Place, value: Any) -> dict[str, Any]:
    days = []
    for each in here.entries(value, what="'days_off'", least=0, most=MOST_DAYS_OFF):
        try:
            # TOML has dates of its own: 2027-12-24 without quotes.
            days.append(each if type(each) is date else date.fromisoformat(str(each)))
        except ValueError:
            here.problem(f"'days_off' has {_shown(each)}, which is no date; write one such as \"2027-12-24\".")
    return {"days_off": "\n".join(sorted({day.isoformat() for day in days}))}


def _one_of(here: Place, value: Any, *, what: str, choices: list[str]) -> None:
    listed = ", ".join(f'"{choice}"' for choice in choices)
    here.problem(f"{what} is {_shown(value)}; write one of {listed}.")


def _shown(value: Any) -> str:
    return f'"{value[:40]}"' if isinstance(value, str) else str(value)[:40]


READERS: Mapping[str, Callable[[Place, Any], dict[str, Any] | None]] = {
    "name": _name,
    "members": _members,
    "every": _every,
    "weekday": _weekday,
    "time": _time,
    "time_zone": _zone,
    "clock": _clock,
    "window": _window,
    "privacy": _privacy,
    "reminders": _reminders,
    "country": _country,
    "subdivision": _subdivision,
    "days_off": _days_off,
}
