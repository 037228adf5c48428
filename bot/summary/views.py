"""The result of a closed round, to be read in ten seconds; everything else is behind its buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.charts.profile_words import no_comparison, withheld
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import (
    LONGEST_SECTION,
    MOST_BYTES,
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    first_that_fits,
    header,
    image,
    local_time,
    one_line,
    section,
    shorten,
    size,
)
from bot.slack.ids import Do
from bot.slack.wording import month_and_year
from bot.summary import dimension_views, headline_views
from bot.summary.advice_views import TakenOn, passed_over, what_to_work_on
from bot.summary.dimension_views import Names
from bot.summary.follow_up_views import FollowUp, due
from rubric import Rubric, Summary

LONGEST_ALT_TEXT = 2000


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A file at Slack that shows the profile."""

    file_id: str
    alt_text: str


@dataclass(frozen=True, slots=True)
class SummaryCard:
    """Everything a summary message is drawn from."""

    round_id: int
    team: str
    channel_id: str | None
    """Where the team's results go; None where it doesn't matter."""
    number: int
    closed_on: date
    """The date of the close on the team's clock."""
    minimum: int
    """Answers that a dimension of this round needs to be shown, where it is confidential."""
    summary: Summary
    rubric: Rubric
    notes: Mapping[str, Sequence[str]]
    """By dimension: those that may be printed, in the order to print them."""
    names: Mapping[str, Names] | None
    """Who chose what, by dimension; None in a confidential round, and for who may not read it of a named one."""
    picture: ShownPicture | None
    alt_text: str
    """The profile in words (charts/profile_words.py): what notifications and screen readers get."""
    picture_follows: bool = False
    """Whether its reader gets the picture as a file of its own."""
    follow_ups: Sequence[FollowUp] = ()
    """The team's action items: it opens with those that are due."""
    withheld: bool = False
    """Nothing of it is printed, since most who answered also answered elsewhere a few days before."""
    is_for_some: bool = False
    """Of a named round, for who reads of it what a confidential one would show; others find more behind Details."""
    taken_on: TakenOn = field(default_factory=dict)
    open_until: datetime | None = None
    """When the round closes that is open by now, if there is one."""
    next_round_at: datetime | None = None
    """When the team is asked again; None while it is paused."""
    time_zone: str = "UTC"
    """The team's."""
    today: date | None = None
    """On the team's clock, where it is looked at later than at the close."""

    @property
    def day(self) -> date:
        """The day by which action items are due."""
        return self.today or self.closed_on


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is drawn of what can be left out."""

    items: int = 3
    """Action items that are due."""
    longest: int = 140
    """Characters of an action item."""
    facts: bool = True
    """Where there is no picture: whether more is said of a dimension than its level."""
    paragraph: bool = True
    words: int = 3000
    """Characters of all questions to discuss."""


_ROOMS = (
    _Room(),
    _Room(longest=80, paragraph=False),
    _Room(longest=80, paragraph=False, facts=False),
    _Room(items=1, longest=40, paragraph=False, facts=False, words=1500),
)


def round_name(number: int, closed_on: date) -> str:
    """`Round 6, October 2026`: what a picture and a list call a round."""
    return _("Round {number}, {month}").format(number=number, month=month_and_year(closed_on))


def summary_name(team: str, number: int, closed_on: date) -> str:
    """`Permits: round 6, October 2026`, still to be escaped: what a summary is called wherever it stands."""
    return _("{team}: round {number}, {month}").format(
        team=one_line(team), number=number, month=month_and_year(closed_on)
    )


def summary(card: SummaryCard, *, share_value: str | None = None, shared_by: str | None = None) -> Message:
    """The summary; with `share_value` for one person alone, who may share it; `shared_by` is who did.

    Where no dimension may be shown it says so in a sentence instead of each dimension, and has no picture.
    """
    start, end = _start(card, shared_by=shared_by), _end(card, share_value=share_value)
    middle = first_that_fits((_middle(card, room=room) for room in _ROOMS), limit=MOST_BYTES - size([*start, *end]))
    said = f"{headline_views.headline(card.rubric, card.summary)} {escape(one_line(card.alt_text))}"
    if card.summary.shows_nothing:
        said = f"{escape(_name(card))}. {answered(card)} {nothing_shown(card)} {_next_round(card)}"
    return Message(said, [*start, *middle, *end])


def no_summary_yet(
    team: str, *, time_zone: str, closes_at: datetime | None = None, next_round_at: datetime | None = None
) -> Message:
    """A team that has no closed round; `closes_at` of the open one, or when the next one opens, if either is known."""
    said = _("*{team}* has no summary yet.").format(team=escape(one_line(team)))
    if closes_at is not None:
        when = _("The first follows the round that is open; it closes {time}.")
        said += " " + when.format(time=local_time(closes_at, zone=time_zone))
    elif next_round_at is not None:
        when = _("The first follows the round that opens {time}.")
        said += " " + when.format(time=local_time(next_round_at, zone=time_zone))
    else:
        said += " " + _("A manager or an admin starts a round with `/maturity start`.")
    return Message(said, [section(said)])


def answered(card: SummaryCard) -> str:
    """How many of those asked took part, and why the round is compared with none, where it isn't."""
    asked = card.summary.asked
    said = ngettext("{answered} of {n} answered.", "{answered} of {n} answered.", asked).format(
        answered=card.summary.took_part, n=asked
    )
    why_not = no_comparison(card.summary)
    return f"{said} {why_not}" if why_not else said


