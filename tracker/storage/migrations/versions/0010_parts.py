"""On PostgreSQL the ballots of each legislature lie in a table of their own."""

from __future__ import annotations

from alembic import op

from tracker.storage import parts

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FORMER = "SELECT b.observation_id, b.voter_id, b.group_id, b.code_id"
REFERENCES = ("observation", "voter", "group", "code")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    _replace("legislature_id smallint NOT NULL", "PARTITION BY LIST (legislature_id)")
    for legislature in op.get_bind().exec_driver_sql("SELECT id FROM legislature ORDER BY id").scalars().all():
        parts.make(op.get_bind(), legislature)
    op.execute(f"INSERT INTO ballot {FORMER}, v.legislature_id FROM former b JOIN voter v ON v.id = b.voter_id")
    _finish("observation_id", "voter_id", "legislature_id")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    _replace()
    op.execute(f"INSERT INTO ballot {FORMER} FROM former b")
    _finish("observation_id", "voter_id")


def _replace(column: str = "", parted: str = "") -> None:
    """Put the table aside and make an empty one without keys, which are quicker made once the rows are there."""
    op.execute("ALTER TABLE ballot RENAME TO former")
    columns = "observation_id integer NOT NULL, voter_id integer NOT NULL, group_id smallint, code_id integer NOT NULL"
    op.execute(f"CREATE TABLE ballot ({columns}{', ' if column else ''}{column}) {parted}")


def _finish(*key: str) -> None:
    op.execute("DROP TABLE former")
    op.create_primary_key("pk_ballot", "ballot", list(key))
    op.create_index("ix_ballot_voter_id_observation_id", "ballot", ["voter_id", "observation_id"])
    for name in REFERENCES:
        op.create_foreign_key(f"fk_ballot_{name}_id_{name}", "ballot", name, [f"{name}_id"], ["id"])
