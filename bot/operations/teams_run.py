"""Teams of a file, laid one by one on those in the database, each in a transaction of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import profiles
from bot.inputs import typed
from bot.kit.errors import UserError
from bot.notices import notify
from bot.notices.facts import NoticeFacts
from bot.operations.asking import Progress, look_for
from bot.operations.teams_file import WantedTeam
from bot.operations.teams_plan import CannotError, Plan, plan_team
from bot.rounds import same_people
from bot.rounds.same_people import Planned
from bot.slack.blocks import one_line
from bot.slack.calls import refusal_of
from bot.slack.client import Slack
from bot.teams import channel_news, head_counts, members_from_slack, names, outlooks, setup, team_settings
from bot.teams.head_count_views import too_small, who_is_asked
from bot.teams.setup import NotInvitedError
from bot.teams.team_settings import TeamSettings
from storage import audit, people, teams, workspaces
from storage.engine import Database
from storage.kinds import Deed, MemberSource, NoticeReason
from storage.models import Team
from storage.people import Profile

UNREACHABLE = (aiohttp.ClientError, TimeoutError)
PROGRESS_EACH = 25
"""Teams after which one is told how far it is."""


class Came(StrEnum):
    """What came of one team of the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "not applied"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One team of the file, and what there is to say of it."""

    came: Came
    title: str
    says: str = ""
    changes: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"{self.title}: {self.came}" + (f". {self.says}" if self.says else "")
        # Names are people's own, and a terminal obeys control characters.
        return "\n".join([one_line(head), *(f"    {one_line(change)}" for change in self.changes)])


class Applying:
    """One run over the teams of a file, in one workspace."""

    def __init__(
        self,
        database: Database,
        slack: Slack,
        client: AsyncWebClient,
        *,
        workspace_id: str,
        dry_run: bool,
        progress: Progress = lambda _line: None,
    ) -> None:
        self._database = database
        self._slack = slack
        self._client = client
        self._workspace_id = workspace_id
        self._dry_run = dry_run
        self._progress = progress
        self._channels: dict[str, str] = {}
        self._unlisted = ""
        """Why Slack didn't list all channels, where it didn't."""
        self._given: dict[str, str] = {}
        """The channels of teams that get a name, by its normal form: in a dry run no other team has it yet."""

        self._beside: list[Planned] = []
        """The rounds of the teams that a dry run went through: they aren't stored, and the next mustn't meet them."""

    async def all(self, wanted: Sequence[WantedTeam], *, now: datetime) -> tuple[list[str], bool]:
        """Each team in turn; the lines, and whether all could be applied."""
        named = {team.channel.removeprefix("#") for team in wanted if team.channel.startswith("#")}
        if named:
            await self._look_for(named)
        outcomes, met = [], set[str]()
        for number, team in enumerate(wanted, start=1):
            if number % PROGRESS_EACH == 0:
                self._progress(f"{number} of {len(wanted)} teams.")
            try:
                outcomes.append(await self._one(team, met, now=now))
            except CannotError as error:
                said = str(error)
                outcomes.append(Outcome(Came.FAILED, team.channel, said[:1].upper() + said[1:]))
        async with self._database.reading() as session:
            there = await teams.all_of(session, workspace_id=self._workspace_id)
        others = [f"{one_line(each.name)} ({each.channel_id})" for each in there if each.channel_id not in met]
        failed = any(outcome.came is Came.FAILED for outcome in outcomes)
        return [*map(str, outcomes), *self._end(outcomes, others)], not failed

    def _end(self, outcomes: Sequence[Outcome], others: Sequence[str]) -> list[str]:
        lines = [f"Not in the file, left alone: {', '.join(others)}."] if others else []
        if all(outcome.came is Came.UNCHANGED for outcome in outcomes):
            return [*lines, "Nothing to change."]
        counted = {came: sum(outcome.came is came for outcome in outcomes) for came in Came}
        said = ", ".join(f"{number} {came}" for came, number in counted.items() if number)
        return [*lines, f"A dry run, nothing is changed yet: {said}." if self._dry_run else f"Done: {said}."]

    async def _look_for(self, names: set[str]) -> None:
        """Find the ids of these channels among those that the app can see; what was found by then is kept."""
        try:
            await look_for(self._client, names, found=self._channels, progress=self._progress)
        except SlackApiError as error:
            self._unlisted = f"Slack says {refusal_of(error)}"
        except UNREACHABLE as error:
            self._unlisted = f"Slack can't be reached ({type(error).__name__})"

    async def _one(self, wanted: WantedTeam, met: set[str], *, now: datetime) -> Outcome:
        channel_id = await self._channel_id(wanted)
        if channel_id in met:
            raise CannotError("this channel stands in the file already, by its name or id; a channel has one team.")
        met.add(channel_id)
        async with self._database.reading() as session:
            plan = await plan_team(
                session,
                wanted,
                workspace_id=self._workspace_id,
                channel_id=channel_id,
                name="",
                zone="UTC",
                now=now,
            )
        if plan.before is not None and not plan.changes:
            return Outcome(Came.UNCHANGED, _title(plan.after, wanted))
        try:
            return await self._change(wanted, channel_id, plan, now=now)
        except NotInvitedError as error:
            raise CannotError(await self._invite(f"the app isn't in the private channel {wanted.channel}")) from error
        except UserError as error:
            raise CannotError(error.sentence) from error
        except SlackApiError as error:
            raise CannotError(f"Slack says {refusal_of(error)}. Run `maturity doctor`.") from error
        except UNREACHABLE as error:
            raise CannotError(f"Slack can't be reached ({type(error).__name__}). Run this again.") from error

    async def _change(self, wanted: WantedTeam, channel_id: str, plan: Plan, *, now: datetime) -> Outcome:
        """Ask Slack what must be asked, then write; or only say what would be written."""
        said = await self._people(plan)
        zones = {profile.user_id: profile.time_zone for profile in said}
        zone = next((zones[user_id] for user_id in plan.managers if zones.get(user_id)), None) or "UTC"
        if plan.after.source is MemberSource.USERGROUP and (
            plan.before is None or plan.before.usergroup_id != plan.after.usergroup_id
        ):
            await self._check_group(plan.after.usergroup_id)
        look = setup.look_at_channel if self._dry_run else setup.enter_channel
        name = await look(self._client, channel_id)
        async with self._database.begin() as session:
            # Once more: somebody may have changed it while Slack was asked.
            plan = await plan_team(
                session,
                wanted,
                workspace_id=self._workspace_id,
                channel_id=channel_id,
                name=name,
                zone=zone,
                now=now,
                hold=True,
            )
            await self._check_name(session, plan)
            if not self._dry_run:
                team = await self._write(session, plan, wanted, said, now=now)
        says, came, changes = "", Came.CHANGED, plan.changes
        if plan.before is None:
            came, changes = Came.NEW, plan.settings
            changes += ["tell_channel: true"] if wanted.tells_channel else []
            dates = team_settings.next_dates(plan.after, None, now=now)
            says = f"Its first round is on {_on(dates[0], plan.after)}."
        if self._dry_run:
            if plan.begins and outlooks.is_planned(plan.team):
                says = await self._would_begin(plan, now=now) or says
        else:
            unread = await self._roster(team, now=now)
            if plan.begins:
                says = await self._first_round(team, plan, now=now) or says
            says = " ".join(filter(None, [says, await self._asked(team), unread]))
        return Outcome(came, _title(plan.after, wanted), says, tuple(changes))

    async def _check_name(self, session: AsyncSession, plan: Plan) -> None:
        """CannotError for a name that another team has, or gets by this run."""
        name, team_id = plan.after.name, None if plan.team is None else plan.team.id
        taken = await names.taken(session, name, workspace_id=self._workspace_id, team_id=team_id)
        if taken is not None:
            raise CannotError(f"the team of {taken.by.channel_id} is called “{name}” already. Try “{taken.free()}”.")
        if plan.team is None or typed.key(plan.team.name) != typed.key(name):
            other = self._given.setdefault(typed.key(name), plan.channel_id)
            if other != plan.channel_id:
                raise CannotError(f"the file calls the team of {other} “{name}”, too. Names are unique.")

    async def _write(
        self, session: AsyncSession, plan: Plan, wanted: WantedTeam, said: Sequence[Profile], *, now: datetime
    ) -> Team:
        await people.keep(session, workspace_id=self._workspace_id, profiles=said, now=now)
        team = await setup.write(
            session, plan.after, plan.team, workspace_id=self._workspace_id, channel_id=plan.channel_id, now=now
        )
        joining = sorted(set(plan.managers) - set(plan.managers_before))
        leaving = sorted(set(plan.managers_before) - set(plan.managers))
        for user_id in joining:
            await teams.add_manager(session, team_id=team.id, user_id=user_id)
        for user_id in leaving:
            await teams.remove_manager(session, team_id=team.id, user_id=user_id)
        facts = NoticeFacts(reason=NoticeReason.MADE_MANAGER)
        await notify.tell(session, team, facts, user_ids=joining, about=str(now.timestamp()), now=now)
        changed = [] if plan.before is None else team_settings.differences(plan.before, plan.after)
        if plan.before is not None and (joining or leaving):
            changed.append("managers")
        await audit.of_team(
            session, Deed.TEAMS_APPLY, team, by=audit.OPERATOR, now=now, details=audit.Details(changed=changed)
        )
        if plan.before is not None:
            await channel_news.tell_of_change(session, team, before=plan.before.privacy, now=now)
        elif wanted.tells_channel:
            await channel_news.introduce(session, team, by=None, now=now)
        return team

    async def _roster(self, team: Team, *, now: datetime) -> str:
        """Read its members; they are read again before each round, so that a failure isn't the end of it."""
        try:
            roster = await members_from_slack.read_roster(team, database=self._database, client=self._client, now=now)
        except SlackApiError as error:
            return f"Its members can't be read yet: Slack says {refusal_of(error)}. Run `maturity doctor`."
        except UNREACHABLE:
            return "Its members can't be read yet: Slack can't be reached. They are read before its next round."
        if not roster.unknown:
            return ""
        untold = ", ".join(f"{user_id} ({word})" for user_id, word in sorted(roster.unknown.items()))
        return f"Slack doesn't say who these members are, so they can't be asked: {untold}."

    async def _asked(self, team: Team) -> str:
        """How many are asked and who is left out, and what a team can do that is too small; as the form says it."""
        async with self._database.reading() as session:
            heads = await head_counts.of_roster(session, team)
            minimum = await workspaces.minimum_of(session, self._workspace_id)
        if heads is None:
            return ""
        few = too_small(heads, privacy=team.privacy, minimum=minimum).replace("*", "")
        return f"{who_is_asked(heads)} {few}".strip()

    async def _would_begin(self, plan: Plan, *, now: datetime) -> str:
        """As `_first_round`, of a team that isn't written; or that it may yet move, where its members aren't told."""
        wanted = plan.after
        try:
            members = await members_from_slack.read(
                self._client,
                source=wanted.source,
                channel_id=plan.channel_id,
                usergroup_id=wanted.usergroup_id,
                chosen=wanted.people,
            )
        except (SlackApiError, *UNREACHABLE):
            dates = team_settings.next_dates(wanted, plan.team, now=now)
            return (
                f"Its first round is on {_on(dates[0], wanted)}, or later if nearly the same people have another "
                "check-in around then: its members can't be read yet."
            )  # fmt: skip
        async with self._database.reading() as session:
            workspace = await workspaces.known(session, self._workspace_id)
            members = [user_id for user_id in members if user_id != workspace.bot_user_id]
            planned, later_than = await outlooks.first_planned(
                session, wanted, plan.team, members, workspace_id=self._workspace_id, now=now, beside=self._beside
            )
            minimum = await workspaces.minimum_of(session, self._workspace_id)
        self._beside += same_people.coming_of(planned, members, minimum=minimum)
        return self._not_then(planned, plan, later_than)

    async def _first_round(self, team: Team, plan: Plan, *, now: datetime) -> str:
        """When a schedule that begins anew begins, where that isn't its first date; else nothing."""
        team, later_than = await same_people.with_first_date(self._database, team, now=now)
        return self._not_then(team, plan, later_than)

    @staticmethod
    def _not_then(team: Team, plan: Plan, later_than: datetime | None) -> str:
        if later_than is None or team.next_round_at is None:
            return ""
        return (
            f"Its first round is on {_on(team.next_round_at, plan.after)}, not {_on(later_than, plan.after)}: "
            "nearly the same people have another check-in around then."
        )

    async def _channel_id(self, wanted: WantedTeam) -> str:
        if not wanted.channel.startswith("#"):
            return wanted.channel
        found = self._channels.get(wanted.channel.removeprefix("#"))
        if found is None and self._unlisted:
            raise CannotError(f"its channel wasn't found before the list ended: {self._unlisted}. Run this again.")
        if found is None:
            said = f"there is no public channel {wanted.channel}, and the app is in no private one of that name"
            raise CannotError(await self._invite(said))
        return found

    async def _invite(self, said: str) -> str:
        workspace = await self._slack.workspace(self._workspace_id)
        name = await profiles.own_name(self._client, workspace)
        return f"{said}. Type `/invite @{name}` there, then run this again."

    async def _people(self, plan: Plan) -> list[Profile]:
        """What Slack says of those whom the file adds; CannotError for who isn't there or can't manage a team."""
        managers = set(plan.managers) - set(plan.managers_before)
        chosen = set(plan.after.people) - set(plan.before.people if plan.before is not None else ())
        said, workspace = [], await self._slack.workspace(self._workspace_id)
        for user_id in sorted(managers | chosen):
            try:
                profile = await profiles.look_up(self._client, user_id, workspace)
            except SlackApiError as error:
                if refusal_of(error).code not in {"user_not_found", "user_not_visible"}:
                    raise
                raise CannotError(f"Slack knows no {user_id}. Copy the member ID anew from the person's profile.") \
                    from error  # fmt: skip
            if user_id in managers and not profile.is_full_member:
                raise CannotError(
                    f"{user_id} ({profile.name}) is a bot, a guest, deactivated or of another organisation, and can't "
                    "manage a team. Name someone else."
                )
            said.append(profile)
        return said

    async def _check_group(self, group_id: str | None) -> None:
        groups = {str(group["id"]) for group in (await self._client.usergroups_list())["usergroups"]}
        if group_id not in groups:
            raise CannotError(f"there is no user group {group_id}. Copy its ID anew from Slack.")


def _on(instant: datetime, wanted: TeamSettings) -> str:
    return f"{instant.astimezone(ZoneInfo(wanted.time_zone)):%Y-%m-%d}"


def _title(after: TeamSettings, wanted: WantedTeam) -> str:
    return f"{after.name} ({wanted.channel})"
