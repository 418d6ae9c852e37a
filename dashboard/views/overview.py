"""What happened last, how close was it, what changed since, and is every source up to date?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dashboard import data, frame, links
from dashboard.components import freshness, history, results
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.filters import VoteFilter
from tracker.queries.listed import Sitting

# A chamber whose last sitting is so much older than the newest of all is only named.
QUIET = timedelta(days=200)
# The closest votes are sought among the sittings of so many days, at most so far apart; so many are shown.
LATELY = timedelta(days=90)
CLOSE, CLOSEST = 5, 5


def chamber(days: Sequence[Sitting], say: Words, lang: str | None) -> Html:
    """Return a chamber's last sitting in clock order, the way to the rest of it, and the sittings before."""
    last, *before = days
    every = el("a", say("overview.all", n=say.number(last.total)), href=_address(last, lang))
    earlier = [el("a", _told(day, say), href=_address(day, lang)) for day in before]
    return el(
        "section",
        el("h2", last.chamber),
        el("p", say("overview.sitting", day=_told(last, say)), class_="esc-kicker"),
        results.table(last.rows, say, lang, dated=False),
        el("p", every, class_="esc-more") if last.total > len(last.rows) else None,
        el("p", f"{say('overview.before')} ", join(earlier, " · "), class_="esc-hint esc-more") if earlier else None,
        class_="esc-section",
    )


def quiet(days: Sequence[Sitting], say: Words, lang: str | None) -> Html | None:
    """Return a line for each chamber that has not sat for long, with its last sitting; None if there is none."""
    if not days:
        return None
    lines = [el("li", f"{day.chamber}: ", el("a", _told(day, say), href=_address(day, lang))) for day in days]
    return el("section", el("h2", say("overview.quiet")), el("ul", lines, class_="esc-plainlist"), class_="esc-section")


def _told(day: Sitting, say: Words) -> str:
    return f"{say.day(day.date)}, {say.count('votes', day.total)}"


def _address(day: Sitting, lang: str | None) -> str:
    return links.sitting(day.legislature, day.date, lang)


def closest(newest: Sitting, say: Words, lang: str | None) -> Html:
    """Return the closest votes of late, by the rule printed with them."""
    since = newest.date - LATELY
    found = data.listing(VoteFilter(since=since, margin=CLOSE, sort="closest", limit=CLOSEST))
    every = links.to("votes", lang, since=since, margin=CLOSE, sort="closest")
    rule = el("p", say("overview.closest_is", n=CLOSE, day=say.day(since)), class_="esc-hint")
    more = el("p", el("a", say("overview.closest_all", n=say.number(found.total)), href=every), class_="esc-more")
    body = results.table(found.rows, say, lang, dated=True)
    return el(
        "section",
        el("h2", say("overview.closest"), id="closest"),
        rule,
        body if found.total else el("p", say("overview.none_close"), class_="esc-note"),
        more if found.total > CLOSEST else None,
        class_="esc-section",
    )


def changed(say: Words, lang: str | None) -> Html:
    """Return what moved last in the records, and the way to all of it."""
    _, changes = data.overview()
    body = history.sets(changes, say, lang) if changes else el("p", say("overview.no_changes"), class_="esc-note")
    more = el("p", el("a", say("overview.changes_all"), href=links.to("changes", lang)), class_="esc-more")
    title = el("h2", say("overview.changes"), id="changes")
    return el("section", title, body, more if changes else None, class_="esc-section")


def show() -> None:
    """Put the page together."""
    say, lang = frame.say(), frame.lang()
    sources = data.sources()
    days, _ = data.overview()
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
    frame.show(*(chamber(some, say, lang) for some in recent))
    others = [some[0] for some in chambers.values() if some not in recent]
    frame.show(closest(days[0], say, lang), changed(say, lang), quiet(others, say, lang))


show()
