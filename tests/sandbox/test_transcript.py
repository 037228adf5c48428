"""What is left to read afterwards: the transcript, its page, and the traffic."""

import json
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import App, Channel, Person, Sandbox, transcript
from tests.sandbox.receiver import Clock, Receiver, buttons, option, radio, section, text_input


async def page(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.text()


async def test_the_transcript_reads_like_the_channel(
    sandbox: Sandbox, client: AsyncWebClient, app: App, channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    ana.says("Shall we?", channel)
    receiver.says(text=f"Asking <@{ben.id}> &amp; you in <#{channel.id}>")
    await ana.types("/maturity start", channel)
    receiver.answers = None
    posted = await client.chat_postMessage(
        channel=ana.id,
        text="Questions",
        blocks=[
            {"type": "header", "text": {"type": "plain_text", "text": "Check-in"}},
            section("See <https://example.org|the model>"),
            radio("a", "1", "2"),
            buttons("b", done="Done", skip="Skip"),
            {"type": "divider"},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "until <!date^1^{date}|Friday>"}]},
            {"type": "image", "alt_text": "A chart", "image_url": "https://example.org/a.png"},
        ],
    )
    await ana.taps(ana.sees(app)[0], action_id="level", value="2")
    lines = transcript(sandbox).splitlines()
    assert lines == [
        "2026-11-02 15:00  #permits-online  Ana Ruiz",
        "    Shall we?",
        "",
        "2026-11-02 15:00  #permits-online  ana types /maturity start",
        "",
        "2026-11-02 15:00  #permits-online  Check-in  (only visible to ana)",
        "    Asking @ben & you in #permits-online",
        "",
        "2026-11-02 15:00  @check-in, @ana  Check-in",
        "    # Check-in",
        "    See the model (https://example.org)",
        "    ( ) Level 1",
        "    (•) Level 2",
        "    [Done] [Skip]",
        "    ────────────────────────",
        "    until Friday",
        "    [image: A chart]",
        "",
        "2026-11-02 15:00  @check-in, @ana  ana chooses Level 2",
    ]
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Thanks", blocks=[])
    assert transcript(sandbox).splitlines()[-2:] == [
        "2026-11-02 15:00  @check-in, @ana  Check-in  (edited)",
        "    Thanks",
    ]


async def test_the_transcript_shows_modals_with_what_is_in_them(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    await ana.types("/maturity setup", channel)
    select = {"type": "static_select", "action_id": "often", "options": [option("1"), option("2")]}
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Set up"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [
            text_input("name", block={"optional": True, "hint": {"type": "plain_text", "text": "Any name"}}),
            section("How often", accessory=select, block_id="o"),
        ],
    }
    await client.views_open(trigger_id=receiver.bodies[-1]["trigger_id"], view=view)
    await ana.fills("name", "Permits")
    await ana.fills("often", "2")
    lines = transcript(sandbox).splitlines()
    assert "2026-11-02 15:00  Check-in  (a modal, only visible to ana)" in lines
    start = lines.index("    Set up")
    assert lines[start : start + 7] == [
        "    Set up",
        "    Name (optional)",
        "    [Permits]",
        "      Any name",
        "    How often",
        "    [Level 2 ▾]",
        "    [Save]",
    ]


async def test_the_page_escapes_what_people_write(sandbox: Sandbox, channel: Channel, ana: Person) -> None:
    assert "Nothing has happened yet." in await page(f"{sandbox.url}/transcript")
    ana.says("&lt;script&gt;alert(1)&lt;/script&gt;", channel)
    shown = await page(f"{sandbox.url}/transcript")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>" not in shown
    assert "<script>alert(1)</script>" in await page(f"{sandbox.url}/transcript.txt")


async def test_the_page_shows_the_pictures(sandbox: Sandbox, client: AsyncWebClient, channel: Channel) -> None:
    uploaded = await client.files_upload_v2(content=b"x", filename="a.png", alt_txt='A "chart"', channel=channel.id)
    shown = await page(f"{sandbox.url}/transcript")
    assert f'<img src="/files/{uploaded["file"]["id"]}" alt="A &quot;chart&quot;">' in shown


