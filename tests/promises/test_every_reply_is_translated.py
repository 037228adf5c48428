"""Whatever the running bot says to people is in the language they speak: here one that puts sentences in brackets."""

import re
from collections.abc import Iterator
from typing import Any

from bot.charts.render import Renderer
from bot.commands.listeners import HANDLERS
from bot.kit.i18n import speaking
from bot.sandbox import Person, SeenMessage
from bot.slack.ids import Do
from rubric import load
from tests.bot.views.test_every_view import Bracketed, outside_brackets
from tests.journeys.city import City, city
from tests.journeys.records import rows, suggestion_of
from tests.storage.builders import on_sqlite

TECHNICAL = ("permits", "/maturity", "America/Chicago", "setup", *sorted(HANDLERS))
"""Names that are the same in every language: the team's, the command's, a time zone's."""


def model_texts() -> list[str]:
    """The model's own words, the longest first: a translation of the model is another model."""
    model = load()
    texts = [model.name, model.source, *model.paragraphs]
    for dimension in model.dimensions:
        texts += [dimension.name, dimension.question, *dimension.levels, *dimension.discussions.values()]
        texts += [
            text for actions in dimension.actions.values() for each in actions for text in (each.text, each.source)
        ]
    return sorted({variant for text in texts for variant in (text, text.replace("&", "&amp;"))}, key=len, reverse=True)


def untranslated(said: str) -> str:
    """What is left of a text without brackets, names and the model's words."""
    for text in model_texts():
        said = said.replace(text, "")
    said = outside_brackets(re.sub(r"<@\w+>|<#\w+>|`[^`]*`", "", said))
    for name in TECHNICAL:
        said = said.replace(name, "")
    return " ".join(re.findall(r"[A-Za-z]{2,}", said))


def texts(part: Any) -> Iterator[str]:
    """Every text that Slack shows of some blocks."""
    if isinstance(part, list):
        for item in part:
            yield from texts(item)
    elif isinstance(part, dict):
        for name, item in part.items():
            if name in {"text", "alt_text"} and isinstance(item, str):
                yield item
            else:
                yield from texts(item)


def wrong(said: list[str]) -> list[str]:
    return [text for text in said if untranslated(text)]


async def replies(town: City, person: Person, *words: str) -> list[str]:
    found = []
    for word in words:
        reply = await person.types(f"/maturity {word}", town.channel)
        assert reply.status == 200
        found += [reply.text, *texts(reply.blocks)]
    return found


@on_sqlite
async def test_every_answer_of_the_bot_speaks_the_readers_language(renderer: Renderer, database_url: str) -> None:
    with speaking(Bracketed()):
        async with city(database_url, renderer=renderer) as town:
            heard = await replies(town, town.people[1], *sorted({*HANDLERS, "", "sumary"} - {"setup", "settings"}))
            await town.set_up()
            stranger = town.workspace.add_person(name="Fay", tz="America/Chicago")
            town.channel.invite(stranger)
            heard += await replies(town, town.people[1], "start", "summary", "checkin", "close", "pause")
            heard += await replies(town, town.manager, "summary", "skip", "pause", "skip", "resume", "close", "nowhere")
            heard += await replies(town, town.manager, "summary of nobody", "summary <#C0NOWHERE|x>")
            heard += texts((await town.opens_home(town.bystander)).blocks)
            heard += texts((await town.opens_home(town.manager)).blocks)
            await town.opened()
            heard += texts((await town.opens_home(town.manager)).blocks)
            heard += await replies(town, town.manager, "start", "checkin", "close", "cancel", "summary")
            await town.settled()
            await town.answer_example()
            for do, words in ((Do.CHANGE_ANSWERS, "Thank you"), (Do.FINISH_CHANGING, "Done")):
                await town.manager.taps(await town.sees(town.manager, words), action_id=do)
            await town.manager.taps(await town.sees(town.manager, "Thank you"), action_id=Do.ADD_NOTES)
            assert town.manager.modal is not None
            heard += texts(town.manager.modal.blocks)
            await town.manager.closes()
            await town.close_early()
            await town.summary()
            heard += await replies(town, town.manager, "summary", "start")
            summary = await town.sees(town.manager, "permits: round 1", where=town.channel)
            heard += (await town.details(summary)).splitlines()
            heard += await adopted_listed_and_dropped(town, summary)
            town.clock.move(days=8)  # Home offers to start a team once a week has gone by
            for do in (Do.HOME_SUMMARY, Do.HOME_START, Do.BE_AWAY):
                await town.manager.taps(await town.opens_home(town.manager), action_id=do)
                await town.bot.in_flight.landed()
                assert town.manager.modal is not None
                heard += texts(town.manager.modal.body)
            heard += texts((await town.home(town.manager)).blocks)
            seen = [
                message
                for person in town.people
                for where in (town.channel, person.dm(town.app))
                for message in person.sees(where)
                if message.author != person.name
            ]
            heard += [text for message in seen for text in (message.text, *texts(message.blocks))]
    assert len(heard) > 300
    assert wrong(heard) == []


async def adopted_listed_and_dropped(town: City, summary: SeenMessage) -> list[str]:
    """What the manager reads who adopts a suggestion, looks at the list, and drops it."""
    person = town.manager
    heard: list[str] = []
    await person.taps(summary, action_id=Do.ADOPT, value=await suggestion_of(town, "C1.1"))
    assert person.modal is not None
    heard += texts(person.modal.blocks)
    await person.submits()
    heard += texts(person.modal.blocks)
    await person.closes()
    heard += await replies(town, person, "actions")
    listed = town.seen(person, "1 open action item", where=town.channel)[-1]
    (item,) = await rows(town, "action_items")
    await person.taps(listed, action_id=Do.ADD_ACTION)
    heard += texts(person.modal.blocks)
    await person.closes()
    await person.taps(listed, action_id=Do.ACTION_MENU, value=f"drop:{item['id']}")
    heard += texts(person.modal.blocks)
    await person.submits()
    heard += texts(person.modal.blocks)
    await person.closes()
    return heard


def test_an_untranslated_sentence_would_be_found() -> None:
    assert untranslated("⟦Closes ⟦x⟧⟧ tomorrow") == "tomorrow"
