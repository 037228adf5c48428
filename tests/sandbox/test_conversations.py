"""Conversations, people, user groups and the workspace through the Web API."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import App, Channel, Installation, Person, Sandbox, Workspace
from tests.sandbox.receiver import refused


async def test_a_direct_message_is_opened_once(client: AsyncWebClient, app: App, ana: Person) -> None:
    first = await client.conversations_open(users=[ana.id])
    again = await client.conversations_open(users=ana.id, return_im=True)
    assert first["channel"]["id"] == again["channel"]["id"] == ana.dm(app).id
    assert again["channel"]["user"] == ana.id
    assert (first.get("already_open"), again["already_open"]) == (None, True)


async def test_a_group_message_holds_all_of_them(client: AsyncWebClient, ana: Person, ben: Person) -> None:
    opened = await client.conversations_open(users=[ana.id, ben.id])
    await client.chat_postMessage(channel=opened["channel"]["id"], text="Both of you")
    assert [message.text for message in ana.sees(ana.workspace.channels[opened["channel"]["id"]])] == ["Both of you"]


async def test_an_open_conversation_is_found_by_its_id(
    client: AsyncWebClient, app: App, ana: Person, channel: Channel
) -> None:
    direct = ana.dm(app).id
    assert (await client.conversations_open(channel=direct))["channel"] == {"id": direct}
    public = client.conversations_open(channel=channel.id)
    assert (await refused(public))["error"] == "method_not_supported_for_channel_type"
    assert (await refused(client.conversations_join(channel=direct)))[
        "error"
    ] == "method_not_supported_for_channel_type"


async def test_people_who_cannot_be_written_to_are_refused_by_name(client: AsyncWebClient, city: Workspace) -> None:
    gone = city.add_person(name="Gone", deleted=True)
    assert (await refused(client.conversations_open(users=[gone.id])))["error"] == "user_disabled"
    assert (await refused(client.conversations_open(users=["U0NOBODY"])))["error"] == "user_not_found"
    assert (await refused(client.api_call("conversations.open")))["error"] == "users_list_not_supplied"
    many = [f"U{number}" for number in range(9)]
    assert (await refused(client.conversations_open(users=many)))["error"] == "too_many_users"


async def test_a_public_channel_can_be_looked_up_and_a_private_one_not(
    client: AsyncWebClient, city: Workspace, channel: Channel, ana: Person
) -> None:
    secret = city.add_channel("secret", members=[ana], is_private=True)
    found = (await client.conversations_info(channel=channel.id, include_num_members=True))["channel"]
    assert (found["name"], found["num_members"], found["is_member"]) == ("permits-online", 3, True)
    assert (await refused(client.conversations_info(channel=secret.id)))["error"] == "channel_not_found"
    assert (await refused(client.conversations_members(channel=secret.id)))["error"] == "channel_not_found"


async def test_channels_are_listed_by_type_and_by_membership(
    client: AsyncWebClient, city: Workspace, channel: Channel, ana: Person, installation: Installation
) -> None:
    city.add_channel("hidden", members=[ana], is_private=True)
    inside = city.add_channel("inside", members=[ana, installation], is_private=True)
    closed = city.add_channel("closed", members=[ana])
    closed.archive()

    async def names(**wanted: Any) -> set[str]:
        return {found["name"] for found in (await client.conversations_list(**wanted))["channels"]}

    assert await names() == {channel.name, "closed"}
    assert await names(types="public_channel,private_channel", exclude_archived=True) == {channel.name, inside.name}
    mine = await client.users_conversations(types="public_channel,private_channel")
    assert {found["name"] for found in mine["channels"]} == {channel.name, inside.name}
    assert (await refused(client.conversations_list(types="secret")))["error"] == "invalid_types"
    assert (await refused(client.conversations_list(types="mpim")))["needed"] == "mpim:read"


async def test_members_come_in_pages_with_bots_and_deactivated_people(
    client: AsyncWebClient, city: Workspace, installation: Installation
) -> None:
    people = [city.add_person(name=f"Person {number}", deleted=number == 3) for number in range(5)]
    crowd = city.add_channel("crowd", members=[*people, installation])
    found: list[str] = []
    async for page in await client.conversations_members(channel=crowd.id, limit=2):
        found += page["members"]
    assert found == [*(person.id for person in people), installation.bot_user_id]
    wrong = client.conversations_members(channel=crowd.id, cursor="nonsense")
    assert (await refused(wrong))["error"] == "invalid_cursor"
    unclear = client.conversations_members(channel=crowd.id, limit=-1)
    assert (await refused(unclear))["error"] == "invalid_limit"


async def test_joining_lets_the_bot_post(client: AsyncWebClient, city: Workspace, ana: Person) -> None:
    elsewhere = city.add_channel("elsewhere", members=[ana])
    joined = await client.conversations_join(channel=elsewhere.id)
    assert "warning" not in joined.data
    await client.chat_postMessage(channel=elsewhere.id, text="Here")
    again = await client.conversations_join(channel=elsewhere.id)
    assert again["warning"] == "already_in_channel"
    elsewhere.archive()
    assert (await refused(client.conversations_join(channel=elsewhere.id)))["error"] == "is_archived"


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
async def test_only_members_read_a_public_channel(
    client: AsyncWebClient, city: Workspace, ana: Person, method: str
) -> None:
    elsewhere = city.add_channel("elsewhere", members=[ana])
    written = ana.says("Among us", elsewhere)
    call = client.api_call(method, params={"channel": elsewhere.id, "ts": written.ts})
    assert (await refused(call))["error"] == "not_in_channel"


async def test_a_profile_tells_zone_and_roles(client: AsyncWebClient, ana: Person, ben: Person) -> None:
    admin = (await client.users_info(user=ana.id))["user"]
    assert (admin["name"], admin["real_name"], admin["is_admin"]) == ("ana", "Ana Ruiz", True)
    # 2 November 2026 is winter in both places.
    assert (admin["tz"], admin["tz_offset"]) == ("America/Chicago", -6 * 3600)
    plain = (await client.users_info(user=ben.id))["user"]
    assert (plain["tz_offset"], plain["is_admin"]) == (0, False)
    assert (await refused(client.users_info(user="U0NOBODY")))["error"] == "user_not_found"


async def test_a_zone_that_slack_does_not_know_is_missing(client: AsyncWebClient, city: Workspace) -> None:
    unplaced = city.add_person(name="Unplaced", tz=None)
    assert "tz" not in (await client.users_info(user=unplaced.id))["user"]


async def test_the_list_of_people_has_bots_guests_and_slackbot(
    client: AsyncWebClient, city: Workspace, ana: Person, ben: Person, installation: Installation
) -> None:
    guest = city.add_person(name="Guest", is_ultra_restricted=True)
    found: dict[str, Any] = {}
    async for page in await client.users_list(limit=2):
        found |= {member["id"]: member for member in page["members"]}
    assert set(found) == {"USLACKBOT", ana.id, ben.id, installation.bot_user_id, guest.id}
    assert found[installation.bot_user_id]["is_bot"] is True
    assert (found[guest.id]["is_restricted"], found[guest.id]["is_ultra_restricted"]) == (True, True)


async def test_user_groups_tell_their_people(client: AsyncWebClient, city: Workspace, ana: Person, ben: Person) -> None:
    group = city.add_usergroup("permits", "Permit people", [ana, ben])
    listed = (await client.usergroups_list(include_users=True))["usergroups"]
    assert [(one["handle"], one["users"]) for one in listed] == [("permits", [ana.id, ben.id])]
    assert (await client.usergroups_users_list(usergroup=group.id))["users"] == [ana.id, ben.id]
    assert (await refused(client.usergroups_users_list(usergroup="S0NONE")))["error"] == "no_such_subteam"


async def test_the_workspace_and_the_bot_describe_themselves(
    client: AsyncWebClient, installation: Installation, app: App
) -> None:
    assert (await client.team_info())["team"]["domain"] == "city"
    bot = (await client.bots_info(bot=installation.bot_id))["bot"]
    assert (bot["app_id"], bot["user_id"]) == (app.id, installation.bot_user_id)
    assert (await refused(client.bots_info(bot="B0NONE")))["error"] == "bot_not_found"


async def test_workspaces_are_walls(sandbox: Sandbox, client: AsyncWebClient) -> None:
    county = sandbox.add_workspace(name="County", domain="county")
    stranger = county.add_person(name="Stranger")
    assert (await refused(client.users_info(user=stranger.id)))["error"] == "user_not_found"
