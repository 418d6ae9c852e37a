"""Do copies stay within their bounds, whole, the newest used longest, whichever processes share them?"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.archive.cache import SHARE, Cache

MOST = 160_000
LONG = b"x" * 5_000


def held(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_a_copy_comes_back_and_no_other(tmp_path: Path) -> None:
    cache = Cache(tmp_path, MOST)
    for key, content in (("a", b"abc"), ("b", b""), ("c", bytes(range(256)))):
        assert cache.get(key) is None
        assert not cache.has(key)
        cache.put(key, content)
        assert cache.has(key)
        assert Cache(tmp_path, MOST).get(key) == content


def test_damage_is_never_handed_out(tmp_path: Path) -> None:
    cache = Cache(tmp_path, MOST)
    cache.put("a", LONG)
    (copy,) = (path for path in tmp_path.rglob("*") if path.is_file())
    whole = copy.read_bytes()
    chosen = random.Random(3)
    for _ in range(30):
        at = chosen.randrange(len(whole))
        for damage in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            copy.write_bytes(damage)
            assert cache.get("a") is None
    cache.put("a", LONG)
    assert cache.get("a") == LONG


def test_there_is_never_more_than_may_be(tmp_path: Path) -> None:
    chosen, cache = random.Random(4), Cache(tmp_path, MOST)
    for n in range(300):
        cache.put(str(n), b"x" * chosen.choice((10, 1_000, 9_000, 30_000)))
        assert held(tmp_path) <= MOST
    assert held(tmp_path) > MOST // 2, "and it is made use of"
    assert cache.get("299") is not None
    cache.put("long", b"x" * (MOST // 3))
    assert not cache.has("long")


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, MOST)
    for n in range(20):
        cache.put(str(n), LONG)
        os.utime(cache._path(str(n)), (n, n))
    for n in (3, 7):
        assert cache.get(str(n)) == LONG
    for n in range(20, 40):
        cache.put(str(n), LONG)
    there = {n for n in range(40) if cache.has(str(n))}
    assert {3, 7, *range(20, 40)} <= there
    gone = set(range(20)) - there
    assert gone
    assert max(gone) < min(there - {3, 7})


PROCESS = """
import random, sys
from pathlib import Path
from tracker.archive.cache import Cache
cache, chosen = Cache(Path(sys.argv[1]), int(sys.argv[2])), random.Random(int(sys.argv[3]))
for _ in range(1500):
    key = str(chosen.randrange(120))
    content = key.encode() * chosen.choice((100, 1000))
    found = cache.get(key)
    assert found is None or found == key.encode() * (len(found) // len(key)), key
    cache.put(key, content)
"""


def test_several_processes_share_it(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", PROCESS, str(tmp_path), str(MOST), str(n)], stderr=subprocess.PIPE)
        for n in range(3)
    ]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [(b"", 0)] * 3
    assert MOST // 2 < held(tmp_path) <= MOST + 2 * MOST // SHARE
    assert not list(tmp_path.rglob("*writing*")), "nothing half-written is left"


def test_what_a_killed_process_left_goes_too(tmp_path: Path) -> None:
    cache = Cache(tmp_path, MOST)
    cache.put("a", b"abc")
    left = next(path for path in tmp_path.iterdir()) / "left.writing-1-2"
    left.write_bytes(LONG)
    os.utime(left, (1, 1))
    for n in range(40):
        cache.put(str(n), LONG)
    assert not left.exists()


def test_a_folder_that_cannot_be_written_costs_the_copies_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")
    cache = Cache(tmp_path / "file", MOST)
    cache.put("a", b"abc")
    assert cache.get("a") is None
    assert "no copy of a document is kept" in caplog.text


def test_nothing_is_kept_where_nothing_may_be(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "none", 0)
    cache.put("a", b"")
    assert not (tmp_path / "none").exists()
