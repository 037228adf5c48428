import pytest

from storage.engine import Database
from storage.installations import SealedInstallationStore
from tests.storage.builders import NOW
from tests.storage.grants import KEY, OpenStore


@pytest.fixture
def store_with(database: Database) -> OpenStore:
    """The installation store as a process with these keys opens it (by default KEY alone), at NOW."""

    def open_store(*keys: str) -> SealedInstallationStore:
        return SealedInstallationStore(database, keys=keys or (KEY,), now=lambda: NOW)

    return open_store
