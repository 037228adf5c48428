"""Local times as instants, right at every clock change."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from bot.inputs.nearest import nearest
from bot.kit.i18n import _


def at_local(day: date, local_time: time, zone: str) -> datetime:
    """The UTC instant at which clocks in `zone` first show that time, or the end of the gap that swallowed it."""
    local = datetime.combine(day, local_time.replace(fold=0), time_zone(zone))
    instant = local.astimezone(UTC)
    other = local.replace(fold=1)
    if local.utcoffset() == other.utcoffset():
        return instant
    # PEP 495: in a fold the offset of fold=0 gives the first instant; in a gap it gives one after the change,
    # and that of fold=1 one before it.
    before = other.astimezone(UTC)
    return instant if instant < before else _offset_change(before, instant, zone=time_zone(zone))


@cache
def time_zones() -> tuple[str, ...]:
    """All IANA names, sorted: those of the `tzdata` package, the same on every machine."""
    return tuple(sorted(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()))


@cache
def _countries_of_zones() -> dict[str, str]:
    """The two letters of the country of each zone that has one, old names of zones included."""
    files = resources.files("tzdata").joinpath("zoneinfo")
    lines = (line.split("\t") for line in files.joinpath("zone.tab").read_text(encoding="utf-8").splitlines())
    found = {parts[2]: parts[0] for parts in lines if len(parts) > 2 and not parts[0].startswith("#")}  # noqa: PLR2004 - code, place, name
    links = (line.split() for line in files.joinpath("tzdata.zi").read_text(encoding="utf-8").splitlines())
    named_anew = [(parts[2], parts[1]) for parts in links if parts[:1] == ["L"]]
    return {old: found[name] for old, name in named_anew if name in found} | found


def country_of(zone: str) -> str | None:
    """The two letters of the country that a zone is named after a city of; None for UTC and the like."""
    return _countries_of_zones().get(zone)


@cache
def time_zone(name: str) -> ZoneInfo:
    if name in time_zones():
        return ZoneInfo(name)
    known = nearest(name, {zone: (zone, zone.rpartition("/")[2]) for zone in time_zones()})
    if known is None:
        raise ValueError(
            _("“{zone}” isn't a time zone: write one by its area and city, such as America/Chicago.").format(zone=name)
        )
    raise ValueError(_("“{zone}” isn't a time zone. Did you mean {known}?").format(zone=name, known=known))


def _offset_change(before: datetime, after: datetime, *, zone: ZoneInfo) -> datetime:
    """The instant between two at which the zone's offset changes, to the second, as tzdata has it."""
    offset = before.astimezone(zone).utcoffset()
    while (after - before) > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
