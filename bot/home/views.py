"""App Home: what one person finds there, from what is true now. Managers' and admins' parts are files of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.home.admin_views import AdminPart, admin_blocks, look_after
from bot.home.manager_views import ManagedTeam, managed_blocks
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    escape_within,
    header,
    input_block,
    local_day,
    local_time,
    modal,
    plain,
    section,
    sections,
)
from bot.slack.ids import COMMAND, OPENED_IN_HOME, Do, View
from bot.slack.wording import away_through, listed, short_date

MOST_CHECK_INS = 10
MOST_TEAMS = 60
MOST_ITEMS = 15
"""Slack takes 100 blocks: a check-in and an item are one each, teams share sections."""
LONGEST_NAME = 80
LONGEST_ITEM = 300


@dataclass(frozen=True, slots=True)
class OpenCheckIn:
    """One of this person's own check-ins."""

    team: str
    round_id: int
    answered: int
    questions: int
    skipped: bool
    closes_at: datetime
    time_zone: str
    link: str | None
    """To its message; None before that has arrived."""


@dataclass(frozen=True, slots=True)
class MyTeam:
    """A team whose member this person is."""

    name: str
    channel_id: str
    time_zone: str
    dates: Sequence[datetime]
    """When its next rounds open; none while it is paused."""


@dataclass(frozen=True, slots=True)
class MyItem:
    """An open action item that this person owns."""

    item_id: int
    team: str
    text: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything that somebody's Home is drawn from."""

    today: date
    """On this person's clock."""
    is_outsider: bool = False
    """A guest, or of another organisation."""
    away_until: date | None = None
    opted_out: bool = False
    check_ins: Sequence[OpenCheckIn] = ()
    teams: Sequence[MyTeam] = ()
    items: Sequence[MyItem] = ()
    managed: Sequence[ManagedTeam] = ()
    admin: AdminPart | None = None


def home(page: HomePage) -> Block:
    """Somebody's Home tab."""
    blocks = []
    if not (page.check_ins or page.teams or page.managed):
        blocks += _welcome(page)
    else:
        blocks += _check_ins(page.check_ins)
    if page.teams and not page.is_outsider:
        blocks += _teams(page.teams)
    if page.is_outsider:
        blocks.append(context(_("Guests and people of other organisations are not asked here.")))
    elif page.teams or page.check_ins or page.away_until is not None or page.opted_out:
        blocks += _asked(page)
    blocks += _items(page)
    blocks += managed_blocks(page.managed)
    if page.admin is not None:
        blocks += admin_blocks(page.admin)
    return {"type": "home", "blocks": blocks}


def fault_page(sentence: str) -> Block:
    """In place of a Home that could not be put together: why, and what to do."""
    return {"type": "home", "blocks": [section(sentence)]}


def _welcome(page: HomePage) -> list[Block]:
    what = _(
        "This app asks a team a few questions about how it works, and shows it where it stands. "
        "Then it suggests what to do to reach the next level."
    )
    blocks = [header(_("Team check-ins")), section(what)]
    if page.admin is not None and page.admin.teams:
        blocks.append(section(look_after()))
    elif not page.is_outsider:
        begin = _("You are in no team yet. To begin, type `{command} setup` in the channel of your team.")
        blocks.append(section(begin.format(command=COMMAND)))
    return blocks


def _check_ins(found: Sequence[OpenCheckIn]) -> list[Block]:
    blocks = [header(_("Your check-ins"))]
    if not found:
        blocks.append(section(_("You have no open check-in.")))
    blocks += [_check_in(each) for each in found[:MOST_CHECK_INS]]
    more = len(found) - MOST_CHECK_INS
    if more > 0:
        said = ngettext(
            "and {n} more: `{command} checkin` brings up all of them",
            "and {n} more: `{command} checkin` brings up all of them",
            more,
        )
        blocks.append(context(said.format(n=more, command=COMMAND)))
    return blocks


