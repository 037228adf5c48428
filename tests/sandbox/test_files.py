"""Files: uploading, sharing, and pictures in messages."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import App, Channel, Person, Sandbox, Workspace
from tests.sandbox.receiver import refused

PNG = b"\x89PNG\r\n\x1a\n and the rest of a picture"


def picture(file_id: str) -> dict[str, object]:
    return {"type": "image", "alt_text": "Levels of the team", "slack_file": {"id": file_id}}


async def test_an_upload_shared_into_a_channel_is_seen_by_its_people_alone(
    client: AsyncWebClient, city: Workspace, channel: Channel, ana: Person
) -> None:
    stranger = city.add_person(name="Stranger")
    answer = await client.files_upload_v2(
        content=PNG,
        filename="levels.png",
        title="Levels",
        alt_txt="A chart",
        channel=channel.id,
        initial_comment="Look",
    )
    (message,) = ana.sees(channel)
    assert (message.text, message.pictures) == ("Look", [PNG])
    assert stranger.sees(channel)[0].pictures == [None]
    info = (await client.files_info(file=answer["file"]["id"]))["file"]
    assert (info["mimetype"], info["alt_txt"], info["channels"]) == ("image/png", "A chart", [channel.id])


async def test_a_file_can_be_shared_into_a_thread(client: AsyncWebClient, channel: Channel, ana: Person) -> None:
    parent = await client.chat_postMessage(channel=channel.id, text="Summary")
    await client.files_upload_v2(content=PNG, filename="a.png", channel=channel.id, thread_ts=parent["ts"])
    assert [message.thread for message in ana.sees(channel)] == [None, parent["ts"]]


async def test_a_picture_in_a_message_is_blank_where_its_file_was_not_shared(
    client: AsyncWebClient, app: App, channel: Channel, ana: Person
) -> None:
    shared = await client.files_upload_v2(content=PNG, filename="a.png", channel=channel.id)
    private = await client.files_upload_v2(content=PNG, filename="b.png")
    blocks = [picture(shared["file"]["id"]), picture(private["file"]["id"])]
    await client.chat_postMessage(channel=ana.id, text="Two pictures", blocks=blocks)
    (message,) = ana.sees(app)
    assert message.pictures == [PNG, None]
    assert message.shown == "[image: Levels of the team]\n[image: Levels of the team]"


async def test_a_picture_needs_a_file_that_is_complete_processed_and_the_app_s_own(
    sandbox: Sandbox, client: AsyncWebClient, city: Workspace, channel: Channel
) -> None:
    async def error(file_id: str) -> str:
        body = await refused(client.chat_postMessage(channel=channel.id, text="Hi", blocks=[picture(file_id)]))
        assert body["response_metadata"]["messages"] == [
            "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"
        ]
        code: str = body["error"]
        return code

    assert await error("F0NOWHERE") == "invalid_blocks"
    begun = await client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    assert await error(begun["file_id"]) == "invalid_blocks"
    sandbox.file_processing = 3600.0
    slow = await client.files_upload_v2(content=PNG, filename="a.png")
    assert await error(slow["file"]["id"]) == "invalid_blocks"
    assert (await client.files_info(file=slow["file"]["id"]))["file"]["mimetype"] == ""
    sandbox.file_processing = 0.0
    other = sandbox.add_app(name="Other", scopes=["files:write"]).install(city)
    theirs = await AsyncWebClient(token=other.bot_token, base_url=f"{sandbox.url}/api/").files_upload_v2(
        content=PNG, filename="a.png"
    )
    assert await error(theirs["file"]["id"]) == "invalid_blocks"
    unseen = client.files_info(file=theirs["file"]["id"])
    assert (await refused(unseen))["error"] == "file_not_found"


async def test_an_upload_url_takes_exactly_the_announced_bytes_once(client: AsyncWebClient) -> None:
    begun = await client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    async with aiohttp.ClientSession() as session:
        async with session.post(begun["upload_url"], data=PNG[:-1]) as short:
            assert short.status == 400
        again = await client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
        form = aiohttp.FormData()
        form.add_field("file", PNG, filename="a.png")
        async with session.post(again["upload_url"], data=form) as multipart:
            assert multipart.status == 200
        async with session.post(again["upload_url"], data=PNG) as second:
            assert second.status == 404
    unfinished = client.files_completeUploadExternal(files=[{"id": begun["file_id"]}])
    assert (await refused(unfinished))["error"] == "file_not_found"
    assert (await client.files_completeUploadExternal(files=[{"id": again["file_id"]}]))["ok"] is True


async def test_what_slack_refuses_of_uploads_is_refused(client: AsyncWebClient, city: Workspace, ana: Person) -> None:
    empty = client.files_getUploadURLExternal(filename="a.png", length=0)
    assert (await refused(empty))["error"] == "missing_argument"
    wordy = client.files_getUploadURLExternal(filename="a.png", length=1, alt_txt="x" * 1001)
    assert (await refused(wordy))["error"] == "alt_txt_too_large"
    elsewhere = city.add_channel("elsewhere", members=[ana])
    outside = client.files_upload_v2(content=PNG, filename="a.png", channel=elsewhere.id)
    assert (await refused(outside))["error"] == "not_in_channel"
    nowhere = client.files_upload_v2(content=PNG, filename="a.png", channel="C0NOWHERE")
    assert (await refused(nowhere))["error"] == "channel_not_found"


@pytest.mark.parametrize(("file_id", "status"), [("known", 200), ("F0NOWHERE", 404)])
async def test_files_can_be_looked_at_in_a_browser(
    sandbox: Sandbox, client: AsyncWebClient, file_id: str, status: int
) -> None:
    uploaded = await client.files_upload_v2(content=PNG, filename="a.png")
    wanted = uploaded["file"]["id"] if file_id == "known" else file_id
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.url}/files/{wanted}") as response:
        assert response.status == status
        assert (await response.read() == PNG) is (status == 200)


async def test_an_upload_whose_reply_is_lost_is_there_all_the_same(sandbox: Sandbox, client: AsyncWebClient) -> None:
    begun = await client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    sandbox.faults.add(method="upload", kind="ratelimited", retry_after=7)
    sandbox.faults.add(method="upload", kind="lose_reply")
    async with aiohttp.ClientSession() as session:
        async with session.post(begun["upload_url"], data=PNG) as held_back:
            assert (held_back.status, held_back.headers["Retry-After"]) == (429, "7")
        with pytest.raises(aiohttp.ClientError):
            await session.post(begun["upload_url"], data=PNG)
    assert (await client.files_completeUploadExternal(files=[{"id": begun["file_id"]}]))["ok"] is True


async def test_a_workspace_may_take_no_files(client: AsyncWebClient, city: Workspace) -> None:
    city.refuses_files = "file_uploads_disabled"
    begun = client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    assert (await refused(begun))["error"] == "file_uploads_disabled"


async def test_what_was_shared_is_in_the_history_with_its_file(client: AsyncWebClient, app: App, ana: Person) -> None:
    dm = (await client.conversations_open(users=[ana.id]))["channel"]["id"]
    begun = await client.files_upload_v2(content=b"a,b", filename="a.csv", channel=dm, initial_comment="Look")
    (message,) = (await client.conversations_history(channel=dm))["messages"]
    assert [file["id"] for file in message["files"]] == [begun["file"]["id"]]
    (seen,) = ana.sees(app)
    assert seen.files == {"a.csv": b"a,b"}
