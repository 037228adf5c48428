"""App Home: put together from what is true now, and published.

It is published when somebody opens it and after whatever they do in it. What they do elsewhere changes it when it is
opened next: a tap on an answer costs no call.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import acquaintance, profiles
from bot.home import views
from bot.home.admin_views import MOST_LISTED, AdminPart, LookedAfter
from bot.home.manager_views import MOST_MANAGED, LastRound, ManagedTeam, OpenRound
from bot.home.views import HomePage, MyItem, MyTeam, OpenCheckIn
from bot.kit.rubrics import Rubrics
from bot.schedule import schedules
from bot.slack import ids
from bot.slack.blocks import Block
from bot.slack.calls import Patience, patient, refusal_of
from bot.slack.error_sentences import sentence_of
from bot.slack.services import Services
from bot.summary import result
from storage import action_items, answers, people, rounds, teams, workspaces
from storage.models import Team, Workspace

log = logging.getLogger(__name__)

PUBLISH_RETRY = Patience(10.0)
"""How long a view is published again where Slack is in trouble, while somebody looks at Home."""
MOST_TURNS = 5
"""Views published after one thing that was done: whoever goes on doing things has theirs published by each."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    view: Block
    is_fault: bool = False
    """It has a reference of its own: no two are alike."""


async def publish(services: Services, *, workspace_id: str, user_id: str, seen: str | None = None) -> bool:
    """Publish somebody's Home as it is now; False where it was left, since another one was published meanwhile.

    `seen` is the hash of the view that they have. Without it, this one takes the place of whatever is there.
    """
    client = await services.slack.client(workspace_id)
    drawn = await _drawn(services, client, workspace_id=workspace_id, user_id=user_id)
    return await _put(client, drawn.view, workspace_id=workspace_id, user_id=user_id, seen=seen)


async def _put(client: AsyncWebClient, view: Block, *, workspace_id: str, user_id: str, seen: str | None) -> bool:
    which = {} if seen is None else {"hash": seen}
    try:
        await patient(client, PUBLISH_RETRY).views_publish(user_id=user_id, view=view, **which)
    except SlackApiError as error:
        code = refusal_of(error).code
        if code == "not_enabled":
            log.warning("the Home tab is off in workspace %s: paste the app's manifest again", workspace_id)
        elif code != "hash_conflict":
            raise
        return code != "hash_conflict"
    return True


async def publish_after(services: Services, *, workspace_id: str, user_id: str, seen: str | None) -> None:
    """Publish what was done, until what is true looks like what was published last.

    Of several things done at once, here or in other processes, Slack may take the views in any order. Whoever's comes
    last looks again after that, and finds what the others did.
    """
    client = await services.slack.client(workspace_id)
    published = None
    for _turn in range(MOST_TURNS):
        drawn = await _drawn(services, client, workspace_id=workspace_id, user_id=user_id)
        if drawn.view == published:
            return
        taken = await _put(client, drawn.view, workspace_id=workspace_id, user_id=user_id, seen=seen)
        if taken and drawn.is_fault:
            return
        # One that wasn't taken told of a Home that is over: the next takes the place of whatever is there.
        published, seen = drawn.view if taken else None, None


async def _drawn(services: Services, client: AsyncWebClient, *, workspace_id: str, user_id: str) -> _Drawn:
    """The view; where there is none, the reason as one: whoever opened Home is told something."""
    now = services.clock()
    try:
        async with services.database.reading() as session:
            known = await people.get(session, workspace_id=workspace_id, user_id=user_id)
        if known is not None and known.is_full_member:
            await acquaintance.meet_again(user_id, client, services, workspace_id=workspace_id)
        elif known is None or known.is_full_member is None:
            # Only Slack can say whether a stranger, or who was erased, is an admin, a guest or of another organisation.
            await profiles.meet(client, user_id, workspace_id=workspace_id, database=services.database, now=now)
        async with services.database.reading() as session:
            page = await load(session, workspace_id=workspace_id, user_id=user_id, rubrics=services.rubrics, now=now)
    except Exception as error:  # noqa: BLE001 - whatever it is, the person who waits is told
        return _Drawn(views.fault_page(sentence_of(error)), is_fault=True)
    return _Drawn(views.home(page))


