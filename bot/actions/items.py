"""Action items over time: adopted, given, due, put off, ended. Who may change one, and when its owner is asked."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access.roles import NotKnownError, Power, Standing, require_full_member
from bot.actions import views
from bot.actions.form_views import ActionForm
from bot.delivery import notify
from bot.delivery.drafts import Draft, Kind, NotYetError
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.kit.rubrics import Rubrics
from bot.rounds import reminders
from bot.schedule import schedules
from bot.schedule.cadence import Weekday, is_working_day, working_day_at
from bot.slack.blocks import escape
from rubric import Effort
from storage import action_items, deliveries, people, round_messages, teams
from storage import rounds as stored_rounds
from storage.deliveries import Owed
from storage.kinds import ActionState, DeliveryKind
from storage.models import ActionItem, Delivery, Person, Team

ASKED_AT = time(10)
"""On the owner's own clock."""
STILL_ON_IT = timedelta(weeks=2)
DAY = timedelta(days=1)
MONTHS = {Effort.MEDIUM: 3, Effort.LARGE: 6}


def first_due(effort: Effort | None, *, today: date) -> date:
    """The due date that an action of this effort begins with: two weeks, three months or half a year from today."""
    months = MONTHS.get(effort, 0) if effort is not None else 0
    if not months:
        return today + timedelta(weeks=2)
    year, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + year, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def working_day(team: Team, day: date) -> date:
    """The day itself where the team works on it, else the next on which it does."""
    days_off, works_on = schedules.days_off_of(team), Weekday(team.weekday)
    while not is_working_day(day, days_off, works_on=works_on):
        day += DAY
    return day


def today_of(team: Team, *, now: datetime) -> date:
    """The date on the team's clock: what due dates are counted by."""
    return now.astimezone(ZoneInfo(team.time_zone)).date()


def asked_at(team: Team, owner: Person | None, *, due_on: date, now: datetime) -> datetime:
    """When an owner is asked what became of an action: at ten on their own clock, from now on.

    On the due date; where the team doesn't work on it, or they are away, on the next working day.
    """
    zone = people.zone_of(owner, team.time_zone)
    first = due_on
    if owner is not None and owner.away_until is not None:
        first = max(first, owner.away_until + DAY)

    def asked(day: date) -> datetime:
        return working_day_at(
            day, ASKED_AT, zone=zone, days_off=schedules.days_off_of(team), works_on=Weekday(team.weekday)
        )

    at = asked(first)
    if at >= now:
        return at
    # That moment has passed: the next working day, beginning with today.
    today = now.astimezone(ZoneInfo(zone)).date()
    at = asked(today)
    return at if at >= now else asked(today + DAY)


def may_change(standing: Standing, item: ActionItem, *, user_id: str) -> bool:
    """Whether this person may edit or end an item: its owner, the team's managers, admins."""
    return item.owner_id == user_id or standing.may(Power.CHANGE_ACTIONS)


def require_change(standing: Standing, item: ActionItem, team: Team, *, user_id: str) -> None:
    """UserError, with a sentence that says who may, for who may not; who is nothing to the team reads no name of it."""
    require_full_member(standing.is_full_member)
    if may_change(standing, item, user_id=user_id):
        return
    if not standing.roles:
        raise UserError(_("Only its owner, the managers of its team and workspace admins may change this action."))
    raise UserError(
        _("Only its owner, and the managers of *{team}* and workspace admins, may change this action.").format(
            team=escape(team.name)
        )
    )


def require_open(item: ActionItem) -> None:
    """UserError for an item that is done or dropped already."""
    if item.state is ActionState.DONE:
        raise UserError(_("This action is done already."))
    if item.state is ActionState.DROPPED:
        raise UserError(_("This action was dropped already."))


