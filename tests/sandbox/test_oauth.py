"""Installing an app by OAuth."""

from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import App, Person, Sandbox, Workspace
from tests.sandbox.receiver import Clock, refused

# slack_sdk still sends Basic credentials through aiohttp's old class.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

REDIRECT = "https://app.example/slack/oauth_redirect"


async def consent(sandbox: Sandbox, app: App, **more: str) -> tuple[int, dict[str, str], str]:
    """Status, query of the redirect, and page of the authorize address."""
    query = {"client_id": app.client_id, "scope": "chat:write,commands", "state": "s1", "redirect_uri": REDIRECT}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.url}/oauth/v2/authorize", params=query | more, allow_redirects=False) as response,
    ):
        location = response.headers.get("Location", "")
        return (
            response.status,
            {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()},
            await response.text(),
        )


@pytest.fixture
def anonymous(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(base_url=f"{sandbox.url}/api/")


async def test_consent_comes_back_as_a_code_that_buys_a_token_once(
    sandbox: Sandbox, city: Workspace, ana: Person, app: App, anonymous: AsyncWebClient
) -> None:
    status, back, _ = await consent(sandbox, app)
    assert (status, back["state"]) == (302, "s1")
    secrets = {"client_id": app.client_id, "client_secret": app.client_secret}
    bought = await anonymous.oauth_v2_access(**secrets, code=back["code"], redirect_uri=REDIRECT)
    assert (bought["team"]["id"], bought["scope"], bought["authed_user"]["id"]) == (
        city.id,
        "chat:write,commands",
        ana.id,
    )
    test = await AsyncWebClient(token=bought["access_token"], base_url=anonymous.base_url).auth_test()
    assert test["user_id"] == bought["bot_user_id"]
    again = anonymous.oauth_v2_access(**secrets, code=back["code"], redirect_uri=REDIRECT)
    assert (await refused(again))["error"] == "invalid_code"


async def test_wrong_papers_buy_nothing(
    sandbox: Sandbox, city: Workspace, app: App, anonymous: AsyncWebClient, clock: Clock
) -> None:
    assert not city.installations
    _, back, _ = await consent(sandbox, app)

    async def error(*, client_id: str = app.client_id, secret: str = app.client_secret, uri: str = REDIRECT) -> str:
        body = await refused(
            anonymous.oauth_v2_access(client_id=client_id, client_secret=secret, code=back["code"], redirect_uri=uri)
        )
        code: str = body["error"]
        return code

    assert await error(client_id="1.2") == "invalid_client_id"
    assert await error(secret="guess") == "bad_client_secret"
    assert await error(uri="https://evil.example/") == "bad_redirect_uri"
    clock.forward(minutes=11)
    assert await error() == "invalid_code"
    assert not city.installations


async def test_an_app_that_asks_for_nothing_gets_nothing(
    sandbox: Sandbox, city: Workspace, app: App, anonymous: AsyncWebClient
) -> None:
    assert not city.installations
    _, back, _ = await consent(sandbox, app, scope="")
    call = anonymous.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=back["code"])
    assert (await refused(call))["error"] == "no_scopes"


async def test_strange_redirects_and_apps_are_turned_away(sandbox: Sandbox, city: Workspace, app: App) -> None:
    assert not city.installations
    status, _, page = await consent(sandbox, app, redirect_uri="https://evil.example/")
    assert (status, "redirect_uri did not match" in page) == (400, True)
    status, _, page = await consent(sandbox, app, client_id="1.2")
    assert (status, "Invalid client_id" in page) == (400, True)


async def test_a_person_may_say_no(sandbox: Sandbox, city: Workspace, app: App) -> None:
    _, back, _ = await consent(sandbox, app, deny="1")
    assert back == {"error": "access_denied", "state": "s1"}
    assert not city.installations


async def test_with_several_workspaces_one_chooses(sandbox: Sandbox, city: Workspace, app: App) -> None:
    county = sandbox.add_workspace(name="County <b>", domain="county")
    status, _, page = await consent(sandbox, app)
    assert (status, city.name in page, "County &lt;b&gt;" in page) == (200, True, True)
    status, back, _ = await consent(sandbox, app, team=county.id)
    assert (status, "code" in back) == (302, True)


async def test_installing_again_keeps_bot_and_token(app: App, city: Workspace) -> None:
    first = app.install(city)
    token = first.bot_token
    assert app.install(city).bot_token == token
    app.uninstall(city)
    renewed = app.install(city)
    assert (renewed.bot_user_id, renewed.bot_token == token) == (first.bot_user_id, False)
