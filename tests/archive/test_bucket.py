"""Is an archive in a bucket as safe as one in a folder, whoever is killed and whatever becomes of the network?"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from loopback import Answered, Asked, Loopback
from object_storage import ABC, KEY, SECRET, TOKEN, Hand, Wire, forget, free_port, lead, sighting, states

from tracker.archive import bucket as module
from tracker.archive.bucket import AHEAD, Patience
from tracker.archive.files import Unreachable
from tracker.archive.store import Damaged, Missing, State, Store
from tracker.queries import pieces
from tracker.settings import Bucket

OBJECT = f"objects/b/{ABC}"
BRISK = Patience(connect=1, read=0.5, whole=20, attempts=2, rest=0)


@pytest.fixture(autouse=True)
def no_connections_of_others() -> Iterator[None]:
    """Each test looks anew where the server is and which keys there are."""
    forget()
    yield
    forget()


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long, in a test."""
    monkeypatch.setattr(module, "PATIENT", BRISK)


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tracker.archive.journal import Sighting
from tracker.archive.store import Store
from tracker.settings import Bucket
store, size, count = Store(Bucket(sys.argv[1], Path(sys.argv[2]), 0)), int(sys.argv[3]), int(sys.argv[4])
start = datetime(2023, 5, 19, tzinfo=UTC)
print("ready", flush=True)
for n in range(count):
    sha256 = store.put(f"{n} ".encode() * size)
    store.record(Sighting("us_house", "roll_call", f"https://example.org/{n}", sha256, start + timedelta(seconds=n)))
    store.settle()
"""


def write(hand: Hand, size: int, count: int, **more: str) -> subprocess.Popen[bytes]:
    words = [str(hand.bucket), str(hand.bucket.cache), str(size), str(count)]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *words], stdout=subprocess.PIPE, env={**os.environ, **more}, bufsize=0
    )


def test_killed_in_the_middle_of_writing_nothing_has_a_name(bucket: Hand, s3_server: str) -> None:
    wire = Wire(s3_server, most=2_000_000)
    writer = write(bucket, 2_000_000, 1, AWS_ENDPOINT_URL=wire.url)
    try:
        assert wire.holds.wait(60), "two of four megabytes were sent"
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        wire.close()
    store = bucket.store()
    assert bucket.files() == {}
    assert list(store.sightings()) == []
    assert store.clean() == []
    content = b"0 " * 2_000_000
    assert store.get(store.put(content)) == content
    assert states(store) == {State.OK: 1}


def test_two_machines_may_write_the_same(bucket: Hand) -> None:
    writers = [write(bucket, 100, 8) for _ in range(2)]
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0, 0]
    assert states(bucket.store()) == {State.OK: 16}
    assert [one.url for one in bucket.store().sightings()] == [f"https://example.org/{n}" for n in range(8)]


def test_sightings_that_were_noted_are_one_object_and_there_when_settled(bucket: Hand) -> None:
    store = bucket.store()
    for n in range(3):
        store.note(sighting(store, url=f"https://example.org/{n}"))
    assert [name for name in bucket.files() if name.startswith("journal/")] == []
    store.settle()
    assert len([name for name in bucket.files() if name.startswith("journal/")]) == 1
    assert [one.url for one in bucket.store().sightings()] == [f"https://example.org/{n}" for n in range(3)]


def test_long_lists_come_whole_and_in_order(bucket: Hand) -> None:
    """The tests' server gives few names with each answer."""
    store = bucket.store()
    names = [f"objects/{n % 3}/{n:03}" for n in range(40)]
    for name in names:
        store.place.write(name, name.encode())
    store.place.write("words/0/x", b"")
    assert list(store.place.walk("objects")) == sorted(names)
    assert list(store.place.each(store.place.read, sorted(names))) == [name.encode() for name in sorted(names)]


