"""Parts of the machine that some tests need: a server, a browser, the right to mount."""

import contextlib
import os
import subprocess
from typing import NoReturn

import pytest

IN_CI = os.environ.get("CI") == "true"


def missing(sentence: str) -> NoReturn:
    """Under CI the test fails; on anybody's own machine it is skipped. The sentence ends with what would enable it."""
    if IN_CI:
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def as_root() -> list[str]:
    """What a command that needs root starts with; missing where that would ask for a password, or there is no sudo."""
    if os.geteuid() == 0:
        return []
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
            return ["sudo", "-n"]
    missing("this needs root: run the tests as root, or where `sudo -n true` does it without a password")
