"""The part of App Home that managers see: each of their teams, how it stands, and what they do most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    Block,
    actions,
    button,
    context,
    escape_within,
    header,
    local_time,
    option,
    section,
)
from bot.slack.ids import COMMAND, Do
from bot.slack.wording import long_date
from rubric import Reading, Summary

MOST_WITH_BUTTONS = 8
"""Teams that get a row of buttons each; where there are more, each has one menu."""
MOST_MANAGED = 40
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class OpenRound:
    """How far an open round is: numbers, no names, no levels."""

    closes_at: datetime
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class LastRound:
    """What was printed of a team's last closed round."""

    closed_on: date
    summary: Summary


@dataclass(frozen=True, slots=True)
class ManagedTeam:
    """A team that this person manages."""

    team_id: int
    name: str
    channel_id: str
    time_zone: str
    next_round_at: datetime | None
    """None while the team is paused."""
    starting: bool
    """Its next round is due now."""
    asked_lately: bool
    """Its last closed round opened within a week, so that it can't be started."""
    open: OpenRound | None
    last: LastRound | None


def managed_blocks(found: Sequence[ManagedTeam]) -> list[Block]:
    """Each team with its buttons, or nothing for who manages none."""
    if not found:
        return []
    blocks = [header(_("Teams you manage"))]
    for team in found[:MOST_MANAGED]:
        doable = _doable(team)
        if len(found) <= MOST_WITH_BUTTONS:
            row = [button(said, do=do, value=str(team.team_id)) for do, said in doable.items()]
            blocks += [section(_team(team)), actions(*row)]
        else:
            blocks.append(section(_team(team), accessory=_menu(team, doable)))
    more = len(found) - MOST_MANAGED
    if more > 0:
        said = ngettext(
            "and {n} more team: `{command} overview` shows all of them",
            "and {n} more teams: `{command} overview` shows all of them",
            more,
        )
        blocks.append(context(said.format(n=more, command=COMMAND)))
    return blocks


def label(do: Do) -> str:
    """What a button for a team is called, and the modal that answers it."""
    return {
        Do.HOME_REMIND: _("Remind"),
        Do.HOME_CLOSE: _("Close early"),
        Do.HOME_SUMMARY: _("Summary"),
        Do.HOME_START: _("Start now"),
        Do.HOME_RESUME: _("Resume"),
        Do.HOME_SETTINGS: _("Settings"),
    }[do]


def _menu(team: ManagedTeam, doable: dict[Do, str]) -> dict[str, Any]:
    choices = [option(said, f"{do}:{team.team_id}") for do, said in doable.items()]
    return {"type": "overflow", "action_id": Do.HOME_MORE, "options": choices}


def _doable(team: ManagedTeam) -> dict[Do, str]:
    """What can be done to a team as it stands, what is done most first; at most five, as many as a menu takes."""
    found: list[Do] = []
    if team.open is not None:
        found += [Do.HOME_REMIND, Do.HOME_CLOSE]
    if team.last is not None:
        found.append(Do.HOME_SUMMARY)
    if team.open is None and not team.starting and not team.asked_lately:
        found.append(Do.HOME_START)
    if team.next_round_at is None:
        found.append(Do.HOME_RESUME)
    return {do: label(do) for do in [*found, Do.HOME_SETTINGS]}


def _team(team: ManagedTeam) -> str:
    name = f"*{escape_within(team.name, LONGEST_NAME)}* <#{team.channel_id}>"
    return "\n".join((name, _status(team), _last(team.last)))


def _status(team: ManagedTeam) -> str:
    if team.open is not None:
        counted = ngettext("{answered} of {n} answered", "{answered} of {n} answered", team.open.asked).format(
            answered=team.open.answered, n=team.open.asked
        )
        said = _("Open until {time}: {counted}.").format(
            time=local_time(team.open.closes_at, zone=team.time_zone), counted=counted
        )
        return f"{said} {_('Paused after that.')}" if team.next_round_at is None else said
    if team.starting:
        said = _("A round opens within a minute.")
        return f"{said} {_('Paused after that.')}" if team.next_round_at is None else said
    if team.next_round_at is None:
        return _("Paused: no round is planned.")
    return _("Next round {time}.").format(time=local_time(team.next_round_at, zone=team.time_zone))


def _last(last: LastRound | None) -> str:
    if last is None:
        return _("No round has closed yet.")
    asked = last.summary.asked
    answered = ngettext("{answered} of {n} answered", "{answered} of {n} answered", asked).format(
        answered=last.summary.took_part, n=asked
    )
    return _("Last round, closed {date}: {answered}. {profile}.").format(
        date=long_date(last.closed_on), answered=answered, profile=_profile(last.summary)
    )


def _profile(summary: Summary) -> str:
    if summary.shows_nothing:
        return _("Nothing of it can be shown")
    return ", ".join(map(_reading, summary.readings))


def _reading(reading: Reading) -> str:
    """`A 2`, from what may be printed and nothing else."""
    if reading.split is not None:
        return _("{dimension} split").format(dimension=reading.dimension)
    if reading.level is None:
        return _("{dimension} too few").format(dimension=reading.dimension)
    said = _("{dimension} {level} or above") if reading.or_above else _("{dimension} {level}")
    return said.format(dimension=reading.dimension, level=reading.level)
