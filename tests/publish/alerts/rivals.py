"""A process that starts others which plan and send once, and are killed on the way if they are told to.

Each line of standard input asks for some, as JSON; the answer is how each ended. Importing everything once spares them
the time. No thread runs before they are started.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import datetime
from typing import Any

from tracker.publish import alerts, delivery
from tracker.publish.rules import parse
from tracker.queries.database import connect
from tracker.storage.engine import open_engine


def die(*_words: Any, **_more: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def go(asked: dict[str, Any]) -> int:
    """Plan and send. Return how many messages went out."""
    url, now = asked["url"], datetime.fromisoformat(asked["now"])
    rules = parse(asked["rules"], "alerts.toml")
    post = alerts.Post(
        open_engine(url), connect(url), rules, public_url="https://votes.example.org", days=asked["days"],
        clock=lambda: now,
    )  # fmt: skip
    alerts.plan(post)
    if asked["point"] == "after planning":
        die()
    if asked["point"] == "after handing over":
        hand_over = alerts.deliver
        alerts.deliver = lambda *words, **more: (hand_over(*words, **more), die())  # type: ignore[assignment]
    return alerts.send(post).sent


def started(asked: dict[str, Any]) -> int:
    child = os.fork()
    if not child:
        code = 255
        try:
            code = go(asked)
        finally:
            os._exit(code)
    return child


delivery.service("json://localhost")
for line in sys.stdin:
    asked = json.loads(line)
    children = [started(asked) for _ in range(asked["count"])]
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    print(json.dumps(ends), flush=True)
