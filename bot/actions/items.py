"""Action items over time: adopted, given, due, put off, ended. Who may change one, and when its owner is asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access.roles import NotKnownError, Power, Standing, require_full_member
from bot.actions import views
from bot.actions.due_dates import DAY, asked_at, today_of, working_day
from bot.actions.form_views import ActionForm
from bot.actions.messages import ActionDue
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.notices import notify
from bot.slack.blocks import escape
from storage import action_items, deliveries, people, rounds, teams
from storage.deliveries import Owed
from storage.keys import round_key
from storage.kinds import ActionState, DeliveryKind
from storage.models import ActionItem, Person, Team

STILL_ON_IT = timedelta(weeks=2)


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
        question = ActionDue.question(item, user_id, due_on=item.due_on).row(due=now)
        await deliveries.owe_again(session, workspace_id=item.workspace_id, message=question)


async def whom_to_ask(session: AsyncSession, item: ActionItem, team: Team, owner: Person | None) -> Sequence[str]:
    """User ids of those who are asked what became of an item: its owner, or those who answer for the team."""
    if item.owner_id is not None and (owner is None or not (owner.is_full_member is False or owner.opted_out)):
        return [item.owner_id]
    return await notify.answerable(session, team)


async def last_round_of(session: AsyncSession, team: Team) -> int | None:
    """The id of the round that an action of the team's own is measured from: its last closed one."""
    found = await rounds.closed_of(session, team.id)
    return found[0].id if found else None


async def _redraw_summary(session: AsyncSession, item: ActionItem, *, now: datetime) -> None:
    """Have the summary that an action was adopted from say whose it is now: the delivery of its picture draws it."""
    if item.action_key is None or item.round_id is None:
        return
    closed = await rounds.get(session, item.round_id, workspace_id=item.workspace_id)
    if closed is None or closed.summary_ts is None or not closed.picture_shown:
        return
    # The picture's class stands above this; its row is no more than this.
    redrawn = Owed(
        key=round_key(closed.id, DeliveryKind.PICTURE),
        kind=DeliveryKind.PICTURE,
        due=now,
        channel_id=closed.channel_id,
        team_id=closed.team_id,
        round_id=closed.id,
    )
    await deliveries.owe_again(session, workspace_id=item.workspace_id, message=redrawn)


async def _tell_owner(session: AsyncSession, item: ActionItem, *, by: str, now: datetime) -> None:
    """Owe a line to someone who was made an owner by somebody else."""
    if item.owner_id is None or item.owner_id == by:
        return
    given = ActionDue.given(item, item.owner_id, by=by).row(due=now)
    await deliveries.owe_again(session, workspace_id=item.workspace_id, message=given)