def nothing_shown(card: SummaryCard) -> str:
    """Why no dimension of this round may be shown."""
    if not card.summary.took_part:
        return _("Nobody answered, so there is nothing to show.")
    if card.withheld:
        return withheld() + " " + _("The answers are deleted.")
    if card.names:  # what was answered by name is there, or was erased
        return _("Nobody chose a level, so there is nothing to show.")
    is_few = card.summary.took_part < card.minimum
    if card.is_for_some:
        few = _("Too few answered, so there is nothing to show everyone: a question needs {n} answers.")
        none = _(
            "No question got the {n} answers it needs (“can't say” doesn't count), so there is nothing to show "
            "everyone."
        )
    else:
        few = _("Too few answered, so there is nothing to show: a question needs {n} answers. The answers are deleted.")
        none = _(
            "No question got the {n} answers it needs (“can't say” doesn't count), so there is nothing to show. The "
            "answers are deleted."
        )
    return (few if is_few else none).format(n=card.minimum)


def for_some(card: SummaryCard) -> str:
    """Who may read more of this round than its reader; nothing where there is no more."""
    if not card.is_for_some or card.withheld or not card.summary.took_part:
        return ""
    return _("Names, notes and all counts of this round are for those who were asked in it and the team's managers.")


def tells_nothing(card: SummaryCard) -> bool:
    """Whether the details would have nothing to add: no level, no note, no name."""
    return card.summary.shows_nothing and not any((card.names or {}).values()) and not any(card.notes.values())


def _next_round(card: SummaryCard) -> str:
    if card.open_until is not None:
        return _("The next round is open; it closes {time}.").format(
            time=local_time(card.open_until, zone=card.time_zone)
        )
    if card.next_round_at is None:
        return _("A manager or an admin starts the next round with `/maturity start`.")
    return _("The next round opens {time}.").format(time=local_time(card.next_round_at, zone=card.time_zone))


def _name(card: SummaryCard) -> str:
    return summary_name(card.team, card.number, card.closed_on)


def _start(card: SummaryCard, *, shared_by: str | None) -> list[Block]:
    blocks = [header(_name(card))]
    if not card.summary.shows_nothing:
        blocks.append(section(f"*{headline_views.headline(card.rubric, card.summary)}*"))
    said = [answered(card)]
    if not card.summary.shows_nothing:
        said += headline_views.uncertain(card.rubric, card.summary)
        if card.names is None and (less := headline_views.less_is_told(card.summary)):
            said.append(less)
    if shared_by is not None:
        said.append(_("Shared by {person}.").format(person=f"<@{shared_by}>"))
    return [*blocks, context(shorten(" ".join(said), LONGEST_SECTION))]


def _end(card: SummaryCard, *, share_value: str | None) -> list[Block]:
    value = str(card.round_id)
    buttons = []
    if for_some(card) or not tells_nothing(card):
        buttons.append(button(_details_label(card), do=Do.DETAILS, value=value))
    if any(reading.level is not None for reading in card.summary.readings):
        buttons.append(button(_("More ideas"), do=Do.MORE_IDEAS, value=value))
    if card.follow_ups:
        label = _("Action items ({n})").format(n=len(card.follow_ups))
        buttons.append(button(label, do=Do.FOLLOW_UPS, value=value))
    if share_value is not None:
        buttons.append(button(_("Share with the channel"), do=Do.SHARE, value=share_value))
    said = [passed_over(card.rubric, card.summary)]
    if card.picture_follows:
        said.append(_("The picture is on its way to you as a direct message."))
    if who := for_some(card):
        said.append(_("{who} They find them under Details.").format(who=who))
    notes = " ".join(sentence for sentence in said if sentence)
    return [*([context(notes)] if notes else []), *([actions(*buttons)] if buttons else [])]


def _details_label(card: SummaryCard) -> str:
    number = sum(map(len, card.notes.values()))
    return _("Details and notes ({n})").format(n=number) if number else _("Details")


def _middle(card: SummaryCard, *, room: _Room) -> list[Block]:
    """Action items that are due, then the picture (or its lines), what to work on, and the model's paragraph."""
    blocks = due(card.follow_ups, today=card.day, most=room.items, longest=room.longest)
    if card.summary.shows_nothing:
        return [*blocks, section(f"{nothing_shown(card)} {_next_round(card)}")]
    if card.picture is not None:
        alt_text = shorten(one_line(card.picture.alt_text), LONGEST_ALT_TEXT)
        blocks.append(image(card.picture.file_id, alt_text=alt_text))
    else:
        blocks.append(section(_lines(card, facts=room.facts)))
    blocks += what_to_work_on(
        card.rubric,
        card.summary,
        round_id=card.round_id,
        taken_on=card.taken_on,
        today=card.day,
        questions=room.words,
    )
    level = card.summary.paragraph
    if level is not None and room.paragraph:
        said = _("{source} on level {level}: “{text}”").format(
            source=credited(card.rubric), level=level, text=escape(one_line(card.rubric.paragraphs[level - 1]))
        )
        blocks.append(context(shorten(said, LONGEST_SECTION)))
    return blocks


def credited(rubric: Rubric) -> str:
    """Whose words a paragraph is in: the credit up to its first comma, as in `City of Austin, Becoming ...`."""
    return escape(one_line(rubric.source.split(",")[0]))


def _lines(card: SummaryCard, *, facts: bool) -> str:
    """The levels in words, a line a dimension; where there is little room, without what supports them."""

    def drawn(*, facts: bool) -> str:
        return "\n".join(
            dimension_views.line(
                card.rubric[reading.dimension], reading, asked=card.summary.asked, took_part=card.summary.took_part
            )
            if facts
            else dimension_views.level_line(card.rubric[reading.dimension], reading)
            for reading in card.summary.readings
            if reading.dimension not in card.summary.not_shown
        )

    whole = drawn(facts=facts)
    return whole if len(whole) <= LONGEST_SECTION else drawn(facts=False)
