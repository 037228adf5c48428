"""What the promises share."""

from collections.abc import Iterator

import pytest

from bot.charts.render import Renderer


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    """One drawing process for all bots of this test process: starting one costs as much as a whole journey."""
    shared = Renderer()
    yield shared
    shared.close()
