"""What `make test` leaves to `make check` is left: the marks are there before pytest chooses by them."""

import re
import subprocess
import sys

import pytest

from tests.promises.source import ROOT


@pytest.mark.waits
@pytest.mark.parametrize("folder", ["browser", "faults", "processes"])
def test_a_folder_that_its_mark_leaves_out_is_left_out(folder: str) -> None:
    # In a process of its own: a run within a run would share its plugins' state.
    asked = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", "-q", f"tests/{folder}"]
    whole = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    without = subprocess.run([*asked, "-m", f"not {folder}"], cwd=ROOT, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+) tests collected", whole)
    assert found, whole
    assert f"no tests collected ({found[1]} deselected)" in without.stdout


def test_the_command_for_newcomers_leaves_out_what_the_document_says() -> None:
    command = re.search(r'-m "([^"]*not processes[^"]*)"', (ROOT / "Makefile").read_text(encoding="utf-8"))
    row = re.search(r"\| `make test` \|([^|]*)\|", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert command
    assert row
    assert re.findall(r"not (\w+)", command[1]) == re.findall(r"`(\w+)`", row[1])
