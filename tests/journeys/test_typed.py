"""What people type finds what they mean, however their keyboards and Slack wrote it."""

import asyncio
import json
import unicodedata

import httpx
from sqlalchemy import update

from bot.sandbox import Channel
from storage.models import Team
from tests.journeys.city import City
from tests.journeys.raw import post
from tests.journeys.records import rows
from tests.storage.builders import on_both


async def answered(town: City, text: str, *, where: Channel, user_id: str = "", channel_name: str = "") -> str:
    """What Slack is answered to a command's text, byte for byte as given, in its own form and signature."""
    command = {
        "team_id": town.workspace.id,
        "team_domain": "city",
        "channel_id": where.id,
        "channel_name": channel_name or where.name,
        "user_id": user_id or town.manager.id,
        "user_name": "someone",
        "command": "/maturity",
        "text": text,
        "api_app_id": town.app.id,
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:1/",
        "trigger_id": "1.1.x",
    }
    reply = await post(town, str(httpx.QueryParams(command)).encode())
    assert reply.status == 200, reply
    return str(json.loads(reply.text)["text"]) if reply.text else ""


@on_both
async def test_a_team_is_found_by_its_name_however_it_is_typed(town: City) -> None:
    await town.set_up(name="Bürger Amt")
    lounge = town.workspace.add_channel("lounge", members=[town.manager])
    for typed in (
        '"Bürger Amt"',
        "“Bürger Amt”",
        "*Bürger Amt*",
        unicodedata.normalize("NFD", "Bürger Amt"),
        "Bürger\u00a0Amt",
        "bürger  amt",
        "Bürger Amt.",
        "Ｂüｒｇｅｒ\u3000Ａｍｔ",  # noqa: RUF001 - of full width
        "❝Bürger\u202fAmt❞",
    ):
        for text in (f"summary {typed}", f"_summary {typed}_"):
            said = await answered(town, text, where=lounge)
            assert said.startswith("*Bürger Amt* has no summary yet."), text
    for typed, says in (("skip “Bürger Amt”", "is skipped"), ("skip off *bürger amt*!", "No round is skipped"),
                        ("“Pause” Bürger\u00a0Amt", "is paused"), ("resume Bürger Amt.", "Next rounds")):  # fmt: skip
        assert says in await answered(town, typed, where=lounge), typed


@on_both
async def test_a_team_is_found_by_its_channels_name_without_a_link(town: City) -> None:
    await town.set_up(name="Bürger Amt")
    lounge = town.workspace.add_channel("lounge", members=[town.manager])
    await town.manager.types("/maturity summary permits", lounge)
    assert "has no summary yet" in (await town.sees(town.manager, "Bürger Amt", where=lounge)).shown
    for typed in ("#permits", "＃ｐｅｒｍｉｔｓ", "“#Permits”."):  # noqa: RUF001 - of full width
        assert "*Bürger Amt*" in await answered(town, f"summary {typed}", where=town.channel), typed
    # Nobody learns by a name which channels have a team.
    await town.bystander.types(
        "/maturity summary permits", town.workspace.add_channel("lobby", members=[town.bystander])
    )
    lobby = next(each for each in town.workspace.channels.values() if each.name == "lobby")
    refusal = await town.sees(town.bystander, "There is no team called", where=lobby)
    assert "Bürger" not in refusal.shown


@on_both
async def test_several_people_are_named_at_once_all_or_nobody(town: City) -> None:
    await town.set_up()
    ana, ben, cho, dev, _eli = town.people
    lounge = town.workspace.add_channel("lounge", members=[ana])
    said = await answered(town, f"managers add <@{ben.id}>, <@{cho.id}>", where=town.channel)
    assert said == f"<@{ben.id}> is a manager of *permits* now.\n<@{cho.id}> is a manager of *permits* now."
    said = await answered(town, f"managers remove <@{ben.id}> and <@{cho.id}> Permits", where=lounge)
    assert said.count("is no longer a manager") == 2
    said = await answered(town, f"managers add <@{ben.id}>,<@{cho.id}|cho> “permits.”", where=lounge)
    assert said.count("is a manager of *permits* now") == 2
    said = await answered(town, f"managers remove @Ben & <@{dev.id}>", where=town.channel)
    assert said == f"<@{dev.id}> isn't a manager of *permits*. So nothing was changed for the others, either."
    assert f"<@{ben.id}>" in await answered(town, "managers", where=town.channel)
    said = await answered(town, f"managers remove @Ben and <@{cho.id}>", where=town.channel)
    assert said.count("is no longer a manager") == 2
    for typed in (
        f"<@{ben.id}> / <@{cho.id}>",
        f"(<@{ben.id}>,, “<@{cho.id}>”)",
        f"•\u00a0<@{ben.id}>\n•\u00a0<@{cho.id}>",
        "@Ben or @Cho permits",
        "Ben, Cho",
        "Ben and Cho permits",
        f"<@{ben.id}>, Cho, permits",
    ):
        said = await answered(town, f"managers add {typed}", where=town.channel)
        assert said.count("is a manager of *permits* now") == 2, (typed, said)
        said = await answered(town, f"managers remove {typed}", where=town.channel)
        assert said.count("is no longer a manager") == 2, (typed, said)
    ana.change(is_admin=True)
    await town.settled()
    for word, says in (("add", "is an admin here now"), ("remove", "is no longer an admin here")):
        said = await answered(town, f"admins {word} <@{ben.id}>, <@{cho.id}>", where=lounge)
        assert said.count(says) == 2
    said = await answered(town, f"managers add <@{ben.id}>, Nobody", where=town.channel)
    assert said.startswith("I don't know who “Nobody” is.")
    assert f"<@{ben.id}>" not in await answered(town, "managers", where=town.channel)


