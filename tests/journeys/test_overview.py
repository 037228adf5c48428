"""More than one round, more than one team: the last summaries, the trend, the overview, the digest."""

import pytest
from sqlalchemy import update

from bot.delivery.message import Context
from bot.kit.rubrics import Rubrics
from bot.overview.picture_files import OverviewPicture, TrendPicture
from bot.sandbox import Channel
from bot.summary.requested_picture import SummaryPicture
from storage.models import ActionItem, Team
from tests.journeys.city import EXAMPLE, City
from tests.journeys.records import rows
from tests.storage.builders import on_both
from tests.storage.statements import counted

FOUR_ANSWER = {key: levels[:4] for key, levels in EXAMPLE.items()}


async def another_team(town: City, name: str = "roads") -> Channel:
    """A second team of the same manager, with the same members, that hasn't been asked yet."""
    channel = town.workspace.add_channel(name, members=[*town.people, town.installation])
    await town.set_up(where=channel)
    return channel


async def three_rounds(town: City) -> None:
    """C rises from 1 to 2 in the last of three rounds a week apart."""
    for levels in (EXAMPLE, EXAMPLE, EXAMPLE | {"C": (2, 2, 2, 2, 3)}):
        await town.round(levels)
        town.clock.move(days=8)


async def owed(town: City, kind: str) -> list[dict[str, object]]:
    return [row for row in await rows(town, "deliveries") if str(row["kind"]) == kind]


def alt_text(town: City, filename: str) -> str:
    """What a file says to those who can't see it."""
    *_before, found = [file for file in town.workspace.files.values() if file.name == filename]
    return found.alt_text


async def test_the_trend_says_what_each_round_printed_and_speaks_of_one_from_three_rounds_on(town: City) -> None:
    await town.set_up()
    assert "*permits* has no summary yet" in (await town.manages("trend")).text
    await town.round()
    town.clock.move(days=8)
    first = str((await town.manages("trend")).blocks)
    assert "permits: levels so far" in first
    assert "A trend needs three rounds with the same wording; so far there is 1." in first
    for levels in (EXAMPLE, EXAMPLE | {"C": (2, 2, 2, 2, 3)}):
        await town.round(levels)
        town.clock.move(days=8)
    ben = town.people[1]
    reply = await ben.types("/maturity trend permits", ben.dm(town.app))
    said = str(reply.blocks)
    assert reply.response_type == "ephemeral"
    assert "permits: levels over time" in said
    assert "A trend needs" not in said
    assert (
        f"*C. {town.rubric['C'].name}*\\nRounds 1 to 2: level 1; round 3: level 2, too close to call a change." in said
    )
    assert f"*E. {town.rubric['E'].name}*\\nRounds 1 to 3: split, 1 to 4." in said
    assert "The picture is on its way to you as a direct message." in said
    brought = await town.sees(ben, "Here is the picture of *permits* over its rounds.")
    assert [name for name, content in brought.files.items() if content.startswith(b"\x89PNG")] == [
        "permits-trend-2026-10-29.png"
    ]
    assert "E Capability: rounds 1 to 3: split, 1 to 4." in alt_text(town, "permits-trend-2026-10-29.png")


async def test_a_teams_name_does_not_turn_the_title_of_its_trend(town: City) -> None:
    await town.set_up()
    async with town.bot.database.begin() as session:
        await session.execute(update(Team).values(name="per\u202emits"))  # as it could be called once
    await town.round()
    await town.manages("trend")
    await town.sees(town.manager, "over its rounds.")
    assert [file.title for file in town.workspace.files.values() if "trend" in file.name] == [
        "permits: Round 1, Oct 2026."
    ]


async def test_a_picture_goes_to_nobody_who_may_not_have_it_by_now(town: City) -> None:
    await town.set_up()
    await town.round()
    [permits], [closed] = await rows(town, "teams"), await rows(town, "rounds")
    for person, may in ((town.manager, True), (town.bystander, False)):
        common = {"workspace_id": permits["workspace_id"], "key": "file", "user_id": person.id}
        for asked in (
            SummaryPicture(**common, team_id=permits["id"], round=closed["id"]),
            TrendPicture(**common, team_id=permits["id"]),
            OverviewPicture(**common, page=0),
        ):
            async with town.bot.database.reading() as session:
                found = await asked.file(Context(session, Rubrics(town.rubric), town.clock()))
            assert (found is not None) is may, (asked, person)