async def load(session: AsyncSession, *, workspace_id: str, user_id: str, rubrics: Rubrics, now: datetime) -> HomePage:
    """What somebody's Home shows now, in a number of queries that doesn't grow with teams or people."""
    workspace = await workspaces.get(session, workspace_id)
    person = await people.get(session, workspace_id=workspace_id, user_id=user_id)
    joined = await teams.joined_by(session, workspace_id=workspace_id, user_id=user_id)
    managed = await teams.managed_by(session, workspace_id=workspace_id, user_id=user_id)
    is_outsider = person is None or not person.is_full_member
    today = now.astimezone(ZoneInfo(people.zone_of(person))).date()
    away_until = person.away_until if person else None
    return HomePage(
        today=today,
        is_outsider=is_outsider,
        away_until=away_until if away_until is not None and away_until >= today else None,
        opted_out=person is not None and person.opted_out,
        check_ins=await _check_ins(session, workspace, user_id=user_id, rubrics=rubrics, now=now),
        # No dates are computed of teams that are only counted.
        teams=[_my_team(team, now=now, shown=place < views.MOST_TEAMS) for place, team in enumerate(joined)],
        items=[] if is_outsider else await _items(session, workspace_id=workspace_id, user_id=user_id),
        managed=await _managed(session, managed, reader=user_id, rubrics=rubrics, now=now),
        admin=await _admin(session, workspace, user_id=user_id),
    )


async def _check_ins(
    session: AsyncSession, workspace: Workspace | None, *, user_id: str, rubrics: Rubrics, now: datetime
) -> list[OpenCheckIn]:
    if workspace is None:
        return []
    found = await rounds.check_ins_of(session, workspace_id=workspace.id, user_id=user_id, now=now)
    asked = {each.id: (await rubrics.of(session, each)).dimensions for each, _member, _team in found}
    answered = await answers.own_numbers(
        session,
        round_ids=list(asked),
        user_id=user_id,
        dimensions=sorted({dimension.key for dimensions in asked.values() for dimension in dimensions}),
    )
    return [
        OpenCheckIn(
            team=team.name,
            round_id=each.id,
            answered=answered.get(each.id, 0),
            questions=len(asked[each.id]),
            skipped=member.skipped,
            closes_at=each.closes_at,
            time_zone=team.time_zone,
            link=(
                ids.permalink(workspace.url, member.channel_id, member.message_ts)
                if member.channel_id is not None and member.message_ts is not None
                else None
            ),
        )
        for each, member, team in found
    ]


def _my_team(team: Team, *, now: datetime, shown: bool) -> MyTeam:
    dates = [slot.at for slot in schedules.coming(team, now=now)] if shown and not schedules.is_paused(team) else []
    return MyTeam(name=team.name, channel_id=team.channel_id, time_zone=team.time_zone, dates=dates)


async def _items(session: AsyncSession, *, workspace_id: str, user_id: str) -> list[MyItem]:
    found = await action_items.of_person(session, workspace_id=workspace_id, user_id=user_id)
    of_teams = await teams.among(session, workspace_id=workspace_id, team_ids={item.team_id for item in found})
    return [
        MyItem(item_id=item.id, team=of_teams[item.team_id].name, text=item.text, due_on=item.due_on) for item in found
    ]


async def _managed(
    session: AsyncSession, found: Sequence[Team], *, reader: str, rubrics: Rubrics, now: datetime
) -> list[ManagedTeam]:
    """Each team as it stands, by name: how many have answered, and what was printed of its last round."""
    found = sorted(found, key=lambda team: (team.name.casefold(), team.id))
    team_ids = [team.id for team in found[:MOST_MANAGED]]
    still_open = await rounds.open_among(session, team_ids=team_ids)
    round_ids = [each.id for each in still_open.values()]
    answered = await answers.progress_among(session, round_ids=round_ids)
    asked = await rounds.attendances(session, round_ids=round_ids)
    closed = await rounds.last_closed_among(session, team_ids=team_ids)
    printed = await result.without_changes(session, list(closed.values()), reader=reader, rubrics=rubrics)

    def progress(team: Team) -> OpenRound | None:
        each = still_open.get(team.id)
        if each is None:
            return None
        return OpenRound(each.closes_at, answered=answered.get(each.id, 0), asked=asked[each.id][1])

    def last(team: Team) -> LastRound | None:
        each = closed.get(team.id)
        if each is None:
            return None
        return LastRound(result.closed_on(each, team), printed[each.id])

    def asked_lately(team: Team) -> bool:
        each = closed.get(team.id)
        return each is not None and each.opened_at > now - schedules.APART

    return [
        ManagedTeam(
            team_id=team.id,
            name=team.name,
            channel_id=team.channel_id,
            time_zone=team.time_zone,
            next_round_at=team.next_round_at,
            starting=team.started_by is not None or (team.next_round_at is not None and team.next_round_at <= now),
            asked_lately=asked_lately(team),
            open=progress(team),
            last=last(team),
        )
        for team in found
    ]


async def _admin(session: AsyncSession, workspace: Workspace | None, *, user_id: str) -> AdminPart | None:
    if workspace is None or not await workspaces.is_admin(session, workspace_id=workspace.id, user_id=user_id):
        return None
    return AdminPart(
        admins=await workspaces.admins(session, workspace_id=workspace.id),
        minimum=workspace.minimum,
        teams=await teams.number_of(session, workspace_id=workspace.id),
        looked_after=[
            LookedAfter(team.name, managers)
            for team, managers in await teams.with_managers(session, workspace_id=workspace.id, limit=MOST_LISTED)
        ],
    )
