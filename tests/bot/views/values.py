"""What the views are given in the tests: one of each kind of value."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

from bot.check_ins.views import CheckIn, Ended
from bot.check_ins.views import Result as EndResult
from bot.summary.follow_up_views import FollowUp
from bot.summary.views import SummaryCard
from bot.teams.views import SetupForm
from rubric import Action, Change, ChangeKind, Dimension, Effort, Rubric, Tally, load, summarise
from storage.answers import OwnAnswer
from storage.kinds import ActionState, MemberSource, Privacy, RoundState, Whose
from storage.models import ActionItem, Answer, AuditEntry, Delivery, Person, Round, RoundMember
from storage.privacy import CheckIn as OwnCheckIn
from storage.privacy import Stored, Tie

TEAM = "Permits online"
ZONE = "America/Chicago"
CLOSES = datetime(2026, 10, 9, 14, 0, tzinfo=UTC)
NEXT = [
    datetime(2027, 1, 4, 15, tzinfo=UTC),
    datetime(2027, 4, 5, 14, tzinfo=UTC),
    datetime(2027, 7, 5, 14, tzinfo=UTC),
]
LINK = "https://example.slack.com/archives/C1/p1791554400000100"
ANSWERED: Mapping[str, OwnAnswer] = {
    "A": OwnAnswer(2, "We post the minutes"),
    "B": OwnAnswer(3, None),
    "C": OwnAnswer(1, None),
    "D": OwnAnswer(None, None),
    "E": OwnAnswer(4, None),
}
USUAL: Mapping[str, Tally] = {
    "A": Tally((1, 5, 3, 0)),
    "B": Tally((0, 3, 5, 0), 1),
    "C": Tally((4, 2, 0, 0)),
    "D": Tally((0, 9, 0, 0)),
    "E": Tally((4, 0, 0, 4)),
}
LAST: Mapping[str, Tally] = {
    "A": Tally((5, 3, 1, 0)),
    "B": Tally((1, 5, 3, 0)),
    "C": Tally((3, 4, 2, 0)),
    "D": Tally((1, 6, 2, 0)),
    "E": Tally((2, 4, 3, 0)),
}
"""The answers of the round before."""


NOTHING_STORED = Stored(person=None, named_admin=False, ties=(), check_ins=())


def much_stored(name: str = "Ana") -> Stored:
    """A manager of twelve teams, asked in an open round, a closed one and a named one, away and not to be asked."""
    person = Person(
        name=name, time_zone=ZONE, is_guest=False, is_admin=True, away_until=date(2027, 1, 31), opted_out=True
    )
    asked = [
        OwnCheckIn(
            TEAM,
            Round(state=state, privacy=privacy_of),
            RoundMember(took_part=state is RoundState.CLOSED),
            {key: Answer(level=2, note="We met" if key == "A" else None) for key in given},
        )
        for state, privacy_of, given in (
            (RoundState.OPEN, Privacy.CONFIDENTIAL, "ABCDE"),
            (RoundState.CLOSED, Privacy.CONFIDENTIAL, ""),
            (RoundState.CLOSED, Privacy.NAMED, "ABC"),
        )
    ]
    return Stored(
        person=person,
        named_admin=True,
        ties=[Tie(f"{TEAM} {number}", member=True, chosen=False, manager=True) for number in range(12)],
        check_ins=asked,
        action_items=[ActionItem(state=ActionState.OPEN), ActionItem(state=ActionState.DONE)],
        written=3,
        audit=[AuditEntry()],
        messages=[Delivery()] * 7,
    )


def a_check_in(**changes: Any) -> CheckIn:
    """Nothing answered, confidential, unless told otherwise."""
    usual = CheckIn(
        team=TEAM,
        round_id=12,
        rubric=load(),
        privacy=Privacy.CONFIDENTIAL,
        minimum=4,
        closes_at=CLOSES,
        time_zone=ZONE,
        render=1,
        answers={},
    )
    return replace(usual, **changes)


def an_end(**changes: Any) -> Ended:
    """A confidential round that shows its summary, and keeps no note, unless told otherwise."""
    usual = Ended(
        team=TEAM,
        result=EndResult.SHOWN,
        minimum=4,
        keeps_answers=False,
        keeps_notes=False,
        link=LINK,
        channel_id="C1",
    )
    return replace(usual, **changes)


def a_card(
    tallies: Mapping[str, Tally] = USUAL,
    *,
    asked: int = 9,
    took_part: int | None = None,
    before: Mapping[str, Tally] | None = None,
    in_either: int | None = None,
    confidential: bool = True,
    model: Rubric | None = None,
    model_before: Rubric | None = None,
    **changes: Any,
) -> SummaryCard:
    """Round 6, asked of 9 unless told otherwise; `before` are the tallies of round 5, of another model if told so."""
    model = model or load()
    previous = None
    if before is not None:
        previous = summarise(
            model_before or model,
            tallies=before,
            asked=asked,
            took_part=asked,
            minimum=4,
            confidential=confidential,
        )
    found = summarise(
        model,
        tallies=tallies,
        asked=asked,
        took_part=asked if took_part is None else took_part,
        minimum=4,
        confidential=confidential,
        previous=previous,
        in_either=asked if in_either is None else in_either,
    )
    usual = SummaryCard(
        round_id=12,
        team=TEAM,
        channel_id="C1",
        number=6,
        closed_on=date(2026, 10, 9),
        minimum=4,
        summary=found,
        rubric=model,
        notes={},
        names=None,
        picture=None,
        alt_text="Maturity profile of Permits online. A Engage society: level 2.",
    )
    return replace(usual, **changes)


def a_form(**changes: Any) -> SetupForm:
    """The defaults of a team that isn't there yet."""
    usual = SetupForm(
        channel_id="C1",
        team_id=None,
        name=TEAM,
        source=MemberSource.CHANNEL,
        usergroup_id=None,
        people=(),
        cadence="13",
        weekday="monday",
        local_time="09:00",
        time_zone=ZONE,
        clock=Whose.TEAM,
        window_days=3,
        privacy=Privacy.CONFIDENTIAL,
        reminders=True,
        country=None,
        days_off="",
    )
    return replace(usual, **changes)


