"""Does a checkout come in as any source does: once, with the cause of each change, and back from the archive?"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import checkouts
import pytest
from sqlalchemy import Engine, func, select

from tracker.archive.store import Store
from tracker.pipeline.again import rebuild
from tracker.pipeline.asking import Again
from tracker.pipeline.collect import Ending
from tracker.pipeline.importing import Days, NoRecords, bring, rehearse
from tracker.pipeline.run import Report, run
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Source, Window
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.runs import SourceBusy, holding
from tracker.storage.tables import metadata

t = metadata.tables
DAYS = (date(2023, 5, 18), date(2023, 5, 25))
VOTE = "data/2021-2026/2023/05/25/2023-05-25T10-01-votacion"


@pytest.fixture
def transcription() -> Source:
    return source("pe_openpolitica")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "checkout"
    for day in DAYS:
        checkouts.write(place, checkouts.invented(day, 2))
    checkouts.write(place, [checkouts.founding()])
    checkouts.commit(place)
    return place


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive")


@pytest.fixture
def go(transcription: Source, root: Path, engine: Engine, store: Store) -> Callable[..., Report]:
    def once(**more: Any) -> Report:
        days = more.pop("days", Days())
        return bring(more.pop("source", transcription), root, days, engine=engine, store=store, **more)

    return once


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in t.items()}


def state(engine: Engine) -> list[Any]:
    """Everything that is known of the votes and the attendance, without keys and times."""
    v, o, d, b, r, c, s, a, h, f = (
        t[name] for name in
        ("vote", "observation", "document", "ballot", "voter", "code", "sitting", "attendance", "change", "finding")
    )  # fmt: skip
    with engine.connect() as connection:
        ask = lambda query: [tuple(row) for row in connection.execute(query)]  # noqa: E731
        return [
            ask(
                select(
                    v.c.slug, v.c.status, v.c.verdict, v.c.taken_at, o.c.fields, o.c.checks, o.c.groups,
                    o.c.url, d.c.sha256,
                ).join(o, o.c.id == v.c.observation_id).join(d, d.c.id == o.c.document_id).order_by(v.c.slug)
            ),
            ask(
                select(v.c.slug, r.c.name, c.c.printed, c.c.reason).select_from(v)
                .join(o, o.c.id == v.c.observation_id).join(b, b.c.observation_id == o.c.ballots_of)
                .join(r, r.c.id == b.c.voter_id).join(c, c.c.id == b.c.code_id).order_by(v.c.slug, r.c.name)
            ),
            ask(
                select(s.c.date, s.c.taken_at, s.c.title, r.c.name, a.c.code).join(a, a.c.sitting_id == s.c.id)
                .join(r, r.c.id == a.c.voter_id).order_by(s.c.taken_at, r.c.name)
            ),
            ask(
                select(v.c.slug, h.c.cause, h.c.field, h.c.who, h.c.was, h.c.now).join(h, h.c.vote_id == v.c.id)
                .order_by(v.c.slug, h.c.id)
            ),
            sorted(ask(select(f.c.severity, f.c.code, f.c.message))),
        ]  # fmt: skip


def test_a_first_import_stores_everything_and_a_second_writes_nothing(
    go: Callable[..., Report], engine: Engine, root: Path
) -> None:
    first = go()
    assert (first.ending, first.message) == (Ending.DONE, "")
    assert (first.totals.inserted, first.totals.documents, first.journey.requests) == (5, 7, 7)
    assert (first.window.since, first.window.until) == DAYS
    before = rows(engine)
    second = go()
    assert (second.ending, second.journey.held, second.journey.requests) == (Ending.UNCHANGED, 7, 0)
    assert rows(engine) == before | {"run": before["run"] + 1}
    checkouts.commit_again(root)
    third = go()
    assert (third.ending, rows(engine)["fetch"]) == (Ending.UNCHANGED, before["fetch"]), (
        "another commit, the same bytes"
    )


def test_what_is_stored_is_the_founding_vote_with_its_paper(
    go: Callable[..., Report], engine: Engine, store: Store, root: Path
) -> None:
    go()
    v, o, d, y, s = (t[name] for name in ("vote", "observation", "document", "tally", "source"))
    with engine.connect() as connection:
        where = v.c.slug == "pe-op-2023-05-19T00-10"
        sitting, taken, url, sha256, source_slug = connection.execute(
            select(v.c.sitting_date, v.c.taken_at, o.c.url, d.c.sha256, o.c.source)
            .join(o, o.c.id == v.c.observation_id).join(d, d.c.id == o.c.document_id).where(where)
        ).one()  # fmt: skip
        tallies = {
            kind: counts
            for kind, *counts in connection.execute(
                select(y.c.kind, y.c.yes, y.c.no, y.c.abstain)
                .select_from(v)
                .join(y, y.c.observation_id == v.c.observation_id)
                .where(where)
            )
        }
        paper = connection.execute(
            select(s.c.kind, s.c.rank, s.c.credit_by, s.c.credit_repository, s.c.timetable).where(
                s.c.slug == source_slug
            )
        ).one()
        run_ = connection.execute(select(t["run"].c.trigger, t["run"].c.ending)).one()
    assert (sitting, taken) == (date(2023, 5, 18), "2023-05-19T00:10:00-05:00")
    assert tallies == {"board": [69, 31, 4], "counted": [69, 31, 4], "final": [70, 33, 4]}
    sha = checkouts.head(root)
    folder = "data/2021-2026/2023/05/18/2023-05-19T00-10-votacion"
    assert url == f"{checkouts.REPOSITORY}/tree/{sha}/{folder}"
    assert store.get(sha256) == checkouts.document(checkouts.founding(), grupo_parlamentario=_groups(root))
    assert tuple(paper) == ("transcription", 3, "openpolitica", checkouts.REPOSITORY, "none: brought in by hand")
    assert tuple(run_) == ("import", "done")


def _groups(root: Path) -> bytes:
    """The founding vote's folder is that of an invented sitting too; what was written last stands there."""
    return (root / "data/2021-2026/2023/05/18/grupo_parlamentario.csv").read_bytes()


