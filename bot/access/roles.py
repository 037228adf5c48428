"""Who may do what: one table, and the sentence for everyone else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.slack.blocks import escape
from bot.slack.wording import mentions
from storage import people, rounds, team_roles, teams, workspaces
from storage.kinds import RoundState, TeamStep
from storage.models import Round, Team

LATELY = timedelta(hours=1)


class Role(StrEnum):
    """What someone is to a team; a person can be several."""

    MEMBER = "member"
    MANAGER = "manager"
    ADMIN = "admin"


MANAGE = frozenset({Role.MANAGER, Role.ADMIN})
SEE = frozenset({Role.MEMBER, Role.MANAGER, Role.ADMIN})


class Power(StrEnum):
    """What can be done to a team. Help and rubric are anyone's; a check-in is its member's own."""

    SUMMARY = "summary"
    ACTIONS = "actions"
    CHANGE_ACTIONS = "change actions"
    """To change items that somebody else owns: an owner needs no power."""
    TREND = "trend"
    SHARE = "share"
    START = "start"
    CLOSE = "close"
    CANCEL = "cancel"
    EXTEND = "extend"
    REMIND = "remind"
    SKIP = "skip"
    PAUSE = "pause"
    RESUME = "resume"
    SETTINGS = "settings"
    MANAGERS = "managers"
    EXPORT = "export"
    DELETE = "delete"


MAY: Mapping[Power, frozenset[Role]] = {
    Power.SUMMARY: SEE,
    Power.ACTIONS: SEE,
    Power.CHANGE_ACTIONS: MANAGE,
    Power.TREND: SEE,
    Power.SHARE: MANAGE,
    Power.START: MANAGE,
    Power.CLOSE: MANAGE,
    Power.CANCEL: MANAGE,
    Power.EXTEND: MANAGE,
    Power.REMIND: MANAGE,
    Power.SKIP: MANAGE,
    Power.PAUSE: MANAGE,
    Power.RESUME: MANAGE,
    Power.SETTINGS: MANAGE,
    Power.MANAGERS: MANAGE,
    Power.EXPORT: MANAGE,
    Power.DELETE: MANAGE,
}
"""Each power, by the roles that have it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Someone's roles in one team; who is no full member has none, whatever was written down."""

    roles: frozenset[Role]
    is_full_member: bool | None = True
    """None: Slack hasn't said."""

    def may(self, power: Power) -> bool:
        """Whether one of the roles has this power."""
        return bool(self.roles & MAY[power])


async def standing(session: AsyncSession, team: Team, *, user_id: str) -> Standing:
    """What this person is to this team."""
    found = await team_roles.of(session, team, user_id=user_id)
    has = {Role.MEMBER: found.is_member, Role.MANAGER: found.is_manager, Role.ADMIN: found.is_admin}
    return Standing(frozenset(role for role, is_theirs in has.items() if is_theirs), found.is_full_member)


class NotAllowedError(UserError):
    """Refused for who someone is to a team; for someone we don't know yet, Slack is asked before it is said."""


class NoFullMemberError(NotAllowedError):
    """Refused for being a guest or of another organisation, or since Slack hasn't said yet that they aren't."""

    def __init__(self, *, is_full_member: bool | None) -> None:
        self.is_full_member = is_full_member
        if is_full_member is None:
            sentence = _("Slack hasn't said yet who you are. Try again in a minute.")
        else:
            sentence = _(
                "Check-ins and their results are for full members of this workspace, "
                "not for guests or people of other organisations."
            )
        super().__init__(sentence)


class NotKnownError(UserError):
    """Someone of whom we know nothing yet: Slack is asked, and what was asked for is tried again."""

    def __init__(self, user_id: str) -> None:
        super().__init__(_("Slack doesn't know <@{user}>.").format(user=user_id))
        self.user_id = user_id


async def is_known(session: AsyncSession, *, workspace_id: str, user_id: str, now: datetime) -> bool:
    """Whether Slack told us lately what this person is: then a refusal stands."""
    person = await people.get(session, workspace_id=workspace_id, user_id=user_id)
    return person is not None and person.is_full_member is not None and person.read_at > now - LATELY


def require_full_member(is_full_member: bool | None) -> None:  # noqa: FBT001 - it is all there is to ask
    """NoFullMemberError for who isn't known to be one."""
    if not is_full_member:
        raise NoFullMemberError(is_full_member=is_full_member)


