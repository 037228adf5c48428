"""Summaries that stand for all others: what is printed of each is kept beside this, looked at, and compared."""

import json
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import combinations
from typing import Any

from bot.charts.profile import profile_svg
from bot.charts.profile_words import profile_alt_text
from bot.slack.blocks import Block, Message
from bot.summary.cards import caption_of
from bot.summary.details_views import details
from bot.summary.follow_up_views import FollowUp
from bot.summary.ideas_views import more_ideas
from bot.summary.views import ShownPicture, SummaryCard, summary
from rubric import Action, Dimension, Effort, Rubric, Summary, Tally, load, notes_allowed, since, summarise
from storage.kinds import ActionState
from storage.models import ActionItem

CLOSED = date(2026, 11, 6)
NEXT = datetime(2027, 2, 2, 15, 0, tzinfo=UTC)
Counts = Mapping[str, tuple[int, ...]]

FIRST: Counts = {"A": (1, 5, 3, 0), "B": (0, 3, 5, 1), "C": (6, 2, 1, 0), "D": (0, 8, 1, 0), "E": (3, 1, 0, 5)}
SECOND: Counts = {"A": (3, 5, 1, 0), "B": (0, 4, 5, 0), "C": (7, 2, 0, 0), "D": (1, 5, 3, 0), "E": (2, 4, 3, 0)}
THIRD: Counts = {"A": (0, 2, 5, 2), "B": (0, 2, 5, 2), "C": (1, 5, 3, 0), "D": (5, 4, 0, 0), "E": (3, 1, 0, 5)}


def _told(rubric: Rubric, counts: Counts, *, asked: int, confidential: bool = True, **more: Any) -> Summary:
    tallies = {key: Tally(given) for key, given in counts.items()}
    took_part = max(tally.answered for tally in tallies.values())
    previous = more.get("previous")
    if previous is not None:
        more.setdefault("in_either", max(took_part, previous.took_part))
    return summarise(
        rubric, tallies=tallies, asked=asked, took_part=took_part, minimum=4, confidential=confidential, **more
    )


def _card(
    rubric: Rubric,
    told: Summary,
    *,
    team: str = "Permits online",
    number: int = 1,
    notes: Mapping[str, list[str]] | None = None,
    confidential: bool = True,
    **more: Any,
) -> SummaryCard:
    allowed = {key: said for key, said in (notes or {}).items() if notes_allowed(told[key], confidential=confidential)}
    card = SummaryCard(
        round_id=number,
        team=team,
        channel_id="C0PERMITS",
        number=number,
        closed_on=CLOSED,
        minimum=4,
        summary=told,
        rubric=rubric,
        notes=allowed,
        names=None,
        picture=None,
        alt_text="",
        **more,
    )
    alt_text = profile_alt_text(rubric, told, caption_of(card))
    return replace(card, alt_text=alt_text, picture=ShownPicture("F0PICTURE", alt_text))


NOTES = {"A": ["We answer every letter now", "See the minutes of May"], "E": ["It depends on the season"]}


def first_round() -> SummaryCard:
    model = load()
    return _card(model, _told(model, FIRST, asked=11), notes=NOTES)


def third_round() -> SummaryCard:
    """With a change up, one down, one within an answer; and items open, done and dropped."""
    model = load()
    first = _told(model, FIRST, asked=10)
    second = _told(model, SECOND, asked=9, previous=first)
    third = _told(model, THIRD, asked=10, previous=second, excluded={"C2.1", "D1.1"})

    def item(key: str, text: str, then: Summary, **columns: Any) -> FollowUp:
        usual: dict[str, Any] = {
            "dimension": key,
            "text": text,
            "owner_id": "U0ANA",
            "due_on": date(2026, 11, 20),
            "state": ActionState.OPEN,
            "needs_leadership": False,
        }
        change = since(model, third, then, dimension=key, in_either=10)
        return FollowUp(ActionItem(**usual | columns), change, third[key].level)

    ended = datetime(2026, 10, 30, 15, 0, tzinfo=UTC)
    items = [
        item("C", "Invite Legal to our Monday meeting", first, due_on=date(2026, 11, 2)),
        item("D", "Ask the council for a data steward", second, owner_id="U0BEN", needs_leadership=True),
        item("A", "Publish “you said, we did” within 30 days", second, state=ActionState.DONE, ended_at=ended),
        item(
            "E",
            "Name one case that we saw coming",
            first,
            state=ActionState.DROPPED,
            ended_at=ended,
            why="The season was quiet",
        ),
    ]
    taken_on = {
        "D1.2": ActionItem(
            state=ActionState.OPEN,
            text="One sheet of all the data we hold, that of Legal & IT too",
            owner_id="U0BEN",
            due_on=date(2026, 11, 20),
        ),
        "D1.3": ActionItem(state=ActionState.DONE, text="Let a script fill in the monthly permit report"),
        "C2.3": ActionItem(state=ActionState.DROPPED, text="Rotate who leads the weekly meeting"),
    }
    return _card(model, third, number=3, follow_ups=items, taken_on=taken_on, notes=NOTES)


def all_split() -> SummaryCard:
    model = load()
    ways = ((4, 0, 4, 0), (0, 4, 0, 4), (4, 0, 0, 4), (3, 1, 0, 4), (5, 0, 0, 3))
    return _card(model, _told(model, dict(zip("ABCDE", ways, strict=True)), asked=8))


def four_answers() -> SummaryCard:
    model = load()
    ways = ((0, 3, 1, 0), (0, 0, 1, 3), (4, 0, 0, 0), (1, 0, 2, 1), (0, 0, 0, 4))
    return _card(model, _told(model, dict(zip("ABCDE", ways, strict=True)), asked=6), notes=NOTES)


