"""Is each source up to date, in one line?"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components import badge
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.queries.health import Coverage, SourceHealth


def lines(sources: Sequence[SourceHealth], say: Words) -> Html:
    """Return a line for each source: what is held, when it was last up to date, what went wrong since."""
    return el("ul", [_line(source, say) for source in sources], class_="esc-sources")


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


def _line(source: SourceHealth, say: Words) -> Html:
    run = source.last_run
    at = source.fresh_at
    key = "freshness.brought" if source.credit else "freshness.at"
    fresh = say(key, at=f"{say.moment(at, 'UTC')} UTC") if at else say("freshness.never")
    trouble = None
    if source.state == "failed" and run is not None:
        when = f"{say.moment(run.finished_at or run.started_at, 'UTC')} UTC"
        trouble = el("span", say("freshness.failed", at=when, message=run.message), class_="esc-trouble")
    elif source.state == "running":
        trouble = el("span", say("freshness.running"), class_="esc-hint")
    day = source.held.last
    last = say("freshness.last", day=say.day(day)) if day else say("freshness.no_votes")
    return el(
        "li",
        el("span", class_=f"esc-dot esc-dot-{source.state}", aria_hidden="true"),
        el("a", source.title, href=source.page, rel="noreferrer"),
        " ",
        badge.transcribed(source.credit, say),
        f" · {source.coverage.short} · {last} ",
        el("span", f"{fresh} ", class_="esc-hint"),
        trouble,
    )
