"""Who is of another organisation is known, and of which organisation a workspace is.

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("enterprise_id", sa.String(length=32), nullable=True))
    # Nobody is known to belong here until Slack was asked: as a roster is read, or at somebody's first tap.
    op.add_column("people", sa.Column("is_external", sa.Boolean(), nullable=True))
    # A roster that was read before this doesn't say whom to ask: it is read once more before its round opens.
    teams = sa.table("teams", sa.column("next_step", sa.String()))
    op.execute(teams.update().where(teams.c.next_step == "open").values(next_step="refresh"))


def downgrade() -> None:
    op.drop_column("people", "is_external")
    op.drop_column("workspaces", "enterprise_id")
