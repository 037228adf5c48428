"""Every class of message is kept in its row, and drawn from it, as somebody looked at and kept."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot.actions import items
from bot.delivery.message import Context, Kinds, UnreadableMessageError
from bot.program.messages import MESSAGES
from bot.sandbox.block_kit import check_message
from bot.slack.blocks import MOST_BYTES, size
from bot.summary.messages import Picture
from storage import deliveries
from storage.kinds import ActionState, DeliveryKind
from storage.models import ActionItem, Delivery, Round
from tests.golden.owed import ANA, as_row, drawn, furnished, messages
from tests.storage.builders import HOME, NOW

KEPT = Path(__file__).parent / "owed"


async def test_each_message_is_kept_and_drawn_as_it_was() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in KEPT.iterdir()}
    assert kept == await drawn(), "look at it; if it is meant, run `make golden`"


async def test_every_kind_and_every_class_has_a_golden_message() -> None:
    async with furnished() as (_database, _rubrics, there):
        found = messages(there)
    assert {type(each) for each in found} == set(MESSAGES)
    assert {each.kind for each in found} == set(DeliveryKind)


async def test_a_message_comes_back_from_its_row_as_it_was() -> None:
    kinds = Kinds(MESSAGES)
    async with furnished() as (_database, _rubrics, there):
        for message in messages(there):
            assert kinds.read(as_row(message.row(due=NOW))) == message


async def test_slack_takes_each_message() -> None:
    async with furnished() as (database, rubrics, there):
        for message in messages(there):
            async with database.begin() as session:
                draft = await message.draw(Context(session, rubrics, NOW))
            assert draft is not None
            said = draft.message
            assert check_message(said.text, said.blocks, None, None) is None, message
            assert size(said.blocks) <= MOST_BYTES


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        (DeliveryKind.PROMPT, {"round_id": 1}),
        (DeliveryKind.SUMMARY, {"round_id": 1}),
        (DeliveryKind.SHARE, {"round_id": 1, "channel_id": "C0TEAM"}),
        (DeliveryKind.NOTICE, {"user_id": ANA, "details": {"reason": "a reason of next year"}}),
        (DeliveryKind.NOTICE, {"user_id": ANA, "details": {"reason": "put off", "at": "tomorrow"}}),
        (DeliveryKind.ACTION_DUE, {"user_id": ANA, "team_id": 7, "details": {"item": None, "owner": ANA}}),
        (DeliveryKind.FILE, {"user_id": ANA, "details": {"what": "a file of next year"}}),
        (DeliveryKind.FILE, {"user_id": ANA, "details": {"what": "export", "format": "of next year"}}),
    ],
)
def test_a_row_that_only_another_version_can_read_says_so_and_nothing_of_what_it_holds(
    kind: DeliveryKind, columns: dict[str, Any]
) -> None:
    row = Delivery(id=UUID(int=1), workspace_id=HOME, key="k", kind=kind, **{"details": {}, **columns})
    with pytest.raises(UnreadableMessageError) as raised:
        Kinds(MESSAGES).read(row)
    for held in columns.get("details", {}).values():
        assert str(held) not in str(raised.value)


async def test_an_action_that_ends_has_its_summary_redrawn_by_the_message_that_shows_its_picture() -> None:
    async with furnished() as (database, _rubrics, there), database.begin() as session:
        item, closed = await session.get_one(ActionItem, there.item.id), await session.get_one(Round, there.closed.id)
        item.round_id, closed.picture_shown = closed.id, True
        await items.end(session, item, state=ActionState.DONE, now=NOW)
        owed = await deliveries.get(session, workspace_id=HOME, key=Picture.of(closed).key)
        assert owed is not None
        assert Kinds(MESSAGES).read(owed) == Picture.of(closed)
