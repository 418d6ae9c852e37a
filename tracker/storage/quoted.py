"""By which counts may a vote be quoted: every one that any paper or reading of it has had?

A vote is found by its figures in an index of its own. A row stands for a count and not for a reading, so one that comes
again adds nothing, and one that a newer reading replaces stays: an article may have quoted it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import Connection

from tracker.domain.changes import TALLIES
from tracker.domain.reconcile import Reconciliation

Row = tuple[int, int, int, date, int]
"""Yes, no, abstentions, sitting day, vote."""


def rows(sums: Reconciliation, day: date, vote: int) -> Iterator[Row]:
    """Return the rows of one reading's counts; elections by name and quorum calls have none."""
    for kind in TALLIES:
        tally = getattr(sums, kind)
        if tally is not None and tally.cast:
            yield tally.yes, tally.no, tally.abstain, day, vote


def write(connection: Connection, found: Collection[Row]) -> None:
    """Add rows; those that are there already stay."""
    if not found:
        return
    signs = {"qmark": "(?, ?, ?, ?, ?)", "pyformat": "(%s, %s, %s, %s, %s)"}[connection.dialect.paramstyle]
    days = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(
        f"INSERT INTO quoted (yes, no, abstain, sitting_date, vote_id) VALUES {signs} ON CONFLICT DO NOTHING",  # noqa: S608
        [(*counts, day.isoformat() if days else day, vote) for *counts, day, vote in sorted(set(found))],
    )