def _check_in(found: OpenCheckIn) -> Block:
    complete = found.answered >= found.questions
    if found.link is None:
        said = _("*{team}*: on its way to you as a direct message. It closes {time}.")
        do = button(_("Send it to me"), do=Do.OPEN_CHECK_IN, value=str(found.round_id))
    elif found.skipped:
        said = _("*{team}*: you skipped this round. It closes {time}.")
        do = button(_("Open"), do=Do.OPEN_CHECK_IN, value=str(found.round_id), url=found.link)
    elif complete:
        said = _("*{team}*: you have answered. You can change your answers until it closes {time}.")
        do = button(_("Open"), do=Do.OPEN_CHECK_IN, value=str(found.round_id), url=found.link)
    else:
        said = _("*{team}*: {answered} of {questions} questions answered. It closes {time}.")
        do = button(_("Answer"), do=Do.OPEN_CHECK_IN, value=str(found.round_id), url=found.link, style="primary")
    text = said.format(
        team=escape_within(found.team, LONGEST_NAME),
        answered=found.answered,
        questions=found.questions,
        time=local_time(found.closes_at, zone=found.time_zone),
    )
    return section(text, accessory=do)


def _teams(found: Sequence[MyTeam]) -> list[Block]:
    blocks = [header(_("Your teams")), *sections(_team(each) for each in found[:MOST_TEAMS])]
    more = len(found) - MOST_TEAMS
    if more > 0:
        said = ngettext(
            "and {n} more team: `{command} summary` with its name shows it",
            "and {n} more teams: `{command} summary` with a name shows one of them",
            more,
        )
        blocks.append(context(said.format(n=more, command=COMMAND)))
    return blocks


def _team(found: MyTeam) -> str:
    name, channel = escape_within(found.name, LONGEST_NAME), f"<#{found.channel_id}>"
    if not found.dates:
        return _("*{team}* {channel}: paused, no round is planned.").format(team=name, channel=channel)
    first, *others = found.dates
    said = _("*{team}* {channel}: next round {time}")
    line = said.format(team=name, channel=channel, time=local_time(first, zone=found.time_zone))
    if others:
        line += ", " + _("then {dates}").format(
            dates=listed([local_day(each, zone=found.time_zone) for each in others])
        )
    return f"{line}."


def _asked(page: HomePage) -> list[Block]:
    """Whether rounds ask this person, and the buttons that change it."""
    if page.opted_out:
        said = _("You chose not to be asked any more, in any team, and get no reminders.")
        ask = button(_("Ask me again"), do=Do.ASK_AGAIN)
    else:
        said = ""
        ask = button(
            _("Stop asking me"),
            do=Do.STOP_ASKING,
            confirm=confirmation(
                title=_("Stop asking me?"),
                text=_("From now on you won't be asked or reminded, in any team, until you tap Ask me again here."),
                confirm=_("Stop asking me"),
                deny=_("Keep asking"),
            ),
        )
    if page.away_until is not None:
        said = f"{said} {away_through(page.away_until)}".strip()
        presence = button(_("I'm back"), do=Do.BE_BACK)
    else:
        presence = button(_("I'm away"), do=Do.BE_AWAY)
    said = said or _("You are asked in each round of your teams, and reminded at most twice.")
    return [header(_("Asking you")), section(said), actions(presence, ask)]


def _items(page: HomePage) -> list[Block]:
    if not page.items:
        return []
    blocks = [header(_("Your action items")), *(_item(each, today=page.today) for each in page.items[:MOST_ITEMS])]
    more = len(page.items) - MOST_ITEMS
    if more > 0:
        said = ngettext(
            "and {n} more action item: `{command} actions` shows all of a team",
            "and {n} more action items: `{command} actions` shows all of a team",
            more,
        )
        blocks.append(context(said.format(n=more, command=COMMAND)))
    return blocks


def _item(found: MyItem, *, today: date) -> Block:
    line = f"*{escape_within(found.team, LONGEST_NAME)}*: {escape_within(found.text, LONGEST_ITEM)}"
    if found.due_on is not None:
        due = _("Was due {date}.") if found.due_on < today else _("Due {date}.")
        line += "\n" + due.format(date=short_date(found.due_on))
    return section(line, accessory=button(_("Done"), do=Do.ACTION_DONE, value=str(found.item_id)))


def away_modal(*, first: date) -> Block:
    """Until when somebody will be away; `first` is the day that is filled in."""
    picker = {"type": "datepicker", "action_id": Do.AWAY_UNTIL, "initial_date": first.isoformat()}
    hint = _("The last day on which you aren't asked or reminded. A check-in that is open now stays open.")
    return modal(
        title=_("I'm away"),
        blocks=[input_block(_("Away until"), picker, block_id=Do.AWAY_UNTIL, hint=plain(hint))],
        callback_id=View.AWAY,
        submit=_("Save"),
        close=_("Cancel"),
        metadata=OPENED_IN_HOME,
    )
