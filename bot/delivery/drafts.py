"""What an owed message says, put together when it is sent, with its pictures."""

import asyncio
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.charts.render import Renderer
from bot.delivery.message import Context, Draft, NotYetError, OwedMessage
from bot.kit.rubrics import Rubrics
from storage.engine import Database


class Drafts:
    """Draws messages from the database."""

    def __init__(self, *, database: Database, rubrics: Rubrics, renderer: Renderer) -> None:
        self._database = database
        self._rubrics = rubrics
        self._renderer = renderer

    def context(self, session: AsyncSession, *, now: datetime) -> Context:
        """What messages are drawn and settled with."""
        return Context(session, self._rubrics, now)

    async def draw(self, message: OwedMessage, *, now: datetime) -> Draft | None:
        """The message as it should be now; None when it is no longer needed; NotYetError when it is too early."""
        if message.expires_at is not None and message.expires_at <= now:
            return None
        async with self._database.begin() if message.drawing_writes else self._database.reading() as session:
            [draft] = await type(message).draw_all(self.context(session, now=now), [message])
        if isinstance(draft, NotYetError):
            raise draft
        if draft is not None and draft.file is not None and draft.file.svg is not None:
            return replace(draft, file=replace(draft.file, content=await self._renderer.png(draft.file.svg), svg=None))
        if draft is None or draft.picture is None or draft.picture.file_id is not None:
            return draft
        svg = await asyncio.to_thread(draft.picture.svg)
        return replace(draft, picture=replace(draft.picture, png=await self._renderer.png(svg)))
