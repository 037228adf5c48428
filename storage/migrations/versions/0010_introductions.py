"""Which round was the first to ask somebody: its check-in introduces itself.

Revision 0010, after 0009. Who was asked before is a stranger to nobody, so they get round 0, which there isn't.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("first_asked_in", sa.BigInteger(), nullable=True))
    people = sa.table("people", *(sa.column(name) for name in ("workspace_id", "user_id", "first_asked_in")))
    rounds = sa.table("rounds", sa.column("id"), sa.column("workspace_id"))
    members = sa.table("round_members", sa.column("round_id"), sa.column("user_id"))
    asked = sa.select(rounds.c.workspace_id, members.c.user_id).join_from(
        members, rounds, rounds.c.id == members.c.round_id
    )
    op.execute(
        people.update().where(sa.tuple_(people.c.workspace_id, people.c.user_id).in_(asked)).values(first_asked_in=0)
    )


def downgrade() -> None:
    op.drop_column("people", "first_asked_in")
