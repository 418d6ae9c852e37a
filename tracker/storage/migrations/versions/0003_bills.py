"""Bills as the chambers' lists have them, and official pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.storage import search

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("legislature", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name=op.f("fk_link_source_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint(
            "source", "kind", "legislature", "period", name=op.f("uq_link_source_kind_legislature_period")
        ),
    )
    op.create_table(
        "bill_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legislature", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.DateTime(), nullable=False),
        sa.Column("last_seen", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_record")),
        sa.UniqueConstraint("legislature", "period", "number", name=op.f("uq_bill_record_legislature_period_number")),
    )
    with op.batch_alter_table("bill_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bill_record_number"), ["number"], unique=False)
    op.create_table(
        "bill_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("notation", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("presented", sa.Date(), nullable=False),
        sa.Column("proponent", sa.String(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_bill_state_document_id_document")),
        sa.ForeignKeyConstraint(["record_id"], ["bill_record.id"], name=op.f("fk_bill_state_record_id_bill_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_state")),
    )
    with op.batch_alter_table("bill_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bill_state_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bill_state_record_id_seen_at"), ["record_id", "seen_at"], unique=False)
    # Until now Peru's votes named bills without their period; all of them were of 2021 to 2026.
    op.execute(
        "UPDATE bill SET period = '2021-2026' WHERE period = '' AND legislature_id IN "
        "(SELECT id FROM legislature WHERE slug = 'pe_congress')"
    )
    search.reindex(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table("bill_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bill_state_record_id_seen_at"))
        batch_op.drop_index(batch_op.f("ix_bill_state_document_id"))

    op.drop_table("bill_state")
    with op.batch_alter_table("bill_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bill_record_number"))

    op.drop_table("bill_record")
    op.drop_table("link")
    op.execute(
        "UPDATE bill SET period = '' WHERE legislature_id IN (SELECT id FROM legislature WHERE slug = 'pe_congress')"
    )
