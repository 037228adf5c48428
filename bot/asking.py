"""Who asks, where, and which team or round they mean."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import access, commands, ids
from bot.access import NotAllowedError
from bot.errors import UserError
from bot.i18n import _
from bot.nearest import nearest
from bot.services import Services
from bot.views.message import Message, escape, escape_within
from bot.views.setup_form import LONGEST_NAME
from storage import teams, workspaces
from storage.kinds import RoundState
from storage.models import Round, Team


@dataclass(frozen=True, slots=True)
class Asked:
    """One typed command."""

    workspace_id: str
    user_id: str
    channel_id: str
    channel_name: str
    trigger_id: str
    rest: str
    """What stood after the command's word."""


Handler = Callable[[Asked, Services], Awaitable[Message | None]]
"""What answers a command, typed or chosen in Home; None where the answer is a modal that is open by then."""


def read(command: Mapping[str, Any], *, rest: str) -> Asked:
    """Slack's slash command, in our words."""
    return Asked(
        workspace_id=ids.workspace_of(command),
        user_id=command["user_id"],
        channel_id=command["channel_id"],
        channel_name=command.get("channel_name") or "",
        trigger_id=command.get("trigger_id") or "",
        rest=rest,
    )


async def team_meant(session: AsyncSession, asked: Asked, *, otherwise: str = "") -> Team:
    """The team that was named, else the channel's, else the only one of one's own; UserError where it isn't clear.

    `otherwise` is a sentence with what else may stand in the name's place, for who wrote neither.
    """
    if asked.rest:
        return await _named(session, asked, otherwise=otherwise)
    team = await teams.of_channel(session, workspace_id=asked.workspace_id, channel_id=asked.channel_id)
    if team is not None:
        return team
    mine = await teams.of_person(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    if len(mine) == 1:
        return mine[0]
    if mine:
        raise UserError(_("This channel has no team. Name one of yours: {teams}.").format(teams=_listed(mine)))
    if asked.channel_name == "directmessage":
        raise UserError(_("Name the team after the command, or type it in the team's channel."))
    raise UserError(_("This channel has no team yet. `/maturity setup` makes one."))


async def team_held(session: AsyncSession, asked: Asked) -> Team:
    """The same, locked and read anew: what is changed of it then undoes nothing that somebody else did meanwhile."""
    team = await team_meant(session, asked)
    return await access.team_of(session, team.id, workspace_id=asked.workspace_id, held=True)


async def _named(session: AsyncSession, asked: Asked, *, otherwise: str) -> Team:
    channel_id = commands.channel_id(asked.rest)
    if channel_id is not None:
        team = await teams.of_channel(session, workspace_id=asked.workspace_id, channel_id=channel_id)
        if team is None:
            raise UserError(_("<#{channel}> has no team.").format(channel=channel_id))
        return team
    known = await _known(session, asked)
    typed = commands.unescaped(asked.rest)
    wanted = typed.lstrip("#").casefold()
    team = _called(wanted, known)
    if team is not None:
        return team
    meant = nearest(wanted, {team.name: [team.name] for team in known})
    sentence = _("There is no team called “{name}”.").format(name=escape_within(typed, 80))
    if meant is not None:
        sentence += " " + _("Did you mean *{name}*?").format(name=escape(meant))
    if otherwise:
        sentence += " " + otherwise
    # Someone we don't know yet may be an admin, who knows every team: Slack is asked before this is said.
    raise NotAllowedError(sentence)


async def round_tapped(
    session: AsyncSession, body: Mapping[str, Any], *, to: str, state: RoundState, held: bool = True
) -> tuple[Round, Team]:
    """The round of a tapped button and its team; UserError for who may not, and where it isn't in that state.

    Held, so that nobody else does something with it at that moment, but for who only looks.
    """
    round_id = ids.number(body["actions"][0].get("value"))
    found, team = await access.round_of(session, round_id, workspace_id=ids.workspace_of(body), held=held)
    await access.require(session, team, user_id=body["user"]["id"], to=to)
    return access.require_state(found, team, state=state), team


async def is_a_name(session: AsyncSession, asked: Asked) -> bool:
    """Whether what was typed is the name of a team that this person may know of."""
    return _called(commands.unescaped(asked.rest).lstrip("#").casefold(), await _known(session, asked)) is not None


async def _known(session: AsyncSession, asked: Asked) -> Sequence[Team]:
    """The teams that this person may know of: a private channel's name is nobody else's business."""
    if await workspaces.is_admin(session, workspace_id=asked.workspace_id, user_id=asked.user_id):
        return await teams.all_of(session, workspace_id=asked.workspace_id)
    return await teams.of_person(session, workspace_id=asked.workspace_id, user_id=asked.user_id)


def _called(name: str, known: Sequence[Team]) -> Team | None:
    return next((team for team in known if team.name.casefold() == name), None)


def _listed(found: Sequence[Team]) -> str:
    names = [f"*{escape_within(team.name, LONGEST_NAME)}*" for team in found[:10]]
    return ", ".join(names) + (" …" if len(found) > len(names) else "")
