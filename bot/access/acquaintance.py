"""Whom a request comes from or names is known before anything is decided about them."""

import asyncio
import contextlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.access import profiles, roles
from bot.slack import ids
from bot.slack.calls import CALL_FAILED
from bot.slack.ids import UnreadableError
from bot.slack.services import Services
from storage import people
from storage.models import Person

BELIEVED = timedelta(days=1)
"""How long Slack is believed of who asks: its word of a change is lost while the app is down, or restored anew."""
OWN_DATA = frozenset({ids.Do.EXPORT_MY_DATA, ids.Do.ERASE_MY_DATA, ids.View.ERASE})

OWN_TAPS = {
    ids.Do.ANSWER, ids.Do.CHANGE_ANSWERS, ids.Do.FINISH_CHANGING, ids.Do.ADD_NOTES, ids.Do.SKIP_ROUND, ids.Do.SNOOZE,
    ids.Do.STOP_ASKING, ids.Do.ASK_AGAIN, ids.Do.SHOW_CHECK_IN, ids.Do.BE_AWAY, ids.Do.BE_BACK,
    ids.Do.EXPLAIN_LEVELS, ids.Do.EXPLAIN_PRIVACY, ids.Do.LINK, ids.Do.EXPORT_MY_DATA, ids.Do.ERASE_MY_DATA,
}  # fmt: skip
"""What somebody does with what is theirs alone: the round's own list of whom it asked decides.

Of those, who is no full member any more is refused where an answer or a note would be kept, or asked for.
"""
OWN_FORMS = {ids.View.ERASE, ids.View.NOTES, ids.View.AWAY, ids.View.PREVIEW, ids.View.MESSAGE, ids.View.DETAILS}
"""The same of forms: a button may be called as one is, and be nobody's own."""


async def require_asker(body: Mapping[str, Any], client: AsyncWebClient, services: Services) -> None:
    """NoFullMemberError for a tap, form or menu of who isn't known as a full member; nothing is looked up for them."""
    if body.get("type") not in {"block_actions", "view_submission", "block_suggestion"}:
        return
    what, own = [action.get("action_id") for action in body.get("actions") or ()], set[str](OWN_TAPS)
    if body["type"] == "view_submission":
        what, own = [(body.get("view") or {}).get("callback_id")], set[str](OWN_FORMS)
    user_id = (body.get("user") or {}).get("id")
    if (what and own.issuperset(what)) or not isinstance(user_id, str):
        return
    try:
        workspace_id = ids.workspace_of(body)
    except UnreadableError:
        return
    await meet_again(user_id, client, services, workspace_id=workspace_id)
    async with services.database.reading() as session:
        await roles.require_asker(session, workspace_id=workspace_id, user_id=user_id)


async def meet(body: Mapping[str, Any], client: AsyncWebClient, services: Services) -> None:
    """Ask Slack of whom it never said whether they are full members here; it may go on beside the answer."""
    try:
        workspace_id = ids.workspace_of(body)
    except UnreadableError:
        return
    wanted = list(dict.fromkeys(_people(body)))
    if not wanted:
        return
    async with services.database.reading() as session:
        known = await people.among(session, workspace_id=workspace_id, user_ids=wanted)
    unknown = [user_id for user_id in wanted if user_id not in known or known[user_id].is_full_member is None]
    met = [services.in_flight.start(_meet(user_id, client, services, workspace_id=workspace_id)) for user_id in unknown]
    if met:
        await asyncio.wait(met, timeout=services.person_within)


async def _meet(user_id: str, client: AsyncWebClient, services: Services, *, workspace_id: str) -> None:
    with contextlib.suppress(*CALL_FAILED):  # they stay unknown, and whoever decides something says so
        now = services.clock()
        await profiles.meet(client, user_id, workspace_id=workspace_id, database=services.database, now=now)


async def meet_again(user_id: str, client: AsyncWebClient, services: Services, *, workspace_id: str) -> None:
    """Have Slack say anew who a full member is, where it did so more than a day ago; it may go on beside the answer.

    Where it says nothing in time, what it said last is believed once more.
    """

    async def ask() -> None:
        now = services.clock()
        async with services.database.reading() as session:
            person = await people.get(session, workspace_id=workspace_id, user_id=user_id)
        if person is not None and is_stale(person, now=now):
            await profiles.meet(client, user_id, workspace_id=workspace_id, database=services.database, now=now)

    await services.met_again.get(f"{workspace_id}:{user_id}", ask, now=services.clock())


def is_stale(person: Person, *, now: datetime) -> bool:
    """Whether somebody is a full member only by what Slack said too long ago."""
    return person.is_full_member is True and person.read_at < now - BELIEVED


def _people(body: Mapping[str, Any]) -> Iterator[str]:
    """Who tapped or sent it, and whom its form chooses.

    Not who types: a command asks by itself where it has to know. Nor who looks after what is stored about them: whoever
    erased that isn't read again because of it.
    """
    what = {action.get("action_id") for action in body.get("actions") or ()} | {
        (body.get("view") or {}).get("callback_id")
    }
    if body.get("type") not in {"block_actions", "view_submission"} or what & OWN_DATA:
        return
    user_id = (body.get("user") or {}).get("id")
    if isinstance(user_id, str):
        yield user_id
    if body["type"] == "view_submission":
        for fields in body["view"]["state"]["values"].values():
            for field in fields.values():
                if isinstance(chosen := field.get("selected_user"), str):
                    yield chosen
