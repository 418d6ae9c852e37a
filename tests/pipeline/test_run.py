"""A run in earnest: a loopback site, a real archive, a real database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from loopback import Answered, Asked, Loopback
from sqlalchemy import Engine, func, select

from tracker.archive.store import Store
from tracker.domain.people import Register
from tracker.pipeline.again import rebuild
from tracker.pipeline.asking import Again
from tracker.pipeline.collect import Ending
from tracker.pipeline.run import Report, manners, rehearse, run
from tracker.settings import Settings
from tracker.sources.contract import Source, Window
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.runs import SourceBusy, holding
from tracker.storage.tables import metadata

t = metadata.tables
WINDOW = Window(date(2023, 5, 1), date(2023, 5, 31))
GOOD = "board 2-1-0\nAna: Y A\nBerta: Y A\nCarla: N"
RECORDS = ("fetch", "run")


class OfficialSite(Loopback):
    """Pages by path, with entity tags; remembers what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[tuple[str, int]] = []
        super().__init__()

    def answer(self, asked: Asked) -> Answered:
        path = asked.path.lstrip("/")
        text = self.pages.get(path)
        said = Answered(404, b"no such page")
        if text is not None:
            tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:8]}"'
            held = asked.headers.get("If-None-Match") == tag
            said = Answered(304, b"", {"ETag": tag}) if held else Answered(200, text.encode(), {"ETag": tag})
        self.asked.append((path, said.status))
        return said


@pytest.fixture
def official() -> Iterator[OfficialSite]:
    site = OfficialSite()
    site.pages = {"index": "1 2", "1": GOOD, "2": GOOD}
    yield site
    site.close()


@pytest.fixture
def options(official: OfficialSite, database_url: str, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database_url=database_url, at={"tri": official.url}, pause=0)


@pytest.fixture
def go(source: Source, engine: Engine, options: Settings) -> Callable[..., Report]:
    def once(**more: Any) -> Report:
        chosen = more.pop("source", source)
        store = Store(options.archive)
        return run(chosen, more.pop("window", WINDOW), engine=engine, store=store, settings=options, **more)

    return once


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in t.items()}


def state(engine: Engine) -> list[Any]:
    """Everything that is known of the votes, without keys and times."""
    v, o, b, r, c, y = (t[name] for name in ("vote", "observation", "ballot", "voter", "code", "tally"))
    with engine.connect() as connection:
        votes = connection.execute(
            select(v.c.slug, v.c.status, v.c.verdict, o.c.fields, o.c.checks, o.c.fingerprint)
            .join(o, o.c.id == v.c.observation_id).order_by(v.c.slug)
        ).all()  # fmt: skip
        ballots = connection.execute(
            select(v.c.slug, r.c.name, r.c.nth, c.c.printed)
            .select_from(v).join(o, o.c.id == v.c.observation_id).join(b, b.c.observation_id == o.c.ballots_of)
            .join(r, r.c.id == b.c.voter_id).join(c, c.c.id == b.c.code_id).order_by(v.c.slug, r.c.name, r.c.nth)
        ).all()  # fmt: skip
        tallies = connection.execute(
            select(v.c.slug, y.c.kind, y.c.yes, y.c.no, y.c.abstain, y.c.not_cast)
            .select_from(v).join(y, y.c.observation_id == v.c.observation_id).order_by(v.c.slug, y.c.kind)
        ).all()  # fmt: skip
        h = t["change"]
        moved = connection.execute(
            select(v.c.slug, h.c.cause, h.c.field, h.c.who, h.c.was, h.c.now)
            .join(h, h.c.vote_id == v.c.id).order_by(v.c.slug, h.c.id)
        ).all()  # fmt: skip
    return [votes, ballots, tallies, moved]


def test_a_stand_in_on_this_machine_is_asked_without_pauses(source: Source) -> None:
    here, elsewhere = Settings(at={"tri": "http://127.0.0.1:9"}), Settings(at={"tri": "https://mirror.example"})
    assert manners(source.sheet, here).pause == 0
    assert manners(source.sheet, elsewhere).pause == source.sheet.polite.pause
    assert manners(source.sheet, Settings(at={"tri": "http://127.0.0.1:9"}, pause=2)).pause == 2


def test_a_first_run_stores_and_a_second_writes_nothing(
    go: Callable[..., Report], engine: Engine, official: OfficialSite
) -> None:
    first = go(again=Again.ALL)
    assert (first.ending, first.totals.inserted) == (Ending.DONE, 2)
    before = rows(engine)
    second = go(again=Again.ALL)
    assert second.ending is Ending.UNCHANGED
    after = rows(engine)
    assert {name for name in after if after[name] != before[name]} == set(RECORDS)
    assert official.asked[3:] == [("index", 304), ("1", 304), ("2", 304)]


def test_an_amended_page_moves_a_tally_and_says_why(
    go: Callable[..., Report], engine: Engine, official: OfficialSite
) -> None:
    go(again=Again.ALL)
    official.pages["2"] = GOOD.replace("board 2-1-0", "board 3-0-0").replace("Carla: N", "Carla: Y")
    report = go(again=Again.ALL)
    assert (report.ending, report.totals.updated) == (Ending.DONE, 1)
    moved = state(engine)[3]
    assert ("three-2", "source", "ballot", "Carla", "N", "Y") in [tuple(row) for row in moved]
    assert rows(engine)["document"] == 3, "the index, the two sheets' common bytes, the amended sheet"