def test_many_are_asked_for_at_once_but_not_all(bucket: Hand) -> None:
    at_once = threading.Barrier(AHEAD)
    asked = []

    def work(name: str) -> str:
        asked.append(name)
        if len(asked) <= AHEAD:
            at_once.wait(timeout=20)
        return name

    names = [str(n) for n in range(100)]
    found = bucket.store().place.each(work, names)
    assert [next(found) for _ in range(5)] == names[:5]
    assert AHEAD <= len(asked) <= 2 * AHEAD + 5
    assert list(found) == names[5:]


def test_the_journal_is_kept_at_hand_and_the_documents_of_readers(bucket: Hand) -> None:
    store = bucket.store()
    store.record(sighting(store))
    assert len(list(store.sightings())) == 1
    assert store.get(ABC) == b"abc"
    reader = Store(bucket.bucket, hurried=True)
    assert reader.get(ABC) == b"abc"
    for name in bucket.files():
        bucket.remove(name)
    assert reader.get(ABC) == b"abc", "a copy is at hand"
    with pytest.raises(Missing):
        store.get(ABC)
    assert [checked.state for checked in store.verify()] == [], "what is checked is the bucket"


def test_a_damaged_copy_is_fetched_anew(bucket: Hand) -> None:
    bucket.store().put(b"abc")
    reader = Store(bucket.bucket, hurried=True)
    assert reader.get(ABC) == b"abc"
    (copy,) = (path for path in bucket.bucket.cache.rglob("*") if path.is_file())
    copy.write_bytes(copy.read_bytes()[:-1] + b"x")
    assert reader.get(ABC) == b"abc"
    bucket.spoil(OBJECT, b"abx")
    copy.unlink()
    with pytest.raises(Damaged, match=f"s3://{bucket.name}/an/archive/{OBJECT}"):
        reader.get(ABC)


def test_no_bucket_is_said(bucket: Hand) -> None:
    store = Store(Bucket("s3://no-such-bucket", bucket.bucket.cache, 0))
    for ask in (lambda: store.put(b"abc"), lambda: store.get(ABC), lambda: list(store.verify())):
        with pytest.raises(Unreachable, match="s3://no-such-bucket: there is no such bucket"):
            ask()


def test_no_credentials_is_said(bucket: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name)
    with pytest.raises(Unreachable, match="no credentials; set AWS_ACCESS_KEY_ID"):
        Store(bucket.bucket).put(b"abc")


class Odd(Loopback):
    """A service that answers every request alike."""

    def __init__(self, answer: Answered) -> None:
        self.asked = 0
        self._answer = answer
        super().__init__()

    def answer(self, asked: Asked) -> Answered:
        self.asked += 1
        return self._answer


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch, s3_keys: None) -> Iterator[Callable[[Answered], Odd]]:
    started: list[Odd] = []

    def start(answer: Answered) -> Odd:
        started.append(Odd(answer))
        monkeypatch.setenv("AWS_ENDPOINT_URL", started[-1].url)
        return started[-1]

    yield start
    for site in started:
        site.close()


def test_what_is_refused_is_said_without_what_the_server_says(
    odd: Callable[[Answered], Odd], brisk: None, tmp_path: Path
) -> None:
    said = f"<Error><Code>SignatureDoesNotMatch</Code><Message>{SECRET} {TOKEN}</Message></Error>".encode()
    odd(Answered(403, said, {"Content-Type": "application/xml"}))
    with pytest.raises(Unreachable, match=r"access is refused \(SignatureDoesNotMatch\)") as refused:
        Store(Bucket("s3://mine", tmp_path, 0)).get(ABC)
    assert SECRET not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_errors_of_the_server_are_tried_again_and_then_said(
    odd: Callable[[Answered], Odd], brisk: None, tmp_path: Path
) -> None:
    site = odd(Answered(503, b"<Error><Code>ServiceUnavailable</Code></Error>"))
    with pytest.raises(Unreachable, match="ServiceUnavailable"):
        Store(Bucket("s3://tried", tmp_path, 0)).get(ABC)
    assert 2 <= site.asked <= 4


def dead(monkeypatch: pytest.MonkeyPatch) -> None:
    lead(monkeypatch, f"http://127.0.0.1:{free_port()}")


