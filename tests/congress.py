"""The votes of Peru's Congress from July 2021 to October 2023 in a database, to be searched: subjects, days and counts.

Who voted how is left out, but for the vote this product began with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import peru_facts
from sqlalchemy import Engine

from tracker.domain.bills import peru_period, peru_printed
from tracker.domain.changes import facts_of
from tracker.domain.evidence import Document, Request
from tracker.domain.legislature import Legislature, Paper
from tracker.domain.reconcile import Reconciliation, reconcile
from tracker.domain.votes import Vote
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.write import Fetch, Reading, Writer

FOUNDING = "2023-05-19T00-10"
LIMA = ZoneInfo("America/Lima")
LAW = Legislature(
    "pe_congress", "Congreso de la República del Perú", "Congreso", "PE", "es", "America/Lima", 130,
    True, True, "notes", "Peru's Congress", "el Congreso del Perú",
)  # fmt: skip
SHEETS = Paper("pe_sheets", LAW, "Asistencias y votaciones", "Congreso", "https://www2.congreso.gob.pe/", "open")


def filled(url: str, corpus: Path) -> Engine:
    """Store every vote at an address."""
    engine = open_engine(url)
    upgrade(engine)
    store(engine, [vote(facts) for facts in peru_facts.votes(corpus)])
    return engine


def vote(facts: peru_facts.Facts) -> tuple[Vote, Reconciliation]:
    """One vote with its subject, its bills, its two days and its count."""
    if facts["id"] == FOUNDING:
        whole, _ = peru_facts.work(facts)
    else:
        bare = peru_facts.sheet(facts | {"votes": []}, peru_facts.heard(facts, ()))
        whole = Vote(replace(bare, complete=False), (), ())
    printed = whole.printed
    day = printed.sitting_date
    taken = datetime.strptime(facts["datetime"], "%Y-%m-%dT%H:%M").replace(tzinfo=LIMA)
    bills = peru_printed(printed.subject, "pe_congress", day)
    dated = replace(printed, taken_at=taken, bills=bills, period=peru_period(day) or "")
    full = replace(whole, printed=dated)
    return full, reconcile(full, spoken_counts=True)


def store(engine: Engine, votes: Iterable[tuple[Vote, Reconciliation]]) -> None:
    """Store votes in batches, each as a document of its own."""
    writer, at = Writer(engine, SHEETS), datetime(2023, 12, 1, tzinfo=UTC)
    for one, sums in votes:
        url = f"https://www2.congreso.gob.pe/{one.printed.id}.pdf"
        document = Document.of(Request(url, "sheet"), one.printed.id.encode(), at, "application/pdf")
        fetch = Fetch(url=url, role="sheet", at=at, status=200, sha256=document.sha256, changed=True, read_by="sheet/1")
        found = [(one, sums, facts_of(one, sums))]
        writer.take(Reading(fetch=fetch, document=document, reader="sheet/1", lookups="x", votes=found))
        if writer.waiting >= 500:
            writer.flush()
    writer.flush()
