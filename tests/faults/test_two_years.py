"""Two years of fifty teams on a clock that leaps from event to event: every expected prompt once, and none else.

Holidays, both clock changes, people who join and leave, restarts, and days without any worker. What is expected is told
from the calendar alone (expected.py); the rest is the real worker, its real database and a Slack to read members from.
"""

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.program.manifest import SCOPES
from bot.program.worker import Worker
from bot.sandbox import Channel, Person, Sandbox
from bot.schedule import schedules
from bot.schedule.cadence import DaysOff, Schedule, Weekday
from storage import rounds, teams, workspaces
from storage.engine import Database
from storage.kinds import DeliveryKind, NoticeReason, Privacy, Whose
from storage.models import Team
from tests.clocks import StandingClock
from tests.faults import expected
from tests.faults.expected import Outage, Plan
from tests.faults.seeds import the_seed
from tests.faults.ticking import Next, a_worker, take_what_is_owed, what_is_next
from tests.storage.builders import on_sqlite

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
END = BEGIN + timedelta(days=730)
TEAMS = 50
ZONES = (
    "America/Chicago", "America/St_Johns", "Europe/Berlin", "Africa/Cairo", "Asia/Kolkata", "Australia/Lord_Howe",
    "Pacific/Auckland",
)  # fmt: skip
HOLIDAYS = (("US", "TX"), ("DE", "BY"), ("EG", None), ("IN", None), (None, None))
WEEKDAYS = (Weekday("monday"), Weekday("tuesday"), Weekday("thursday"), Weekday("sunday"))
CADENCES = [
    (1, None), (2, None), *[(4, None)] * 3, *[(None, 1), (None, -1)] * 2, *[(13, None)] * 16
]  # fmt: skip
"""By number of team: most are asked once a quarter, as set-up offers it."""
OUTAGES, RESTARTS, CHANGES = 6, 12, 60


def a_schedule(chance: random.Random, number: int) -> Schedule:
    weeks, nth = CADENCES[number % len(CADENCES)]
    country, subdivision = chance.choice(HOLIDAYS)
    own = frozenset(BEGIN.date() + timedelta(days=chance.randrange(730)) for _ in range(20))
    return Schedule(
        every_weeks=weeks, monthly_nth=nth, weekday=chance.choice(WEEKDAYS),
        local_time=chance.choice((time(10), time(2, 30), time(0), time(16, 45))), time_zone=chance.choice(ZONES),
        anchor=date(2026, 1, 5) + timedelta(weeks=chance.randrange(13)),
        days_off=DaysOff(country=country, subdivision=subdivision, dates=own),
    )  # fmt: skip


