"""Of teams that are due at one instant the one with the lower id goes first: the index of what is to come has it, too.

Revision 0009, after 0008. SQLite's had it without being told.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DUE = sa.text("next_step_at IS NOT NULL")


def upgrade() -> None:
    _index("next_step_at", "id")


def downgrade() -> None:
    _index("next_step_at")


def _index(*columns: str) -> None:
    op.drop_index("ix_teams_next_step_at", table_name="teams")
    op.create_index("ix_teams_next_step_at", "teams", columns, sqlite_where=DUE, postgresql_where=DUE)
