"""What a channel reads about its team: it is so for every model, and for a team that is too small."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.sandbox.block_kit import check_message
from bot.teams.channel_news_views import introduction
from bot.teams.head_count_views import HeadCount
from storage.kinds import Privacy, Whose
from storage.models import Team
from tests.bot.views.reading import page

FIRST = datetime(2026, 10, 6, 14, 0, tzinfo=UTC)
ENOUGH = HeadCount(asked=5)
SUMMARY = "If enough people answer, the summary is posted here"


def introduced(
    *, privacy: Privacy = Privacy.CONFIDENTIAL, questions: int = 5, heads: HeadCount | None = ENOUGH, minimum: int = 4
) -> str:
    team = Team(
        workspace_id="T1",
        channel_id="C1",
        name="Permits online",
        every_weeks=13,
        weekday="tuesday",
        local_time=time(10),
        time_zone="America/New_York",
        clock=Whose.TEAM,
        anchor=date(2026, 10, 6),
        privacy=privacy,
    )
    drawn = introduction(team, by="U1", first=FIRST, questions=questions, heads=heads, minimum=minimum)
    assert check_message(drawn.text, drawn.blocks, None, None) is None
    return page(drawn)


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (3, ("Each member gets 3 questions as a direct message, about how the team works and not about any person. "
         "Answering takes about a minute.")),
        (5, "Each member gets 5 questions"),
        (8, "Answering takes about two minutes."),
    ],
)  # fmt: skip
def test_it_counts_the_questions_of_the_model(questions: int, said: str) -> None:
    assert said in introduced(questions=questions)


def test_it_says_the_time_zone_as_the_form_does() -> None:
    assert "The first comes on Tuesday 6 October 2026 at 10:00 (America/New York)." in introduced()


@pytest.mark.parametrize(
    ("heads", "minimum"), [(ENOUGH, 4), (ENOUGH, 5), (None, 4), (replace(ENOUGH, asked=3, is_rough=True), 4)]
)
@pytest.mark.parametrize("privacy", Privacy)
def test_a_summary_is_announced_where_there_can_be_one(privacy: Privacy, heads: HeadCount | None, minimum: int) -> None:
    assert SUMMARY in introduced(privacy=privacy, heads=heads, minimum=minimum)


@pytest.mark.parametrize(("asked", "minimum"), [(3, 4), (5, 6)])
def test_a_team_that_is_too_small_is_promised_no_summary(asked: int, minimum: int) -> None:
    small = HeadCount(asked=asked)
    said = introduced(heads=small, minimum=minimum)
    assert said.endswith(f"As long as fewer than {minimum} people are asked, there is no summary.")
    assert "summary is posted" not in said
    named = introduced(privacy=Privacy.NAMED, heads=small, minimum=minimum)
    assert "Afterwards everyone who was asked and the team's managers find the answers here, under Details" in named
    assert "summary is posted" not in named