def test_a_changed_checkout_changes_a_vote_and_says_why(
    go: Callable[..., Report], engine: Engine, root: Path, store: Store
) -> None:
    go()
    roll = root / VOTE / "votaciones.csv"
    first = next(line for line in roll.read_text().splitlines() if line.endswith(",NO"))
    roll.write_text(roll.read_text().replace(first, first[:-2] + "SI"))
    checkouts.commit_again(root)
    report = go()
    assert (report.ending, report.totals.updated, report.journey.held) == (Ending.DONE, 1, 6)
    moved = state(engine)[3]
    assert {row[1] for row in moved} == {"source"}
    assert ("ballot", "NO ---", "SI +++") in {(row[2], row[4], row[5]) for row in moved}
    fresh = go()
    assert fresh.ending is Ending.UNCHANGED
    sightings = [s for s in store.sightings() if VOTE in s.url]
    assert len({s.sha256 for s in sightings}) == 2, "both byte streams are kept"
    assert len({s.url for s in sightings}) == 2, "each under the commit it came with"


def test_a_record_that_its_sitting_no_longer_has_is_marked_gone(
    go: Callable[..., Report], engine: Engine, root: Path
) -> None:
    go()
    kept = root.parent / "kept"
    shutil.move(root / VOTE, kept)
    report = go()
    assert "not in the checkout any more" in report.message
    assert _gone(engine) == {"pe-op-2023-05-25T10-01"}
    before = rows(engine)
    go()
    assert rows(engine) == before | {"run": before["run"] + 1}, "said once"
    shutil.move(kept, root / VOTE)
    go()
    assert _gone(engine) == set()


