"""One of everything that the views draw, from values of a test's choosing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.actions import form_views
from bot.actions import views as action_items
from bot.actions.form_views import ActionForm, Origin
from bot.admins import views as admin_settings
from bot.check_ins import availability_views as asking
from bot.check_ins import views as check_in
from bot.check_ins.explaining_views import how_private, levels_meaning
from bot.commands import help_views, rubric_views
from bot.commands.words import Usage, Who
from bot.home import views as home
from bot.home.manager_views import label
from bot.notices import news_views
from bot.notices import views as notice_views
from bot.notices.facts import NoticeFacts
from bot.notices.nearly_done_views import all_answered, few_missing
from bot.privacy import views as privacy
from bot.rounds import views as running_views
from bot.slack import sentences, tap_replies
from bot.slack.blocks import Block, Message
from bot.slack.ids import Do
from bot.summary import details_views, follow_up_views, ideas_views
from bot.summary import views as summary
from bot.summary.views import ShownPicture
from bot.teams import views as setup
from rubric import Rubric, Tally
from storage.answers import Nearness, OwnAnswer
from storage.kinds import MAYBE_POSTED, ActionState, MemberSource, NoticeReason, Privacy, Whose
from tests.bot.views.samples_audit import audited
from tests.bot.views.samples_many import many
from tests.bot.views.values import (
    CLOSES,
    LINK,
    NEXT,
    NOTHING_STORED,
    TODAY,
    ZONE,
    a_card,
    a_check_in,
    a_form,
    an_end,
    an_item,
    follow_ups_of,
    much_stored,
)

LETTERS = [Usage("λ", "λ", who) for who in Who]


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
        picture=ShownPicture("F1", typed),
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
    new = a_card(usual, model=model, before=last, in_either=18, team=typed, alt_text=typed)
    times: dict[str, Any] = {"closes_at": CLOSES, "time_zone": ZONE}
    return {
        "prompt": check_in.prompt(asked),
        "prompt, named": check_in.prompt(replace(asked, privacy=Privacy.NAMED)),
        "prompt, changing": check_in.prompt(replace(asked, answers=complete, changing=True)),
        "receipt": check_in.receipt(replace(asked, answers=complete)),
        "prompt, the first": check_in.prompt(replace(asked, introduced_by=["U1"])),
        "prompt, the first, from nobody": check_in.prompt(replace(asked, introduced_by=[])),
        "prompt, the first, from oneself": check_in.prompt(replace(asked, introduced_by=["U1"], user_id="U1")),
        "receipt, named": check_in.receipt(replace(asked, answers=complete, privacy=Privacy.NAMED)),
        "closed": check_in.closed(an_end(team=typed), took_part=True),
        "closed, with notes": check_in.closed(an_end(team=typed, keeps_notes=True), took_part=True),
        "closed, skipped": check_in.closed(an_end(team=typed), took_part=False, skipped=True),
        "closed, not posted": check_in.closed(an_end(team=typed, link=None), took_part=False),
        "closed, refused": check_in.closed(an_end(team=typed, link=None, refused=True), took_part=False),
        "closed, nowhere": check_in.closed(an_end(team=typed, link=None, channel_id=None), took_part=False),
        "closed, too few": check_in.closed(an_end(team=typed, result=check_in.Result.TOO_FEW), took_part=True),
        "closed, withheld": check_in.closed(an_end(team=typed, result=check_in.Result.WITHHELD), took_part=True),
        "closed, nobody": check_in.closed(an_end(team=typed, result=check_in.Result.NOBODY), took_part=False),
        "closed, no question": check_in.closed(an_end(team=typed, result=check_in.Result.NO_QUESTION), took_part=True),
        "closed, named": check_in.closed(an_end(team=typed, keeps_answers=True), took_part=True),
        "closed, named, too few": check_in.closed(
            an_end(team=typed, keeps_answers=True, result=check_in.Result.TOO_FEW), took_part=True
        ),
        "closed, named, no question": check_in.closed(
            an_end(team=typed, keeps_answers=True, result=check_in.Result.NO_QUESTION), took_part=True
        ),
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
        "adopted": sentences.plain_message(action_items.owned_until(item)),
        "adopted already": sentences.plain_message(action_items.adopted_already(item)),
        "adopted already, nobody's": sentences.plain_message(
            action_items.adopted_already(an_item(text=typed, owner_id=None))
        ),
        "done": sentences.plain_message(action_items.ended(an_item(text=typed, state=ActionState.DONE))),
        "dropped": sentences.plain_message(action_items.ended(an_item(text=typed, state=ActionState.DROPPED))),
        "still on it": sentences.plain_message(action_items.moved(item)),
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
        "help": help_views.help_text(LETTERS),
        "help, nothing near": help_views.help_text(LETTERS, unknown=typed),
        "help, something near": help_views.probably(typed, LETTERS[0]),
        "rubric": rubric_views.rubric_text(model),
        "privacy": privacy.privacy_text(minimum=4, stored=NOTHING_STORED, messages_kept=400),
        "privacy, much": privacy.privacy_text(minimum=4, stored=much_stored(), messages_kept=400),
        "my data on its way": privacy.on_its_way(),
        "refusal": sentences.refusal(typed),
        "fault": sentences.fault("7"),
        "invite": notice_views.invite(typed),
        "invite elsewhere": notice_views.invite(typed, "C1"),
        "invite and save": sentences.plain_message(notice_views.invite_and_save(typed, "C1")),
        "being deleted": sentences.plain_message(setup.being_deleted(typed)),
        **audited(typed),
        "close question": running_views.close_question(
            typed, Nearness(9, 6, 6, 3), needed=4, minimum=4, round_id=12, **times
        ),
        "close question, few": running_views.close_question(
            typed, Nearness(9, 3, 3, 6), needed=4, minimum=4, round_id=12, **times
        ),
        "close question, named": running_views.close_question(
            typed, Nearness(9, 3, 3, 6), needed=1, minimum=4, round_id=12, **times
        ),
        **{
            f"closed early, {result}{', named' if named else ''}": running_views.closed_early(
                typed, result, channel_id="C1", minimum=4, keeps_answers=named
            )
            for result in check_in.Result
            for named in (False, True)
        },
        "all answered": all_answered(typed, Nearness(5, 5, 5, 0), needed=4, round_id=12, **times),
        "few missing": few_missing(typed, Nearness(5, 3, 3, 2), needed=4, round_id=12, **times),
        "roster failed": notice_views.roster_failed(typed, typed, channel_id="C1", bot="U0"),
        "summary failed": notice_views.summary_failed(typed, "is_archived", "12", channel_id="C1", bot="U0"),
        "maybe posted": notice_views.summary_failed(typed, MAYBE_POSTED, "12", channel_id="C1", bot="U0"),
        "nobody": notice_views.nobody_to_ask(typed),
        "asked no more": asking.stopped(),
        "asked again": asking.asked_again(),
        "check-ins": asking.check_ins([], opted_out=True),
        "away": asking.away(date(2026, 10, 12), waiting=0),
        "away, one waits": asking.away(date(2026, 10, 12), waiting=1),
        "away, two wait": asking.away(date(2026, 10, 12), waiting=2),
        "not away": asking.not_away(example=date(2026, 10, 12), opted_out=False),
        "not away, asked no more": asking.not_away(example=date(2026, 10, 12), opted_out=True),
        "back": asking.back(opted_out=False),
        "back, asked no more": asking.back(opted_out=True),
        "reminded": running_views.reminded(typed),
        "reminded on a day off": running_views.reminded_later(typed, first_at=CLOSES, time_zone=ZONE),
        "reminded too late": running_views.reminded_later(typed, first_at=None, time_zone=ZONE),
        "reminded already": running_views.reminded_already(typed, again_at=CLOSES, time_zone=ZONE),
        **{
            f"news: {reason}": news_views.news(
                typed,
                channel_id="C1",
                bot="U0",
                facts=NoticeFacts(
                    reason=reason,
                    user="U1",
                    was=date(2026, 12, 11),
                    at=datetime.fromtimestamp(1797152400, UTC),
                    zone="Asia/Riyadh",
                    country="SA",
                ),
            )
            for reason in sorted(news_views.REASONS)
        },
        "news: made manager by the operator": news_views.news(
            typed, channel_id="C1", bot="U0", facts=NoticeFacts(reason=NoticeReason.MADE_MANAGER)
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
        "details": details_views.details(a_card(usual, model=model, before=usual, team=typed, notes=notes)),
        "details, named": details_views.details(
            a_card(usual, model=model, asked=11, took_part=10, confidential=False, team=typed, notes=notes, names=names)
        ),
        "more ideas": ideas_views.more_ideas(a_card(usual, model=model, before=usual, team=typed)),
        "action items": follow_up_views.action_items(follow_ups_of(typed, keys[0]), today=TODAY),
        "adopt": form_views.adopt_modal(dimension, dimension.actions[1][0], form, Origin(round_id=12)),
        "add": form_views.add_modal(model, ActionForm(None, "", None, None), Origin(team_id=3)),
        "edit": form_views.edit_modal(form, Origin(item_id=7)),
        "drop": form_views.drop_modal(typed, Origin(item_id=7)),
        "preview": check_in.preview(asked),
        "what the levels mean": levels_meaning(model),
        "what the levels mean, nothing quoted": levels_meaning(
            replace(model, dimensions=tuple(replace(each, gloss="", clauses=()) for each in model.dimensions))
        ),
        "how this stays private": how_private(Privacy.CONFIDENTIAL, minimum=4),
        "who sees your answers": how_private(Privacy.NAMED, minimum=4),
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
        "message": sentences.message_modal(typed),
        "away": home.away_modal(first=date(2026, 10, 7)),
        "start, over Home": tap_replies.answer_modal(
            running_views.start_offer(typed, team_id=3), title=label(Do.HOME_START)
        ),
    }
