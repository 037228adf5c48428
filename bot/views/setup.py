"""The modal in which a team is set up, and what is said once it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.cadence import CYCLES, LAST, MONTHLY
from bot.i18n import _, ngettext
from bot.ids import Do, View
from bot.views.choices import (
    country_option,
    country_options,
    usergroup_option,
    usergroup_options,
    zone_option,
    zone_options,
)
from bot.views.message import (
    Block,
    Message,
    actions,
    button,
    confirmation,
    context,
    escape,
    header,
    inert,
    input_block,
    modal,
    one_line,
    option,
    plain,
    section,
)
from bot.views.setup_form import (
    WINDOWS,
    SetupForm,
    cadence,
    check_form,
    days_off_dates,
    days_off_text,
    metadata,
    read_cadence,
    read_form,
)
from bot.views.words import listed, long_date, weekday_names
from storage.kinds import MemberSource, Privacy, Whose

__all__ = [
    "SetupForm",
    "cadence",
    "check_form",
    "country_options",
    "days_off_dates",
    "days_off_text",
    "loading_modal",
    "read_cadence",
    "read_form",
    "saved",
    "setup_modal",
    "usergroup_options",
    "zone_options",
]

NextDates = Sequence[datetime] | str
"""The coming rounds' instants; or why there are none, as a sentence."""


def loading_modal() -> Block:
    """What opens at once, while the form is put together."""
    return modal(
        title=_("Set up check-ins"), blocks=[section(_("One moment."))], callback_id=View.MESSAGE, close=_("Cancel")
    )


def setup_modal(form: SetupForm, *, next_dates: NextDates, minimum: int) -> Block:
    """The form with everything in it as chosen; `read_form` is its inverse. `minimum`: the smallest group shown."""
    start = [] if form.team_id is None else [context(_("What you change here holds from the next round on."))]
    return modal(
        title=_("Set up check-ins") if form.team_id is None else _("Settings"),
        blocks=[
            *start,
            *_who(form),
            header(_("When")),
            *_when(form),
            context(_next(form, next_dates)),
            header(_("How")),
            *_how(form, minimum=minimum),
        ],
        callback_id=View.SETUP,
        submit=_("Save"),
        close=_("Cancel"),
        metadata=metadata(form),
    )


def saved(form: SetupForm, next_dates: NextDates, *, team_id: int, new: bool) -> Message:
    """What was saved, when the next round is, and two ways to go on; `new` for a team that has just been set up."""
    name = escape(one_line(form.name))
    if new:
        said = _("Check-ins for *{team}* are set up, and you are their manager.").format(team=name)
    else:
        said = _("The settings of *{team}* are saved. They hold from the next round on.").format(team=name)
    rhythm = f"{_rhythm(form)} {_next(form, next_dates)}"
    ask = confirmation(
        title=_("Ask everyone now?"),
        text=_("Each member gets the questions as a direct message within a few minutes."),
        confirm=_("Start now"),
        deny=_("Not now"),
    )
    buttons = actions(
        button(_("Start now"), do=Do.START_NOW, value=str(team_id), confirm=ask),
        button(_("Preview to me"), do=Do.PREVIEW, value=str(team_id)),
    )
    return Message(f"{said} {rhythm}", [section(f"{said}\n{rhythm}"), buttons])


def _who(form: SetupForm) -> list[Block]:
    name: dict[str, Any] = {"type": "plain_text_input"}
    if form.name:
        name["initial_value"] = form.name
    sources = {
        MemberSource.CHANNEL: _("Everyone in this channel"),
        MemberSource.USERGROUP: _("A user group"),
        MemberSource.PEOPLE: _("People you choose"),
    }
    blocks = [
        _input(Do.SET_NAME, _("Team name"), name),
        _input(Do.SET_SOURCE, _("Who is asked"), _choice("radio_buttons", sources, form.source), live=True),
    ]
    if form.source is MemberSource.USERGROUP:
        group: dict[str, Any] = {"type": "external_select", "min_query_length": 0}
        group["placeholder"] = plain(_("Type part of its name"), 150)
        if form.usergroup_id:
            group["initial_option"] = usergroup_option(form.usergroup_id, form.usergroup_name)
        blocks.append(_input(Do.SET_USERGROUP, _("User group"), group))
    if form.source is MemberSource.PEOPLE:
        people: dict[str, Any] = {"type": "multi_users_select", "placeholder": plain(_("Choose people"), 150)}
        if form.people:
            people["initial_users"] = list(form.people)
        blocks.append(_input(Do.SET_PEOPLE, _("People"), people))
    return blocks