def test_a_checkout_of_a_part_says_nothing_of_the_rest(go: Callable[..., Report], engine: Engine, root: Path) -> None:
    go()
    shutil.rmtree(root / "data/2021-2026/2023/05/25")
    assert go().ending is Ending.UNCHANGED
    shutil.move(root / VOTE.replace("05/25/2023-05-25", "05/18/2023-05-18"), root.parent / "kept")
    go(days=Days(since=DAYS[1]))
    assert _gone(engine) == set(), "nor do other days than those asked for"


def _gone(engine: Engine) -> set[str]:
    v = t["vote"]
    with engine.connect() as connection:
        return set(connection.scalars(select(v.c.slug).where(v.c.gone_since.is_not(None))))


def test_only_the_days_asked_for_come_in(go: Callable[..., Report], engine: Engine) -> None:
    assert go(days=Days(until=DAYS[0])).totals.inserted == 3
    report = go(days=Days(since=date(2023, 5, 19), until=date(2024, 1, 1)))
    assert (report.totals.inserted, report.journey.held) == (2, 0)
    assert (report.window.since, report.window.until) == (date(2023, 5, 19), date(2024, 1, 1))
    nothing = go(days=Days(since=date(2024, 1, 1)))
    assert (nothing.ending, nothing.journey.requests) == (Ending.UNCHANGED, 0)


def test_a_rebuild_from_the_archive_alone_reaches_the_same_state(
    go: Callable[..., Report], transcription: Source, engine: Engine, store: Store, root: Path, tmp_path: Path
) -> None:
    go()
    notes = root / VOTE / "notas.csv"
    notes.write_text(notes.read_text() + '10:01,"El asunto se encuentra incompleto."\n')
    roll = root / VOTE / "votaciones.csv"
    roll.write_text(roll.read_text().replace(",NO\n", ",SI\n", 1))
    go()
    shutil.rmtree(root)
    fresh = open_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    upgrade(fresh)
    report = rebuild(transcription, engine=fresh, store=store)
    assert report.totals.inserted == 5
    assert state(fresh) == state(engine)
    before = rows(engine)
    again = rebuild(transcription, engine=engine, store=store)
    assert again.ending is Ending.UNCHANGED
    assert rows(engine) == before | {"run": before["run"] + 1}
    fresh.dispose()


def test_a_newer_reader_reads_what_is_held_again_under_its_old_address(
    go: Callable[..., Report], transcription: Source, engine: Engine, root: Path
) -> None:
    go()
    urls = {row[0]: row[7] for row in state(engine)[0]}
    checkouts.commit_again(root)
    newer = replace(transcription, roles={"record": replace(transcription.roles["record"], version=99)})
    report = go(source=newer)
    assert (report.ending, report.totals.unchanged, report.journey.held) == (Ending.UNCHANGED, 5, 0)
    assert {row[0]: row[7] for row in state(engine)[0]} == urls
    assert go(source=newer).journey.held == 7


def test_a_rehearsal_keeps_nothing(transcription: Source, root: Path, engine: Engine, store: Store) -> None:
    before = rows(engine)
    report = rehearse(transcription, root, Days())
    assert (report.ending, report.totals.inserted, report.journey.documents) == (Ending.DONE, 5, 7)
    assert rows(engine) == before
    assert list(store.sightings()) == []