def test_old_sittings_are_left_alone_and_new_pages_found(go: Callable[..., Report], official: OfficialSite) -> None:
    go()
    official.asked.clear()
    official.pages["index"] = "1 2 3"
    official.pages["3"] = GOOD
    report = go()
    assert report.totals.inserted == 1
    assert [path for path, _ in official.asked] == ["index", "3"], (
        "the sheets of 2023 are past their time of correction"
    )


def test_a_page_left_unread_is_read_later(
    go: Callable[..., Report], source: Source, engine: Engine, official: OfficialSite
) -> None:
    go(again=Again.ALL)
    newer = replace(source, roles=source.roles | {"sheet": replace(source.roles["sheet"], version=2)})
    report = go(source=newer, again=Again.ALL)
    assert report.totals.unchanged == 2, "the same bytes, read by a newer reader, say the same"
    assert rows(engine)["observation"] == 2


def test_dry_run_keeps_nothing(source: Source, engine: Engine, options: Settings, official: OfficialSite) -> None:
    before = rows(engine)
    report = rehearse(source, WINDOW, settings=options)
    assert (report.totals.inserted, report.ending) == (2, Ending.DONE)
    assert rows(engine) == before
    assert not options.archive.exists() or not list(Store(options.archive).sightings())


def test_rebuild_reaches_the_same_state(
    go: Callable[..., Report], source: Source, engine: Engine, options: Settings, official: OfficialSite, tmp_path: Path
) -> None:
    go(again=Again.ALL)
    official.pages["2"] = GOOD.replace("board 2-1-0", "board 3-0-0").replace("Carla: N", "Carla: Y")
    go(again=Again.ALL)
    fresh = open_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    upgrade(fresh)
    store = Store(options.archive)
    rebuild(source, engine=fresh, store=store)
    assert state(fresh) == state(engine)
    before = rows(engine)
    report = rebuild(source, engine=engine, store=store)
    assert report.ending is Ending.UNCHANGED
    assert rows(engine) == before | {"run": before["run"] + 1}
    fresh.dispose()


def test_a_corrected_register_is_our_correction(
    go: Callable[..., Report], source: Source, engine: Engine, options: Settings, register: Register
) -> None:
    go(again=Again.ALL)
    named = replace(source, register=lambda: register, lookups="/r1")
    report = rebuild(named, engine=engine, store=Store(options.archive))
    assert report.totals.updated == 2
    assert {row[1] for row in state(engine)[3]} == {"correction"}


def test_two_processes_never_run_a_source_twice(go: Callable[..., Report], engine: Engine) -> None:
    with holding(engine, "tri", holder="another-machine:1"), pytest.raises(SourceBusy, match="another-machine"):
        go()
    assert go(again=Again.ALL).totals.inserted == 2


def test_a_run_that_died_is_closed_and_the_lock_taken_over(go: Callable[..., Report], engine: Engine) -> None:
    import socket

    from tracker.storage.runs import Lock, start_run

    Lock(engine, "tri", f"{socket.gethostname()}:4194301").take()
    start_run(engine, "tri", trigger="timetable", since=WINDOW.since, until=WINDOW.until)
    assert go(again=Again.ALL).totals.inserted == 2
    r = t["run"]
    with engine.connect() as connection:
        endings = connection.execute(select(r.c.ending, r.c.message).order_by(r.c.id)).all()
    assert [ending for ending, _ in endings] == ["failed", "done"]
    assert "its process ended" in endings[0].message


def test_a_page_that_is_gone_marks_its_votes(go: Callable[..., Report], engine: Engine, official: OfficialSite) -> None:
    go(again=Again.ALL)
    del official.pages["2"]
    go(again=Again.ALL)
    v = t["vote"]
    with engine.connect() as connection:
        gone = dict(connection.execute(select(v.c.slug, v.c.gone_since)).all())
    assert gone["three-1"] is None
    assert gone["three-2"] is not None
    official.pages["2"] = GOOD
    go(again=Again.ALL)
    with engine.connect() as connection:
        assert connection.scalar(select(v.c.gone_since).where(v.c.slug == "three-2")) is None


def test_an_oversized_answer_is_a_finding_with_its_beginning_kept(
    go: Callable[..., Report], source: Source, engine: Engine, official: OfficialSite
) -> None:
    polite = source.sheet.polite.model_copy(update={"max_bytes": 1000, "attempts": 1})
    small = replace(source, sheet=source.sheet.model_copy(update={"polite": polite}))
    official.pages["1"] = "x" * 5000
    report = go(source=small, again=Again.ALL)
    assert report.totals.inserted == 1
    f, d = t["finding"], t["document"]
    with engine.connect() as connection:
        code, size = connection.execute(
            select(f.c.code, d.c.size).join(d, d.c.id == f.c.document_id).where(f.c.severity == "unreadable")
        ).one()
    assert code == "too_large"
    assert 0 < size <= 5000


def test_a_failure_in_the_middle_keeps_what_was_stored(
    go: Callable[..., Report], engine: Engine, official: OfficialSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.pipeline.saving.BATCH", 1)

    def watch(journey: Any, request: Any, waiting: int) -> None:
        if journey.votes == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(again=Again.ALL, watch=watch)
    assert rows(engine)["vote"] == 1
    assert go(again=Again.ALL).totals.inserted == 1
