"""Admins read who did what, and set what holds for every team."""

from datetime import timedelta

from bot.sandbox import Person
from bot.sandbox.people.interactions import view_submission
from bot.slack.ids import Do
from storage import audit
from storage.kinds import Deed
from tests.journeys.city import City
from tests.journeys.raw import send
from tests.journeys.records import rows
from tests.journeys.test_settings import delete, settings
from tests.storage.builders import on_both

ONLY_ADMINS = "Only admins may do that: those of the workspace, and those named with `/maturity admins add`."


async def a_mayor(town: City) -> Person:
    mayor = town.workspace.add_person(name="Mayor", is_admin=True, tz="America/Chicago")
    town.channel.invite(mayor)
    return mayor


async def reads(town: City, admin: Person, words: str = "") -> list[str]:
    """The lines of the audit, without its frame."""
    await admin.types(f"/maturity audit {words}", town.channel)
    shown = (await town.sees(admin, "the newest first.", where=town.channel)).shown
    return [line for line in shown.splitlines() if "*permits*" in line or "admin" in line][1:]


async def said(town: City, admin: Person, words: str) -> str:
    """What a command is answered with, also where Slack is asked first who that is."""
    await admin.types(words, town.channel)
    await town.settled()
    return [each for each in admin.sees(town.channel) if each.ephemeral][-1].shown


async def test_every_thing_that_a_manager_does_is_a_line(town: City) -> None:
    mayor = await a_mayor(town)
    await town.set_up()
    await town.set_up(weekday="friday", name="permits")
    for words in ("skip", "pause", "resume", "managers add @ben", "managers remove @ben"):
        await town.manages(words)
    await town.round()
    reply = await town.manages("summary")
    assert "Share" in str(reply.blocks)
    await town.manager.taps(await town.sees(town.manager, "Share", where=town.channel), action_id=Do.SHARE)
    await town.settled()
    await town.manages("export json")
    town.clock.move(days=8)
    await town.settled()
    if not any(row["state"] == "open" for row in await rows(town, "rounds")):
        await town.manages("start")
        await town.settled()
    await town.manages("extend")
    await town.manages("remind")
    await town.manages("cancel")
    offer = await town.sees(town.manager, "Cancel the round", where=town.channel)
    await town.manager.taps(offer, action_id=Do.CANCEL_NOW)
    assert "is an admin here now" in await said(town, mayor, "/maturity admins add @ben")
    assert "is no longer an admin here" in await said(town, mayor, "/maturity admins remove @ben")
    done = [row["what"] for row in await rows(town, "audit_entries")]
    wanted = [
        "setup", "settings", "skip", "pause", "resume", "managers add", "managers remove", "start", "close", "share",
        "export", "start", "extend", "remind", "cancel", "admins add", "admins remove",
    ]  # fmt: skip
    assert done == wanted
    entries = await rows(town, "audit_entries")
    assert entries[1]["details"]["changed"] == ["weekday"]
    lines = await said(town, mayor, "/maturity audit")
    for part in (
        "5 October 2026, 10:00: @Ana set up *permits*.",
        "@Ana changed settings of *permits* (the day).",
        "@Ana made @Ben a manager of *permits*.",
        "@Ana closed the round of *permits* early.",
        "@Ana shared a summary of *permits* in #permits.",
        "@Ana exported the results of *permits* as json.",
        "@Ana skipped the round of *permits* planned for 9 October 2026, 10:00.",
        "@Ana removed @Ben as a manager of *permits*.",
        "@Ana extended the round of *permits* until 19 October 2026, 10:00.",
        "@Mayor removed @Ben as an admin.",
    ):
        assert part.lower() in lines.lower(), lines
    assert lines.index("as an admin") < lines.index("set up"), "the newest first"


async def test_only_admins_read_the_audit(town: City) -> None:
    await town.set_up()
    assert (await town.manages("audit")).text == ONLY_ADMINS
    assert (await town.manages("admins")).text == ONLY_ADMINS


@on_both
async def test_a_team_that_was_deleted_is_found_by_its_name_and_another_is_not(town: City) -> None:
    mayor = await a_mayor(town)
    await town.set_up()
    await town.set_up(name="Licences")
    await town.set_up(name="permits")
    assert "Licences" not in await said(town, mayor, "/maturity audit of nobody")
    assert "nothing is kept about one" in await said(town, mayor, "/maturity audit of nobody")
    found = await said(town, mayor, "/maturity audit permits")
    assert "*Licences*" in found, "by whatever name it had"
    async with town.bot.database.begin() as session:
        [team] = await rows(town, "teams")
        seven = audit.Details(minimum=7)
        await audit.of_workspace(session, Deed.MINIMUM, team["workspace_id"], by="U1", now=town.clock(), details=seven)
    assert "to 7" in await said(town, mayor, "/maturity audit")
    assert "to 7" not in await said(town, mayor, "/maturity audit permits")


