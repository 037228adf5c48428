"""The rosters of rounds to come: read from Slack within the hour before, and on while there is time."""

import logging
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.bounded_tasks import Pool
from bot.kit.clock import Clock
from bot.kit.logs import where
from bot.notices import notify
from bot.notices.facts import NoticeFacts
from bot.schedule import schedules
from bot.slack.calls import comes_again, refusal_of, verdict_on, word_of
from bot.slack.client import Slack
from bot.slack.verdicts import Verdict
from bot.teams.members_from_slack import Roster, read_roster
from storage import rounds, teams
from storage.engine import Database
from storage.kinds import NoticeReason, TeamStep
from storage.models import Team

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""How long a worker has to read one roster from Slack before another may try."""
AT_ONCE, EACH = 20, 4
"""Rosters that are read at a time, in all and of one workspace."""
AGAIN = timedelta(minutes=1)
"""After which a roster is read anew that Slack, in trouble, didn't give."""
SOON = timedelta(seconds=20)
"""The same, where somebody would be missing, or the round is to open."""
BRIEFLY = timedelta(seconds=30)
"""How long a round waits for any roster, so that it is read once more: who joined since the last may be in no other."""
LATEST = timedelta(minutes=5)
"""How long a round waits for a roster of so many people that Slack tells of them a part at a time, or for its first."""


class RosterReader:
    """Reads what is due, for one worker."""

    def __init__(self, *, database: Database, slack: Slack, clock: Clock) -> None:
        self._database = database
        self._slack = slack
        self._clock = clock
        self._pool = Pool(size=AT_ONCE, each=EACH)

    async def read_due(self) -> int:
        """Begin to read the rosters of teams that open within the hour; how many.

        A lease keeps other workers off meanwhile. Nobody waits for the slowest: `landed`.
        """
        now, pool, begun = self._clock(), self._pool, 0
        while pool.room > 0:
            full = [workspace_id for workspace_id, number in pool.busy.items() if number >= pool.each]
            async with self._database.reading() as session:
                if not await teams.due(TeamStep.REFRESH, without=full).any(session, now=now):
                    break
            async with self._database.begin() as session:
                team = await teams.due(TeamStep.REFRESH, without=full).hold(session, now=now)
                if team is None:
                    break
                team.next_step_at = now + LEASE
            pool.start(team.workspace_id, self._read(team))
            begun += 1
        return begun

    async def _read(self, team: Team) -> None:
        """Read one roster, again while there is time, and let its round open when it is due, read or not."""
        roster: Roster | None = None
        failed: Exception | None = None
        try:
            client = await self._slack.client(team.workspace_id)
            roster = await read_roster(team, database=self._database, client=client, now=self._clock())
            failed = roster.error
        except Exception as error:  # noqa: BLE001 - an unreadable roster opens with the last one
            failed = error
        if failed is not None:
            log.warning(
                "the roster of team %s can't be read, and its rounds open with the last one that could be, if any: %s. "
                "If this comes again, look with `maturity doctor`",
                team.id,
                where(failed),
            )
        is_installed = True
        if failed is not None and verdict_on(failed) is Verdict.INSTALLATION:
            is_installed = await self._slack.still_installed(team.workspace_id)
        # Whom nobody knows can't be asked, nor can anybody of a roster that was never read: that is waited for.
        somebody_is_missing = bool(roster.unknown) if roster is not None else team.roster_read_at is None
        now = self._clock()
        async with self._database.begin() as session:
            held = await teams.hold(session, team.id)
            if held is None or held.next_step is not TeamStep.REFRESH or held.next_round_at != team.next_round_at:
                return  # its schedule was changed meanwhile
            last_opened = await rounds.last_opened(session, held.id)
            opens_at = schedules.opens_at(held, now=now, last_opened=last_opened)
            if failed is not None and is_installed and held.next_round_at is not None:
                again_at = _read_again_at(failed, opens_at=opens_at, now=now, waits=somebody_is_missing)
                if again_at is not None:
                    held.next_step_at = again_at
                    return
            held.next_step, held.next_step_at = TeamStep.OPEN, opens_at
            await self._tell(session, held, roster, failed, now=now)

    async def _tell(
        self, session: AsyncSession, team: Team, roster: Roster | None, failed: Exception | None, *, now: datetime
    ) -> None:
        """Owe the managers the news of who can't be asked, or that nothing new is known; once a round."""
        about = str(team.next_slot_date or team.next_round_at or int(now.timestamp()))
        if roster is not None and roster.unknown:
            people = dict(roster.unknown)
            facts = NoticeFacts(reason=NoticeReason.NOT_KNOWN, people=people)
            await notify.tell_managers(session, team, facts, about=about, now=now)
        elif failed is not None:
            facts = NoticeFacts(reason=NoticeReason.ROSTER_FAILED, error=word_of(failed))
            await notify.tell_managers(session, team, facts, about=about, now=now)
        if isinstance(failed, SlackApiError) and verdict_on(failed) is Verdict.SETTING:
            refused = refusal_of(failed)
            await notify.tell_of_setting(session, refused, workspace_id=team.workspace_id, team=team, now=now)

    async def landed(self) -> None:
        """Return when none is being read."""
        await self._pool.landed()


def _read_again_at(error: Exception, *, opens_at: datetime, now: datetime, waits: bool) -> datetime | None:
    """When a roster that couldn't be read is read anew; None where its round doesn't wait for that.

    It `waits` for a while where somebody is missing, and where Slack tells of many people a part at a time; any round
    does for a moment.
    """
    if not comes_again(error):
        return None
    said = refusal_of(error) if isinstance(error, SlackApiError) else None
    if said is not None and said.is_rate_limit:
        again_at, waits = now + timedelta(seconds=said.retry_after), True
    else:
        again_at = now + (SOON if waits or now + AGAIN > opens_at else AGAIN)
    return again_at if again_at <= opens_at + (LATEST if waits else BRIEFLY) else None
