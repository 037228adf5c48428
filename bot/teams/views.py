"""The modal in which a team is set up; saved_views.py says what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.kit.i18n import _, ngettext
from bot.schedule.cadence import CYCLES, LAST, MONTHLY
from bot.slack.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    header,
    input_block,
    modal,
    one_line,
    option,
    plain,
    section,
)
from bot.slack.ids import Do, View
from bot.slack.wording import weekday_names
from bot.teams.form import (
    CADENCES,
    OFTEN,
    WINDOWS,
    SetupForm,
    cadence,
    country_block,
    metadata,
    read_cadence,
    read_form,
    subdivision_block,
)
from bot.teams.head_count_views import HeadCount, too_small, who_is_asked
from bot.teams.menu_views import (
    country_option,
    country_options,
    subdivision_menu,
    usergroup_option,
    usergroup_options,
    zone_option,
    zone_options,
)
from bot.teams.saved_views import NextDates, being_deleted, next_rounds, saved, weeks, why_later
from storage.kinds import MemberSource, Privacy, Whose

__all__ = [
    "SetupForm",
    "being_deleted",
    "cadence",
    "country_options",
    "loading_modal",
    "read_cadence",
    "read_form",
    "saved",
    "setup_modal",
    "usergroup_options",
    "zone_options",
]


def loading_modal() -> Block:
    """What opens at once, while the form is put together."""
    return modal(
        title=_("Set up check-ins"), blocks=[section(_("One moment."))], callback_id=View.MESSAGE, close=_("Cancel")
    )


def setup_modal(
    form: SetupForm,
    *,
    next_dates: NextDates,
    minimum: int,
    later_than: datetime | None = None,
    may_move: bool = False,
    shares_half: bool = False,
    heads: HeadCount | None = None,
) -> Block:
    """The form with everything in it as chosen; `read_form` is its inverse. `minimum`: the smallest group shown.

    `later_than` is the first date that is too near to another check-in of nearly the same people; it `may_move` where
    that isn't known. `shares_half` with another team that is asked every week or two.
    """
    start = (
        []
        if form.team_id is None
        else [context(_("Changes apply from the next round on. Reminders, moving and deleting take effect at once."))]
    )
    return modal(
        title=_("Set up check-ins") if form.team_id is None else _("Team settings"),
        blocks=[
            *start,
            *_who(form),
            *([] if heads is None else [context(who_is_asked(heads))]),
            header(_("When")),
            *_when(form),
            context(" ".join([next_rounds(form, next_dates), *_of_the_first(form, later_than, may_move=may_move)])),
            *([_shares_half()] if shares_half else []),
            header(_("How")),
            *_how(form, minimum=minimum),
            *_too_small(form, heads, minimum=minimum),
            *([] if form.team_id is not None else [_tell(form)]),
            *_elsewhere(form),
        ],
        callback_id=View.SETUP,
        submit=_("Save"),
        close=_("Cancel"),
        metadata=metadata(form),
    )


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
        blocks.append(_input(Do.SET_USERGROUP, _("User group"), group, live=True))
    if form.source is MemberSource.PEOPLE:
        people: dict[str, Any] = {"type": "multi_users_select", "placeholder": plain(_("Choose people"), 150)}
        if form.people:
            people["initial_users"] = list(form.people)
        blocks.append(_input(Do.SET_PEOPLE, _("People"), people, live=True))
    return blocks


def _when(form: SetupForm) -> list[Block]:
    time: dict[str, Any] = {"type": "timepicker"}
    if form.local_time:
        time["initial_time"] = form.local_time
    zone: dict[str, Any] = {"type": "external_select", "min_query_length": 2}
    zone["placeholder"] = plain(_("Type a city, such as Chicago"), 150)
    if form.time_zone:
        zone["initial_option"] = zone_option(form.time_zone)
    days_off: dict[str, Any] = {"type": "plain_text_input", "multiline": True, "placeholder": plain("2027-12-24", 150)}
    if form.days_off:
        days_off["initial_value"] = form.days_off
    clocks = {
        Whose.TEAM: (_("The team's"), _("Everyone is asked at the same moment.")),
        Whose.MEMBER: (_("Each member's own"), _("Everyone is asked at that time where they are.")),
    }
    often = _choice("static_select", _cadences(), form.cadence)
    weekday = _choice("static_select", weekday_names(), form.weekday)
    part = subdivision_menu(form.country, form.subdivision) if form.country else None
    return [
        _input(Do.SET_WEEKDAY, _("Day"), weekday, live=True),
        _input(Do.SET_CADENCE, _("How often"), often, live=True, **_asked_often(form)),
        _input(Do.SET_TIME, _("Time"), time, live=True),
        _input(Do.SET_ZONE, _("Time zone"), zone, live=True),
        _input(Do.SET_CLOCK, _("Whose clock"), _choice("radio_buttons", clocks, form.clock), live=True),
        _country(form),
        *([] if part is None else [_part_of_country(form, part)]),
        _input(
            Do.SET_DAYS_OFF,
            _("Other days off, one date a line"),
            days_off,
            live=True,
            optional=True,
            hint=plain(_("Nobody is asked or reminded on a day off.")),
        ),
    ]


def _country(form: SetupForm) -> Block:
    menu = {
        "type": "external_select",
        "min_query_length": 0,
        "initial_option": country_option(form.country),
        "placeholder": plain(_("Type a country"), 150),
        "action_id": Do.SET_COUNTRY,
    }
    block_id = country_block(form.suggested)
    return input_block(_("Public holidays of"), menu, block_id=block_id, dispatch_action=True)


def _asked_often(form: SetupForm) -> dict[str, Any]:
    """A word of warning beneath a rhythm so close that two rounds tell of each other."""
    if form.cadence not in OFTEN:
        return {}
    said = _(
        "The more often a team is asked, the more two rounds give away: what changed can be the answer of the one who "
        "joined, left or didn't answer. Where another team shares half of these people, one of the two has to wait or "
        "is skipped."
    )
    return {"hint": plain(said)}


def _of_the_first(form: SetupForm, later_than: datetime | None, *, may_move: bool) -> list[str]:
    """Why the first date isn't the first that could be, or that it may yet be another."""
    if later_than is not None:
        return [why_later(form, later_than)]
    if may_move:
        return [_("The first may be some weeks later, where nearly the same people have another check-in around then.")]
    return []


