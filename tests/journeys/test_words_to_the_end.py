"""What Slack refuses, to its end: how long it is tried, who is told, what is counted, and what comes instead."""

from typing import Any

import httpx
import pytest

from tests.journeys.city import City
from tests.journeys.records import rows
from tests.journeys.test_error_words import ASKED, about, an_admin, until_quiet


async def test_a_word_that_never_ends_is_tried_for_a_day_and_no_longer(town: City) -> None:
    def is_news(said: dict[str, Any]) -> bool:
        return "is open" in str(said)

    await town.set_up()
    town.sandbox.faults.add(
        method="chat.postMessage", kind="refused", word="a_word_of_next_year", times=10_000, when=is_news
    )
    await town.manages("start")
    for _quarter in range(4 * 26):
        await town.settled()
        town.clock.move(minutes=15)
    await town.settled()
    refused = [each for each in await rows(town, "deliveries") if each["last_error"] == "a_word_of_next_year"]
    assert [each["state"] for each in refused] == ["failed"]


async def test_slack_is_asked_once_about_a_person_whom_it_refuses(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    town.sandbox.faults.add(method="conversations.open", kind="refused", word="user_disabled", when=about(ben, town))
    await town.manages("start")
    await town.sees(town.people[0], ASKED)
    await town.settled()
    before = [each["body"]["user"] for each in town.sandbox.traffic.of("users.info")]
    assert before.count(ben.id) == 2, "at the set-up, and once since"


async def test_each_refusal_is_counted_by_method_word_and_verdict(town: City) -> None:
    await town.set_up()
    town.sandbox.faults.add(method="conversations.open", kind="refused", word="a_word_of_next_year")
    await town.manages("start")
    await until_quiet(town)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=town.bot.pages), base_url="http://bot") as client:
        told = (await client.get("/metrics")).text
    counted = '{method="conversations.open",verdict="bug",word="a_word_of_next_year"}'
    assert f"maturity_slack_refusals_total{counted} 1.0" in told


async def test_a_summary_whose_looks_slack_refuses_is_posted_as_text(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()
    town.sandbox.faults.add(
        method="chat.postMessage",
        kind="refused",
        word="invalid_blocks",
        times=1000,
        when=lambda said: said.get("channel") == town.channel.id and said.get("blocks") not in (None, "", "[]", []),
    )
    await town.close_early()
    await until_quiet(town)
    assert [each for each in town.manager.sees(town.channel) if "Round 1" in each.text and not each.ephemeral]


async def test_a_setting_in_the_way_of_a_roster_is_told_to_an_admin(town: City) -> None:
    admin = await an_admin(town)
    await town.set_up()
    town.sandbox.faults.add(method="conversations.members", kind="refused", word="missing_scope", times=100)
    await town.manages("start")
    await town.sees(admin, "lacks a permission")


@pytest.mark.parametrize("word", ["accesslimited", "missing_scope", "a_word_of_next_year", "account_inactive"])
async def test_who_sets_a_team_up_reads_no_untrue_reason(town: City, word: str) -> None:
    await town.open_setup()
    town.sandbox.faults.add(method="conversations.members", kind="refused", word=word, times=100)
    await town.manager.submits()
    await town.settled()
    assert not any("You are not in" in each.shown for each in town.manager.modals), "they are"


async def test_a_dead_token_is_nobodys_deactivation(town: City) -> None:
    eli = town.people[4]
    eli.untold = "account_inactive"
    await town.set_up()
    await town.manages("start")
    for _turn in range(30):
        await town.settled()
        town.clock.move(seconds=20)
    assert not town.seen(town.manager, "deactivated")


async def test_a_member_of_whom_slack_says_an_odd_word_once_is_asked_all_the_same(town: City) -> None:
    await town.set_up()
    fay = town.workspace.add_person(name="Fay", tz="America/Chicago")
    town.sandbox.faults.add(
        method="users.info", kind="refused", word="a_word_of_next_year", when=lambda said: said["user"] == fay.id
    )
    town.channel.invite(fay, by=town.manager)
    await town.settled()
    await town.manages("start")
    await town.settled()
    town.clock.move(seconds=30)
    await until_quiet(town)
    assert town.seen(fay, ASKED)
