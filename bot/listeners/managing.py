"""What managers do to the team itself: pause and resume its schedule, leave a round out, say who manages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot import access, asking, commands
from bot.asking import Asked
from bot.errors import UserError
from bot.i18n import _
from bot.schedule import schedules
from bot.services import Services
from bot.teams import managers
from bot.views import notices
from bot.views.message import Message, escape, local_time
from bot.views.words import mentions
from storage import audit, people, teams
from storage import rounds as stored_rounds
from storage.kinds import Deed
from storage.models import Person, Team

MYSELF = frozenset({"me", "@me"})


async def pause(asked: Asked, services: Services) -> Message:
    now = services.clock()
    async with services.database.begin() as session:
        team = await asking.team_held(session, asked)
        await access.require(session, team, user_id=asked.user_id, to="pause")
        if not schedules.is_paused(team):
            await audit.of_team(session, Deed.PAUSE, team, by=asked.user_id, now=now)
        schedules.pause(team)
        return notices.plain_message(
            _("*{team}* is paused: no round opens until someone types `/maturity resume`.").format(
                team=escape(team.name)
            )
        )


async def resume(asked: Asked, services: Services) -> Message:
    now = services.clock()
    async with services.database.begin() as session:
        team = await asking.team_held(session, asked)
        await access.require(session, team, user_id=asked.user_id, to="resume")
        if schedules.is_paused(team):
            last_opened = await stored_rounds.last_opened(session, team.id)
            schedules.resume(team, now=now, last_opened=last_opened)
            await audit.of_team(session, Deed.RESUME, team, by=asked.user_id, now=now)
        return next_dates(team, now=now)


async def skip(asked: Asked, services: Services) -> Message:
    """Leave out the next round of the schedule; with `off`, ask all the same."""
    now = services.clock()
    word, name = [*asked.rest.split(maxsplit=1), "", ""][:2]
    async with services.database.begin() as session:
        # A team may be called Off the record.
        taken_back = word.casefold() == "off" and not (name and await asking.is_a_name(session, asked))
        team = await asking.team_held(session, replace(asked, rest=name) if taken_back else asked)
        await access.require(session, team, user_id=asked.user_id, to="skip")
        if team.next_round_at is None:
            raise UserError(_("*{team}* is paused, so there is no next round to skip.").format(team=escape(team.name)))
        skipped, last_opened = team.next_round_at, await stored_rounds.last_opened(session, team.id)
        if taken_back:
            schedules.unskip(team, now=now, last_opened=last_opened)
            return next_dates(team, now=now, before=_("No round is left out any more."))
        schedules.skip_next(team, now=now, last_opened=last_opened)
        await audit.of_team(session, Deed.SKIP, team, by=asked.user_id, now=now, skipped=int(skipped.timestamp()))
        left_out = _("The round of {time} is left out; `/maturity skip off` takes that back.").format(
            time=local_time(skipped, zone=team.time_zone)
        )
        return next_dates(team, now=now, before=left_out)


def next_dates(team: Team, *, now: datetime, before: str = "") -> Message:
    """When a team is asked next, as a sentence."""
    zone = ZoneInfo(team.time_zone)
    dates = ", ".join(local_time(slot.at, zone=zone.key) for slot in schedules.coming(team, now=now))
    sentence = _("Next rounds of *{team}*: {dates}.").format(team=escape(team.name), dates=dates)
    return notices.plain_message(f"{before} {sentence}".strip())


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
