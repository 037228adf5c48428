import pytest

from bot.kit.metrics import CONTENT_TYPE, Metrics


def shown(metrics: Metrics) -> list[str]:
    return metrics.exposition().decode().splitlines()


def test_taps_are_counted_by_what_became_of_them() -> None:
    metrics = Metrics()
    metrics.tapped("kept")
    metrics.tapped("kept")
    metrics.tapped("closed")
    assert {'maturity_taps_total{outcome="kept"} 2.0', 'maturity_taps_total{outcome="closed"} 1.0'} <= set(
        shown(metrics)
    )


def test_refusals_are_counted_by_their_reason() -> None:
    metrics = Metrics()
    metrics.refused("slow")
    metrics.refused("headers")
    metrics.refused("slow")
    assert {'maturity_requests_refused_total{reason="slow"} 2.0'} <= set(shown(metrics))


@pytest.mark.parametrize(("seconds", "bucket"), [(0.004, "0.005"), (0.09, "0.1"), (2.9, "3.0"), (4, "+Inf")])
def test_an_answers_time_falls_into_the_bucket_that_holds_it(seconds: float, bucket: str) -> None:
    metrics = Metrics()
    metrics.answered("slack", seconds)
    counted = [line for line in shown(metrics) if "request_seconds_bucket" in line and line.endswith(" 1.0")]
    assert f'le="{bucket}"' in counted[0]


def test_ticks_tell_how_often_they_ran_and_what_they_did() -> None:
    metrics = Metrics()
    metrics.ticked("deliver", 3, seconds=0.2, at=1000)
    metrics.ticked("deliver", 0, seconds=0.1, at=1001)
    assert {'maturity_ticks_total{tick="deliver"} 2.0', 'maturity_tick_rows_total{tick="deliver"} 3.0'} <= set(
        shown(metrics)
    )


def test_the_backlog_is_what_it_is_now() -> None:
    metrics = Metrics()
    metrics.backlog(waiting=7, failed=2, oldest=60, late=1)
    metrics.backlog(waiting=1, failed=0, oldest=5, late=0)
    assert {
        "maturity_deliveries_waiting 1.0",
        "maturity_deliveries_failed 0.0",
        "maturity_deliveries_oldest_due_seconds 5.0",
        "maturity_rounds_late 0.0",
    } <= set(shown(metrics))


def test_what_is_known_to_come_is_counted_from_zero() -> None:
    """Prometheus sees no increase in a counter that begins at 1."""
    metrics = Metrics()
    metrics.expect(taps=["kept"], refusals=["slow"], deliveries=[("prompt", "failed")])
    metrics.ticks_begin(["deliver"], at=1000)
    assert {
        'maturity_taps_total{outcome="kept"} 0.0',
        'maturity_requests_refused_total{reason="slow"} 0.0',
        'maturity_deliveries_total{kind="prompt",outcome="failed"} 0.0',
        'maturity_tick_errors_total{tick="deliver"} 0.0',
        'maturity_tick_last_success_timestamp_seconds{tick="deliver"} 1000.0',
    } <= set(shown(metrics))


def test_two_processes_in_one_test_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.tapped("kept")
    assert 'maturity_taps_total{outcome="kept"} 1.0' not in shown(second)


def test_the_text_is_prometheus_own_form() -> None:
    assert CONTENT_TYPE.startswith("text/plain; version=0.0.4")
    assert "# TYPE maturity_taps_total counter" in shown(Metrics())
