"""What teams have taken on, and what managers and admins did.

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
OPEN_OF_THE_LIBRARY = sa.text("state = 'open' AND action_key IS NOT NULL")
MADE_BY_A_MODAL = sa.text("request IS NOT NULL")
TO_COME = sa.text("remind_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("teams", sa.Column("skipped_until", UtcDateTime(), nullable=True))
    op.create_table(
        "action_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("dimension", sa.String(length=1), nullable=False),
        sa.Column("action_key", sa.String(length=20), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("open", "done", "dropped", name="actionstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("needs_leadership", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("remind_at", UtcDateTime(), nullable=True),
        sa.Column("request", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_action_items_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_action_items_team_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_action_items_round_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_items")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_action_items_team_id", "action_items", ["team_id", "state"])
    op.create_index(
        "ix_action_items_once",
        "action_items",
        ["team_id", "action_key"],
        unique=True,
        sqlite_where=OPEN_OF_THE_LIBRARY,
        postgresql_where=OPEN_OF_THE_LIBRARY,
    )
    op.create_index(
        "ix_action_items_request",
        "action_items",
        ["team_id", "request"],
        unique=True,
        sqlite_where=MADE_BY_A_MODAL,
        postgresql_where=MADE_BY_A_MODAL,
    )
    op.create_index(
        "ix_action_items_owner", "action_items", ["workspace_id", "owner_id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index(
        "ix_action_items_remind_at", "action_items", ["remind_at"], sqlite_where=TO_COME, postgresql_where=TO_COME
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("team_name", sa.Text(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_audit_entries_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_entries_workspace_id", "audit_entries", ["workspace_id", "id"])


def downgrade() -> None:
    op.drop_column("teams", "skipped_until")
    op.drop_table("audit_entries")
    op.drop_table("action_items")
