"""Who manages a team: added, removed, and gone without a word."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.notices import notify
from bot.notices.facts import NoticeFacts
from bot.slack.blocks import escape
from bot.slack.wording import mentions
from storage import audit, teams, workspaces
from storage.kinds import Deed, NoticeReason
from storage.models import Person, Team


def require_full_member(person: Person) -> None:
    """UserError for who can't manage anything: a bot, a guest, someone deactivated or of another organisation."""
    if person.is_full_member is False:
        raise UserError(
            _("<@{user}> isn't a full member of this workspace. Name someone who is.").format(user=person.user_id)
        )


async def add(session: AsyncSession, team: Team, person: Person, *, by: str, now: datetime) -> str:
    """Make someone a manager, and tell them; the sentence that says so."""
    require_full_member(person)
    name = escape(team.name)
    if not await teams.add_manager(session, team_id=team.id, user_id=person.user_id):
        return _("<@{user}> is a manager of *{team}* already.").format(user=person.user_id, team=name)
    details = audit.Details(user=person.user_id)
    await audit.of_team(session, Deed.MANAGERS_ADD, team, by=by, now=now, details=details)
    if person.user_id != by:
        # Once a day: whoever is removed and added again and again knows.
        facts = NoticeFacts(reason=NoticeReason.MADE_MANAGER, user=by)
        await notify.tell(session, team, facts, user_ids=[person.user_id], about=f"{now:%Y-%m-%d}", now=now)
    return _("<@{user}> is a manager of *{team}* now.").format(user=person.user_id, team=name)


async def remove(session: AsyncSession, team: Team, *, user_id: str, by: str, now: datetime) -> str:
    """Make someone a manager no longer, and say who manages the team now; UserError where nobody would be left."""
    name = escape(team.name)
    if not await teams.is_manager(session, team_id=team.id, user_id=user_id):
        raise UserError(_("<@{user}> isn't a manager of *{team}*.").format(user=user_id, team=name))
    left = sorted(set(await teams.active_managers(session, team.id)) - {user_id})
    if not left:
        raise UserError(
            _("*{team}* needs a manager. Add another one first: `/maturity managers add @person`.").format(team=name)
        )
    await teams.remove_manager(session, team_id=team.id, user_id=user_id)
    await audit.of_team(session, Deed.MANAGERS_REMOVE, team, by=by, now=now, details=audit.Details(user=user_id))
    if user_id == by:
        said = _("You are no longer a manager of *{team}*: {managers} can make you one again.")
    else:
        said = _("<@{user}> is no longer a manager of *{team}*. Its managers: {managers}.")
    return said.format(user=user_id, team=name, managers=mentions(left))


async def gone(session: AsyncSession, *, workspace_id: str, user_id: str, now: datetime) -> None:
    """Someone is no full member any more: admins are told of each team that has no other manager."""
    for team in await teams.managed_by(session, workspace_id=workspace_id, user_id=user_id, still=False):
        if not set(await teams.active_managers(session, team.id)) - {user_id}:
            about = f"{user_id}:{int(now.timestamp())}"
            await _tell_admins(session, team, reason=NoticeReason.NO_MANAGER, user_id=user_id, about=about, now=now)


async def left_channel(session: AsyncSession, team: Team, *, user_id: str, event: str, now: datetime) -> None:
    """Someone left a team's channel: admins are told where that was its only manager, once for each `event`."""
    if set(await teams.active_managers(session, team.id)) == {user_id}:
        about = f"{user_id}:{event}"
        await _tell_admins(session, team, reason=NoticeReason.MANAGER_LEFT, user_id=user_id, about=about, now=now)


async def _tell_admins(
    session: AsyncSession, team: Team, *, reason: NoticeReason, user_id: str, about: str, now: datetime
) -> None:
    admins = set(await workspaces.admins(session, workspace_id=team.workspace_id)) - {user_id}
    facts = NoticeFacts(reason=reason, user=user_id)
    await notify.tell(session, team, facts, user_ids=sorted(admins), about=about, now=now)
