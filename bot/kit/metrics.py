"""What operators may watch, for Prometheus: counts and times, never who or what."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """One registry a process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._taps = Counter("maturity_taps", "Taps, by what became of them.", ["outcome"], registry=self.registry)
        self._seconds = Histogram(
            "maturity_request_seconds",
            "Seconds until Slack's request was answered.",
            ["kind"],
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
            registry=self.registry,
        )
        self._refused = Counter(
            "maturity_requests_refused", "Requests turned away unread, by reason.", ["reason"], registry=self.registry
        )
        self._ticks = Counter("maturity_ticks", "Turns of each tick.", ["tick"], registry=self.registry)
        self._done = Counter("maturity_tick_rows", "Rows that each tick worked on.", ["tick"], registry=self.registry)
        self._waiting = Gauge("maturity_deliveries_waiting", "Deliveries due and not sent.", registry=self.registry)
        self._failed = Gauge("maturity_deliveries_failed", "Deliveries that failed.", registry=self.registry)
        self._slack_refused = Counter(
            "maturity_slack_refusals",
            "Calls that Slack refused, by method, by its word for it, and by what that word is about.",
            ["method", "word", "verdict"],
            registry=self.registry,
        )

    def tapped(self, outcome: str) -> None:
        self._taps.labels(outcome).inc()

    def answered(self, kind: str, seconds: float) -> None:
        self._seconds.labels(kind).observe(seconds)

    def refused(self, reason: str) -> None:
        self._refused.labels(reason).inc()

    def ticked(self, tick: str, rows: int) -> None:
        self._ticks.labels(tick).inc()
        self._done.labels(tick).inc(rows)

    def backlog(self, *, waiting: float, failed: float) -> None:
        """How many; nan while nobody knows."""
        self._waiting.set(waiting)
        self._failed.set(failed)

    def slack_refused(self, method: str, *, word: str, verdict: str) -> None:
        self._slack_refused.labels(method, word, verdict).inc()

    def exposition(self) -> bytes:
        """All of it, in Prometheus's text form."""
        return generate_latest(self.registry)
