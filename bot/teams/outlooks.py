"""What a team's form leads to before it is saved: its dates as they would be chosen, and what to know of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import roles
from bot.rounds import same_people
from bot.rounds.same_people import Planned
from bot.schedule import schedules
from bot.slack.ids import Do
from bot.slack.services import Services
from bot.teams import members_from_slack, setup, team_settings
from bot.teams.form import SetupForm, settings_of
from bot.teams.form_checks import check_form
from bot.teams.team_settings import TeamSettings
from storage import people, rounds, teams, workspaces
from storage.kinds import MemberSource
from storage.models import Team
from storage.rosters import to_ask, would_ask


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a form leads to, as it stands."""

    dates: list[datetime] | str
    """The next three openings; a sentence where there are none."""
    later_than: datetime | None = None
    """The first date that would be, if nearly the same people weren't asked around then."""
    may_move: bool = False
    """Whether the first date isn't chosen yet, since nobody knows whom the team would ask."""
    shares_half: bool = False
    """Whether another team that is asked every week or two has half of the people, or half of its own among them."""


async def of(
    form: SetupForm, team: Team | None, client: AsyncWebClient, services: Services, *, workspace_id: str, user_id: str
) -> Outlook:
    """What the form leads to. Slack is asked whom the team would ask where that matters, and isn't waited for long.

    A form may have been forged: of a team that its sender may not change it tells nothing, nor of anybody to a guest.
    """
    now = services.clock()
    async with services.database.reading() as session:
        asker = await people.get(session, workspace_id=workspace_id, user_id=user_id)
        is_full_member = asker is not None and bool(asker.is_full_member)
        if team is not None and not (await roles.standing(session, team, user_id=user_id)).may(roles.Power.SETTINGS):
            team = None
        if check_form(form):
            return Outlook(setup.next_dates(form, team, now=now))
        wanted = settings_of(form)
        changed = list[str]()
        if team is not None:
            chosen = tuple(await teams.chosen_people(session, team.id))
            changed = team_settings.differences(team_settings.of_team(team, chosen=chosen, now=now), wanted)
        begins = team is None or team_settings.begins_anew(changed)
        # Of people who are chosen one by one each could be looked for in all teams, by a form that is never saved.
        may_know = is_full_member and wanted.source is not MemberSource.PEOPLE
        is_needed = may_know and _needs_people(wanted, team, begins=begins)
        members: list[str] | None = None
        if is_needed and team is not None and Do.SET_SOURCE not in changed:
            members = [person.user_id for person in await to_ask(session, team, at=lambda _person: now)]
        bot_user_id = (await workspaces.known(session, workspace_id)).bot_user_id
    if is_needed and members is None:
        members = await _members_of(form, team, client, services, workspace_id=workspace_id, user_id=user_id)
        members = None if members is None else [each for each in members if each != bot_user_id]
    async with services.database.reading() as session:
        return await _outlook(session, wanted, team, members, workspace_id=workspace_id, begins=begins, now=now)


async def _members_of(
    form: SetupForm,
    team: Team | None,
    client: AsyncWebClient,
    services: Services,
    *,
    workspace_id: str,
    user_id: str,
) -> list[str] | None:
    """Who would belong to the team; None where Slack doesn't say, or not to somebody who isn't in the channel.

    Nor of people who are chosen one by one.
    """
    if form.source is MemberSource.PEOPLE:
        return None
    channel_id = form.channel_id if team is None else team.channel_id
    source_id = form.usergroup_id if form.source is MemberSource.USERGROUP else channel_id
    if not source_id:
        return None

    async def ask() -> list[str]:
        return await members_from_slack.read(
            client, source=form.source, channel_id=channel_id, usergroup_id=form.usergroup_id, chosen=()
        )

    found = await services.asked.get(f"{workspace_id}:{source_id}", ask, now=services.clock())
    # A form may have been forged: who isn't in a channel reads nothing that depends on who is.
    if found is not None and form.source is MemberSource.CHANNEL and user_id not in found:
        return None
    return found


def _needs_people(wanted: TeamSettings, team: Team | None, *, begins: bool) -> bool:
    """Whether an outlook depends on whom the team would ask."""
    weeks = wanted.every_weeks
    return weeks is not None and (weeks <= same_people.OFTEN or (begins and is_planned(team)))


def is_planned(team: Team | None) -> bool:
    """Whether a form that begins a schedule anew has a first date chosen."""
    return team is None or not (schedules.is_paused(team) or schedules.is_put_off(team) or team.started_by is not None)


async def _outlook(
    session: AsyncSession,
    wanted: TeamSettings,
    team: Team | None,
    user_ids: Collection[str] | None,
    *,
    workspace_id: str,
    begins: bool,
    now: datetime,
) -> Outlook:
    """The dates of new settings as they will be chosen, and what there is to know of them.

    `user_ids`: whom the team would ask, None where that isn't known. `begins`: whether its schedule begins anew.
    """
    last_opened = await rounds.last_opened(session, team.id) if team is not None else None
    dates = team_settings.next_dates(wanted, team, now=now, last_opened=last_opened)
    if not _needs_people(wanted, team, begins=begins):
        return Outlook(dates)
    weeks = wanted.every_weeks
    assert weeks is not None  # noqa: S101 - people were needed
    moves = begins and is_planned(team) and weeks > 1
    if user_ids is None:
        return Outlook(dates, may_move=moves)
    where = Team(workspace_id=workspace_id, time_zone=wanted.time_zone)
    user_ids = await would_ask(session, where, user_ids, at=lambda _person: dates[0])
    known = await people.among(session, workspace_id=workspace_id, user_ids=user_ids)
    met = [person for person in known.values() if person.is_full_member]
    # Of few nothing is told, and whom we haven't met may be a bot or a guest, who makes no number.
    if len(met) < await workspaces.minimum_of(session, workspace_id):
        return Outlook(dates, may_move=moves and len(met) < len(user_ids))
    planned, later_than = await first_planned(session, wanted, team, user_ids, workspace_id=workspace_id, now=now)
    if moves:
        dates = [slot.at for slot in schedules.coming(planned, now=now)]
    often = weeks <= same_people.OFTEN
    return Outlook(
        dates,
        later_than=later_than if moves else None,
        shares_half=often and await same_people.share_half(session, planned, user_ids),
    )


async def first_planned(
    session: AsyncSession,
    wanted: TeamSettings,
    team: Team | None,
    user_ids: Collection[str],
    *,
    workspace_id: str,
    now: datetime,
    beside: Sequence[Planned] = (),
) -> tuple[Team, datetime | None]:
    """A team as these settings would make it, stored nowhere, with its first date chosen; when it would have begun.

    `beside` are rounds of teams that aren't stored, either.
    """
    planned = Team(id=0 if team is None else team.id, workspace_id=workspace_id, clock=wanted.clock,
                   window_days=wanted.window_days, privacy=wanted.privacy)  # fmt: skip
    schedule = team_settings.schedule_of(wanted, team, now=now)
    team_settings.set_schedule(planned, wanted)
    planned.anchor = schedule.anchor or now.date()
    if team is not None and team.anchor == schedule.anchor:
        planned.skipped_until = team.skipped_until
    last_opened = await rounds.last_opened(session, team.id) if team is not None else None
    schedules.wait_for_next(
        planned, after=team_settings.first_after(wanted, team, schedule, now=now), last_opened=last_opened
    )
    later_than = await same_people.choose_first_date(session, planned, now=now, user_ids=user_ids, beside=beside)
    return planned, later_than
