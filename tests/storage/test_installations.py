import logging
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import select

from storage import workspaces
from storage.engine import Database
from storage.installations import RefusedInstallationError, bot_token_of
from storage.models import Installation as SealedInstallation
from tests.storage.builders import ELSEWHERE, HOME, NOW
from tests.storage.grants import EXPIRY, OpenStore, found, grant, kept


async def test_a_grant_comes_back_whole(store_with: OpenStore) -> None:
    await store_with().async_save(grant())
    back = await kept(store_with())
    assert back.to_dict_for_copying() == grant().to_dict_for_copying()
    assert bot_token_of(back) == "xoxb-the-bots-secret"
    assert back.get_custom_value("note") == "ä"


async def test_a_grant_of_the_bare_minimum_comes_back_too(store_with: OpenStore) -> None:
    bare = Installation(team_id=HOME, bot_token="xoxb-1", bot_id="B1", bot_user_id="U1", user_id="U2", installed_at=1.5)
    await store_with().async_save(bare)
    back = await kept(store_with())
    assert back.to_dict_for_copying() == bare.to_dict_for_copying()


async def test_the_bot_of_a_grant_is_found(store_with: OpenStore) -> None:
    await store_with().async_save(grant())
    bot = await store_with().async_find_bot(enterprise_id=None, team_id=HOME)
    assert bot is not None
    assert bot.to_dict_for_copying() == grant().to_bot().to_dict_for_copying()
    assert await store_with().async_find_bot(enterprise_id=None, team_id=ELSEWHERE) is None


async def test_saving_a_grant_makes_its_workspace_known_and_active(database: Database, store_with: OpenStore) -> None:
    await store_with().async_save(grant())
    async with database.begin() as session:
        workspace = await workspaces.get(session, HOME)
        assert workspace is not None
        assert (workspace.name, workspace.url) == ("City of Example", "https://example.slack.com/")
        assert (workspace.bot_user_id, workspace.bot_id, workspace.installed_at) == ("U1BOT", "B1", NOW)
        await workspaces.revoke(session, HOME, now=NOW)
    await store_with().async_save(grant(team_name=None, custom_values={}, bot_token="xoxb-new"))
    async with database.reading() as session:
        workspace = await workspaces.get(session, HOME)
    assert workspace is not None
    assert (workspace.name, workspace.url, workspace.revoked_at) == (
        "City of Example",
        "https://example.slack.com/",
        None,
    )
    assert bot_token_of(await kept(store_with())) == "xoxb-new"


async def test_a_workspace_has_the_grant_that_was_given_last_and_each_has_its_own(store_with: OpenStore) -> None:
    store = store_with()
    await store.async_save(grant(bot_token="xoxb-old"))
    await store.async_save(grant(ELSEWHERE, bot_token="xoxb-elsewhere"))
    await store.async_save(grant(bot_token="xoxb-new"))
    tokens = [each.bot_token for each in (await found(store), await found(store, ELSEWHERE)) if each is not None]
    assert tokens == ["xoxb-new", "xoxb-elsewhere"]


async def test_a_grant_counts_as_a_persons_own_only_where_they_gave_it(store_with: OpenStore) -> None:
    await store_with().async_save(grant())
    assert await found(store_with(), user_id="U1INSTALLER") is not None
    assert await found(store_with(), user_id="U2") is None


async def test_a_workspace_of_an_organization_is_found_by_its_own_id(store_with: OpenStore) -> None:
    await store_with().async_save(grant(enterprise_id="E1"))
    assert await store_with().async_find_installation(enterprise_id="E1", team_id=HOME) is not None
    assert await found(store_with()) is not None


@pytest.mark.parametrize(
    ("workspace_id", "changes", "sentence"),
    [
        (None, {"enterprise_id": "E1", "is_enterprise_install": True}, "one workspace at a time"),
        (HOME, {"enterprise_id": "E1", "is_enterprise_install": True}, "one workspace at a time"),
        (None, {}, "one workspace at a time"),
        (HOME, {"bot_token": None}, "Slack granted no bot token"),
    ],
)
async def test_a_grant_that_the_app_cannot_work_with_is_refused_in_a_sentence_and_nothing_is_kept(
    database: Database, store_with: OpenStore, workspace_id: str | None, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RefusedInstallationError, match=sentence):
        await store_with().async_save(grant(workspace_id, **changes))
    async with database.reading() as session:
        assert (await session.execute(select(SealedInstallation))).all() == []
        assert await workspaces.active(session) == []


