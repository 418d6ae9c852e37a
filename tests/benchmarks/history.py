"""What does a large history cost: loading it, keeping it, and asking it? Run: python tests/benchmarks/history.py --help

`load` brings Voteview-shaped files in by the product's own import and sets that beside the bare engine: the same rows,
in memory already, put into a table of the same shape with its key and its index, in one transaction: by `executemany`
on SQLite, by COPY on PostgreSQL, there with the same foreign keys and without. Prints CPU seconds (of the server, too),
ratios and bytes a ballot. `ask` asks what readers ask of a database with one Congress and of one with many, in
turn, and prints how the times compare: they should not grow. `--postgres` runs a server for it; what is asked there is
brought into SQLite and carried over by the product's own move.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import voteview_files
from bare_engine import BARE_POSTGRES, KEYS, Row, bare_postgres, bare_sqlite
from postgres_server import Server, running
from sqlalchemy import Engine, create_engine, make_url

from tracker.archive.store import Store
from tracker.pipeline.stacks import bring
from tracker.queries import conduct, rolls, votes
from tracker.queries.filters import VoteFilter
from tracker.queries.ranks import DEFAULT
from tracker.queries.record import Record
from tracker.sources.catalogue import source
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.moving import move

SEATS, CALLS = 435, 597
"""Members of a chamber that never was, and roll calls in each of its Congresses: 259,695 ballots."""
LAST = 119


def files(folder: Path, ballots: int) -> tuple[list[Path], int]:
    """Write files for about so many ballots, a Congress each; return their folders and how many ballots they hold."""
    folders, made, congress = [], 0, LAST
    while ballots - made >= SEATS:
        calls = min(CALLS, (ballots - made) // SEATS)
        seats, votes = voteview_files.invented(congress, "House", SEATS, calls)
        path = folder / f"{congress}-{calls}"
        if not path.is_dir():
            voteview_files.write(path, seats, votes, f"H{congress:03}")
        folders.append(path)
        made += calls * SEATS
        congress -= 1
    return folders[::-1], made


def load(url: str, home: Path, folders: list[Path]) -> float:
    """Bring the files in; return CPU seconds, the tables' making and the loading of modules left out."""
    engine = open_engine(url)
    upgrade(engine)
    begun = time.process_time()
    report = bring(source("us_house_voteview"), folders, engine=engine, store=Store(home / "archive"))
    spent = time.process_time() - begun
    assert report.totals.inserted, report.message
    engine.dispose()
    return spent


def rows(url: str) -> Iterator[Row]:
    """Yield the ballots as they lie in the database."""
    engine = open_engine(url, read_only=True)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT observation_id, voter_id, group_id, code_id FROM ballot ORDER BY observation_id, voter_id"
        )
        for some in found.partitions(50_000):
            yield from (tuple(row) for row in some)
    engine.dispose()


def loading(ballots: int, home: Path) -> None:
    """Print what loading costs on SQLite, beside the bare engine."""
    folders, made = files(home / "files", ballots)
    # A few votes first: what is loaded once is not the cost of a ballot.
    with tempfile.TemporaryDirectory() as small:
        load(f"sqlite:///{small}/small.sqlite", Path(small), files(Path(small), SEATS)[0])
    url = f"sqlite:///{home / 'escrutinio.sqlite'}"
    ours = load(url, home, folders)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    database = sqlite3.connect(home / "escrutinio.sqlite")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (home / "escrutinio.sqlite").stat().st_size
    sizes = dict(
        database.execute(
            "SELECT name, sum(pgsize) FROM dbstat "
            "WHERE name IN ('ballot', 'ix_ballot_voter_id_observation_id') GROUP BY name"
        )
    )
    database.close()
    held = list(rows(url))
    gc.collect()
    floor = bare_sqlite(home / "bare.sqlite", held)
    looked = bare_sqlite(home / "bare.sqlite", held, keys=True)
    print(f"{made:,} ballots in {len(folders)} files")
    print(
        f"ours {ours:.1f} s CPU, {ours / made * 1e6:.2f} us a ballot; bare {floor:.1f} s, {floor / made * 1e6:.2f} us"
    )
    print(f"rate: {floor / ours:.2f} of the bare engine's (goal: at least 0.5)")
    print(f"{looked / ours:.2f} of it with the same references, which it looks up one by one")
    print(f"ballots and their index {sum(sizes.values()) / made:.1f} bytes each, the whole file {size / made:.1f}")
    print(f"peak memory {peak:.0f} MB")
    again = load_again(url, home, folders)
    print(f"the same again: {again / ours:.3f} of the first time")


