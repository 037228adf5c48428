"""The picture of a summary that somebody asked for, drawn when it is sent, for as long as they may have it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.access import roles
from bot.access.roles import Power
from bot.charts.profile import profile_svg
from bot.delivery.files import FileDraft, file_name
from bot.delivery.message import Context
from bot.kit.i18n import _
from bot.notices.file_message import FileMessage
from bot.slack.blocks import escape, one_line
from bot.summary import result
from bot.summary.cards import caption_of, card_of
from bot.summary.views import summary_name
from storage import rounds, teams
from storage.kinds import RoundState


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPicture(FileMessage):
    """The profile of a team in one round."""

    what = "summary"

    team_id: int
    round: int

    def asked_for(self) -> Mapping[str, Any]:
        return {"round": self.round}

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"round": int(payload["round"])}

    async def file(self, context: Context) -> FileDraft | None:
        session = context.session
        team = await teams.get(session, self.team_id, workspace_id=self.workspace_id)
        closed = await rounds.get(session, self.round, workspace_id=self.workspace_id)
        if team is None or closed is None or closed.team_id != team.id or closed.state is not RoundState.CLOSED:
            return None
        standing = await roles.standing(session, team, user_id=self.user_id)
        if not standing.may(Power.SUMMARY):
            return None
        card = card_of(await result.of(session, closed, reader=self.user_id, rubrics=context.rubrics), team)
        if card.summary.shows_nothing:
            return None
        return FileDraft(
            filename=file_name(team.name, f"round-{closed.number}", on=await self.today(context), suffix="png"),
            title=summary_name(card.team, card.number, card.closed_on),
            comment=_("Here is the picture of *{team}*, round {number}.").format(
                team=escape(one_line(team.name)), number=closed.number
            ),
            svg=await asyncio.to_thread(profile_svg, card.rubric, card.summary, caption_of(card)),
            alt_text=card.alt_text,
        )