async def test_a_refusal_is_one_that_slacks_oauth_flow_shows() -> None:
    assert issubclass(RefusedInstallationError, BoltError)


async def test_an_organizations_request_finds_nothing(store_with: OpenStore) -> None:
    await store_with().async_save(grant())
    assert await found(store_with(), is_enterprise_install=True) is None
    nobodys = await store_with().async_find_installation(enterprise_id="E1", team_id=None, is_enterprise_install=True)
    assert nobodys is None
    assert await store_with().async_find_bot(enterprise_id="E1", team_id=None) is None


async def test_a_renewed_bot_token_replaces_the_old_one_and_keeps_the_rest(store_with: OpenStore) -> None:
    await store_with().async_save(grant())
    bot = grant(bot_token="xoxb-renewed", bot_refresh_token="xoxe-2", bot_token_expires_at=EXPIRY + 43_200).to_bot()
    await store_with().async_save_bot(bot)
    back = await kept(store_with())
    assert (back.bot_token, back.bot_refresh_token, back.bot_token_expires_at) == (
        "xoxb-renewed",
        "xoxe-2",
        EXPIRY + 43_200,
    )
    assert (back.user_id, back.user_token) == ("U1INSTALLER", "xoxp-the-installers-secret")


async def test_a_bot_without_a_grant_becomes_one(store_with: OpenStore) -> None:
    await store_with().async_save_bot(grant().to_bot())
    bot = await store_with().async_find_bot(enterprise_id=None, team_id=HOME)
    assert bot is not None
    assert bot.bot_token == "xoxb-the-bots-secret"


async def test_an_organizations_bot_is_refused(store_with: OpenStore) -> None:
    with pytest.raises(RefusedInstallationError, match="one workspace at a time"):
        await store_with().async_save_bot(grant(is_enterprise_install=True).to_bot())


@pytest.mark.parametrize("what", ["async_delete_bot", "async_delete_installation", "async_delete_all"])
async def test_an_uninstalled_app_has_no_token_and_sends_nothing_and_only_there(
    database: Database, store_with: OpenStore, what: str
) -> None:
    await store_with().async_save(grant())
    await store_with().async_save(grant(ELSEWHERE))
    await getattr(store_with(), what)(enterprise_id=None, team_id=HOME)
    assert await found(store_with()) is None
    assert await found(store_with(), ELSEWHERE) is not None
    async with database.reading() as session:
        assert [workspace.id for workspace in await workspaces.active(session)] == [ELSEWHERE]
        workspace = await workspaces.get(session, HOME)
        assert workspace is not None
        assert workspace.revoked_at == NOW


async def test_deleting_for_an_organization_deletes_no_workspace(store_with: OpenStore) -> None:
    await store_with().async_save(grant())
    await store_with().async_delete_all(enterprise_id="E1", team_id=None)
    assert await found(store_with()) is not None


@pytest.mark.parametrize(("user_id", "left"), [("U1INSTALLER", None), ("U2", "xoxp-the-installers-secret")])
async def test_a_person_who_revokes_their_own_token_takes_the_bot_from_nobody(
    store_with: OpenStore, user_id: str, left: str | None
) -> None:
    await store_with().async_save(grant())
    await store_with().async_delete_installation(enterprise_id=None, team_id=HOME, user_id=user_id)
    back = await kept(store_with())
    assert (back.bot_token, back.user_token) == ("xoxb-the-bots-secret", left)
    await store_with().async_delete_installation(enterprise_id=None, team_id=ELSEWHERE, user_id=user_id)


async def test_the_store_logs_under_its_own_name(store_with: OpenStore) -> None:
    assert store_with().logger is logging.getLogger("storage.installations")


async def test_the_grants_time_is_slacks_and_the_workspaces_is_ours(database: Database, store_with: OpenStore) -> None:
    await store_with().async_save(grant(installed_at=(NOW - timedelta(days=1)).timestamp()))
    back = await kept(store_with())
    assert back.installed_at == (NOW - timedelta(days=1)).timestamp()
    async with database.reading() as session:
        workspace = await workspaces.get(session, HOME)
    assert workspace is not None
    assert workspace.installed_at == NOW