def three_answers() -> SummaryCard:
    model = load()
    told = _told(model, dict.fromkeys("ABCDE", (1, 1, 1, 0)), asked=5)
    return _card(model, told, notes=NOTES, next_round_at=NEXT, time_zone="America/Chicago")


def some_shown() -> SummaryCard:
    """Two dimensions that too few chose a level for, beside three that may be shown."""
    model = load()
    ways = ((1, 1, 1, 0), (0, 2, 3, 1), (1, 0, 2, 0), (0, 4, 2, 0), (3, 0, 0, 3))
    return _card(model, _told(model, dict(zip("ABCDE", ways, strict=True)), asked=7), notes=NOTES)


def everyone_the_same() -> SummaryCard:
    model = load()
    return _card(model, _told(model, dict.fromkeys("ABCDE", (0, 7, 0, 0)), asked=7))


def passed_over() -> SummaryCard:
    """All at the highest level; what is an outcome would come first, but follows from the others."""
    model = load()
    ways = dict.fromkeys("ABCD", (0, 2, 1, 4)) | {"E": (0, 0, 3, 4)}
    return _card(model, _told(model, ways, asked=7))


def uncertain_change() -> SummaryCard:
    """Levels that one answer can have moved, beside some that are as they were."""
    model = load()
    before = {"A": (0, 4, 3, 0), "B": (1, 4, 2, 0), "C": (4, 2, 1, 0), "D": (0, 2, 4, 1), "E": (1, 2, 4, 0)}
    now = {"A": (0, 3, 4, 0), "B": (0, 4, 2, 1), "C": (3, 3, 1, 0), "D": (0, 2, 4, 1), "E": (1, 3, 3, 0)}
    first = _told(model, before, asked=7)
    return _card(model, _told(model, now, asked=7, previous=first), number=2)


def long_names() -> SummaryCard:
    """A named round in which all that has a name has a long one."""
    usual = load()
    model = replace(
        usual,
        dimensions=tuple(
            replace(
                dimension,
                name=f"{dimension.name} with all partner agencies",
                levels=tuple(
                    textwrap.shorten(f"{text}, in every service we run", 70, placeholder="")
                    for text in dimension.levels
                ),
            )
            for dimension in usual.dimensions
        ),
    )
    people = [f"{number} Maximiliane Wolfeschlegelsteinhausenbergerdorff" for number in range(1, 10)]
    told = _told(model, FIRST, asked=11, confidential=False)
    names: dict[str, dict[int | None, list[str]]] = {}
    for key, counts in FIRST.items():
        left = iter(people)
        names[key] = {level: [next(left) for _each in range(count)] for level, count in enumerate(counts, start=1)}
    card = _card(
        model,
        told,
        team="Interdepartmental Task Force on Permits, Licences, Inspections and Code Reviews",
        number=128,
        notes={"A": [f"{people[0]}: We answer every letter now"]},
        confidential=False,
    )
    return replace(card, names=names)


def own_model() -> SummaryCard:
    """Three dimensions of five levels: levels and counts without a word of agreement."""
    words = {
        "P": ("Planning", ("No plan", "A list", "A plan", "A plan with dates", "A plan that is kept")),
        "Q": ("Quality", ("Unknown", "Complaints", "Checks", "Measured", "Improved each month")),
        "R": ("Results", ("Not known", "Told", "Counted", "Shown to all", "Decided on")),
    }
    scale = range(1, 6)
    model = Rubric(
        version="0" * 16,
        name="Service desk",
        source="Our own",
        paragraphs=tuple(f"A desk that stands on level {level} does what the four say." for level in scale),
        dimensions=tuple(
            Dimension(
                key=key,
                name=name,
                question=f"Where does {name.lower()} stand today?",
                levels=levels,
                outcome=key == "R",
                actions={
                    level: tuple(
                        Action(f"{key}{level}.{number}", f"{name}: take step {number} from here.", effort, "Our own")
                        for number, effort in enumerate(Effort, start=1)
                    )
                    for level in scale
                },
                discussions={pair: "What do you see?" for pair in combinations(scale, 2) if pair[1] - pair[0] > 1},
            )
            for key, (name, levels) in words.items()
        ),
    )
    counts = {"P": (0, 2, 3, 1, 0), "Q": (2, 2, 1, 1, 1), "R": (3, 1, 0, 0, 3)}
    return _card(model, _told(model, counts, asked=8), team="Service desk")


CASES = {
    case.__name__: case
    for case in (
        first_round,
        third_round,
        all_split,
        four_answers,
        three_answers,
        some_shown,
        everyone_the_same,
        passed_over,
        uncertain_change,
        long_names,
        own_model,
    )
}


WITH_IDEAS = {"third_round", "passed_over"}
"""Cases of which "More ideas" is kept, too."""


def message(card: SummaryCard) -> Message:
    return summary(card)


def modal(card: SummaryCard) -> Block:
    return details(card)


def drawn(name: str) -> dict[str, str]:
    """What is kept of a case, by its file's name."""
    as_text = partial(json.dumps, indent=1, ensure_ascii=False)
    card = CASES[name]()
    kept = {
        "message.json": as_text(message(card).payload()) + "\n",
        "details.json": as_text(modal(card)) + "\n",
        "profile.svg": profile_svg(card.rubric, card.summary, caption_of(card)) + "\n",
    }
    if name in WITH_IDEAS:
        kept["ideas.json"] = as_text(more_ideas(card)) + "\n"
    return kept
