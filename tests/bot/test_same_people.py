"""First dates on which no team has to wait for another of nearly the same people, and what happens without them."""

from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import chain, count
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.kit.rubrics import Rubrics
from bot.rounds import lifecycle, same_people
from bot.schedule import schedules
from rubric import load
from storage import rounds as stored_rounds
from storage import teams
from storage.engine import Database
from storage.kinds import DeliveryKind, NoticeReason, Privacy
from storage.models import Answer, Delivery, Round, Team
from tests.storage.builders import NOW, a_team, a_workspace, on_sqlite, people_of

TUESDAY = date(2026, 9, 22)
TWO_YEARS = timedelta(days=730)
DEPARTMENTS, SQUADS, SQUAD = 10, 3, 4


async def joins(session: AsyncSession, name: str, people: list[str], **columns: Any) -> datetime | None:
    """Set a team up that is asked from the same Tuesday on as all others; when it would have been, if later now."""
    settings: dict[str, Any] = {
        "every_weeks": 13,
        "anchor": TUESDAY,
        "weekday": "tuesday",
        "local_time": time(10),
        "country": "US",
    }
    team = await a_team(session, channel_id=f"C{name}", name=name, **{**settings, **columns})
    await people_of(session, team, people)
    await teams.add_manager(session, team_id=team.id, user_id=people[0])
    schedules.wait_for_next(team, after=NOW, last_opened=None)
    return await same_people.choose_first_date(session, team, now=NOW)


async def told_to_wait(session: AsyncSession) -> list[str]:
    notices = select(Delivery).where(Delivery.kind == DeliveryKind.NOTICE)
    reasons = {NoticeReason.PUT_OFF, NoticeReason.LEFT_OUT, NoticeReason.WITHIN_A_WEEK, NoticeReason.STILL_OPEN}
    return [each.key for each in (await session.execute(notices)).scalars() if each.details["reason"] in reasons]


async def live(database: Database, *, until: datetime) -> int:
    """Open and close each round at its time, each member answering; how many there were."""
    rubrics, numbers, opened = Rubrics(load(None)), count(), 0
    events: list[tuple[datetime, int, int, int | None]] = []

    def wait(team: Team, *, last_opened: datetime | None = None) -> None:
        assert team.next_round_at is not None
        opens_at = schedules.opens_at(team, now=NOW, last_opened=last_opened)
        heappush(events, (opens_at, next(numbers), team.id, None))

    async with database.begin() as session:
        for team in (await session.execute(select(Team).order_by(Team.id))).scalars():
            wait(team)
    while events and events[0][0] < until:
        at, _number, team_id, round_id = heappop(events)
        async with database.begin() as session:
            team = await session.get_one(Team, team_id)
            if round_id is not None:
                await lifecycle.close_round(session, await session.get_one(Round, round_id), now=at)
                continue
            found = await lifecycle.open_round(session, team, rubrics=rubrics, now=at)
            wait(team, last_opened=await stored_rounds.last_opened(session, team.id))
            if found is not None:
                opened += 1
                asked = (await session.execute(select(Delivery.user_id).where(
                    Delivery.round_id == found.id, Delivery.kind == DeliveryKind.PROMPT))).scalars()  # fmt: skip
                answers = [{"round_id": found.id, "dimension": "A", "user_id": each, "level": 2, "tapped_us": 1}
                           for each in asked]  # fmt: skip
                await session.execute(insert(Answer), answers)
                heappush(events, (found.closes_at, next(numbers), team_id, found.id))
    return opened


def a_department(number: int) -> list[list[str]]:
    return [[f"U{number}S{squad}P{each}" for each in range(SQUAD)] for squad in range(SQUADS)]


@on_sqlite
@pytest.mark.slow
@pytest.mark.unmeasured
async def test_a_city_asked_on_one_tuesday_a_quarter_never_waits_in_two_years(database: Database) -> None:
    async with database.begin() as session:
        await a_workspace(session)
        for number in range(DEPARTMENTS):
            squads = a_department(number)
            wanted = [(f"{number}", [*chain.from_iterable(squads)])]
            wanted += [(f"{number}S{squad}", people) for squad, people in enumerate(squads)]
            squads_first = number % 2 == 1
            moved = [await joins(session, *team) for team in (reversed(wanted) if squads_first else wanted)]
            assert sum(each is not None for each in moved) == (1 if squads_first else SQUADS)
    opened = await live(database, until=NOW + TWO_YEARS)
    async with database.reading() as session:
        assert await told_to_wait(session) == []
        withheld = (await session.execute(select(Round.id).where(Round.withheld))).all()
    assert withheld == []
    assert opened == DEPARTMENTS * (1 + SQUADS) * 8


@on_sqlite
async def test_without_a_first_date_of_its_own_a_squad_would_wait(database: Database) -> None:
    async with database.begin() as session:
        await a_workspace(session)
        squads = a_department(0)
        await joins(session, "department", [*chain.from_iterable(squads)], local_time=time(9))
        assert await joins(session, "squad", squads[0], every_weeks=1) is None, "every week there is no other week"
    await live(database, until=NOW + timedelta(days=14))
    async with database.reading() as session:
        assert len(await told_to_wait(session)) == 1


@on_sqlite
async def test_of_three_weekly_teams_of_the_same_people_each_has_its_share_of_a_quarter(database: Database) -> None:
    people = [f"U{number}" for number in range(6)]
    async with database.begin() as session:
        await a_workspace(session)
        for name in ("one", "two", "three"):
            await joins(session, name, people, every_weeks=1, window_days=2)
    opened = await live(database, until=NOW + timedelta(weeks=13))
    async with database.reading() as session:
        counted = select(Team.name, func.count()).join(Round, Round.team_id == Team.id).group_by(Team.name)
        shares = {str(row[0]): int(row[1]) for row in await session.execute(counted)}
    assert opened >= 12
    assert len(shares) == 3
    assert max(shares.values()) - min(shares.values()) <= 1, shares


@on_sqlite
async def test_a_first_date_keeps_away_from_an_open_window_and_from_nothing_else(database: Database) -> None:
    people = [f"U{number}" for number in range(8)]
    async with database.begin() as session:
        await a_workspace(session)
        assert await joins(session, "long", people, window_days=10) is None
        assert await joins(session, "twin", people) is not None
        twin = (await session.execute(select(Team).where(Team.name == "twin"))).scalar_one()
        assert twin.next_slot_date == TUESDAY + timedelta(weeks=2), "as the other closes"
        assert await joins(session, "strangers", [f"U9{each}" for each in people]) is None
        assert await joins(session, "few", people[:4]) is not None, "they would wait for the others"


@on_sqlite
async def test_two_named_teams_keep_each_other_waiting_for_nothing(database: Database) -> None:
    people = [f"U{number}" for number in range(5)]
    async with database.begin() as session:
        await a_workspace(session)
        assert await joins(session, "named", people, privacy=Privacy.NAMED) is None
        assert await joins(session, "named too", people, privacy=Privacy.NAMED) is None
