"""What is said once a team's form is saved, or the team deleted."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.kit.i18n import _, ngettext
from bot.schedule.cadence import LAST
from bot.slack.blocks import Message, actions, button, confirmation, escape, inert, local_time, one_line, section
from bot.slack.ids import Do
from bot.slack.wording import listed, long_date, weekday_names
from bot.teams.form import SetupForm, read_cadence
from storage.kinds import Whose

NextDates = Sequence[datetime] | str
"""The coming rounds' instants; or why there are none, as a sentence."""


def saved(
    form: SetupForm,
    next_dates: NextDates,
    *,
    team_id: int,
    new: bool,
    moved_to: str | None = None,
    unread: str = "",
    later_than: datetime | None = None,
) -> Message:
    """What was saved, when the next round is, and two ways to go on.

    `new` for a team that has just been set up, `moved_to` the channel that another one was moved to; no dates for one
    that is paused. `unread` says which members Slack doesn't tell of; `later_than` is the first date that would
    have been too near to another check-in of nearly the same people.
    """
    name = escape(one_line(form.name))
    if new:
        said = _("Check-ins for *{team}* are set up, and you are their manager.").format(team=name)
    else:
        said = _("The settings of *{team}* are saved. They hold from the next round on.").format(team=name)
    if moved_to is not None:
        said += " " + _("Its channel is {channel} now.").format(channel=f"<#{moved_to}>")
    following = next_rounds(form, next_dates) if next_dates else _("It is paused: `/maturity resume` lets it go on.")
    rhythm = f"{_rhythm(form)} {following}"
    if later_than is not None:
        rhythm += " " + why_later(form, later_than)
    ask = confirmation(
        title=_("Ask everyone now?"),
        text=_("Each member gets the questions as a direct message within a minute."),
        confirm=_("Start now"),
        deny=_("Not now"),
    )
    buttons = actions(
        button(_("Start now"), do=Do.START_NOW, value=str(team_id), confirm=ask),
        button(_("Preview to me"), do=Do.PREVIEW, value=str(team_id)),
    )
    news = [section(unread)] if unread else []
    return Message(f"{said} {rhythm} {unread}".strip(), [section(f"{said}\n{rhythm}"), *news, buttons])


def why_later(form: SetupForm, later_than: datetime) -> str:
    """Why a team doesn't begin when it could have."""
    return _("It could have begun {time}, but nearly the same people have another check-in around then.").format(
        time=local_time(later_than, zone=form.time_zone)
    )


def being_deleted(team: str) -> str:
    """To whoever pressed the button."""
    return _(
        "*{team}* is being deleted. Open check-ins are replaced by a note that the round was cancelled; then all that "
        "is stored goes. The channel can be set up anew in a minute."
    ).format(team=escape(one_line(team)))


def weeks(number: int) -> str:
    return ngettext("Every week", "Every {n} weeks", number).format(n=number)


def _rhythm(form: SetupForm) -> str:
    number, nth = read_cadence(form.cadence)
    weekday = weekday_names()[form.weekday]
    if number is not None:
        return _("{often}, on {weekday}.").format(often=weeks(number), weekday=weekday)
    sentence = {
        1: _("Every month, on the first {weekday}."),
        2: _("Every month, on the second {weekday}."),
        3: _("Every month, on the third {weekday}."),
        4: _("Every month, on the fourth {weekday}."),
    }.get(nth or LAST, _("Every month, on the last {weekday}."))
    return sentence.format(weekday=weekday)


def next_rounds(form: SetupForm, next_dates: NextDates) -> str:
    """When the next rounds open; or why none does."""
    if isinstance(next_dates, str):
        return inert(next_dates)
    if not next_dates:
        return _("No round is planned.")
    zone = ZoneInfo(form.time_zone)
    days = listed([long_date(instant.astimezone(zone).date()) for instant in next_dates])
    if form.clock is Whose.MEMBER:
        return _("Next: {dates}, at {time} where each member is.").format(dates=days, time=form.local_time)
    return _("Next: {dates}, at {time} ({zone}).").format(dates=days, time=form.local_time, zone=escape(form.time_zone))
