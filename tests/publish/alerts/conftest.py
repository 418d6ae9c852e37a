"""A newsroom on each engine, a web hook, and senders that are killed on the way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from newsroom import FAR, Newsroom
from sqlalchemy import create_engine

from tracker.publish.rules import written


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a newsroom in which nothing has happened yet."""
    path = tmp_path_factory.mktemp("newsroom") / "made.sqlite"
    Newsroom(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def made_there(postgres_server: str) -> str:
    """The same on PostgreSQL: the name of a database to copy."""
    _admin(postgres_server, "CREATE DATABASE newsroom_made")
    Newsroom(f"{postgres_server}/newsroom_made").close()
    return "newsroom_made"


def _admin(server: str, words: str) -> None:
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(words)
    admin.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def newsroom(request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """A newsroom on each engine."""
    if request.param == "sqlite":
        yield request.getfixturevalue("small")
        return
    server, name = request.getfixturevalue("postgres_server"), f"t{uuid.uuid4().hex[:12]}"
    _admin(server, f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('made_there')}")
    opened = Newsroom(f"{server}/{name}", made=True)
    yield opened
    opened.close()
    _admin(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def small(made: Path, tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom on SQLite, where the engine makes no difference."""
    shutil.copy(made, tmp_path / "small.sqlite")
    opened = Newsroom(f"sqlite:///{tmp_path / 'small.sqlite'}", made=True)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def rivals() -> Iterator[subprocess.Popen[str]]:
    """The process that starts senders."""
    script, root = Path(__file__).with_name("rivals.py"), Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(root)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    yield process
    process.communicate(timeout=30)


@pytest.fixture
def sender(newsroom: Newsroom, rivals: subprocess.Popen[str]) -> Callable[..., list[int]]:
    """Let processes plan and send once, all at the same time; gives what each sent, or the signal that ended it.

    `point`: where they are killed.
    """

    def send(rule: dict[str, Any], *, count: int = 1, point: str = "") -> list[int]:
        asked = {"url": newsroom.url, "rules": written({"name": "r1", "language": "en"} | rule), "days": FAR,
                 "now": newsroom.now.isoformat(), "count": count, "point": point}  # fmt: skip
        assert rivals.stdin is not None
        assert rivals.stdout is not None
        print(json.dumps(asked), file=rivals.stdin, flush=True)
        return list(json.loads(rivals.stdout.readline()))

    return send
