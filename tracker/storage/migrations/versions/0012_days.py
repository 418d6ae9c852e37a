"""The search index of SQLite in the order of days. PostgreSQL's has no order."""

from __future__ import annotations

import json

from alembic import op

from tracker.storage import search

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        search.reindex(op.get_bind())


def downgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    op.execute(search.EMPTY_SQLITE)
    found = bind.exec_driver_sql(
        "SELECT vote.id, observation.fields FROM vote JOIN observation ON observation.id = vote.observation_id "
        "ORDER BY vote.id"
    )
    for some in found.partitions(1000):
        words = [(vote, search.words_in(json.loads(fields))) for vote, fields in some]
        bind.exec_driver_sql("INSERT INTO vote_search(rowid, words) VALUES (?, ?)", words)
