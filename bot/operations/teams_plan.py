"""A team of a file beside the team that is there: what is written anew, or why it can't be."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.inputs import typed
from bot.operations.teams_file import WantedTeam, as_written
from bot.teams import names, team_settings
from bot.teams.form_checks import check_settings
from bot.teams.team_settings import TeamSettings
from storage import teams, workspaces
from storage.kinds import TeamStep
from storage.models import Team


class CannotError(Exception):
    """One team can't be applied: why, and the mend. The others are all the same."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A team as it is, if it is there, and as the file wants it."""

    channel_id: str
    team: Team | None
    before: TeamSettings | None
    after: TeamSettings
    managers_before: tuple[str, ...]
    managers: tuple[str, ...]

    @property
    def begins(self) -> bool:
        """Whether its schedule begins anew."""
        return self.before is None or team_settings.begins_anew(team_settings.differences(self.before, self.after))

    @property
    def changes(self) -> list[str]:
        """`field: old -> new`, in the file's words."""
        new = as_written(self.after, self.managers)
        old = as_written(self.before, self.managers_before) if self.before is not None else {}
        return [f"{key}: {old[key]} -> {new[key]}" for key in old if old[key] != new[key]]

    @property
    def settings(self) -> list[str]:
        """All that holds for a new team, but for what it has none of."""
        written = as_written(self.after, self.managers)
        return [f"{key}: {value}" for key, value in written.items() if key != "name" and value != "none"]


async def plan_team(
    session: AsyncSession,
    wanted: WantedTeam,
    *,
    workspace_id: str,
    channel_id: str,
    name: str,
    zone: str,
    now: datetime,
    hold: bool = False,
) -> Plan:
    """What is there, and what the file makes of it; with `hold` nobody else gives the channel a team meanwhile."""
    if hold:
        await workspaces.hold_channels(session, workspace_id)
        name = await names.free(session, name, workspace_id=workspace_id) if name else name
    team = await teams.of_channel(session, workspace_id=workspace_id, channel_id=channel_id)
    if team is not None and hold:
        team = await teams.hold(session, team.id, workspace_id=workspace_id)
    if team is not None and team.next_step is TeamStep.DELETE:
        raise CannotError("its channel's team is being deleted. Run this again in a minute.")
    before: TeamSettings | None = None
    managers_before: tuple[str, ...] = ()
    if team is None:
        if wanted.managers is None:
            raise CannotError("'managers' is missing, and a new team needs one; write a list of user ids.")
        start = team_settings.defaults(name=name or wanted.channel, time_zone=wanted.fields.get("time_zone", zone))
    else:
        chosen = tuple(await teams.chosen_people(session, team.id))
        before = start = team_settings.of_team(team, chosen=chosen, now=now)
        managers_before = tuple(await teams.managers(session, team.id))
    after = replace(start, **wanted.fields)
    today = now.astimezone(ZoneInfo(after.time_zone)).date()
    # Those that are over make no difference.
    after = replace(after, days_off=team_settings.to_come(after.days_off, today=today))
    wrong = check_settings(after)
    if wrong:
        raise CannotError(" ".join(wrong))
    after = replace(after, name=typed.clean(after.name))
    return Plan(
        channel_id=channel_id,
        team=team,
        before=before,
        after=after,
        managers_before=managers_before,
        managers=wanted.managers if wanted.managers is not None else managers_before,
    )
