"""Is what was put once there for ever, whole or not at all?"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tracker.archive.journal import Sighting
from tracker.archive.store import Damaged, Missing, State, Store
from tracker.domain.evidence import Document, Request

ABC = hashlib.sha256(b"abc").hexdigest()
AT = datetime(2023, 5, 19, 5, 10, 0, 123456, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive")


def sighting(store: Store, content: bytes = b"abc", at: datetime = AT, url: str = "https://example.org/1") -> Sighting:
    return Sighting(
        "pe_minutes", "minutes", url, store.put(content), at, date(2023, 5, 18), {"year": "2023"}, "text/xml"
    )


def states(store: Store) -> Counter[State]:
    return Counter(checked.state for checked in store.verify())


def files(store: Store) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in store.root.rglob("*") if path.is_file()}


def test_bytes_come_back_by_their_digest(store: Store) -> None:
    for content in (b"abc", b"", bytes(range(256)) * 4000):
        sha256 = store.put(content)
        assert sha256 == hashlib.sha256(content).hexdigest()
        assert store.has(sha256)
        assert store.get(sha256) == content
        assert store.path(sha256).read_bytes() == content


def test_bytes_put_again_are_not_written_again(store: Store) -> None:
    store.put(b"abc")
    before = store.path(ABC).stat()
    assert store.put(b"abc") == ABC
    assert Store(store.root).put(b"abc") == ABC
    after = store.path(ABC).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_nobody_is_meant_to_write_to_a_record(store: Store) -> None:
    store.record(sighting(store))
    for name in files(store):
        mode = stat.S_IMODE(Path(name).stat().st_mode)
        assert mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) == 0
        assert mode & stat.S_IRGRP


def test_what_is_missing_names_the_archive(store: Store) -> None:
    assert not store.has(ABC)
    with pytest.raises(Missing, match=f"{store.root} holds no document {ABC}"):
        store.get(ABC)
    with pytest.raises(KeyError):
        store.get(ABC)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABC", ABC.upper(), ABC + "\n", ABC[:-1]])
def test_only_a_digest_names_a_file(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="is not a SHA-256"):
        store.path(name)


def spoil(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_damage_is_found_and_never_handed_out(store: Store) -> None:
    store.put(b"whole")
    store.put(b"abc")
    spoil(store.path(ABC), b"abd")
    with pytest.raises(Damaged, match=rf"{ABC}.*restore"):
        store.get(ABC)
    assert {checked.path: checked.state for checked in store.verify()} == {
        store.path(ABC): State.DAMAGED,
        store.path(hashlib.sha256(b"whole").hexdigest()): State.OK,
    }


def test_a_cut_off_object_is_set_aside_when_the_bytes_come_again(store: Store) -> None:
    store.put(b"abc")
    spoil(store.path(ABC), b"a")
    store.put(b"abc")
    assert store.get(ABC) == b"abc"
    assert states(store) == {State.OK: 1, State.MISNAMED: 1}
    aside = next(checked.path for checked in store.verify() if checked.state is State.MISNAMED)
    assert aside.read_bytes() == b"a"


def test_what_does_not_belong_is_misnamed(store: Store) -> None:
    store.record(sighting(store))
    (store.root / "objects" / "notes.txt").write_text("x")
    (store.root / "objects" / "00").mkdir()
    shutil.copy(store.path(ABC), store.root / "objects" / "00" / ABC)
    entry = next(path for path in (store.root / "journal").rglob("*.json"))
    (store.root / "journal" / "2023-06").mkdir()
    shutil.copy(entry, store.root / "journal" / "2023-06" / entry.name)
    assert states(store) == {State.OK: 2, State.MISNAMED: 3}


def test_the_journal_gives_back_what_was_recorded(store: Store) -> None:
    seen = sighting(store)
    bare = Sighting("us_house", "index", "https://example.org/ñ?a=1", store.put(b"index"), AT + timedelta(days=40))
    known = replace(seen, etag='W/"x"', last_modified="Thu, 18 May 2023 12:00:00 GMT", fetched_at=AT + timedelta(1))
    for one in (bare, known, seen):
        assert store.record(one)
    assert list(Store(store.root).sightings()) == [seen, known, bare]
    assert [dict(one.context) for one in store.sightings()] == [{"year": "2023"}, {"year": "2023"}, {}]


def test_a_sighting_leads_to_its_document(store: Store) -> None:
    seen = sighting(store)
    store.record(seen)
    request = Request("https://example.org/1", "minutes", date(2023, 5, 18), {"year": "2023"})
    assert store.document(next(store.sightings())) == Document(request, b"abc", ABC, AT, "text/xml")


def test_the_same_sighting_is_recorded_once(store: Store) -> None:
    seen = sighting(store)
    assert store.record(seen)
    before = files(store)
    assert not store.record(seen)
    assert not Store(store.root).record(replace(seen))
    assert files(store) == before


def test_sightings_come_in_order_of_time_also_within_a_microsecond(store: Store) -> None:
    times = [AT + timedelta(microseconds=n) for n in (0, 1, 2, 999_999)] + [AT + timedelta(days=n) for n in (30, 400)]
    shuffled = [sighting(store, at=at, url=f"https://example.org/{n}") for at in times for n in range(3)]
    random.Random(1).shuffle(shuffled)
    for one in shuffled:
        store.record(one)
    read = list(store.sightings())
    assert [one.fetched_at for one in read] == sorted(one.fetched_at for one in shuffled)
    assert set(read) == set(shuffled)


def test_a_time_of_a_year_before_1000_or_outside_utc_keeps_its_order(store: Store) -> None:
    with pytest.raises(ValueError, match="UTC"):
        sighting(store, at=AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="UTC"):
        sighting(store, at=AT.astimezone(timezone(timedelta(hours=-5))))
    early = sighting(store, at=datetime(9, 1, 1, tzinfo=UTC))
    store.record(sighting(store))
    store.record(early)
    assert next(store.sightings()) == early


def test_bytes_come_before_their_sighting(store: Store) -> None:
    seen = replace(sighting(store), sha256="0" * 64)
    with pytest.raises(Missing, match="put its bytes first"):
        store.record(seen)
    with pytest.raises(ValueError, match="SHA-256"):
        replace(seen, sha256="../x")


def test_damage_in_the_journal_is_found(store: Store) -> None:
    store.record(sighting(store))
    entry = next((store.root / "journal").rglob("*.json"))
    spoil(entry, entry.read_bytes().replace(b"2023-05-18", b"2023-05-17"))
    assert states(store) == {State.OK: 1, State.DAMAGED: 1}
    with pytest.raises(Damaged, match="not what its name says"):
        list(store.sightings())


@pytest.mark.parametrize(
    ("was", "now", "problem"),
    [
        (b'"version":1', b'"version":2', "version 2"),
        (b'"etag":null,', b"", "exactly the fields"),
        (b'"etag":null', b'"etag":7', "neither text nor null"),
        (b'"role":"minutes"', b'"role":null', "should be text"),
        (b"2023-05-18", b"2023-02-30", "day"),
        (b"+00:00", b"", "UTC"),
    ],
)
def test_an_entry_of_another_shape_is_refused_though_its_name_fits(
    store: Store, was: bytes, now: bytes, problem: str
) -> None:
    store.record(sighting(store))
    entry = next((store.root / "journal").rglob("*.json"))
    content = entry.read_bytes()
    assert was in content
    content = content.replace(was, now)
    entry.rename(entry.with_name(entry.name[:24] + hashlib.sha256(content).hexdigest()[:16] + ".json"))
    spoil(next((store.root / "journal").rglob("*.json")), content)
    with pytest.raises(Damaged, match=problem):
        list(store.sightings())
    assert states(store)[State.DAMAGED] == 1


def test_a_sighting_whose_bytes_are_gone_is_found(store: Store) -> None:
    store.record(sighting(store))
    store.path(ABC).unlink()
    (checked,) = store.verify()
    assert checked.state is State.DAMAGED
    assert ABC in checked.problem


def test_a_folder_that_is_not_there_is_an_empty_archive(store: Store) -> None:
    assert list(store.verify()) == []
    assert list(store.sightings()) == []
    assert store.clean() == []


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
    assert sorted(store.clean()) == sorted([old, journal])
    assert files(store) == {**records, str(new): b"half"}
    assert store.clean(older_than=timedelta(seconds=-1)) == [new]


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
