"""A newsroom on each engine, a web hook, and senders that are killed on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from newsroom import Hook, Newsroom

from tracker.publish.rules import written


@pytest.fixture
def newsroom(database_url: str) -> Iterator[Newsroom]:
    """A newsroom on each engine."""
    opened = Newsroom(database_url)
    yield opened
    opened.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom on SQLite, where the engine makes no difference."""
    opened = Newsroom(f"sqlite:///{tmp_path / 'small.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def hook() -> Iterator[Hook]:
    opened = Hook()
    yield opened
    opened.close()


SENDER = """
import os, sys
from tracker.publish import alerts, delivery
from tracker.publish.rules import parse
from tracker.queries.database import connect
from tracker.storage.engine import open_engine
url, rules, point = sys.argv[1:4]
if point == "after planning":
    alerts.send = lambda *a, **b: os.kill(os.getpid(), 9)
if point == "after handing over":
    real = alerts.deliver
    def deliver(*a, **b):
        real(*a, **b)
        os.kill(os.getpid(), 9)
    alerts.deliver = deliver
post = alerts.Post(open_engine(url), connect(url), parse(rules, "x"), "en", days=36500)
alerts.plan(post)
print(alerts.send(post).sent)
"""


@pytest.fixture
def sender(newsroom: Newsroom) -> Callable[..., subprocess.Popen[str]]:
    """Start a process that plans and sends once, and dies with SIGKILL at a point if one is named."""

    def start(*rules: dict[str, Any], point: str = "") -> subprocess.Popen[str]:
        text = "\n".join(written({"name": f"r{n}", "language": "en"} | rule) for n, rule in enumerate(rules, 1))
        return subprocess.Popen(
            [sys.executable, "-c", SENDER, newsroom.url, text, point], text=True, stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        )  # fmt: skip

    return start
