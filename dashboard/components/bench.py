"""Who sat with a group in a year, and in which votes did it not hold together?"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import links
from dashboard.components import badge, heading, shares, tally
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.benches import GroupLine, Sat
from tracker.queries.casing import calm
from tracker.queries.listed import VoteRow
from tracker.queries.record import Record

PER_PAGE = 25


def members(record: Record, of: Sequence[Sat], say: Words, lang: str | None) -> Html:
    """Return the members of the year with the first and last sitting at which the group stood beside the name."""
    last = max(one.until for one in of)
    now = [one for one in of if one.until == last]
    gone = [one for one in of if one.until != last]
    parts = [
        el("p", say("bench.on", day=say.day(last), members=say.count("bench.members", len(now))), class_="esc-finding"),
        _table(record, now, say("bench.now", day=say.day(last)), say, lang),
    ]
    if gone:
        parts.append(_table(record, gone, say("bench.gone"), say, lang))
    parts.append(el("p", say("bench.members_is"), class_="esc-hint"))
    return join(parts)


def _table(record: Record, some: Sequence[Sat], caption: str, say: Words, lang: str | None) -> Html:
    head = [(say("ballots.name"), False), (say("bench.since"), False), (say("bench.until"), False)]
    return shares.table(caption, head, [_row(record, one, say, lang) for one in some], kind="esc-people esc-stack")


def _row(record: Record, one: Sat, say: Words, lang: str | None) -> tuple[Html | str, Html, Html]:
    slug, sitter = record.chamber.slug, one.sitter
    name: Html | str = sitter.name
    if sitter.member:
        name = el("a", sitter.name, href=links.member(sitter.member, slug, lang, year=record.year))
    came = el("span", f" {say('bench.came', group=one.came)}", class_="esc-hint") if one.came else None
    went = el("span", f" {say('bench.went', group=one.went)}", class_="esc-hint") if one.went else None
    return name, join([say.day(one.since), came]), join([say.day(one.until), went])


def votes(
    some: Sequence[tuple[int, GroupLine]], record: Record, rows: Sequence[VoteRow], say: Words, lang: str | None
) -> Html:
    """Return votes in which somebody broke ranks or the group split: its own tally first, then the vote's."""
    listed = {row.id: row for row in rows}
    known = {sitter.who for sitter in record.people if sitter.member}
    items = [_vote(line, listed[record.votes[vote].id], record, known, say, lang) for vote, line in some]
    return el("ol", items, class_="esc-votes")


def _vote(line: GroupLine, row: VoteRow, record: Record, known: set[str], say: Words, lang: str | None) -> Html:
    own = tally.figure(line.tally, abstention=row.abstention)
    whole = tally.figure(row.tallies.best, abstention=row.abstention)
    names = [
        el("a", rebel.part.name, href=links.member(rebel.part.who, record.chamber.slug, lang, year=record.year))
        if rebel.part.who in known
        else rebel.part.name
        for rebel in line.apart
    ]
    told = say("bench.split") if line.split else say.count("ranks.names", len(line.apart))
    return el(
        "li",
        el("span", el("span", own, class_="esc-num"), el("span", told, class_="esc-hint"), class_="esc-rowtally"),
        el(
            "span",
            el("span", f"{say.day(row.sitting_date)} · {say('bench.whole', tally=whole)} ", badge.of_row(row, say),
               class_="esc-when"),
            el("a", calm(row.subject), href=links.vote(row.id, lang), class_="esc-subject"),
            heading.hint(row),
            el("span", join(names, "; "), class_="esc-hint"),
            class_="esc-rowtext",
        ),
    )  # fmt: skip
