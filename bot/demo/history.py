"""Six past rounds for each team: opened, answered and closed as rounds are, by a clock of the past.

What those rounds owed to Slack is left out: the story begins with an empty Slack.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access.profiles import profile
from bot.actions.due_dates import asked_at
from bot.demo.city import PAST_ROUNDS, ZONE, City, TeamPlan, past_answer
from bot.kit.rubrics import Rubrics
from bot.rounds import lifecycle
from bot.schedule import schedules
from rubric import load
from storage import (
    action_items,
    answers,
    claims,
    deliveries,
    people,
    recently_asked,
    rosters,
    rounds,
    teams,
    workspaces,
)
from storage.engine import Database
from storage.kinds import DeliveryKind
from storage.models import Team

OPEN_ACTIONS = (
    ("B1.1", "Ben", date(2026, 9, 30)),
    ("C1.2", "Cho", date(2026, 11, 20)),
    ("E1.1", "Ana", date(2026, 12, 15)),
)
"""What a team in trouble said it would do: the suggested action, whose it is, and when it is due."""
INSTALLED = datetime(2025, 5, 1, 8, tzinfo=UTC)


async def write(database: Database, city: City) -> None:
    """Fill an empty, migrated database with the city's teams and their past."""
    rubrics = Rubrics(load(None))
    async with database.begin() as session:
        workspace = await workspaces.keep(
            session,
            workspace_id=city.workspace.id,
            name=city.workspace.name,
            url=f"https://{city.workspace.domain}.slack.com/",
            bot_user_id=city.installation.bot_user_id,
            bot_id=city.installation.bot_id,
            now=INSTALLED,
        )
        profiles = [profile(person.profile(), workspace) for person in city.people.values()]
        await people.keep(session, workspace_id=city.workspace.id, profiles=profiles, now=city.sandbox.now())
    for plan in city.plans:
        async with database.begin() as session:
            team = await _add(session, plan, city)
            for number in range(PAST_ROUNDS):
                await _ask(session, team, plan, city, number=number, rubrics=rubrics)
        if plan.before:
            async with database.begin() as session:
                await _trouble(session, team, plan, city)
    await database.erase_traces()


async def _add(session: AsyncSession, plan: TeamPlan, city: City) -> Team:
    members = [city.people[name].id for name in plan.before or plan.members]
    before = datetime.combine(plan.first, plan.at, UTC) - timedelta(days=1)
    team = Team(
        workspace_id=city.workspace.id,
        channel_id=city.channels[plan.channel].id,
        name=plan.name,
        every_weeks=plan.every_weeks,
        monthly_nth=plan.monthly_nth,
        weekday=plan.weekday,
        local_time=plan.at,
        time_zone=ZONE,
        anchor=plan.first,
        own_days_off=[],
        created_at=before,
    )
    session.add(team)
    await session.flush()
    await teams.add_manager(session, team_id=team.id, user_id=members[0])
    await rosters.replace(session, team, user_ids=members, now=before)
    schedules.wait_for_next(team, after=before, last_opened=None)
    return team


async def _trouble(session: AsyncSession, team: Team, plan: TeamPlan, city: City) -> None:
    """What a team in trouble has besides: other people than it had, and things it said it would do."""
    team = await session.merge(team)
    now = city.sandbox.now()
    await rosters.replace(session, team, user_ids=[city.people[name].id for name in plan.members], now=now)
    model = load(None)
    (last,) = await rounds.closed_of(session, team.id)
    for key, name, due in OPEN_ACTIONS:
        suggested = next(one for one in model[key[0]].actions[int(key[1])] if one.key == key)
        owner = await people.get(session, workspace_id=city.workspace.id, user_id=city.people[name].id)
        taken_on = last.closes_at + timedelta(days=1)
        await action_items.add(
            session,
            team,
            round_id=last.id,
            dimension=key[0],
            action_key=key,
            text=suggested.text,
            owner_id=city.people[name].id,
            due_on=due,
            needs_leadership=False,
            remind_at=asked_at(team, owner, due_on=due, now=now),
            by=city.people[plan.members[0]].id,
            now=taken_on,
        )


async def _ask(session: AsyncSession, team: Team, plan: TeamPlan, city: City, *, number: int, rubrics: Rubrics) -> None:
    """One past round, from its slot to its close."""
    opened = await lifecycle.open_round(session, team, rubrics=rubrics, now=team.next_round_at or INSTALLED)
    if opened is None:
        raise AssertionError(f"the past rounds of {plan.name} are further apart than a week")
    taps = count(1)
    asked = plan.before or plan.members
    for member, name in enumerate(asked):
        if len(asked) > PAST_ROUNDS and member == number:
            continue  # in a large team, each time someone else is busy
        for dimension in plan.levels:
            at = opened.opened_at + timedelta(minutes=next(taps))
            await answers.save(
                session,
                workspace_id=city.workspace.id,
                round_id=opened.id,
                user_id=city.people[name].id,
                dimension=dimension,
                level=past_answer(plan, member=member, dimension=dimension, number=number),
                tapped_us=claims.microseconds(at),
                now=at,
            )
    await lifecycle.close_round(session, opened, now=opened.closes_at)
    await recently_asked.drop(session, opened.id)  # teams have their past one after another, not side by side
    await deliveries.skip_unsent(
        session,
        round_id=opened.id,
        kinds=list(DeliveryKind),
        reason="before the demonstration began",
        now=opened.closes_at,
    )
