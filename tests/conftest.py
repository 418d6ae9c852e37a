"""What every test stands on: no network but loopback, the corpus where it is at hand."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

NEEDS = {
    "corpus": (CORPUS.is_dir(), "ESCRUTINIO_REQUIRE_CORPUS", f"no corpus at {CORPUS}"),
    "browser": (
        shutil.which("chromium") is not None,
        "ESCRUTINIO_REQUIRE_BROWSER",
        "no chromium on the path",
    ),
    "postgres": (
        shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        "ESCRUTINIO_REQUIRE_POSTGRES",
        "no PostgreSQL server programme",
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this machine lacks, unless the lack is declared a failure."""
    for item in items:
        for need, (there, variable, why) in NEEDS.items():
            if item.get_closest_marker(need) and not there and os.environ.get(variable) != "1":
                item.add_marker(pytest.mark.skip(reason=f"{why} (set {variable}=1 to make this a failure)"))


@pytest.fixture
def corpus() -> Path:
    """The folder of official documents; tests that use it carry the mark `corpus`."""
    return CORPUS


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make a connection to anywhere but this machine an error."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "localhost", "::1")):
            raise AssertionError(f"a test tried to reach {address}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    yield
