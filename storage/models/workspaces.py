"""Workspaces, and who and what is in one whatever its teams."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from rubric import SMALLEST_MINIMUM
from storage.models.base import Base, SlackId, workspace_key


class Workspace(Base):
    """Slack's tenant, in which this app is or was installed."""

    __tablename__ = "workspaces"

    id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    """Slack's address of the workspace, with a closing slash: permalinks begin with it."""
    bot_user_id: Mapped[str] = mapped_column(SlackId)
    bot_id: Mapped[str] = mapped_column(SlackId)
    enterprise_id: Mapped[str | None] = mapped_column(SlackId)
    """The organisation (Enterprise Grid) that it is of, whose people are no strangers; None: of none that we know."""
    minimum: Mapped[int] = mapped_column(default=SMALLEST_MINIMUM)
    """Smallest group a result is shown for; an admin may raise it, never lower it."""
    installed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    """Since when Slack refuses our token, or the app is uninstalled: nothing is sent."""


class Installation(Base):
    """The OAuth grant of a workspace, one encrypted document. Absent where the token comes from the environment."""

    __tablename__ = "installations"

    workspace_id: Mapped[str] = workspace_key(primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)


class OAuthState(Base):
    """A way into a workspace that doesn't exist here yet: the one table without a workspace."""

    __tablename__ = "oauth_states"

    state: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime]


class RubricVersion(Base):
    """A rubric that a round of this workspace was asked with, whole."""

    __tablename__ = "rubrics"

    workspace_id: Mapped[str] = workspace_key(primary_key=True)
    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    document: Mapped[str] = mapped_column(Text)


class Admin(Base):
    """A person named by `/maturity admins add`; Slack's own admins and owners are known from `people`."""

    __tablename__ = "admins"

    workspace_id: Mapped[str] = workspace_key(primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)


SLACKBOT = "USLACKBOT"
"""Slack's own helper, which says of itself that it is no bot."""


def is_full_member(
    user_id: str, *, is_bot: bool, is_guest: bool, is_deactivated: bool, is_external: bool | None
) -> bool | None:
    """Whether somebody is a full, active member of the workspace or its organisation; None: Slack has to be asked.

    Whoever isn't is not asked, not counted, manages nothing, and sees nothing but what stands in public channels.
    """
    if user_id == SLACKBOT or is_bot or is_guest or is_deactivated or is_external:
        return False
    return None if is_external is None else True


class Person(Base):
    """What Slack said of someone, and what they asked of us."""

    __tablename__ = "people"

    workspace_id: Mapped[str] = workspace_key(primary_key=True)
    user_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str | None] = mapped_column(String(64))
    is_bot: Mapped[bool] = mapped_column(default=False)
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_deactivated: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    """As Slack says of this workspace."""
    is_external: Mapped[bool | None]
    """Of another organisation, in a channel that is shared with it; None: not known until Slack is asked."""
    read_at: Mapped[datetime]
    """When Slack said so."""
    dm_channel: Mapped[str | None] = mapped_column(SlackId)
    away_until: Mapped[date | None]
    """The last day on which they aren't asked."""
    opted_out: Mapped[bool] = mapped_column(default=False)
    """True since "Stop asking me", until they ask to be asked again."""
    first_asked_in: Mapped[int | None] = mapped_column(BigInteger)
    """The round whose check-in was their first, which introduces itself; None: none yet."""

    @property
    def is_full_member(self) -> bool | None:
        """Whether they can be in a team or have a say in one; None: Slack has to be asked."""
        return is_full_member(
            self.user_id,
            is_bot=self.is_bot,
            is_guest=self.is_guest,
            is_deactivated=self.is_deactivated,
            is_external=self.is_external,
        )


class AuditEntry(Base):
    """Something that a manager or admin did; it outlives the team that it was done to."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_workspace_id", "workspace_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = workspace_key()
    at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(SlackId)
    """audit.OPERATOR for whoever runs the program."""
    what: Mapped[str] = mapped_column(String(40))
    """A value of kinds.Deed."""
    team_name: Mapped[str | None] = mapped_column(Text)
    """The team's name then; None: the workspace as a whole."""
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Read and written as audit.Details; never an answer or a note."""
