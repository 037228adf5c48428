"""Many workspaces: each installs the app in a browser, does its job, and sees nothing of the others."""

import html
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.sandbox import Person
from bot.slack.ids import Do
from tests.journeys.city import NAMES, City
from tests.journeys.test_each_verdict_through_each_call import WORDS
from tests.processes.program import PATIENCE, Program, ended, program
from tests.processes.town import Town, rows, town, within
from tests.storage.builders import on_sqlite

pytestmark = on_sqlite
LEVELS = [2, 2, 2, 2, 2]


class Browser:
    """A person's browser at the app's pages; cookies go by hand, since ours aren't behind TLS."""

    def __init__(self, address: str) -> None:
        self._http = httpx.AsyncClient(base_url=address, timeout=PATIENCE)
        self.cookie = ""

    async def starts(self, **query: str) -> str:
        """Open the page with the button, and return where the button leads."""
        page = await self._http.get("/slack/install", params=query)
        assert page.status_code == 200
        self.cookie = page.headers["set-cookie"].split(";")[0]
        found = re.search(r'<a href="([^"]+)"', page.text)
        assert found, page.text
        return found[1].replace("&amp;", "&")

    async def consents(self, link: str, **query: str) -> str:
        """Follow the button to Slack and say yes; where Slack sends the browser back to."""
        answer = await self._http.get(httpx.URL(link).copy_merge_params(query))
        assert answer.status_code == 302, answer.text
        return str(answer.headers["location"])

    async def returns(self, location: str, *, cookie: str | None = None) -> httpx.Response:
        return await self._http.get(location, headers={"Cookie": self.cookie if cookie is None else cookie})

    async def installs(self, city: City) -> httpx.Response:
        link = await self.starts()
        return await self.returns(await self.consents(link, team=city.workspace.id))

    async def closes(self) -> None:
        await self._http.aclose()


def files_in(directory: Path) -> bytes:
    """Every byte of the database, what SQLite keeps beside it included."""
    return b"".join(path.read_bytes() for path in directory.glob("maturity.db*"))


@contextmanager
def not_installed_yet(here: City) -> Iterator[None]:
    """Take back what a city comes with: its app is installed in the browser."""
    here.installation.ended = "token_revoked"
    here.installation.bot_token = ""
    yield


@asynccontextmanager
async def country(directory: Path) -> AsyncIterator[tuple[Town, City, dict[str, str]]]:
    """Two cities on one Slack that haven't installed the app, and the environment for both."""
    async with town(directory) as first:
        workspace = first.sandbox.add_workspace(name="Other", domain="other")
        second = City(sandbox=first.sandbox, clock=first.clock, app=first.app, workspace=workspace, names=NAMES)
        environment = first.environment(
            f"sqlite:///{directory / 'maturity.db'}",
            SLACK_BOT_TOKEN="",
            SLACK_CLIENT_ID=first.app.client_id,
            SLACK_CLIENT_SECRET=first.app.client_secret,
            SLACK_AUTHORIZE_URL=f"{first.sandbox.url}/oauth/v2/authorize",
            MATURITY_ENCRYPTION_KEY=Fernet.generate_key().decode(),
        )
        with not_installed_yet(first), not_installed_yet(second):
            yield first, second, environment


@asynccontextmanager
async def browser(here: Town, started: Program) -> AsyncIterator[Browser]:
    here.send_to(started)
    here.app.redirect_urls = (f"{started.address}/slack/oauth_redirect",)
    opened = Browser(started.address)
    try:
        yield opened
    finally:
        await opened.closes()


