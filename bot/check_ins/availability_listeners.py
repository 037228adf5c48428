"""What anyone may ask about themselves: their open check-ins, and until when they are away."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.access import roles
from bot.access.resolve_team import Asked
from bot.check_ins import availability_views, redraw
from bot.inputs import typed
from bot.inputs.dates import read_day
from bot.kit.i18n import _
from bot.slack.blocks import Message, escape, local_time
from bot.slack.ids import permalink
from bot.slack.services import Services
from storage import people, rounds, workspaces

WEEK = timedelta(days=7)
_UNTIL = re.compile(r"^(until|till?|through|thru|to|for(?=\s))(:?\s+|$)", re.IGNORECASE)


async def show_check_ins(asked: Asked, services: Services) -> Message:
    """Links to one's open check-ins, each brought up to date: there is one state, wherever it is shown.

    The questions themselves stay in the direct message: a copy here could not be taken back at the close.
    """
    now = services.clock()
    lines: list[str] = []
    async with services.database.begin() as session:
        workspace = await workspaces.get(session, asked.workspace_id)
        person = await people.get(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
        found = await rounds.check_ins_of(session, workspace_id=asked.workspace_id, user_id=asked.user_id, now=now)
        for opened, member, team in found:
            if workspace is None:
                continue
            closes = local_time(opened.closes_at, zone=team.time_zone)
            await redraw.bring_up(session, opened, member, now=now)
            if member.message_ts is not None and member.channel_id is not None:
                link = permalink(workspace.url, member.channel_id, member.message_ts)
                lines.append(
                    _("<{link}|Your check-in for {team}> is open until {time}.").format(
                        link=link, team=escape(team.name), time=closes
                    )
                )
            else:
                lines.append(
                    _("Your check-in for *{team}* is on its way to you as a direct message. It is open until {time}.")
                    .format(team=escape(team.name), time=closes)
                )  # fmt: skip
    return availability_views.check_ins(lines, opted_out=person is not None and person.opted_out)


async def be_away(asked: Asked, services: Services) -> Message:
    """Until when somebody isn't asked: told, set, or taken back."""
    now, rest = services.clock(), asked.rest
    wanted = typed.unwrapped(_UNTIL.sub("", rest, count=1)) or rest
    async with services.database.begin() as session:
        person = await people.get(session, workspace_id=asked.workspace_id, user_id=asked.user_id)
        if person is None:
            raise roles.NotKnownError(asked.user_id)
        today = now.astimezone(ZoneInfo(people.zone_of(person))).date()
        until, note, opted_out = person.away_until, "", person.opted_out
        is_away = until is not None and until >= today
        if not is_away and (not rest or typed.key(wanted) == "off"):
            return availability_views.not_away(example=today + WEEK, opted_out=opted_out)
        if rest:
            read = None if typed.key(wanted) == "off" else read_day(wanted, today=today)
            until, note = (None, "") if read is None else read
            await people.be_away(session, workspace_id=asked.workspace_id, user_id=asked.user_id, until=until)
        if until is None:
            return availability_views.back(opted_out=opted_out)
        found = await rounds.check_ins_of(session, workspace_id=asked.workspace_id, user_id=asked.user_id, now=now)
        waiting = sum(not member.skipped and member.completed_at is None for _round, member, _team in found)
        return availability_views.away(until, waiting=waiting, note=note)
