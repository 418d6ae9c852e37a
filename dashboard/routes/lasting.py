"""How long may an answer about a vote be kept, by a browser and by a proxy in front, before it is asked for anew?

The more settled a record, the longer. What a correction changes shows within the seconds named here, whoever keeps it:
half of them are the proxy's, a quarter passes while the proxy fetches anew and still gives what it has, and a quarter
is the browser's.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum

from dashboard.routes.asked import Asked
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries.view import VoteView

DAY = 86_400
"""Seconds that a proxy may go on giving what it has, if nobody answers behind it."""
RECENT, PAST = timedelta(days=7), timedelta(days=90)


class Lasts(Enum):
    """How settled what is shown is; the value stands in the tag of an answer."""

    YOUNG = "y"
    SETTLED = "s"
    OLD = "o"
    EARLIER = "e"

    @property
    def rule(self) -> str:
        """What `Cache-Control` says. An address that names an earlier reading shows the same for good."""
        if self is Lasts.EARLIER:
            return "public, max-age=604800, immutable"
        part = WITHIN[self] // 4
        return f"public, max-age={part}, s-maxage={2 * part}, stale-while-revalidate={part}, stale-if-error={DAY}"


WITHIN = {Lasts.YOUNG: 60, Lasts.SETTLED: 300, Lasts.OLD: 1800}
"""Seconds within which every reader sees what has changed."""


def of(view: VoteView, asked: Asked) -> Lasts:
    """Return how long an answer with a vote may be kept.

    Young is what the source calls provisional, what is in doubt, and what came or moved within a week; old what has
    not moved for three months.
    """
    if asked.version is not None and not view.in_force and view.origin.since is not None:
        return Lasts.EARLIER
    if view.status is Status.PROVISIONAL or view.verdict is Verdict.DOUBTFUL:
        return Lasts.YOUNG
    moved = datetime.now(UTC) - max(view.origin.since or view.origin.at, view.first_seen)
    if moved < RECENT:
        return Lasts.YOUNG
    return Lasts.SETTLED if moved < PAST else Lasts.OLD
