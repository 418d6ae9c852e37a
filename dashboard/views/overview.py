"""What happened last, what changed since, and is every source up to date?"""

from __future__ import annotations

from dashboard import data, frame, links
from dashboard.components import freshness, history, results
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.queries.listed import Sitting


def sitting(day: Sitting, say: Words, lang: str | None) -> Html:
    """Return a sitting's votes in clock order, and the way to the rest of them."""
    every = links.to("votes", lang, ch=day.legislature, since=day.date, until=day.date)
    more = (
        el("p", el("a", say("overview.all", n=say.number(day.total)), href=every))
        if day.total > len(day.rows)
        else None
    )
    return el(
        "section",
        el("h2", day.chamber),
        el(
            "p",
            say("overview.sitting", day=say.day(day.date), votes=say.count("votes", day.total)),
            class_="esc-kicker",
        ),
        results.table(day.rows, say, lang, dated=False),
        more,
        class_="esc-section",
    )


def show() -> None:
    """Put the page together."""
    say, lang = frame.say(), frame.lang()
    sources = data.sources()
    sittings, changes = data.overview()
    frame.show(el("header", el("h1", say("overview.title")), el("p", say("overview.lead")), class_="esc-head"))
    if sources:
        frame.show(el("section", el("h2", say("freshness.title"), class_="esc-hidden"), freshness.lines(sources, say)))
    if not sittings:
        frame.show(
            el("section", el("h2", say("overview.empty")), el("p", say("overview.empty_is")), class_="esc-notice")
        )
        return
    frame.show(*(sitting(day, say, lang) for day in sittings))
    frame.show(history.latest(changes, say, lang, say("overview.changes")))


show()
