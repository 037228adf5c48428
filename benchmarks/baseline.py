"""The two baselines: Bolt acknowledging and nothing else, as it comes (A) and at its best (B).

Both verify signatures, know their workspace from memory, and have as many listeners as a bot of this size. As it comes,
Bolt answers before the listener has ended, and the tap's listener stands in the middle; at its best, the listener runs
first (`process_before_response`) and is asked first.
"""

import logging
import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.taps import SIGNING_SECRET
from bot.slack.ids import Do

LISTENERS = 25


async def acknowledge(ack: AsyncAck) -> None:
    await ack()


async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=enterprise_id, team_id=team_id, bot_user_id="U0BOT", bot_id="B0BOT", bot_token=None
    )


def create(*, at_its_best: bool) -> Starlette:
    """The app on the web framework that the bot uses."""
    app = AsyncApp(
        signing_secret=SIGNING_SECRET,
        authorize=authorize,
        process_before_response=at_its_best,
    )
    names = [f"other_{number}" for number in range(LISTENERS - 1)]
    names.insert(0 if at_its_best else LISTENERS // 2, Do.ANSWER)
    for name in names:
        app.action(name)(acknowledge)
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    uvicorn.run(
        create(at_its_best=sys.argv[1] == "best"),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        access_log=False,
        lifespan="off",
        log_level="error",
        server_header=False,
    )