def loading_postgres(ballots: int, home: Path, server: Server) -> None:
    """Print what loading costs on PostgreSQL, beside COPY."""
    folders, made = files(home / "files", ballots)
    small, url = f"{server.url}/small", f"{server.url}/history"
    for place in (small, url):
        _there(place)
        upgrade(open_engine(place))
    with tempfile.TemporaryDirectory() as few:
        load(small, Path(few), files(Path(few), SEATS)[0])
    begun = server.cpu()
    ours = load(url, home, folders)
    ours += server.cpu() - begun
    held = list(rows(url))
    print(f"{made:,} ballots in {len(folders)} files")
    print(f"ours {ours:.1f} s CPU, {ours / made * 1e6:.2f} us a ballot")
    for name, tables in (("and the same foreign keys", BARE_POSTGRES + KEYS), ("and no foreign key", BARE_POSTGRES)):
        floor = bare_postgres(server, url, held, tables)
        print(f"COPY into a table with key, index {name}: {floor:.1f} s; our rate is {floor / ours:.2f} of that")


def load_again(url: str, home: Path, folders: list[Path]) -> float:
    """Bring the same in again; return CPU seconds."""
    engine = open_engine(url)
    begun = time.process_time()
    report = bring(source("us_house_voteview"), folders, engine=engine, store=Store(home / "archive"))
    spent = time.process_time() - begun
    assert report.ending == "unchanged", report
    engine.dispose()
    return spent


YEAR = 2 * LAST + 1787


def _record(engine: Engine) -> Record:
    found = rolls.record(engine, "us_house", YEAR)
    assert found is not None
    return found


def _last_hundred(engine: Engine) -> Any:
    record = _record(engine)
    return conduct.taken(record, 7, lambda number: conduct.lines(record, number, DEFAULT))[-100:]


def _matrix(engine: Engine) -> Any:
    record = _record(engine)
    return conduct.matrix(record, list(range(len(record.people))))


QUESTIONS: dict[str, Callable[[Engine], Any]] = {
    "a vote": lambda engine: votes.one(engine, f"us-house-vv-{LAST}-300"),
    "a member's last hundred": _last_hundred,
    "search: words and a day": lambda engine: votes.listing(
        engine, VoteFilter(text=f"title 31 section 4230 {YEAR}-01-26")
    ),
    "search: one vote a Congress": lambda engine: votes.listing(engine, VoteFilter(text="title 31 section 4230")),
    "search: a word all votes have": lambda engine: votes.listing(engine, VoteFilter(text="amend")),
    "one month's list": lambda engine: votes.listing(
        engine, VoteFilter(since=date(YEAR, 2, 1), until=date(YEAR, 2, 28), limit=100)
    ),
    "agreement matrix of a term": _matrix,
}


def asking(sizes: list[int], home: Path, server: Server | None, rounds: int) -> None:
    """Print how long each question takes at each size, and how the last compares with the first."""
    engines = []
    for size in sizes:
        place = f"sqlite:///{home / f'{size}.sqlite'}"
        if not _there(place):
            folders, made = files(home / "files", size)
            print(f"{made:,} ballots: {load(place, home / f'archive{size}', folders):.0f} s CPU to load", flush=True)
        if server:
            place = _carried(place, f"{server.url}/history{size}", server)
        engines.append(open_engine(place, read_only=True))
    # SQLite works in this process; of a server only the clock on the wall tells.
    clock = time.perf_counter if server else time.process_time
    print(f"{'':32}" + "".join(f"{size:>12,}" for size in sizes) + "       times")
    for name, ask in QUESTIONS.items():
        spent: list[list[float]] = [[] for _ in engines]
        for turn in range(rounds + 1):
            for engine, times in zip(engines, spent, strict=True):
                begun = clock()
                ask(engine)
                if turn:
                    times.append((clock() - begun) * 1000)
        middle = [statistics.median(times) for times in spent]
        print(
            f"{name:32}" + "".join(f"{one:9.1f} ms" for one in middle) + f"{middle[-1] / middle[0]:12.2f}", flush=True
        )


def _carried(place: str, there: str, server: Server) -> str:
    """Carry a database over to a server; return its address there."""
    _there(there)
    begun = time.process_time() + server.cpu()
    found = move(open_engine(place, read_only=True), open_engine(there))
    spent = time.process_time() + server.cpu() - begun
    print(f"{sum(one.after.rows for one in found):,} rows carried over: {spent:.0f} s CPU", flush=True)
    return there


def _there(place: str) -> bool:
    """Whether a database is there with votes in it; a PostgreSQL one is made."""
    parsed = make_url(place)
    if parsed.get_backend_name() == "sqlite":
        return Path(parsed.database or "").exists()
    admin = create_engine(parsed.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        known = connection.exec_driver_sql(f"SELECT 1 FROM pg_database WHERE datname = '{parsed.database}'").first()
        if known is None:
            connection.exec_driver_sql(f"CREATE DATABASE {parsed.database}")
    return known is not None


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["load", "ask"])
    parser.add_argument("--ballots", type=int, default=2_600_000, help="of the load, and the largest that is asked")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server that is run for it")
    parser.add_argument("--keep", type=Path, help="a folder to work in and to leave behind")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="history-") as folder:
        home = said.keep or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        with running(said.keep) if said.postgres else nullcontext() as server:
            if said.what == "ask":
                asking([SEATS * CALLS, said.ballots], home, server, said.rounds)
            elif server:
                loading_postgres(said.ballots, home, server)
            else:
                loading(said.ballots, home)


if __name__ == "__main__":
    main()