def _when(form: SetupForm) -> list[Block]:
    time: dict[str, Any] = {"type": "timepicker"}
    if form.local_time:
        time["initial_time"] = form.local_time
    zone: dict[str, Any] = {"type": "external_select", "min_query_length": 2}
    zone["placeholder"] = plain(_("Type a city, such as Chicago"), 150)
    if form.time_zone:
        zone["initial_option"] = zone_option(form.time_zone)
    country = {
        "type": "external_select",
        "min_query_length": 0,
        "initial_option": country_option(form.country),
        "placeholder": plain(_("Type a country"), 150),
    }
    days_off: dict[str, Any] = {"type": "plain_text_input", "multiline": True, "placeholder": plain("2027-12-24", 150)}
    if form.days_off:
        days_off["initial_value"] = form.days_off
    clocks = {
        Whose.TEAM: (_("The team's"), _("Everyone is asked at the same moment.")),
        Whose.MEMBER: (_("Each member's own"), _("Everyone is asked at that time where they are.")),
    }
    often = _choice("static_select", _cadences(), form.cadence)
    weekday = _choice("static_select", weekday_names(), form.weekday)
    return [
        _input(Do.SET_WEEKDAY, _("Day"), weekday, live=True),
        _input(Do.SET_CADENCE, _("How often"), often, live=True),
        _input(Do.SET_TIME, _("Time"), time, live=True),
        _input(Do.SET_ZONE, _("Time zone"), zone, live=True),
        _input(Do.SET_CLOCK, _("Whose clock"), _choice("radio_buttons", clocks, form.clock), live=True),
        _input(Do.SET_COUNTRY, _("Public holidays of"), country, live=True),
        _input(
            Do.SET_DAYS_OFF,
            _("Other days off, one date a line"),
            days_off,
            live=True,
            optional=True,
            hint=plain(_("Nobody is asked or reminded on a day off.")),
        ),
    ]


def _how(form: SetupForm, *, minimum: int) -> list[Block]:
    windows = {
        str(days): ngettext("{n} working day", "{n} working days", days).format(n=days)
        for days in sorted({*WINDOWS, max(form.window_days, 1)})
    }
    privacies = {
        Privacy.CONFIDENTIAL: (
            _("Confidential"),
            _("A summary from {minimum} answers on, no names. Answers are deleted.").format(minimum=minimum),
        ),
        Privacy.NAMED: (_("Named"), _("The team sees who chose what, after the close.")),
    }
    reminding = {"yes": _("Remind whoever has not finished, at most twice a round")}
    reminders: dict[str, Any] = {"type": "checkboxes", "options": _options(reminding)}
    if form.reminders:
        reminders["initial_options"] = _options(reminding)
    return [
        _input(Do.SET_WINDOW, _("Open for"), _choice("static_select", windows, str(form.window_days))),
        _input(Do.SET_PRIVACY, _("Privacy"), _choice("radio_buttons", privacies, form.privacy)),
        _input(Do.SET_REMINDERS, _("Reminders"), reminders, optional=True),
    ]


def _input(name: Do, label: str, element: dict[str, Any], *, live: bool = False, **more: Any) -> Block:
    """A field whose block id and action id are one. With `live` each choice is sent as it is made."""
    if live:
        more["dispatch_action"] = True
    return input_block(label, {**element, "action_id": name}, block_id=name, **more)


def _choice(kind: str, texts: Mapping[Any, str | tuple[str, str]], chosen: str) -> dict[str, Any]:
    """A menu or radio buttons over values with a text, or a text and a description."""
    options = _options(texts)
    element: dict[str, Any] = {"type": kind, "options": options}
    initial = [each for each in options if each["value"] == chosen]
    return element | {"initial_option": initial[0]} if initial else element


def _options(texts: Mapping[Any, str | tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        option(text, value) if isinstance(text, str) else option(text[0], value, description=text[1])
        for value, text in texts.items()
    ]


def _cadences() -> dict[str, str]:
    """Each rhythm on offer; the weekday stands in the field above, so the words can stay when it changes."""
    nths = {
        1: _("The first one of each month"),
        2: _("The second one of each month"),
        3: _("The third one of each month"),
        4: _("The fourth one of each month"),
        LAST: _("The last one of each month"),
    }
    return {f"{weeks}": _weeks(weeks) for weeks in CYCLES} | {
        cadence(every_weeks=None, monthly_nth=nth): nths[nth] for nth in MONTHLY
    }


def _weeks(number: int) -> str:
    return ngettext("Every week", "Every {n} weeks", number).format(n=number)


def _rhythm(form: SetupForm) -> str:
    weeks, nth = read_cadence(form.cadence)
    weekday = weekday_names()[form.weekday]
    if weeks is not None:
        return _("{often}, on {weekday}.").format(often=_weeks(weeks), weekday=weekday)
    sentence = {
        1: _("Every month, on the first {weekday}."),
        2: _("Every month, on the second {weekday}."),
        3: _("Every month, on the third {weekday}."),
        4: _("Every month, on the fourth {weekday}."),
    }.get(nth or LAST, _("Every month, on the last {weekday}."))
    return sentence.format(weekday=weekday)


def _next(form: SetupForm, next_dates: NextDates) -> str:
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
