"""Rounds of nearly the same people: who was asked a few days ago, and what a round says of who joined and left.

Revision 0008, after 0007. It is filled from the rounds that are open or opened within the last six days, but for
those that were cancelled or printed nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recently_asked",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("privacy", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("took_part", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_recently_asked_workspace_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "user_id", name="pk_recently_asked"),
    )
    op.create_index("ix_recently_asked_user_id", "recently_asked", ["workspace_id", "user_id"])
    op.create_index("ix_recently_asked_opened_at", "recently_asked", ["opened_at"])
    op.add_column("rounds", sa.Column("printing_rules", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("rounds", sa.Column("withheld", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("rounds", sa.Column("joined", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("rounds", sa.Column("departed", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("teams", sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True))
    _fill()


def _fill() -> None:
    rounds, members, counts, answers, asked = (
        sa.table(name, *(sa.column(each) for each in columns.split()))
        for name, columns in (
            ("rounds", "id workspace_id state privacy minimum opened_at closed_at"),
            ("round_members", "round_id user_id took_part"),
            ("round_counts", "round_id"),
            ("answers", "round_id"),
            ("recently_asked", "round_id user_id workspace_id privacy opened_at closed_at took_part"),
        )
    )
    six_days_ago = (
        "datetime('now', '-6 days')" if op.get_bind().dialect.name == "sqlite" else "now() - interval '6 days'"
    )
    all_asked = members.alias()
    number = sa.select(sa.func.count()).where(all_asked.c.round_id == rounds.c.id).correlate(rounds).scalar_subquery()
    still_open = rounds.alias()
    first_open = (
        sa.select(sa.func.min(still_open.c.opened_at))
        .where(still_open.c.workspace_id == rounds.c.workspace_id, still_open.c.state == "open")
        .correlate(rounds)
        .scalar_subquery()
    )  # what closed after that could be subtracted from it
    may_print = sa.or_(rounds.c.privacy == "named", number >= rounds.c.minimum)
    printed = sa.or_(
        sa.exists().where(counts.c.round_id == rounds.c.id), sa.exists().where(answers.c.round_id == rounds.c.id)
    )
    found = (
        sa.select(
            rounds.c.id, members.c.user_id, rounds.c.workspace_id, rounds.c.privacy,
            rounds.c.opened_at, rounds.c.closed_at, members.c.took_part,
        )
        .join_from(rounds, members, members.c.round_id == rounds.c.id)
        .where(
            sa.or_(
                sa.and_(rounds.c.state == "open", may_print),
                sa.and_(
                    rounds.c.state == "closed",
                    sa.or_(rounds.c.opened_at > sa.text(six_days_ago), rounds.c.closed_at > first_open),
                    printed,
                ),
            )
        )
    )  # fmt: skip
    op.execute(asked.insert().from_select(asked.c.keys(), found))


def downgrade() -> None:
    op.drop_column("teams", "planned_at")
    for column in ("departed", "joined", "withheld", "printing_rules"):
        op.drop_column("rounds", column)
    op.drop_table("recently_asked")