async def test_two_workspaces_install_work_and_see_nothing_of_each_other(database_url: str, tmp_path: Path) -> None:
    async with (
        country(tmp_path) as (first, second, environment),
        program("run", environment=environment, directory=tmp_path) as started,
        browser(first, started) as opened,
    ):
        for city in (first, second):
            page = await opened.installs(city)
            assert page.status_code == 200, page.text
            assert "Thank you" in page.text
            await city.set_up()
            await city.opened()
            for person in city.people[:4]:
                await city.answer(person, LEVELS)
                await city.sees(person, "Thank you")
        held = await rows(database_url, "SELECT id, workspace_id FROM rounds ORDER BY id")
        round_ids = {str(workspace): int(number) for number, workspace in held}
        assert round_ids.keys() == {first.workspace.id, second.workspace.id}

        await _forge(first, second.people[4], round_ids[first.workspace.id])
        answers = await rows(database_url, "SELECT round_id, count(*) FROM answers GROUP BY round_id")
        assert sorted(answers) == [(number, 20) for number in sorted(round_ids.values())]
        states = await rows(database_url, "SELECT DISTINCT state FROM rounds")
        assert states == [("open",)]

        reply = await second.manager.types("/maturity summary permits", second.channel)
        assert first.workspace.id not in str(reply)
        await first.close_early()
        await first.sees(first.manager, "4 of 5 answered", where=first.channel)
        closing = await first.sees(first.people[0], "This round has closed. Thanks for taking part.")
        assert "<https://city.slack.com/archives/" in json.dumps(closing.blocks)
        assert not second.seen(second.manager, "4 of 5 answered", where=second.channel)
        assert await started.stop() == 0
    assert "Traceback" not in started.said


async def _forge(first: Town, stranger: Person, round_id: int) -> None:
    """Send, for a person of the other workspace, everything that could be tapped about the first one's round."""
    taps: list[dict[str, Any]] = [
        {
            "type": "radio_buttons",
            "action_id": Do.ANSWER,
            "block_id": f"answer:{round_id}:A:0:a",
            "selected_option": {"value": "4"},
        },
        *(
            {"type": "button", "action_id": each, "block_id": "b", "value": str(round_id)}
            for each in (Do.CLOSE_NOW, Do.SHARE, Do.SKIP_ROUND, Do.CHANGE_ANSWERS, Do.ADD_NOTES, Do.SHOW_CHECK_IN)
        ),
    ]
    for user_id in (stranger.id, first.people[0].id):
        for tap in taps:
            payload = {
                "type": "block_actions",
                "team": {"id": stranger.workspace.id, "domain": "other"},
                "user": {"id": user_id, "team_id": stranger.workspace.id},
                "api_app_id": first.app.id,
                "trigger_id": "1.2.3",
                "actions": [{"action_ts": "1900000000.000001", **tap}],
            }
            answer = await first.sandbox.courier.deliver(first.app, "interactive", payload)
            assert answer.status == 200, (tap, answer)


async def test_a_stored_token_is_not_to_be_read_in_the_files(database_url: str, tmp_path: Path) -> None:
    async with (
        country(tmp_path) as (first, _second, environment),
        program("run", environment=environment, directory=tmp_path) as started,
        browser(first, started) as opened,
    ):
        assert (await opened.installs(first)).status_code == 200
        assert await rows(database_url, "SELECT workspace_id FROM installations") == [(first.workspace.id,)]
        stored = files_in(tmp_path)
        assert first.workspace.id.encode() in stored
        assert first.installation.bot_token.encode() not in stored
        assert b"xoxb-" not in stored
        assert first.installation.bot_token not in started.said


async def test_who_installs_the_app_is_known_from_then_on(database_url: str, tmp_path: Path) -> None:
    async with (
        country(tmp_path) as (first, second, environment),
        program("run", environment=environment, directory=tmp_path) as started,
        browser(first, started) as opened,
    ):
        mayor = first.workspace.add_person(name="Mayor", is_admin=True)
        second.workspace.add_person(name="Mayor", is_owner=True)
        first.sandbox.faults.add(method="users.info", kind="internal_error", workspace=second.workspace)
        for city in (first, second):
            page = await opened.installs(city)
            assert "Thank you" in page.text, "an installation doesn't fail with the look-up"
        found = await rows(database_url, "SELECT workspace_id, user_id, is_admin FROM people")
        assert found == [(first.workspace.id, mayor.id, 1)]
    assert "Traceback" not in started.said


