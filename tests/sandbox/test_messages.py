"""Messages through the Web API: what is refused, what stays, what people see."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import App, Channel, Installation, Person, Sandbox, Workspace
from tests.sandbox.receiver import Clock, buttons, refused, section

METADATA = {"event_type": "maturity_delivery", "event_payload": {"delivery_id": "7"}}


async def test_people_in_the_channel_read_what_the_bot_posts(
    client: AsyncWebClient, channel: Channel, ana: Person, clock: Clock
) -> None:
    posted = await client.chat_postMessage(channel=channel.id, text="Hello", blocks=[section("Hello *all*")])
    (message,) = ana.sees(channel)
    assert (message.text, message.author, message.ts) == ("Hello", "Check-in", posted["ts"])
    assert message.blocks[0]["block_id"]
    assert float(message.ts) == clock.now.timestamp()


async def test_timestamps_are_unique_while_the_clock_stands_still(client: AsyncWebClient, channel: Channel) -> None:
    stamps = [(await client.chat_postMessage(channel=channel.id, text=str(number)))["ts"] for number in range(3)]
    assert stamps == sorted(set(stamps))


async def test_a_person_s_id_means_the_direct_message_with_them(
    client: AsyncWebClient, app: App, ana: Person, ben: Person
) -> None:
    posted = await client.chat_postMessage(channel=ana.id, text="For you")
    assert posted["channel"] == ana.dm(app).id
    assert [message.text for message in ana.sees(app)] == ["For you"]
    assert ben.sees(ana.dm(app)) == []


async def test_a_public_channel_without_the_bot_refuses(client: AsyncWebClient, city: Workspace, ana: Person) -> None:
    elsewhere = city.add_channel("elsewhere", members=[ana])
    body = await refused(client.chat_postMessage(channel=elsewhere.id, text="Hi"))
    assert body["error"] == "not_in_channel"


async def test_with_chat_write_public_it_takes_the_message(sandbox: Sandbox, city: Workspace, ana: Person) -> None:
    elsewhere = city.add_channel("elsewhere", members=[ana])
    installation = sandbox.add_app(name="Loud", scopes=["chat:write", "chat:write.public"]).install(city)
    client = AsyncWebClient(token=installation.bot_token, base_url=f"{sandbox.url}/api/")
    await client.chat_postMessage(channel=elsewhere.id, text="Hi")
    assert [message.text for message in ana.sees(elsewhere)] == ["Hi"]


async def test_a_private_channel_without_the_bot_does_not_exist_for_it(
    client: AsyncWebClient, city: Workspace, ana: Person
) -> None:
    secret = city.add_channel("secret", members=[ana], is_private=True)
    assert (await refused(client.chat_postMessage(channel=secret.id, text="Hi")))["error"] == "channel_not_found"
    assert (await refused(client.chat_postMessage(channel="C0NOWHERE", text="Hi")))["error"] == "channel_not_found"


async def test_another_workspace_s_channel_does_not_exist(sandbox: Sandbox, app: App, client: AsyncWebClient) -> None:
    county = sandbox.add_workspace(name="County", domain="county")
    foreign = county.add_channel("roads", members=[app.install(county)])
    assert (await refused(client.chat_postMessage(channel=foreign.id, text="Hi")))["error"] == "channel_not_found"


async def test_an_archived_channel_takes_nothing_and_changes_nothing(client: AsyncWebClient, channel: Channel) -> None:
    posted = await client.chat_postMessage(channel=channel.id, text="Before")
    channel.archive()
    assert (await refused(client.chat_postMessage(channel=channel.id, text="Hi")))["error"] == "is_archived"
    change = client.chat_update(channel=channel.id, ts=posted["ts"], text="After")
    assert (await refused(change))["error"] == "is_inactive"


async def test_bots_get_no_direct_messages(client: AsyncWebClient, city: Workspace) -> None:
    machine = city.add_person(name="Other bot", is_bot=True)
    assert (await refused(client.chat_postMessage(channel=machine.id, text="Hi")))["error"] == "cannot_dm_bot"
    assert (await refused(client.conversations_open(users=[machine.id])))["error"] == "cannot_dm_bot"


async def test_without_a_messages_tab_nobody_gets_direct_messages(
    client: AsyncWebClient, app: App, ana: Person
) -> None:
    app.messages_tab_enabled = False
    assert (await refused(client.chat_postMessage(channel=ana.id, text="Hi")))["error"] == "messages_tab_disabled"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, "no_text"),
        ({"blocks": "not a list"}, "invalid_blocks_format"),
        ({"blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"text": "Hi", "metadata": {"event_type": "x"}}, "invalid_metadata_schema"),
    ],
    ids=["nothing to say", "no list of blocks", "a section too long", "metadata without a payload"],
)
async def test_content_that_slack_would_refuse_is_refused(
    client: AsyncWebClient, channel: Channel, content: dict[str, Any], error: str
) -> None:
    body = await refused(client.api_call("chat.postMessage", json={"channel": channel.id, **content}))
    assert body["error"] == error
    assert body["response_metadata"]["messages"]
    assert channel.messages == {}


async def test_metadata_come_back_only_to_an_app_that_asks(
    client: AsyncWebClient, channel: Channel, ana: Person
) -> None:
    await client.chat_postMessage(channel=channel.id, text="Hi", metadata=METADATA)
    asked = await client.conversations_history(channel=channel.id, include_all_metadata=True)
    assert asked["messages"][0]["metadata"] == METADATA
    assert "metadata" not in (await client.conversations_history(channel=channel.id))["messages"][0]
    assert ana.sees(channel)[0].metadata is None


async def test_an_edit_keeps_what_it_leaves_out(client: AsyncWebClient, channel: Channel, ana: Person) -> None:
    posted = await client.chat_postMessage(
        channel=channel.id, text="One", blocks=[section("One", block_id="b")], metadata=METADATA
    )
    await client.chat_update(channel=channel.id, ts=posted["ts"], text="Two")
    (message,) = ana.sees(channel)
    assert (message.text, message.ts, message.edited) == ("Two", posted["ts"], True)
    assert message.blocks[0]["block_id"] == "b"
    await client.chat_update(channel=channel.id, ts=posted["ts"], text="Three", blocks=[], metadata={})
    (stored,) = (await client.conversations_history(channel=channel.id, include_all_metadata=True))["messages"]
    assert "blocks" not in stored
    assert "metadata" not in stored


async def test_only_its_own_messages_can_an_app_change_or_delete(
    client: AsyncWebClient, channel: Channel, ana: Person
) -> None:
    written = ana.says("Mine", channel)
    change = client.chat_update(channel=channel.id, ts=written.ts, text="Yours")
    assert (await refused(change))["error"] == "cant_update_message"
    removal = client.chat_delete(channel=channel.id, ts=written.ts)
    assert (await refused(removal))["error"] == "cant_delete_message"
    absent = client.chat_update(channel=channel.id, ts="1.000001", text="Nobody's")
    assert (await refused(absent))["error"] == "message_not_found"


async def test_a_deleted_message_is_gone_for_everybody(client: AsyncWebClient, channel: Channel, ana: Person) -> None:
    posted = await client.chat_postMessage(channel=channel.id, text="Oops")
    await client.chat_delete(channel=channel.id, ts=posted["ts"])
    assert ana.sees(channel) == []
    assert (await client.conversations_history(channel=channel.id))["messages"] == []
    again = client.chat_delete(channel=channel.id, ts=posted["ts"])
    assert (await refused(again))["error"] == "message_not_found"


async def test_an_ephemeral_message_is_one_person_s_until_they_reload(
    client: AsyncWebClient, channel: Channel, ana: Person, ben: Person
) -> None:
    await client.chat_postMessage(channel=channel.id, text="First")
    posted = await client.chat_postEphemeral(channel=channel.id, user=ana.id, text="Psst")
    await client.chat_postMessage(channel=channel.id, text="Last")
    assert [(message.text, message.ephemeral) for message in ana.sees(channel)] == [
        ("First", False),
        ("Psst", True),
        ("Last", False),
    ]
    assert [message.text for message in ben.sees(channel)] == ["First", "Last"]
    assert len((await client.conversations_history(channel=channel.id))["messages"]) == 2
    change = client.chat_update(channel=channel.id, ts=posted["message_ts"], text="Pssst")
    assert (await refused(change))["error"] == "message_not_found"
    ana.reloads()
    assert [message.text for message in ana.sees(channel)] == ["First", "Last"]


async def test_nobody_outside_the_channel_gets_an_ephemeral_message(
    client: AsyncWebClient, channel: Channel, city: Workspace
) -> None:
    stranger = city.add_person(name="Stranger")
    call = client.chat_postEphemeral(channel=channel.id, user=stranger.id, text="Psst")
    assert (await refused(call))["error"] == "user_not_in_channel"


async def test_replies_belong_to_their_thread(client: AsyncWebClient, channel: Channel, ana: Person) -> None:
    parent = await client.chat_postMessage(channel=channel.id, text="Parent")
    reply = await client.chat_postMessage(channel=channel.id, text="Reply", thread_ts=parent["ts"])
    history = await client.conversations_history(channel=channel.id)
    assert [message["text"] for message in history["messages"]] == ["Parent"]
    thread = await client.conversations_replies(channel=channel.id, ts=parent["ts"])
    assert [message["text"] for message in thread["messages"]] == ["Parent", "Reply"]
    assert [message.thread for message in ana.sees(channel)] == [None, parent["ts"]]
    link = await client.chat_getPermalink(channel=channel.id, message_ts=reply["ts"])
    assert link["permalink"].endswith(f"?thread_ts={parent['ts']}&cid={channel.id}")
    orphan = client.chat_postMessage(channel=channel.id, text="Reply", thread_ts="1.000001")
    assert (await refused(orphan))["error"] == "thread_not_found"
    missing = client.conversations_replies(channel=channel.id, ts="1.000001")
    assert (await refused(missing))["error"] == "thread_not_found"


async def test_history_pages_from_new_to_old_without_gap_or_double(client: AsyncWebClient, channel: Channel) -> None:
    for number in range(7):
        await client.chat_postMessage(channel=channel.id, text=str(number))
    texts: list[str] = []
    cursor = None
    while cursor != "":
        page = await client.conversations_history(channel=channel.id, limit=3, cursor=cursor)
        texts += [message["text"] for message in page["messages"]]
        cursor = (page.get("response_metadata") or {"next_cursor": ""})["next_cursor"]
    assert texts == ["6", "5", "4", "3", "2", "1", "0"]
    wrong = client.conversations_history(channel=channel.id, cursor="bm9uc2Vuc2U=")
    assert (await refused(wrong))["error"] == "invalid_cursor"


async def test_history_keeps_to_its_bounds(client: AsyncWebClient, channel: Channel) -> None:
    stamps = [(await client.chat_postMessage(channel=channel.id, text=str(number)))["ts"] for number in range(4)]

    async def between(**bounds: Any) -> list[str]:
        answer = await client.conversations_history(channel=channel.id, **bounds)
        return [message["text"] for message in answer["messages"]]

    assert await between(oldest=stamps[1], latest=stamps[3]) == ["2"]
    assert await between(oldest=stamps[1], latest=stamps[3], inclusive=True) == ["3", "2", "1"]
    assert await between(oldest=str(int(float(stamps[0])) - 5)) == ["3", "2", "1", "0"]
    wrong = client.conversations_history(channel=channel.id, oldest="yesterday")
    assert (await refused(wrong))["error"] == "invalid_ts_oldest"


async def test_blocks_alone_get_a_text_that_says_so(
    client: AsyncWebClient, channel: Channel, installation: Installation
) -> None:
    answer = await client.api_call("chat.postMessage", json={"channel": channel.id, "blocks": [buttons("b", go="Go")]})
    assert answer["message"]["text"] == "This content can't be displayed."
    assert answer["message"]["bot_id"] == installation.bot_id
