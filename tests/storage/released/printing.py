"""What is printed of a kept database's closed rounds: the lines that people read, and the facts behind them."""

import json

from bot.exports.formats import Format, written
from bot.exports.gathering import gather
from bot.kit.rubrics import Rubrics
from bot.sandbox import Person, SeenMessage
from bot.sandbox.block_kit.rendering import blocks_lines
from bot.slack.ids import Do
from bot.summary import result
from bot.summary.cards import card_of
from bot.summary.views import summary
from storage import rounds, teams
from storage.models import Round, Team
from tests.journeys.city import City

FACTS, SHOWN = "facts.json", "printed.json"
FILES = (FACTS, SHOWN)
"""What no upgrade may change, but for what `MEANT` in tests/journeys/test_upgrades.py names; and the lines that tell of
it, whose words may change."""


async def printed(town: City) -> dict[str, str]:
    """By the name of the file that keeps it: each round as its message and its Details say it, and the export.

    The city is at rest: what it owed has been sent.
    """
    rubrics = Rubrics(town.rubric)
    shown: dict[str, dict[str, list[str]]] = {}
    reader = town.manager.id
    await town.manages("help")  # whoever reads something is known by then
    async with town.bot.database.reading() as session:
        known = await teams.all_of(session, workspace_id=town.workspace.id)
        closed = [(team, each) for team in known for each in (await rounds.closed_of(session, team.id, limit=9))[::-1]]
        cards = [card_of(await result.of(session, each, reader=reader, rubrics=rubrics), team) for team, each in closed]
        facts = written(
            await gather(session, known, reader=reader, workspace_id=town.workspace.id, rubrics=rubrics), Format.JSON
        )
    for (team, each), card in zip(closed, cards, strict=True):
        shown[f"{team.name}: round {each.number}"] = {
            "message": blocks_lines(summary(card).blocks, town.workspace, state={}),
            "alt text": card.alt_text.splitlines(),
            "details": (await _details(town, team, each)).splitlines(),
        }
    for team in dict.fromkeys(team for team, _round in closed):
        where = town.workspace.channels[team.channel_id]
        for words in ("trend", "summary last 3"):
            reply = await town.manager.types(f"/maturity {words}", where)
            lines = blocks_lines(reply.blocks, town.workspace, state={})
            if not lines:  # the answer is a message of its own
                newest = town.manager.sees(where)[-1]
                lines = newest.shown.splitlines()
            shown.setdefault(team.name, {})[words] = lines
    found = json.loads(facts)
    shown["exports"] = {"about": found.pop("about")}  # words, which may change
    return {
        FACTS: json.dumps(found, ensure_ascii=False, indent=2) + "\n",
        SHOWN: json.dumps(shown, ensure_ascii=False, indent=1) + "\n",
    }


async def _details(town: City, team: Team, closed: Round) -> str:
    """What opens behind the Details button of the summary that was posted then; nothing where it has none."""
    manager: Person = town.manager
    where = town.workspace.channels[team.channel_id]
    posted: SeenMessage = next(each for each in manager.sees(where) if each.ts == closed.summary_ts)
    if f'"action_id": "{Do.DETAILS}"' not in json.dumps(posted.blocks):
        return ""
    await manager.taps(posted, action_id=Do.DETAILS)
    assert manager.modal is not None
    shown = "\n".join(blocks_lines(manager.modal.blocks, town.workspace, state=manager.modal.state))
    await manager.closes()
    return shown
