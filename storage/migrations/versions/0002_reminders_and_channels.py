"""Who isn't asked any more, when somebody is left in peace, and channels that can't be posted to.

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Both databases rename a column in place; alembic's batch mode would copy the table on SQLite.
    op.execute("ALTER TABLE people RENAME COLUMN no_reminders TO opted_out")
    op.add_column("round_members", sa.Column("quiet_until", UtcDateTime(), nullable=True))
    op.add_column(
        "teams",
        sa.Column(
            "channel_lost",
            sa.Enum("removed", "archived", "deleted", name="channelloss", native_enum=False, length=20),
            nullable=True,
        ),
    )


def downgrade() -> None:
    op.drop_column("teams", "channel_lost")
    op.drop_column("round_members", "quiet_until")
    op.execute("ALTER TABLE people RENAME COLUMN opted_out TO no_reminders")
