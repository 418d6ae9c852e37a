"""Of which chamber and which year does a page speak? Both stand in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from dashboard import links
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.domain.legislature import Legislature
from tracker.queries.rolls import Span

Address = Callable[..., str]

ALL = "all"
"""Stands in an address for all years."""


class Scope(NamedTuple):
    """What a page speaks of: a chamber, a year, and which years there are."""

    chamber: Legislature
    year: int
    years: tuple[int, ...]


def asked(spans: Sequence[Span], query: Mapping[str, str]) -> Scope | None:
    """Return the chamber and year an address asks for, else the one that voted last; None where nothing is held."""
    if not spans:
        return None
    span = next((one for one in spans if one.chamber.slug == query.get("ch")), spans[0])
    return Scope(span.chamber, year_among(span.years, query), span.years)


def year_among(years: Sequence[int], query: Mapping[str, str]) -> int:
    """Return the year an address asks for if it is one of these, else the first of them."""
    year = links.asked_year(query)
    return years[0] if year is None or year not in years else year


def chambers(spans: Iterable[Span], chosen: Legislature, say: Words, address: Address) -> Html | None:
    """Return the way to the same page of each chamber; None where there is one only."""
    options = {span.chamber.slug: span.chamber.short for span in spans}
    if len(options) < 2:
        return None
    return ways(say("scope.chamber"), options, chosen.slug, lambda slug: address(ch=slug))


def years(of: Iterable[int], chosen: int | None, say: Words, address: Address, *, whole: bool = False) -> Html | None:
    """Return the way to the same page for each year; None where there is one only.

    `whole` adds the way to all of them at once, which is taken where none is chosen.
    """
    options = {str(year): str(year) for year in of}
    if len(options) < 2:
        return None
    if whole:
        options[ALL] = say("scope.every_year")
    if chosen is None:
        return ways(say("scope.year"), options, ALL, lambda year: address(year=year))
    return ways(say("scope.year"), options, str(chosen), lambda year: address(year=year))


def ways(label: str, options: Mapping[str, str], chosen: str, address: Callable[[str], str]) -> Html:
    """Return a few ways to look at a page, the one taken marked."""
    items = [
        el("strong", text, aria_current="true") if key == chosen else el("a", text, href=address(key))
        for key, text in options.items()
    ]
    return el("nav", el("span", label, class_="esc-way-label"), items, class_="esc-ways", aria_label=label)


def page_of(total: int, per_page: int, query: Mapping[str, str]) -> int:
    """Return the page an address asks for, from 1; the last one if there are not so many."""
    return min(links.asked_page(query), max(1, -(-total // per_page)))


def pages(total: int, page: int, per_page: int, say: Words, address: Address) -> Html | None:
    """Return the way through a long list; None for one that fits."""
    last = max(1, -(-total // per_page))
    if last == 1:
        return None
    before = el("a", say("scope.before"), href=address(page=page - 1 if page > 2 else None)) if page > 1 else None
    after = el("a", say("scope.after"), href=address(page=page + 1)) if page < last else None
    here = el("span", say("scope.page", n=page, of=last), class_="esc-hint")
    return el("nav", before, here, after, class_="esc-ways esc-pages", aria_label=say("scope.pages"))