class World:
    """The Slack with its channels, the plans on paper, and the same teams in the database."""

    def __init__(self, sandbox: Sandbox, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - to be replayed
        self.sandbox = sandbox
        self.workspace = sandbox.add_workspace(name="City", domain="city")
        app = sandbox.add_app(name="maturity", scopes=sorted(SCOPES))
        self.people = [
            self.workspace.add_person(name=f"P{number}", tz=self.chance.choice(ZONES)) for number in range(24)
        ]
        self.installation = app.install(self.workspace)
        zones = {person.id: str(person.tz) for person in self.people}
        self.channels: list[Channel] = []
        self.plans: list[Plan] = []
        for number in range(TEAMS):
            members = self.chance.sample(self.people, 4)
            self.channels.append(self.workspace.add_channel(f"team-{number}", members=[*members, self.installation]))
            plan = Plan(a_schedule(self.chance, number), self.chance.choice((1, 3)), number % 5 == 0, zones)
            plan.members.append((BEGIN, frozenset(person.id for person in members)))
            self.plans.append(plan)
        self.outages = self._outages()
        self.restarts = sorted(self._some_day() for _ in range(RESTARTS))
        self.changes = sorted(self._some_day() for _ in range(CHANGES))

    def _some_day(self) -> datetime:
        return BEGIN + timedelta(minutes=self.chance.randrange(730 * 24 * 60))

    def _outages(self) -> list[Outage]:
        lasting = (timedelta(hours=2), timedelta(hours=30), timedelta(days=3), timedelta(days=6))
        third = (END - BEGIN) / (OUTAGES + 1)
        begins = [BEGIN + third * (number + 1) for number in range(OUTAGES)]
        return [Outage(at, at + self.chance.choice(lasting)) for at in begins]

    async def set_up(self, database: Database) -> None:
        """The plans as teams, each pointed at its first round."""
        async with database.begin() as session:
            await workspaces.keep(
                session, workspace_id=self.workspace.id, name="City", url="https://city.slack.com/",
                bot_user_id=self.installation.bot_user_id, bot_id=self.installation.bot_id, now=BEGIN,
            )  # fmt: skip
            # Named: they share people, and confidential rounds of nearly the same people wait for each other.
            for number, (channel, plan) in enumerate(zip(self.channels, self.plans, strict=True), start=1):
                schedule = plan.schedule
                team = Team(
                    id=number, workspace_id=self.workspace.id, channel_id=channel.id, name=channel.name,
                    every_weeks=schedule.every_weeks, monthly_nth=schedule.monthly_nth, weekday=schedule.weekday,
                    local_time=schedule.local_time, time_zone=schedule.time_zone, anchor=schedule.anchor,
                    clock=Whose.MEMBER if plan.on_members_clock else Whose.TEAM, window_days=plan.window_days,
                    reminders=False, privacy=Privacy.NAMED,
                    country=schedule.days_off.country, subdivision=schedule.days_off.subdivision,
                    own_days_off=sorted(day.isoformat() for day in schedule.days_off.dates), created_at=BEGIN,
                )  # fmt: skip
                session.add(team)
                await session.flush()
                await teams.add_manager(session, team_id=team.id, user_id=self.people[0].id)
                schedules.wait_for_next(team, after=BEGIN, last_opened=None)

    def change_a_channel(self, at: datetime) -> None:
        """Somebody joins a team, or leaves it."""
        number = self.chance.randrange(TEAMS)
        channel, plan = self.channels[number], self.plans[number]
        inside = plan.members[-1][1]
        person: Person = self.chance.choice(self.people)
        if person.id not in inside:
            channel.invite(person)
            plan.members.append((at, inside | {person.id}))
        elif len(inside) > 1:
            channel.remove(person)
            plan.members.append((at, inside - {person.id}))

    def expected(self) -> tuple[dict[tuple[int, date, str], datetime], Counter[tuple[int, str]]]:
        """By team, date and person when they are asked; and by team and reason how many rounds are left out."""
        asked: dict[tuple[int, date, str], datetime] = {}
        left_out: Counter[tuple[int, str]] = Counter()
        for number, plan in enumerate(self.plans, start=1):
            theirs, without = expected.prompts(plan, begin=BEGIN, end=END, outages=self.outages)
            asked |= {(number, day, person): at for (day, person), at in theirs.items()}
            left_out.update({(number, reason): count for reason, count in without.items()})
        return asked, left_out


class Replay:
    """The worker in the world: what people were asked, and what managers were told."""

    def __init__(self, world: World, clock: StandingClock, database_url: str) -> None:
        self._world = world
        self._clock = clock
        self._database_url = database_url
        self._changes, self._restarts = list(world.changes), list(world.restarts)
        self._slots: dict[int, tuple[int, date]] = {}
        self.prompts: Counter[tuple[int, date, str]] = Counter()
        self.instants: dict[tuple[int, date, str], datetime] = {}
        self.told: Counter[tuple[int, str]] = Counter()

    async def run(self) -> None:
        """Process after process until the end of the two years; each but the last is stopped, or dies."""
        while True:
            async with a_worker(
                self._database_url,
                self._clock,
                bot_token=self._world.installation.bot_token,
                slack_api_url=f"{self._world.sandbox.url}/api/",
            ) as (worker, database):
                while (coming := await self._next(database)) is not None:
                    await self._tick(worker, database, coming)
                    if self._restarts and self._restarts[0] <= self._clock():
                        self._restarts.pop(0)
                        break
                else:
                    return

    async def _next(self, database: Database) -> Next | None:
        """What a worker does next; the clock is moved there, and people come and go until then. None at the end."""
        coming = await what_is_next(database)
        due = expected.when_done(max(coming.first, self._clock()), self._world.outages)
        while self._changes and self._changes[0] <= min(due, END):
            self._world.change_a_channel(self._changes.pop(0))
        self._clock.move_to(due)
        return coming if due < END else None

    async def _tick(self, worker: Worker, database: Database, coming: Next) -> None:
        """The ticks that find something; the others would look in vain."""
        now = self._clock()
        if coming.teams is not None and coming.teams <= now:
            await worker.rosters.read_due()
            await worker.rosters.landed()
            await worker.open_rounds()
        if coming.rounds is not None and coming.rounds <= now:
            await worker.step_rounds()
        for delivery in await take_what_is_owed(database, now=now):
            if delivery.kind is DeliveryKind.NOTICE and delivery.details["reason"] != NoticeReason.FEW_MISSING:
                self.told[delivery.team_id or 0, delivery.details["reason"]] += 1
            if delivery.kind is DeliveryKind.PROMPT:
                key = (*await self._slot(database, delivery.round_id or 0), delivery.user_id or "")
                self.prompts[key] += 1
                self.instants[key] = now

    async def _slot(self, database: Database, round_id: int) -> tuple[int, date]:
        if round_id not in self._slots:
            async with database.reading() as session:
                asked = await rounds.get(session, round_id, workspace_id=self._world.workspace.id)
            assert asked is not None
            assert asked.slot_date is not None
            self._slots[round_id] = (asked.team_id, asked.slot_date)
        return self._slots[round_id]


@on_sqlite  # it takes a minute; what PostgreSQL does otherwise has tests of its own
@pytest.mark.timeout(900)
async def test_two_years_of_fifty_teams_bring_every_prompt_once_and_none_else(
    database: Database, database_url: str
) -> None:
    clock = StandingClock(BEGIN)
    sandbox = Sandbox(clock=clock)
    async with sandbox.serve():
        world = World(sandbox, the_seed())
        await world.set_up(database)
        replay = Replay(world, clock, database_url)
        await replay.run()
    wanted, left_out = world.expected()
    assert replay.instants == wanted
    assert set(replay.prompts.values()) == {1}
    assert replay.told == left_out, "of each round that is left out the manager reads once why"
    assert len(wanted) > 2_000
    assert sum(at in {each.ends for each in world.outages} for at in wanted.values()), "no round was caught up with"
