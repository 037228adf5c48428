"""What is said once a team's form is saved, or the team deleted."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.kit.i18n import _, ngettext
from bot.schedule.cadence import LAST
from bot.slack.blocks import (
    Message,
    actions,
    button,
    confirmation,
    escape,
    inert,
    local_time,
    one_line,
    section,
    zone_name,
)
from bot.slack.ids import Do
from bot.slack.wording import listed, long_date, weekday_names
from bot.teams.form import SetupForm, read_cadence
from bot.teams.head_count_views import HeadCount, too_small, who_is_asked
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
    heads: HeadCount | None = None,
    minimum: int = 0,
    no_start: str = "",
) -> Message:
    """What was saved, when the next round is, and two ways to go on.

    `new` for a team that has just been set up, `moved_to` the channel that another one was moved to; no dates for one
    that is paused. `unread` says which members Slack doesn't tell of; `later_than` is the first date that would
    have been too near to another check-in of nearly the same people. `heads` says how many are asked, `no_start` why
    it can't be started now.
    """
    name = escape(one_line(form.name))
    if new:
        said = _("Check-ins for *{team}* are set up, and you manage them.").format(team=name)
    else:
        said = _(
            "The settings of *{team}* are saved. They hold from the next round on; reminders and a new channel at once."
        ).format(team=name)
    if moved_to is not None:
        said += " " + _("Its channel is now {channel}.").format(channel=f"<#{moved_to}>")
    following = (
        next_rounds(form, next_dates) if next_dates else _("This team is paused. Restart it with `/maturity resume`.")
    )
    when = f"{rhythm(form.cadence, form.weekday)} {following}"
    if later_than is not None:
        when += " " + why_later(form, later_than)
    ask = confirmation(
        title=_("Ask everyone now?"),
        text=_("Each member is asked by direct message, starting within a minute."),
        confirm=_("Start now"),
        deny=_("Not now"),
    )
    start = button(_("Start now"), do=Do.START_NOW, value=str(team_id), confirm=ask)
    preview = button(_("Preview to me"), do=Do.PREVIEW, value=str(team_id))
    asked = "" if heads is None else who_is_asked(heads)
    few = "" if heads is None else too_small(heads, privacy=form.privacy, minimum=minimum)
    when = f"{asked} {when}".strip()
    told = [each for each in (few, unread, no_start) if each]
    buttons = actions(*([] if no_start else [start]), preview)
    return Message(" ".join([said, when, *told]), [section(f"{said}\n{when}"), *map(section, told), buttons])


def why_later(form: SetupForm, later_than: datetime) -> str:
    """Why a team doesn't begin when it could have."""
    return _(
        "The first round could have been {time}, but nearly the same people have another check-in around then."
    ).format(time=local_time(later_than, zone=form.time_zone))


def being_deleted(team: str) -> str:
    """To whoever pressed the button."""
    return _(
        "*{team}* is being deleted. Open check-ins are replaced by a note that the round was cancelled; then all that "
        "is stored about the team is deleted. The channel can be set up again in a minute."
    ).format(team=escape(one_line(team)))


def weeks(number: int) -> str:
    """How often, in words."""
    named = {
        13: _("Every quarter (13 weeks)"),
        26: _("Every half year (26 weeks)"),
        52: _("Every year (52 weeks)"),
    }
    return named.get(number) or ngettext("Every week", "Every {n} weeks", number).format(n=number)


def rhythm(cadence: str, weekday: str) -> str:
    """How often a team is asked, as a sentence."""
    number, nth = read_cadence(cadence)
    weekday = weekday_names()[weekday]
    if number is not None:
        return _("{often}, on a {weekday}.").format(often=weeks(number), weekday=weekday)
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
    dates = dates_and_time(next_dates, clock=form.clock, time=form.local_time, time_zone=form.time_zone)
    return _("Next: {dates}.").format(dates=dates)


def dates_and_time(instants: Sequence[datetime], *, clock: Whose, time: str, time_zone: str) -> str:
    """Several openings, with their time of day and its zone once."""
    zone = ZoneInfo(time_zone)
    days = listed([long_date(instant.astimezone(zone).date()) for instant in instants])
    if clock is Whose.MEMBER:
        return _("{dates}, at {time} where each member is").format(dates=days, time=time)
    return _("{dates}, at {time} ({zone})").format(dates=days, time=time, zone=escape(zone_name(time_zone)))
