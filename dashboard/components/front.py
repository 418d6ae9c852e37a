"""What stands on the front page: last sittings, the closest votes, what changed?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard import links
from dashboard.components import history, results
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.changes import ChangeSet
from tracker.queries.listed import Page, Sitting


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


def closest(found: Page, since: date, margin: int, say: Words, lang: str | None) -> Html:
    """Return the closest votes since a day, those at most so far apart, with the rule printed."""
    every = links.to("votes", lang, since=since, margin=margin, sort="closest")
    rule = el("p", say("overview.closest_is", n=margin, day=say.day(since)), class_="esc-hint")
    more = el("p", el("a", say("overview.closest_all", n=say.number(found.total)), href=every), class_="esc-more")
    body = results.table(found.rows, say, lang, dated=True)
    return el(
        "section",
        el("h2", say("overview.closest"), id="closest"),
        rule,
        body if found.total else el("p", say("overview.none_close"), class_="esc-note"),
        more if found.total > len(found.rows) else None,
        class_="esc-section",
    )


def changed(changes: Sequence[ChangeSet], say: Words, lang: str | None) -> Html:
    """Return what moved last in the records, and the way to all of it."""
    body = history.sets(changes, say, lang) if changes else el("p", say("overview.no_changes"), class_="esc-note")
    more = el("p", el("a", say("overview.changes_all"), href=links.to("changes", lang)), class_="esc-more")
    title = el("h2", say("overview.changes"), id="changes")
    return el("section", title, body, more if changes else None, class_="esc-section")
