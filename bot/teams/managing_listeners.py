"""What managers do to the team itself: pause and resume its schedule, leave a round out, say who manages, delete it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import resolve_team
from bot.access.resolve_team import Asked
from bot.access.roles import Power
from bot.inputs import typed
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.rounds import starting
from bot.schedule import schedules
from bot.slack import modals, sentences, tap_replies
from bot.slack.blocks import Message, escape, local_time
from bot.slack.ids import Do
from bot.slack.services import Services
from bot.slack.wording import mentions
from bot.teams import deleting, managers, named_people, saved_views, views
from storage import audit, rounds, teams
from storage.kinds import Deed
from storage.models import Team

CHANGES = frozenset({"add", "remove"})
OFF = re.compile("off")


def register(app: AsyncApp) -> None:
    app.action(Do.DELETE_TEAM)(delete)


async def pause(asked: Asked, services: Services) -> Message:
    now = services.clock()
    async with services.database.begin() as session:
        team = await resolve_team.team_asked(session, asked, to=Power.PAUSE, held=True)
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
        team = await resolve_team.team_asked(session, asked, to=Power.RESUME, held=True)
        if schedules.is_paused(team):
            last_opened = await rounds.last_opened(session, team.id)
            until = await starting.waits_until(session, team, now=now) if schedules.is_put_off(team) else None
            schedules.resume(team, now=now, last_opened=last_opened, until=until)
            await audit.of_team(session, Deed.RESUME, team, by=asked.user_id, now=now)
        return next_dates(team, now=now)


async def skip(asked: Asked, services: Services) -> Message:
    """Leave out the next round of the schedule; with `off`, ask all the same."""
    now = services.clock()
    async with services.database.begin() as session:
        taken_back, asked = await resolve_team.apart(session, asked, OFF)
        team = await resolve_team.team_asked(session, asked, to=Power.SKIP, held=True)
        if team.next_round_at is None:
            raise UserError(_("*{team}* is paused, so there is no next round to skip.").format(team=escape(team.name)))
        skipped, last_opened = team.next_round_at, await rounds.last_opened(session, team.id)
        if taken_back is not None:
            schedules.unskip(team, now=now, last_opened=last_opened)
            return next_dates(team, now=now, before=_("No round is skipped any more."))
        schedules.skip_next(team, now=now, last_opened=last_opened)
        details = audit.Details(skipped=skipped)
        await audit.of_team(session, Deed.SKIP, team, by=asked.user_id, now=now, details=details)
        left_out = _("The round of {time} is skipped. `/maturity skip off` undoes that.").format(
            time=local_time(skipped, zone=team.time_zone)
        )
        return next_dates(team, now=now, before=left_out)


def next_dates(team: Team, *, now: datetime, before: str = "") -> Message:
    """When a team is asked next, as a sentence."""
    dates = saved_views.dates_and_time(
        [slot.at for slot in schedules.coming(team, now=now)],
        clock=team.clock,
        time=f"{team.local_time:%H:%M}",
        time_zone=team.time_zone,
    )
    sentence = _("Next rounds of *{team}*: {dates}.").format(team=escape(team.name), dates=dates)
    return sentences.plain_message(f"{before} {sentence}".strip())


async def show_managers(asked: Asked, services: Services) -> Message:
    """Who manages a team; or some more, or some less: all who are named, or nobody."""
    now = services.clock()
    async with services.database.begin() as session:
        word, team_name, rest = await _change_meant(session, asked)
        if not word:
            team = await resolve_team.team_asked(session, asked, to=Power.MANAGERS)
            return sentences.plain_message(_managers_of(team, await teams.managers(session, team.id)))
        if team_name:
            whom = await named_people.only_people(session, asked, rest, usage=f"managers {word}")
        else:
            whom, team_name = await named_people.people_and_team(session, asked, rest, usage=f"managers {word}")
        # Held, so that two managers can't remove each other at once.
        team = await resolve_team.team_asked(session, replace(asked, rest=team_name), to=Power.MANAGERS, held=True)
        said = []
        with named_people.all_or_nobody(whom):
            for user_id in whom:
                if word == "add":
                    person = await named_people.known(session, asked, user_id)
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
    is_team = await resolve_team.names_of_teams(session, asked)
    is_name = asked.is_quoted or (len(words) > 1 and is_team(asked.rest))
    if not found or is_name:
        return "", "", ""
    for change in found:
        if not change[1] or is_team(change[1]):
            return change
    return found[0]


def _managers_of(team: Team, user_ids: Sequence[str]) -> str:
    return _(
        "Managers of *{team}*: {managers}. `/maturity managers add @person` adds one, "
        "`/maturity managers remove @person` removes one."
    ).format(team=escape(team.name), managers=mentions(user_ids))


async def delete(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Delete a team: its schedule ends now, the rest follows as soon as nobody is left with an open check-in."""
    async with services.database.begin() as session:
        team = await resolve_team.team_tapped(session, body, to=Power.DELETE, held=True)
        await deleting.begin(session, team, by=body["user"]["id"], now=services.clock())
    await ack()
    view = sentences.message_modal(views.being_deleted(team.name), title=_("Delete this team"))
    services.in_flight.start(modals.change(client, view, reader=body["user"]["id"], view_id=body["view"]["id"]))
    tap_replies.publish_home_later(services, body)
