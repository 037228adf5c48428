"""Allowances that shrink when Slack says "too many", a queue for each workspace, and redraws asked for meanwhile.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WAITING = sa.text("next_attempt_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("again_at", UtcDateTime(), nullable=True))
    op.create_index(
        "ix_deliveries_workspace_id",
        "deliveries",
        ["workspace_id", "next_attempt_at"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.add_column("delivery_limits", sa.Column("share", sa.Integer(), nullable=False, server_default=sa.text("1000")))
    op.add_column(
        "delivery_limits", sa.Column("blocked_until_us", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
    )
    op.execute(
        "INSERT INTO delivery_limits (workspace_id, method, spent_until_us) SELECT id, 'chat.postMessage', 0 "
        "FROM workspaces WHERE id NOT IN (SELECT workspace_id FROM delivery_limits WHERE method = 'chat.postMessage')"
    )


def downgrade() -> None:
    op.drop_column("delivery_limits", "blocked_until_us")
    op.drop_column("delivery_limits", "share")
    op.drop_index("ix_deliveries_workspace_id", "deliveries", sqlite_where=WAITING, postgresql_where=WAITING)
    op.drop_column("deliveries", "again_at")
