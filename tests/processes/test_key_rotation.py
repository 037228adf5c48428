"""A new key for stored grants: `maturity key rotate`, and the old key is needed no longer."""

from pathlib import Path

import pytest

from storage.engine import Database
from storage.installations import SealedInstallationStore, WrongKeyError, new_key
from tests.processes.program import Ended, ended
from tests.storage.builders import ELSEWHERE, HOME, NOW
from tests.storage.grants import found, grant, kept

OLD, NEW = new_key(), new_key()


def store(database: Database, *keys: str) -> SealedInstallationStore:
    return SealedInstallationStore(database, keys=keys, now=lambda: NOW)


async def rotated(url: str, directory: Path, *keys: str) -> Ended:
    environment = {"DATABASE_URL": url, "MATURITY_ENCRYPTION_KEY": ",".join(keys)}
    return await ended("key", "rotate", environment=environment, directory=directory)


async def test_after_a_rotation_a_grant_opens_with_the_new_key_alone(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    for workspace_id in (HOME, ELSEWHERE):
        await store(database, OLD).async_save(grant(workspace_id))
    told = await rotated(database_url, tmp_path, NEW, OLD)
    assert (told.code, told.err) == (0, "")
    assert told.out == (
        "2 stored grants are sealed with the first key of MATURITY_ENCRYPTION_KEY now. "
        "Take out the keys after it, and restart the program.\n"
    )
    back = await kept(store(database, NEW))
    assert back.to_dict_for_copying() == grant().to_dict_for_copying()
    assert await found(store(database, NEW), ELSEWHERE) is not None
    with pytest.raises(WrongKeyError):
        await found(store(database, OLD))


async def test_a_grant_that_no_key_opens_is_named_and_every_grant_stays_as_it_was(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await store(database, OLD).async_save(grant())
    await store(database, new_key()).async_save(grant(ELSEWHERE))
    told = await rotated(database_url, tmp_path, NEW, OLD)
    assert (told.code, told.out) == (78, "")
    assert told.err.startswith(
        f"No key in MATURITY_ENCRYPTION_KEY opens the stored installation of workspace {ELSEWHERE}"
    )
    assert len(told.err.splitlines()) == 1
    assert await found(store(database, OLD)) is not None


async def test_where_a_key_is_lost_its_grants_can_be_forgotten_and_the_program_starts_again(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    await store(database, OLD).async_save(grant())
    await store(database, NEW).async_save(grant(ELSEWHERE))
    environment = {"DATABASE_URL": database_url, "MATURITY_ENCRYPTION_KEY": NEW}
    told = await ended("key", "forget", environment=environment, directory=tmp_path)
    assert (told.code, told.err) == (0, "")
    assert told.out == (
        "Grants deleted that no key opened: 1. Their teams and results stay. "
        f"Install the app again in {HOME}: open /slack/install in a browser.\n"
    )
    assert await found(store(database, NEW)) is None
    assert await found(store(database, NEW), ELSEWHERE) is not None
    again = await ended("key", "forget", environment=environment, directory=tmp_path)
    assert (again.code, again.out[:24]) == (0, "Every stored grant opens")


@pytest.mark.parametrize("command", ["rotate", "forget"])
@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ([], "MATURITY_ENCRYPTION_KEY is empty."),
        ([NEW, "swordfish"], "holds something that is no key, in place 2 of 2."),
    ],
)
async def test_what_is_no_key_is_refused_in_a_sentence_and_nothing_is_sealed_or_forgotten(
    database_url: str, tmp_path: Path, command: str, keys: list[str], sentence: str
) -> None:
    environment = {"DATABASE_URL": database_url, "MATURITY_ENCRYPTION_KEY": ",".join(keys)}
    told = await ended("key", command, environment=environment, directory=tmp_path)
    assert (told.code, told.out) == (78, "")
    assert sentence in told.err
    assert "swordfish" not in told.err
