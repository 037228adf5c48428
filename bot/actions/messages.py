"""The lines about an action: to whom it was given, and, once it is due, the question what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from bot.actions import views
from bot.actions.due_dates import today_of
from bot.check_ins import reminders
from bot.delivery.message import Context, Draft, NotYetError, OwedMessage, Sending
from storage import action_items, people, teams
from storage.kinds import ActionState, DeliveryKind
from storage.models import ActionItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDue(OwedMessage):
    """To its owner, or to those who answer for its team."""

    kind = DeliveryKind.ACTION_DUE
    sending = Sending.DIRECT_MESSAGE
    is_to_be_known = True

    team_id: int
    user_id: str
    item: int
    owner: str | None
    """Whose it was when this was owed."""
    due_on: date | None = None
    """The due date that it asks about; None where all that it tells is that it was given to its owner."""
    by: str | None = None
    """Who gave it; None once they were erased."""

    @classmethod
    def question(cls, item: ActionItem, user_id: str, *, due_on: date) -> Self:
        """What became of the action, now that it is due."""
        return cls._about(item, user_id, why=f"due:{due_on}", due_on=due_on)

    @classmethod
    def given(cls, item: ActionItem, owner: str, *, by: str) -> Self:
        """Somebody made them its owner."""
        return cls._about(item, owner, why="given", by=by)

    @classmethod
    def _about(
        cls, item: ActionItem, user_id: str, *, why: str, due_on: date | None = None, by: str | None = None
    ) -> Self:
        return cls(
            workspace_id=item.workspace_id,
            key=f"action:{item.id}:{why}:{user_id}",
            team_id=item.team_id,
            user_id=user_id,
            item=item.id,
            owner=item.owner_id,
            due_on=due_on,
            by=by,
        )

    def payload(self) -> Mapping[str, Any]:
        payload: dict[str, Any] = {"item": self.item, "owner": self.owner}
        if self.due_on is not None:
            payload["due"] = self.due_on.isoformat()
        if self.by is not None:
            payload["by"] = self.by
        return payload

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        owner, due, by = payload["owner"], payload.get("due"), payload.get("by")
        return {
            "item": int(payload["item"]),
            "owner": str(owner) if owner is not None else None,
            "due_on": date.fromisoformat(due) if due is not None else None,
            "by": str(by) if by is not None else None,
        }

    async def draw(self, context: Context) -> Draft | None:
        """None where it is no longer needed: the item was ended, re-dated or given to somebody else meanwhile."""
        session, now = context.session, context.now
        person = await people.get(session, workspace_id=self.workspace_id, user_id=self.user_id)
        if person is None or not person.is_full_member:
            return None  # they owned it, or managed its team, once
        item = await action_items.get(session, self.item, workspace_id=self.workspace_id)
        team = await teams.get(session, self.team_id, workspace_id=self.workspace_id)
        if item is None or team is None or item.state is not ActionState.OPEN or item.owner_id != self.owner:
            return None
        if self.due_on is None:
            return Draft(views.given(team.name, item, by=self.by))
        if item.due_on != self.due_on:
            return None
        # It was due at ten, and may have been held up since: by Slack, or by a worker that was down.
        at = reminders.when(team, time_zone=people.zone_of(person, team.time_zone), now=now)
        if at > now:
            raise NotYetError(at - now)
        if self.user_id != item.owner_id:
            return Draft(views.without_owner(team.name, item))
        return Draft(views.due(team.name, item, today=today_of(team, now=now)))
