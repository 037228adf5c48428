"""The form of an action item: adopted, added or edited; what comes back of it, and what is wrong with that."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.kit.i18n import _
from bot.slack.blocks import Block, context, escape, input_block, modal, option, plain, section, shorten, typed
from bot.slack.ids import PERSON, Do, UnreadableError, View, slack_id
from bot.slack.wording import effort, short_date, title
from rubric import Action, Dimension, Rubric

LONGEST_TEXT = 300
LONGEST_WHY = 300
FARTHEST_YEARS = 5
NEEDS = "needs"
"""The one value of the checkbox."""

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""`state.values` of a view: block id to action id to what is chosen."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a form is about, as it travels in the modal: a suggestion, a team, or an item."""

    team_id: int | None = None
    """For an action of the team's own."""
    round_id: int | None = None
    action_key: str | None = None
    """Of the suggestion in that round's summary."""
    item_id: int | None = None
    """That is edited or dropped."""
    response_url: str | None = None
    """Of the message that was tapped, which is drawn anew afterwards."""
    in_list: bool = False
    """That message is the list of a team's items."""


@dataclass(frozen=True, slots=True)
class ActionForm:
    """An action item as somebody wants it: whatever was typed, right or wrong."""

    dimension: str | None
    """None where the form doesn't ask for it."""
    text: str
    owner_id: str | None
    due_on: date | None
    needs_leadership: bool = False


def adopt_modal(dimension: Dimension, action: Action, form: ActionForm, origin: Origin) -> Block:
    """A suggestion made into an action item; its words may be changed."""
    about = section(f"*{title(dimension)}*\n{escape(action.text)}")
    costs = context(effort(action.effort), _("Source: {source}.").format(source=escape(action.source)))
    return _modal(_("Adopt an action"), _("Adopt"), [about, costs, *_fields(form)], origin)


def add_modal(rubric: Rubric, form: ActionForm, origin: Origin) -> Block:
    """An action of the team's own."""
    options = [option(f"{dimension.key}. {dimension.name}", dimension.key) for dimension in rubric.dimensions]
    menu: dict[str, Any] = {
        "type": "static_select",
        "action_id": Do.ACTION_DIMENSION,
        "options": options,
        "placeholder": plain(_("Choose a dimension"), 150),
    }
    ask = input_block(_("Dimension"), menu, block_id=Do.ACTION_DIMENSION)
    return _modal(_("Add an action"), _("Add"), [ask, *_fields(form)], origin)


def edit_modal(form: ActionForm, origin: Origin) -> Block:
    return _modal(_("Edit an action"), _("Save"), _fields(form), origin)


def drop_modal(text: str, origin: Origin) -> Block:
    """What somebody is asked who drops an action item."""
    field: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": Do.ACTION_WHY,
        "multiline": True,
        "max_length": LONGEST_WHY,
    }
    return modal(
        title=_("Drop an action"),
        blocks=[
            section(escape(text)),
            input_block(
                _("Why is it dropped?"),
                field,
                block_id=Do.ACTION_WHY,
                optional=True,
                hint=plain(_("The next summary tells the team. It won't be suggested again."), 2000),
            ),
        ],
        callback_id=View.DROP_ACTION,
        submit=_("Drop"),
        close=_("Keep it"),
        metadata=_metadata(origin),
    )


