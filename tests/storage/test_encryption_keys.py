"""Tokens are sealed: no file shows them, and only the keys of MATURITY_ENCRYPTION_KEY open them."""

from pathlib import Path

import pytest
from sqlalchemy import update

from storage.engine import Database, read_url
from storage.installations import WrongKeyError, keyring, new_key, rotate
from storage.models import Installation as SealedInstallation
from tests.storage.builders import ELSEWHERE, a_workspace, on_sqlite
from tests.storage.grants import KEY, OpenStore, found, grant, kept

NEWER_KEY = new_key()


@on_sqlite
async def test_no_token_is_in_the_database_in_clear(
    database: Database, database_url: str, store_with: OpenStore
) -> None:
    await store_with().async_save(grant())
    await store_with().async_save_bot(grant(bot_token="xoxb-renewed-secret").to_bot())
    await rotate(database, [NEWER_KEY, KEY])
    path = Path(read_url(database_url).database or "")
    on_disk = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert b"City of Example" in on_disk  # the workspace's name is there, so this looks in the right place
    for token_prefix in (b"xoxb-", b"xoxp-", b"xoxe-", b"secret"):
        assert token_prefix not in on_disk


async def test_what_an_older_key_sealed_opens_while_that_key_is_kept(store_with: OpenStore) -> None:
    await store_with(KEY).async_save(grant())
    assert await found(store_with(NEWER_KEY, KEY)) is not None
    with pytest.raises(WrongKeyError, match=r"No key in MATURITY_ENCRYPTION_KEY opens .* workspace T0HOME"):
        await found(store_with(NEWER_KEY))


async def test_after_a_rotation_the_older_key_can_go(database: Database, store_with: OpenStore) -> None:
    await store_with(KEY).async_save(grant())
    await store_with(KEY).async_save(grant(ELSEWHERE))
    assert await rotate(database, [NEWER_KEY, KEY]) == 2
    back = await kept(store_with(NEWER_KEY))
    assert back.to_dict_for_copying() == grant().to_dict_for_copying()
    with pytest.raises(WrongKeyError):
        await found(store_with(KEY))


async def test_a_rotation_that_cannot_open_one_grant_changes_none(database: Database, store_with: OpenStore) -> None:
    await store_with(KEY).async_save(grant())
    await store_with(new_key()).async_save(grant(ELSEWHERE))
    with pytest.raises(WrongKeyError, match="T0ELSEWHERE"):
        await rotate(database, [NEWER_KEY, KEY])
    assert await found(store_with(KEY)) is not None


async def test_a_rotation_of_nothing_seals_nothing(database: Database) -> None:
    assert await rotate(database, [KEY]) == 0


async def test_a_grant_moved_to_another_workspaces_row_does_not_open_there(
    database: Database, store_with: OpenStore
) -> None:
    await store_with().async_save(grant())
    async with database.begin() as session:
        await a_workspace(session, ELSEWHERE)
        await session.execute(update(SealedInstallation).values(workspace_id=ELSEWHERE))
    with pytest.raises(WrongKeyError, match="T0ELSEWHERE"):
        await found(store_with(), ELSEWHERE)


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ([], "MATURITY_ENCRYPTION_KEY is empty. `maturity key` prints a key"),
        ([""], "no key, in place 1 of 1. `maturity key` prints one"),
        ([KEY, "swordfish"], "no key, in place 2 of 2"),
        (["schlüssel"], "no key, in place 1 of 1"),
        ([KEY[:-4]], "no key, in place 1 of 1"),
    ],
)
def test_a_key_that_is_none_is_refused_without_repeating_it(keys: list[str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as refused:
        keyring(keys)
    for key in filter(None, keys):
        assert key not in str(refused.value)


def test_a_key_may_have_spaces_around_it_as_after_a_comma() -> None:
    assert keyring([KEY, f" {NEWER_KEY}\n"]).decrypt(keyring([NEWER_KEY]).encrypt(b"sealed")) == b"sealed"


def test_each_new_key_is_another_one_that_works() -> None:
    first, second = new_key(), new_key()
    assert first != second
    assert keyring([second, first]).decrypt(keyring([first]).encrypt(b"sealed")) == b"sealed"