def test_one_folder_in_trouble_costs_only_itself_and_is_said_once(
    go: Callable[..., Report], engine: Engine, root: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_bytes(b"hush")
    day = root / "data/2021-2026/2023/05/25"
    (root / VOTE / "notas.csv").unlink()
    (root / VOTE / "notas.csv").symlink_to(outside)
    (day / "2023-05-25T11-00-debate").mkdir()
    (day / "2023-05-25T12-00-votacion").symlink_to(root / VOTE)
    shutil.copytree(day / "2023-05-25T10-00-votacion", root / "data/2021-2026/2023/05/18/2023-05-25T10-00-votacion")
    (day / "2023-05-25T13-00-votacion").mkdir()
    report = go()
    # Of the two folders of one name the first by its path is taken, whose time cannot be its sitting's: doubtful.
    assert report.totals.inserted == 4
    f = t["finding"]
    with engine.connect() as connection:
        codes = sorted(connection.scalars(select(f.c.code).where(f.c.severity == "unreadable")))
        messages = "".join(connection.scalars(select(f.c.message)))
    assert codes == ["link", "link", "missing_file", "other_folder", "same_name"]
    assert "hush" not in messages
    before = rows(engine)
    again = go()
    assert rows(engine) == before | {"run": before["run"] + 1}
    assert "2023-05-25T11-00-debate" in again.message + "".join(again.journey.troubles), "told again, stored once"


def test_names_that_are_no_letters_are_put_on_record(go: Callable[..., Report], engine: Engine, root: Path) -> None:
    import os

    (root / "data/2021-2026/2023/05/25" / os.fsdecode(b"\xff\xfe-votacion")).mkdir()
    report = go()
    assert report.totals.inserted == 5
    assert any("\\udcff\\udcfe-votacion" in trouble for trouble in report.journey.troubles)


@pytest.mark.parametrize("layout", ["nothing", "data", "old"])
def test_a_folder_that_is_no_checkout_is_refused_before_anything_is_written(
    transcription: Source, engine: Engine, store: Store, tmp_path: Path, layout: str
) -> None:
    place = tmp_path / "other"
    place.mkdir()
    if layout == "data":
        (place / "data").mkdir()
    if layout == "old":
        (place / "data/2021-2026/2021-2022/2021-07/2021-07-23/2021-07-23T08-32-asistencia").mkdir(parents=True)
    before = rows(engine)
    with pytest.raises(NoRecords, match="data"):
        bring(transcription, place, Days(), engine=engine, store=store)
    assert rows(engine) == before


def test_without_git_no_commit_is_made_up(go: Callable[..., Report], engine: Engine, root: Path) -> None:
    shutil.rmtree(root / ".git")
    report = go()
    assert "no commit stands in the addresses" in report.message
    assert {row[7].partition("#")[0] for row in state(engine)[0]} == {checkouts.REPOSITORY}


def test_a_record_changed_here_carries_no_commit(go: Callable[..., Report], engine: Engine, root: Path) -> None:
    notes = root / VOTE / "notas.csv"
    notes.write_text(notes.read_text() + "\n")
    report = go()
    assert "1 records differ from the commit" in report.message
    assert [row[0] for row in state(engine)[0] if "#" in row[7]] == ["pe-op-2023-05-25T10-01"]


def test_stopped_it_goes_on_where_it_was(go: Callable[..., Report], engine: Engine) -> None:
    stop = Event()
    first = go(stop=stop, watch=lambda journey, request, waiting: stop.set() if journey.requests == 3 else None)
    assert first.journey.stopped
    assert rows(engine)["document"] == 3
    assert go().journey.held == 3
    assert rows(engine)["vote"] == 5


def test_a_failure_in_the_middle_keeps_what_was_stored(
    go: Callable[..., Report], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.pipeline.saving.BATCH", 1)

    def watch(journey: Any, request: Any, waiting: int) -> None:
        if journey.votes == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(watch=watch)
    assert rows(engine)["vote"] == 2
    assert go().totals.inserted == 3


def test_two_processes_never_import_at_once(go: Callable[..., Report], engine: Engine) -> None:
    with holding(engine, "pe_openpolitica", holder="another-machine:1"), pytest.raises(SourceBusy):
        go()


def test_a_source_with_a_site_is_not_imported_and_this_one_is_not_asked(
    transcription: Source, root: Path, engine: Engine, database_url: str, store: Store, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="over the network"):
        bring(source("us_house"), root, Days(), engine=engine, store=store)
    settings = Settings(home=tmp_path, database_url=database_url)
    window = Window(*DAYS)
    report = run(transcription, window, engine=engine, store=store, settings=settings, again=Again.ALL)
    assert (report.ending, report.journey.requests) == (Ending.UNCHANGED, 0)
