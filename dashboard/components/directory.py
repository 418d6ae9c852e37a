"""Who sat in a chamber in a year, as a list to look somebody up in?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dashboard import links
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.domain.people import fold
from tracker.queries.conduct import Listed, Participation, attended
from tracker.queries.record import Record

PER_PAGE = 50
SORTS = ("name", "group", "region")


def found(people: Iterable[Listed], text: str, group: str | None) -> list[Listed]:
    """Keep the members whose names have every word looked for, and those of a group; whoever has no id has no page."""
    words = fold(text).split()
    return [
        one
        for one in people
        if one.sitter.member is not None
        and all(word in fold(one.sitter.name) for word in words)
        and group in (None, one.group.code if one.group else None)
    ]


def ordered(people: list[Listed], by: str) -> list[Listed]:
    """Put members, who come by name, into another order; those without what is asked for come last."""

    def key(one: Listed) -> str:
        value = {"group": one.group.name if one.group else "", "region": one.sitter.region or ""}.get(by, "")
        return fold(value) or "~"

    return people if by == "name" else sorted(people, key=key)


def table(
    record: Record, people: list[Listed], by: str, say: Words, lang: str | None, sorting: Callable[[str], str]
) -> Html:
    """Return members with group, district, and how often they took part; the heads sort, but nobody is ranked."""
    regions = any(one.sitter.region for one in people)
    columns = [sort for sort in SORTS if sort != "region" or regions]
    heads = [el("th", _head(sort, by, say, sorting), scope="col", aria_sort="ascending" if sort == by else None)
             for sort in columns]  # fmt: skip
    heads.append(el("th", say("members.voted"), scope="col", class_="esc-n"))
    body = [_row(record, one, say, lang, regions=regions) for one in people]
    caption = el("caption", say("members.caption", year=record.year))
    whole = el("table", caption, el("thead", el("tr", heads)), el("tbody", body), class_="esc-table esc-people")
    return el("div", whole, class_="esc-scroll")


def _head(sort: str, by: str, say: Words, sorting: Callable[[str], str]) -> Html | str:
    label = say(f"members.{sort}")
    return label if sort == by else el("a", label, href=sorting(sort), title=say("members.sort_by", what=label))


def _row(record: Record, one: Listed, say: Words, lang: str | None, *, regions: bool) -> Html:
    slug, sitter = record.chamber.slug, one.sitter
    name = el("a", sitter.name, href=links.member(sitter.member or "", slug, lang, year=record.year))
    gone = None if one.seated else el("span", f" {say('members.gone')}", class_="esc-hint")
    group = (
        el("a", one.group.name, href=links.group(one.group.code, slug, lang, year=record.year)) if one.group else "–"
    )
    region = el("td", sitter.region or "–") if regions else None
    return el("tr", el("th", name, gone, scope="row"), el("td", group), region,
              el("td", voted(attended(record, one.column), say), class_="esc-n"))  # fmt: skip


def voted(part: Participation, say: Words) -> Html | str:
    """Write how often a member took part: `812 de 888 · 91 %`; a dash where no paper lists the absent."""
    if part.share is None:
        return "–"
    of = say("shares.count", n=say.number(part.voted), of=say.number(part.held))
    return el("span", of, " · ", say.fraction(part.share))
