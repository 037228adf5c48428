"""One word of each verdict through each call of the main job: a round opens, people answer, it closes, and it is over.

Each member but the manager meets with a word of their own. What may be answered later befalls a few of their calls;
what ends something befalls all.
"""

import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.charts.render import Renderer
from bot.sandbox import Person
from bot.slack.ids import Do
from bot.slack.verdicts import Verdict, judge
from tests.journeys.city import City, city
from tests.journeys.records import rows
from tests.journeys.test_my_data import shown

ASKED = "Choose the level where you stop"
CLOSED = "This round has closed. Thanks for taking part."
UNASKED = "could not be asked"
WORDS = {
    "Pat": ("service_unavailable", Verdict.PASSING),
    "Max": ("ratelimited", Verdict.PASSING),
    "Ina": ("token_revoked", Verdict.INSTALLATION),
    "Cal": ("is_archived", Verdict.CHANNEL),
    "Per": ("user_disabled", Verdict.PERSON),
    "Sam": ("no_permission", Verdict.SETTING),
    "Sue": ("missing_scope", Verdict.SETTING),
    "Tom": ("message_not_found", Verdict.TARGET),
    "Moe": ("expired_trigger_id", Verdict.MOMENT),
    "Bob": ("invalid_arguments", Verdict.BUG),
    "Una": ("a_word_of_next_year", Verdict.BUG),
}
"""By the member who meets with it: a word, and what it is about."""
COME_AGAIN = ("Pat", "Max", "Ina", "Sue", "Una")
"""Whose calls are made again."""
A_FEW, ALL = 3, 1000
LIFE = timedelta(days=8)
"""Longer than anything is tried: a round, also the one that is planned for tomorrow, is open for three working days."""
Said = dict[str, Any]
each_word = pytest.mark.parametrize("name", WORDS)
one_of_each = pytest.mark.parametrize("name", ["Pat", "Ina", "Cal", "Per", "Sam", "Tom", "Moe", "Bob"])


@pytest.fixture
async def town(database_url: str, traffic: Path, renderer: Renderer) -> AsyncIterator[City]:
    """A city with a member for each word."""
    async with city(database_url, traffic=traffic, renderer=renderer, names=("Ana", *WORDS)) as found:
        yield found


@pytest.fixture
async def small_town(database_url: str, traffic: Path, renderer: Renderer) -> AsyncIterator[City]:
    """A city of five, where one word befalls what is about all of them."""
    async with city(database_url, traffic=traffic, renderer=renderer) as found:
        yield found


def meets(town: City, name: str, method: str, *, when: Callable[[Said], bool] | None = None, few: int = A_FEW) -> None:
    """Have these calls meet with this member's word: a few where they are made again, else all."""
    word, verdict = WORDS[name]
    judged = judge(word, method=method)
    assert (judged.verdict, judged.comes_again) == (verdict, name in COME_AGAIN)
    times = few if judged.comes_again else ALL
    town.sandbox.faults.add(method=method, kind="refused", word=word, times=times, when=when)


def each_meets(town: City, method: str, about: Callable[[Person], Callable[[Said], bool]]) -> None:
    """Have each member's calls meet with their own word."""
    for person in town.people[1:]:
        meets(town, person.name, method, when=about(person))


def is_with(town: City, person: Person) -> Callable[[Said], bool]:
    """Which calls are about the direct message with this person."""
    here = person.dm(town.app).id
    return lambda said: here in {said.get("channel"), said.get("channel_id")}


def is_asked_of(town: City, person: Person) -> Callable[[Said], bool]:
    """Which calls bring this person their check-in."""
    here = is_with(town, person)
    return lambda said: here(said) and "Check-in" in str(said)


def check_ins(town: City) -> dict[str, int]:
    """How many check-ins each person was ever sent, those that were changed since, too."""
    return {
        person.name: sum("check-in: " in str(each.content).lower() for each in person.dm(town.app).messages.values())
        for person in town.people
    }


def once_each(town: City, *, but: tuple[str, ...] = ()) -> dict[str, int]:
    return {person.name: int(person.name not in but) for person in town.people}


def final() -> tuple[str, ...]:
    """Whose calls are never answered."""
    return tuple(name for name in WORDS if name not in COME_AGAIN)


async def time_goes_on(town: City, **by: float) -> int:
    """Do what is due, at its time, until so much has passed; how often something was."""
    end, turns = town.clock() + timedelta(**by), 0
    await town.settled()
    while await town.turns.go_on(latest=end):
        await town.turns.landed()
        turns += 1
    town.clock.move_to(max(end, town.clock()))
    await town.settled()
    return turns


async def answered(town: City) -> list[Person]:
    """Everybody answers who sees the questions."""
    asked = [person for person in town.people if town.seen(person, ASKED)]
    for person in asked:
        await town.answer(person, (1, 2, 3, 2, 1))
        await town.sees(person, "Thank you")
    return asked


