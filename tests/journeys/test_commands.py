"""What people type: the help leads everywhere, and who may not is told who may."""

import re

from bot.commands import words as commands
from bot.slack.ids import COMMAND
from storage import teams, workspaces
from tests.journeys.city import City
from tests.journeys.records import rows
from tests.storage.builders import on_both


@on_both
async def test_help_lists_what_works_and_each_of_it_answers(town: City) -> None:
    await town.set_up()
    help_text = (await town.manages("help")).text
    assert (await town.manages("")).text == help_text
    listed = [line.split("`")[1].split() for line in help_text.splitlines() if line.startswith(f"`{COMMAND} ")]
    assert len(listed) >= 10
    for _command, word, *_rest in listed:
        reply = await town.manages(word)
        assert (reply.status, reply.error) == (200, None), word
        assert "There is no `" not in reply.text, word


async def test_a_misspelt_command_gets_the_nearest_one_or_else_the_help(
    town_on_any_transport: City,
) -> None:
    town = town_on_any_transport
    reply = await town.manages("sumary")
    assert reply.text.startswith(f"There is no `{COMMAND} sumary`. Did you mean this?\n`{COMMAND} summary [team]")
    assert reply.text.endswith(f"`{COMMAND} help` lists all commands.")
    assert len(reply.text.splitlines()) == 3
    assert reply.response_type == "ephemeral"
    everything = (await town.manages("xyzzy <!here>")).text
    assert everything.startswith(f"There is no `{COMMAND} xyzzy`. What there is:")
    assert f"`{COMMAND} start" in everything
    for text in ("<!channel>", "```", "a" * 3000, "🌇", "../../etc/passwd", "' OR 1=1 --"):
        reply = await town.manages(text)
        assert "There is no `" in reply.text, text
        assert "<!channel>" not in reply.text


async def test_the_rubric_is_anybodys_to_read(town: City) -> None:
    reply = await town.bystander.types("/maturity rubric", town.bystander.dm(town.app))
    for dimension in town.rubric.dimensions:
        for words in (dimension.question, *dimension.levels, *town.rubric.paragraphs):
            assert words in str(reply.blocks).replace("\\'", "'")


async def test_a_team_is_found_by_its_name_and_its_channel_from_anywhere(town: City) -> None:
    await town.set_up(name="Permits & Licences")
    await town.round()
    ana, elsewhere = town.manager, town.manager.dm(town.app)
    for words in ("", "#permits", "Permits & Licences", "permits & licences"):
        assert "round 1" in str((await ana.types(f"/maturity summary {words}", elsewhere)).blocks), words
    reply = await ana.types("/maturity summary permit & license", elsewhere)
    assert "Did you mean *Permits &amp; Licences*?" in reply.text
    lobby = town.workspace.add_channel("lobby", members=[ana, town.bystander])
    assert "<#" in (await ana.types("/maturity summary #lobby", lobby)).text
    await town.bystander.types("/maturity summary", lobby)
    await town.sees(town.bystander, "This channel has no team yet", where=lobby)


async def test_elsewhere_every_command_that_takes_a_team_takes_its_name(town: City) -> None:
    await town.set_up()
    others = town.workspace.add_channel("off the record", members=[*town.people, town.installation])
    await town.set_up(where=others, name="Off the record")
    await town.without_holidays()
    lounge = town.workspace.add_channel("lounge", members=[town.manager])
    takes_a_team = {word for word, usage in commands.usages().items() if "[team]" in usage.usage}
    for word in takes_a_team - {"summary", "export", "audit"}:  # without a team they are about several
        assert "Name one of yours" in (await town.manager.types(f"/maturity {word}", lounge)).text, word
    for typed, says in (
        ("skip", "is skipped"),
        ("skip off", "No round is skipped"),
        ("pause", "*permits* is paused"),
        ("resume", "Next rounds of *permits*"),
        ("managers", "Managers of *permits*"),
        ("managers remove me", "*permits* needs a manager"),
        ("start", "Opening a round for *permits*"),
    ):
        assert says in (await town.manager.types(f"/maturity {typed} Permits", lounge)).text, typed
    await town.settled()
    for typed, says in (
        ("remind", "*permits*: whoever"),
        ("extend 2", "The round of *permits* is open until"),
        ("extend", "The round of *permits* is open until"),
        ("close", "*permits*: 0 of 5"),
        ("cancel", "*permits*"),
        ("actions", "*permits* has no open action items"),
        ("summary", "*permits* has no summary yet"),
        ("trend", "*permits* has no summary yet"),
        ("export", "nothing to export yet"),
    ):
        assert says in (await town.manager.types(f"/maturity {typed} #permits", lounge)).text, typed
    for typed in ("skip Off the record", "skip off off the record", "skip off\toff the record"):
        assert "Next rounds of *Off the record*" in (await town.manager.types(f"/maturity {typed}", lounge)).text
    assert (await town.manager.types("/maturity settings permits", lounge)).text == ""
    assert town.manager.modals


async def test_who_may_not_is_told_who_may(town: City) -> None:
    await town.set_up()
    ben = town.people[1]
    for word in ("start", "close", "cancel", "pause", "resume", "skip", "setup"):
        reply = await ben.types(f"/maturity {word}", town.channel)
        assert reply.text.startswith("Only its managers and workspace admins may do that for *permits*."), word
        assert f"<@{town.manager.id}>" in reply.text
    lobby = town.workspace.add_channel("lobby", members=[town.bystander])
    await town.bystander.types("/maturity summary permits", lobby)
    refusal = await town.sees(town.bystander, "There is no team called", where=lobby)
    assert refusal.ephemeral


async def test_an_admin_whom_we_do_not_know_yet_is_looked_up(town: City) -> None:
    await town.set_up()
    await town.round()
    admin = town.workspace.add_person(name="Mayor", is_admin=True)
    own = admin.dm(town.app)
    await admin.types("/maturity summary permits", own)
    assert "5 of 5 answered." in (await town.sees(admin, "round 1", where=own)).shown


async def test_without_a_result_the_summary_says_when_there_will_be_one(town: City) -> None:
    await town.set_up()
    assert "*permits* has no summary yet. The first follows" in (await town.manages("summary")).text
    await town.opened()
    assert "the round that is open" in (await town.manages("summary")).text
    assert "at least 4" in str((await town.manages("privacy")).blocks)


async def test_of_very_many_managers_and_admins_the_first_are_named_and_how_many_more(town: City) -> None:
    mayor = town.workspace.add_person(name="Mayor", is_admin=True)
    town.channel.invite(mayor)
    await town.set_up()
    await town.opens_home(mayor)
    [team] = await rows(town, "teams")
    async with town.bot.database.begin() as session:
        for number in range(220):
            user_id = f"U0{number:09d}"
            await teams.add_manager(session, team_id=team["id"], user_id=user_id)
            await workspaces.add_admin(session, workspace_id=town.workspace.id, user_id=user_id)
    replies = [
        await mayor.types("/maturity managers", town.channel),
        await mayor.types("/maturity admins", town.channel),
        await town.people[2].types("/maturity close", town.channel),
    ]
    for reply in replies:
        assert reply.error is None, reply
        assert re.search(r"<@U0000000017>,? .*and 20[01] more", reply.text), reply.text
