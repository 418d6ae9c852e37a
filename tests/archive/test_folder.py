"""Is what was put into a folder there for ever, whole or not at all, whoever is killed?"""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from object_storage import ABC, sighting, states

from tracker.archive.store import State, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive")


def files(store: Store) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in store.root.rglob("*") if path.is_file()}


def test_nobody_is_meant_to_write_to_a_record(store: Store) -> None:
    store.record(sighting(store))
    for name in files(store):
        mode = stat.S_IMODE(Path(name).stat().st_mode)
        assert mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) == 0
        assert mode & stat.S_IRGRP


def test_leftovers_go_only_when_asked_and_old(store: Store) -> None:
    store.record(sighting(store))
    records = files(store)
    old, new = (store.path(ABC).parent / f".writing-{n}" for n in (1, 2))
    journal = next((store.root / "journal").rglob("*.json")).parent / ".writing-3"
    for path in (old, new, journal):
        path.write_bytes(b"half")
    for path in (old, journal):
        os.utime(path, (time.time() - 3700,) * 2)
    assert states(store) == {State.OK: 2, State.TEMPORARY: 3}
    assert list(store.sightings())
    assert sorted(store.clean()) == sorted(path.relative_to(store.root).as_posix() for path in (old, journal))
    assert files(store) == {**records, str(new): b"half"}
    assert store.clean(older_than=timedelta(seconds=-1)) == [new.relative_to(store.root).as_posix()]


def test_a_full_disk_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    store.root.mkdir()
    (store.root / "objects" / ABC[:1]).mkdir(parents=True)
    with pytest.raises(OSError, match="No space"):
        store.put(b"abc")
    assert files(store) == {}


def test_settling_is_tried_again_after_an_error(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record(sighting(store))
    real, calls = os.fsync, []

    def failing(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 1:
            raise OSError(5, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="Input/output"):
        store.settle()
    store.settle()
    folders = 6  # the two of the files and the four above them, all new
    assert len(calls) == 1 + folders
    store.settle()
    assert len(calls) == 1 + folders


WRITER = """
import itertools, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tracker.archive.journal import Sighting
from tracker.archive.store import Store
store, seed = Store(Path(sys.argv[1])), sys.argv[2]
start = datetime(2023, 5, 19, tzinfo=UTC)
print("ready", flush=True)
for n in range(int(sys.argv[3])):
    sha256 = store.put(f"{seed} {n} ".encode() * 9000)
    store.record(Sighting("us_house", "roll_call", f"https://example.org/{n}", sha256, start + timedelta(seconds=n)))
    store.settle()
"""


def named(store: Store) -> int:
    """How many files have been given a name; passing ones come and go while we look."""
    return sum(not name.startswith(".") for _, _, names in os.walk(store.root) for name in names)


def write(store: Store, seed: str, count: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(store.root), seed, str(count)], stdout=subprocess.PIPE, bufsize=0
    )


def test_killed_at_any_moment_what_has_a_name_is_whole(store: Store) -> None:
    moments = random.Random(2)
    for turn in range(6):
        with write(store, f"turn {turn}", 2000) as writer:
            try:
                assert writer.stdout is not None
                assert writer.stdout.read(5) == b"ready"
                wanted = named(store) + moments.randint(1, 40)
                while named(store) < wanted:
                    assert writer.poll() is None
            finally:
                writer.send_signal(signal.SIGKILL)
    found = states(store)
    assert found[State.OK] > 12
    assert set(found) <= {State.OK, State.TEMPORARY}
    assert len(list(store.sightings())) + found[State.TEMPORARY] <= found[State.OK]
    with write(store, "turn 0", 3) as writer:
        assert writer.wait() == 0
    assert store.get(store.put(b"turn 0 2 " * 9000)) == b"turn 0 2 " * 9000


@pytest.mark.parametrize("moment", ["write", "fsync", "close", "replace"])
def test_killed_before_it_has_a_name_it_is_no_record(store: Store, moment: str) -> None:
    killed = f"import os, signal; os.{moment} = lambda *args: os.kill(os.getpid(), signal.SIGKILL)\n{WRITER}"
    command = [sys.executable, "-c", killed, str(store.root), "x", "1"]
    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == -signal.SIGKILL
    assert states(store) == {State.TEMPORARY: 1}
    with write(store, "x", 1) as writer:
        assert writer.wait() == 0
    assert states(store) == {State.TEMPORARY: 1, State.OK: 2}
    assert len(store.clean(older_than=timedelta(seconds=-1))) == 1
    assert states(store) == {State.OK: 2}


def test_several_processes_may_write_the_same(store: Store) -> None:
    writers = [write(store, "same", 40) for _ in range(4)]
    assert [writer.wait() for writer in writers] == [0] * 4
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.close()
    assert states(store) == {State.OK: 80}
    assert [one.url for one in store.sightings()] == [f"https://example.org/{n}" for n in range(40)]
