"""What there is to tell readers, and what became of the telling. Whatever is on record already is history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

VOTES = (
    "INSERT INTO event (id, kind, source, run_id, vote_id, observation_id, at, state, because, told) "
    "SELECT row_number() OVER (ORDER BY v.id), 'vote', o.source, NULL, v.id, o.id, v.first_seen, 'quiet', 'before', '' "
    "FROM vote v JOIN observation o ON o.id = (SELECT min(f.id) FROM observation f WHERE f.vote_id = v.id)"
)
CHANGES = (
    "INSERT INTO event (id, kind, source, run_id, vote_id, observation_id, at, state, because, told) "
    "SELECT (SELECT coalesce(max(id), 0) FROM event) + row_number() OVER (ORDER BY o.id), 'change', o.source, NULL, "
    "o.vote_id, o.id, (SELECT min(c.noticed_at) FROM change c WHERE c.observation_id = o.id), 'quiet', 'before', '' "
    "FROM observation o WHERE o.cause IS NOT NULL"
)


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("observation_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_event_run_id_run")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_event_vote_id_vote")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_event_observation_id_observation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_state_id", "event", ["state", "id"])
    op.create_index("ix_event_vote_id", "event", ["vote_id"])
    op.create_index("ix_event_at", "event", ["at"])
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("lease", sa.DateTime(), nullable=True),
        sa.Column("repeat", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_delivery_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("rule", "target", "event_id", name=op.f("uq_delivery_rule_target_event_id")),
    )
    op.create_index("ix_delivery_state_next_at", "delivery", ["state", "next_at"])
    op.create_index("ix_delivery_rule_target_batch", "delivery", ["rule", "target", "batch"])
    op.create_index("ix_delivery_event_id", "delivery", ["event_id"])
    op.execute(VOTES)
    op.execute(CHANGES)


def downgrade() -> None:
    op.drop_table("delivery")
    op.drop_table("event")