def test_a_network_that_is_gone_is_said(
    s3_keys: None, brisk: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    dead(monkeypatch)
    caplog.set_level(logging.DEBUG)
    store = Store(Bucket("s3://gone", tmp_path, 0))
    for ask in (lambda: store.put(b"abc"), lambda: store.get(ABC), lambda: store.words(ABC, "0" * 16)):
        with pytest.raises(Unreachable, match="s3://gone: the server cannot be reached"):
            ask()
    assert not any(secret in caplog.text for secret in (KEY, SECRET, TOKEN, "Signature="))


def test_a_server_that_never_answers_is_waited_for_so_long_and_no_longer(
    s3_keys: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENT", Patience(connect=1, read=30, whole=1.5, attempts=2, rest=0))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        began = time.monotonic()
        with pytest.raises(Unreachable, match="silent"):
            Store(Bucket("s3://silent", tmp_path, 0)).get(ABC)
        assert time.monotonic() - began < 5


def test_an_answer_that_breaks_off_is_no_document(
    bucket: Hand, s3_server: str, brisk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytes(range(256)) * 8000
    sha256 = bucket.store().put(content)
    with Broken(s3_server, after=1_000_000) as wire:
        lead(monkeypatch, wire.url)
        store = Store(bucket.bucket)
        with pytest.raises(Unreachable):
            store.get(sha256)
        with pytest.raises(Unreachable):
            store.place.digest(f"objects/{sha256[0]}/{sha256}")


class Broken(Wire):
    """A way that ends each answer after so many bytes."""

    def __init__(self, to: str, after: int) -> None:
        self.after = after
        super().__init__(to, most=10**9)

    def __enter__(self) -> Broken:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    def _pass(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        left = 10**9 if up else self.after
        with suppress(OSError):
            while left > 0 and (piece := source.recv(min(left, 65536))):
                left -= len(piece)
                target.sendall(piece)
            for end in (source, target):
                end.shutdown(socket.SHUT_RDWR)


def test_readers_see_the_page_without_its_picture_and_wait_once(
    bucket: Hand, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sha256 = bucket.store().put(b"a picture")
    assert pieces.held(bucket.bucket, sha256)
    assert pieces.picture(bucket.bucket, sha256) == b"a picture"
    dead(monkeypatch)
    assert pieces.held(bucket.bucket, sha256), "a copy is at hand"
    assert pieces.picture(bucket.bucket, sha256) == b"a picture"
    with caplog.at_level(logging.WARNING):
        began = time.monotonic()
        assert not pieces.held(bucket.bucket, ABC)
        assert time.monotonic() - began < module.HURRIED.whole + 2
        began = time.monotonic()
        for _ in range(50):
            assert pieces.picture(bucket.bucket, ABC) is None
            with pytest.raises(pieces.Undrawable):
                pieces.page(bucket.bucket, ABC, 1)
        assert time.monotonic() - began < 1, "nobody waits for what did not answer a moment ago"
    said = [record.getMessage() for record in caplog.records if record.name == "tracker.archive.bucket"]
    assert len(said) == 1
    assert "cannot be reached" in said[0]


def test_secrets_are_never_logged(bucket: Hand) -> None:
    bucket.store().put(b"abc")
    said = {"ESCRUTINIO_ARCHIVE": str(bucket.bucket), "ESCRUTINIO_HOME": str(bucket.bucket.cache)}
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "--debug", "archive", "verify"],
        env={**os.environ, **said}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert f"1 files checked in s3://{bucket.name}/an/archive, 0 not sound" in done.stdout
    for secret in (KEY, SECRET, TOKEN, "Signature="):
        assert secret not in done.stdout + done.stderr


def test_where_the_extra_is_missing_it_is_named(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['s3fs'] = None\n"
        "from pathlib import Path\nfrom tracker.archive.store import Store\nfrom tracker.settings import Bucket\n"
        f"Store(Bucket('s3://one', Path({str(tmp_path)!r}), 0))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr.strip().endswith("Unreachable: an archive in a bucket needs the extra `s3`: "
                                        "pip install 'escrutinio[s3]'")  # fmt: skip
