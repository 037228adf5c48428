"""One of everything that the views draw, from values of a test's choosing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

from bot.views import (
    action_form,
    action_items,
    admin_settings,
    check_in,
    details,
    help,  # noqa: A004 - the module's name
    home,
    notices,
    privacy,
    rubric,
    setup,
    summary,
    team_news,
)
from bot.views import asked as asking
from bot.views.action_form import ActionForm, Origin
from bot.views.check_in import CheckIn
from bot.views.follow_ups import FollowUp
from bot.views.message import Block, Message
from bot.views.setup import SetupForm
from bot.views.summary import Picture, SummaryCard
from rubric import Action, Change, ChangeKind, Dimension, Effort, Rubric, Tally, load, summarise
from storage.answers import OwnAnswer
from storage.kinds import ActionState, MemberSource, Privacy, RoundState, Whose
from storage.models import ActionItem, Answer, AuditEntry, Delivery, Person, Round, RoundMember
from storage.privacy import CheckIn as OwnCheckIn
from storage.privacy import Stored, Tie
from tests.bot.views.samples_audit import audited
from tests.bot.views.samples_many import many

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


def a_card(
    tallies: Mapping[str, Tally] = USUAL,
    *,
    asked: int = 9,
    took_part: int | None = None,
    before: Mapping[str, Tally] | None = None,
    newcomers: int = 0,
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
        newcomers=newcomers,
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
        FollowUp(late, Change(kind, before=1), 2)
        for kind in (ChangeKind.MOVED, ChangeKind.SAME, ChangeKind.WITHIN_ONE, ChangeKind.NEW_TEAM)
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


def messages(model: Rubric, typed: str) -> dict[str, Message]:
    """Every kind of message, with this model, and what people typed wherever they can."""
    keys = [dimension.key for dimension in model.dimensions]
    notes = {key: [typed, typed] for key in keys}
    names = {key: {1: [typed], 2: [typed, typed], None: [typed]} for key in keys}
    complete = {key: OwnAnswer(1, typed) for key in keys[1:]} | {keys[0]: OwnAnswer(None, typed)}
    asked = a_check_in(team=typed, rubric=model)
    shapes = ((1, 5, 3, 0), (0, 3, 5, 0), (4, 2, 0, 0), (0, 9, 0, 0), (4, 0, 0, 4))
    usual = dict(zip(keys, map(Tally, shapes), strict=True))
    last = {key: Tally((2, 4, 3, 0)) for key in keys}
    four = {key: Tally((0, 0, 2, 2)) for key in keys[1:]}
    card = a_card(
        usual,
        model=model,
        before=last,
        team=typed,
        notes=notes,
        picture=Picture("F1", typed),
        alt_text=typed,
        follow_ups=follow_ups_of(typed, keys[0]),
        taken_on={"C1.1": an_item(), "C1.2": an_item(state=ActionState.DONE)},
    )
    item = an_item(text=typed, dimension=keys[0])
    late = an_item(id=8, text=typed, dimension=keys[0], due_on=date(2026, 10, 8))
    named = a_card(
        usual, model=model, asked=11, took_part=9, confidential=False, team=typed, names=names, alt_text=typed
    )
    few = a_card(four, model=model, asked=4, team=typed, alt_text=typed)
    lowest = a_card({key: Tally((5, 4, 0, 0)) for key in keys}, model=model, team=typed, alt_text=typed)
    highest = a_card({key: Tally((0, 0, 3, 6)) for key in keys}, model=model, team=typed, alt_text=typed)
    new = a_card(usual, model=model, before=last, newcomers=9, team=typed, alt_text=typed)
    times: dict[str, Any] = {"closes_at": CLOSES, "time_zone": ZONE}
    return {
        "prompt": check_in.prompt(asked),
        "prompt, named": check_in.prompt(replace(asked, privacy=Privacy.NAMED)),
        "prompt, changing": check_in.prompt(replace(asked, answers=complete, changing=True)),
        "receipt": check_in.receipt(replace(asked, answers=complete)),
        "closed": check_in.closed(typed, took_part=True, summary_link=LINK, deleted=True),
        "closed, not posted": check_in.closed(typed, took_part=False, summary_link=None, channel_id="C1"),
        "closed, nowhere": check_in.closed(typed, took_part=False, summary_link=None),
        "cancelled": check_in.cancelled(typed),
        "skipped": check_in.skipped(typed, round_id=12, **times),
        "reminder": check_in.reminder(typed, link=LINK, round_id=12, **times),
        "reminder, no link": check_in.reminder(typed, link=None, round_id=12, **times),
        "summary": summary.summary(card, share_value="12"),
        "summary, shared": summary.summary(named, shared_by="U1"),
        "summary of four": summary.summary(few),
        "summary, lowest": summary.summary(lowest),
        "summary, highest": summary.summary(highest),
        "summary, half new": summary.summary(new),
        "actions": action_items.action_list(typed, [late, item], team_id=3, today=TODAY, may_change={7, 8}),
        "actions, not mine": action_items.action_list(typed, [item], team_id=3, today=TODAY, may_change=()),
        "no actions": action_items.action_list(typed, [], team_id=3, today=TODAY, may_change=()),
        "due": action_items.due(typed, item, today=date(2026, 11, 3)),
        "due long ago": action_items.due(typed, item, today=date(2026, 11, 5)),
        "due, nobody's": action_items.without_owner(typed, an_item(text=typed, owner_id=None)),
        "due, of someone gone": action_items.without_owner(typed, item),
        "given": action_items.given(typed, item, by="U1"),
        "adopted": notices.plain_message(action_items.owned_until(item)),
        "adopted already": notices.plain_message(action_items.adopted_already(item)),
        "adopted already, nobody's": notices.plain_message(
            action_items.adopted_already(an_item(text=typed, owner_id=None))
        ),
        "done": notices.plain_message(action_items.ended(an_item(text=typed, state=ActionState.DONE))),
        "dropped": notices.plain_message(action_items.ended(an_item(text=typed, state=ActionState.DROPPED))),
        "still on it": notices.plain_message(action_items.moved(item)),
        **many(model, typed, {"usual": card, "few": few, "lowest": lowest, "highest": highest}),
        "no summary, open": summary.no_summary_yet(typed, time_zone=ZONE, closes_at=CLOSES),
        "no summary, planned": summary.no_summary_yet(typed, time_zone=ZONE, next_round_at=CLOSES),
        "no summary": summary.no_summary_yet(typed, time_zone=ZONE),
        "saved": setup.saved(a_form(name=typed), NEXT, team_id=3, new=True),
        "saved again": setup.saved(
            a_form(name=typed, cadence="monthly:-1", clock=Whose.MEMBER), NEXT, team_id=3, new=False
        ),
        "saved, moved": setup.saved(a_form(name=typed), NEXT, team_id=3, new=False, moved_to="C1"),
        "saved, paused": setup.saved(a_form(name=typed), [], team_id=3, new=False),
        "help": help.help_text([("λ", "λ")], unknown=typed, nearest="λ"),
        "help, nothing near": help.help_text([("λ", "λ")], unknown=typed),
        "rubric": rubric.rubric_text(model),
        "privacy": privacy.privacy_text(minimum=4, stored=NOTHING_STORED),
        "privacy, much": privacy.privacy_text(minimum=4, stored=much_stored()),
        "my data on its way": privacy.on_its_way(),
        "refusal": notices.refusal(typed),
        "fault": notices.fault("7"),
        "invite": notices.invite(typed),
        "invite elsewhere": notices.invite(typed, "C1"),
        "invite and save": notices.plain_message(notices.invite_and_save(typed, "C1")),
        "being deleted": notices.plain_message(setup.being_deleted(typed)),
        **audited(typed),
        "progress": notices.progress(typed, answered=3, asked=9, round_id=12, **times),
        "roster failed": notices.roster_failed(typed, typed),
        "summary failed": notices.summary_failed(typed, "is_archived", "12"),
        "maybe posted": notices.summary_failed(typed, notices.MAYBE_POSTED, "12"),
        "nobody": notices.nobody_to_ask(typed),
        "asked no more": asking.stopped(),
        "asked again": asking.asked_again(),
        "check-ins": asking.check_ins([], opted_out=True),
        "away": asking.away(date(2026, 10, 12)),
        "not away": asking.away(None),
        "back": asking.back(),
        "reminded": asking.reminded(typed),
        **{
            f"news: {reason}": team_news.news(typed, channel_id="C1", details={"reason": reason, "user": "U1"})
            for reason in sorted(team_news.REASONS)
        },
        "news: made manager by the operator": team_news.news(
            typed, channel_id="C1", details={"reason": "made manager"}
        ),
    }


def views(model: Rubric, typed: str) -> dict[str, Block]:
    """Every kind of modal, likewise."""
    keys: Sequence[str] = [dimension.key for dimension in model.dimensions]
    complete = {key: OwnAnswer(1, typed) for key in keys[1:]} | {keys[0]: OwnAnswer(None, None)}
    asked = a_check_in(team=typed, rubric=model, answers=complete)
    group = a_form(name=typed, source=MemberSource.USERGROUP, usergroup_id="S1", usergroup_name=typed, team_id=3)
    people = a_form(name=typed, source=MemberSource.PEOPLE, people=("U1", "U2"), days_off="2027-01-04")
    usual = {key: Tally((1, 5, 3, 0)) for key in keys}
    notes = {key: [typed, typed] for key in keys}
    names = {key: {1: [typed], 2: [typed, typed], None: [typed]} for key in keys}
    dimension, form = model.dimensions[0], ActionForm(None, typed, "U1", TODAY, needs_leadership=True)
    return {
        "details": details.details(a_card(usual, model=model, before=usual, team=typed, notes=notes)),
        "details, named": details.details(
            a_card(usual, model=model, asked=11, took_part=10, confidential=False, team=typed, notes=notes, names=names)
        ),
        "adopt": action_form.adopt_modal(dimension, dimension.actions[1][0], form, Origin(round_id=12)),
        "add": action_form.add_modal(model, ActionForm(None, "", None, None), Origin(team_id=3)),
        "edit": action_form.edit_modal(form, Origin(item_id=7)),
        "drop": action_form.drop_modal(typed, Origin(item_id=7)),
        "preview": check_in.preview(asked),
        "notes": check_in.notes_modal(asked),
        "notes, named": check_in.notes_modal(replace(asked, privacy=Privacy.NAMED)),
        "erase": privacy.erasing(),
        "erased": privacy.erased(),
        "notes, nothing answered": check_in.notes_modal(replace(asked, answers={})),
        "set-up": setup.setup_modal(a_form(name=typed), next_dates=NEXT, minimum=4),
        "set-up, user group": setup.setup_modal(group, next_dates=typed, minimum=4),
        "set-up, people": setup.setup_modal(people, next_dates=[], minimum=4),
        "loading": setup.loading_modal(),
        "settings, moving": setup.setup_modal(
            a_form(name=typed, team_id=3, new_channel="C2"), next_dates=NEXT, minimum=4
        ),
        "settings for everyone": admin_settings.settings_modal(minimum=11),
        "message": notices.message_modal(typed),
        "away": home.away_modal(first=date(2026, 10, 7)),
        "start, over Home": home.answer_modal(notices.start_offer(typed, team_id=3)),
    }
