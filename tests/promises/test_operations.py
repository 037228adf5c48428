"""Dashboard and alert rules ask for metrics that there are, by the labels that these have."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from bot.kit.errors import CONFIGURATION
from bot.kit.metrics import Metrics
from tests.parts import missing

HERE = Path(__file__).parents[2] / "docs" / "operations"
OF_PROMETHEUS = {"up", "job", "instance"}


def expressions() -> Iterator[str]:
    for panel in json.loads((HERE / "dashboard.json").read_text())["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    yield from (json.loads(found) for found in re.findall(r"expr: (.*)", (HERE / "alerts.yml").read_text()))


def exported() -> dict[str, set[str]]:
    """Every sample's name, with its labels."""
    metrics = Metrics()
    metrics.built(version="1", part="run", database="sqlite")
    metrics.tapped("kept")
    metrics.tap_answered("http", 0.1)
    metrics.answered("slack", 0.1)
    metrics.refused("slow")
    metrics.ticked("deliver", 1, seconds=0.1, at=1)
    metrics.tick_failed("deliver")
    metrics.backlog(waiting=1, failed=1, oldest=1, late=1)
    metrics.delivered("prompt", "sent")
    metrics.called("chat.postMessage", "rate_limited", 0.1)
    metrics.slack_refused("chat.postMessage", word="no", verdict="bug")
    metrics.watch_pool(in_use=lambda: 1, idle=lambda: 1, most=20)
    metrics.checked("database", well=True)
    metrics.fault("bot.program.worker")
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(metrics.exposition().decode()):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


@pytest.mark.parametrize("expression", list(expressions()))
def test_what_is_asked_for_is_exported(expression: str) -> None:
    names = exported()
    asked = set(re.findall(r"(?:maturity|process)_[a-z_]+", expression))
    assert asked or "up{" in expression
    assert asked <= names.keys()
    labels = {label for name in asked for label in names[name]} | OF_PROMETHEUS
    grouped = {word.strip() for by in re.findall(r"by \(([^)]*)\)", expression) for word in by.split(",")}
    matched = set(re.findall(r"(\w+)=~?\"", expression))
    assert grouped | matched <= labels


def test_every_metric_of_ours_is_on_the_dashboard() -> None:
    shown = " ".join(
        target["expr"]
        for panel in json.loads((HERE / "dashboard.json").read_text())["panels"]
        for target in panel["targets"]
    )
    families = {
        family.name
        for family in text_string_to_metric_families(Metrics().exposition().decode())
        if family.name.startswith("maturity_")
    }
    assert [name for name in sorted(families) if name not in shown] == []


def test_every_metric_says_what_it_is_and_no_time_or_size_is_in_another_unit_than_prometheus_has() -> None:
    """Its own conventions: base units, seconds for whatever is spread over buckets; `_total` its client adds."""
    registry: CollectorRegistry = Metrics().registry
    for family in registry.collect():
        if not family.name.startswith("maturity_"):
            continue
        assert re.fullmatch(r"[a-z_]+", family.name)
        assert family.documentation.endswith("."), family.name
        if family.type == "histogram":
            assert family.name.endswith("_seconds"), family.name
        assert not re.search(r"_(ms|milliseconds|minutes|hours|days|kb|mb)$", family.name), family.name


UNIT = (HERE / "maturity@.service").read_text()
MOST_EXPOSED = 2.0
"""On systemd's scale from 0 to 10; what is left is that it reaches the network."""


def test_the_unit_starts_what_there_is_and_does_not_try_a_wrong_configuration_again() -> None:
    assert "\nExecStart=/srv/maturity/.venv/bin/maturity %i\n" in UNIT
    assert "\nRestart=on-failure\n" in UNIT
    assert f"\nRestartPreventExitStatus={CONFIGURATION}\n" in UNIT


def test_the_unit_leaves_the_program_what_it_counts_its_own_descriptors_and_memory_by() -> None:
    """Without /proc/stat, which is no process's own file, prometheus_client gives no `process_` metric at all."""
    assert "ProcSubset" not in UNIT
    assert {"process_open_fds", "process_max_fds", "process_resident_memory_bytes"} <= exported().keys()


@pytest.mark.waits
def test_the_unit_is_hardened() -> None:
    if shutil.which("systemd-analyze") is None:
        missing("systemd-analyze is missing: apt-get install systemd")
    asked = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(HERE / "maturity@.service")]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    if "unrecognized option" in told.stderr:
        missing("this systemd-analyze knows no --offline: take systemd 250 or newer")
    assert told.returncode == 0, told.stderr
    exposure = re.search(r"Overall exposure level for .*: ([\d.]+)", told.stdout)
    assert exposure is not None, told.stdout
    assert float(exposure[1]) <= MOST_EXPOSED, told.stdout
