"""A tap on a level: kept, then acknowledged. Answered before Bolt, since there are more of them than of all else."""

import asyncio
import contextlib
from collections.abc import Coroutine, Mapping
from typing import Any

from slack_bolt import BoltResponse

from bot.access import roles
from bot.check_ins import current, redraw, views
from bot.check_ins.answer_writer import AnswerWriter, Outcome, Redraw
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.slack import error_answers, ids, modals, sentences
from bot.slack.calls import CALL_FAILED
from bot.slack.error_sentences import sentence_of
from bot.slack.ids import Tap
from bot.slack.services import Services
from storage import engine
from storage.answers import OwnAnswer, Saved
from storage.engine import patiently

NEEDED = ("type", "response_url", "trigger_id", "user")
"""What telling somebody something needs of their request."""


def answer(body: dict[str, Any], *, writer: AnswerWriter, services: Services) -> Coroutine[Any, Any, BoltResponse]:
    """Slack's answer to a tap, once it is saved; the radio button is the receipt, so most taps change no message.

    What is needed of `body` is read before this returns, so that nothing that waits holds it.
    """
    asked = _asked(body)
    try:
        tap = ids.read_tap(body)
    except ids.UnreadableError as error:
        return _refuse(error, asked, services=services)
    return _answer(tap, asked, writer=writer, services=services)


def _asked(body: dict[str, Any]) -> dict[str, Any]:
    """What telling somebody something needs of their request: where they read it, and in which workspace."""
    needed = ("type", "response_url", "trigger_id", "user", "container")
    kept: dict[str, Any] = {name: body[name] for name in needed if name in body}
    try:
        kept["team"] = {"id": ids.workspace_of(body)}
        kept["view"] = {"type": (body.get("view") or {}).get("type")}
    except (ids.UnreadableError, AttributeError):
        pass  # nonsense: it is answered all the same
    return kept


async def _answer(tap: Tap, asked: dict[str, Any], *, writer: AnswerWriter, services: Services) -> BoltResponse:
    if tap.round_id == ids.PREVIEW_ROUND:
        return BoltResponse(status=200, body="")
    saving = asyncio.ensure_future(_save(tap, writer=writer, services=services))
    await asyncio.wait({saving}, timeout=services.answer_within)
    if not saving.done():
        services.in_flight.start(_save_late(tap, asked, saving, services=services))
        return BoltResponse(status=200, body="")
    try:
        outcome = saving.result()
    except Exception as error:  # noqa: BLE001 - every fault is answered with a sentence, as Bolt's error handler does
        return await _refuse(error, asked, services=services)
    if outcome.redraw is not Redraw.NOTHING:
        services.in_flight.start(_redraw(tap, outcome, asked, services=services))
    return BoltResponse(status=200, body="")


async def _save(tap: Tap, *, writer: AnswerWriter, services: Services) -> Outcome:
    """What was saved; UserError for a tap that its round doesn't take."""
    await services.slack.workspace(tap.workspace_id)
    outcome = await writer.save(tap)
    services.metrics.tapped(outcome.saved)
    if outcome.saved is not Saved.KEPT:
        raise UserError(_refusal(outcome.saved))
    return outcome


async def _save_late(tap: Tap, asked: dict[str, Any], saving: "asyncio.Future[Outcome]", *, services: Services) -> None:
    """Tell whoever tapped that the database keeps them waiting, and what came of it.

    The tap's own time decides which answer counts, so that tapping again meanwhile does no harm.
    """
    with contextlib.suppress(*CALL_FAILED):  # whatever Slack takes, what is being saved is waited for
        await _say(_("Your answer is still being saved. You will read here when it is."), tap, asked, services=services)
    try:
        outcome = await saving
    except Exception as error:  # noqa: BLE001 - as above
        await _refuse(error, asked, services=services)
        return
    if outcome.redraw is not Redraw.NOTHING:
        await _redraw(tap, outcome, asked, services=services)
    else:
        await _say(_("Your answer is saved."), tap, asked, services=services)


async def _say(sentence: str, tap: Tap, asked: dict[str, Any], *, services: Services) -> None:
    client = await services.slack.client(tap.workspace_id)
    await modals.write(sentences.plain_message(sentence), asked, client=client)


async def _redraw(tap: Tap, outcome: Outcome, asked: dict[str, Any], *, services: Services) -> None:
    """Show the receipt, or the questions with what they lack, in place of the message that was tapped.

    Taps in quick succession may each bring a redrawing, and Slack may show the older one last: what was answered while
    one was on its way is shown again, so that whichever comes last shows what is kept.
    """
    shown: Mapping[str, OwnAnswer] | None = None
    is_anew = outcome.redraw is Redraw.PROMPT
    while (check_in := await _check_in(tap, is_anew=is_anew, services=services)) is not None:
        if check_in.answers == shown:
            return
        is_receipt = current.complete(check_in) and not tap.changing
        await redraw.replace(
            services.slack.respond(asked.get("response_url")),
            views.receipt(check_in) if is_receipt else views.prompt(check_in),
            database=services.database,
            clock=services.clock,
            workspace_id=tap.workspace_id,
            round_id=tap.round_id,
            user_id=tap.user_id,
            where=ids.direct_message_of(asked),
            changing=tap.changing,
            finished=current.complete(check_in),
        )
        shown = check_in.answers


async def _check_in(tap: Tap, *, is_anew: bool, services: Services) -> views.CheckIn | None:
    """The check-in as it stands; None where its round ended meanwhile, and the close replaces the message."""

    async def load() -> views.CheckIn | None:
        async with services.database.begin() if is_anew else services.database.reading() as session:
            return await current.load(
                session, tap.workspace_id, tap.round_id, tap.user_id,
                rubrics=services.rubrics, now=services.clock(), anew=is_anew, changing=tap.changing,
            )  # fmt: skip

    return await patiently(load, seconds=engine.TRY_SECONDS)


async def _refuse(error: Exception, asked: dict[str, Any], *, services: Services) -> BoltResponse:
    sentence = sentence_of(error)
    try:
        client = await services.slack.client(ids.workspace_of(asked))
    except Exception:  # noqa: BLE001 - no token is known, or what failed before fails again: the sentence comes all the same
        client = None
    return error_answers.tell(sentence, body=asked, client=client, services=services)


def _refusal(saved: Saved) -> str:
    if saved is Saved.CLOSED:
        return _("This round has closed, so that tap was not saved.")
    if saved is Saved.FORGOTTEN:
        return roles.forgotten_round()
    if saved is Saved.NOT_ASKED:
        return _("You aren't asked in this check-in, so that tap was not saved.")
    if saved is Saved.NO_MEMBER:
        return _(
            "Check-ins are for full members of this workspace, not for guests or people of other organisations, so "
            "that tap was not saved. What you answered as a full member stays."
        )
    return _("A newer answer of yours to this question is already saved. It stays.")
