"""One of every message for admins, as samples.py has the others."""

from datetime import UTC, datetime

from bot.admins import audit_views
from bot.admins import views as admin_settings
from bot.admins.audit_views import Line
from bot.slack.blocks import Message
from storage.audit import NO_DETAILS, OPERATOR, Details
from storage.kinds import Deed

ZONE = "America/Argentina/ComodRivadavia"
"""The longest name there is."""
AT = datetime(2026, 10, 9, 14, 0, tzinfo=UTC)


def audited(typed: str) -> dict[str, Message]:
    """Each with what somebody typed in all places where that can stand."""
    return {
        "audit": audit_views.audit(audit_lines(typed), total=1000, time_zone=ZONE),
        "audit of one team": audit_views.audit(audit_lines(typed)[:1], total=1, time_zone=ZONE, about=typed),
        "audit of nothing": audit_views.audit([], total=0, time_zone=ZONE),
        "admins": admin_settings.admins([], minimum=4),
        "admins, named": admin_settings.admins(["U1", "U1"], minimum=6),
    }


def audit_lines(typed: str) -> list[Line]:
    """An entry of each kind, and as many more as one answer shows."""
    details = Details(team=3, user="U1", old="C1", new="C1", channel="C1", closes=AT, skipped=AT, minimum=6,
                      changed=["name", "managers"])  # fmt: skip
    each = [Line(at=AT, user_id="U1", what=deed, team=typed, details=details) for deed in Deed]
    others = [
        Line(at=AT, user_id=OPERATOR, what=Deed.TEAMS_APPLY, team=typed, details=Details(team=3)),
        Line(at=AT, user_id="U1", what=Deed.SETTINGS, team=typed, details=Details(team=3)),
        Line(at=AT, user_id="U1", what=Deed.EXPORT, team=None, details=NO_DETAILS),
        Line(at=AT, user_id="U1", what="of a later version", team=typed, details=NO_DETAILS),
    ]
    return ([*each, *others] * 2)[:30]
