"""The tables. Every row reaches its workspace by a column or a foreign key.

Relationships are not declared: queries say what they join, and return what they load.
"""

from storage.models.base import Base
from storage.models.deliveries import Delivery, DeliveryLimit
from storage.models.rounds import Answer, RecentlyAsked, Round, RoundCount, RoundMember, RoundNote
from storage.models.teams import ActionItem, ChosenPerson, Manager, RosterMember, Team
from storage.models.workspaces import Admin, AuditEntry, Installation, OAuthState, Person, RubricVersion, Workspace

__all__ = [
    "ActionItem",
    "Admin",
    "Answer",
    "AuditEntry",
    "Base",
    "ChosenPerson",
    "Delivery",
    "DeliveryLimit",
    "Installation",
    "Manager",
    "OAuthState",
    "Person",
    "RecentlyAsked",
    "RosterMember",
    "Round",
    "RoundCount",
    "RoundMember",
    "RoundNote",
    "RubricVersion",
    "Team",
    "Workspace",
]