@on_both
async def test_a_day_is_read_as_people_write_it_and_said_where_it_is_another(town: City) -> None:
    await town.set_up()
    await town.opens_home(town.manager)
    town.clock.move(days=110)  # 23 January 2027
    for typed, says in (
        ("29 February", "2027 has no 29 February, so this is Tuesday 29 February 2028. You are away through"),
        ("next monday", "25 January 2027"),
        ("2027\u201106\u201124", "24 June 2027"),
        ("“June 24th.”", "24 June 2027"),
        ("in 3 weeks", "13 February 2027"),
        ("29.02.", "2027 has no 29 February, so this is Tuesday 29 February 2028. You are away through"),
        ("monday next week", "25 January 2027"),
        ("24. 6. 2027", "24 June 2027"),
        ("24/6", "24 June 2027"),
    ):
        assert says in await answered(town, f"away until {typed}", where=town.channel), typed
    assert await answered(town, "away until soonish.", where=town.channel) == (
        "I couldn't read “soonish” as a date. Try 2027-01-30."
    )
    for words in ("away through friday", "away until: friday", "away for 6 days", "away Friday"):
        assert "You are away through Friday 29 January 2027" in await answered(town, words, where=town.channel), words
    assert "You are back" in await answered(town, "away *off*.", where=town.channel)


async def test_days_off_are_read_with_the_dashes_that_keyboards_make(town: City) -> None:
    await town.set_up(days_off="2026\u201112\u201124\n 2026–12–28. \n２０２６－１２－２９\n")  # noqa: RUF001
    [team] = await rows(town, "teams")
    assert team["own_days_off"] == ["2026-12-24", "2026-12-28", "2026-12-29"]


async def test_days_off_are_dates_as_people_write_them_however_far_away(town: City) -> None:
    typed = (
        "24 December 2028",
        "25.12.2028",
        "Dec 26th, 2028.",
        "Wednesday, 27 December 2028",
        "2028/12/28",
        "29/12/2028",
    )
    await town.set_up(days_off="\n".join(typed))
    [team] = await rows(town, "teams")
    assert team["own_days_off"] == [f"2028-12-{day}" for day in range(24, 30)]
    ana = await town.open_setup()
    for wrong in (
        "24 December",
        "10/12/2028",
        "30 February 2028",
        "Monday, 27 December 2028",
        "tomorrow",
        "1 - 5 May 2028",
    ):
        await ana.fills("days_off", f"2028-12-24\n{wrong}")
        await town.bot.in_flight.landed()
        said = (await ana.submits()).errors["days_off"]
        assert said.startswith(f"Line 2, “{wrong}”, couldn't be read as a date: write one per line, with its year"), (
            said
        )


@on_both
async def test_in_a_group_message_setup_says_where_to_type_it(town: City) -> None:
    group = town.workspace.direct(*town.people[:3])
    for name in ("mpdm-ana--ben--cho-1", "directmessage"):
        said = await answered(town, "setup", where=group, channel_name=name)
        assert said == "Type `/maturity setup` in the channel of your team: its summaries go there."


