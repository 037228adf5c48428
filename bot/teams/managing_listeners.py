"""What managers do to the team itself: pause and resume its schedule, leave a round out, say who manages."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import resolve_team, roles
from bot.access.resolve_team import Asked
from bot.access.roles import Power
from bot.inputs import typed
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.rounds import starting
from bot.schedule import schedules
from bot.slack import sentences
from bot.slack.blocks import Message, escape, escape_within, local_time
from bot.slack.services import Services
from bot.slack.wording import mentions
from bot.teams import managers
from storage import audit, people, teams
from storage import rounds as stored_rounds
from storage.kinds import Deed
from storage.models import Person, Team

CHANGES = frozenset({"add", "remove"})
OFF = re.compile("off")
MYSELF = frozenset({"me", "@me"})
MOST_PEOPLE = 20
"""That one command names."""


class NobodyCalledError(UserError):
    """A name that is nobody's, or several people's."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("I don't know who “{name}” is. Write their name with an @ and choose them from Slack's list.").format(
                name=escape_within(name, 80)
            )
        )


async def pause(asked: Asked, services: Services) -> Message:
    now = services.clock()
    async with services.database.begin() as session:
        team = await resolve_team.team_held(session, asked)
        await roles.require(session, team, user_id=asked.user_id, to=Power.PAUSE, seen=asked.seen)
        if not schedules.is_paused(team):
            await audit.of_team(session, Deed.PAUSE, team, by=asked.user_id, now=now)
        schedules.pause(team)
        return sentences.plain_message(
            _("*{team}* is paused: no round opens until someone types `/maturity resume`.").format(
                team=escape(team.name)
            )
        )


async def resume(asked: Asked, services: Services) -> Message:
    now = services.clock()
    async with services.database.begin() as session:
        team = await resolve_team.team_held(session, asked)
        await roles.require(session, team, user_id=asked.user_id, to=Power.RESUME, seen=asked.seen)
        if schedules.is_paused(team):
            last_opened = await stored_rounds.last_opened(session, team.id)
            until = await starting.waits_until(session, team, now=now) if schedules.is_put_off(team) else None
            schedules.resume(team, now=now, last_opened=last_opened, until=until)
            await audit.of_team(session, Deed.RESUME, team, by=asked.user_id, now=now)
        return next_dates(team, now=now)


async def skip(asked: Asked, services: Services) -> Message:
    """Leave out the next round of the schedule; with `off`, ask all the same."""
    now = services.clock()
    async with services.database.begin() as session:
        taken_back, asked = await resolve_team.apart(session, asked, OFF)
        team = await resolve_team.team_held(session, asked)
        await roles.require(session, team, user_id=asked.user_id, to=Power.SKIP, seen=asked.seen)
        if team.next_round_at is None:
            raise UserError(_("*{team}* is paused, so there is no next round to skip.").format(team=escape(team.name)))
        skipped, last_opened = team.next_round_at, await stored_rounds.last_opened(session, team.id)
        if taken_back is not None:
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
    return sentences.plain_message(f"{before} {sentence}".strip())


async def show_managers(asked: Asked, services: Services) -> Message:
    """Who manages a team; or some more, or some less: all who are named, or nobody."""
    now = services.clock()
    async with services.database.begin() as session:
        word, team_name, rest = await _change_meant(session, asked)
        if not word:
            team = await resolve_team.team_meant(session, asked)
            await roles.require(session, team, user_id=asked.user_id, to=Power.MANAGERS, seen=asked.seen)
            return sentences.plain_message(_managers_of(team, await teams.managers(session, team.id)))
        if team_name:
            whom = await _only_people(session, asked, rest, usage=f"managers {word}")
        else:
            whom, team_name = await _people_and_team(session, asked, rest, usage=f"managers {word}")
        # Held, so that two managers can't remove each other at once.
        team = await resolve_team.team_held(session, replace(asked, rest=team_name))
        await roles.require(session, team, user_id=asked.user_id, to=Power.MANAGERS, seen=asked.seen)
        said = []
        with all_or_nobody(whom):
            for user_id in whom:
                if word == "add":
                    person = await known(session, asked, user_id)
                    said.append(await managers.add(session, team, person, by=asked.user_id, now=now))
                else:
                    said.append(await managers.remove(session, team, user_id=user_id, by=asked.user_id, now=now))
    return sentences.plain_message("\n".join(said))