async def require_asker(session: AsyncSession, *, workspace_id: str, user_id: str) -> None:
    """NoFullMemberError for who asks and isn't known to be a full member, before anything is looked up for them."""
    person = await people.get(session, workspace_id=workspace_id, user_id=user_id)
    require_full_member(person.is_full_member if person is not None else None)


async def require_admin(session: AsyncSession, *, workspace_id: str, user_id: str) -> None:
    """NotAllowedError for who is no admin of the workspace."""
    await require_asker(session, workspace_id=workspace_id, user_id=user_id)
    if not await workspaces.is_admin(session, workspace_id=workspace_id, user_id=user_id):
        raise NotAllowedError(
            _("Only admins may do that: those of the workspace, and those named with `/maturity admins add`.")
        )


async def require(session: AsyncSession, team: Team, *, user_id: str, to: Power, seen: str | None = None) -> Standing:
    """A person's standing, if it allows `to`; NotAllowedError with a sentence that says who may.

    `seen` is the channel that they are in for certain. Who is neither in the team's nor anything to the team reads
    nothing about it, for an id may be made up.
    """
    found = await standing(session, team, user_id=user_id)
    require_full_member(found.is_full_member)
    if found.may(to):
        if team.next_step is TeamStep.DELETE:
            raise UserError(
                _("*{team}* is being deleted. Its channel is free again in a minute.").format(team=escape(team.name))
            )
        return found
    if MAY[to] is SEE:
        who = _("its members, its managers and workspace admins")
    else:
        who = _("its managers and workspace admins")
    if not found.roles and seen != team.channel_id:
        raise NotAllowedError(_("Only a team's own people may do that: {who}.").format(who=who))
    sentence = _("Only {who} may do that for *{team}*.").format(who=who, team=escape(team.name))
    managers = await teams.active_managers(session, team.id)
    if managers:
        sentence += " " + _("Its managers: {managers}.").format(managers=mentions(managers))
    raise NotAllowedError(sentence)


async def team_of(session: AsyncSession, team_id: int, *, workspace_id: str, held: bool = False) -> Team:
    """A team of this workspace, held where that is asked for; UserError where it is gone."""
    find = teams.hold if held else teams.get
    team = await find(session, team_id, workspace_id=workspace_id)
    if team is None:
        raise UserError(_("This team is gone."))
    return team


async def open_round(session: AsyncSession, team: Team, *, now: datetime, held: bool = False) -> Round:
    """The team's open round, held where that is asked for; UserError where none is open, or not any more."""
    found = await rounds.open_of(session, team.id)
    if found is not None and held:
        found = await rounds.hold(session, found.id, workspace_id=team.workspace_id)
    return require_open(require_state(found, team, state=RoundState.OPEN), team, now=now)


def require_open(found: Round, team: Team, *, now: datetime) -> Round:
    """The round, which nobody has ended; UserError where its last moment is over."""
    if not found.is_open(now):
        raise is_over(team)
    return found


def is_over(team: Team) -> UserError:
    """What is said of a round between its last moment and its close."""
    return UserError(_("The round of *{team}* is over. It is being closed now.").format(team=escape(team.name)))


def require_state(found: Round | None, team: Team, *, state: RoundState) -> Round:
    """The round, where it is open, or closed with a summary, as `state` asks; UserError otherwise."""
    if found is not None and found.state is state:
        return found
    if state is RoundState.OPEN:
        raise UserError(_("*{team}* has no open round.").format(team=escape(team.name)))
    raise UserError(_("That round of *{team}* has no summary.").format(team=escape(team.name)))


def forgotten_round() -> str:
    """What is said of a round that isn't in the database: its messages are in Slack all the same."""
    return _(
        "This round isn't known here any more: its team was deleted, or the app was restored from an earlier copy. "
        "Nothing was saved."
    )


async def round_of(
    session: AsyncSession, round_id: int, *, workspace_id: str, held: bool = False
) -> tuple[Round, Team]:
    """A round of this workspace, held where that is asked for, and its team; UserError where they are gone."""
    find = rounds.hold if held else rounds.get
    found = await find(session, round_id, workspace_id=workspace_id)
    if found is None:
        raise UserError(forgotten_round())
    return found, await team_of(session, found.team_id, workspace_id=workspace_id)
