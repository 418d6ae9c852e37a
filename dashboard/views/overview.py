"""What happened last, how close was it, what changed since, and is every source up to date?"""

from __future__ import annotations

from datetime import timedelta

from dashboard import data, frame
from dashboard.components import freshness, front
from dashboard.components.escape import el
from tracker.queries.filters import VoteFilter
from tracker.queries.listed import Sitting

# A chamber whose last sitting is so much older than the newest of all is only named.
QUIET = timedelta(days=200)
# The closest votes are sought among the sittings of so many days, at most so far apart; so many are shown.
LATELY = timedelta(days=90)
CLOSE, CLOSEST = 5, 5


def show() -> None:
    """Put the page together."""
    say, lang = frame.say(), frame.lang()
    sources = data.sources()
    days, changes = data.overview()
    ways = [el("a", say(f"overview.{part}"), href=f"#{part}") for part in ("closest", "changes")] if days else []
    frame.show(
        el(
            "header",
            el("h1", say("overview.title")),
            el("p", say("overview.lead")),
            freshness.summary(sources, say, lang) if sources else None,
            el("nav", ways, class_="esc-contents", aria_label=say("contents.title")) if ways else None,
            class_="esc-head",
        )
    )
    if not days:
        frame.show(
            el("section", el("h2", say("overview.empty")), el("p", say("overview.empty_is")), class_="esc-notice")
        )
        return
    chambers: dict[str, list[Sitting]] = {}
    for day in days:
        chambers.setdefault(day.legislature, []).append(day)
    recent = [some for some in chambers.values() if days[0].date - some[0].date <= QUIET]
    frame.show(*(front.chamber(some, say, lang) for some in recent))
    others = [some[0] for some in chambers.values() if some not in recent]
    since = days[0].date - LATELY
    found = data.listing(VoteFilter(since=since, margin=CLOSE, sort="closest", limit=CLOSEST))
    frame.show(
        front.closest(found, since, CLOSE, say, lang), front.changed(changes, say, lang), front.quiet(others, say, lang)
    )


show()
