"""What holds for every connection."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever strangers do, no line of it is above INFO."""
    yield
    assert [record.getMessage() for record in caplog.records if record.levelno > logging.INFO] == []