@on_both
async def test_a_name_is_one_teams_own_however_it_is_written(town: City) -> None:
    await town.set_up(name="Ops")
    ana, zoe = town.manager, town.bystander
    south = town.workspace.add_channel("south", members=[ana, town.people[1], zoe, town.installation])
    # Who may know of the other team reads where it is, who may not only that the name is taken.
    for person, says in ((ana, "The team of #permits has this name."), (zoe, "This name is taken.")):
        await town.open_setup(person, where=south)
        for name in ("ops", "“Ops.”", "Ops\ufe00", "O\u200bps", "Ops\u202e", "Ops\u034f", "Ops\u2065"):
            await person.fills("name", name)
            refused = await person.submits()
            assert refused.response_action == "errors", name
            if set(name) & set("\u200b\u202e\u034f\u2065"):
                assert "is invisible" in refused.errors["name"]
            else:
                assert refused.errors["name"] == f"{says} Try “{name} south”."
        await person.closes()
    await town.set_up(where=south, name="Ops south")
    await town.manager.types("/maturity settings", south)
    await town.until(lambda: (ana.modal and ana.modal.body.get("callback_id") == "setup") or None)
    await ana.fills("name", "OPS")
    assert (await ana.submits()).response_action == "errors"
    await ana.fills("name", "“Ops south”")
    assert (await ana.submits()).response_action == "push"
    await town.bot.in_flight.landed()
    await ana.closes()
    # A channel that is called like a team there is begins with another name.
    ops = town.workspace.add_channel("ops", members=[ana, town.installation])
    await town.set_up(where=ops)
    assert sorted(str(team["name"]) for team in await rows(town, "teams")) == ["Ops", "ops 2", "“Ops south”"]


async def test_of_two_set_ups_at_once_one_gets_the_name(town: City) -> None:
    people = town.people[:4]
    for number, person in enumerate(people):
        where = town.workspace.add_channel(f"crew{number}", members=[person, town.installation])
        await town.open_setup(person, where=where)
        await person.fills("name", "Crew" if number % 2 else "“crew”")
    await asyncio.gather(*(person.submits() for person in people))
    await town.bot.in_flight.landed()
    assert len(await rows(town, "teams")) == 1
    told = [str(person.modal.body) for person in people if person.modal is not None]
    assert sum("This name is taken" in each for each in told) + sum("are set up" in each for each in told) >= 2


@on_both
async def test_stored_doubles_stay_and_are_asked_about(town: City) -> None:
    await town.set_up(name="Ops")
    ana = town.manager
    south = town.workspace.add_channel("south", members=[ana, town.installation])
    await town.set_up(where=south, name="South")
    async with town.bot.database.begin() as session:
        await session.execute(update(Team).where(Team.name == "South").values(name="OPS."))
    lounge = town.workspace.add_channel("lounge", members=[ana])
    for typed in ("pause Ops", "cancel “ops”", "start ops.", "managers add me Ops", "export ops", "summary Ops last 2"):
        said = await answered(town, typed, where=lounge)
        assert said.startswith("Several teams are called *"), typed
        assert f"<#{town.channel.id}>" in said
        assert f"<#{south.id}>" in said
    assert "is paused" in await answered(town, "pause Ops", where=south)
    paused = {team["name"]: team["next_round_at"] is None for team in await rows(town, "teams")}
    assert paused == {"Ops": False, "OPS.": True}
    assert "is paused" in await answered(town, f"pause <#{town.channel.id}|permits>", where=lounge)
    # Its settings are changed as ever.
    await ana.types("/maturity settings", south)
    await town.until(lambda: (ana.modal and ana.modal.body.get("callback_id") == "setup") or None)
    assert (await ana.submits()).response_action == "push"
    await town.bot.in_flight.landed()
    assert "are saved" in str(ana.modal.blocks if ana.modal else "")


async def test_a_teams_name_stands_before_or_behind_what_else_is_typed(town: City) -> None:
    ana, ben = town.people[:2]
    await town.set_up(name="Ops")
    other = town.workspace.add_channel("other", members=[ana, town.installation])
    await town.set_up(where=other, name="Last 3")
    lounge = town.workspace.add_channel("lounge", members=[ana])
    for typed in ("last 2 Ops", "Ops last 2", f"<#{town.channel.id}|permits> last 2"):
        for word in ("summary", "trend"):
            said = await answered(town, f"{word} {typed}", where=lounge)
            assert said.startswith("*Ops* has no summary yet."), (word, typed, said)
    assert await answered(town, "skip #permits off", where=lounge) == ""  # Slack is asked what the channels are called
    await ana.types("/maturity skip #permits off", lounge)
    await town.sees(ana, "No round is skipped", where=lounge)
    for typed in ("summary “Last 3”", "summary Last 3 last 2", "trend last 2 'Last 3'", "trend “Last 3”"):
        assert (await answered(town, typed, where=lounge)).startswith("*Last 3* has no summary yet."), typed
    assert "This channel has no team." in await answered(town, "summary last 3", where=lounge)
    assert (await answered(town, "trend Ops last 99", where=lounge)).endswith("as in `/maturity trend last 3`.")
    for typed, says in (
        ("skip Ops", "is skipped"),
        ("skip Ops off", "No round is skipped"),
        ("skip off Ops", "No round is skipped"),
        ("managers Ops remove me", "*Ops* needs a manager"),
        (f"managers Ops add <@{ben.id}>, me", f"<@{ben.id}> is a manager of *Ops* now.\n<@{ana.id}> is"),
        ("managers Ops remove Ben", f"<@{ben.id}> is no longer a manager of *Ops*"),
        (f"managers add <@{ben.id}> me Ops", f"<@{ben.id}> is a manager of *Ops* now.\n<@{ana.id}> is"),
        ("managers remove Ops Ben", f"<@{ben.id}> is no longer a manager of *Ops*"),
        ("managers “Last 3” add Ben", f"<@{ben.id}> is a manager of *Last 3* now."),
        ("managers Ops add Nobody", "I don't know who “Nobody” is."),
        ("managers Ops add Ben Roads", "I don't know who “Roads” is."),
        ("managers Ops crew add me", "There is no team called “Ops crew”."),
        ("managers Ops add", "Say who"),
        ("managers Ops", "Managers of *Ops*"),
    ):
        said = await answered(town, typed, where=lounge)
        assert says in said, (typed, said)
    await town.opened()
    for typed in ("extend Ops 1", "extend 1 Ops", "extend Ops by 2 days", "extend 2 working days Ops"):
        said = await answered(town, typed, where=lounge)
        assert "The round of *Ops* is open until" in said, (typed, said)
    said = await answered(town, "extend Ops 25", where=lounge)
    assert said.startswith("A round is extended by 1 to 20 working days")


