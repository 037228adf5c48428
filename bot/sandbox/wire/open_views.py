"""Make, show, change and close views."""

from __future__ import annotations

from typing import Any, Literal

from bot.sandbox.block_kit import carried, check_view, with_ids
from bot.sandbox.state.content import JSON, Refused
from bot.sandbox.state.records import Account, Happening, Installation, View
from bot.sandbox.wire import posting

MOST_IN_STACK = 3


def check(installation: Installation, body: Any, *, kind: str, replaces: View | None = None) -> None:
    """Raises Refused with everything that Slack finds wrong with a view."""
    refusal = check_view(body, allowed=(kind,))
    if refusal is not None:
        raise Refused(refusal.error, *refusal.messages)
    external_id = body.get("external_id")
    others = (view for view in installation.app.sandbox.views.values() if view is not replaces)
    if external_id and any(
        view.installation is installation and view.body.get("external_id") == external_id for view in others
    ):
        raise Refused("duplicate_external_id")
    posting.check_pictures(installation, body["blocks"])


def make(installation: Installation, person: Account, body: JSON, *, on: View | None = None) -> View:
    """A checked view, about to be shown; `on` is the modal that it is pushed on."""
    sandbox = installation.app.sandbox
    blocks = with_ids(body["blocks"], new_id=lambda: sandbox.ids.secret(length=5))
    view_id = sandbox.ids.new("V")
    view = View(
        id=view_id,
        installation=installation,
        person=person,
        body=body | {"blocks": blocks},
        hash=_new_hash(installation),
        state=carried(blocks, {}),
        root_id=on.root_id if on else view_id,
        previous_id=on.id if on else None,
    )
    sandbox.views[view.id] = view
    return view


def change(view: View, body: JSON) -> None:
    """Replace what a view shows. What the person put into fields that stay, stays."""
    sandbox = view.app.sandbox
    blocks = with_ids(body["blocks"], new_id=lambda: sandbox.ids.secret(length=5))
    view.body = body | {"blocks": blocks}
    view.state = carried(blocks, view.state)
    view.hash = _new_hash(view.installation)
    view.errors, view.trouble = {}, None
    record(view, "home" if body["type"] == "home" else "modal")


def open_modal(view: View) -> None:
    """Show a modal in place of any that is open."""
    close_all(view.person)
    push_modal(view)


def push_modal(view: View) -> None:
    """Show a modal on top of those that are open."""
    view.person.client.modals.append(view)
    record(view, "modal")


def close_modal(view: View) -> None:
    """Close a modal and those on top of it."""
    modals = view.person.client.modals
    if view in modals:
        position = modals.index(view)
        for closed in modals[position:]:
            closed.app.sandbox.views.pop(closed.id, None)
        del modals[position:]
        view.app.sandbox.changes.notify()


def close_all(person: Account) -> None:
    if person.client.modals:
        close_modal(person.client.modals[0])


def record(view: View, kind: Literal["modal", "home"]) -> None:
    """Note what the person now sees."""
    sandbox = view.app.sandbox
    sandbox.history.append(
        Happening(
            at=sandbox.now(),
            kind=kind,
            workspace=view.installation.workspace,
            person=view.person,
            view=view,
            body=view.body,
        )
    )
    sandbox.changes.notify()


def _new_hash(installation: Installation) -> str:
    sandbox = installation.app.sandbox
    return f"{int(sandbox.now().timestamp())}.{sandbox.ids.secret(length=8)}"
