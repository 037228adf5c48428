"""Whatever Slack may send because of something that we drew or asked for has a listener, and it gets what it names."""

import ast
import inspect
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_bolt.listener.async_listener import AsyncCustomListener
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.program import listeners
from bot.program.workspace_events import EVENTS, unheard, unknown
from bot.slack.ids import COMMAND, Do, View
from bot.slack.services import Services
from rubric import load
from tests.bot.views.home_samples import homes
from tests.bot.views.samples import messages, views
from tests.promises.source import dotted, our_modules

FIELDS = {do for do in Do if do.name.startswith("ACTION_")} - {
    Do.ACTION_MENU,
    Do.ACTION_DONE,
    Do.ACTION_STILL_ON,
    Do.ACTION_DROP,
    Do.ACTION_EDIT,
} | {
    Do.NOTE,
    Do.AWAY_UNTIL,
    Do.MINIMUM,
    Do.SET_CHANNEL,
    Do.SET_NAME,
    Do.SET_PEOPLE,
    Do.SET_USERGROUP,
    Do.SET_WINDOW,
    Do.SET_PRIVACY,
    Do.SET_REMINDERS,
}
"""Fields of forms that Slack sends with the form alone."""
MENUS = {Do.SET_ZONE, Do.SET_COUNTRY, Do.SET_USERGROUP}
"""Menus whose options we are asked for."""
WITHOUT_BUTTON = {View.PREVIEW, View.MESSAGE, View.DETAILS, View.IDEAS, View.FOLLOW_UPS}
"""Modals that can only be closed."""

ONLY_FOR = {"command": {"command"}, "event": {"event"}, "view": {"submit"}, "action": {"tap"}, "options": {"options"}}
"""Arguments of Bolt's that are None for any other kind of request."""


async def refuse(**_asked: str | None) -> None:
    """Nobody is let in: these requests are matched and not answered."""


@pytest.fixture
def registered() -> list[AsyncCustomListener]:
    app = AsyncApp(signing_secret="not used", authorize=refuse, process_before_response=True)  # type: ignore[arg-type]
    listeners.register(app)
    return [each for each in app._async_listeners if isinstance(each, AsyncCustomListener)]


async def listener_of(registered: list[AsyncCustomListener], payload: Mapping[str, Any]) -> AsyncCustomListener | None:
    """The one that Bolt would run."""
    request = AsyncBoltRequest(mode="socket_mode", body=dict(payload))
    for listener in registered:
        if await listener.async_matches(req=request, resp=BoltResponse(status=200)):
            return listener
    return None


def tapped(action_id: str) -> dict[str, Any]:
    return {"type": "block_actions", "actions": [{"type": "button", "action_id": action_id, "block_id": "any"}]}


def submitted(callback_id: str) -> dict[str, Any]:
    return {"type": "view_submission", "view": {"type": "modal", "callback_id": callback_id}}


def happened(event: str) -> dict[str, Any]:
    return {"type": "event_callback", "event": {"type": event}}


REQUESTS: dict[str, dict[str, Any]] = (
    {f"tap {do}": tapped(do) for do in Do if do not in {*FIELDS, Do.ANSWER}}  # an answer never comes to Bolt
    | {f"submit {view}": submitted(view) for view in View if view not in WITHOUT_BUTTON}
    | {
        f"options of {menu}": {"type": "block_suggestion", "action_id": menu, "block_id": menu}
        for menu in sorted(MENUS)
    }
    | {f"event {event}": happened(event) for event in EVENTS}
    | {"command": {"command": COMMAND}}
)


@pytest.mark.parametrize("payload", REQUESTS.values(), ids=REQUESTS.keys())
async def test_everything_that_slack_may_send_has_a_listener_of_its_own(
    registered: list[AsyncCustomListener], payload: dict[str, Any]
) -> None:
    found = await listener_of(registered, payload)
    assert found is not None
    assert found.ack_function is not unknown


@pytest.mark.parametrize("payload", [tapped("of_an_old_version"), tapped("x-name"), submitted("of_an_old_version")])
async def test_what_we_never_drew_is_answered_by_the_last_listener(
    registered: list[AsyncCustomListener], payload: dict[str, Any]
) -> None:
    found = await listener_of(registered, payload)
    assert found is not None
    assert found.ack_function is unknown


async def test_no_two_listeners_are_one(registered: list[AsyncCustomListener]) -> None:
    led_to = {name: await listener_of(registered, payload) for name, payload in REQUESTS.items()}
    reached = {id(listener) for listener in led_to.values()}
    idle = [
        listener.ack_function.__name__
        for listener in registered
        if id(listener) not in reached and listener.ack_function not in {unknown, unheard}
    ]
    assert idle == []


def test_each_listener_names_only_what_it_is_given(registered: list[AsyncCustomListener]) -> None:
    """A name that isn't there arrives as None."""
    given = set(AsyncArgs.__annotations__) | {field.name for field in fields(Services)} | {"services"}
    assert len(registered) > 20
    for listener in registered:
        asked = set(inspect.signature(listener.ack_function).parameters)
        assert asked <= given, listener.ack_function.__name__


async def test_each_listener_names_only_what_its_kind_of_request_has(registered: list[AsyncCustomListener]) -> None:
    for name, payload in REQUESTS.items():
        listener = await listener_of(registered, payload)
        assert listener is not None
        asked = set(inspect.signature(listener.ack_function).parameters)
        kind = name.split()[0]
        missing = {argument for argument, kinds in ONLY_FOR.items() if argument in asked and kind not in kinds}
        assert missing == set(), name
        # There is no response_url in a modal or its menus, nor for an event.
        assert kind in {"tap", "command"} or "respond" not in asked, name


def test_every_action_id_of_ours_is_drawn_somewhere_and_nothing_else_is() -> None:
    named = {
        node.attr
        for module in our_modules()
        if module.name.endswith("views")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and dotted(node.value) in {"Do", "ids.Do"}
    }
    assert named == {do.name for do in Do}
    drawn = [
        *(message.blocks for message in messages(load(), "Permits").values()),
        *views(load(), "Permits").values(),
        *homes("Permits").values(),
    ]
    found = {part["action_id"] for part in parts(drawn) if "action_id" in part}
    assert len(found) > 20
    assert found <= set(Do)


def parts(drawn: Any) -> list[dict[str, Any]]:
    """Every object within something drawn."""
    if isinstance(drawn, list):
        return [found for item in drawn for found in parts(item)]
    if isinstance(drawn, dict):
        return [drawn, *(found for item in drawn.values() for found in parts(item))]
    return []


def test_every_modal_that_is_drawn_has_a_callback_id_of_ours_and_a_button_only_if_somebody_listens() -> None:
    drawn = views(load(), "Permits")
    assert {view["callback_id"] for view in drawn.values()} == set(View)
    with_button = {view["callback_id"] for view in drawn.values() if "submit" in view}
    assert with_button == set(View) - WITHOUT_BUTTON
