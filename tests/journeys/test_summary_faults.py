"""A summary that can't be posted goes to the managers with the mend; one that may be posted is never posted twice."""

import asyncio
import copy
from typing import Any

import pytest

from bot.sandbox import SeenMessage
from bot.slack.ids import Do
from storage.kinds import NOT_DRAWN
from tests.journeys.city import City
from tests.journeys.raw import send
from tests.journeys.records import befalls, calls, rename, rows
from tests.storage.builders import on_both


def summaries(town: City) -> list[SeenMessage]:
    return [each for each in town.manager.sees(town.channel) if ": round 1" in each.shown and not each.ephemeral]


async def answered(town: City) -> None:
    await town.set_up()
    await town.opened()
    await town.answer_example()


async def closed_by_itself(town: City) -> SeenMessage:
    """The round closes at its deadline; the notice that its manager gets."""
    town.clock.move(days=4)
    return await town.sees(town.manager, "Post again")


async def post_again(town: City, notice: SeenMessage) -> None:
    await town.manager.taps(notice, action_id=Do.POST_AGAIN)
    await town.sees(town.manager, "Posting the summary of *permits* to #permits again.")
    assert "5 of 5 answered." in (await town.summary()).shown


async def test_an_archived_channel_is_told_to_the_manager_and_mended(town: City) -> None:
    await answered(town)
    town.channel.archive()
    notice = await closed_by_itself(town)
    assert "could not be posted to #permits. The channel is archived: unarchive it." in notice.shown
    assert summaries(town) == []
    for person in town.people:
        town.clock.move(seconds=2)
        closing = await town.sees(person, "This round has closed. Thanks for taking part.")
        assert (
            "Slack didn't take the summary in #permits. The team's managers know, and can post it again."
            in closing.shown
        )
    town.channel.unarchive()
    await post_again(town, notice)
    assert len(summaries(town)) == 1


async def test_a_summary_that_was_never_posted_has_its_picture_follow_to_who_asks(town: City) -> None:
    await answered(town)
    town.channel.archive()
    await closed_by_itself(town)
    for person, where in ((town.manager, ""), (town.people[1], " permits")):
        reply = str((await person.types(f"/maturity summary{where}", person.dm(town.app))).blocks)
        assert "*A. Engage society*: level 2" in reply
        assert "The picture is on its way to you as a direct message." in reply
        brought = await town.sees(person, "Here is the picture of *permits*, round 1.")
        assert [content[:4] for content in brought.files.values()] == [b"\x89PNG"]


async def test_a_summary_whose_picture_is_posted_shows_it_and_sends_no_other(town: City) -> None:
    await town.set_up()
    await town.round()
    assert "on its way" not in str((await town.manages("summary")).blocks)
    await town.settled()
    assert not town.seen(town.manager, "Here is the picture")


async def test_a_channel_without_the_app_is_told_to_the_manager_and_mended(town: City) -> None:
    await answered(town)
    town.channel.remove(town.installation)
    notice = await closed_by_itself(town)
    assert "not in that channel: type `/invite` @maturity there." in notice.shown
    await town.manager.taps(notice, action_id=Do.POST_AGAIN)
    await town.sees(town.manager, "Posting the summary of *permits* to #permits again.")
    again = await town.sees(town.manager, "Post again")
    assert again.ts != notice.ts, "still not invited: told again, with the button again"
    town.channel.invite(town.installation)
    await post_again(town, await town.sees(town.manager, "Post again"))
    assert len(summaries(town)) == 1