async def test_the_trend_is_nobody_elses(town: City) -> None:
    await town.set_up()
    await town.round()
    zoe = town.bystander
    await zoe.types("/maturity trend #permits", zoe.dm(town.app))
    refusal = await town.sees(zoe, "You have no team in #permits.")
    assert refusal.shown.endswith("Only a team's members, its managers and workspace admins can use it.")
    assert await owed(town, "file") == []


async def test_the_overview_counts_teams_and_names_the_split_ones(town: City) -> None:
    await town.set_up()
    roads = await another_team(town)
    await town.round()
    async with town.bot.database.begin() as session:
        [permits] = [row for row in await rows(town, "teams") if row["name"] == "permits"]
        session.add(
            ActionItem(
                workspace_id=permits["workspace_id"],
                team_id=permits["id"],
                dimension="C",
                text="Ask <!here> for money",
                needs_leadership=True,
                owner_id=town.people[1].id,
                created_by=town.manager.id,
                created_at=town.clock(),
            )
        )
    reply = await town.manager.types("/maturity overview", roads)
    said = "\n".join(str(block) for block in reply.blocks)
    assert "Your 2 teams" in said
    assert f"*A. {town.rubric['A'].name}*\\n1 team at level 2" in said
    assert f"*E. {town.rubric['E'].name}*\\nSplit: permits" in said
    assert "*Answered in the last round*: permits 5 of 5" in said
    assert "*No closed round yet*: roads" in said
    assert f"• *permits*, C: Ask &lt;!here&gt; for money, <@{town.people[1].id}>" in said
    assert "The picture is on its way" in said
    brought = await town.sees(town.manager, "Here is the picture of where your teams stand. 2 teams by name")
    assert list(brought.files) == ["teams-overview-2026-10-05.png"]
    assert "permits, Oct 2026, 5 of 5 answered: A level 2" in alt_text(town, "teams-overview-2026-10-05.png")


@on_both
async def test_the_overview_is_for_managers_and_admins(town: City) -> None:
    await town.set_up()
    await town.round()
    ben = town.people[1]
    await ben.types("/maturity overview", town.channel)
    refusal = await town.sees(ben, "An overview is for people who manage teams", where=town.channel)
    assert refusal.shown.strip().endswith("and for workspace admins.")
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    await mayor.types("/maturity overview", mayor.dm(town.app))
    found = await town.sees(mayor, "This is the only team here.")
    assert found.shown.startswith("# permits: round 1, ")
    assert "1 team at" not in found.shown


async def test_the_overview_of_a_team_that_is_named_leads_to_its_summary(town: City) -> None:
    await town.set_up()
    reply = await town.manages("overview permits")
    assert "or `/maturity summary` for one team" in reply.text


async def test_the_overview_of_one_team_is_its_summary(town: City) -> None:
    await town.set_up()
    early = await town.manages("overview")
    assert early.text.startswith("*permits* has no summary yet.")
    summary = await town.round()
    reply = await town.manager.types("/maturity overview", town.manager.dm(town.app))
    assert reply.blocks[0]["text"] == summary.blocks[0]["text"]
    assert "This is the only team that you manage. With two or more, " in str(reply.blocks[-1])
    assert "Share with the channel" not in str(reply.blocks), "a direct message is no team's channel"
    assert await owed(town, "file") == []


async def test_a_manager_of_several_teams_gets_the_overview_where_no_team_is_meant(town: City) -> None:
    await town.set_up()
    await another_team(town)
    await town.round()
    lobby = town.workspace.add_channel("lobby", members=town.people)
    assert "Your 2 teams" in str((await town.manager.types("/maturity summary", lobby)).blocks)
    reply = await town.people[1].types("/maturity summary", lobby)
    assert reply.text == "This channel has no team. Name one of yours: *permits*, *roads*."