async def owner_of(session: AsyncSession, team: Team, user_id: str | None) -> Person | None:
    """What we know of someone who owns an action; UserError for who can't be asked about one."""
    if user_id is None:
        return None
    person = await people.get(session, workspace_id=team.workspace_id, user_id=user_id)
    if person is None or person.is_full_member is None:
        raise NotKnownError(user_id)
    if not person.is_full_member:
        raise UserError(_("Choose someone who is a full member of this workspace."))
    return person


async def add(
    session: AsyncSession,
    team: Team,
    form: ActionForm,
    *,
    dimension: str,
    round_id: int | None,
    action_key: str | None,
    request: str,
    by: str,
    now: datetime,
) -> ActionItem:
    """The item that a checked form asks for; the caller holds the team, so that nobody adopts the same meanwhile.

    UserError for a suggestion that the team has open. A modal that comes twice makes one item.
    """
    assert form.owner_id is not None and form.due_on is not None  # noqa: S101, PT018 - the form was checked
    before = await action_items.made_by(session, workspace_id=team.workspace_id, team_id=team.id, request=request)
    if before is not None:
        return before
    if action_key is not None:
        await require_new(session, team, action_key=action_key)
    owner = await owner_of(session, team, form.owner_id)
    item = await action_items.add(
        session,
        team,
        round_id=round_id,
        dimension=dimension,
        action_key=action_key,
        text=form.text,
        owner_id=form.owner_id,
        due_on=form.due_on,
        needs_leadership=form.needs_leadership,
        remind_at=asked_at(team, owner, due_on=form.due_on, now=now),
        request=request,
        by=by,
        now=now,
    )
    await _tell_owner(session, item, by=by, now=now)
    await _redraw_summary(session, item, now=now)
    return item


async def require_new(session: AsyncSession, team: Team, *, action_key: str) -> None:
    """UserError, with whose it is, for a suggestion that the team has open."""
    twin = await action_items.adopted(session, workspace_id=team.workspace_id, team_id=team.id, action_key=action_key)
    if twin is not None:
        raise UserError(views.adopted_already(twin))


async def change(
    session: AsyncSession, item: ActionItem, team: Team, form: ActionForm, *, by: str, now: datetime
) -> None:
    """Give an item, held by the caller, what a checked form says."""
    assert form.owner_id is not None and form.due_on is not None  # noqa: S101, PT018 - the form was checked
    owner = await owner_of(session, team, form.owner_id)
    given = item.owner_id != form.owner_id
    if given or item.due_on != form.due_on:
        item.remind_at = asked_at(team, owner, due_on=form.due_on, now=now)
    item.text, item.owner_id, item.due_on = form.text, form.owner_id, form.due_on
    item.needs_leadership = form.needs_leadership
    if given:
        await _tell_owner(session, item, by=by, now=now)
    await _redraw_summary(session, item, now=now)


async def end(
    session: AsyncSession, item: ActionItem, *, state: ActionState, now: datetime, why: str | None = None
) -> None:
    """Write down that an item, held by the caller, is done or dropped."""
    item.state, item.ended_at, item.why, item.remind_at = state, now, why, None
    await _redraw_summary(session, item, now=now)


async def still_on_it(session: AsyncSession, item: ActionItem, team: Team, *, now: datetime) -> None:
    """Two weeks more from today for an item that the caller holds, to a working day; its owner is asked again then."""
    item.due_on = working_day(team, today_of(team, now=now) + STILL_ON_IT)
    owner = await people.get(session, workspace_id=team.workspace_id, user_id=item.owner_id or "")
    item.remind_at = asked_at(team, owner, due_on=item.due_on, now=now)
    await _redraw_summary(session, item, now=now)


