"""Who sat in a chamber in a year, as a list to look somebody up in?"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import data, links
from dashboard.components import shares
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.domain.people import fold
from tracker.queries.conduct import Listed, Participation
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


def sorts(people: Iterable[Listed]) -> tuple[str, ...]:
    """Return by what members can be put in order: by district only where one is known of any."""
    return SORTS if any(one.sitter.region for one in people) else SORTS[:2]


def table(record: Record, people: list[Listed], say: Words, lang: str | None) -> Html:
    """Return members with group, district, and how often they took part."""
    columns = sorts(people)
    head = [*((say(f"members.{column}"), False) for column in columns), (say("members.voted"), True)]
    took_part = data.attended(record)
    rows = [_row(record, one, took_part[one.column], say, lang, regions="region" in columns) for one in people]
    caption = say("members.caption", year=record.year)
    if record.unlisted and record.listed:
        caption += ". " + say.count("members.caption_listed", record.listed, of=say.number(len(record.votes)))
    return shares.table(caption, head, rows, kind="esc-people esc-stack")


def _row(
    record: Record, one: Listed, part: Participation, say: Words, lang: str | None, *, regions: bool
) -> list[Html | str]:
    slug, sitter = record.chamber.slug, one.sitter
    name = el("a", sitter.name, href=links.member(sitter.member or "", slug, lang, year=record.year))
    gone = None if one.seated else el("span", f" {say('members.gone')}", class_="esc-hint")
    group: Html | str = "–"
    if one.group:
        group = el("a", one.group.name, href=links.group(one.group.code, slug, lang, year=record.year))
    region = [sitter.region or "–"] if regions else []
    return [join([name, gone]), group, *region, voted(part, say)]


def voted(part: Participation, say: Words) -> Html | str:
    """Write how often a member took part: `812 de 888 · 91%`; a dash where no paper lists the absent."""
    if not part.held:
        return "–"
    of = say("shares.count", n=say.number(part.voted), of=say.number(part.held))
    return of if part.share is None else el("span", of, " · ", say.fraction(part.share))
