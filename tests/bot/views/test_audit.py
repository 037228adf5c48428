"""The audit: a line for each entry, also for one that another version wrote."""

import pytest

from bot.admins.audit_views import Line, sentence
from storage.audit import Details
from storage.kinds import Deed
from storage.models import AuditEntry
from tests.bot.views.samples_audit import AT


@pytest.mark.parametrize(
    ("deed", "kept", "done"),
    [
        (Deed.EXTEND, {"team": 3, "closes": 1791554400}, "extended the round of *Permits* until "),
        (Deed.EXTEND, {"team": 3}, "did something that this version doesn't know."),
        (Deed.SKIP, {"team": 3, "skipped": None}, "did something that this version doesn't know."),
        (Deed.MOVE, {"team": 3, "old": "C1"}, "did something that this version doesn't know."),
        (Deed.DELETE, {"team": 3}, "deleted *Permits*."),
        (Deed.DELETE, {"team": 3, "rounds": 1, "of a later version": 2}, "deleted *Permits*."),
        (Deed.TEAMS_APPLY, {"team": 3, "changed": []}, "set up *Permits* from a file."),
    ],
)
def test_a_line_says_no_more_than_what_is_kept_of_it(deed: Deed, kept: dict[str, object], done: str) -> None:
    entry = AuditEntry(workspace_id="T1", at=AT, user_id="U1", what=deed, team_name="Permits", details=kept)
    line = Line(at=AT, user_id="U1", what=deed, team="Permits", details=Details.of(entry))
    assert f": <@U1> {done}" in sentence(line, time_zone="UTC")
