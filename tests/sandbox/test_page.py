"""What the page in the browser is told and may do, over its own API."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from bot.sandbox import App, Channel, Installation, NotNow, Person, Sandbox
from tests.sandbox.receiver import Receiver

PATIENCE = 300.0
"""Seconds for an answer: no busy machine takes as long."""


class Page:
    """A client that behaves as the page does in a browser."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._url = sandbox.url

    async def post(self, path: str, given: Any, **headers: str) -> httpx.Response:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            return await client.post(self._url + path, json=given, headers={"Origin": self._url, **headers})

    async def does(self, person: Person, what: str, **given: Any) -> httpx.Response:
        return await self.post("/page/do", {"person": person.id, "do": what, **given})

    async def pictures(self, person: Person | None = None, place: str = "") -> AsyncIterator[dict[str, Any]]:
        """What is shown, now and after each change."""
        asked = {"person": person.id if person else "", "place": place}
        async with (
            httpx.AsyncClient(timeout=PATIENCE) as client,
            client.stream("GET", f"{self._url}/page/updates", params=asked) as lines,
        ):
            async for line in lines.aiter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))

    async def sees(self, person: Person | None = None, place: str = "") -> dict[str, Any]:
        async with aclosing(self.pictures(person, place)) as pictures:  # type: ignore[type-var]
            return await anext(pictures)


@pytest.fixture
def page(sandbox: Sandbox) -> Page:
    return Page(sandbox)


async def test_an_empty_sandbox_has_nothing_to_show(page: Page) -> None:
    assert (await page.sees())["workspace"] is None
    assert (await page.post("/page/do", {"person": "U1", "do": "writes"})).status_code == 400


async def test_a_person_sees_what_their_client_shows(page: Page, channel: Channel, ana: Person, ben: Person) -> None:
    wim = ana.workspace.add_person(name="Wim", is_restricted=True)
    secret = ana.workspace.add_channel("secret", members=[ben], is_private=True)
    ana.says("Hello", channel)
    shown = await page.sees(ana, channel.id)
    assert [one["text"] for one in shown["place"]["messages"]] == ["Hello"]
    assert [(one["name"], one["role"]) for one in shown["people"]] == [
        ("Ana Ruiz", "admin"), ("Ben Okafor", "member"), ("Wim", "guest"),
    ]  # fmt: skip
    assert [one["name"] for one in shown["channels"]] == ["permits-online"]
    assert (await page.sees(ana, secret.id))["place"] is None
    assert (await page.sees(wim))["channels"] == []
    assert (await page.sees(wim, channel.id))["place"] is None
    assert (await page.sees(ben, secret.id))["place"]["title"] == "secret"


async def test_a_change_is_shown_as_it_happens(
    page: Page, installation: Installation, channel: Channel, ana: Person, ben: Person
) -> None:
    assert installation.bot_user_id in channel.members
    async with aclosing(page.pictures(ana, channel.id)) as pictures:  # type: ignore[type-var]
        assert (await anext(pictures))["place"]["messages"] == []
        ben.says("Good morning", channel)
        shown = await asyncio.wait_for(anext(pictures), PATIENCE)
        assert [one["text"] for one in shown["place"]["messages"]] == ["Good morning"]


async def test_people_write_join_and_send_commands(
    page: Page, channel: Channel, ana: Person, ben: Person, receiver: Receiver
) -> None:
    eli = ana.workspace.add_person(name="Eli")
    assert (await page.does(eli, "writes", channel=channel.id, text="Hi")).status_code == 409
    assert (await page.does(eli, "joins", channel=channel.id)).is_success
    assert (await page.does(eli, "writes", channel=channel.id, text="Hi")).is_success
    assert [one.text for one in ben.sees(channel)] == ["Hi"]
    done = await page.does(ana, "writes", channel=channel.id, text="/maturity setup")
    assert done.json() == {"status": 200, "error": None}
    assert receiver.bodies[-1]["text"] == "setup"
    assert (await page.does(ana, "writes", channel=channel.id, text=" ")).status_code == 400
    assert (await page.does(ana, "writes", channel="C0", text="Hi")).json() == {"error": "That isn't there any more."}
    hidden = ana.workspace.add_channel("hidden", members=[ana], is_private=True)
    assert (await page.does(ben, "joins", channel=hidden.id)).status_code == 409


