"""Is each source up to date, in one line?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from dashboard import links, reasons
from dashboard.components import badge
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.health import Coverage, SourceHealth
from tracker.queries.queue import QueueState

STATES = ("failed", "stale", "never", "running", "good")
"""How a source is doing, the worst first."""


def summary(sources: Sequence[SourceHealth], say: Words, lang: str | None) -> Html:
    """Say in one line how the sources are doing: those in trouble by name, when one was last up to date, the way on."""
    by_state = {state: [one for one in sources if _state(one) == state] for state in STATES}
    worst = next(state for state in STATES if by_state[state])
    good = by_state["good"]
    parts = [el("span", say.count("freshness.good", len(good)))] if good else []
    for state in STATES[:-1]:
        names = ", ".join(f"{one.title} ({one.coverage.short})" for one in by_state[state])
        trouble = "esc-trouble" if state in ("failed", "stale") else None
        parts += [el("span", say(f"freshness.state.{state}", names=names), class_=trouble)] if names else []
    fresh = max((source.fresh_at for source in sources if source.fresh_at), default=None)
    when = say("freshness.last_good", at=say.moment(fresh, "UTC")) if fresh else None
    return el(
        "p",
        el("span", class_=f"esc-dot esc-dot-{worst}", aria_hidden="true"),
        join(parts, " · "),
        el("span", f" · {when}", class_="esc-hint") if when else None,
        " · ",
        el("a", say("freshness.more"), href=links.to("coverage", lang)),
        class_="esc-health",
    )


def queue(found: QueueState | None, say: Words) -> Html | None:
    """Say in one line how the queue stands on which machines share the work; nothing where one process does it all."""
    if found is None:
        return None
    figures = {name: say.number(count) for name, count in found.counts.items()}
    now = [say("freshness.queue_pages", first=p.first, last=p.last, document=p.name) for p in found.reading]
    reads = f" {say('freshness.queue_reading', pages='; '.join(now))}" if now else None
    alone = el("span", f" {say('freshness.queue_alone')}", class_="esc-trouble") if not found.workers else None
    return el("p", say("freshness.queue", **figures), reads, alone, class_="esc-hint")


def _state(source: SourceHealth) -> str:
    """Return what the last run says of a source; `stale` if that was good, but too long ago."""
    return "stale" if source.state == "good" and source.stale(datetime.now(UTC)) else source.state


def held(sources: Sequence[SourceHealth], say: Words, *, only: Sequence[str] = ()) -> Html:
    """Say which period is held of each chamber, or of `only` some: from which sitting to which, and how many votes."""
    chambers = {source.coverage.legislature: source.coverage for source in sources}
    return periods([held for slug, held in chambers.items() if not only or slug in only], say)


def periods(chambers: Sequence[Coverage], say: Words) -> Html:
    """Say of each chamber from which sitting to which its votes are held."""
    if not chambers:
        return el("p", say("held.empty"))
    listed = el("ul", [el("li", _period(held, say)) for held in chambers], class_="esc-held")
    return el("div", el("p", say("held.lead")), listed, class_="esc-hint")


def _period(held: Coverage, say: Words) -> str:
    if held.first is None or held.last is None:
        return say("held.nothing", chamber=held.short)
    votes = say.count("votes", held.votes)
    return say("held.period", chamber=held.short, first=say.day(held.first), last=say.day(held.last), votes=votes)


def line(source: SourceHealth, say: Words) -> Html:
    """Say of a source what is held, when it was last up to date, and what went wrong since."""
    run = source.last_run
    at = source.fresh_at
    key = "freshness.brought" if source.credit else "freshness.at"
    fresh = say(key, at=say.moment(at, "UTC")) if at else say("freshness.never")
    trouble = None
    if source.state == "failed" and run is not None:
        when = say.moment(run.finished_at or run.started_at, "UTC")
        trouble = el(
            "span", say("freshness.failed", at=when, message=reasons.message(run.message, say)), class_="esc-trouble"
        )
    elif source.state == "running":
        trouble = el("span", say("freshness.running"), class_="esc-hint")
    day = source.held.last
    last = say("freshness.last", day=say.day(day)) if day else say("freshness.no_votes")
    return join(
        [
            el("span", class_=f"esc-dot esc-dot-{_state(source)}", aria_hidden="true"),
            el("a", source.title, href=source.page, rel="noreferrer"),
            " ",
            badge.transcribed(source.credit, say),
            f" · {source.coverage.short} · {last} ",
            el("span", f"{fresh} ", class_="esc-hint"),
            trouble,
        ]
    )