async def test_a_state_that_is_wrong_used_or_old_is_refused_with_a_page(database_url: str, tmp_path: Path) -> None:
    async with (
        country(tmp_path) as (first, _second, environment),
        program("run", environment=environment, directory=tmp_path) as started,
        browser(first, started) as opened,
    ):
        location = await opened.consents(await opened.starts(), team=first.workspace.id)
        elsewhere = await opened.returns(location, cookie="")
        made_up = await opened.returns(re.sub(r"state=[^&]+", "state=made-up", location))
        denied = await opened.returns(await opened.consents(await opened.starts(), deny="1"))
        stale = await opened.consents(await opened.starts(), team=first.workspace.id)
        first.move(minutes=11)
        late = await opened.returns(stale)
        without_code = await opened.returns(re.sub(r"code=[^&]+&", "", await _fresh(opened, first)))
        wrong_code = await opened.returns(re.sub(r"code=[^&]+", "code=somebodys.code", await _fresh(opened, first)))
        no_code = await opened.returns(re.sub(r"code=[^&]+", "code=%0Aa+line+of+its+own", await _fresh(opened, first)))
        assert await rows(database_url, "SELECT * FROM installations") == []

        location = await _fresh(opened, first)
        assert (await opened.returns(location)).status_code == 200
        again = await opened.returns(location)
        everywhere = await opened.consents(await opened.starts(), team=first.workspace.id, organisation="1")
        whole = await opened.returns(everywhere)
        forged = await opened.returns("/slack/oauth_redirect?error=<b>", cookie="")
        for page, words in {
            denied: "cancelled on Slack's page",
            late: "came back late",
            wrong_code: "Slack didn't confirm",
            no_code: "Slack didn't confirm",
            whole: "installed in each workspace by itself",
            forged: "Slack refused it (?)",
        }.items():
            assert words in html.unescape(page.text), page.text
        for page in (elsewhere, made_up, denied, late, without_code, wrong_code, no_code, again, whole, forged):
            assert page.headers["content-type"].startswith("text/html"), page
            assert page.status_code < 500, page
            assert "Thank you" not in page.text
            assert "The app was not installed" in page.text, page.text
            assert 'href="install"' in page.text
        assert "Traceback" not in started.said
        assert "line of its own" not in started.said
        assert started.said.count("Slack refused an installation") == 1
        assert "somebodys" not in started.said


async def test_an_app_whose_tokens_rotate_is_refused_at_the_install_and_known_to_the_doctor(
    database_url: str, tmp_path: Path
) -> None:
    async with country(tmp_path) as (first, second, environment):
        async with (
            program("run", environment=environment, directory=tmp_path) as started,
            browser(first, started) as opened,
        ):
            assert (await opened.installs(second)).status_code == 200
            await started.says(f"workspace {second.workspace.id} installed the app")
            first.app.rotates_tokens = True
            page = await opened.installs(first)
            assert page.status_code == 400
            assert "This app's tokens rotate" in html.unescape(page.text)
            assert "anew at Slack with token rotation off" in page.text
            assert await rows(database_url, "SELECT count(*) FROM installations") == [(1,)]
            await started.says("an installation is refused: the app has token rotation on")
            assert await started.stop() == 0
        first.sandbox.faults.add(method="auth.test", kind="refused", word="token_expired", times=1000)
        told = await ended("doctor", environment=environment, directory=tmp_path)
    assert told.code == 1
    wrong = "WRONG workspace Other: its token has run out, so the app's tokens rotate\n      Make the app anew from"
    assert wrong in told.out