def read_form(values: Values) -> ActionForm:
    """The form as it was sent; everything in it is untrusted. UnreadableError for what is no form of ours."""
    try:
        chosen = (_field(values, Do.ACTION_DIMENSION).get("selected_option") or {}).get("value")
        due_on = _field(values, Do.ACTION_DUE).get("selected_date")
        owner = _field(values, Do.ACTION_OWNER).get("selected_user")
        return ActionForm(
            dimension=chosen,
            text=typed(_field(values, Do.ACTION_TEXT).get("value") or ""),
            owner_id=slack_id(owner, PERSON) if owner else None,
            due_on=date.fromisoformat(due_on) if due_on else None,
            needs_leadership=bool(_field(values, Do.ACTION_LEADERSHIP).get("selected_options")),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise UnreadableError("no form of an action item") from error


def read_why(values: Values) -> str | None:
    """For what reason an action is dropped, where one was given."""
    found = _field(values, Do.ACTION_WHY).get("value")
    return (typed(found)[:LONGEST_WHY] or None) if isinstance(found, str) else None


def read_origin(metadata: object) -> Origin:
    """What the form is about; UnreadableError for anything that we didn't write."""
    try:
        kept = json.loads(str(metadata))
        round_id = _number(kept.get("round"))
        return Origin(
            team_id=_number(kept.get("team")),
            round_id=round_id,
            # A suggestion is one of a round's: without it the action is the team's own.
            action_key=_string(kept.get("key")) if round_id is not None else None,
            item_id=_number(kept.get("item")),
            response_url=_string(kept.get("url")),
            in_list=bool(kept.get("list")),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise UnreadableError("no form of an action item") from error


def check_form(form: ActionForm, *, today: date, dimensions: Sequence[str] = ()) -> dict[str, str]:
    """A sentence for each field that can't be taken as it is; `dimensions` where one has to be chosen."""
    errors: dict[str, str] = {}
    if dimensions and form.dimension not in dimensions:
        errors[Do.ACTION_DIMENSION] = _("Choose a dimension from the list.")
    if not form.text:
        errors[Do.ACTION_TEXT] = _("Write what is to be done.")
    elif len(form.text) > LONGEST_TEXT:
        errors[Do.ACTION_TEXT] = _("Write at most {most} characters: these are {length}.").format(
            most=LONGEST_TEXT, length=len(form.text)
        )
    if not form.owner_id:
        errors[Do.ACTION_OWNER] = _("Choose who owns it.")
    if form.due_on is None:
        errors[Do.ACTION_DUE] = _("Choose a date.")
    elif form.due_on < today:
        errors[Do.ACTION_DUE] = _("{date} has passed. Choose a date from today on.").format(
            date=short_date(form.due_on)
        )
    elif form.due_on.year > today.year + FARTHEST_YEARS:
        errors[Do.ACTION_DUE] = _("Choose a date within the next {years} years.").format(years=FARTHEST_YEARS)
    return errors


def _fields(form: ActionForm) -> list[Block]:
    words: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": Do.ACTION_TEXT,
        "multiline": True,
        "max_length": LONGEST_TEXT,
    }
    if form.text:
        words["initial_value"] = shorten(form.text, LONGEST_TEXT)
    owner: dict[str, Any] = {"type": "users_select", "action_id": Do.ACTION_OWNER}
    if form.owner_id:
        owner["initial_user"] = form.owner_id
    due: dict[str, Any] = {"type": "datepicker", "action_id": Do.ACTION_DUE}
    if form.due_on:
        due["initial_date"] = form.due_on.isoformat()
    needs = option(_("Needs a decision or budget from leadership"), NEEDS)
    leadership: dict[str, Any] = {"type": "checkboxes", "action_id": Do.ACTION_LEADERSHIP, "options": [needs]}
    if form.needs_leadership:
        leadership["initial_options"] = [needs]
    return [
        input_block(_("Action"), words, block_id=Do.ACTION_TEXT),
        input_block(_("Owner"), owner, block_id=Do.ACTION_OWNER),
        input_block(
            _("Due date"),
            due,
            block_id=Do.ACTION_DUE,
            hint=plain(_("On that day its owner is asked what became of it."), 2000),
        ),
        input_block(_("Leadership"), leadership, block_id=Do.ACTION_LEADERSHIP, optional=True),
    ]


def _modal(heading: str, submit: str, blocks: list[Block], origin: Origin) -> Block:
    return modal(
        title=heading,
        blocks=blocks,
        callback_id=View.ACTION,
        submit=submit,
        close=_("Cancel"),
        metadata=_metadata(origin),
    )


def _metadata(origin: Origin) -> str:
    kept = {
        "team": origin.team_id,
        "round": origin.round_id,
        "key": origin.action_key,
        "item": origin.item_id,
        "url": origin.response_url,
        "list": origin.in_list or None,
    }
    return json.dumps({name: value for name, value in kept.items() if value is not None}, separators=(",", ":"))


def _field(values: Values, name: str) -> Mapping[str, Any]:
    return (values.get(name) or {}).get(name) or {}


def _string(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise ValueError(value)


def _number(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError(value)
