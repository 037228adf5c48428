"""Whatever goes wrong on the way to an answer, Slack gets one, and the log no word that a person wrote."""

from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.program.dispatch import Dispatcher

SECRET = "What only Ben knows"


class Broken:
    """Bolt, where an error handler fails, too."""

    async def async_dispatch(self, request: AsyncBoltRequest) -> NoReturn:  # noqa: ARG002 - Bolt's signature
        raise RuntimeError(SECRET)


async def test_an_error_that_nobody_caught_is_answered_and_its_message_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    anything: Any = SimpleNamespace(answer_within=60.0)
    broken: Any = Broken()
    response = await Dispatcher(broken, anything, anything).answer({"type": "view_submission"}, {})
    assert response.status == 500
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text
