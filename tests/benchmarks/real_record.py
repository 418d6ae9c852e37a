"""A database to measure on: two years of Peru's Congress, brought in by the product's own import."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import checkouts

from tracker.archive.store import Store
from tracker.pipeline.importing import Days, bring
from tracker.sources.catalogue import source
from tracker.storage.engine import open_engine, upgrade

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
BEGIN, SITTINGS, A_DAY = date(2021, 8, 2), 200, 10
"""Sittings that never were, where there is no corpus: from when on, how many, with how many votes."""


def fill(home: Path, *, without: int = 0) -> str:
    """Return the address of the database in a folder, filled if it is not yet; say what is in it.

    `without`: every so many records one is left out.
    """
    path = home / "escrutinio.sqlite"
    url = f"sqlite:///{path}"
    if path.exists():
        print(f"as found in {home}")
        return url
    print("votes of July 2021 to October 2023" if CORPUS.is_dir() else "no corpus: votes that never were")
    engine = open_engine(url)
    upgrade(engine)
    root = checkouts.write(home / "checkout", (one for n, one in enumerate(records()) if not without or n % without))
    checkouts.commit(root)
    report = bring(source("pe_openpolitica"), root, Days(), engine=engine, store=Store(home / "archive"))
    engine.dispose()
    print(f"{report.totals.inserted} votes")
    return url


def records() -> Iterator[checkouts.Record]:
    """Return what is brought in: the votes of the corpus, or votes that never were."""
    if CORPUS.is_dir():
        return (record for _, record in checkouts.of_facts(CORPUS, "votacion"))
    days = (BEGIN + timedelta(days=4 * n) for n in range(SITTINGS))
    return (record for day in days for record in checkouts.invented(day, A_DAY))
