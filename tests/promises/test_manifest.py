"""The app's manifest asks Slack for what the code uses, and for nothing else."""

import ast
import json
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.charts.render import Renderer
from bot.cli import main
from bot.program.manifest import SCOPES, document, manifest
from bot.program.workspace_events import EVENTS
from bot.slack.ids import COMMAND
from tests.journeys.city import city
from tests.promises.source import last_name, our_modules
from tests.storage.builders import on_sqlite

ADDRESS = "https://check-ins.example.org"

# Slack's method reference: a bot token needs all of `needs`; where several are named, one for each kind of channel.
NEEDS: dict[str, set[str]] = {
    "apps.connections.open": set(),  # an app-level token with connections:write
    "auth.test": set(),
    "chat.getPermalink": set(),  # of a message in a channel that the app is in
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"im:history"},  # asked of direct messages alone
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.join": {"channels:join"},
    "conversations.list": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "oauth.v2.access": set(),
    "usergroups.list": {"usergroups:read"},
    "usergroups.users.list": {"usergroups:read"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}
BY_OTHERS = {"apps.connections.open", "oauth.v2.access"}
"""Called by Bolt and slack_sdk, whether or not our code names them."""
FOR_COMMANDS = {"commands"}
"""What slash commands need, which call no method."""


def methods_called() -> set[str]:
    """Every Web API method that our code names, as the client spells it turned into Slack's spelling."""
    clients = {
        name
        for name in dir(AsyncWebClient)
        if "_" in name.strip("_") and not name.startswith("_") and name != "api_call"
    }
    nodes = [node for module in our_modules() for node in ast.walk(module.tree)]
    spelt = {node.attr.replace("_", ".") for node in nodes if isinstance(node, ast.Attribute) and node.attr in clients}
    named = {
        node.args[0].value
        for node in nodes
        if isinstance(node, ast.Call) and last_name(node.func) == "api_call" and isinstance(node.args[0], ast.Constant)
    }
    return spelt | {str(name) for name in named}


def test_each_method_that_the_code_calls_is_in_the_table_and_none_else() -> None:
    assert methods_called() | BY_OTHERS == NEEDS.keys()


def test_exactly_the_scopes_that_the_methods_need_are_asked_for() -> None:
    assert set().union(*NEEDS.values()) | FOR_COMMANDS == SCOPES.keys()


@on_sqlite
async def test_the_calls_of_a_whole_round_need_no_other_scope(database_url: str, renderer: Renderer) -> None:
    async with city(database_url, renderer=renderer) as town:
        await town.set_up()
        await town.opened()
        await town.answer_example()
        await town.close_early()
        await town.summary()
        await town.opens_home(town.manager)
        called = {record["method"] for record in town.sandbox.traffic if record["direction"] == "api"}
    assert called <= NEEDS.keys()
    assert {
        "chat.postMessage",
        "chat.update",
        "users.info",
        "files.completeUploadExternal",
        "views.open",
        "views.publish",
    } <= called


@pytest.mark.parametrize("address", [None, ADDRESS])
def test_the_command_the_events_and_the_scopes_are_those_of_the_code(address: str | None) -> None:
    made = manifest(address=address)
    (command,) = made["features"]["slash_commands"]
    assert command["command"] == COMMAND
    assert command["should_escape"] is True  # <@U1> and <#C1> are what bot/inputs/typed.py reads
    assert made["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)
    assert made["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)
    assert made["settings"]["interactivity"]["is_enabled"] is True
    assert made["features"]["app_home"]["home_tab_enabled"] is True  # or views.publish is refused


def addresses(part: Any) -> list[str]:
    """Every address in the manifest."""
    if isinstance(part, dict):
        return [found for item in part.values() for found in addresses(item)]
    if isinstance(part, list):
        return [found for item in part for found in addresses(item)]
    return [part] if isinstance(part, str) and part.startswith("http") else []


def test_over_http_slack_is_given_the_address_for_everything_it_sends() -> None:
    made = manifest(address=ADDRESS + "/")
    assert made["settings"]["socket_mode_enabled"] is False
    events = f"{ADDRESS}/slack/events"
    assert made["features"]["slash_commands"][0]["url"] == events
    assert made["settings"]["event_subscriptions"]["request_url"] == events
    assert made["settings"]["interactivity"]["request_url"] == events
    assert made["settings"]["interactivity"]["message_menu_options_url"] == events
    assert made["oauth_config"]["redirect_urls"] == [f"{ADDRESS}/slack/oauth_redirect"]


def test_over_socket_mode_the_manifest_names_no_address() -> None:
    made = manifest(address=None)
    assert made["settings"]["socket_mode_enabled"] is True
    assert addresses(made) == []


@pytest.mark.parametrize("address", [None, ADDRESS])
def test_slacks_limits_of_a_manifest_are_kept(address: str | None) -> None:
    """Lengths by Slack's manifest schema, version 1."""
    made = manifest(address=address)
    assert made["_metadata"] == {"major_version": 1, "minor_version": 1}
    about, features = made["display_information"], made["features"]
    assert 1 <= len(about["name"]) <= 35
    assert 1 <= len(about["description"]) <= 140
    assert 1 <= len(features["bot_user"]["display_name"]) <= 80
    (command,) = features["slash_commands"]
    assert 1 <= len(command["description"]) <= 2000
    assert 1 <= len(command["usage_hint"]) <= 1000
    assert set(made) == {"_metadata", "display_information", "features", "oauth_config", "settings"}


def test_every_scope_says_what_it_is_for() -> None:
    assert all(reason.startswith(("to ", "for ")) for reason in SCOPES.values())


def test_the_command_line_prints_the_manifest_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--url", ADDRESS]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed) == manifest(address=ADDRESS)
    assert printed.strip() == document(address=ADDRESS)


def test_an_address_that_slack_would_refuse_is_refused_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--url", "http://check-ins.example.org"]) == 2
    assert "doesn't begin with https://" in capsys.readouterr().err
