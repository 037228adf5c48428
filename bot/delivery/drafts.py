"""What an owed message says, drawn when it is sent: a retry shows the present state, and no row holds an answer.

Each kind of message stands beside its feature, mostly in its `messages` module; bot/program/messages.py lists them all.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.charts.render import Renderer
from bot.delivery.files import FileDraft
from bot.kit.rubrics import Rubrics
from bot.slack.blocks import Message
from storage import deliveries
from storage.engine import Database
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery

A_LITTLE = timedelta(seconds=1)
"""After which it is looked again whether another message is out that one waits for."""


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """A picture to upload, or one that was."""

    round_id: int
    filename: str
    title: str
    alt_text: str
    file_id: str | None
    svg: Callable[[], str]
    """Lays it out, in a thread of its own; not asked where it was uploaded before."""
    showing: Callable[[str], Message]
    """The message with the file of this id in it."""
    png: bytes = b""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message and where it goes: a channel, a message to be changed, or (neither) the recipient's direct message."""

    message: Message
    channel_id: str | None = None
    update_ts: str | None = None
    picture: PictureDraft | None = None
    file: FileDraft | None = None
    """Brought by the message, which Slack makes when the file is shared."""


class NotYetError(Exception):
    """What the message says isn't known yet: look again after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait


Draw = Callable[[AsyncSession, Delivery, Rubrics, datetime], Awaitable[Draft | None]]
"""The message as it should be now; None when it is no longer needed; NotYetError when it is too early."""


class Sent(Protocol):
    """What follows once Slack took a message."""

    async def __call__(
        self,
        session: AsyncSession,
        delivery: Delivery,
        *,
        channel_id: str | None,
        message_ts: str | None,
        now: datetime,
    ) -> None: ...


class Failed(Protocol):
    """Who must know of a message that couldn't be sent; `error` is Slack's code, or ours."""

    async def __call__(self, session: AsyncSession, delivery: Delivery, *, error: str, now: datetime) -> None: ...


class OutOfReach(Protocol):
    """What follows where the message to be changed is gone, or not ours to change."""

    async def __call__(self, session: AsyncSession, delivery: Delivery, *, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message: how it is drawn, and what follows from its fate, within the transaction that settles it."""

    draw: Draw
    draw_writes: bool = False
    """Drawing one changes the database, in the transaction in which it reads."""
    sent: Sent | None = None
    failed: Failed | None = None
    out_of_reach: OutOfReach | None = None
    settled: Callable[[AsyncSession, Delivery], Awaitable[None]] | None = None
    """What follows from any attempt."""


Kinds = Mapping[DeliveryKind, Kind]


class Drafts:
    """Draws each kind of delivery from the database."""

    def __init__(self, *, database: Database, rubrics: Rubrics, renderer: Renderer, kinds: Kinds) -> None:
        self.kinds = kinds
        self._database = database
        self._rubrics = rubrics
        self._renderer = renderer

    async def draw(self, delivery: Delivery, *, now: datetime) -> Draft | None:
        """The message as it should be now; None when it is no longer needed; NotYetError when it is too early."""
        if delivery.expires_at is not None and delivery.expires_at <= now:
            return None
        kind = self.kinds[delivery.kind]
        async with self._database.begin() if kind.draw_writes else self._database.reading() as session:
            draft = await kind.draw(session, delivery, self._rubrics, now)
        if draft is not None and draft.file is not None and draft.file.svg is not None:
            return replace(draft, file=replace(draft.file, content=await self._renderer.png(draft.file.svg), svg=None))
        if draft is None or draft.picture is None or draft.picture.file_id is not None:
            return draft
        svg = await asyncio.to_thread(draft.picture.svg)
        return replace(draft, picture=replace(draft.picture, png=await self._renderer.png(svg)))


async def wait_for(
    session: AsyncSession,
    delivery: Delivery,
    key: str,
    *,
    now: datetime,
    latest: datetime | None = None,
    drawn: bool = False,
) -> None:
    """Raise NotYetError while that delivery is still under way; with `drawn`, only once it may have been sent.

    One that waits for its own next try, for a quarter of an hour at times, isn't looked at before, but at `latest`.
    """
    other = await deliveries.get(session, workspace_id=delivery.workspace_id, key=key)
    if other is None or (drawn and not other.maybe_sent):
        return
    if other.state is DeliveryState.SENDING:
        raise NotYetError(A_LITTLE)
    if other.state is DeliveryState.PENDING:
        again_at = min(at for at in (other.next_attempt_at or now, latest) if at is not None)
        raise NotYetError(max(again_at - now, A_LITTLE))