async def test_waiting_in_vain_shows_what_people_see(sandbox: Sandbox, channel: Channel, ana: Person) -> None:
    ana.says("Nobody answers", channel)
    with pytest.raises(TimeoutError, match="Nobody answers"):
        await sandbox.until(lambda: len(ana.sees(channel)) > 1, timeout=0.01)


async def test_waiting_in_vain_shows_the_modals_that_are_open(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    await ana.types("/maturity setup", channel)
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Set up"}, "blocks": [section("One moment")]}
    await client.views_open(trigger_id=receiver.bodies[-1]["trigger_id"], view=view)
    with pytest.raises(TimeoutError, match=r"open before ana:\n    One moment\nlast calls: http /maturity 200"):
        await sandbox.until(lambda: not ana.modals, timeout=0.01)


async def test_an_earlier_state_of_a_modal_stays_in_the_transcript(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    await ana.types("/maturity setup", channel)
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Set up"}, "blocks": [section("One moment")]}
    opened = await client.views_open(trigger_id=receiver.bodies[-1]["trigger_id"], view=view)
    await client.views_update(view_id=opened["view"]["id"], view=view | {"blocks": [section("Here it is")]})
    lines = transcript(sandbox).splitlines()
    assert lines.index("    One moment") < lines.index("    Here it is")


async def test_a_deleted_message_and_a_thread_are_marked(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel
) -> None:
    parent = await client.chat_postMessage(channel=channel.id, text="Parent")
    await client.chat_postMessage(channel=channel.id, text="Reply", thread_ts=parent["ts"])
    await client.chat_delete(channel=channel.id, ts=parent["ts"])
    heads = [line for line in transcript(sandbox).splitlines() if line.startswith("2026")]
    assert heads == [
        "2026-11-02 15:00  #permits-online  Check-in",
        "2026-11-02 15:00  #permits-online  Check-in  (in a thread)",
        "2026-11-02 15:00  #permits-online  Check-in  (deleted)",
    ]


async def test_waiting_ends_when_it_has_happened(
    sandbox: Sandbox, client: AsyncWebClient, channel: Channel, ana: Person
) -> None:
    await client.chat_postMessage(channel=channel.id, text="Hello")
    (message,) = await sandbox.until(lambda: ana.sees(channel))
    assert message.text == "Hello"


# slack_sdk still sends Basic credentials through aiohttp's old class.
@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_the_traffic_has_every_exchange_and_no_secret(clock: Clock, tmp_path: Path, receiver: Receiver) -> None:
    path = tmp_path / "traffic.jsonl"
    sandbox = Sandbox(clock=clock, traffic=path)
    city = sandbox.add_workspace(name="City", domain="city")
    ana = city.add_person(name="Ana")
    app = sandbox.add_app(
        name="Check-in",
        scopes=["chat:write"],
        commands=["/maturity"],
        request_url=receiver.url,
        redirect_urls=["https://"],
    )
    installation = app.install(city)
    async with sandbox.serve():
        client = AsyncWebClient(token=installation.bot_token, base_url=f"{sandbox.url}/api/")
        await client.chat_postMessage(channel=ana.id, text=f"My token is {installation.bot_token}")
        await client.apps_connections_open(app_token=app.app_token)
        await ana.types("/maturity help", app)
        code = sandbox.grants.issue(app, city, person=ana, scopes=("chat:write",), redirect_uri="https://app.example")
        await client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=code)
    written = path.read_text()
    records = [json.loads(line) for line in written.splitlines()]
    assert records == sandbox.traffic.records
    assert [(one["direction"], one["method"], one["status"]) for one in records] == [
        ("api", "chat.postMessage", 200),
        ("api", "apps.connections.open", 200),
        ("http", "/maturity", 200),
        ("api", "oauth.v2.access", 200),
    ]
    for secret in (installation.bot_token, app.app_token, app.client_secret, app.verification_token, code):
        assert secret not in written
    assert "ticket=[redacted]" in written
    assert sandbox.traffic.of("/maturity") == [records[2]]