async def test_whatever_slack_answers_to_an_installation_it_is_told_on_a_page_and_the_next_one_works(
    database_url: str, tmp_path: Path
) -> None:
    """One word of each verdict."""
    async with (
        country(tmp_path) as (first, _second, environment),
        program("run", environment=environment, directory=tmp_path) as started,
        browser(first, started) as opened,
    ):
        for word, _verdict in WORDS.values():
            location = await _fresh(opened, first)
            first.sandbox.faults.add(method="oauth.v2.access", kind="refused", word=word)
            page = await opened.returns(location)
            first.sandbox.faults.clear()
            assert page.status_code < 500, word
            assert "Thank you" in page.text or "The app was not installed" in page.text, word
            assert "Traceback" not in started.said, word
        assert (await opened.installs(first)).status_code == 200
        assert len(await rows(database_url, "SELECT * FROM installations")) == 1


async def test_a_link_to_the_page_asks_for_no_permissions_of_its_own(database_url: str, tmp_path: Path) -> None:
    async with (
        country(tmp_path) as (first, _second, environment),
        program("web", environment=environment, directory=tmp_path) as started,
        browser(first, started) as opened,
    ):
        usual = httpx.URL(await opened.starts()).params
        for team, asked in ((first.workspace.id, first.workspace.id), ("T1&scope=admin&redirect_uri=x", None)):
            found = httpx.URL(await opened.starts(team=team)).params
            assert found.get("team") == asked
            assert found.get_list("scope") == usual.get_list("scope")
            assert "redirect_uri" not in found
        assert await rows(database_url, "SELECT * FROM installations") == []


async def _fresh(opened: Browser, here: City) -> str:
    return await opened.consents(await opened.starts(), team=here.workspace.id)


@pytest.mark.slow
async def test_after_an_uninstall_nothing_is_sent_and_a_new_installation_works_in_every_process(
    database_url: str, tmp_path: Path
) -> None:
    async with country(tmp_path) as (first, second, environment):
        release = program("run", environment=environment, directory=tmp_path)
        async with release as once:  # brings the file up to date
            assert await once.stop() == 0
        async with (
            program("worker", environment=environment, directory=tmp_path) as worker,
            program("web", environment=environment, directory=tmp_path) as web,
            browser(first, web) as opened,
        ):
            for city in (first, second):
                city.workspace.add_person(name="Mayor", is_admin=True)
                assert (await opened.installs(city)).status_code == 200
                await city.set_up()
                await city.opened()
            before = first.installation.bot_token
            direct = {person.id: person.dm(first.app) for person in first.people}
            first.app.uninstall(first.workspace)

            async def revoked() -> bool:
                found = await rows(database_url, "SELECT id FROM workspaces WHERE revoked_at IS NOT NULL")
                return found == [(first.workspace.id,)]

            await within(PATIENCE, revoked)
            told = await ended("doctor", environment=environment, directory=tmp_path)
            assert told.code == 1
            wrong = [line for line in told.out.splitlines() if line.startswith("WRONG ")]
            assert len(wrong) == 1
            assert wrong[0].startswith(
                "WRONG workspace City: the app was removed or its token is refused, since 2026-10-"
            )
            assert "Install the app there again: open /slack/install in a browser." in told.out
            assert "ok    workspace Other: the token is accepted" in told.out
            first.move(days=4)
            for person in second.people:
                await second.sees(person, "This round has closed.")
            waiting = await rows(database_url, "SELECT workspace_id, attempt FROM deliveries WHERE state = 'pending'")
            attempts = [attempt for workspace_id, attempt in waiting if workspace_id == first.workspace.id]
            assert len(attempts) > len(first.people)
            assert set(attempts) == {0}
            for person in first.people:
                assert not first.seen(person, "This round has closed.", where=direct[person.id])

            assert (await opened.installs(first)).status_code == 200
            assert first.installation.bot_token != before
            for person in first.people:
                await first.sees(person, "This round has closed.")
            found = await rows(database_url, "SELECT id FROM workspaces WHERE revoked_at IS NOT NULL")
            assert found == []
            assert await web.stop() == 0
            assert await worker.stop() == 0
        assert "Traceback" not in web.said + worker.said