async def test_a_team_is_found_by_its_channel_as_for_every_command_and_a_deleted_one_by_its_name(town: City) -> None:
    mayor = await a_mayor(town)
    await town.set_up(name="Licences")
    parks = town.workspace.add_channel("parks", members=[*town.people, town.installation])
    await town.set_up(where=parks)
    lounge = town.workspace.add_channel("lounge", members=[mayor])
    for words in ("#permits", "permits", "＃ｐｅｒｍｉｔｓ", "“#Permits”.", f"<#{town.channel.id}>"):  # noqa: RUF001 - of full width
        before = len(town.seen(mayor, "set up", where=lounge))
        await mayor.types(f"/maturity audit {words}", lounge)
        await town.until(lambda before=before: len(town.seen(mayor, "set up", where=lounge)) > before or None)  # type: ignore[misc]
        shown = town.seen(mayor, "set up", where=lounge)[-1].shown
        assert "*Licences*" in shown, words
        assert "*parks*" not in shown, words
    await delete(town, town.manager, await settings(town, town.manager, where=parks))
    while len(await rows(town, "teams")) > 1:
        town.clock.move(seconds=2)
        await town.settled()
    for words in ("#parks", "＃Parks", "parks"):  # noqa: RUF001
        assert "deleted *parks*" in await said(town, mayor, f"/maturity audit {words}"), words
        assert "*Licences*" not in await said(town, mayor, f"/maturity audit {words}"), words


async def test_thirty_lines_are_shown_and_the_older_ones_counted_and_two_years_kept(town: City) -> None:
    mayor = await a_mayor(town)
    await town.set_up()
    [team] = await rows(town, "teams")
    old = town.clock() - audit.KEPT
    async with town.bot.database.begin() as session:
        for number in range(40):
            now, five = old + timedelta(hours=number + 1), audit.Details(minimum=5)
            await audit.of_workspace(session, Deed.MINIMUM, team["workspace_id"], by="U1", now=now, details=five)
    shown = await said(town, mayor, "/maturity audit")
    assert shown.count("set the smallest group") == 30
    assert "11 older entries are not shown. Entries are kept for two years." in shown
    worker = town.bot.worker
    assert worker is not None
    town.clock.move(days=1, hours=1, seconds=1)
    assert await worker.forget_old() == 25
    assert len(await rows(town, "audit_entries")) == 16
    town.clock.move(hours=2)
    assert await worker.forget_old() == 0, "at most once a day"


@on_both
async def test_an_admin_raises_the_smallest_group_for_the_rounds_to_come(town: City) -> None:
    mayor = await a_mayor(town)
    await town.set_up()
    await town.opened()
    assert "A result is shown where 4 or more answered." in await said(town, mayor, "/maturity admins")
    shown = await town.sees(mayor, "Change settings", where=town.channel)
    await mayor.taps(shown, action_id=Do.ADMIN_SETTINGS)
    assert mayor.modal is not None
    await mayor.fills("minimum", "6")
    submitted = await mayor.submits()
    assert submitted.response_action == "update"
    assert "a result is shown where 6 or more answered." in str(mayor.modal.blocks)
    assert [row["minimum"] for row in await rows(town, "workspaces")] == [6]
    await town.answer_example()
    await town.close_early()
    await town.summary()
    town.clock.move(days=8)
    await town.round()
    first, second = await rows(town, "rounds")
    assert (first["minimum"], second["minimum"]) == (4, 6)
    counted = {row["round_id"] for row in await rows(town, "round_counts")}
    assert counted == {first["id"]}, "five are too few for the second"
    assert "to 6" in await said(town, mayor, "/maturity audit")


async def test_a_smallest_group_that_no_modal_of_ours_offers_changes_nothing(town: City) -> None:
    mayor = await a_mayor(town)
    await town.set_up()
    await said(town, mayor, "/maturity admins")
    shown = await town.sees(mayor, "Change settings", where=town.channel)
    await mayor.taps(shown, action_id=Do.ADMIN_SETTINGS)
    assert mayor.modal is not None
    for number in ("0005000000", "101", "3", "\u0665", "5.0"):
        payload = view_submission(mayor.modal)
        payload["view"]["state"]["values"]["minimum"]["minimum"]["selected_option"]["value"] = number
        assert '"response_action":"errors"' in (await send(town, payload)).body.replace(" ", "")
    assert [row["minimum"] for row in await rows(town, "workspaces")] == [4]


async def test_who_is_no_admin_any_more_changes_nothing(town: City) -> None:
    mayor = await a_mayor(town)
    await town.set_up()
    await said(town, mayor, "/maturity admins add @ben")
    ben = town.people[1]
    await ben.types("/maturity admins", town.channel)
    shown = await town.sees(ben, "Change settings", where=town.channel)
    await ben.taps(shown, action_id=Do.ADMIN_SETTINGS)
    await said(town, mayor, "/maturity admins remove @ben")
    assert ben.modal is not None
    await ben.fills("minimum", "9")
    assert (await ben.submits()).errors == {"minimum": ONLY_ADMINS}
    await ben.closes()
    await ben.taps(shown, action_id=Do.ADMIN_SETTINGS)
    await town.sees(ben, ONLY_ADMINS, where=town.channel)
    assert [row["minimum"] for row in await rows(town, "workspaces")] == [4]
