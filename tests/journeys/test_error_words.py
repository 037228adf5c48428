"""Whatever word Slack answers: what passes is waited for, what ends something ends that alone, and people are told."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox import Person
from tests.journeys.city import City
from tests.journeys.records import calls, rows
from tests.storage.builders import on_sqlite

ASKED = "Choose the level where you stop"


async def until_quiet(town: City, *, minutes: int = 40) -> None:
    """Let time pass, a little at a time, until nothing is owed any more; a workspace may be left alone meanwhile."""
    for _half_minute in range(2 * minutes):
        await town.settled()
        if not any(row["state"] in {"pending", "sending"} for row in await rows(town, "deliveries")):
            return
        town.clock.move(seconds=30)


def asked(town: City) -> dict[str, int]:
    return {person.name: len(town.seen(person, ASKED)) for person in town.people}


PASSING = {
    "chat.postMessage": (
        "rate_limited", "message_limit_exceeded", "org_login_required", "update_failed", "a_word_of_next_year",
    ),
    "conversations.open": (
        "ratelimited", "external_channel_migrating", "fetch_members_failed", "unknown_method", "accesslimited",
    ),
}  # fmt: skip


@on_sqlite
@pytest.mark.parametrize("method", PASSING)
async def test_words_that_pass_keep_nobody_from_being_asked_once(town: City, method: str) -> None:
    await town.set_up()
    faults = [
        town.sandbox.faults.add(method=method, kind="refused", word=word, times=2, when=about(person, town))
        for person, word in zip(town.people, PASSING[method], strict=True)
    ]
    await town.manages("start")
    await until_quiet(town)
    assert [fault.times for fault in faults] == [0] * 5
    assert asked(town) == dict.fromkeys(asked(town), 1)


def about(person: Person, town: City) -> Callable[[dict[str, Any]], bool]:
    """Which calls a fault befalls: those that are to ask this person."""
    channel = person.dm(town.app).id

    def is_about(said: dict[str, Any]) -> bool:
        prompt = said.get("channel") == channel and "Check-in" in str(said)
        return prompt or said.get("users") == person.id

    return is_about


@on_sqlite
async def test_a_word_that_is_not_known_is_counted_and_logged_with_its_method(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    town.sandbox.faults.add(method="conversations.open", kind="refused", word="a_word_of_next_year")
    await town.manages("start")
    await until_quiet(town)
    assert "Slack answered conversations.open with a word that isn't known here: a_word_of_next_year" in log.text


@on_sqlite
async def test_a_member_whom_slack_does_not_name_keeps_nobody_else_from_being_asked(town: City) -> None:
    eli = town.people[4]
    eli.untold = "user_not_visible"
    await town.open_setup()
    await town.manager.submits()
    done = await town.until(lambda: next((each for each in town.manager.modals if "are set up" in each.shown), None))
    assert "1 member can't be asked, since Slack doesn't tell the app who that is: @eli" in done.shown
    await town.manager.closes()
    await town.manages("start")
    for person in town.people[:4]:
        await town.sees(person, ASKED)
    line = await town.sees(town.manager, "could not be asked")
    assert "@eli (not shown to the app by Slack)" in line.shown
    await until_quiet(town, minutes=10)
    assert [asked(town)[name] for name in ("Ana", "Ben", "Cho", "Dev", "Eli")] == [1, 1, 1, 1, 0]
    assert len(town.seen(town.manager, "could not be asked")) == 1

    await town.close_early()
    eli.untold = None
    town.clock.move(days=8)
    await town.manages("start")
    await town.sees(eli, ASKED)


@on_sqlite
@pytest.mark.slow
async def test_a_member_who_is_not_told_of_yet_is_waited_for(town: City) -> None:
    eli = town.people[4]

    def is_eli(said: dict[str, Any]) -> bool:
        return bool(said["user"] == eli.id)

    fault = town.sandbox.faults.add(
        method="users.info", kind="refused", word="internal_error", times=1000, when=is_eli
    )  # fmt: skip
    await town.set_up()
    await town.manages("start")
    await town.settled()
    assert not any(asked(town).values())
    town.sandbox.faults.end(fault)
    town.clock.move(seconds=25)
    for person in town.people:
        await town.sees(person, ASKED)
    assert not town.seen(town.manager, "could not be")


@on_sqlite
@pytest.mark.slow
async def test_nobody_waits_for_ever_for_a_member_who_is_not_told_of(town: City) -> None:
    eli = town.people[4]

    def is_eli(said: dict[str, Any]) -> bool:
        return bool(said["user"] == eli.id)

    town.sandbox.faults.add(method="users.info", kind="refused", word="internal_error", times=1000, when=is_eli)
    await town.set_up()
    await town.manages("start")
    for _turn in range(20):
        await town.settled()
        town.clock.move(seconds=20)
    await town.settled()
    assert [asked(town)[name] for name in ("Ana", "Ben", "Cho", "Dev", "Eli")] == [1, 1, 1, 1, 0]
    assert "@eli" in (await town.sees(town.manager, "could not be asked")).shown


@on_sqlite
async def test_a_setting_is_told_once_to_an_admin_and_what_is_owed_comes_once_it_is_mended(town: City) -> None:
    admin = await an_admin(town)
    await town.set_up()

    def asks(said: dict[str, Any]) -> bool:
        return "Check-in" in str(said)

    fault = town.sandbox.faults.add(
        method="chat.postMessage", kind="refused", word="messages_tab_disabled", times=1000, when=asks
    )  # fmt: skip
    await town.manages("start")
    line = await town.sees(admin, "can't write direct messages, so nobody is asked")
    for _minutes in range(4):
        town.clock.move(minutes=5)
        await town.settled()
    assert len(town.seen(admin, "can't write direct messages")) == 1, line
    assert not any(asked(town).values())
    town.sandbox.faults.end(fault)
    town.clock.move(minutes=16)
    for person in town.people:
        await town.sees(person, ASKED)
    await town.settled()
    assert asked(town) == dict.fromkeys(asked(town), 1)


async def an_admin(town: City) -> Person:
    """An admin of Slack's whom the app has met."""
    admin = town.workspace.add_person(name="Ada", is_admin=True)
    admin.change(is_admin=True)
    await town.settled()
    return admin


