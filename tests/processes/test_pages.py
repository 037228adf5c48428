"""The pages for operators' tools tell how it goes, and nobody's name."""

import re
from pathlib import Path

import httpx

from tests.processes.program import PATIENCE, program
from tests.processes.town import becomes_ready, get, town, within
from tests.storage.builders import on_sqlite

pytestmark = on_sqlite


async def test_the_metrics_count_and_name_nobody(database_url: str, tmp_path: Path) -> None:
    async with (
        town(tmp_path) as here,
        program("run", environment=here.environment(database_url), directory=tmp_path) as started,
    ):
        here.send_to(started)
        await here.set_up()
        await here.opened()
        await here.answer_example()

        async def nothing_waits() -> bool:  # the manager is still to be told that everybody has answered
            return "maturity_deliveries_waiting 0.0" in (await get(started.address, "/metrics")).text

        await within(PATIENCE, nothing_waits)
        told = (await get(started.address, "/metrics")).text
        assert 'maturity_taps_total{outcome="kept"} 25.0' in told
        assert "maturity_deliveries_failed 0.0" in told
        assert 'maturity_request_seconds_count{kind="slack"}' in told
        assert 'maturity_ticks_total{tick="deliver"}' in told
        for secret in (
            *(person.id for person in here.people),
            *(person.name for person in here.people),
            here.workspace.id,
            here.channel.id,
            "permits",
            here.installation.bot_token,
        ):
            assert secret not in told


async def test_the_log_of_a_whole_round_names_nobody_and_no_level(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(database_url, LOG_LEVEL="DEBUG", LOG_FORMAT="json")
        async with program("run", environment=environment, directory=tmp_path) as started:
            here.send_to(started)
            await here.set_up()
            await here.opened()
            await here.answer_example()
            await here.close_early()
            await here.sees(here.manager, "5 of 5 answered", where=here.channel)
            assert await started.stop() == 0
    assert re.search(r"round \d+ of team \d+ opens: 5 asked, until 2026-", started.said)
    assert re.search(r"round \d+ of team \d+ closes: 5 took part", started.said)
    assert "Slack: chat.postMessage, ok after " in started.said, "DEBUG says more"
    for person in here.people:
        assert person.id not in started.said
    assert "cant_say" not in started.said
    assert "answer:" not in started.said
    assert here.installation.bot_token not in started.said


async def test_requests_that_slack_did_not_sign_get_nowhere(database_url: str, tmp_path: Path) -> None:
    async with (
        town(tmp_path) as here,
        program("web", environment=here.environment(database_url), directory=tmp_path) as started,
    ):
        await becomes_ready(started)
        async with httpx.AsyncClient(base_url=started.address, timeout=PATIENCE) as stranger:
            form = "command=%2Fmaturity&text=help"
            unsigned = await stranger.post("/slack/events", content=form)
            forged = await stranger.post(
                "/slack/events",
                content=form,
                headers={"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=00"},
            )
            nonsense = await stranger.post("/slack/events", content=b"\xff\xfe", headers={})
            huge = await stranger.post("/slack/events", content=b"x" * 1_000_001)
            asked = await stranger.get("/slack/events")
            install = await stranger.get("/slack/install")
    assert (unsigned.status_code, forged.status_code) == (401, 401)
    assert (nonsense.status_code, huge.status_code) == (401, 413)
    assert asked.status_code == 405
    assert install.status_code == 404
    assert "Traceback" not in started.said
