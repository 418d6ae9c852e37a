"""A server of S3's kind on loopback, as a process of its own, and the places an archive can be tried in."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tracker.archive.journal import Sighting
from tracker.archive.store import State, Store
from tracker.settings import Bucket

KEY, SECRET, TOKEN = "AKIATESTS", "a-secret-of-the-tests", "a-token-of-the-tests"


ABC = hashlib.sha256(b"abc").hexdigest()
AT = datetime(2023, 5, 19, 5, 10, 0, 123456, tzinfo=UTC)


def sighting(store: Store, content: bytes = b"abc", at: datetime = AT, url: str = "https://example.org/1") -> Sighting:
    return Sighting(
        "pe_minutes", "minutes", url, store.put(content), at, date(2023, 5, 18), {"year": "2023"}, "text/xml"
    )


def states(store: Store) -> Counter[State]:
    return Counter(checked.state for checked in store.verify())


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a server that speaks S3."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "MOTO_S3_DEFAULT_MAX_KEYS": "7"},
    )
    try:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, "the server ended"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@dataclass
class Hand:
    """A person's hand in a bucket: past the store."""

    client: Any
    bucket: Bucket
    name: str
    prefix: str = ""

    def files(self) -> dict[str, bytes]:
        found = {}
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self.prefix):
            for entry in page.get("Contents", ()):
                body = self.client.get_object(Bucket=self.name, Key=entry["Key"])["Body"].read()
                found[entry["Key"].removeprefix(self.prefix)] = body
        return found

    def spoil(self, name: str, content: bytes) -> None:
        self.client.put_object(Bucket=self.name, Key=f"{self.prefix}{name}", Body=content)

    def remove(self, name: str) -> None:
        self.client.delete_object(Bucket=self.name, Key=f"{self.prefix}{name}")

    def written(self) -> dict[str, object]:
        """When each file was written."""
        entries = self.client.list_objects_v2(Bucket=self.name, Prefix=self.prefix).get("Contents", ())
        return {entry["Key"].removeprefix(self.prefix): entry["LastModified"] for entry in entries}

    def store(self) -> Store:
        return Store(self.bucket)


@dataclass
class FolderHand:
    """The same in a folder."""

    root: Path

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}

    def spoil(self, name: str, content: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.chmod(0o644)
        path.write_bytes(content)

    def remove(self, name: str) -> None:
        (self.root / name).unlink()

    def written(self) -> dict[str, object]:
        return {name: (self.root / name).stat().st_mtime_ns for name in self.files()}

    def store(self) -> Store:
        return Store(self.root)


@pytest.fixture
def s3_keys(monkeypatch: pytest.MonkeyPatch, s3_server: str) -> None:
    """What programmes for S3 look for in the environment."""
    said = {
        "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN,
        "AWS_ENDPOINT_URL": s3_server, "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }  # fmt: skip
    for name, value in said.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def s3_client(s3_server: str) -> Any:
    """A client that is not ours."""
    import boto3

    keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": "us-east-1"}
    return boto3.client("s3", endpoint_url=s3_server, **keys)


@pytest.fixture
def bucket(s3_keys: None, s3_client: Any, tmp_path: Path) -> Hand:
    """An empty bucket, and an archive's place in it."""
    name = f"tests-{uuid.uuid4().hex[:12]}"
    s3_client.create_bucket(Bucket=name)
    return Hand(s3_client, Bucket(f"s3://{name}/an/archive", tmp_path / "cache", 10_000_000), name, "an/archive/")


@pytest.fixture(params=["folder", "bucket"])
def hand(request: pytest.FixtureRequest, tmp_path: Path) -> Hand | FolderHand:
    """An empty archive in each kind of place."""
    if request.param == "folder":
        return FolderHand(tmp_path / "archive")
    found: Hand = request.getfixturevalue("bucket")
    return found


def forget() -> None:
    """Let the next one who asks look anew where the server is and which keys there are."""
    from tracker.archive import bucket as module

    module._service.cache_clear()
    module.stored.cache_clear()


def lead(monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    """Lead whoever asks next to another server."""
    forget()
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)


class Wire:
    """A way to a server that passes bytes on until it is told, or has passed so many, and then holds them back."""

    def __init__(self, to: str, most: int) -> None:
        self.host, port = to.removeprefix("http://").split(":")
        self.port = int(port)
        self.left = most
        self.holds = threading.Event()
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection((self.host, self.port))
                self._ends += [near, far]
                threading.Thread(target=self._pass, args=(near, far, True), daemon=True).start()
                threading.Thread(target=self._pass, args=(far, near, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                if up:
                    self.left -= len(piece)
                    if self.left < 0:
                        self.holds.set()
                        self._over.wait()
                        return
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._over.set()
        for end in (self._listener, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
