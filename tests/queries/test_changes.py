"""Are changes told with their cause, the newest first?"""

from __future__ import annotations

from datetime import UTC, datetime

import seed
from sqlalchemy import Engine

from tracker.domain.changes import Cause
from tracker.queries import changes


def test_the_latest_changes_come_as_sets(engine: Engine) -> None:
    (one,) = changes.latest(engine)
    assert (one.vote, one.short, one.cause) == (seed.CORRECTED, "US House", Cause.SOURCE)
    assert {(c.field, c.was, c.now) for c in one.changes} >= {("board", "5–4–0", "4–5–0"), ("ballot", "Yea", "Nay")}
    assert changes.of_vote(engine, seed.CORRECTED) == (one,)


def test_changes_before_a_moment_are_left_out(engine: Engine) -> None:
    assert changes.latest(engine, since=datetime(2100, 1, 1, tzinfo=UTC)) == ()
    assert changes.latest(engine, limit=0) == ()


def test_a_vote_that_never_moved_has_no_changes(engine: Engine) -> None:
    assert changes.of_vote(engine, seed.FOUNDING) == ()
    assert changes.of_vote(engine, "no-such-vote") == ()
