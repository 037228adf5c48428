"""What operators may watch, for Prometheus: counts and times, never who or what."""

import platform
from collections.abc import Callable, Iterable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
QUICK: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
"""Seconds for what Slack waits three of."""
SLOW: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds for calls to Slack, which end after ten."""
TICKS: Final = (0.001, 0.01, 0.1, 0.5, 1, 5, 30)
"""Seconds for a turn of a tick, which begins once a second."""


class Metrics:
    """One registry a process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._build = Info("maturity_build", "The program and what it runs on.", registry=self.registry)
        self._taps = self._counter("taps", "Taps, by what became of them.", "outcome")
        self._tap_seconds = self._histogram(
            "tap_seconds", "Seconds until a tap was answered, by the way it came.", "way", buckets=QUICK
        )
        self._seconds = self._histogram(
            "request_seconds", "Seconds until Slack's request was answered.", "kind", buckets=QUICK
        )
        self._refused = self._counter("requests_refused", "Requests turned away unread, by reason.", "reason")
        self._ticks = self._counter("ticks", "Turns of each tick.", "tick")
        self._done = self._counter("tick_rows", "Rows that each tick worked on.", "tick")
        self._tick_errors = self._counter("tick_errors", "Turns of each tick that failed.", "tick")
        self._tick_seconds = self._histogram("tick_seconds", "Seconds that a tick's turn took.", "tick", buckets=TICKS)
        self._tick_success = self._gauge(
            "tick_last_success_timestamp_seconds", "When a tick last went well, since 1970.", "tick"
        )
        self._waiting = self._gauge("deliveries_waiting", "Deliveries due and not sent.")
        self._failed = self._gauge("deliveries_failed", "Deliveries that failed.")
        self._oldest = self._gauge("deliveries_oldest_due_seconds", "How long the oldest due delivery has been due.")
        self._late = self._gauge("rounds_late", "Rounds that should have opened or closed ten minutes ago.")
        self._delivered = self._counter("deliveries", "Attempts to deliver, by kind and outcome.", "kind", "outcome")
        self._calls = self._counter(
            "slack_calls",
            "Calls of Slack, by the Web API's method, upload or response_url, and outcome.",
            "method",
            "outcome",
        )
        self._call_seconds = self._histogram(
            "slack_call_seconds", "Seconds that a call of Slack took.", "method", buckets=SLOW
        )
        self._rate_limited = self._counter("slack_rate_limited", "Calls that Slack had too many of.", "method")
        self._slack_refused = self._counter(
            "slack_refusals",
            "Calls that Slack refused, by method, by its word for it, and by what that word is about.",
            "method",
            "word",
            "verdict",
        )
        self._pool = self._gauge("database_connections", "Connections to the database, by what they do.", "state")
        self._pool_most = self._gauge("database_connections_max", "Connections that this process may have at once.")
        self._well = self._gauge("check_ok", "What /readyz looks at: 1 where it is well, 0 where it isn't.", "check")
        self._faults = self._counter(
            "faults", "Lines of level ERROR in the log, by the module that wrote them.", "module"
        )

    def expect(
        self,
        *,
        taps: Iterable[str] = (),
        refusals: Iterable[str] = (),
        ticks: Iterable[str] = (),
        deliveries: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Begin to count these at 0: of a counter that begins at 1 Prometheus sees no increase, so no first failure."""
        for outcome in taps:
            self._taps.labels(outcome)
        for reason in refusals:
            self._refused.labels(reason)
        for tick in ticks:
            self._ticks.labels(tick)
            self._done.labels(tick)
            self._tick_errors.labels(tick)
        for kind, outcome in deliveries:
            self._delivered.labels(kind, outcome)

    def built(self, *, version: str, part: str, database: str) -> None:
        self._build.info({"version": version, "part": part, "database": database, "python": platform.python_version()})

    def tapped(self, outcome: str) -> None:
        self._taps.labels(outcome).inc()

    def tap_answered(self, way: str, seconds: float) -> None:
        """`way` is http or socket_mode."""
        self._tap_seconds.labels(way).observe(seconds)

    def answered(self, kind: str, seconds: float) -> None:
        self._seconds.labels(kind).observe(seconds)

    def refused(self, reason: str) -> None:
        self._refused.labels(reason).inc()

    def ticked(self, tick: str, rows: int, *, seconds: float, at: float) -> None:
        """`at` is in seconds since 1970."""
        self._ticks.labels(tick).inc()
        self._done.labels(tick).inc(rows)
        self._tick_seconds.labels(tick).observe(seconds)
        self._tick_success.labels(tick).set(at)

    def ticks_begin(self, ticks: Iterable[str], *, at: float) -> None:
        """A tick that never goes well is as late as if it had gone well at its start, in seconds since 1970."""
        self.expect(ticks=(names := list(ticks)))
        for tick in names:
            self._tick_success.labels(tick).set(at)

    def tick_failed(self, tick: str) -> None:
        self._ticks.labels(tick).inc()
        self._tick_errors.labels(tick).inc()

    def backlog(self, *, waiting: float, failed: float, oldest: float, late: float) -> None:
        """How many, and for how many seconds; nan while nobody knows."""
        self._waiting.set(waiting)
        self._failed.set(failed)
        self._oldest.set(oldest)
        self._late.set(late)

    def delivered(self, kind: str, outcome: str) -> None:
        self._delivered.labels(kind, outcome).inc()

    def called(self, method: str, outcome: str, seconds: float) -> None:
        """A call of Slack's, which is ok, refused, rate_limited or unanswered."""
        self._calls.labels(method, outcome).inc()
        self._call_seconds.labels(method).observe(seconds)
        if outcome == "rate_limited":
            self._rate_limited.labels(method).inc()

    def slack_refused(self, method: str, *, word: str, verdict: str) -> None:
        self._slack_refused.labels(method, word, verdict).inc()

    def watch_pool(self, *, in_use: Callable[[], float], idle: Callable[[], float], most: float) -> None:
        """Ask the pool whenever somebody asks us."""
        self._pool.labels("in_use").set_function(in_use)
        self._pool.labels("idle").set_function(idle)
        self._pool_most.set(most)

    def checked(self, check: str, *, well: bool) -> None:
        self._well.labels(check).set(well)

    def fault(self, module: str) -> None:
        self._faults.labels(module).inc()

    def exposition(self) -> bytes:
        """All of it, in Prometheus's text form."""
        return generate_latest(self.registry)

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"maturity_{name}", says, labels, registry=self.registry)

    def _gauge(self, name: str, says: str, *labels: str) -> Gauge:
        return Gauge(f"maturity_{name}", says, labels, registry=self.registry)

    def _histogram(self, name: str, says: str, *labels: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"maturity_{name}", says, labels, buckets=buckets, registry=self.registry)
