"""Papers that others wrote down from the official ones, their rank, and the clock time of attendance lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source", sa.Column("kind", sa.String(), server_default="official", nullable=False))
    op.add_column("source", sa.Column("rank", sa.SmallInteger(), server_default="1", nullable=False))
    for name in ("credit_by", "credit_licence", "credit_repository"):
        op.add_column("source", sa.Column(name, sa.String(), nullable=True))
    op.add_column("sitting", sa.Column("taken_at", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sitting") as table:
        table.drop_column("taken_at")
    with op.batch_alter_table("source") as table:
        for name in ("credit_repository", "credit_licence", "credit_by", "rank", "kind"):
            table.drop_column(name)
