"""Connections to a PostgreSQL server that may have none to spare."""

import time
from typing import Any, Final

from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util.queue import Empty

from storage import faults

LOOK_SECONDS: Final = 0.1
"""How long one of our own connections is waited for before the server is asked for another again."""


class PatientPool(AsyncAdaptedQueuePool):
    """A queue pool that waits for a place where the server has none, as long as for one of its own (`timeout`).

    Whichever comes first is taken: a connection that somebody here gives back, or a new one. SQLAlchemy's own pool
    raises what the server said, and everybody who came while it was full would be told that it did not work.
    """

    # SQLAlchemy names a pool's logger after the module of its class. Under a name of ours, each connection that it lets
    # go would be news for operators.
    _sqla_logger_namespace = "sqlalchemy.pool.PatientPool"

    def _do_get(self) -> Any:
        give_up_at = time.monotonic() + self._timeout
        while True:
            try:
                return super()._do_get()
            except self._dialect.loaded_dbapi.OperationalError as error:  # type: ignore[attr-defined]
                if not faults.is_crowded(error) or time.monotonic() > give_up_at:
                    raise
            try:
                return self._pool.get(True, LOOK_SECONDS)
            except Empty:
                continue