async def is_over(town: City, method: str, *, most: int) -> None:
    """Assert that nothing is owed once all has had its time, and that Slack was, and is, asked no more often."""
    await time_goes_on(town, days=LIFE.days)
    owed = [row for row in await rows(town, "deliveries") if row["state"] not in {"sent", "failed", "skipped"}]
    assert owed == []
    tried = len(town.sandbox.traffic.of(method))
    assert tried <= most
    await time_goes_on(town, days=LIFE.days)
    assert len(town.sandbox.traffic.of(method)) == tried


def only_bugs_are_errors(caplog: pytest.LogCaptureFixture) -> None:
    """Assert that an operator is alarmed by nothing but what is ours to mend."""
    bugs = [word for word, verdict in WORDS.values() if verdict is Verdict.BUG]
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert [each for each in errors if not any(word in each for word in bugs)] == []


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
async def test_whoever_can_be_asked_is_asked_once_and_the_manager_reads_who_was_not(
    town: City, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    if method == "conversations.open":
        each_meets(town, method, lambda person: lambda said: bool(said["users"] == person.id))
    else:
        each_meets(town, method, lambda person: is_asked_of(town, person))
    await town.manages("start")
    await time_goes_on(town, hours=1)
    assert check_ins(town) == once_each(town, but=final())
    line = (await town.sees(town.manager, UNASKED)).shown
    assert "6 of 12 could not be asked" in line
    assert all(f"@{name.lower()}" in line for name in final())
    asked = await answered(town)
    await town.close_early()
    await is_over(town, method, most=40)
    assert check_ins(town) == once_each(town, but=final())
    assert all(len(town.seen(person, CLOSED)) == 1 for person in asked)
    assert len(town.seen(town.manager, UNASKED)) == 1
    only_bugs_are_errors(caplog)


async def test_a_check_in_that_cannot_be_looked_for_is_sent_no_second_time(
    town: City, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack took each of them, and its word for that got lost."""
    await town.set_up()
    each_meets(town, "conversations.history", lambda person: is_with(town, person))
    for person in town.people[1:]:
        town.sandbox.faults.add(method="chat.postMessage", kind="lose_reply", when=is_asked_of(town, person))
    await town.manages("start")
    await time_goes_on(town, hours=1)
    assert check_ins(town) == once_each(town)
    assert await answered(town) == town.people
    await town.close_early()
    await is_over(town, "conversations.history", most=40)
    assert check_ins(town) == once_each(town)
    assert all(len(town.seen(person, CLOSED)) == 1 for person in town.people), "no receipt stays with its answers"
    only_bugs_are_errors(caplog)


async def test_a_closing_message_looks_no_more_often_for_a_check_in_than_that_is_tried(small_town: City) -> None:
    town, ben = small_town, small_town.people[1]
    await town.set_up()
    town.sandbox.faults.add(method="conversations.history", kind="refused", word="missing_scope", times=ALL)
    town.sandbox.faults.add(method="chat.postMessage", kind="lose_reply", when=is_asked_of(town, ben))
    await town.manages("start")
    await town.settled()
    await town.close_early()
    assert await time_goes_on(town, hours=6) < 150
    assert check_ins(town) == once_each(town)


async def test_what_cannot_be_changed_at_the_close_is_followed_by_a_word_of_its_own(
    town: City, caplog: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    await town.opened()
    each_meets(town, "chat.update", lambda person: is_with(town, person))
    assert await answered(town) == town.people
    await town.close_early()
    await is_over(town, "chat.update", most=40)
    told = {person.name: len(town.seen(person, CLOSED)) for person in town.people}
    assert told == once_each(town, but=("Tom",)), "a check-in that was deleted is followed by nothing"
    only_bugs_are_errors(caplog)


@each_word
async def test_a_member_whom_slack_does_not_tell_of_keeps_nobody_else_from_being_asked(
    small_town: City, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """They joined since the set-up, and the event of it got lost."""
    town, newcomer = small_town, small_town.bystander
    await town.set_up()
    meets(town, name, "users.info", when=lambda said: bool(said["user"] == newcomer.id))
    town.app.events = ()
    town.channel.invite(newcomer)
    await town.manages("start")
    await time_goes_on(town, hours=1)
    assert check_ins(town) == once_each(town)
    asked = len(town.seen(newcomer, ASKED))
    assert asked == int(name in COME_AGAIN)
    assert len(town.seen(town.manager, UNASKED)) == 1 - asked
    await is_over(town, "users.info", most=25)
    only_bugs_are_errors(caplog)


@each_word
async def test_a_roster_that_slack_does_not_tell_keeps_nobody_of_last_time_from_being_asked(
    small_town: City, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    town = small_town
    await town.set_up()
    meets(town, name, "conversations.members")
    await town.manages("start")
    await time_goes_on(town, hours=1)
    assert check_ins(town) == once_each(town)
    is_read = name == "Max"  # a round waits as long as Slack asks it to
    told = town.seen(town.manager, "could not be read from Slack, so those of last time are asked")
    assert len(told) == int(not is_read)
    await is_over(town, "conversations.members", most=10)
    only_bugs_are_errors(caplog)


async def test_whoever_slack_opens_no_form_for_reads_why(town: City) -> None:
    await town.set_up()
    await town.opened()
    await answered(town)
    for person in town.people[1:]:
        receipt = await town.sees(person, "Thank you")
        before = len(person.sees(person.dm(town.app)))
        meets(town, person.name, "views.open")
        await person.taps(receipt, action_id=Do.ADD_NOTES)
        await town.settled()
        assert person.modal is None
        assert len(person.sees(person.dm(town.app))) == before + 1
        town.sandbox.faults.clear()
        await person.taps(receipt, action_id=Do.ADD_NOTES)
        assert person.modal is not None
    await is_over(town, "views.open", most=50)


async def test_whoever_slack_shows_no_home_gets_it_when_it_is_opened_again(
    town: City, caplog: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    for person in town.people[1:]:
        meets(town, person.name, "views.publish", few=1)
        await person.opens_home(town.app)
        await town.bot.in_flight.landed()
        shown_at_once = judge(WORDS[person.name][0]).verdict is Verdict.PASSING
        assert (person.home(town.app) is not None) == shown_at_once, person.name
        town.sandbox.faults.clear()
        assert (await town.opens_home(person)).blocks
    await is_over(town, "views.publish", most=50)
    only_bugs_are_errors(caplog)


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_file_that_was_asked_for_comes_once_or_its_failure_is_told(
    town: City, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    await town.set_up()
    for person in town.people[1:]:
        meets(town, person.name, method)
        await person.taps(await shown(town, person), action_id=Do.EXPORT_MY_DATA)
        await time_goes_on(town, hours=1)
        got = [each for each in person.sees(person.dm(town.app)) if each.files]
        assert len(got) == int(person.name in COME_AGAIN), person.name
        assert len(town.seen(person, "could not be")) == 1 - len(got), person.name
        town.sandbox.faults.clear()
    await is_over(town, method, most=50)
    only_bugs_are_errors(caplog)


@each_word
async def test_a_summary_comes_once_or_its_manager_reads_that_it_does_not(
    small_town: City, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    town = small_town
    await town.set_up()
    await town.opened()
    await town.answer_example()
    meets(town, name, "chat.postMessage", when=lambda said: said.get("channel") == town.channel.id)
    await town.close_early()
    await is_over(town, "chat.postMessage", most=40)
    posted = [each for each in town.seen(town.manager, ": round 1", where=town.channel) if not each.ephemeral]
    assert len(posted) == int(name in COME_AGAIN)
    assert len(town.seen(town.manager, "could not be posted")) == 1 - len(posted)
    assert all(len(town.seen(person, CLOSED)) == 1 for person in town.people)
    only_bugs_are_errors(caplog)


@pytest.mark.parametrize("method", ["conversations.info", "conversations.join"])
async def test_a_team_is_set_up_once_slack_tells_of_its_channel_and_lets_the_app_in(
    town: City, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever has to try again finds what they filled in."""
    for person in town.people[1:]:
        where = town.workspace.add_channel(f"of-{person.name.lower()}", members=[person])
        await town.open_setup(person, where=where)
        await person.fills("name", f"Team of {person.name}")
        meets(town, person.name, method, few=1)
        submitted = await person.submits()
        town.sandbox.faults.clear()
        if submitted.response_action != "push":
            assert submitted.errors, person.name
            submitted = await person.submits()
        assert submitted.response_action == "push", person.name
        await town.bot.in_flight.landed()
        assert any(f"Team of {person.name}* are set up" in each.shown for each in person.modals)
    assert len(await rows(town, "teams")) == len(WORDS)
    only_bugs_are_errors(caplog)


@one_of_each
async def test_a_user_group_that_slack_does_not_tell_keeps_nobody_of_last_time_from_being_asked(
    small_town: City, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    town, manager = small_town, small_town.manager
    group = town.workspace.add_usergroup("permit-office", "Permit office", town.people)
    await town.open_setup()
    await manager.fills("source", "usergroup")
    await town.bot.in_flight.landed()
    await manager.suggests("usergroup", "usergroup", "permit")
    await manager.fills("usergroup", group.id)
    assert (await manager.submits()).response_action == "push"
    await town.settled()
    await manager.closes()
    meets(town, name, "usergroups.users.list")
    await town.manages("start")
    await time_goes_on(town, hours=1)
    assert check_ins(town) == once_each(town)
    await is_over(town, "usergroups.users.list", most=10)
    only_bugs_are_errors(caplog)
