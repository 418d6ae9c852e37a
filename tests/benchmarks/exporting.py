"""What does a file of a million ballots cost? Run: python tests/benchmarks/exporting.py --help

Fills a database through the real writer, writes all its ballots as Parquet, and sets that beside DuckDB copying
the very same table (its own copy of it, same columns and types) into Parquet. Each is a process of its own; times are
processor time (user and system, all threads), contenders in turn, medians over the rounds. Memory is what the process
held at most while it wrote: its own (what the system cannot drop, looked at every few milliseconds); whole, with the
files of the libraries; and above what it held with everything loaded and the database open.

`--real` takes two years of Peru's Congress with their votes by voice instead, brought in by the product's own import.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "queries"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import real_record
import seed

ROOT = Path(__file__).resolve().parents[2]
OURS = """
import json, resource, sys, threading
from pathlib import Path
from tracker.publish.files import appearing, write
from tracker.publish.formats import Format
from tracker.publish.tables import Table
from tracker.queries.database import connect, data_version
from tracker.queries.files.chosen import snapshot
from tracker.queries.filters import VoteFilter

url, path = sys.argv[1:]
engine = connect(url)
data_version(engine)

def held(name):
    (line,) = (line for line in open("/proc/self/status") if line.startswith(name))
    return int(line.split()[1]) / 1024

own, over = [0], threading.Event()

def look():
    while not over.wait(0.005):
        _, resident, shared, *_ = map(int, Path("/proc/self/statm").read_text().split())
        own.append((resident - shared) * resource.getpagesize() / 2**20)

watcher = threading.Thread(target=look)
watcher.start()

def spent():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew here
before, loaded = spent(), held("VmRSS")
with snapshot(engine) as record, appearing(Path(path)) as sink:
    rows = write([Table(record, "ballots", VoteFilter(sort="oldest"))], Format(Path(path).suffix[1:]), sink, "ballots")
took, peak = spent() - before, held("VmHWM")
over.set()
watcher.join()
print(json.dumps({"rows": rows, "seconds": took, "own": max(own), "peak": peak, "above": peak - loaded}))
"""
THEIRS = """
import json, resource, sys
import duckdb

table, path = sys.argv[1:]
connection = duckdb.connect(table, read_only=True)
connection.sql("SET enable_progress_bar = false")
connection.sql("SELECT count(*) FROM ballots").fetchall()

def spent():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

before = spent()
connection.sql(f"COPY ballots TO '{path}' (FORMAT parquet)")
print(json.dumps({"seconds": spent() - before}))
"""


def run(script: str, *words: str) -> dict[str, float]:
    """Run a contender and return what it measured."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def fill(folder: Path, votes: int, members: int) -> str:
    """Make the database, unless the folder has one."""
    path = folder / "escrutinio.sqlite"
    url = f"sqlite:///{path}"
    if not path.exists():
        print(f"storing {votes} votes with {members} ballots each", file=sys.stderr)
        engine = seed.open_engine(url)
        seed.upgrade(engine)
        seed.many(engine, votes, members)
        engine.dispose()
    return url


def duck(folder: Path, parquet: Path) -> Path:
    """Let DuckDB keep the table in a file of its own."""
    table = folder / "ballots.duckdb"
    table.unlink(missing_ok=True)
    script = "import duckdb, sys; duckdb.connect(sys.argv[1]).sql(f\"CREATE TABLE ballots AS FROM '{sys.argv[2]}'\")"
    subprocess.run([sys.executable, "-c", script, str(table), str(parquet)], check=True)
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--votes", type=int, default=10_000)
    parser.add_argument("--members", type=int, default=100)
    parser.add_argument("--real", action="store_true", help="votes of Peru's Congress, with votes by voice")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--also", nargs="*", default=[], metavar="FORMAT", help="csv, ndjson, json, xlsx (minutes)")
    parser.add_argument("--home", type=Path, help="keep the database here, and use it again")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        home = chosen.home or Path(passing)
        home.mkdir(parents=True, exist_ok=True)
        url = real_record.fill(home) if chosen.real else fill(home, chosen.votes, chosen.members)
        parquet = Path(passing) / "ours.parquet"
        run(OURS, url, str(parquet))
        table = duck(Path(passing), parquet)
        ours, theirs = [], []
        for _ in range(chosen.rounds):
            ours.append(run(OURS, url, str(parquet)))
            theirs.append(run(THEIRS, str(table), str(Path(passing) / "theirs.parquet")))
        mine, duckdb = (statistics.median(one["seconds"] for one in some) for some in (ours, theirs))
        print(f"{ours[0]['rows']:,.0f} ballots as Parquet: {parquet.stat().st_size / 1e6:.1f} MB")
        print(f"  {mine:.2f} s of processor, DuckDB {duckdb:.2f} s: {duckdb / mine:.2f} of its speed (goal 0.33)")
        own, peak, above = (max(one[name] for one in ours) for name in ("own", "peak", "above"))
        print(f"  memory of its own at most {own:.0f} MB (goal 100), {peak:.0f} MB with the libraries' files, "
              f"{above:.0f} MB above the programme with everything loaded")  # fmt: skip
        for form in chosen.also:
            path = Path(passing) / f"ours.{form}"
            one = run(OURS, url, str(path))
            print(f"{form}: {one['seconds']:.1f} s, {path.stat().st_size / 1e6:.0f} MB, memory of its own at "
                  f"most {one['own']:.0f} MB, {one['peak']:.0f} MB whole, {one['above']:.0f} MB above")  # fmt: skip
            path.unlink()


if __name__ == "__main__":
    main()
