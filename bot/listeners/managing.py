"""What managers do while a round is open and to the team itself: remind, extend, say who manages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import access, asking, commands, reminders, rounds
from bot.asking import Asked
from bot.errors import UserError
from bot.i18n import _
from bot.services import Services
from bot.teams import managers
from bot.views import asked as views
from bot.views import notices
from bot.views.message import Message, escape, local_time
from bot.views.words import mentions
from storage import audit, people, teams
from storage import rounds as stored_rounds
from storage.kinds import Deed, RoundState
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
        # Told by when a manager last did it, never by whom it reminded: that would tell who has finished.
        before = await audit.last_of_team(session, Deed.REMIND, team, since=held.opened_at)
        again_at = reminders.again_at(team, reminded_at=before) if before is not None else now
        if again_at > now:
            return views.reminded_already(
                team.name, again_at=again_at if again_at < held.closes_at else None, time_zone=team.time_zone
            )
        await reminders.remind_now(session, held, team, now=now)
        await audit.of_team(session, Deed.REMIND, team, by=asked.user_id, now=now)
        return views.reminded(team.name)


async def extend(asked: Asked, services: Services) -> Message:
    """Close the open round later, by a number of working days."""
    now = services.clock()
    async with services.database.begin() as session:
        # A team may be called 2 Rivers.
        named = NUMBER.fullmatch(asked.rest) is None and await asking.is_a_name(session, asked)
        days, rest = (1, asked.rest) if named else _days(asked.rest)
        # A name after a number is a name; what stands alone may have been meant as a number.
        otherwise = _range_of_days() if rest == asked.rest else ""
        asked = replace(asked, rest=rest)
        held, team = await _open_round(session, asked, to="extend", now=now, otherwise=otherwise)
        await rounds.extend_round(session, held, team, days=days, now=now)
        closes_at = int(held.closes_at.timestamp())
        await audit.of_team(session, Deed.EXTEND, team, by=asked.user_id, now=now, closes=closes_at)
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
    if re.fullmatch("[0-9]{1,4}", words[0]) is None or not 1 <= int(words[0]) <= MOST_DAYS:
        raise UserError(_range_of_days())
    following = words[1:]
    while following and following[0].lower() in DAYS:
        following = following[1:]
    return int(words[0]), " ".join(following)


def _range_of_days() -> str:
    return _("A round is extended by 1 to {most} working days: `/maturity extend 2`.").format(most=MOST_DAYS)


async def _open_round(
    session: AsyncSession, asked: Asked, *, to: str, now: datetime, otherwise: str = ""
) -> tuple[Round, Team]:
    """The open round of the team that is meant, held; UserError for who may not, and where none is open."""
    team = await asking.team_meant(session, asked, otherwise=otherwise)
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
            await access.require(session, team, user_id=asked.user_id, to="managers")
            return notices.plain_message(_managers_of(team, await teams.managers(session, team.id)))
        whom, rest = await named(session, asked, rest, usage=f"managers {word.lower()}")
        # Held, so that two managers can't remove each other at once.
        team = await asking.team_held(session, replace(asked, rest=rest))
        await access.require(session, team, user_id=asked.user_id, to="managers")
        if word.lower() == "add":
            said = await managers.add(session, team, await known(session, asked, whom), by=asked.user_id, now=now)
        else:
            said = await managers.remove(session, team, user_id=whom, by=asked.user_id, now=now)
    return notices.plain_message(said)


def _managers_of(team: Team, user_ids: Sequence[str]) -> str:
    return _(
        "Managers of *{team}*: {managers}. `/maturity managers add @person` adds one, "
        "`/maturity managers remove @person` removes one."
    ).format(team=escape(team.name), managers=mentions(user_ids))


async def named(session: AsyncSession, asked: Asked, rest: str, *, usage: str) -> tuple[str, str]:
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


async def known(session: AsyncSession, asked: Asked, user_id: str) -> Person:
    """What Slack said of a person; where it said nothing yet, it is asked before the answer is tried again."""
    person = await people.get(session, workspace_id=asked.workspace_id, user_id=user_id)
    if person is None:
        raise access.NotKnownError(user_id)
    return person
