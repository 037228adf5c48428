"""Who may call which method of the Web API."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import App, Channel, Installation, Sandbox, Workspace
from tests.sandbox.receiver import Receiver, refused


async def test_a_bot_learns_who_it_is_and_which_scopes_it_has(
    client: AsyncWebClient, installation: Installation, city: Workspace
) -> None:
    answer = await client.auth_test()
    assert answer["user_id"] == installation.bot_user_id
    assert answer["bot_id"] == installation.bot_id
    assert (answer["team_id"], answer["url"]) == (city.id, "https://city.slack.com/")
    assert answer.headers["x-oauth-scopes"] == ",".join(installation.scopes)


@pytest.mark.parametrize(
    ("token", "error"), [(None, "not_authed"), ("xoxb-unknown", "invalid_auth")], ids=["no token", "unknown token"]
)
async def test_without_a_known_token_nobody_gets_in(sandbox: Sandbox, token: str | None, error: str) -> None:
    client = AsyncWebClient(token=token, base_url=f"{sandbox.url}/api/")
    assert (await refused(client.auth_test()))["error"] == error


async def test_a_method_that_slack_does_not_have_is_unknown(client: AsyncWebClient) -> None:
    body = await refused(client.api_call("chat.shout"))
    assert body["error"] == "unknown_method"


async def test_a_missing_scope_is_named_with_those_that_are_there(
    sandbox: Sandbox, city: Workspace, channel: Channel
) -> None:
    installation = sandbox.add_app(name="Mute", scopes=["users:read"]).install(city)
    client = AsyncWebClient(token=installation.bot_token, base_url=f"{sandbox.url}/api/")
    body = await refused(client.chat_postMessage(channel=channel.id, text="Hi"))
    assert (body["error"], body["needed"], body["provided"]) == ("missing_scope", "chat:write", "users:read")


async def test_a_missing_argument_is_named(client: AsyncWebClient) -> None:
    body = await refused(client.api_call("users.info"))
    assert body["error"] == "invalid_arguments"
    assert body["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


async def test_arguments_are_read_from_json_a_form_and_the_query_alike(
    sandbox: Sandbox, installation: Installation, channel: Channel
) -> None:
    arguments = {"channel": channel.id, "text": "Hi", "token": installation.bot_token}
    url = f"{sandbox.url}/api/chat.postMessage"
    async with aiohttp.ClientSession() as session:
        async with session.post(url, params=arguments) as response:
            assert (await response.json())["ok"] is True
        async with session.post(url, data=arguments) as response:
            assert (await response.json())["ok"] is True
        header = {"Authorization": f"Bearer {arguments.pop('token')}"}
        async with session.post(url, json=arguments, headers=header) as response:
            assert (await response.json())["ok"] is True
    assert [message.content.text for message in channel.messages.values()] == ["Hi", "Hi", "Hi"]


async def test_the_app_token_opens_connections_and_nothing_else(
    sandbox: Sandbox, app: App, client: AsyncWebClient, channel: Channel
) -> None:
    with_app_token = AsyncWebClient(token=app.app_token, base_url=f"{sandbox.url}/api/")
    assert (await with_app_token.apps_connections_open(app_token=app.app_token))["url"].startswith("ws://")
    posting = with_app_token.chat_postMessage(channel=channel.id, text="Hi")
    assert (await refused(posting))["error"] == "not_allowed_token_type"
    opening = client.api_call("apps.connections.open")
    assert (await refused(opening))["error"] == "not_allowed_token_type"


async def test_a_revoked_token_is_dead_and_the_app_is_told(
    sandbox: Sandbox, client: AsyncWebClient, installation: Installation, receiver: Receiver
) -> None:
    assert (await client.auth_revoke())["revoked"] is True
    assert (await refused(client.auth_test()))["error"] == "token_revoked"
    await sandbox.quiet()
    assert receiver.events[-1]["tokens"] == {"oauth": [], "bot": [installation.bot_user_id]}


async def test_an_uninstalled_app_is_inactive_until_it_is_installed_again(
    sandbox: Sandbox, client: AsyncWebClient, app: App, city: Workspace, receiver: Receiver
) -> None:
    await client.apps_uninstall(client_id=app.client_id, client_secret=app.client_secret)
    assert (await refused(client.auth_test()))["error"] == "account_inactive"
    await sandbox.quiet()
    assert {event["type"] for event in receiver.events} == {"app_uninstalled", "tokens_revoked"}
    renewed = app.install(city)
    assert (await client.auth_test(token=renewed.bot_token))["ok"] is True


async def test_only_the_app_itself_can_be_uninstalled(sandbox: Sandbox, client: AsyncWebClient, app: App) -> None:
    other = sandbox.add_app(name="Other")

    async def error(client_id: str, client_secret: str) -> str:
        body = await refused(client.apps_uninstall(client_id=client_id, client_secret=client_secret))
        code: str = body["error"]
        return code

    assert await error("1.2", app.client_secret) == "invalid_client_id"
    assert await error(other.client_id, other.client_secret) == "client_id_token_mismatch"
    assert await error(app.client_id, other.client_secret) == "bad_client_secret"
    assert (await client.auth_revoke(test=True))["revoked"] is False
    assert (await client.auth_test())["ok"] is True


async def test_api_test_returns_what_it_was_given(client: AsyncWebClient) -> None:
    assert (await client.api_test(foo="bar"))["args"] == {"foo": "bar"}
    assert (await refused(client.api_test(error="my_error")))["error"] == "my_error"
