"""Who asks, where, and which team or round they mean."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.access.roles import NotAllowedError, Power
from bot.inputs import typed
from bot.inputs.nearest import nearest
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.slack import ids
from bot.slack.blocks import Message, escape, escape_within
from bot.slack.services import Services
from storage import teams, workspaces
from storage.kinds import RoundState
from storage.models import Round, Team
from storage.teams import LONGEST_NAME

CHANNEL_NAME = re.compile(r"#?[^\s.,<>|@]{1,80}")
HASHES = "#＃"  # noqa: RUF001 - as Japanese keyboards type it, too
MOST_LISTED = 10
"""Teams that one sentence names."""


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
    is_quoted: bool = False
    """Whether that stood in quotes, so that it is a name and nothing else."""
    is_typed: bool = True
    """False: it was chosen in Home, and the channel is the team's, wherever that is."""
    channel_names: Mapping[str, str] | None = None
    """Of the channels of one's teams, by their ids, once Slack was asked; None: it wasn't yet."""

    @property
    def is_direct(self) -> bool:
        """Whether this is a direct message, or a group's, which Slack calls `mpdm-ana--ben-1` whatever its id."""
        name = self.channel_name
        return self.channel_id.startswith("D") or name in {"directmessage", "mpdm"} or name.startswith("mpdm-")

    @property
    def seen(self) -> str | None:
        """The channel that this person is in for certain."""
        return self.channel_id if self.is_typed else None


class NoSuchTeamError(NotAllowedError):
    """No team is called so; where a channel may be, Slack is asked whether one of a team's is, before this is said."""

    def __init__(self, sentence: str, *, may_be_channel: bool) -> None:
        super().__init__(sentence)
        self.may_be_channel = may_be_channel


Handler = Callable[[Asked, Services], Awaitable[Message | None]]
"""What answers a command, typed or chosen in Home; None where the answer is a modal that is open by then."""


def read(command: Mapping[str, Any], *, rest: str, is_quoted: bool = False) -> Asked:
    """Slack's slash command, in our words."""
    return Asked(
        workspace_id=ids.workspace_of(command),
        user_id=command["user_id"],
        channel_id=command["channel_id"],
        channel_name=command.get("channel_name") or "",
        trigger_id=command.get("trigger_id") or "",
        rest=rest,
        is_quoted=is_quoted,
    )


async def team_meant(session: AsyncSession, asked: Asked, *, otherwise: str = "") -> Team:
    """The team that was named, else the channel's, else the only one of one's own; UserError where it isn't clear.

    `otherwise` is a sentence with what else may stand in the name's place, for who wrote neither. NoFullMemberError for
    guests, who read nothing about teams.
    """
    team = await named_or_here(session, asked, otherwise=otherwise)
    return team if team is not None else await only_own(session, asked)