async def test_the_trend_of_the_last_rounds_shows_those_alone(town: City) -> None:
    await town.set_up()
    for _number in range(3):
        await town.round()
        town.clock.move(days=8)
    elsewhere = town.workspace.add_channel("elsewhere", members=[town.manager])
    said = str((await town.manager.types("/maturity trend Permits last 2", elsewhere)).blocks)
    assert "Rounds 2 to 3" in said
    assert "Older rounds are left out." in said
    assert "here there are 2." in said
    [file] = (await town.sees(town.manager, "over its rounds.")).original.files
    assert "Rounds 2 to 3" in file.title
    assert "Rounds 1 to 3" in str((await town.manager.types("/maturity trend permits", elsewhere)).blocks)


async def test_nobody_becomes_an_admin_or_manager_by_a_part_of_a_name(town: City) -> None:
    await town.set_up()
    ana, ben, cho, dev, eli = town.people
    ana.change(is_admin=True)
    await town.settled()
    for typed in (
        "Ben Miller",
        "Ben Miller, Cho",
        "Cho, Ben Miller",
        "@Ben Miller",
        f"<@{ben.id}> Miller",
        f"<@{cho.id}>, Ben Miller",
        "“Ben Miller”",
        "Ben permits",
        "Ben of permits",
    ):
        for word in ("add", "remove"):
            said = await answered(town, f"admins {word} {typed}", where=town.channel)
            assert said.startswith("I don't know who “"), (typed, said)
    assert await rows(town, "admins") == []
    for typed in ("Ben.", "Ben, Cho", f"<@{ben.id}>, <@{cho.id}>.", "me and Ben"):
        assert "is an admin here now" in await answered(town, f"admins add {typed}", where=town.channel), typed
    # What can be read in two ways is asked about, whichever way is the longer.
    lounge = town.workspace.add_channel("lounge", members=[ana])
    for person, name in ((dev, "Ben Permits"), (eli, "Ben and Cho")):
        person.change(display_name=name)
    await town.settled()
    for words in ("managers add Ben Permits", "managers add Ben permits.", "managers add <@U1>, Ben Permits",
                  "managers add Ben and Cho", "managers add Ben and Cho permits",
                  "admins add Ben and Cho"):  # fmt: skip
        said = await answered(town, words.replace("U1", cho.id), where=lounge)
        assert "can be read in two ways" in said, (words, said)
    dev.change(display_name="Permits Ben")
    await town.settled()
    assert "can be read in two ways" in await answered(town, "managers add Permits Ben", where=town.channel)
    assert [row["user_id"] for row in await rows(town, "managers")] == [ana.id]
    # Two with one name are nobody's, also where a part of it is somebody's and the rest a team's.
    for person in (dev, eli):
        person.change(display_name="Ben Permits")
    await town.settled()
    assert "can be read in two ways" in await answered(town, "managers add Ben Permits", where=town.channel)
    assert "I don't know who" in await answered(town, "admins add Ben Permits", where=town.channel)
    said = await answered(town, f"managers add <@{dev.id}> Permits", where=lounge)
    assert said == f"<@{dev.id}> is a manager of *permits* now."
    said = await answered(town, f"managers permits add <@{eli.id}>", where=lounge)
    assert said == f"<@{eli.id}> is a manager of *permits* now."