async def test_home_is_told_that_it_was_opened(
    page: Page, app: App, channel: Channel, ana: Person, receiver: Receiver
) -> None:
    assert ana.id in channel.members
    assert (await page.does(ana, "opens_home", app=app.id)).is_success
    assert receiver.bodies[-1]["event"]["type"] == "app_home_opened"
    assert (await page.sees(ana, f"home:{app.id}"))["place"] == {
        "kind": "home", "id": f"home:{app.id}", "title": "Check-in", "view": None,
    }  # fmt: skip
    assert (await page.sees(ana, "home:A0"))["place"] is None
    assert (await page.does(ana, "opens_home", app="A0")).status_code == 409


@pytest.mark.parametrize("path", ["/page/do", "/page/stage", "/page/switch"])
async def test_nobody_but_the_page_itself_is_answered(sandbox: Sandbox, page: Page, path: str) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        foreign = {"Origin": "https://elsewhere.example"}
        assert (await client.post(sandbox.url + path, json={}, headers=foreign)).status_code == 403
        assert (await client.post(sandbox.url + path, json={})).status_code == 403
    rebound = {"Host": "elsewhere.example", "Origin": "http://elsewhere.example"}
    assert (await page.post(path, {}, **rebound)).status_code == 403


@pytest.mark.parametrize("path", ["/", "/page/updates", "/page/calls", "/transcript", "/transcript.txt"])
async def test_a_name_that_was_made_to_lead_here_gets_nothing(sandbox: Sandbox, path: str) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        assert (await client.get(sandbox.url + path, headers={"Host": "elsewhere.example"})).status_code == 403


@pytest.mark.parametrize("path", ["/page/do", "/page/switch"])
async def test_what_is_no_request_of_the_page_is_refused_in_a_sentence(
    sandbox: Sandbox, page: Page, channel: Channel, ana: Person, path: str
) -> None:
    assert ana.id in channel.members
    assert (await page.post(path, [])).status_code == 400
    assert (await page.post(path, {"person": ana.id, "do": "flies", "kind": "flood"})).status_code == 400
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        broken = await client.post(sandbox.url + path, content=b"{", headers={"Origin": sandbox.url})
    assert broken.json() == {"error": "The body isn't a JSON object."}


async def test_a_fault_is_on_until_it_is_turned_off(
    page: Page, sandbox: Sandbox, installation: Installation, channel: Channel, ana: Person
) -> None:
    assert (await page.post("/page/switch", {"kind": "server_error"})).is_success
    assert (await page.sees(ana))["fault"] == "server_error"

    async def post() -> int:
        async with httpx.AsyncClient(
            timeout=PATIENCE, headers={"Authorization": f"Bearer {installation.bot_token}"}
        ) as client:
            url = f"{sandbox.url}/api/chat.postMessage"
            return (await client.post(url, json={"channel": channel.id, "text": "x"})).status_code

    assert [await post() for _ in range(6)] == [503, 200, 503, 200, 503, 200]
    assert (await page.post("/page/switch", {"kind": None})).is_success
    assert (await page.sees(ana))["fault"] is None
    assert [await post() for _ in range(3)] == [200, 200, 200]


async def test_what_went_over_the_wire_is_shown_without_secrets(
    page: Page, sandbox: Sandbox, channel: Channel, ana: Person, app: App
) -> None:
    await page.does(ana, "writes", channel=channel.id, text="/maturity help")
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        told = (await client.get(f"{sandbox.url}/page/calls?from=0")).json()
        assert [one["method"] for one in told["calls"]] == ["/maturity"]
        assert app.verification_token not in json.dumps(told)
        assert (await client.get(f"{sandbox.url}/page/calls?from=1")).json() == {"start": 1, "calls": []}
        assert (await client.get(f"{sandbox.url}/page/calls?from=x")).json()["start"] == 0


class Still:
    """A stage on which one thing can be done."""

    def __init__(self) -> None:
        self.busy: str | None = None
        self.done: list[str] = []

    async def describe(self) -> dict[str, Any]:
        return {"title": "Still"}

    async def do(self, what: str, given: dict[str, Any]) -> None:
        if what != "next":
            raise NotNow("That can't be done here.")
        self.done.append(given["do"])


async def test_a_stage_is_shown_asked_and_waited_for(
    page: Page, sandbox: Sandbox, channel: Channel, ana: Person
) -> None:
    assert (await page.post("/page/stage", {"do": "next"})).status_code == 404
    stage = sandbox.stage = Still()
    assert (await page.sees(ana))["stage"] == {"busy": None, "title": "Still"}
    assert (await page.post("/page/stage", {"do": "next"})).is_success
    assert (await page.post("/page/stage", [])).status_code == 400
    assert (await page.post("/page/stage", {"do": "fly"})).json() == {"error": "That can't be done here."}
    assert stage.done == ["next"]
    stage.busy = "A moment."
    assert (await page.does(ana, "writes", channel=channel.id, text="Hi")).json() == {"error": "A moment."}
