"""The notice: a line that managers, admins and others are sent about a team."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import Context, Draft, OwedMessage, Sending
from bot.kit.required import required
from bot.notices import nearly_done, nearly_done_views, views
from bot.notices.facts import NoticeFacts
from storage import answers, deliveries, people, rounds, teams, workspaces
from storage.kinds import DeliveryKind, NoticeReason
from storage.models import Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(OwedMessage):
    """To one person."""

    kind = DeliveryKind.NOTICE
    sending = Sending.DIRECT_MESSAGE
    is_to_be_known = True

    user_id: str
    team_id: int | None = None
    facts: NoticeFacts

    @classmethod
    def of(cls, team: Team, user_id: str, facts: NoticeFacts, *, about: str) -> Self:
        """To one person about a team; `about` keeps it to once for each matter."""
        return cls(
            workspace_id=team.workspace_id,
            key=f"team:{team.id}:notice:{facts.reason}:{about}:{user_id}",
            user_id=user_id,
            team_id=team.id,
            facts=facts,
        )

    def payload(self) -> Mapping[str, Any]:
        return self.facts.payload()

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"facts": NoticeFacts.read(payload)}

    async def draw(self, context: Context) -> Draft | None:
        """None for who is no full member any more: they were a manager or an admin once."""
        facts = self.facts
        if facts.reason is NoticeReason.FILE_FAILED:
            return Draft(views.file_failed(facts.error))
        person = await people.get(context.session, workspace_id=self.workspace_id, user_id=self.user_id)
        if person is None or not person.is_full_member:
            return None
        if facts.reason is NoticeReason.SETTING and self.team_id is None:
            return Draft(views.setting_in_the_way(facts.error, needed=facts.needed))
        return None if self.team_id is None else await self._of_team(self.team_id, context)

    async def _of_team(self, team_id: int, context: Context) -> Draft | None:
        facts, session = self.facts, context.session
        if facts.reason is NoticeReason.NOT_KNOWN and not facts.people:
            return None  # whom it was about were erased
        team = await teams.get(session, team_id, workspace_id=self.workspace_id)
        if team is None:
            return None
        if facts.reason is NoticeReason.NOT_ASKED:
            round_id = required(facts.round_id)
            unasked = await deliveries.failed_prompts(session, round_id=round_id)
            asked = len(await rounds.members(session, round_id))
            facts = replace(facts, failed=Counter(unasked.values()), asked=asked, who=list(unasked))
        if facts.reason in {NoticeReason.ALL_ANSWERED, NoticeReason.FEW_MISSING}:
            return await _nearly_done(session, team, facts, now=context.now)
        workspace = await workspaces.get(session, self.workspace_id)
        bot = workspace.bot_user_id if workspace is not None else ""
        return Draft(views.notice(team.name, channel_id=team.channel_id, bot=bot, facts=facts))


async def _nearly_done(session: AsyncSession, team: Team, facts: NoticeFacts, *, now: datetime) -> Draft | None:
    """What is so by now; None where it isn't any more."""
    opened = await rounds.get(session, required(facts.round_id), workspace_id=team.workspace_id)
    if opened is None:
        return None
    found = await answers.nearness(session, round_id=opened.id)
    if nearly_done.news(opened, found, is_late=True, now=now) is not facts.reason:
        return None
    draw = nearly_done_views.all_answered
    if facts.reason is NoticeReason.FEW_MISSING:
        draw = partial(nearly_done_views.few_missing, can_extend=facts.can_extend)
    needed = nearly_done.needed(opened)
    return Draft(
        draw(team.name, found, needed=needed, closes_at=opened.closes_at, time_zone=team.time_zone, round_id=opened.id)
    )
