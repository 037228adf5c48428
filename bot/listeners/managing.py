"""What managers do while a round is open and to the team itself: remind, extend, say who manages; and admins."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import access, asking, commands, managers, reminders, rounds
from bot.asking import Asked
from bot.errors import UserError
from bot.i18n import _
from bot.services import Services
from bot.views import asked as views
from bot.views import notices
from bot.views.message import Message, escape, local_time
from storage import people, teams, workspaces
from storage import rounds as stored_rounds
from storage.kinds import RoundState
from storage.models import Person, Round, Team

MOST_DAYS = 20
"""Working days that one `/maturity extend` adds at most: a month."""

NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
DAYS = frozenset({"day", "days", "working"})
MYSELF = frozenset({"me", "@me"})


async def remind(asked: Asked, services: Services) -> Message:
    """Remind who hasn't finished; it counts as one of the two reminders of each."""
    now = services.clock()
    async with services.database.begin() as session:
        held, team = await _open_round(session, asked, to="remind", now=now)
        nudged = await reminders.remind_now(session, held, team, now=now)
    return views.reminded(team.name, at_once=nudged.at_once, later=nudged.later)


async def extend(asked: Asked, services: Services) -> Message:
    """Close the open round later, by a number of working days."""
    now = services.clock()
    days, rest = _days(asked.rest)
    async with services.database.begin() as session:
        held, team = await _open_round(session, replace(asked, rest=rest), to="extend", now=now)
        await rounds.extend_round(session, held, team, days=days, now=now)
        closes = local_time(held.closes_at, zone=team.time_zone)
    return notices.plain_message(
        _("The round of *{team}* is open until {time}. Its check-ins and reminders follow.").format(
            team=escape(team.name), time=closes
        )
    )


def _days(rest: str) -> tuple[int, str]:
    """How many working days were typed, one where none were, and what follows; UserError for what is no such number."""
    words = rest.split()
    if not words or NUMBER.fullmatch(words[0]) is None:
        return 1, rest
    if not words[0].isascii() or not words[0].isdigit() or not 1 <= int(words[0][:4]) <= MOST_DAYS:
        raise UserError(
            _("A round is extended by 1 to {most} working days: `/maturity extend 2`.").format(most=MOST_DAYS)
        )
    following = words[1:]
    while following and following[0].lower() in DAYS:
        following = following[1:]
    return int(words[0]), " ".join(following)


async def _open_round(session: AsyncSession, asked: Asked, *, to: str, now: datetime) -> tuple[Round, Team]:
    """The open round of the team that is meant, held; UserError for who may not, and where none is open."""
    team = await asking.team_meant(session, asked)
    await access.require(session, team, user_id=asked.user_id, to=to)
    found = await stored_rounds.open_of(session, team.id)
    held = await stored_rounds.hold(session, found.id, workspace_id=asked.workspace_id) if found else None
    if held is None or held.state is not RoundState.OPEN or held.closes_at <= now:
        raise UserError(_("*{team}* has no open round.").format(team=escape(team.name)))
    return held, team


async def show_managers(asked: Asked, services: Services) -> Message:
    """Who manages a team; or one more, or one less."""
    word, _space, rest = asked.rest.partition(" ")
    now = services.clock()
    async with services.database.begin() as session:
        if word.lower() not in {"add", "remove"}:
            team = await asking.team_meant(session, asked)
            standing = await access.require(session, team, user_id=asked.user_id, to="managers")
            return notices.plain_message(_managers_of(team, standing.managers))
        named, rest = await _named(session, asked, rest, usage=f"managers {word.lower()}")
        team = await asking.team_meant(session, replace(asked, rest=rest))
        await access.require(session, team, user_id=asked.user_id, to="managers")
        # Held, so that two managers can't remove each other at once.
        await teams.hold(session, team.id, workspace_id=asked.workspace_id)
        if word.lower() == "add":
            said = await managers.add(session, team, await _known(session, asked, named), by=asked.user_id, now=now)
        else:
            said = await managers.remove(session, team, user_id=named)
    return notices.plain_message(said)


def _managers_of(team: Team, user_ids: tuple[str, ...]) -> str:
    listed = ", ".join(f"<@{user_id}>" for user_id in user_ids)
    return _(
        "Managers of *{team}*: {managers}. `/maturity managers add @person` adds one, "
        "`/maturity managers remove @person` removes one."
    ).format(team=escape(team.name), managers=listed)


async def show_admins(asked: Asked, services: Services) -> Message:
    """Who is an admin beside Slack's own; or one more, or one less."""
    word, _space, rest = asked.rest.partition(" ")
    async with services.database.begin() as session:
        await access.require_admin(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
        if word.lower() not in {"add", "remove"}:
            named = await workspaces.named_admins(session, workspace_id=asked.workspace_id)
            return notices.plain_message(_admins(named))
        user_id, _rest = await _named(session, asked, rest, usage=f"admins {word.lower()}")
        if word.lower() == "add":
            managers.require_full_member(await _known(session, asked, user_id))
            await workspaces.add_admin(session, workspace_id=asked.workspace_id, user_id=user_id)
            said = _("<@{user}> is an admin here now: they may see and manage every team.")
        elif await workspaces.remove_admin(session, workspace_id=asked.workspace_id, user_id=user_id):
            said = _("<@{user}> is no admin here any more.")
        elif await workspaces.is_admin(session, workspace_id=asked.workspace_id, user_id=user_id):
            raise UserError(
                _("<@{user}> is an admin of the Slack workspace, which is changed in Slack.").format(user=user_id)
            )
        else:
            raise UserError(_("<@{user}> is no admin here.").format(user=user_id))
    return notices.plain_message(said.format(user=user_id))


def _admins(named: Sequence[str]) -> str:
    own = _("The admins and owners of the Slack workspace are admins here.")
    if not named:
        return own + " " + _("`/maturity admins add @person` names another one.")
    return (
        own
        + " "
        + _("Named beside them: {admins}. `/maturity admins remove @person` takes that back.").format(
            admins=", ".join(f"<@{user_id}>" for user_id in named)
        )
    )


async def _named(session: AsyncSession, asked: Asked, rest: str, *, usage: str) -> tuple[str, str]:
    """Whom the first typed word names, by mention, name or `me`, and what follows; UserError for nobody."""
    first, _space, following = rest.strip().partition(" ")
    if not first:
        raise UserError(_("Say who: `/maturity {usage} @person`.").format(usage=usage))
    if first.lower() in MYSELF:
        return asked.user_id, following.strip()
    mention = commands.PERSON.match(rest.strip())
    if mention is not None:
        return mention["id"], rest.strip()[mention.end() :].strip()
    for typed, after in ((first, following.strip()), (rest.strip(), "")):
        found = await people.called(
            session, workspace_id=asked.workspace_id, name=commands.unescaped(typed).removeprefix("@")
        )
        if len(found) == 1:
            return found[0].user_id, after
    raise UserError(
        _("I don't know who “{name}” is. Write their name with an @ and choose them from Slack's list.").format(
            name=escape(commands.unescaped(first))[:80]
        )
    )


async def _known(session: AsyncSession, asked: Asked, user_id: str) -> Person:
    """What Slack said of a person; where it said nothing yet, it is asked before the answer is tried again."""
    person = await people.get(session, workspace_id=asked.workspace_id, user_id=user_id)
    if person is None:
        raise access.NotKnownError(user_id)
    return person
