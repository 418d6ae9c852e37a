"""What a sentence calls a chamber, in each language; until its next run, by its title."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAMES = ("called_en", "called_es")


def upgrade() -> None:
    for name in NAMES:
        op.add_column("legislature", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE legislature SET called_en = title, called_es = title")


def downgrade() -> None:
    for name in NAMES:
        op.drop_column("legislature", name)