async def ask(session: AsyncSession, item: ActionItem, *, now: datetime) -> None:
    """Owe the question what became of an item, held by the caller, that is due; or wait, where it isn't time yet.

    Its owner is asked. Of an owner who is no full member any more, or asked to be asked no more, the managers are told.
    """
    team = await teams.get(session, item.team_id, workspace_id=item.workspace_id)
    item.remind_at = None
    if team is None or item.state is not ActionState.OPEN or item.due_on is None:
        return
    owner = await people.get(session, workspace_id=item.workspace_id, user_id=item.owner_id or "")
    # Their zone, their absence or the team's days off may be others than when this moment was planned.
    at = asked_at(team, owner, due_on=item.due_on, now=now - DAY)
    if at > now:
        item.remind_at = at
        return
    for user_id in await whom_to_ask(session, item, team, owner):
        question = Owed(
            key=f"action:{item.id}:due:{item.due_on}:{user_id}",
            kind=DeliveryKind.ACTION_DUE,
            due=now,
            user_id=user_id,
            team_id=team.id,
            details={"item": item.id, "due": item.due_on.isoformat(), "owner": item.owner_id},
        )
        await deliveries.owe_again(session, workspace_id=item.workspace_id, message=question)


async def _draw_question(session: AsyncSession, delivery: Delivery, rubrics: Rubrics, now: datetime) -> Draft | None:  # noqa: ARG001 - what every kind is handed
    """What an owed message about an item says now.

    None where it is no longer needed: the item was ended, re-dated or given to somebody else meanwhile.
    """
    details, user_id = delivery.details, delivery.user_id or ""
    person = await people.get(session, workspace_id=delivery.workspace_id, user_id=user_id)
    if person is None or not person.is_full_member:
        return None  # they owned it, or managed its team, once
    item = await action_items.get(session, int(details["item"]), workspace_id=delivery.workspace_id)
    team = await teams.get(session, delivery.team_id or 0, workspace_id=delivery.workspace_id)
    if item is None or team is None or item.state is not ActionState.OPEN or item.owner_id != details["owner"]:
        return None
    if "by" in details:
        return Draft(views.given(team.name, item, by=details["by"]))
    if item.due_on is None or item.due_on.isoformat() != details["due"]:
        return None
    # It was due at ten, and may have been held up since: by Slack, or by a worker that was down.
    at = reminders.when(team, time_zone=people.zone_of(person, team.time_zone), now=now)
    if at > now:
        raise NotYetError(at - now)
    if user_id != item.owner_id:
        return Draft(views.without_owner(team.name, item))
    return Draft(views.due(team.name, item, today=today_of(team, now=now)))


ACTION_DUE = Kind(_draw_question)


async def whom_to_ask(session: AsyncSession, item: ActionItem, team: Team, owner: Person | None) -> Sequence[str]:
    """User ids of those who are asked what became of an item: its owner, or those who answer for the team."""
    if item.owner_id is not None and (owner is None or not (owner.is_full_member is False or owner.opted_out)):
        return [item.owner_id]
    return await notify.answerable(session, team)


async def last_round_of(session: AsyncSession, team: Team) -> int | None:
    """The id of the round that an action of the team's own is measured from: its last closed one."""
    found = await stored_rounds.closed_of(session, team.id)
    return found[0].id if found else None


async def _redraw_summary(session: AsyncSession, item: ActionItem, *, now: datetime) -> None:
    """Have the summary that an action was adopted from say whose it is now: the delivery of its picture draws it."""
    if item.action_key is None or item.round_id is None:
        return
    closed = await stored_rounds.get(session, item.round_id, workspace_id=item.workspace_id)
    if closed is None or closed.summary_ts is None or not closed.picture_shown:
        return
    picture = round_messages.picture(closed, due=now)
    await deliveries.owe_again(session, workspace_id=item.workspace_id, message=picture)


async def _tell_owner(session: AsyncSession, item: ActionItem, *, by: str, now: datetime) -> None:
    """Owe a line to someone who was made an owner by somebody else."""
    if item.owner_id is None or item.owner_id == by:
        return
    given = Owed(
        key=f"action:{item.id}:given:{item.owner_id}",
        kind=DeliveryKind.ACTION_DUE,
        due=now,
        user_id=item.owner_id,
        team_id=item.team_id,
        details={"item": item.id, "owner": item.owner_id, "by": by},
    )
    await deliveries.owe_again(session, workspace_id=item.workspace_id, message=given)
