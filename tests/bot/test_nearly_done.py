"""When managers hear that a round is nearly done."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.notices.nearly_done import news
from storage.answers import Nearness
from storage.kinds import NoticeReason, Privacy, RoundState
from storage.models import Round

CLOSES = datetime(2026, 10, 9, 15, 0, tzinfo=UTC)
BEFORE = CLOSES - timedelta(hours=5)
ALL, FEW = NoticeReason.ALL_ANSWERED, NoticeReason.FEW_MISSING


def a_round(*, privacy: Privacy = Privacy.CONFIDENTIAL, state: RoundState = RoundState.OPEN) -> Round:
    return Round(privacy=privacy, minimum=4, state=state, closes_at=CLOSES)


@pytest.mark.parametrize(
    ("asked", "answered", "completed", "unfinished", "early", "late"),
    [
        (5, 5, 5, 0, ALL, ALL),
        (5, 4, 4, 0, ALL, ALL),  # one skipped
        (3, 3, 3, 0, ALL, ALL),
        (5, 0, 0, 0, None, None),  # all skipped: there is nothing to close for
        (5, 5, 4, 1, None, None),
        (5, 4, 3, 2, None, None),
        (5, 3, 3, 2, None, FEW),
        (5, 2, 2, 3, None, FEW),
        (5, 1, 1, 4, None, None),
        (3, 2, 2, 1, None, None),  # so small that nothing can be shown
        (4, 3, 3, 1, None, FEW),
        (5, 2, 2, 1, None, None),  # two skipped, so four can't come
        (6, 3, 3, 1, None, FEW),
    ],
)
def test_what_there_is_to_tell(
    asked: int, answered: int, completed: int, unfinished: int, early: NoticeReason | None, late: NoticeReason | None
) -> None:
    found = Nearness(asked, answered, completed, unfinished)
    assert news(a_round(), found, is_late=False, now=BEFORE) is early
    assert news(a_round(), found, is_late=True, now=BEFORE) is late


def test_nothing_is_told_of_a_round_that_is_about_to_close_or_over() -> None:
    for found in (Nearness(5, 5, 5, 0), Nearness(5, 3, 3, 2)):
        assert news(a_round(), found, is_late=True, now=CLOSES - timedelta(hours=1, seconds=1)) is not None
        for now in (CLOSES - timedelta(hours=1), CLOSES, CLOSES + timedelta(days=1)):
            assert news(a_round(), found, is_late=True, now=now) is None
        assert news(a_round(state=RoundState.CANCELLED), found, is_late=True, now=BEFORE) is None


def test_a_named_round_lacks_an_answer_only_where_nobody_has_given_one() -> None:
    named = a_round(privacy=Privacy.NAMED)
    assert news(named, Nearness(3, 0, 0, 3), is_late=True, now=BEFORE) is FEW
    assert news(named, Nearness(3, 1, 0, 3), is_late=True, now=BEFORE) is None
