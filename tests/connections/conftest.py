"""What holds for every connection."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever strangers do, no line of it is above INFO."""
    yield
    # In a fixture's end, `caplog.records` are those of that end alone.
    assert [record.getMessage() for record in caplog.get_records("call") if record.levelno > logging.INFO] == []
