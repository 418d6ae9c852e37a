"""What a search needs beside its index: the words there are, other names of votes and bills, bills by number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.storage import vocabulary

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word",
        sa.Column("word", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("stem", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_word_stem", "word", ["stem"])
    op.create_table(
        "alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("vote", sa.String(), nullable=False),
        sa.Column("legislature", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
    )
    op.create_index("ix_bill_number", "bill", ["number"])
    vocabulary.recount(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_bill_number", "bill")
    op.drop_table("alias")
    op.drop_index("ix_word_stem", "word")
    op.drop_table("word")
