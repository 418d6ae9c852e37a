"""What lists are narrowed down by: how yes and no stand, how each group voted, which readings moved something."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.domain.lead import lead
from tracker.domain.tally import Tally

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = ("board", "counted", "final")
PARTIAL = (
    ("ix_vote_turned", "vote", ("sitting_date", "taken_at", "ordinal"), "turned"),
    ("ix_vote_unsettled", "vote", ("sitting_date", "taken_at", "ordinal"), "status <> 'official'"),
    ("ix_vote_doubtful", "vote", ("sitting_date",), "verdict = 'doubtful'"),
    ("ix_vote_legislature_id_result", "vote", ("legislature_id", "result"), "result IS NOT NULL"),
    ("ix_observation_moved", "observation", ("id",), "cause IS NOT NULL"),
    ("ix_finding_trouble", "finding", ("id",), "severity <> 'noted'"),
)
WHOLE = (
    ("ix_vote_margin_sitting_date", "vote", ("margin", "sitting_date")),
    ("ix_vote_motion_id", "vote", ("motion_id",)),
    ("ix_motion_legislature_id_kind", "motion", ("legislature_id", "kind")),
    ("ix_change_observation_id", "change", ("observation_id",)),
)


def upgrade() -> None:
    op.add_column("vote", sa.Column("margin", sa.Integer(), nullable=True))
    op.add_column("vote", sa.Column("ahead", sa.String(), nullable=True))
    op.add_column("vote", sa.Column("turned", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("observation", sa.Column("cause", sa.String(), nullable=True))
    op.create_table(
        "group_tally",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("observation_id", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_group_tally_group_id_group")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_group_tally_observation_id_observation")
        ),
        sa.PrimaryKeyConstraint("group_id", "observation_id", name=op.f("pk_group_tally")),
        sqlite_with_rowid=False,
    )
    for name, table, columns in WHOLE:
        op.create_index(name, table, list(columns))
    _fill()
    for name, table, some, condition in PARTIAL:
        where = sa.text(condition)
        op.create_index(name, table, list(some), sqlite_where=where, postgresql_where=where)


def _fill() -> None:
    """Work out for what is stored already what the writer stores from now on."""
    op.execute(
        "INSERT INTO group_tally (group_id, observation_id, yes, no, abstain) "
        "SELECT b.group_id, b.observation_id, sum(CASE c.position WHEN 'yes' THEN 1 ELSE 0 END), "
        "sum(CASE c.position WHEN 'no' THEN 1 ELSE 0 END), sum(CASE c.position WHEN 'abstain' THEN 1 ELSE 0 END) "
        "FROM ballot b JOIN code c ON c.id = b.code_id "
        "WHERE b.group_id IS NOT NULL AND c.position IN ('yes', 'no', 'abstain') GROUP BY b.group_id, b.observation_id"
    )
    op.execute(
        "UPDATE observation SET cause = "
        "(SELECT min(c.cause) FROM change c WHERE c.observation_id = observation.id) "
        "WHERE id IN (SELECT observation_id FROM change)"
    )
    votes, told = _stored()
    connection = op.get_bind()
    standing = [
        {"key": row.id, **lead(**{kind: told.get((row.observation_id, kind)) for kind in KINDS})._asdict()}
        for row in connection.execute(sa.select(votes.c.id, votes.c.observation_id))
    ]
    if standing:
        connection.execute(
            votes.update()
            .where(votes.c.id == sa.bindparam("key"))
            .values({name: sa.bindparam(name) for name in ("margin", "ahead", "turned")}),
            standing,
        )


def _stored() -> tuple[sa.TableClause, dict[tuple[int, str], Tally]]:
    """Return the table of votes, and the tallies by observation and kind."""
    names = ("id", "observation_id", "margin", "ahead", "turned")
    votes = sa.table("vote", *(sa.column(name) for name in names))
    sides = sa.table("tally", *(sa.column(name) for name in ("observation_id", "kind", "yes", "no")))
    rows = op.get_bind().execute(sa.select(sides).where(sides.c.kind.in_(KINDS)))
    return votes, {(row.observation_id, row.kind): Tally(row.yes, row.no) for row in rows}


def downgrade() -> None:
    for name, table, *_ in (*PARTIAL, *WHOLE):
        op.drop_index(name, table)
    op.drop_table("group_tally")
    op.drop_column("observation", "cause")
    for name in ("turned", "ahead", "margin"):
        op.drop_column("vote", name)