TODAY = date(2026, 10, 9)


def an_item(**changes: Any) -> ActionItem:
    """An open action item of Ana's, due in a month."""
    usual: dict[str, Any] = {
        "id": 7,
        "team_id": 3,
        "round_id": 11,
        "dimension": "A",
        "action_key": "A2.1",
        "text": "Invite one person from another discipline to your weekly meeting",
        "owner_id": "U1",
        "due_on": date(2026, 11, 3),
        "state": ActionState.OPEN,
        "why": None,
        "needs_leadership": False,
    }
    return ActionItem(**usual | changes)


def follow_ups_of(typed: str, key: str) -> list[FollowUp]:
    """One of everything that a summary can tell of an action item."""
    late = an_item(text=typed, dimension=key, due_on=date(2026, 10, 8), needs_leadership=True)
    open_ones = [
        FollowUp(late, Change(kind, before=1, least=2), 2)
        for kind in (ChangeKind.MOVED, ChangeKind.SAME, ChangeKind.UNCERTAIN, ChangeKind.OTHER_PEOPLE)
    ]
    return [
        *open_ones,
        FollowUp(an_item(text=typed, dimension=key, owner_id=None, due_on=TODAY), Change(ChangeKind.NEW_WORDING), 2),
        FollowUp(an_item(text=typed, dimension=key, state=ActionState.DONE), Change(ChangeKind.NOT_COMPARABLE), None),
        FollowUp(an_item(text=typed, dimension=key, state=ActionState.DROPPED, why=typed), None, None),
    ]


def a_model(
    *, dimensions: int = 8, levels: int = 5, letter: str = "x", longest: bool = True, keys: str = "ABCDEFGH"
) -> Rubric:
    """A model made of one letter; with `longest` every text is as long as a model may have it."""

    def text(length: int) -> str:
        return letter * (length if longest else 3)

    scale = range(1, levels + 1)
    return Rubric(
        version="0" * 16,
        name=text(60),
        source=text(150),
        paragraphs=tuple(text(1000) for _ in scale),
        dimensions=tuple(
            Dimension(
                key=key,
                name=text(60),
                question=text(150),
                levels=tuple(text(70) for _ in scale),
                outcome=key == keys[dimensions - 1],
                actions={
                    level: tuple(
                        Action(f"{key}{level}.{number}", text(140), Effort.LARGE, text(150)) for number in (1, 2, 3)
                    )
                    for level in scale
                },
                discussions={pair: text(150) for pair in combinations(scale, 2) if pair[1] - pair[0] > 1},
            )
            for key in keys[:dimensions]
        ),
    )
