"""What an export reads of many rounds at once is what is read of each by itself."""

from bot.exports.gathering import gather
from bot.kit.rubrics import Rubrics
from bot.summary import result as summaries
from bot.summary.readers import EVERYBODY
from rubric import load
from storage import exports, teams
from storage.engine import Database
from storage.models import ActionItem
from tests.promises.everything_sent import HOME, OPENED, Played, played

SEVEN = {"A": (1, 2, 2, 2, 3, 3, 2), "B": (3, 3, 3, 3, 3, 3, 4), "C": (1, 1, 4, 4, 1, 4, None)}
LATER = {"A": (3, 3, 3, 4, 3, 3, 2), "B": (3, 3, 3, 3, 1, 2, 4), "C": (2, 2, 2)}


async def test_the_batch_tells_of_each_round_what_its_own_summary_told(database: Database) -> None:
    rubrics = Rubrics(load())
    stories = [
        Played(SEVEN, asked=7, notes={"A": "First", "C": "Second"}),
        Played(LATER, asked=9, left_out={"C": 4}),
        Played(SEVEN, asked=7),
    ]
    _last, team = await played(database, rubrics.current, *stories)
    async with database.reading() as session:
        closed = await exports.closed_rounds(session, workspace_id=HOME, team_ids=[team.id])
        rounds_table, notes_table, _actions = await gather(
            session, [team], reader=EVERYBODY, workspace_id=HOME, rubrics=rubrics
        )
        alone = [await summaries.of(session, each, reader=EVERYBODY, rubrics=rubrics) for each in closed]
    place = {name: column for column, name in enumerate(rounds_table.columns)}
    told = [
        (row[place["round"]], row[place["dimension"]], row[place["level"]], row[place["answered"]],
         row[place["change"]], row[place["changed_from"]], row[place["changed_at_least"]], row[place["took_part"]])
        for row in rounds_table.rows
    ]  # fmt: skip
    expected = [
        (result.closed.number, each.dimension, each.level, each.answered,
         each.change.kind.value if each.level or each.split else None, each.change.before, each.change.least,
         result.summary.took_part)
        for result in alone
        for each in result.summary.readings
    ]  # fmt: skip
    assert told == expected
    assert {row[place["change"]] for row in rounds_table.rows} >= {"first", "same", "not comparable"}
    assert [(row[1], row[3]) for row in notes_table.rows] == [
        (result.closed.number, note) for result in alone for key in sorted(result.notes) for note in result.notes[key]
    ]


async def test_another_workspace_exports_nothing_of_ours(database: Database) -> None:
    _last, team = await played(database, load(), Played(SEVEN, asked=7, notes={"A": "First"}), Played(SEVEN, asked=7))
    async with database.begin() as session:
        session.add(
            ActionItem(
                workspace_id=HOME, team_id=team.id, dimension="A", text="Ask", created_by="U1", created_at=OPENED
            )
        )
    questions = (
        exports.anything, exports.closed_rounds, exports.counts, exports.attendance, exports.in_either, exports.notes,
        exports.action_items,
    )  # fmt: skip
    async with database.reading() as session:
        for question in questions:
            assert await question(session, workspace_id=HOME, team_ids=[team.id])
            assert not await question(session, workspace_id="T0ELSEWHERE", team_ids=[team.id])


async def test_teams_come_by_name_and_their_rounds_by_number(database: Database) -> None:
    rubrics = Rubrics(load())
    _last, team = await played(database, rubrics.current, Played(SEVEN, asked=7), Played(SEVEN, asked=7))
    async with database.begin() as session:
        held = await teams.hold(session, team.id)
        assert held is not None
        held.name = "zebra crossings"
    async with database.reading() as session:
        again = await teams.all_of(session, workspace_id=HOME)
        rows = (await gather(session, again, reader=EVERYBODY, workspace_id=HOME, rubrics=rubrics))[0].rows
    assert [(row[0], row[1]) for row in rows[::5]] == [("zebra crossings", 1), ("zebra crossings", 2)]
