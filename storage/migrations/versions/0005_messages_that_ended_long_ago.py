"""Messages that ended long ago can be let go, and a team's deletion finds what hangs on it.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ENDED = sa.text("ended_on IS NOT NULL")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("ended_on", sa.Date(), nullable=True))
    deliveries = sa.table(
        "deliveries",
        sa.column("ended_on", sa.Date()),
        sa.column("first_attempt_at", UtcDateTime()),
        sa.column("next_attempt_at", UtcDateTime()),
    )
    # A message is given up a day after its first attempt at the latest. One that was never tried may have ended today.
    ended = sa.func.coalesce(sa.func.date(deliveries.c.first_attempt_at), sa.func.current_date())
    op.execute(deliveries.update().where(deliveries.c.next_attempt_at.is_(None)).values(ended_on=ended))
    op.create_index("ix_deliveries_ended_on", "deliveries", ["ended_on"], sqlite_where=ENDED, postgresql_where=ENDED)
    op.create_index("ix_deliveries_team_id", "deliveries", ["team_id"])
    op.create_index("ix_action_items_round_id", "action_items", ["round_id"])


def downgrade() -> None:
    op.drop_index("ix_action_items_round_id", "action_items")
    op.drop_index("ix_deliveries_team_id", "deliveries")
    op.drop_index("ix_deliveries_ended_on", "deliveries")
    op.drop_column("deliveries", "ended_on")
