"""Pieces of pages in doubt, and votes that two papers record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("piece", sa.String(), nullable=True))
    op.add_column("vote", sa.Column("joined_to", sa.Integer(), nullable=True))
    joined = sa.text("joined_to IS NOT NULL")
    op.create_index("ix_vote_joined_to", "vote", ["joined_to"], sqlite_where=joined, postgresql_where=joined)
    op.create_table(
        "comparison",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("with_id", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("differences", sa.Text(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_comparison_vote_id_vote")),
        sa.ForeignKeyConstraint(["with_id"], ["vote.id"], name=op.f("fk_comparison_with_id_vote")),
        sa.PrimaryKeyConstraint("vote_id", "with_id", name=op.f("pk_comparison")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_comparison_with_id"), "comparison", ["with_id"])


def downgrade() -> None:
    op.drop_table("comparison")
    op.drop_index("ix_vote_joined_to", "vote")
    op.drop_column("vote", "joined_to")
    op.drop_column("finding", "piece")
