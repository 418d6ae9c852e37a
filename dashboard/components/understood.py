"""What was a search taken to mean, how is it asked for word by word, and whom does it name?"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard import links
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.domain.aliases import Alias
from tracker.domain.days import Days
from tracker.queries.search.hints import Hints
from tracker.queries.search.understood import Understood
from tracker.queries.view import VoteView


def block(understood: Understood, text: str, say: Words, lang: str | None, **filters: object) -> Html | None:
    """Return a label for each thing that was read into a search, and the way to its words as they stand."""
    if not understood:
        return None
    way = el(
        "a", say("search.exactly", text=text.strip()), href=links.to("votes", lang, q=text, exact="true", **filters)
    )
    labels = [el("span", label, class_="esc-badge") for label in _labels(understood, say)]
    return el("p", el("span", say("search.understood"), class_="esc-hint"), labels, way, class_="esc-badges")


def hints(found: Hints, say: Words, lang: str | None) -> Html | None:
    """Return the ways to the members and groups that a search names."""
    ways = [
        *(
            el("a", say("search.member", name=m.name), href=links.member(m.key, m.legislature, lang))
            for m in found.members
        ),
        *([say("search.more")] if found.more else []),
        *(
            el("a", say("search.group", name=g.name), href=links.group(g.key, g.legislature, lang))
            for g in found.groups
        ),
    ]
    return el("p", join(ways, " · "), class_="esc-hint") if ways else None


def press(view: VoteView, say: Words) -> Html | None:
    """Return what a vote is called in the press, who says so, and where it can be read: ours, never official text."""
    if not view.aliases:
        return None
    lines = [
        el(
            "li",
            _name(alias, say),
            " ",
            el("span", say("press.by", by=alias.by, day=say.day(alias.on)), class_="esc-hint"),
        )
        for alias in view.aliases
    ]
    return el("details", el("summary", say("press.title")), el("ul", lines, class_="esc-press"), class_="esc-official")


def _labels(understood: Understood, say: Words) -> Iterator[Html | str]:
    yield from (say("search.date", day=_days(one, say)) for one in understood.days)
    if understood.figures is not None:
        count = "–".join(str(n) for n in understood.figures if n is not None)
        yield say("search.count", count=count)
    yield from (say("search.bill", number=number) for number in understood.bills)
    yield from (say("search.corrected", typed=typed, meant=meant) for typed, meant in understood.corrected)
    yield from (say("search.same", typed=typed, others=say.listed(others)) for typed, others in understood.same)
    yield from (say("search.year", year=year) for year in understood.years)
    yield from (_name(alias, say) for alias in understood.aliases)


def _name(alias: Alias, say: Words) -> Html:
    return el("a", say("press.name", name=alias.name), href=alias.source, rel="noreferrer")


def _days(days: Days, say: Words) -> str:
    if days.since is None or days.until is None:
        day = days.in_year(2024)
        return say("search.any_year", day=say.day(day.since, year=False) if day and day.since else "")
    if days.since == days.until:
        return say.day(days.since)
    return say("search.span", since=say.day(days.since), until=say.day(days.until))