def _shares_half() -> Block:
    """Said of a team that is asked so often that it will be in another's way; it names neither that nor anybody."""
    return context(
        _(
            "Another team that is asked every week or two has half of these people, or they are half of it. Where two "
            "of their check-ins fall within six days, one has to wait or is skipped."
        )
    )


def _how(form: SetupForm, *, minimum: int) -> list[Block]:
    windows = {
        str(days): ngettext("{n} working day", "{n} working days", days).format(n=days)
        for days in sorted({*WINDOWS, max(form.window_days, 1)})
    }
    privacies = {
        Privacy.CONFIDENTIAL: (
            _("Confidential"),
            _("No names. A summary needs {minimum} answers; answers are deleted at the close.").format(minimum=minimum),
        ),
        Privacy.NAMED: (_("Named"), _("Those asked and the managers see who chose what; others see no names.")),
    }
    reminding = {"yes": _("Remind whoever hasn't finished, at most twice a round")}
    reminders: dict[str, Any] = {"type": "checkboxes", "options": _options(reminding)}
    if form.reminders:
        reminders["initial_options"] = _options(reminding)
    return [
        _input(Do.SET_WINDOW, _("Open for"), _choice("static_select", windows, str(form.window_days))),
        _input(Do.SET_PRIVACY, _("Privacy"), _choice("radio_buttons", privacies, form.privacy), live=True),
        _input(Do.SET_REMINDERS, _("Reminders"), reminders, optional=True),
    ]


def _too_small(form: SetupForm, heads: HeadCount | None, *, minimum: int) -> list[Block]:
    said = "" if heads is None else too_small(heads, privacy=form.privacy, minimum=minimum)
    return [context(said)] if said else []


def _tell(form: SetupForm) -> Block:
    telling = {"yes": _("Post a message there that introduces the check-ins")}
    boxes: dict[str, Any] = {"type": "checkboxes", "options": _options(telling)}
    if form.tells_channel:
        boxes["initial_options"] = _options(telling)
    return _input(Do.SET_TELL_CHANNEL, _("Tell the channel"), boxes, optional=True)


def _part_of_country(form: SetupForm, menu: dict[str, Any]) -> Block:
    element = {**menu, "action_id": Do.SET_SUBDIVISION}
    block_id = subdivision_block(form.country)
    return input_block(_("Part of the country"), element, block_id=block_id, dispatch_action=True)


def _elsewhere(form: SetupForm) -> list[Block]:
    """What can be done to a team that is there, beside its settings: move it, delete it."""
    if form.team_id is None:
        return []
    channel: dict[str, Any] = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "placeholder": plain(_("Choose a channel"), 150),
    }
    if form.new_channel:
        channel["initial_conversation"] = form.new_channel
    hint = _("Summaries go there from then on, even that of an open round. Leave this empty to keep the channel.")
    if form.source is MemberSource.CHANNEL:
        hint += " " + _("“Everyone in this channel” then means the new one.")
    ask = confirmation(
        title=_("Delete {team}?").format(team=one_line(form.name)),
        text=_(
            "Its schedule, rounds, results and action items are deleted for good. An open round is cancelled and its "
            "answers are deleted. Messages that were posted stay."
        ),
        confirm=_("Delete"),
        deny=_("Keep it"),
    )
    delete = button(_("Delete this team"), do=Do.DELETE_TEAM, value=str(form.team_id), style="danger",
                    confirm={**ask, "style": "danger"})  # fmt: skip
    return [
        header(_("Move or delete")),
        _input(Do.SET_CHANNEL, _("Move to another channel"), channel, optional=True, hint=plain(hint)),
        actions(delete),
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
    words = {f"{number}": weeks(number) for number in CYCLES} | {
        cadence(every_weeks=None, monthly_nth=nth): nths[nth] for nth in MONTHLY
    }
    return {rhythm: words[rhythm] for rhythm in CADENCES}
