"""Check whether Slack would accept a view: a modal or a Home tab."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit import payload_rules
from bot.sandbox.block_kit.blocks import IN_HOME, IN_MODAL
from bot.sandbox.block_kit.grammar import Flag, Items, Kind, OneOf, Shape, Text
from bot.sandbox.block_kit.objects import plain_text
from bot.sandbox.block_kit.problems import Problem, Refusal, json_bytes, refusal, under

MOST_VIEW_BYTES = 250_000


def _submit_for_inputs(view: Mapping[str, Any], at: str) -> Iterator[Problem]:
    if "submit" in view:
        return
    for place, block in payload_rules.placed_blocks(view.get("blocks"), under(at, "blocks")):
        if block.get("type") == "input":
            yield Problem(under(place, "input"), "must define `submit` to use an `input` block in modals")


def _across_blocks(view: Mapping[str, Any], at: str) -> Iterator[Problem]:
    place = under(at, "blocks")
    yield from payload_rules.repeated_ids(view.get("blocks"), place)
    yield from payload_rules.surplus_focus(view.get("blocks"), place)


_COMMON: dict[str, Kind] = {"private_metadata": Text(3000), "callback_id": Text(255), "external_id": Text(255)}
_VIEWS = {
    "modal": Shape(
        "modal",
        required={"title": plain_text(24), "blocks": Items(IN_MODAL, least=1, most=100)},
        optional={
            **_COMMON,
            "submit": plain_text(24),
            "close": plain_text(24),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
        },
        rules=(_submit_for_inputs, _across_blocks),
    ),
    "home": Shape(
        "home",
        required={"blocks": Items(IN_HOME, least=1, most=100)},
        optional=_COMMON,
        rules=(_across_blocks,),
    ),
}


def check_view(view: Any, *, allowed: Collection[str] = ("modal",)) -> Refusal | None:
    """Slack's refusal of the view, or None when Slack would take it.

    `allowed` names the types that the method takes: `("modal",)` for views.open and views.push, `("home",)` for
    views.publish, both for views.update. The view is parsed JSON, or the string that couldn't be parsed.
    """
    found = [
        ("invalid_arguments", problem)
        for problem in OneOf({name: _VIEWS[name] for name in allowed}).check(view, "/view")
    ]
    if json_bytes(view) > MOST_VIEW_BYTES:
        found.append(("view_too_large", Problem("/view", f"must be less than {MOST_VIEW_BYTES + 1} bytes of JSON")))
    return refusal(found)