async def test_a_summary_whose_reply_got_lost_is_not_repeated_by_itself(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await answered(town)
    town.sandbox.faults.add(
        method="chat.postMessage", kind="lose_reply", when=lambda arguments: arguments["channel"] == town.channel.id
    )
    await town.close_early()
    notice = await town.sees(town.manager, "may not have reached its channel")
    assert "Look there first, and post it again if it is missing." in notice.shown
    town.clock.move(hours=2)
    await town.settled()
    assert len(summaries(town)) == 1
    assert len(town.seen(town.manager, "may not have reached")) == 1

    await post_again(town, notice)
    assert len(summaries(town)) == 2, "the manager has looked, and wants it"


async def test_two_managers_who_both_post_it_again_post_it_once(town: City) -> None:
    await answered(town)
    other = town.people[1]
    await town.manages("managers add @ben")
    town.channel.archive()
    notice = await closed_by_itself(town)
    theirs = await town.sees(other, "Post again")
    town.channel.unarchive()
    await post_again(town, notice)
    await other.taps(theirs, action_id=Do.POST_AGAIN)
    await town.sees(other, "The summary of *permits* is in #permits, or on its way there.")
    await town.settled()
    assert len(summaries(town)) == 1


async def test_a_share_that_slack_sends_twice_or_that_is_tapped_twice_is_posted_once(town: City) -> None:
    await town.set_up()
    await town.round()
    await town.manages("summary")
    shown = await town.sees(town.manager, "Share with the channel", where=town.channel)
    await town.manager.taps(shown, action_id=Do.SHARE)
    await town.sees(town.manager, "Shared by", where=town.channel)
    [request] = [each for each in town.sandbox.traffic.of("block_actions") if Do.SHARE in str(each["body"]["actions"])]
    await send(town, request["body"])
    again = copy.deepcopy(request["body"])
    again["actions"][0]["action_ts"] = "1791212400.200001"  # a second tap, before the first was answered
    await send(town, again)
    await town.settled()
    assert len(town.seen(town.manager, "Shared by", where=town.channel)) == 1


async def test_a_picture_that_slack_is_still_processing_follows_its_text(town: City) -> None:
    await answered(town)
    town.sandbox.file_processing = 3600
    await town.close_early()
    posted = await town.sees(town.manager, ": round 1", where=town.channel)
    await town.until(lambda: "chat.update" in _refused(town) or None)
    [summary] = summaries(town)
    assert "[image" not in summary.shown
    assert "Engage society: Level 2" in posted.text, "meanwhile its words say it"

    for file in town.workspace.files.values():
        file.processed_at = 0
    town.clock.move(minutes=6)
    assert (await town.summary()).ts == posted.ts
    assert calls(town).count("files.getUploadURLExternal") == 1


async def test_a_picture_that_could_not_be_uploaded_is_tried_again(town: City) -> None:
    await answered(town)
    town.sandbox.faults.add(method="upload", kind="server_error")
    town.sandbox.faults.add(method="files.completeUploadExternal", kind="lose_reply")
    await town.close_early()
    await town.sees(town.manager, ": round 1", where=town.channel)
    for _attempt in range(2):
        await town.settled()
        town.clock.move(minutes=6)
    assert (await town.summary()).pictures[0] is not None
    assert len(summaries(town)) == 1


def _refused(town: City) -> list[str]:
    return [
        record["method"]
        for record in town.sandbox.traffic.records
        if record["direction"] == "api" and not (record["response"] or {}).get("ok")
    ]


async def test_a_picture_that_slack_never_shows_is_uploaded_three_times_and_given_up(town: City) -> None:
    await answered(town)
    town.sandbox.file_processing = 10**9
    await town.close_early()
    await town.sees(town.manager, ": round 1", where=town.channel)
    for _wait in range(20):
        await town.settled()
        town.clock.move(minutes=6)
    assert calls(town).count("files.getUploadURLExternal") == 3
    assert [row["last_error"] for row in await rows(town, "deliveries") if row["kind"] == "picture"] == [
        "picture_refused"
    ]
    assert len(summaries(town)) == 1


@on_both
async def test_a_summary_that_could_not_be_drawn_for_the_database_is_posted_when_it_is_back(town: City) -> None:
    await answered(town)
    await rename(town, "action_items", to="taken_away")
    await town.close_early()
    await town.ticks()
    await town.turns.arrived()
    assert [row["last_error"] for row in await rows(town, "deliveries") if row["kind"] == "summary"] == [NOT_DRAWN]
    await rename(town, "taken_away", to="action_items")
    town.clock.move(minutes=5)
    await town.summary()
    await town.settled()
    assert len(summaries(town)) == 1
    assert not town.seen(town.manager, "Post again")


async def test_a_posted_summary_is_written_down_also_where_the_database_is_away_just_then(
    town: City, log: pytest.LogCaptureFixture
) -> None:
    await answered(town)

    def in_the_channel(said: dict[str, Any]) -> bool:
        return bool(said["channel"] == town.channel.id)

    posting = town.sandbox.faults.add(method="chat.postMessage", kind="slow", delay=None, when=in_the_channel)
    await town.close_early()
    await befalls(town, posting)
    await rename(town, "deliveries", to="taken_away")

    posting.release()
    while "can't be written down yet" not in log.text:  # noqa: ASYNC110 - a line of the log sets no event
        await asyncio.sleep(0.01)
    await rename(town, "taken_away", to="deliveries")
    await town.summary()
    town.clock.move(minutes=10)
    await town.settled()
    assert len(summaries(town)) == 1
    assert not town.seen(town.manager, "Post again")