async def test_an_admin_without_a_team_gets_the_overview_of_all_where_no_team_is_meant(town: City) -> None:
    await town.set_up()
    await another_team(town)
    await town.round()
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    own = mayor.dm(town.app)
    await mayor.types("/maturity admins", own)
    await town.sees(mayor, "are admins here", where=own)
    assert "All 2 teams" in str((await mayor.types("/maturity summary", own)).blocks)


async def test_the_last_summaries_stand_one_beneath_the_other(town: City) -> None:
    await town.set_up(name="Last Mile")
    await three_rounds(town)
    said = str((await town.manages("summary last 2")).blocks)
    assert "Last Mile: round 3" in said
    assert "*Round 2, October 2026.* 5 of 5 answered." in said
    assert f"C {town.rubric['C'].name}: level 1, same level as last round" in said
    assert "*Round 1," not in said
    elsewhere = town.manager.dm(town.app)
    for typed in ("Last Mile last 7", "last mile LAST 7", "#permits last 7"):
        reply = str((await town.manager.types(f"/maturity summary {typed}", elsewhere)).blocks)
        assert "*Round 1," in reply, typed
        assert "This team has had 3 closed rounds so far." in reply, typed
    assert "Rounds before" not in str((await town.manages("summary Last Mile")).blocks)
    assert "Rounds before" not in str((await town.manages("summary last")).blocks)


async def test_a_summary_is_read_in_one_transaction(town: City) -> None:
    """Statements in the team's channel and elsewhere. Who gets a picture beside it has that owed in a second one."""
    await town.set_up()
    await three_rounds(town)
    await town.manages("summary")  # who hasn't been heard of for a day is asked about first
    found = {}
    for words in ("summary", "summary permits", "summary last 3", "summary permits last 3", "overview"):
        numbers = []
        for where in (town.channel, town.manager.dm(town.app)):
            with counted(town.bot.database) as asked:
                reply = await town.manager.types(f"/maturity {words}", where)
            assert "permits: round 3" in str(reply.blocks)
            assert asked.transactions == 1
            numbers.append(len(asked.statements))
        found[words] = tuple(numbers)
    assert found == {
        "summary": (13, 15),
        "summary permits": (15, 15),
        "summary last 3": (18, 19),
        "summary permits last 3": (23, 23),
        "overview": (18, 18),
    }


@pytest.mark.parametrize("number", ["0", "99", "-1", "two", "2.5", "<!here>", "٣"])
async def test_a_number_of_rounds_that_cannot_be_gets_a_sentence(town: City, number: str) -> None:
    await town.set_up()
    reply = await town.manages(f"summary last {number}")
    assert reply.text.startswith("“last ")
    assert "Type a number from 1 to 12" in reply.text
    assert "<!here>" not in reply.text


async def test_a_team_that_is_called_last_2_is_found_by_its_name(town: City) -> None:
    await town.set_up(name="last 2")
    await three_rounds(town)
    for typed in ("summary “last 2”", "summary last 1 'Last 2'"):
        assert "Rounds before" not in str((await town.manages(typed)).blocks), typed
    for typed in ("summary last 2", "summary last 2 last 2", 'summary "last 2" last 2'):
        assert "*Round 2," in str((await town.manages(typed)).blocks), typed


async def test_a_manager_of_several_teams_gets_one_digest_a_round(town: City) -> None:
    await town.set_up()
    await town.round()
    town.clock.move(days=8)
    await another_team(town)
    await town.round(EXAMPLE | {"C": (2, 2, 2, 2, 3)})
    town.clock.move(seconds=10)
    digest = await town.sees(town.manager, "permits: round 2, October 2026")
    await town.settled()
    assert len(town.seen(town.manager, "Your other team")) == 1
    assert f"C. {town.rubric['C'].name}: level 2, was 1 last round; 1 answer can make that difference" in digest.text
    assert "no round yet" in digest.shown
    for person in town.people[1:]:
        assert town.seen(person, "Your other team") == []


async def test_who_manages_one_team_gets_no_digest(town: City) -> None:
    await town.set_up()
    await town.round()
    assert await owed(town, "digest") == []
