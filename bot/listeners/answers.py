"""A tap on a level: kept, then acknowledged."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot import ids, redrawing
from bot.answers import AnswerWriter, Redraw
from bot.clock import Clock
from bot.errors import UserError
from bot.i18n import _
from bot.in_flight import InFlight
from bot.metrics import Metrics
from bot.views import check_in as views
from storage.answers import Saved
from storage.engine import Database


def register(app: AsyncApp) -> None:
    app.action(ids.Do.ANSWER)(answer)


async def answer(
    ack: AsyncAck,
    body: dict[str, Any],
    respond: AsyncRespond,
    answers: AnswerWriter,
    in_flight: InFlight,
    metrics: Metrics,
    database: Database,
    clock: Clock,
) -> None:
    """Keep the tapped level, then tell Slack. The radio button is the receipt: most taps change no message."""
    tap = ids.read_tap(body)
    if tap.round_id == ids.PREVIEW_ROUND:
        await ack()
        return
    outcome = await answers.save(tap)
    metrics.tapped(outcome.saved)
    if outcome.saved is not Saved.KEPT:
        raise UserError(_refusal(outcome.saved))
    await ack()
    if outcome.check_in is not None:
        draw = views.receipt if outcome.redraw is Redraw.RECEIPT else views.prompt
        in_flight.start(
            redrawing.replace(
                respond,
                draw(outcome.check_in),
                database=database,
                clock=clock,
                workspace_id=tap.workspace_id,
                round_id=tap.round_id,
                user_id=tap.user_id,
            )
        )


def _refusal(saved: Saved) -> str:
    if saved is Saved.CLOSED:
        return _("This check-in is closed, so that tap was not saved. What you had answered before counts.")
    if saved is Saved.NOT_ASKED:
        return _("You are not asked in this check-in, so that tap was not saved.")
    return _("A newer answer of yours to this question is already saved, and stays.")
