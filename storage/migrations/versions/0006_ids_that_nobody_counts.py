"""Ids that Slack's messages bring back are random from now on, and files wait in a lane of their own.

Revision 0006, after 0005. Rows keep their ids. On SQLite no column changes: its INTEGER holds 64 bits, and a
key that is given is taken as it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEYS = ("teams", "rounds", "action_items")
"""Tables whose `id` was counted by a sequence."""
IDS = {
    "teams": ["id"],
    "rounds": ["id", "team_id"],
    "action_items": ["id", "team_id", "round_id"],
    "managers": ["team_id"],
    "chosen_people": ["team_id"],
    "rosters": ["team_id"],
    "round_members": ["round_id"],
    "round_counts": ["round_id"],
    "round_notes": ["round_id"],
    "answers": ["round_id"],
    "deliveries": ["team_id", "round_id"],
}


DUE = sa.text("next_attempt_at IS NOT NULL")
POSTS_DUE = sa.text("next_attempt_at IS NOT NULL AND kind NOT IN ('file', 'picture')")
FILES_DUE = sa.text("next_attempt_at IS NOT NULL AND kind IN ('file', 'picture')")


def upgrade() -> None:
    op.drop_index("ix_deliveries_next_attempt_at", "deliveries")
    _index("ix_deliveries_next_attempt_at", POSTS_DUE)
    _index("ix_deliveries_files", FILES_DUE)
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in KEYS:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN id DROP DEFAULT")
        op.execute(f"DROP SEQUENCE IF EXISTS {table}_id_seq")
    _become("BIGINT")


def downgrade() -> None:
    """Possible while no id was drawn at random: PostgreSQL refuses to shorten one, and nothing is changed then."""
    op.drop_index("ix_deliveries_files", "deliveries")
    op.drop_index("ix_deliveries_next_attempt_at", "deliveries")
    _index("ix_deliveries_next_attempt_at", DUE)
    if op.get_bind().dialect.name != "postgresql":
        return
    _become("INTEGER")
    for table in KEYS:
        op.execute(f"CREATE SEQUENCE {table}_id_seq AS INTEGER OWNED BY {table}.id")
        op.execute(f"ALTER TABLE {table} ALTER COLUMN id SET DEFAULT nextval('{table}_id_seq')")
        op.execute(f"SELECT setval('{table}_id_seq', coalesce(max(id), 0) + 1, false) FROM {table}")  # noqa: S608 - ours


def _become(kind: str) -> None:
    """Change a table's ids together, so that it is written anew once."""
    for table, columns in IDS.items():
        changes = ", ".join(f"ALTER COLUMN {column} TYPE {kind}" for column in columns)
        op.execute(f"ALTER TABLE {table} {changes}")


def _index(name: str, where: sa.TextClause) -> None:
    op.create_index(name, "deliveries", ["next_attempt_at"], sqlite_where=where, postgresql_where=where)