async def named_or_here(session: AsyncSession, asked: Asked, *, otherwise: str = "") -> Team | None:
    """The team that was named, else the channel's; None where nothing was named and the channel has none.

    Errors as in `team_meant`.
    """
    await roles.require_asker(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    if not asked.rest:
        return await teams.of_channel(session, workspace_id=asked.workspace_id, channel_id=asked.channel_id)
    known = await known_to(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    return await _named(session, asked, known, otherwise=otherwise)


async def only_own(session: AsyncSession, asked: Asked) -> Team:
    """The only team of one's own; UserError, which says what to do, for who has none, or several."""
    mine = await teams.of_person(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    if len(mine) == 1:
        return mine[0]
    if mine:
        raise UserError(_("This channel has no team. Name one of yours: {teams}.").format(teams=_listed(mine)))
    if asked.is_direct:
        raise UserError(_("Name the team after the command, or type it in the team's channel."))
    raise UserError(_("This channel has no team yet. `/maturity setup` makes one."))


async def team_asked(
    session: AsyncSession, asked: Asked, *, to: Power, held: bool = False, otherwise: str = ""
) -> Team:
    """The team that a command means; UserError as in `team_meant`, and for who may not.

    Held, it is locked and read anew: what is changed of it then undoes nothing that somebody else did meanwhile.
    """
    team = await team_meant(session, asked, otherwise=otherwise)
    if held:
        team = await roles.team_of(session, team.id, workspace_id=asked.workspace_id, held=True)
    await roles.require(session, team, user_id=asked.user_id, to=to, seen=asked.seen)
    return team


async def team_tapped(session: AsyncSession, body: Mapping[str, Any], *, to: Power, held: bool = False) -> Team:
    """The team of a tapped button, held where it is changed; UserError for who may not, and where it is gone."""
    team_id = ids.number(body["actions"][0].get("value"))
    team = await roles.team_of(session, team_id, workspace_id=ids.workspace_of(body), held=held)
    await roles.require(session, team, user_id=body["user"]["id"], to=to, seen=ids.channel_of(body))
    return team


async def _named(session: AsyncSession, asked: Asked, known: Sequence[Team], *, otherwise: str) -> Team:
    channel_id = typed.channel_id(asked.rest)
    if channel_id is not None:
        return await _of_channel(session, asked, channel_id, known)
    team = one_of(_called(asked, known), here=asked.channel_id)
    if team is not None:
        return team
    meant = nearest(asked.rest.lstrip("#"), {team.name: [team.name] for team in known})
    sentence = _("There is no team called “{name}”.").format(name=escape_within(asked.rest, 80))
    if meant is not None:
        sentence += " " + _("Did you mean *{name}*?").format(name=escape(meant))
    if otherwise:
        sentence += " " + otherwise
    # Someone we don't know yet may be an admin, who knows every team: Slack is asked before this is said.
    raise NoSuchTeamError(sentence, may_be_channel=bool(known) and CHANNEL_NAME.fullmatch(asked.rest) is not None)


async def _of_channel(session: AsyncSession, asked: Asked, channel_id: str, known: Sequence[Team]) -> Team:
    """The team of a channel that was named; whoever knows of none there reads the same whether there is one."""
    team = next((team for team in known if team.channel_id == channel_id), None)
    if team is None and channel_id == asked.seen:
        team = await teams.of_channel(session, workspace_id=asked.workspace_id, channel_id=channel_id)
    if team is None:
        raise NotAllowedError(
            _("You have no team in <#{channel}>. Only a team's members, its managers and workspace admins can use it.")
            .format(channel=channel_id)
        )  # fmt: skip
    return team


def one_of(found: Sequence[Team], *, here: str) -> Team | None:
    """The only one of these; of several with one name that of this channel; UserError with their channels elsewhere."""
    if len(found) <= 1:
        return found[0] if found else None
    for team in found:
        if team.channel_id == here:
            return team
    listed = ", ".join(f"<#{team.channel_id}>" for team in found[:MOST_LISTED])
    listed += " …" if len(found) > MOST_LISTED else ""
    raise UserError(
        _("Several teams are called *{name}*. Write the channel of the one you mean in place of the name: {channels}.")
        .format(name=escape_within(found[0].name, LONGEST_NAME), channels=listed)
    )  # fmt: skip


async def open_round_asked(
    session: AsyncSession, asked: Asked, *, to: Power, now: datetime, held: bool = True, otherwise: str = ""
) -> tuple[Round, Team]:
    """The open round of the team that a command means; UserError for who may not, and where none is open.

    Held, as a tapped one is.
    """
    team = await team_asked(session, asked, to=to, otherwise=otherwise)
    return await roles.open_round(session, team, now=now, held=held), team


async def round_tapped(
    session: AsyncSession, body: Mapping[str, Any], *, to: Power, state: RoundState, held: bool = True
) -> tuple[Round, Team]:
    """The round of a tapped button and its team; UserError for who may not, and where it isn't in that state.

    Held, so that nobody else does something with it at that moment, but for who only looks.
    """
    round_id = ids.number(body["actions"][0].get("value"))
    found, team = await roles.round_of(session, round_id, workspace_id=ids.workspace_of(body), held=held)
    await roles.require(session, team, user_id=body["user"]["id"], to=to, seen=ids.channel_of(body))
    return roles.require_state(found, team, state=state), team


async def apart(session: AsyncSession, asked: Asked, option: re.Pattern[str]) -> tuple[re.Match[str] | None, Asked]:
    """What was typed before or behind a team's name, None where nothing was, and what was asked without it.

    What can be an option alone is one, unless it is in quotes. Else the name of a team that this person may know of is
    a name, whatever it begins or ends with; so is what an option leaves.
    """
    ways = typed.beside(asked.rest, option)
    if not ways:
        return None, asked
    if not asked.is_quoted and not ways[0][1]:
        return ways[0][0], replace(asked, rest="")
    known = await known_to(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    if _called(asked, known):
        return None, asked
    found = [(match, replace(asked, rest=name, is_quoted=False)) for match, name in ways]
    return next(((match, theirs) for match, theirs in found if theirs.rest and _called(theirs, known)), found[0])


async def names_of_teams(session: AsyncSession, asked: Asked) -> Callable[[str], bool]:
    """Tells whether words name a team that this person may know of, or are a channel as Slack writes it."""
    known = await known_to(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    channels = _channels(asked)
    names = {typed.key(team.name) for team in known}
    behind_hash = names | {typed.key(channels[team.channel_id]) for team in known if team.channel_id in channels}

    def is_name(words: str) -> bool:
        is_channel = typed.CHANNEL.fullmatch(typed.unwrapped(words)) is not None
        return is_channel or typed.key(words) in names or typed.key(words.lstrip(HASHES)) in behind_hash

    return is_name


async def known_to(session: AsyncSession, *, workspace_id: str, user_id: str) -> Sequence[Team]:
    """The teams that this person may know of: a private channel's name is nobody else's business."""
    if await workspaces.is_admin(session, workspace_id=workspace_id, user_id=user_id):
        return await teams.all_of(session, workspace_id=workspace_id)
    return await teams.of_person(session, workspace_id=workspace_id, user_id=user_id)


def _called(asked: Asked, known: Sequence[Team]) -> list[Team]:
    """Those of the name that was typed; where there is none, the team of the channel of that name."""
    name = asked.rest.lstrip(HASHES)
    found = typed.called(asked.rest, known, by=lambda team: team.name)
    found = found or typed.called(name, known, by=lambda team: team.name)
    channels = _channels(asked)
    return found or typed.called(name, known, by=lambda team: channels.get(team.channel_id, ""))


def _channels(asked: Asked) -> dict[str, str]:
    """What channels are called, as far as that is known, by their ids."""
    return {asked.channel_id: asked.channel_name} | dict(asked.channel_names or {})


def _listed(found: Sequence[Team]) -> str:
    names = [f"*{escape_within(team.name, LONGEST_NAME)}*" for team in found[:MOST_LISTED]]
    return ", ".join(names) + (" …" if len(found) > len(names) else "")
