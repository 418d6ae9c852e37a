"""The counts by which a vote may be quoted, to find it by what an article says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DAY = {"sqlite": "json_extract(o.fields, '$.sitting_date')", "postgresql": "(o.fields::json ->> 'sitting_date')::date"}

FILL = (
    "INSERT INTO quoted (yes, no, abstain, sitting_date, vote_id) SELECT DISTINCT t.yes, t.no, t.abstain, DAY, o.vote_id "
    "FROM tally t JOIN observation o ON o.id = t.observation_id WHERE t.yes + t.no + t.abstain > 0"
)


def upgrade() -> None:
    op.create_table(
        "quoted",
        sa.Column("yes", sa.SmallInteger(), nullable=False),
        sa.Column("no", sa.SmallInteger(), nullable=False),
        sa.Column("abstain", sa.SmallInteger(), nullable=False),
        sa.Column("sitting_date", sa.Date(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_quoted_vote_id_vote")),
        sa.PrimaryKeyConstraint("yes", "no", "abstain", "sitting_date", "vote_id", name=op.f("pk_quoted")),
        sqlite_with_rowid=False,
    )
    op.execute(FILL.replace("DAY", DAY[op.get_bind().dialect.name]))


def downgrade() -> None:
    op.drop_table("quoted")
