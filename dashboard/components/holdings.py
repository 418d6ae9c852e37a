"""What is held of each chamber, how each source is doing, and what waits or is missing?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from dashboard import links, reasons, times
from dashboard.components import badge, checks, freshness
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.casing import calm
from tracker.queries.coverage import DocumentsHeld, Held, Unanswered, Waiting, YearHeld
from tracker.queries.doubts import DoubtView
from tracker.queries.health import FindingView, SourceHealth

LATEST = 5
"""Years of a chamber that are shown at once."""
MOST = 10
"""Entries of a list that are shown; the rest is counted."""


def sources(found: Sequence[SourceHealth], held: Held, say: Words) -> Html:
    """Return how each source is doing: its state, its documents, its last run, its times."""
    return el("ul", [el("li", _source(source, held.documents, say)) for source in found], class_="esc-sourcelist")


def _source(source: SourceHealth, documents: Iterable[DocumentsHeld], say: Words) -> list[Html]:
    facts = [
        (say("coverage.documents"), _papers([d for d in documents if d.source == source.slug], say)),
        (say("coverage.last_run"), _run(source, say)),
        (say("coverage.noticed"), _noticed(source, say)),
        (say("coverage.times"), times.told(source.timetable, say) if source.timetable else None),
    ]
    rows = [el("div", el("dt", name), el("dd", value)) for name, value in facts if value]
    return [el("p", freshness.line(source, say)), el("dl", rows, class_="esc-facts")]


def _papers(documents: Iterable[DocumentsHeld], say: Words) -> str | None:
    """Say how many of the documents a list named are held, and read whole; lists themselves are not counted."""
    told = []
    for one in documents:
        name = say.or_none(f"coverage.role.{one.role}")
        if name is not None:
            figures = {key: say.number(getattr(one, key)) for key in ("asked", "held", "read")}
            told.append(say("coverage.papers", name=name, **figures))
    return "; ".join(told) or None


def _run(source: SourceHealth, say: Words) -> str | None:
    run = source.last_run
    if run is None:
        return None
    ending = say.or_none(f"coverage.ending.{run.ending.replace(' ', '_')}") or run.ending
    at = say.moment(run.started_at, "UTC")
    if not run.ending:
        return f"{at}, {say('coverage.ending.running')}"
    news = say.count("coverage.documents_new", run.documents), say.count("coverage.votes_new", run.inserted)
    return f"{at}, {ending}: {', '.join(news)}"


def _noticed(source: SourceHealth, say: Words) -> str | None:
    counts = [say.count(f"coverage.severity.{name}", n) for name, n in sorted(source.findings_ever.items())]
    return ", ".join(counts) or None


def years(found: Sequence[YearHeld], names: dict[str, str], say: Words, lang: str | None) -> Html:
    """Return a table by chamber and year; every year leads to its votes, every doubt to those in doubt."""
    tables: list[Html | None] = []
    for slug, rows in groupby(found, key=lambda row: row.legislature):
        lines = [_year(row, say, lang) for row in rows]
        first, rest = lines[:LATEST], lines[LATEST:]
        older = el("details", el("summary", say.count("coverage.years", len(rest))), _table(None, rest, say))
        tables.append(_table(names.get(slug, slug), first, say))
        tables.append(el("div", older, class_="esc-official") if rest else None)
    return join(tables)


def _table(title: str | None, lines: Sequence[Html], say: Words) -> Html:
    heads = ("year", "sittings", "votes", "provisional", "doubtful")
    head = [
        el("th", say(f"coverage.{name}"), scope="col", class_="esc-n" if n else None) for n, name in enumerate(heads)
    ]
    caption = el("caption", title) if title else None
    table = el("table", caption, el("thead", el("tr", head)), el("tbody", lines), class_="esc-table")
    return el("div", table, class_="esc-scroll esc-years")


def _year(row: YearHeld, say: Words, lang: str | None) -> Html:
    within = {"ch": row.legislature, "since": date(row.year, 1, 1), "until": date(row.year, 12, 31)}

    def number(n: int, state: str | None = None) -> Html:
        if not n:
            return el("td", el("span", "0", class_="esc-zero"), class_="esc-n")
        way = el("a", say.number(n), href=links.to("votes", lang, **within, state=state)) if state else say.number(n)
        return el("td", way, class_="esc-n")

    year = el("th", el("a", str(row.year), href=links.to("votes", lang, **within)), scope="row")
    marked = number(row.provisional, "provisional"), number(row.doubtful, "doubtful")
    return el("tr", year, number(row.sittings), number(row.votes), *marked)


def waiting(found: Sequence[Waiting], say: Words, lang: str | None) -> Html:
    """Return the sittings whose votes are still provisional."""
    lines = [
        el(
            "li",
            el("a", f"{one.short}, {say.day(one.date)}", href=links.sitting(one.legislature, one.date, lang)),
            f": {say('coverage.waiting_since', votes=say.count('votes', one.votes), day=say.day(one.since.date()))}",
        )
        for one in found
    ]
    return _listed(lines, say("coverage.none_waiting"), say)


def doubts(found: Sequence[DoubtView], say: Words, lang: str | None) -> Html:
    """Return the votes in doubt that wait for a person, with what does not meet."""
    lines = [
        el(
            "li",
            el("a", calm(one.subject), href=links.vote(one.vote, lang), class_="esc-subject"),
            el(
                "p",
                f"{one.legislature} · {say.day(one.sitting_date)} ",
                badge.transcribed(one.credit, say),
                class_="esc-hint",
            ),
            checks.failed(one.failed, say),
        )
        for one in found
    ]
    return _listed(lines, say("coverage.none_doubtful"), say, links.to("votes", lang, state="doubtful"))


def missing(found: Sequence[Unanswered], titles: dict[str, str], say: Words) -> Html:
    """Return the addresses that gave no document when they were asked last."""
    lines = [
        el(
            "li",
            el("a", one.url, href=one.url, rel="noreferrer"),
            el("p", f"{titles.get(one.source, one.source)} · {say.moment(one.at, 'UTC')}", class_="esc-hint"),
            el("span", f"{one.status or ''} {reasons.message(one.message, say)}".strip()),
        )
        for one in found
    ]
    return _listed(lines, say("coverage.none_missing"), say)


def troubles(found: Sequence[FindingView], titles: dict[str, str], say: Words) -> Html:
    """Return what could not be read, as the record says it."""
    lines = [
        el(
            "li",
            el("p", f"{titles.get(one.source, one.source)} · {say.moment(one.at, 'UTC')}", class_="esc-hint"),
            el("span", f"{one.message} {one.place}".strip(), lang="en"),
        )
        for one in found
    ]
    return _listed(lines, say("coverage.none_unread"), say)


def _listed(lines: Sequence[Html], nothing: str, say: Words, every: str | None = None) -> Html:
    """Return the first entries of a list, and how many more there are; what to say if there are none."""
    if not lines:
        return el("p", nothing, class_="esc-note")
    shown = el("ul", lines[:MOST], class_="esc-latest")
    if len(lines) <= MOST:
        return shown
    told = say.count("coverage.more", len(lines) - MOST)
    return join([shown, el("p", el("a", told, href=every) if every else told, class_="esc-more")])
