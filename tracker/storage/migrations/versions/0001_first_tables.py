"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("first_seen", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("sha256", name=op.f("uq_document_sha256")),
    )
    op.create_table(
        "legislature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("abstention", sa.Boolean(), nullable=False),
        sa.Column("spoken_counts", sa.Boolean(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legislature")),
        sa.UniqueConstraint("slug", name=op.f("uq_legislature_slug")),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("inserted", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_source_started_at"), ["source", "started_at"], unique=False)

    op.create_table(
        "source_lock",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("beat", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_lock")),
    )
    op.create_table(
        "bill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_bill_legislature_id_legislature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill")),
        sa.UniqueConstraint("legislature_id", "number", "period", name=op.f("uq_bill_legislature_id_number_period")),
    )
    op.create_table(
        "code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_code_legislature_id_legislature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
        sa.UniqueConstraint(
            "legislature_id",
            "printed",
            "position",
            "reason",
            name=op.f("uq_code_legislature_id_printed_position_reason"),
        ),
    )
    op.create_table(
        "fetch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("read_by", sa.String(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_fetch_document_id_document")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_fetch_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
    )
    with op.batch_alter_table("fetch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fetch_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fetch_url_id"), ["url", "id"], unique=False)

    op.create_table(
        "group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("attached", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_group_legislature_id_legislature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
        sa.UniqueConstraint("legislature_id", "code", name=op.f("uq_group_legislature_id_code")),
    )
    op.create_table(
        "motion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_motion_legislature_id_legislature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_person_legislature_id_legislature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("legislature_id", "slug", name=op.f("uq_person_legislature_id_slug")),
    )
    op.create_table(
        "rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("fraction", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_rule_legislature_id_legislature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule")),
        sa.UniqueConstraint("legislature_id", "printed", name=op.f("uq_rule_legislature_id_printed")),
    )
    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_sitting_document_id_document")),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_sitting_legislature_id_legislature")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint(
            "legislature_id", "date", "document_id", name=op.f("uq_sitting_legislature_id_date_document_id")
        ),
    )
    op.create_table(
        "source",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("timetable", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_source_legislature_id_legislature")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_source")),
    )
    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mandate_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint("person_id", "since", name=op.f("uq_mandate_person_id_since")),
    )
    op.create_table(
        "motion_bill",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_motion_bill_bill_id_bill")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_motion_bill_motion_id_motion")),
        sa.PrimaryKeyConstraint("motion_id", "bill_id", name=op.f("pk_motion_bill")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("motion_bill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_motion_bill_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_spell_group_id_group")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_spell_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spell")),
        sa.UniqueConstraint("person_id", "group_id", "since", name=op.f("uq_spell_person_id_group_id_since")),
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=True),
        sa.Column("sitting_date", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.String(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("first_seen", sa.DateTime(), nullable=False),
        sa.Column("gone_since", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_vote_legislature_id_legislature")
        ),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_vote_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("slug", name=op.f("uq_vote_slug")),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_vote_legislature_id_sitting_date_taken_at_ordinal"),
            ["legislature_id", "sitting_date", "taken_at", "ordinal"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_vote_observation_id"), ["observation_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_vote_sitting_date_taken_at_ordinal"), ["sitting_date", "taken_at", "ordinal"], unique=False
        )

    op.create_table(
        "voter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("legislature_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("nth", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legislature_id"], ["legislature.id"], name=op.f("fk_voter_legislature_id_legislature")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voter_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voter")),
        sa.UniqueConstraint(
            "legislature_id",
            "name",
            "ref",
            "region",
            "person_id",
            "nth",
            name=op.f("uq_voter_legislature_id_name_ref_region_person_id_nth"),
        ),
    )
    with op.batch_alter_table("voter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voter_person_id"), ["person_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("voter_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_attendance_sitting_id_sitting")),
        sa.ForeignKeyConstraint(["voter_id"], ["voter.id"], name=op.f("fk_attendance_voter_id_voter")),
        sa.PrimaryKeyConstraint("sitting_id", "voter_id", name=op.f("pk_attendance")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("vote_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_finding_document_id_document")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_finding_run_id_run")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_finding_vote_id_vote")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_vote_id"), ["vote_id"], unique=False)

    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("lookups", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("announced_text", sa.Text(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=True),
        sa.Column("ballots_of", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_observation_document_id_document")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_observation_vote_id_vote")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observation_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_observation_vote_id_seen_at"), ["vote_id", "seen_at"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("voter_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.SmallInteger(), nullable=True),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_ballot_code_id_code")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_ballot_group_id_group")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_ballot_observation_id_observation")
        ),
        sa.ForeignKeyConstraint(["voter_id"], ["voter.id"], name=op.f("fk_ballot_voter_id_voter")),
        sa.PrimaryKeyConstraint("observation_id", "voter_id", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index("ix_ballot_voter_id_observation_id", ["voter_id", "observation_id"], unique=False)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("now", sa.Text(), nullable=True),
        sa.Column("noticed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_change_observation_id_observation")
        ),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_change_vote_id_vote")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_noticed_at"), ["noticed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_vote_id_id"), ["vote_id", "id"], unique=False)

    op.create_table(
        "spoken",
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("voter_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("now", sa.String(), nullable=False),
        sa.Column("declared", sa.String(), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_spoken_observation_id_observation")
        ),
        sa.ForeignKeyConstraint(["voter_id"], ["voter.id"], name=op.f("fk_spoken_voter_id_voter")),
        sa.PrimaryKeyConstraint("observation_id", "n", name=op.f("pk_spoken")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("spoken", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spoken_voter_id"), ["voter_id"], unique=False)

    op.create_table(
        "tally",
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("not_cast", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_tally_observation_id_observation")
        ),
        sa.PrimaryKeyConstraint("observation_id", "kind", name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )

    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE vote_search USING fts5(words, content='', tokenize='unicode61', prefix='2 3 4')"
        )
    else:
        op.execute(
            "CREATE TABLE vote_search (vote_id integer NOT NULL CONSTRAINT pk_vote_search PRIMARY KEY, words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_vote_search_words ON vote_search USING gin (words)")


def downgrade() -> None:
    op.execute("DROP TABLE vote_search")
    op.drop_table("tally")
    with op.batch_alter_table("spoken", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spoken_voter_id"))

    op.drop_table("spoken")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_vote_id_id"))
        batch_op.drop_index(batch_op.f("ix_change_noticed_at"))

    op.drop_table("change")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index("ix_ballot_voter_id_observation_id")

    op.drop_table("ballot")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observation_vote_id_seen_at"))
        batch_op.drop_index(batch_op.f("ix_observation_document_id"))

    op.drop_table("observation")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_vote_id"))
        batch_op.drop_index(batch_op.f("ix_finding_run_id"))
        batch_op.drop_index(batch_op.f("ix_finding_document_id"))

    op.drop_table("finding")
    op.drop_table("attendance")
    with op.batch_alter_table("voter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voter_person_id"))

    op.drop_table("voter")
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_sitting_date_taken_at_ordinal"))
        batch_op.drop_index(batch_op.f("ix_vote_observation_id"))
        batch_op.drop_index(batch_op.f("ix_vote_legislature_id_sitting_date_taken_at_ordinal"))

    op.drop_table("vote")
    op.drop_table("spell")
    with op.batch_alter_table("motion_bill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_motion_bill_bill_id"))

    op.drop_table("motion_bill")
    op.drop_table("mandate")
    op.drop_table("source")
    op.drop_table("sitting")
    op.drop_table("rule")
    op.drop_table("person")
    op.drop_table("motion")
    op.drop_table("group")
    with op.batch_alter_table("fetch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fetch_url_id"))
        batch_op.drop_index(batch_op.f("ix_fetch_run_id"))

    op.drop_table("fetch")
    op.drop_table("code")
    op.drop_table("bill")
    op.drop_table("source_lock")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_source_started_at"))

    op.drop_table("run")
    op.drop_table("legislature")
    op.drop_table("document")
