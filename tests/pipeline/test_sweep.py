"""Are old pages looked at once more, a few at a time, and is what changed under an old address found?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Answered, Asked, Loopback
from sqlalchemy import Engine, select, update

from tracker.archive.store import Store
from tracker.pipeline.asking import Again
from tracker.pipeline.collect import Ending
from tracker.pipeline.run import Report, run
from tracker.pipeline.sweep import is_due, turns
from tracker.settings import Settings
from tracker.sources.contract import Source, Window
from tracker.storage.runs import Addresses, Looked
from tracker.storage.tables import metadata

t = metadata.tables
LONG_AGO = Window(date(2023, 5, 1), date(2023, 5, 31))
GOOD = "board 2-1-0\nAna: Y A\nBerta: Y A\nCarla: N"
AMENDED = "board 3-0-0\nAna: Y A\nBerta: Y A\nCarla: Y"
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


class Site(Loopback):
    """Pages by path, with entity tags; a page that is None is gone, one that is False breaks the server."""

    def __init__(self) -> None:
        self.pages: dict[str, str | bool | None] = {}
        self.asked: list[tuple[str, int]] = []
        super().__init__()

    def answer(self, asked: Asked) -> Answered:
        path = asked.path.lstrip("/")
        page = self.pages.get(path)
        body = page.encode() if isinstance(page, str) else b"nothing"
        tag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
        status = 200 if isinstance(page, str) else 503 if page is False else 404
        if status == 200 and asked.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.asked.append((path, status))
        return Answered(status, body, {"ETag": tag})


@pytest.fixture
def official() -> Iterator[Site]:
    site = Site()
    site.pages = {"index": "1 2 3 4 5"} | {str(n): f"{GOOD}\nDora: X{n}"[: len(GOOD)] for n in range(1, 6)}
    yield site
    site.close()


@pytest.fixture
def sweeping(source: Source) -> Source:
    """The source of the tests, its pages looked at again within 90 days, two in a run, tried once."""
    sheet = source.sheet
    times = sheet.timetable.model_copy(update={"sweep_days": 90, "sweep_at_once": 2})
    polite = sheet.polite.model_copy(update={"attempts": 1})
    return replace(source, sheet=sheet.model_copy(update={"timetable": times, "polite": polite}))


@pytest.fixture
def options(official: Site, database_url: str, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, database_url=database_url, at={"tri": official.url}, pause=0)


@pytest.fixture
def go(sweeping: Source, engine: Engine, options: Settings) -> Callable[..., Report]:
    def once(**more: Any) -> Report:
        chosen = more.pop("source", sweeping)
        return run(
            chosen, more.pop("window", None), engine=engine, store=Store(options.archive), settings=options, **more
        )

    return once


def age(engine: Engine, days: int) -> None:
    """Let time pass: everything that was asked for lies so many days farther back."""
    f = t["fetch"]
    with engine.begin() as connection:
        for number, at in connection.execute(select(f.c.id, f.c.at)).all():
            connection.execute(update(f).where(f.c.id == number).values(at=at - timedelta(days=days)))


def standing(engine: Engine) -> dict[str, tuple[str, bool]]:
    """Vote → its board, and whether it is marked as gone."""
    v, y = t["vote"], t["tally"]
    query = (
        select(v.c.slug, y.c.yes, y.c.no, y.c.abstain, v.c.gone_since)
        .join(y, (y.c.observation_id == v.c.observation_id) & (y.c.kind == "board"))
        .order_by(v.c.slug)
    )
    with engine.connect() as connection:
        return {
            row.slug: (f"{row.yes}-{row.no}-{row.abstain}", row.gone_since is not None)
            for row in connection.execute(query)
        }


def findings(engine: Engine) -> list[tuple[str, str, str]]:
    f = t["finding"]
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(f.c.severity, f.c.code, f.c.place).order_by(f.c.id))]


def sheets(official: Site) -> list[tuple[str, int]]:
    found = [(path, status) for path, status in official.asked if path != "index"]
    official.asked.clear()
    return found


def test_old_pages_have_their_turn_a_few_in_each_run_and_then_rest(
    go: Callable[..., Report], engine: Engine, official: Site
) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    sheets(official)
    assert go().ending is Ending.UNCHANGED
    assert sheets(official) == [], "all have just been looked at"
    age(engine, 91)
    turns_taken = []
    for _ in range(4):
        assert go().ending is Ending.UNCHANGED
        turns_taken.append(sheets(official))
    assert [len(taken) for taken in turns_taken] == [2, 2, 1, 0]
    assert sorted(path for taken in turns_taken for path, _ in taken) == ["1", "2", "3", "4", "5"]
    assert {status for taken in turns_taken for _, status in taken} == {304}, "unchanged pages are not sent again"


def test_an_old_file_that_changed_under_its_address_is_a_new_document_beside_the_old(
    go: Callable[..., Report], engine: Engine, official: Site, options: Settings
) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    official.pages["index"] = "1 2"
    official.pages["4"] = AMENDED
    age(engine, 91)
    reports = [go() for _ in range(3)]
    assert [report.totals.updated for report in reports].count(1) == 1
    assert standing(engine)["three-4"] == ("3-0-0", False)
    o, v, d = t["observation"], t["vote"], t["document"]
    with engine.connect() as connection:
        versions = connection.execute(
            select(d.c.sha256).join(o, o.c.document_id == d.c.id).join(v, v.c.id == o.c.vote_id)
            .where(v.c.slug == "three-4").order_by(o.c.id)
        ).scalars().all()  # fmt: skip
    store = Store(options.archive)
    assert [store.get(sha).decode() for sha in versions] == [GOOD, AMENDED], "both stay, the later one is in force"


def test_pages_no_longer_listed_keep_their_votes_and_their_turn(
    go: Callable[..., Report], engine: Engine, official: Site
) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    official.pages["index"] = "1"
    go(again=Again.ALL, window=LONG_AGO)
    assert set(standing(engine).values()) == {("2-1-0", False)}, "what a list leaves out is not gone"
    assert len(standing(engine)) == 5
    official.pages["5"] = None
    age(engine, 91)
    for _ in range(3):
        go()
    assert standing(engine)["three-5"] == ("2-1-0", True), "marked, not removed"
    assert [(code, place) for _, code, place in findings(engine) if code == "page_gone"] == [
        ("page_gone", "https://three.example/5")
    ]
    age(engine, 91)
    for _ in range(3):
        go()
    assert len([code for _, code, _ in findings(engine) if code == "page_gone"]) == 1, "told once"
    official.pages["5"] = GOOD
    age(engine, 91)
    for _ in range(3):
        go()
    assert standing(engine)["three-5"] == ("2-1-0", False), "it has come back"


def test_only_the_usual_run_sweeps(go: Callable[..., Report], engine: Engine, official: Site) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    age(engine, 91)
    sheets(official)
    go(again=Again.NEVER, window=LONG_AGO)
    assert sheets(official) == [], "a backfill fetches what is missing"
    go(again=Again.ALL, window=LONG_AGO)
    assert len(sheets(official)) == 5, "named days are asked for, and nothing else"


def test_a_source_without_a_sweep_leaves_old_pages_alone(
    go: Callable[..., Report], source: Source, engine: Engine, official: Site
) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    age(engine, 1000)
    sheets(official)
    go(source=source)
    assert sheets(official) == []


def test_nothing_is_swept_while_the_index_does_not_come(
    go: Callable[..., Report], engine: Engine, official: Site
) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    age(engine, 91)
    for trouble in (False, None):
        official.pages["index"] = trouble
        sheets(official)
        report = go()
        assert report.ending is Ending.FAILED
        assert sheets(official) == []
    assert "[address]" in report.message


def test_pages_that_do_not_answer_do_not_keep_others_from_their_turn(
    go: Callable[..., Report], engine: Engine, official: Site
) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    age(engine, 91)
    for n in range(1, 6):
        official.pages[str(n)] = False
    sheets(official)
    asked = []
    for _ in range(3):
        go()
        asked += [path for path, _ in sheets(official)]
    assert sorted(asked) == ["1", "2", "3", "4", "5"], "each was tried once"
    go()
    assert sheets(official) == [], "and is left alone for a day"
    for n in range(1, 6):
        official.pages[str(n)] = GOOD
    age(engine, 1)
    for _ in range(3):
        go()
    assert sorted(path for path, _ in sheets(official)) == ["1", "2", "3", "4", "5"], "but not for ninety"


def test_an_error_page_stands_for_nothing(go: Callable[..., Report], engine: Engine, official: Site) -> None:
    for page in (GOOD, False, None):
        official.pages["2"] = page
        go(again=Again.ALL, window=LONG_AGO)
    assert standing(engine)["three-2"] == ("2-1-0", True), "what is gone is the page before the error"


def test_a_damaged_archive_does_not_keep_news_out(
    go: Callable[..., Report], engine: Engine, official: Site, options: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    age(engine, 91)
    victim = next((options.archive / "journal").rglob("*.json"))
    victim.chmod(0o644)
    victim.write_bytes(b"x")
    official.pages["index"] = "1 2 3 4 5 6"
    official.pages["6"] = GOOD.replace("Ana", "Eva")
    report = go()
    assert report.totals.inserted == 1
    assert str(victim) in caplog.text


def test_each_address_knows_its_last_look_and_its_last_answer(
    go: Callable[..., Report], engine: Engine, official: Site
) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    age(engine, 10)
    official.pages |= {"1": False, "2": None}
    go(again=Again.ALL, window=LONG_AGO)
    with Addresses(engine, "tri") as known:
        looks = {looked.url.rsplit("/", 1)[1]: looked for looked in known.looks(["sheet"])}
        assert len(known.looks(["index", "sheet"])) == 6
    with Addresses(engine, "other") as unknown:
        assert unknown.looks(["sheet"]) == []
    recent = datetime.now(UTC) - timedelta(hours=1)
    assert set(looks) == {"1", "2", "3", "4", "5"}
    assert all(looked.asked > recent for looked in looks.values())
    answered = {name for name, looked in looks.items() if looked.answered and looked.answered > recent}
    assert answered == {"2", "3", "4", "5"}, "that nothing stands there is an answer, a broken server is none"


def test_a_page_of_the_window_is_asked_for_with_what_the_list_says_now(
    go: Callable[..., Report], sweeping: Source, engine: Engine, official: Site, options: Settings
) -> None:
    go(again=Again.ALL, window=LONG_AGO)
    age(engine, 91)
    store = Store(options.archive)
    with Addresses(engine, "tri") as known:
        found = turns(sweeping, known, store, now=datetime.now(UTC))
    assert len(found) == 2
    assert {(one.role, one.day) for one in found} == {("sheet", date(2023, 5, 18))}
    sheets(official)
    go(window=LONG_AGO)
    asked = sheets(official)
    assert sorted(path for path, _ in asked) == sorted(one.url.rsplit("/", 1)[1] for one in found), "each once"


URLS = st.integers(0, 10**9).map(lambda n: f"https://three.example/{n}")


@given(URLS, st.integers(2, 400), st.floats(0, 3))
def test_a_page_falls_due_once_between_half_the_time_and_all_of_it(url: str, days: int, share: float) -> None:
    answered = NOW - timedelta(days=days * share)
    due = is_due(Looked(url, min(answered, NOW - timedelta(days=1)), answered), days, NOW)
    if share < 0.5:
        assert not due
    if share >= 1:
        assert due


def test_pages_of_one_night_fall_due_evenly() -> None:
    night = NOW - timedelta(days=45)
    pages = [Looked(f"https://www2.example/Apleno/{n:032X}/$FILE/x.pdf", night, night) for n in range(937)]
    due = [sum(is_due(page, 90, NOW + timedelta(days=day)) for page in pages) for day in range(46)]
    assert (due[0], due[-1]) == (0, 937)
    assert max(after - before for before, after in pairwise(due)) < 45, "about 21 a day"
