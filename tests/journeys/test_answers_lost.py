"""What was promised to a person arrives: receipts, closing words and check-ins, whatever way is shut."""

from typing import Any

import pytest

from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.records import calls, rows
from tests.storage.builders import on_both, on_sqlite

ASKED = "Choose the level where you stop"
FAILURES: dict[str, dict[str, Any]] = {
    "a server that fails": {"kind": "server_error"},
    "used up": {"kind": "refused", "word": "used_url"},
    "too many": {"kind": "ratelimited", "retry_after": 30},
    "dropped": {"kind": "refuse_connection"},
}


@on_sqlite
@pytest.mark.parametrize("failure", FAILURES)
async def test_a_receipt_that_got_lost_comes_by_itself(town: City, failure: str, log: pytest.LogCaptureFixture) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    town.sandbox.faults.add(method="response_url", times=10, **FAILURES[failure])
    await town.answer(ben, (1, 2, 3, 4, 1))
    await town.sees(ben, "Thank you")
    await town.settled()
    assert len(town.seen(ben, "check-in for")) == 1, "it is one message all along"
    assert "an answer was not taken at its address" in log.text


@on_sqlite
async def test_who_changes_answers_gets_the_questions_also_where_the_answer_got_lost(town: City) -> None:
    await town.set_up()
    await town.opened()
    ben = town.people[1]
    await town.answer(ben, (1, 2, 3, 4, 1))
    receipt = await town.sees(ben, "Thank you")
    lost = town.sandbox.faults.add(method="response_url", kind="server_error", times=10)
    await ben.taps(receipt, action_id=Do.CHANGE_ANSWERS)
    await town.sees(ben, ASKED)
    town.sandbox.faults.end(lost)
    await town.tap(ben, await town.sees(ben, ASKED), "A", 3)
    await ben.taps(await town.sees(ben, ASKED), action_id=Do.FINISH_CHANGING)
    await town.sees(ben, "Thank you")
    assert not town.seen(ben, ASKED)


@on_sqlite
async def test_an_answer_to_a_tap_that_got_lost_comes_as_a_direct_message(town: City) -> None:
    await town.set_up()
    offer = await town.manages("start")
    assert "Opening a round" in offer.text
    await town.sees(town.manager, ASKED)
    await town.manages("cancel")
    cancel = await town.sees(town.manager, "there will be no summary", where=town.channel)
    town.sandbox.faults.add(method="response_url", kind="refused", word="used_url")
    town.sandbox.faults.add(method="chat.postMessage", kind="refused", word="service_unavailable")
    await town.manager.taps(cancel, action_id=Do.CANCEL_NOW)
    await town.sees(town.manager, "is cancelled. Its answers are deleted")


@pytest.mark.parametrize("word", ["cant_update_message", "edit_window_closed", "channel_not_found"])
async def test_a_check_in_that_cannot_be_changed_at_the_close_is_followed_by_a_message_of_its_own_once(
    town: City, word: str
) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    ben = town.people[1]
    here = ben.dm(town.app).id

    def to_ben(said: dict[str, Any]) -> bool:
        return bool(said.get("channel") == here)

    town.sandbox.faults.add(method="chat.update", kind="refused", word=word, times=1000, when=to_ben)
    town.sandbox.faults.add(method="chat.postMessage", kind="lose_reply", when=to_ben)
    await town.close_early()
    await town.summary()
    await town.sees(ben, "This round has closed. Thanks for taking part.")
    for _minute in range(5):
        town.clock.move(minutes=1)
        await town.settled()
    assert len(town.seen(ben, "This round has closed. Thanks for taking part.")) == 1
    ended = [row for row in await rows(town, "deliveries") if row["kind"] == "closing"]
    assert {row["state"] for row in ended} == {"sent"}


async def test_a_direct_message_that_died_is_opened_anew_and_the_check_in_sent_once_more(town: City) -> None:
    await town.set_up()
    await town.round()
    ben = town.people[1]
    dead = ben.dm(town.app).id

    def into_the_dead(said: dict[str, Any]) -> bool:
        return bool(said.get("channel") == dead)

    died = town.sandbox.faults.add(
        method="chat.postMessage", kind="refused", word="channel_not_found", when=into_the_dead
    )
    town.clock.move(days=8)
    before = len(town.sandbox.traffic)
    await town.opened()
    await town.settled()
    assert died.times == 0
    assert calls(town, since=before).count("conversations.open") == 1
    assert [len(town.seen(person, ASKED)) for person in town.people] == [1] * 5


@on_both
async def test_a_recreated_app_asks_everybody_anew_who_is_still_asked(town: City) -> None:
    await town.set_up()
    await town.opened()
    ana, ben, *_others = town.people
    await town.answer(ben, (1, 2, 3, 4, 1))
    await town.sees(ben, "Thank you")
    await town.stop_bot()
    town.installation = town.app.recreate(town.workspace)
    town.channel.invite(town.installation)
    assert not town.seen(ana, ASKED), "the old messages are in another conversation"
    await town.start_bot()
    for person in (ana, *_others):
        await town.sees(person, ASKED)
    await town.sees(ben, "Thank you")
    await town.answer(ana, (1, 2, 3, 4, 1))
    await town.sees(ana, "Thank you")
    for person in _others:
        await town.answer(person, (1, 2, 3, 4, 1))
    await town.close_early()
    assert "5 of 5 answered." in (await town.summary()).shown
    for person in town.people:
        await town.sees(person, "This round has closed. Thanks for taking part.")
    assert [row["message_ts"] for row in await rows(town, "round_members") if row["message_ts"] is None] == []
