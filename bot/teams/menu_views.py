"""What the menus with a search field offer for what was typed: time zones, countries, user groups."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.kit.i18n import _
from bot.schedule.cadence import countries, time_zones
from bot.schedule.days_off import Subdivision, subdivisions
from bot.slack.blocks import option, plain, zone_name
from bot.teams.form import NO_COUNTRY, WHOLE_COUNTRY

MOST_OPTIONS = 100
AREAS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
"""Of IANA names; the others (US/Central, Etc/GMT+5) are old or technical names and come last."""

Option = dict[str, Any]


def zone_option(zone: str) -> Option:
    return option(zone_name(zone), zone)


def zone_options(query: str) -> list[Option]:
    """Time zones in whose name the query stands, cities that begin with it first; at most 100."""
    wanted = _plain(query)
    found = (
        (_rank(wanted, [_plain(zone.rpartition("/")[2]), _plain(zone)]), zone.partition("/")[0] not in AREAS, zone)
        for zone in time_zones()
        if wanted in _plain(zone)
    )
    # A city's own name goes before an old name of the same zone, even where that begins with the query as well.
    ordered = sorted(found, key=lambda each: (each[1], each[0], each[2]))
    return [zone_option(zone) for _rank_of, _old, zone in ordered[:MOST_OPTIONS]]


def country_option(country: str | None) -> Option:
    if country is None:
        return option(_("No public holidays"), NO_COUNTRY)
    return option(countries().get(country, country), country)


def country_options(query: str) -> list[Option]:
    """Countries in whose name the query stands, or whose two letters it is; first of all, none. At most 100."""
    wanted = _plain(query)
    found = [
        (_rank(wanted, [_plain(code), _plain(name)]), name, code)
        for code, name in countries().items()
        if wanted in _plain(name) or wanted == _plain(code)
    ]
    options = [country_option(code) for _rank_of, _name, code in sorted(found)]
    return [country_option(None), *options][:MOST_OPTIONS]


def subdivision_option(part: Subdivision | None) -> Option:
    if part is None:
        return option(_("The whole country"), WHOLE_COUNTRY)
    return option(part.name, part.code)


def subdivision_menu(country: str, chosen: str | None) -> dict[str, Any] | None:
    """A menu of a country's parts with holidays of their own, first of all the whole; None where it has none."""
    parts = subdivisions(country) if country in countries() else ()
    if not parts:
        return None
    options = [subdivision_option(None), *(subdivision_option(part) for part in parts)]
    menu: dict[str, Any] = {"type": "static_select"}
    menu["initial_option"] = next((each for each in options if each["value"] == chosen), options[0])
    if len(options) <= MOST_OPTIONS:
        return menu | {"options": options}
    # Slack takes a hundred options, but a hundred in each of a hundred groups.
    groups: dict[str, list[Option]] = {}
    for each in options[1:]:
        groups.setdefault(each["text"]["text"][:1].upper(), []).append(each)
    labelled = [{"label": plain(letter), "options": of_letter} for letter, of_letter in groups.items()]
    return menu | {"option_groups": [{"label": plain(_("All")), "options": options[:1]}, *labelled]}


def usergroup_option(group_id: str, name: str | None) -> Option:
    return option(name or group_id, group_id)


def usergroup_options(groups: Iterable[tuple[str, str]], query: str) -> list[Option]:
    """The user groups, as (id, name), in whose name the query stands; at most 100, by name."""
    wanted = _plain(query)
    found = sorted(
        (_rank(wanted, [_plain(name)]), name.casefold(), group_id, name)
        for group_id, name in groups
        if wanted in _plain(name)
    )
    return [usergroup_option(group_id, name) for _rank_of, _folded, group_id, name in found[:MOST_OPTIONS]]


def _rank(wanted: str, names: Sequence[str]) -> int:
    """0 where a name is what was typed, 1 where one begins with it, 2 where it stands within."""
    if wanted in names:
        return 0
    return 1 if any(name.startswith(wanted) for name in names) else 2


def _plain(text: str) -> str:
    """Without case, spaces and underscores."""
    return "".join(text.casefold().replace("_", " ").split())
