"""What people see of more than one round or team: summaries of the last rounds, the trend, the overview."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import resolve_team, roles
from bot.access.resolve_team import Asked
from bot.access.roles import Power
from bot.charts.trend import MOST_ROUNDS
from bot.inputs import typed
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.notices import file_message
from bot.overview import picture_files, standings, trend_views, views
from bot.overview.picture_files import MOST_PICTURES, OverviewPicture, TrendPicture
from bot.overview.standings import Overview
from bot.slack.blocks import Message, escape_within
from bot.slack.services import Services
from bot.summary import earlier_views, histories
from bot.summary.histories import Past
from bot.summary.listeners import Found, no_summary_yet, summary_of, with_picture
from storage import teams, workspaces
from storage.overview import SEVERAL

MOST_SUMMARIES = 12
"""Rounds that `/maturity summary last N` shows."""
LAST = re.compile(r"last(?: (?P<number>[+-]?\d[\d.,]*))?")
"""What may stand beside a team's name, a number that can't be as well."""
NO_NUMBER = re.compile(r"(?:.*\s)?last\s+(?P<number>\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Last:
    """One team's last summaries."""

    newest: Found
    earlier: Sequence[Past]
    """The oldest first, and the newest among them; empty where only the newest is wanted."""
    number: int
    """How many were wanted."""


@dataclass(frozen=True, slots=True)
class _Standings:
    """Where the teams stand that somebody manages, or, for an admin, all."""

    overview: Overview
    all_teams: bool
    only: Found | None
    """The summary of the only team, where there is just one."""


async def show_summary(asked: Asked, services: Services) -> Message:
    """The summary of the team that is meant, with earlier ones beneath; else the overview of several teams."""
    async with services.database.reading() as session:
        await roles.require_asker(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
        found = await _last_or_standings(session, asked, services)
    if isinstance(found, _Standings):
        return await _show_standings(asked, found, services)
    newest = await with_picture(asked, found.newest, services)
    return _beneath(newest, found.earlier, number=found.number)


async def _last_or_standings(session: AsyncSession, asked: Asked, services: Services) -> _Last | _Standings:
    number, asked = await _last(session, asked, word="summary", most=MOST_SUMMARIES)
    number = number or 1
    team = await resolve_team.named_or_here(session, asked)
    if team is None and number == 1 and await _has_overview(session, asked):
        return await _standings(session, asked, services)
    team = team or await resolve_team.only_own(session, asked)
    newest = await summary_of(session, team, asked=asked, services=services)
    if number == 1:
        return _Last(newest, (), 1)
    past = await histories.of(session, team, reader=asked.user_id, rubrics=services.rubrics, limit=number)
    return _Last(newest, past, number)


def _beneath(newest: Message, past: Sequence[Past], *, number: int) -> Message:
    if not past:
        return newest
    last, *others = [
        earlier_views.earlier(each.rubric, each.summary, number=each.number, closed_on=each.closed_on)
        for each in reversed(past)
    ]
    if len(past) < number:
        others.append(earlier_views.fewer(len(past)))
    return earlier_views.beneath(newest, others, whole=last)


async def _last(session: AsyncSession, asked: Asked, *, word: str, most: int) -> tuple[int | None, Asked]:
    """How many rounds are meant, None where all are, and what was asked without that; UserError for no such number."""
    found, theirs = await resolve_team.apart(session, asked, LAST)
    if found is not None and found["number"]:
        number = found["number"]
    else:
        other = None if asked.is_quoted else NO_NUMBER.fullmatch(asked.rest)
        if other is None or (await resolve_team.names_of_teams(session, theirs))(theirs.rest):
            return (None if found is None else 1), theirs
        number = typed.unwrapped(other["number"])
    if re.fullmatch("[0-9]{1,3}", number, re.ASCII) is None or not 1 <= int(number) <= most:
        raise UserError(
            _("“last {typed}” can't be shown. Type a number from 1 to {most}, as in `/maturity {word} last 3`.").format(
                typed=escape_within(number.replace("`", ""), 40), most=most, word=word
            )
        )
    return int(number), theirs


async def _has_overview(session: AsyncSession, asked: Asked) -> bool:
    """Whether this is somebody who manages several teams, or an admin without one."""
    managed = await teams.managed_by(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    return len(managed) >= SEVERAL or (
        not managed and await workspaces.is_admin(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    )


async def show_trend(asked: Asked, services: Services) -> Message:
    """A team's levels over its last rounds, to one person alone; the picture follows as a file."""
    async with services.database.reading() as session:
        number, asked = await _last(session, asked, word="trend", most=MOST_ROUNDS)
        number = number or MOST_ROUNDS
        team = await resolve_team.team_asked(session, asked, to=Power.TREND)
        card = await picture_files.trend_card(
            session, team, reader=asked.user_id, rubrics=services.rubrics, number=number
        )
        if card is None:
            return await no_summary_yet(session, team, now=services.clock())
    async with services.database.begin() as session:
        picture = TrendPicture(
            workspace_id=asked.workspace_id,
            key=TrendPicture.key_of(asked.user_id, request=asked.trigger_id),
            user_id=asked.user_id,
            team_id=team.id,
            rounds=number,
        )
        await file_message.owe(session, picture, now=services.clock())
    return trend_views.trend(card)


async def show_overview(asked: Asked, services: Services) -> Message:
    """Where the teams stand that this person manages, or, for an admin, all; the pictures follow as files.

    Of a single team there is nothing to count: who has one gets its summary.
    """
    if asked.rest:
        raise UserError(
            _("An overview is of all your teams: type `/maturity overview` alone, or `/maturity summary` for one team.")
        )
    async with services.database.reading() as session:
        await roles.require_asker(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
        found = await _standings(session, asked, services)
    return await _show_standings(asked, found, services)


async def _standings(session: AsyncSession, asked: Asked, services: Services) -> _Standings:
    """What this person has an overview of; UserError for who has none."""
    scope = await standings.scope_of(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
    all_teams = scope.managed_by is None
    found = await standings.of(session, scope, reader=asked.user_id, rubrics=services.rubrics)
    if not found.teams and not all_teams:
        raise roles.NotAllowedError(_("An overview is for people who manage teams, and for workspace admins."))
    if not found.teams:
        raise UserError(_("There is no team here yet. `/maturity setup` in a channel makes one."))
    only = None
    if len(found.teams) == 1:
        only = await summary_of(session, found.teams[0], asked=asked, services=services)
    return _Standings(found, all_teams, only)


async def _show_standings(asked: Asked, found: _Standings, services: Services) -> Message:
    if found.only is None:
        return await _with_pictures(asked, found.overview, services)
    summary = await with_picture(asked, found.only, services)
    return views.only_team(summary, all_teams=found.all_teams)


async def _with_pictures(asked: Asked, found: Overview, services: Services) -> Message:
    """The overview in words; its first pictures are owed."""
    pictures = (await asyncio.to_thread(picture_files.overview_pages, found))[:MOST_PICTURES]
    async with services.database.begin() as session:
        for place in range(len(pictures)):
            picture = OverviewPicture(
                workspace_id=asked.workspace_id,
                key=OverviewPicture.key_of(asked.user_id, request=f"{place}:{asked.trigger_id}"),
                user_id=asked.user_id,
                page=place,
            )
            await file_message.owe(session, picture, now=services.clock())
    shown = sum(page.end - page.start for page in pictures)
    return await asyncio.to_thread(views.overview, found.card, pictures=len(pictures), pictured=shown)
