import pytest

from storage.engine import SERVER_SETTINGS, Database
from storage.installations import SealedInstallationStore
from tests.storage.builders import NOW
from tests.storage.grants import KEY, OpenStore


@pytest.fixture(autouse=True)
def patient_for_rows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No busy machine ends a wait for a row, but where a test is about how long the program waits."""
    if request.path.name != "test_engine.py":
        monkeypatch.setitem(SERVER_SETTINGS, "lock_timeout", "5min")


@pytest.fixture
def store_with(database: Database) -> OpenStore:
    """The installation store as a process with these keys opens it (by default KEY alone), at NOW."""

    def open_store(*keys: str) -> SealedInstallationStore:
        return SealedInstallationStore(database, keys=keys or (KEY,), now=lambda: NOW)

    return open_store
