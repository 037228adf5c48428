"""Parts of the machine that some tests need: a server, a browser, the right to mount."""

import os
from typing import NoReturn

import pytest

IN_CI = os.environ.get("CI") == "true"
AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]
"""What a command that needs root starts with."""


def missing(sentence: str) -> NoReturn:
    """Under CI the test fails; on anybody's own machine it is skipped. The sentence ends with what would enable it."""
    if IN_CI:
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
