"""Whatever people type, nobody is pinged by it: looked for in everything that the bot ever said to Slack."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.slack.ids import Do
from tests.journeys.city import City
from tests.journeys.records import said, suggestion_of

PING = re.compile(r"<!(?:channel|here|everyone|subteam)|<@UEVIL|<https?://evil")
NAMES = [
    "<!channel> *loud* <@UEVIL>",
    "`code` ``` <!here|you> <!everyone> & <https://evil.example|here> </b>",
    "<!subteam^SEVIL> " + "🏙️" * 20,
    "W" * 80,
    "🌇" * 80,
]


def live(body: Any, *, text_is_live: bool = True) -> Iterator[str]:
    """Every text that Slack reads mentions from: a message's own, and mrkdwn within its blocks; not plain_text."""
    if isinstance(body, dict):
        if body.get("type") == "mrkdwn":
            yield body["text"]
            return
        if text_is_live and isinstance(body.get("text"), str) and body.get("type") != "plain_text":
            yield body["text"]
        for value in body.values():
            yield from live(value, text_is_live=False)
    elif isinstance(body, list):
        for value in body:
            yield from live(value, text_is_live=False)


@pytest.mark.parametrize("name", NAMES, ids=["mentions", "markup", "group", "longest", "emoji"])
async def test_a_team_name_pings_nobody_anywhere(town: City, name: str) -> None:
    assert len(name) <= 80
    await town.set_up(name=name)
    await town.opened()
    await town.answer_example()
    note = "<!channel> see <@UEVIL> and <https://evil.example|this> `*_~"
    ben = town.people[1]
    await ben.taps(await town.sees(ben, "Thank you"), action_id=Do.ADD_NOTES)
    await ben.fills("note:A", note)
    await ben.submits()
    await town.sees(ben, "Your note: ")
    for word in ("start", "summary", "close", f"summary {name[:40]}", "checkin", "pause", "resume", "skip", name):
        await town.manages(word)
    await town.bystander.types("/maturity summary", town.bystander.dm(town.app))
    await town.close_early()
    summary = await town.summary()
    shown = await town.details(summary, ben)
    assert note.replace("*_~", "") in shown.replace("*_~", ""), "it is shown as it was typed"
    await ben.taps(summary, action_id=Do.ADOPT, value=await suggestion_of(town, "C1.1"))
    await ben.fills("action_text", note)
    await ben.submits()
    await ben.closes()
    await town.manages("actions")
    await town.manages("summary")
    await town.manager.taps(await town.sees(town.manager, "Share with", where=town.channel), action_id=Do.SHARE)
    await town.sees(ben, "Shared by", where=town.channel)

    heard = [(method, text) for method, body in said(town) for text in live(body)]
    assert len(heard) > 100
    assert [(method, text) for method, text in heard if PING.search(text)] == []
