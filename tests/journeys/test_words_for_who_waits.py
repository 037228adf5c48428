"""Somebody waits for what Slack refuses: what passes is tried again meanwhile, else they read what they can do."""

import pytest

from tests.journeys.city import City
from tests.storage.builders import on_sqlite


@on_sqlite
@pytest.mark.parametrize(
    ("method", "word"),
    [
        ("views.open", "service_unavailable"),
        ("views.update", "internal_error"),
        ("users.info", "rate_limited"),
        ("conversations.info", "internal_error"),
        ("conversations.members", "fetch_members_failed"),
        ("conversations.join", "request_timeout"),
    ],
)
async def test_a_word_that_passes_is_not_noticed_by_who_sets_a_team_up(town: City, method: str, word: str) -> None:
    if method == "conversations.join":
        town.channel.remove(town.installation)
    once = town.sandbox.faults.add(method=method, kind="refused", word=word)
    await town.set_up()
    assert once.times == 0


@on_sqlite
@pytest.mark.parametrize(
    ("method", "word", "said"),
    [
        ("users.info", "missing_scope", "The app lacks a permission. Ask a workspace admin to install it again."),
        ("users.info", "user_not_visible", "Slack doesn't tell the app who that is (user_not_visible)."),
        ("conversations.info", "accesslimited", "This workspace doesn't let the app do that (accesslimited)."),
        ("conversations.info", "channel_is_limited_access", "Slack doesn't let the app use that channel"),
        ("users.info", "a_word_of_next_year", "give this reference to whoever runs this app"),
    ],
)
async def test_a_word_that_does_not_pass_is_a_sentence_in_the_modal(
    town: City, method: str, word: str, said: str
) -> None:
    town.sandbox.faults.add(method=method, kind="refused", word=word, times=1000)
    await town.manager.types("/maturity setup", town.channel)
    shown = await town.until(lambda: (town.manager.modal and said in town.manager.modal.shown.replace("`", "")) or None)
    assert shown


@on_sqlite
async def test_home_is_published_once_slack_takes_it(town: City) -> None:
    town.sandbox.faults.add(method="views.publish", kind="refused", word="service_unavailable")
    await town.manager.opens_home(town.app)
    await town.until(lambda: town.manager.home(town.app))


@on_sqlite
async def test_user_groups_are_remembered_while_one_types_and_slack_says_too_many(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    town.workspace.add_usergroup("crew", "The crew", town.people)
    await town.open_setup()
    await town.manager.fills("source", "usergroup")
    await town.bot.in_flight.landed()
    for typed in ("t", "th", "the"):
        assert [each["text"]["text"] for each in await town.manager.suggests(*group_field(town), typed)] == ["The crew"]
    assert len(town.sandbox.traffic.of("usergroups.list")) == 1
    town.clock.move(minutes=2)
    town.sandbox.faults.add(method="usergroups.list", kind="ratelimited", retry_after=30)
    assert [each["text"]["text"] for each in await town.manager.suggests(*group_field(town), "the")] == ["The crew"]
    assert "ERROR" not in log.text


def group_field(town: City) -> tuple[str, str]:
    """Block and action of the menu of user groups."""
    modal = town.manager.modal
    assert modal is not None
    menus = [block for block in modal.blocks if "external_select" in str(block) and "usergroup" in str(block)]
    return str(menus[0]["block_id"]), str(menus[0]["element"]["action_id"])