async def _change_meant(session: AsyncSession, asked: Asked) -> tuple[str, str, str]:
    """`add` or `remove`, the name that stood before it, and what follows; three times nothing where it isn't there."""
    words = asked.rest.split()
    found = [
        (typed.key(word), typed.unwrapped(" ".join(words[:place])), " ".join(words[place + 1 :]))
        for place, word in enumerate(words)
        if typed.key(word) in CHANGES
    ]
    # A team may be called Add or remove.
    is_name = asked.is_quoted or (len(words) > 1 and await resolve_team.is_a_name(session, asked))
    if not found or is_name:
        return "", "", ""
    for change in found:
        if not change[1] or await resolve_team.is_a_name(session, replace(asked, rest=change[1])):
            return change
    return found[0]


async def _only_people(session: AsyncSession, asked: Asked, rest: str, *, usage: str) -> list[str]:
    """Those who are named, where nothing else may stand there."""
    whom, following = await named(session, asked, rest, usage=usage)
    if following:
        raise NobodyCalledError(following)
    return whom


async def _people_and_team(session: AsyncSession, asked: Asked, rest: str, *, usage: str) -> tuple[list[str], str]:
    """Those who are named, and the name of a team that stood behind them, or before them; nothing where none did."""
    try:
        return await named(session, asked, rest, usage=usage)
    except NobodyCalledError:
        words = rest.split()
        for length in range(1, len(words)):
            name = typed.unwrapped(" ".join(words[:length]))
            if await resolve_team.is_a_name(session, replace(asked, rest=name)):
                return await _only_people(session, asked, " ".join(words[length:]), usage=usage), name
        raise


def _managers_of(team: Team, user_ids: Sequence[str]) -> str:
    return _(
        "Managers of *{team}*: {managers}. `/maturity managers add @person` adds one, "
        "`/maturity managers remove @person` removes one."
    ).format(team=escape(team.name), managers=mentions(user_ids))


async def named(session: AsyncSession, asked: Asked, rest: str, *, usage: str) -> tuple[list[str], str]:
    """Whom the first typed words name, by mentions, names or `me`, and what follows; UserError for nobody."""
    listed = typed.listed(rest)
    if not listed:
        raise UserError(_("Say who: `/maturity {usage} @person`.").format(usage=usage))
    if len(listed) > MOST_PEOPLE:
        raise UserError(_("Name at most {most} people at once.").format(most=MOST_PEOPLE))
    found: list[str] = []
    for place, piece in enumerate(listed, start=1):
        is_last = place == len(listed)
        user_id, following = await _first_named(session, asked, piece, alone=not is_last)
        found.append(user_id)
    while (more := _further(following)) is not None:
        if await resolve_team.is_a_name(session, replace(asked, rest=more)):
            return list(dict.fromkeys(found)), more
        user_id, following = await _first_named(session, asked, more, alone=False)
        found.append(user_id)
    return list(dict.fromkeys(found)), following


def _further(following: str) -> str | None:
    """What stands behind a comma or an `and`; of a list that goes on with `me`, all of it. None where it ends."""
    if typed.key(following.partition(" ")[0]) in MYSELF:
        return following
    return typed.further(following)


async def _first_named(session: AsyncSession, asked: Asked, piece: str, *, alone: bool) -> tuple[str, str]:
    """The one person at the beginning of this, and what follows: nothing where they stand `alone`."""
    mention = typed.PERSON.match(piece)
    if mention is not None and not (alone and piece[mention.end() :].strip()):
        return mention["id"], piece[mention.end() :].strip()
    words = piece.split()
    lengths = [len(words)] if alone else range(len(words), 0, -1)
    known_people = await people.names(session, workspace_id=asked.workspace_id) if mention is None else []
    for length in lengths:
        name = " ".join(words[:length])
        bare = name.rstrip(",;")
        following = " ".join([name[len(bare) :], *words[length:]]).strip()
        if typed.key(bare) in MYSELF:
            return asked.user_id, following
        called = typed.called(typed.unwrapped(bare).removeprefix("@"), known_people, by=lambda person: person[1])
        if len(called) == 1:
            return called[0][0], following
    raise NobodyCalledError(piece if alone else words[0])


@contextmanager
def all_or_nobody(whom: Sequence[str]) -> Iterator[None]:
    """Have a refusal about one of several say that it holds for all."""
    try:
        yield
    except roles.NotKnownError:
        raise
    except UserError as error:
        if len(whom) == 1:
            raise
        raise UserError(error.sentence + " " + _("So nothing was changed for the others, either.")) from error


async def known(session: AsyncSession, asked: Asked, user_id: str) -> Person:
    """What Slack said of a person; where it said nothing yet, it is asked before the answer is tried again."""
    person = await people.get(session, workspace_id=asked.workspace_id, user_id=user_id)
    if person is None or person.is_full_member is None:
        raise roles.NotKnownError(user_id)
    return person
