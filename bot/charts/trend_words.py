"""What the trend says in words: in the message beside its picture, and to those who can't see that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.charts.measure import ELLIPSIS
from bot.charts.profile_words import LONGEST_ALT_TEXT, clean, withheld
from bot.kit.i18n import _, ngettext
from rubric.model import Rubric
from rubric.summary import ChangeKind
from rubric.trends import Gap, Lane, Point, Trend


@dataclass(frozen=True, slots=True)
class TrendCard:
    """A team's rounds side by side, and what they are called."""

    team: str
    rubric: Rubric
    """Of the newest round."""
    rounds: Sequence[tuple[int, date]]
    """Number of each round and the day on which it closed, the oldest first."""
    trend: Trend
    older_left_out: bool
    """Whether the team has had rounds before these."""


def month(day: date) -> str:
    """The short name of a month."""
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )[day.month - 1]  # fmt: skip


def round_names(card: TrendCard) -> str:
    """Which rounds these are: `Rounds 3 to 8, Mar 2025 to Nov 2026`."""
    (first, began), (last, ended) = card.rounds[0], card.rounds[-1]
    start = _("{month} {year}").format(month=month(began), year=began.year)
    end = _("{month} {year}").format(month=month(ended), year=ended.year)
    if len(card.rounds) == 1:
        return _("Round {number}, {month}.").format(number=last, month=end)
    if start == end:
        return _("Rounds {first} to {last}, {month}.").format(first=first, last=last, month=end)
    return _("Rounds {first} to {last}, {start} to {end}.").format(first=first, last=last, start=start, end=end)


def remarks(card: TrendCard) -> list[str]:
    """What must be known to read the rounds side by side, a sentence each."""
    said = []
    for place, kind in card.trend.breaks.items():
        sentence = (
            _("Round {number} was asked with other words than the one before, so the two are not compared.")
            if kind is ChangeKind.NEW_WORDING
            else _(
                "Round {number} was answered mostly by other people than the one before, so the two are not compared."
            )
        )
        said.append(sentence.format(number=card.rounds[place][0]))
    if not card.trend.is_one and card.older_left_out:
        said.append(
            ngettext(
                "A trend needs three rounds with the same wording; here there is {n}.",
                "A trend needs three rounds with the same wording; here there are {n}.",
                card.trend.alike,
            ).format(n=card.trend.alike)
        )
    elif not card.trend.is_one:
        said.append(
            ngettext(
                "A trend needs three rounds with the same wording; so far there is {n}.",
                "A trend needs three rounds with the same wording; so far there are {n}.",
                card.trend.alike,
            ).format(n=card.trend.alike)
        )
    said += [_("Round {number}.").format(number=card.rounds[place][0]) + " " + withheld() for place in _withheld(card)]
    if card.older_left_out:
        said.append(_("Older rounds are left out."))
    return said


def _withheld(card: TrendCard) -> list[int]:
    """Places of rounds of which nothing is shown, since most who answered also answered elsewhere."""
    points = card.trend.lanes[0].points
    return [place for place, point in enumerate(points) if point.gap is Gap.WITHHELD]


def standing(point: Point) -> str:
    """`level 2`, or what is printed in its place."""
    if point.split is not None:
        return _("split, {lowest} to {highest}").format(lowest=point.split[0], highest=point.split[1])
    if point.gap is Gap.TOO_FEW:
        return _("too few answers")
    if point.gap is Gap.WITHHELD:
        return _("not shown")
    if point.gap is not None:
        return _("not asked like this")
    if point.or_above:
        return _("level {level} or above").format(level=point.level)
    said = _("level {level}").format(level=point.level)
    return _("{level}, too close to call a change").format(level=said) if point.change is ChangeKind.UNCERTAIN else said


def course(card: TrendCard, lane: Lane) -> str:
    """One dimension over the rounds: `rounds 3 to 5: level 2; round 6: split, 1 to 4`."""
    told = zip((number for number, _day in card.rounds), map(standing, lane.points), strict=True)
    parts = []
    for said, among in groupby(told, key=lambda each: each[1]):
        numbers = [number for number, _said in among]
        if len(numbers) == 1:
            parts.append(_("round {number}: {level}").format(number=numbers[0], level=said))
        else:
            parts.append(_("rounds {first} to {last}: {level}").format(first=numbers[0], last=numbers[-1], level=said))
    return "; ".join(parts)


def _brief(lane: Lane) -> str:
    """The same in figures alone, a round after the other: `2, 2, 1-4, few`."""
    marks = []
    for point in lane.points:
        if point.split is not None:
            marks.append("{}\N{EN DASH}{}".format(*point.split))
        elif point.level is None:
            words = {Gap.TOO_FEW: _("few"), Gap.WITHHELD: _("not shown")}
            marks.append(words.get(point.gap or Gap.NOT_ASKED, "\N{EN DASH}"))
        else:
            marks.append(f"{point.level}+" if point.or_above else str(point.level))
    return ", ".join(marks)


def trend_alt_text(card: TrendCard) -> str:
    """Everything that the picture says, in at most 1000 characters.

    Where that is too long, the dimensions' names go first (their letters stay), then levels are told as figures, then
    the remarks go; only then the team's name is cut.
    """
    names = {dimension.key: clean(dimension.name) for dimension in card.rubric.dimensions}
    opening = _("Levels of {team} over its rounds.").format(team=clean(card.team))
    whole = " ".join([round_names(card), *remarks(card)])
    lanes = card.trend.lanes
    ways = [
        (whole, [f"{lane.dimension} {names[lane.dimension]}: {course(card, lane)}." for lane in lanes]),
        (whole, [f"{lane.dimension}: {course(card, lane)}." for lane in lanes]),
        (whole, [f"{lane.dimension}: {_brief(lane)}." for lane in lanes]),
        (round_names(card), [f"{lane.dimension}: {_brief(lane)}." for lane in lanes]),
    ]
    rest = ""
    for said, told in ways:
        rest = " ".join(["", said, *told])
        if len(opening) + len(rest) <= LONGEST_ALT_TEXT:
            return opening + rest
    return opening[: LONGEST_ALT_TEXT - len(rest) - 1] + ELLIPSIS + rest
