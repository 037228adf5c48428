"""Many teams in one file, as an operator writes them; every fault names file, team and field, and the mend. Pure."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from bot.kit.errors import CommandError
from bot.schedule.cadence import LAST, Weekday
from bot.schedule.days_off import DAYS_OF_WEEK, DaysOff
from bot.schedule.zones import time_zone
from bot.slack.ids import CHANNEL, PERSON, USERGROUP
from bot.teams.form import MOST_PEOPLE, WINDOWS, cadence
from bot.teams.team_settings import MOST_DAYS_OFF, TeamSettings
from rubric.places import Place
from storage.kinds import MemberSource, Privacy, Whose
from storage.teams import LONGEST_NAME

KEYS = ("channel", "name", "members", "managers", "every", "weekday", "time", "time_zone", "clock", "window",
        "privacy", "reminders", "country", "subdivision", "days_off", "tell_channel")  # fmt: skip
EVERY: Mapping[str, tuple[int | None, int | None]] = {
    "1 week": (1, None),
    "2 weeks": (2, None),
    "4 weeks": (4, None),
    "13 weeks": (13, None),
    "26 weeks": (26, None),
    "52 weeks": (52, None),
    "month, 1st": (None, 1),
    "month, 2nd": (None, 2),
    "month, 3rd": (None, 3),
    "month, 4th": (None, 4),
    "month, last": (None, LAST),
}
"""How often, in the file's words: (every_weeks, monthly_nth) by them."""

_CHANNEL_NAME = re.compile(r"#[^\s#,<>|]{1,80}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class WantedTeam:
    """One team of the file: what is written about it, and nothing else."""

    channel: str
    """`C...`, or `#name`, which Slack is asked about."""
    fields: Mapping[str, Any]
    """By fields of TeamSettings."""
    managers: tuple[str, ...] | None
    """User ids; None: not in the file."""
    tells_channel: bool = False
    """Whether its channel is told where it is a new team."""


def as_written(settings: TeamSettings, managers: Iterable[str]) -> dict[str, str]:
    """A team's settings in the file's words, by the file's keys."""
    rhythm = (settings.every_weeks, settings.monthly_nth)
    otherwise = cadence(every_weeks=settings.every_weeks, monthly_nth=settings.monthly_nth)
    if settings.source is MemberSource.USERGROUP:
        members = settings.usergroup_id or ""
    elif settings.source is MemberSource.PEOPLE:
        members = ", ".join(sorted(settings.people))
    else:
        members = "channel"
    return {
        "name": settings.name,
        "members": members,
        "managers": ", ".join(sorted(managers)),
        "every": next((words for words, value in EVERY.items() if value == rhythm), otherwise),
        "weekday": settings.weekday,
        "time": f"{settings.local_time:%H:%M}",
        "time_zone": settings.time_zone,
        "clock": settings.clock,
        "window": str(settings.window_days),
        "privacy": settings.privacy,
        "reminders": "true" if settings.reminders else "false",
        "country": settings.country or "none",
        "subdivision": settings.subdivision or "none",
        "days_off": ", ".join(day.isoformat() for day in settings.days_off) or "none",
    }


def load(path: Path) -> list[WantedTeam]:
    """The teams in this file; CommandError with a line for each fault."""
    try:
        # Some editors begin a file with a byte order mark, which TOML doesn't know.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: this isn't UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    except OSError as error:
        raise CommandError(f"{path}: the file can't be read ({error.strerror}); name a file that can.") from error
    return parse(text, file=str(path))


def parse(text: str, *, file: str) -> list[WantedTeam]:
    """The teams in this TOML. `file` is what its faults call it."""
    try:
        document = tomllib.loads(text)
    except ValueError as error:
        raise CommandError(f"{file}: this isn't TOML ({error}); mend its syntax.") from error
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
        raise CommandError(*place.problems)
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
    tells = table.get("tell_channel", False)
    if not isinstance(tells, bool):
        here.problem(f"'tell_channel' is {_shown(tells)}; write true or false, without quotes.")
    return WantedTeam(channel=str(channel), fields=fields, managers=managers, tells_channel=tells is True)


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
        every_weeks, monthly_nth = EVERY[words]
        return {"every_weeks": every_weeks, "monthly_nth": monthly_nth}
    _one_of(here, value, what="'every'", choices=list(EVERY))
    return None


def _weekday(here: Place, value: Any) -> dict[str, Any] | None:
    if isinstance(value, str) and value.lower() in DAYS_OF_WEEK:
        return {"weekday": Weekday(value.lower())}
    _one_of(here, value, what="'weekday'", choices=list(DAYS_OF_WEEK))
    return None


def _time(here: Place, value: Any) -> dict[str, Any]:
    if isinstance(value, str) and _TIME.fullmatch(value):
        return {"local_time": time.fromisoformat(value)}
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
    return {"days_off": tuple(sorted(set(days)))}


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
