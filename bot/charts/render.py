"""SVG to PNG without stopping the event loop: the drawing library holds the interpreter's lock while it works."""

import asyncio
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from bot.charts import drawing_process
from bot.charts.measure import FONT_FILES


class Renderer:
    """One drawing process, started by the first picture and replaced when it dies."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    async def png(self, svg: str) -> bytes:
        """The picture as PNG, at twice the SVG's width and height.

        Raises ValueError for what is no SVG, and BrokenProcessPool where a second process died over it, too.
        """
        # Submitting may start a process, which takes longer than the loop should stand still.
        pool, drawing = await asyncio.to_thread(self._submit, svg)
        try:
            return await asyncio.wrap_future(drawing)
        except BrokenProcessPool:
            self._give_up(pool)
        pool, drawing = await asyncio.to_thread(self._submit, svg)
        try:
            return await asyncio.wrap_future(drawing)
        except BrokenProcessPool:
            self._give_up(pool)
            raise

    def close(self) -> None:
        """End the drawing process once it has drawn what it is at; waits for that."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def _submit(self, svg: str) -> "tuple[ProcessPoolExecutor, Future[bytes]]":
        with self._lock:
            if self._pool is None:
                self._pool = _new_pool()
            try:
                return self._pool, self._pool.submit(drawing_process.draw, svg, FONT_FILES)
            except BrokenProcessPool:
                # It died between two pictures: nothing was lost, so this is no second try yet.
                self._pool.shutdown(wait=False)
                self._pool = _new_pool()
                return self._pool, self._pool.submit(drawing_process.draw, svg, FONT_FILES)

    def _give_up(self, broken: ProcessPoolExecutor) -> None:
        """Forget this pool, unless another picture that was waiting for it has replaced it already."""
        with self._lock:
            if self._pool is broken:
                self._pool = None
        broken.shutdown(wait=False)


def _new_pool() -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would copy the bot's open sockets, its threads' locks and its memory.
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=drawing_process.start)
