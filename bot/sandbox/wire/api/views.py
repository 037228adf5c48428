"""Methods that show modals and Home tabs."""

from __future__ import annotations

from typing import Any

from bot.sandbox.state.content import JSON, Refused
from bot.sandbox.state.records import View
from bot.sandbox.wire import open_views
from bot.sandbox.wire.api.call import Call, Method
from bot.sandbox.wire.slack_json import view_json


def open_view(call: Call) -> JSON:
    body = _body(call, "modal")
    trigger = call.sandbox.triggers.exchange(call.text("trigger_id"), call.installation)
    view = open_views.make(call.installation, trigger.person, body)
    open_views.open_modal(view)
    return {"view": view_json(view)}


def push(call: Call) -> JSON:
    body = _body(call, "modal")
    trigger = call.sandbox.triggers.exchange(call.text("trigger_id"), call.installation)
    modals = trigger.person.client.modals
    if trigger.view is None or trigger.view not in modals:
        raise Refused("not_found")
    if len(modals) >= open_views.MOST_IN_STACK:
        raise Refused("push_limit_reached")
    view = open_views.make(call.installation, trigger.person, body, on=modals[-1])
    open_views.push_modal(view)
    return {"view": view_json(view)}


def update(call: Call) -> JSON:
    view = _find(call)
    body = _body(call, view.body["type"], replaces=view)
    if call.has("hash") and call.text("hash") != view.hash:
        raise Refused("hash_conflict")
    open_views.change(view, body)
    return {"view": view_json(view)}


def publish(call: Call) -> JSON:
    body = _body(call, "home")
    person = call.workspace.people.get(call.text("user_id"))
    if person is None or person.is_bot:
        raise Refused("invalid_arguments", "[ERROR] invalid `user_id`")
    if not call.app.home_tab_enabled:
        raise Refused("not_enabled")
    present = person.client.homes.get(call.app.id)
    if call.has("hash") and (present is None or call.text("hash") != present.hash):
        raise Refused("hash_conflict")
    if present is None:
        present = open_views.make(call.installation, person, body)
        person.client.homes[call.app.id] = present
        open_views.record(present, "home")
    else:
        open_views.change(present, body)
    return {"view": view_json(present)}


def _body(call: Call, kind: str, *, replaces: View | None = None) -> JSON:
    body: Any = call.data("view")
    open_views.check(call.installation, body, kind=kind, replaces=replaces)
    return dict(body)


def _find(call: Call) -> View:
    view = call.sandbox.views.get(call.text("view_id"))
    external_id = call.text("external_id")
    if view is None and external_id:
        view = next((one for one in call.sandbox.views.values() if one.body.get("external_id") == external_id), None)
    if view is None or view.installation is not call.installation:
        raise Refused("not_found")
    return view


METHODS = {
    "views.open": Method(answer=open_view, required=("trigger_id", "view")),
    "views.push": Method(answer=push, required=("trigger_id", "view")),
    "views.update": Method(answer=update, required=("view",)),
    "views.publish": Method(answer=publish, required=("user_id", "view")),
}
