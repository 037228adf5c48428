"""Whether an open round is nearly done: all have answered, or a summary lacks a few answers. Pure."""

from datetime import datetime, timedelta

from storage.answers import Nearness
from storage.kinds import NoticeReason, Privacy
from storage.models import Round

ABOUT_TO_CLOSE = timedelta(hours=1)
"""How long before its end a round is left alone: it closes soon anyway."""
A_FEW = (1, 2)
"""Answers that a summary lacks, where that is told."""


def needed(opened: Round) -> int:
    """How many must answer for a summary to show anything."""
    return opened.minimum if opened.privacy is Privacy.CONFIDENTIAL else 1


def news(opened: Round, found: Nearness, *, is_late: bool, now: datetime) -> NoticeReason | None:
    """What there is to tell of a round as it stands; `is_late`: four fifths of its time are over."""
    if not opened.is_open(now) or now >= opened.closes_at - ABOUT_TO_CLOSE:
        return None
    if found.unfinished == 0:
        return NoticeReason.ALL_ANSWERED if found.completed else None
    if is_late and found.can_reach(needed(opened)) and needed(opened) - found.answered in A_FEW:
        return NoticeReason.FEW_MISSING
    return None
