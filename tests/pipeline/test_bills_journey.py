"""From the list of bills, asked by POST on loopback, into archive and database, again, and back out of the archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from loopback import Answered, Asked, Loopback
from sqlalchemy import Engine, func, select

from tracker.archive.store import Store
from tracker.pipeline.again import rebuild
from tracker.pipeline.asking import Again
from tracker.pipeline.collect import Ending
from tracker.pipeline.run import Report, rehearse, run
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Window
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.tables import metadata

t = metadata.tables
THURSDAY = Window(date(2026, 10, 1), date(2026, 10, 8))
SUNDAY = Window(date(2026, 10, 4), date(2026, 10, 11))
SUFFIX = {"S": "S", "D": "CD", "C": "CR"}
LIST = "/spley-portal-service/proyecto-ley/lista-con-filtro"


class ListOfBills(Loopback):
    """Answers as the interface does: page and row count only in the body, and each answer has another time."""

    def __init__(self) -> None:
        self.lists: dict[tuple[int, str], list[dict[str, Any]]] = {}
        self.asked: list[tuple[int, str, int]] = []
        self.more = ""
        super().__init__()

    def answer(self, asked: Asked) -> Answered:
        assert (asked.path, asked.headers["Content-Type"]) == (LIST, "application/json")
        sent = json.loads(asked.body)
        period, code, first = sent["perParId"], sent["codTipoParl"], sent["rowStart"]
        self.asked.append((period, code, first))
        rows = self.lists[period, code]
        data = {"proyectos": rows[first : first + sent["pageSize"]], "rowsTotal": len(rows)}
        stamp = f"2026-10-08T23:03:{len(self.asked):02}.781-05:00"
        told = {"code": 200, "status": "success", "data": data, "timestamp": stamp}
        return Answered(200, (json.dumps(told)[:-1] + self.more + "}").encode(), {"Content-Type": "application/json"})

    def fill(self, period: int, code: str, size: int) -> None:
        self.lists[period, code] = [self.row(period, code, number) for number in range(size, 0, -1)]

    @staticmethod
    def row(period: int, code: str, number: int) -> dict[str, Any]:
        notation = f"{number:05}-2026-2031-{SUFFIX[code]}" if period == 2026 else f"{number:05}/2024-CR"
        return {
            "perParId": period, "pleyNum": number, "proyectoLey": notation, "desEstado": "EN COMISIÓN",
            "fecPresentacion": "2026-09-05T00:00:00.000-05:00", "titulo": f"LEY {number}", "desProponente": "Congreso",
            "autores": "Paz, Ana; Sol, Berta", "codTipoParl": code, "codTipoParlActual": code, "rowsTotal": 0,
        }  # fmt: skip


@pytest.fixture
def site() -> Iterator[ListOfBills]:
    found = ListOfBills()
    for code, size in (("D", 30), ("S", 13), ("C", 6)):
        found.fill(2026, code, size)
    found.fill(2021, "C", 2500)
    yield found
    found.close()


@pytest.fixture
def desk(tmp_path: Path, site: ListOfBills, database_url: str) -> Iterator[tuple[Engine, Store, Settings]]:
    engine = open_engine(database_url)
    upgrade(engine)
    address = site.url
    settings = Settings(home=tmp_path, database_url=database_url, at={"pe_bills": address})
    yield engine, Store(settings.archive), settings
    engine.dispose()


def go(desk: tuple[Engine, Store, Settings], window: Window = THURSDAY, again: Again = Again.DUE) -> Report:
    engine, store, settings = desk
    return run(source("pe_bills"), window, engine=engine, store=store, settings=settings, again=again)


def count(engine: Engine, name: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(t[name])) or 0


def said(engine: Engine) -> list[tuple[Any, ...]]:
    """Everything on record of bills, by series, number and time, without keys."""
    r, s = t["bill_record"], t["bill_state"]
    query = (
        select(r.c.legislature, r.c.period, r.c.number, s.c.stage, s.c.title, s.c.seen_at, s.c.id == r.c.state_id)
        .join(r, r.c.id == s.c.record_id)
        .order_by(r.c.legislature, r.c.period, r.c.number, s.c.seen_at)
    )
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def objects(store: Store) -> int:
    return sum(path.is_file() for path in (store.root / "objects").rglob("*"))


def test_a_night_asks_for_the_newest_page_of_each_growing_list(desk: Any, site: ListOfBills) -> None:
    report = go(desk)
    assert report.ending is Ending.DONE
    assert site.asked == [(2026, "D", 0), (2026, "S", 0), (2026, "C", 0)]
    assert report.totals.bills == 49
    assert {(law, period) for law, period, *_ in said(desk[0])} == {
        ("pe_deputies", "2026-2031"), ("pe_senate", "2026-2031"), ("pe_congress", "2026-2031"),
    }  # fmt: skip


def test_the_time_of_answering_alone_changes_nothing(desk: Any, site: ListOfBills) -> None:
    go(desk)
    before = said(desk[0]), objects(desk[1]), count(desk[0], "document")
    report = go(desk)
    assert report.ending is Ending.UNCHANGED
    assert report.journey.requests == 3
    assert (said(desk[0]), objects(desk[1]), count(desk[0], "document")) == before
    with desk[0].connect() as connection:
        r = t["bill_record"]
        assert connection.scalar(select(func.count()).where(r.c.last_seen > r.c.first_seen)) == 49


def test_what_moved_is_written_beside_what_was(desk: Any, site: ListOfBills) -> None:
    go(desk)
    site.lists[2026, "S"][3] |= {"desEstado": "APROBADO"}
    site.lists[2026, "S"].insert(0, site.row(2026, "S", 14))
    report = go(desk)
    assert report.ending is Ending.DONE
    assert report.totals.bills == 2
    ten = [(stage, current) for law, _, number, stage, _, _, current in said(desk[0])
           if (law, number) == ("pe_senate", "10")]  # fmt: skip
    assert ten == [("EN COMISIÓN", False), ("APROBADO", True)]


def test_a_sunday_asks_for_whole_lists(desk: Any, site: ListOfBills) -> None:
    report = go(desk, SUNDAY)
    assert report.totals.bills == 2549
    assert [asked for asked in site.asked if asked[0] == 2021] == [(2021, "C", row) for row in (0, 1000, 2000)]
    assert report.ending is Ending.DONE
    assert not report.findings


def test_a_backfill_asks_for_whole_lists_and_not_twice(desk: Any, site: ListOfBills) -> None:
    years = Window(date(2021, 7, 27), date(2026, 10, 8))
    assert go(desk, years, Again.NEVER).totals.bills == 2549
    assert len(site.asked) == len(set(site.asked)) == 6


def test_the_archive_alone_gives_the_same_again(desk: Any, site: ListOfBills, tmp_path: Path) -> None:
    engine, store, _ = desk
    go(desk, SUNDAY)
    site.lists[2021, "C"][1200] |= {"desEstado": "LEY"}
    site.lists[2026, "D"][0] |= {"titulo": "OTRO TÍTULO"}
    go(desk, SUNDAY)
    before = said(engine)
    asked = len(site.asked)
    fresh = open_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    upgrade(fresh)
    assert rebuild(source("pe_bills"), engine=fresh, store=store).totals.bills == 2551
    assert said(fresh) == before
    assert rebuild(source("pe_bills"), engine=engine, store=store).totals.bills == 0
    assert said(engine) == before
    assert len(site.asked) == asked
    fresh.dispose()


def test_no_identity_number_reaches_archive_or_database(desk: Any, site: ListOfBills) -> None:
    engine, _, settings = desk
    site.lists[2026, "S"][0] |= {"dni": "06543210", "titulo": "PENSIÓN A ANA PAZ, DNI N.° 16543210"}
    report = go(desk)
    assert report.totals.bills == 49
    assert [noticed.code for noticed in report.noticed] == ["unknown_field"]
    kept = b"".join(path.read_bytes() for path in settings.archive.rglob("*") if path.is_file())
    assert b"06543210" not in kept
    assert b"16543210" not in kept
    titles = [title for *_, title, _, _ in said(engine) if "PENSI" in title]
    assert titles == ["PENSIÓN A ANA PAZ, DNI N.° ********"]


def test_an_answer_that_cannot_be_cleaned_is_not_kept_at_all(desk: Any, site: ListOfBills) -> None:
    engine, store, _ = desk
    site.more = ', "dni": {"valor": "AB 1"}'
    report = go(desk)
    assert report.ending is Ending.FAILED
    assert "identity number" in report.message
    assert (objects(store), count(engine, "document"), said(engine)) == (0, 0, [])
    assert list(store.sightings()) == []
    site.more = ""
    assert go(desk).ending is Ending.DONE


def test_the_beginning_of_an_answer_that_is_too_long_is_not_kept_either(desk: Any, site: ListOfBills) -> None:
    engine, store, settings = desk
    real = source("pe_bills")
    polite = real.sheet.polite.model_copy(update={"max_bytes": 4_000})
    small = replace(real, sheet=real.sheet.model_copy(update={"polite": polite}))
    report = run(small, THURSDAY, engine=engine, store=store, settings=settings)
    assert report.ending is Ending.FAILED
    assert "4,000" in report.message
    assert (objects(store), report.totals.bills) == (1, 6), "the shortest list alone fits"


def test_a_list_that_is_suddenly_empty_takes_nothing_away(desk: Any, site: ListOfBills) -> None:
    go(desk)
    before = said(desk[0])
    site.lists[2026, "S"] = []
    report = go(desk)
    assert said(desk[0]) == before
    assert report.findings["unreadable"] == 1
    assert "empty" in report.message


def test_a_rehearsal_counts_bills_and_keeps_nothing(desk: Any, site: ListOfBills) -> None:
    engine, store, settings = desk
    report = rehearse(source("pe_bills"), THURSDAY, settings=settings)
    assert report.totals.bills == 49
    assert report.ending is Ending.DONE
    assert objects(store) == 0
    assert said(engine) == []
