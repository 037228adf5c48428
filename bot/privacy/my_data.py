"""What is stored about somebody, as a file for them alone: everything, in the words of the tables."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.delivery.files import FileDraft, file_name
from bot.delivery.message import Context
from bot.kit.i18n import _
from bot.notices.file_message import FileMessage
from storage import privacy
from storage.models import Base
from storage.privacy import CheckIn, Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class MyData(FileMessage):
    """Everything about its reader, as it is now."""

    what = "my data"

    async def file(self, context: Context) -> FileDraft | None:
        stored = await privacy.about(context.session, workspace_id=self.workspace_id, user_id=self.user_id)
        models = {each.round.id: await context.rubrics.of(context.session, each.round) for each in stored.check_ins}
        names = {
            round_id: {dimension.key: dimension.name for dimension in model.dimensions}
            for round_id, model in models.items()
        }
        document = as_document(stored, user_id=self.user_id, names=names)
        return FileDraft(
            filename=file_name("my", "check-in-data", on=await self.today(context), suffix="json"),
            title=_("What the check-in app stores about me"),
            comment=_(
                "This file holds what is stored about you, including your answers and notes where they are still kept, "
                "also those of open check-ins. It stays here until this message is deleted."
            ),
            content=json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n",
        )


def as_document(stored: Stored, *, user_id: str, names: Mapping[int, Mapping[str, str]]) -> dict[str, Any]:
    """Everything as JSON takes it; `names` are those of the dimensions, by round."""
    return {
        "user_id": user_id,
        "profile": _row(stored.person) if stored.person is not None else None,
        "named_admin": stored.named_admin,
        "teams": [
            {"team": tie.team, "member": tie.member, "chosen_by_a_manager": tie.chosen, "manager": tie.manager}
            for tie in stored.ties
        ],
        "rounds": [_check_in(each, names[each.round.id]) for each in stored.check_ins],
        "action_items_owned": [_row(item) for item in stored.action_items],
        "action_items_written": stored.written,
        "recently_asked": [
            {
                "privacy": each.privacy.value,
                "opened_at": _plain(each.opened_at),
                "closed_at": _plain(each.closed_at),
                "took_part": each.took_part,
            }
            for each in stored.recently_asked
        ],
        "audit_entries": [_row(entry) for entry in stored.audit],
        "messages": [
            {"kind": each.kind.value, "state": each.state.value, "first_tried_at": _plain(each.first_attempt_at)}
            for each in stored.messages
        ],
    }


def _check_in(each: CheckIn, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "team": each.team,
        "round": each.round.number,
        "state": each.round.state.value,
        "privacy": each.round.privacy.value,
        "opened_at": _plain(each.round.opened_at),
        "closed_at": _plain(each.round.closed_at),
        "you": _row(each.member),
        "answers": [
            {
                "dimension": key,
                "dimension_name": names.get(key),
                "level": answer.level,
                "cant_say": answer.level is None,
                "note": answer.note,
                "tapped_at": datetime.fromtimestamp(answer.tapped_us / 1_000_000, UTC).isoformat(),
            }
            for key, answer in each.answers.items()
        ],
    }


def _row(row: Base) -> dict[str, Any]:
    return {column.key: _plain(getattr(row, column.key)) for column in type(row).__table__.columns}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