@pytest.mark.parametrize(
    ("method", "word", "why"),
    [
        ("conversations.open", "user_disabled", "deactivated"),
        ("chat.postMessage", "app_access_restricted", "not allowed to use the app"),
        ("conversations.open", "channel_not_found", "out of reach of the app's direct messages"),
    ],
)
@on_sqlite
async def test_a_word_about_a_person_ends_that_one_alone(town: City, method: str, word: str, why: str) -> None:
    await town.set_up()
    ben = town.people[1]
    fault = town.sandbox.faults.add(method=method, kind="refused", word=word, times=1000, when=about(ben, town))
    await town.manages("start")
    for person in (*town.people[:1], *town.people[2:]):
        await town.sees(person, ASKED)
    await town.settled()
    town.clock.move(minutes=6)
    line = await town.sees(town.manager, "could not be asked")
    assert f"1 of 5 could not be asked: {why}" in line.shown
    assert "@ben" in line.shown
    tried = 1000 - fault.times
    for _hour in range(3):
        town.clock.move(hours=1)
        await town.settled()
    assert 1000 - fault.times == tried, "it is over"


@on_sqlite
async def test_a_dead_token_ends_the_calls_of_a_workspace_only_where_auth_test_agrees(town: City) -> None:
    await town.set_up()
    town.sandbox.faults.add(method="chat.postMessage", kind="refused", word="invalid_auth", times=2)
    await town.manages("start")
    for _turn in range(4):
        await town.settled()
        town.clock.move(seconds=5)
    for person in town.people:
        await town.sees(person, ASKED)
    assert Counter(calls(town))["auth.test"] >= 2
