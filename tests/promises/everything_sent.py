"""The bytes of everything that leaves the bot because a round was closed, and the rounds to draw it from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.charts.profile import profile_svg
from bot.check_ins import views as check_in
from bot.exports.tables import ExportedRound, tables
from bot.home.manager_views import LastRound, ManagedTeam
from bot.home.views import HomePage, home
from bot.kit.rubrics import Rubrics
from bot.rounds import lifecycle
from bot.slack.blocks import Message
from bot.summary import result as summaries
from bot.summary.cards import caption_of, card_of
from bot.summary.details_views import details
from bot.summary.follow_up_views import action_items
from bot.summary.ideas_views import more_ideas
from bot.summary.readers import EVERYBODY
from bot.summary.result import Result
from bot.summary.views import ShownPicture, SummaryCard, summary
from rubric import Rubric
from storage import answers, people, rosters, teams, workspaces
from storage import rounds as stored_rounds
from storage.answers import Saved
from storage.engine import Database
from storage.kinds import Privacy, RoundState
from storage.models import Round, Team
from storage.people import Profile
from tests.promises.beside_others import beside_others

HOME = "T0HOME"
OPENED = datetime(2026, 9, 15, 15, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Chicago."""
FILE = "F0PICTURE"


def a_team(*, privacy: Privacy = Privacy.CONFIDENTIAL) -> Team:
    """A team that is stored nowhere yet."""
    return Team(
        workspace_id=HOME,
        channel_id="C0TEAM",
        name="Permits online",
        every_weeks=13,
        weekday="tuesday",
        local_time=time(10),
        time_zone="America/Chicago",
        anchor=date(2026, 9, 15),
        window_days=3,
        reminders=True,
        privacy=privacy,
        created_at=OPENED,
    )


def a_closed_round(*, number: int, minimum: int = 4) -> Round:
    """A closed confidential round that is stored nowhere; its id is its number."""
    return Round(
        id=number,
        workspace_id=HOME,
        number=number,
        state=RoundState.CLOSED,
        privacy=Privacy.CONFIDENTIAL,
        minimum=minimum,
        closed_at=OPENED + timedelta(weeks=number - 1, days=1),
        channel_id="C0TEAM",
    )


def _ended_so(card: SummaryCard) -> check_in.Result:
    """What `result_of` in bot/check_ins/messages.py finds in the database, from what is printed."""
    if not card.summary.shows_nothing:
        return check_in.Result.SHOWN
    if not card.summary.took_part:
        return check_in.Result.NOBODY
    return check_in.Result.TOO_FEW if card.summary.took_part < card.minimum else check_in.Result.NO_QUESTION


def everything_sent(result: Result, team: Team) -> bytes:
    """The summary on every surface, with its picture and without; its details; the picture with its words; the ends.

    The picture counts by its SVG, the export by its tables: the PNG and the files are made from those and nothing else.
    """
    card = card_of(result, team)
    shown = replace(card, picture=ShownPicture(FILE, card.alt_text))
    caption = caption_of(card)
    row = ExportedRound(team.name, card.number, card.closed_on, result.closed.privacy.value, card.rubric, card.summary,
                        result.notes)  # fmt: skip
    sent = {
        "messages": [message.payload() for each in (card, shown) for message in _surfaces(each)],
        "details": [details(card), more_ideas(card), action_items(card.follow_ups, today=card.day)],
        "picture": [profile_svg(card.rubric, card.summary, caption), card.alt_text, caption.team, caption.round_name],
        "export": [[table.name, table.columns, table.rows] for table in tables([row], [])],
        "home": home(managing(card, team)),
        "endings": [
            check_in.closed(
                check_in.Ended(
                    team=team.name,
                    result=_ended_so(card),
                    minimum=card.minimum,
                    keeps_answers=result.closed.privacy is Privacy.NAMED,
                    keeps_notes=bool(result.notes),
                    link=link,
                    channel_id=team.channel_id,
                ),
                took_part=took_part,
            ).payload()
            for took_part in (True, False)
            for link in ("https://example.slack.com/archives/C0TEAM/p1", None)
        ],
        "beside others": beside_others(card),
    }
    return json.dumps(sent, sort_keys=True, ensure_ascii=False, default=date.isoformat).encode()


def managing(card: SummaryCard, team: Team) -> HomePage:
    """The Home of a manager, who reads there what was printed of the last round."""
    managed = ManagedTeam(
        team_id=7,
        name=team.name,
        channel_id=team.channel_id,
        time_zone=team.time_zone,
        next_round_at=OPENED + timedelta(weeks=13),
        starting=False,
        asked_lately=False,
        open=None,
        last=LastRound(card.closed_on, card.summary),
    )
    return HomePage(today=card.closed_on, managed=[managed])


def _surfaces(card: SummaryCard) -> list[Message]:
    """In the channel; to a member alone; to a manager alone, who may share it; shared."""
    return [summary(card), summary(card, share_value="7"), summary(card, shared_by="U0MANAGER")]


Levels = Mapping[str, Sequence[int | None]]
"""By dimension what each member chose, in the members' order; None is "can't say"."""


@dataclass(frozen=True, slots=True)
class Played:
    """A round that went through the database, from its opening to its close."""

    levels: Levels
    asked: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    """By dimension how many members, the last ones, gave it no answer."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """By dimension the note of the first member."""


async def played(database: Database, model: Rubric, *stories: Played, minimum: int = 4) -> tuple[Result, Team]:
    """The result of the last of these rounds, a week apart, as the bot reads it back, and the team."""
    rubrics = Rubrics(model)
    team = a_team()
    async with database.begin() as session:
        workspace = await workspaces.keep(
            session, workspace_id=HOME, name="City", url="https://city.slack.com/", bot_user_id="U0BOT",
            bot_id="B0BOT", now=OPENED,
        )  # fmt: skip
        workspace.minimum = minimum
        session.add(team)
        await session.flush()
    for number, story in enumerate(stories):
        await _play(database, rubrics, team, story, now=OPENED + timedelta(weeks=number))
    async with database.reading() as session:
        result = await summaries.latest(session, team.id, reader=EVERYBODY, rubrics=rubrics)
    assert result is not None
    return result, team


async def _play(database: Database, rubrics: Rubrics, team: Team, story: Played, *, now: datetime) -> None:
    members = [f"U0MEMBER{number:02}" for number in range(story.asked)]
    async with database.begin() as session:
        held = await teams.hold(session, team.id)
        assert held is not None
        profiles = [Profile(user_id, user_id, "America/Chicago", *[False] * 4) for user_id in members]
        await people.keep(session, workspace_id=HOME, profiles=profiles, now=now)
        await rosters.replace(session, held, user_ids=members, now=now)
        held.next_slot_date = None
        opened = await lifecycle.open_round(session, held, rubrics=rubrics, now=now)
        assert opened is not None
        for dimension, levels in story.levels.items():
            for user_id, level in zip(members, levels, strict=False):
                saved = await answers.save(
                    session, workspace_id=HOME, round_id=opened.id, user_id=user_id, dimension=dimension, level=level,
                    tapped_us=1, now=now,
                )  # fmt: skip
                assert saved is Saved.KEPT
        for dimension, note in story.notes.items():
            await answers.save_notes(
                session, workspace_id=HOME, round_id=opened.id, user_id=members[0], notes={dimension: note}, now=now
            )
    async with database.begin() as session:
        closing = await stored_rounds.hold(session, opened.id)
        assert closing is not None
        await lifecycle.close_round(session, closing, now=now + timedelta(days=1))
