"""What `make test` leaves to `make check` is left: the marks are there before pytest chooses by them."""

import re
import subprocess
import sys

import pytest

from tests.promises.source import ROOT

FOLDERS = ("browser", "faults", "processes")


@pytest.mark.waits
def test_the_folders_that_marks_leave_out_are_left_out() -> None:
    # In a process of its own: a run within a run would share its plugins' state.
    asked = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", "-q"]
    asked += [f"tests/{folder}" for folder in FOLDERS]
    asked += ["-m", " and ".join(f"not {folder}" for folder in FOLDERS)]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert re.search(r"no tests collected \([1-9]\d+ deselected\)", said), said


def test_the_command_for_newcomers_leaves_out_what_the_document_says() -> None:
    command = re.search(r'-m "([^"]*not processes[^"]*)"', (ROOT / "Makefile").read_text(encoding="utf-8"))
    row = re.search(r"\| `make test` \|([^|]*)\|", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert command
    assert row
    assert re.findall(r"not (\w+)", command[1]) == re.findall(r"`(\w+)`", row[1])
