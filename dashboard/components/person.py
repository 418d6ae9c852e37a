"""Who is this member: chamber, groups and seats; and how often did they vote?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard import links
from dashboard.components import shares
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.conduct import ENOUGH, Away, Beside, Participation
from tracker.queries.members import MemberView, Stretch

SHOWN = 8
"""How many of those most alike, and least, are shown at once."""


def head(view: MemberView, say: Words, lang: str | None) -> Html:
    """Return the name, the chamber and the group beside the name in the last vote."""
    parts = [view.chamber.title]
    if view.region:
        parts.append(view.region)
    last = view.groups[-1] if view.groups else None
    known = [el("a", one.short, href=links.member(view.id, one.slug, lang)) for one in view.elsewhere]
    return el(
        "header",
        el("p", " · ".join(parts), class_="esc-kicker"),
        el("h1", view.name),
        el("p", _now(last, view, say, lang), class_="esc-finding") if last else None,
        el("p", say("member.elsewhere"), " ", join(known, ", "), class_="esc-hint") if known else None,
        class_="esc-head",
    )


def _now(last: Stretch, view: MemberView, say: Words, lang: str | None) -> Html:
    if last.group is None:
        return join([say("member.no_group", day=say.day(last.until))])
    group = el("a", last.group.name, href=links.group(last.group.code, view.chamber.slug, lang))
    loose = None if last.group.attached else el("span", f" ({say('groups.unattached')})", class_="esc-hint")
    return join([group, loose, el("span", f" · {say('member.as_of', day=say.day(last.until))}", class_="esc-hint")])


def contents(say: Words, parts: Sequence[str] = ("presence", "company", "votes", "groups")) -> Html:
    """Return the way to each part of the page."""
    ways = [el("a", say(f"member.to.{part}"), href=f"#{part}") for part in parts]
    return el("nav", ways, class_="esc-contents", aria_label=say("contents.title"))


def course(view: MemberView, say: Words, lang: str | None) -> Html:
    """Return the groups by date, as printed beside the ballots, and the seats as the register has them."""
    rows = [
        el("li", el("strong", _group(one, view, say, lang)), " ",
           el("span", _stretch(one, say), class_="esc-hint"))
        for one in view.groups
    ]  # fmt: skip
    seats = [
        say("member.seat", since=say.day(seat.since), until=say.day(seat.until))
        if seat.until
        else say("member.seat_open", since=say.day(seat.since))
        for seat in view.seats
    ]
    printed = el("p", say("member.printed", names="; ".join(view.printed)), class_="esc-hint")
    return join([
        el("h2", say("member.groups"), id="groups"),
        el("ol", rows, class_="esc-ranks"),
        el("p", say("member.groups_is"), class_="esc-hint"),
        el("p", say("member.seats"), " ", "; ".join(seats), ".", class_="esc-hint") if seats else None,
        printed,
    ])  # fmt: skip


def _stretch(one: Stretch, say: Words) -> str:
    votes = say.count("votes", one.votes)
    if one.since == one.until:
        return say("member.stretch_day", day=say.day(one.since), votes=votes)
    return say("member.stretch", since=say.day(one.since), until=say.day(one.until), votes=votes)


def _group(one: Stretch, view: MemberView, say: Words, lang: str | None) -> Html | str:
    if one.group is None:
        return say("ballots.no_group")
    return el("a", one.group.name, href=links.group(one.group.code, view.chamber.slug, lang))


def presence(part: Participation, year: int, unlisted: int, say: Words) -> Html:
    """Return how often the member took part, with leave, suspension and the chair apart, and why votes went by.

    `unlisted` is in how many votes of the year the paper does not name the absent.
    """
    title = el("h2", say("member.presence", year=year), id="presence")
    if not part.held:
        return join([title, el("p", say("member.presence_none"), class_="esc-note")])
    share = "" if part.share is None else f" ({say.fraction(part.share)})"
    words = "member.took_part_listed" if unlisted else "member.took_part"
    lead = say.count(words, part.held, voted=say.number(part.voted), share=share)
    missed = part.held - part.voted
    free = None
    if part.share_when_free is not None and part.share_when_free != part.share:
        free = el("p", say("member.when_free", share=say.fraction(part.share_when_free)))
    reasons = el("ul", [el("li", text) for text in _away(part, say)], class_="esc-ranks")
    aloud = sum(part.aloud.values())
    spoken = el("p", say.count("member.aloud", aloud), class_="esc-hint") if aloud else None
    return join([
        title,
        el("p", lead, class_="esc-finding"),
        free,
        el("p", say.count("member.missed", missed)) if missed else None,
        reasons if missed else None,
        spoken,
        el("p", say.count("member.unlisted", unlisted)) if unlisted else None,
        el("p", say("member.presence_is"), class_="esc-hint"),
    ])  # fmt: skip


def _away(part: Participation, say: Words) -> Iterator[str]:
    for kind in sorted(part.away, key=lambda kind: -part.away[kind]):
        told = f"{say(f'away.{kind}')}: {say.number(part.away[kind])}"
        if kind is Away.LEAVE and len(part.leave) > 1:
            kinds = sorted(part.leave.items(), key=lambda pair: -pair[1])
            told += " (" + ", ".join(say(f"reason.{why}") + f" {n}" for why, n in kinds) + ")"
        yield told


def company(of: tuple[Beside, ...], view: MemberView, year: int, say: Words, lang: str | None) -> Html:
    """Return with whom the member voted most often and least, over contested votes, and over all beside it."""
    title = el("h2", say("member.company", year=year), id="company")
    if not of:
        return join([title, el("p", say("member.company_none"), class_="esc-note")])
    ranked = [one for one in of if one.agreement.contested.n >= ENOUGH]
    first = ranked[:SHOWN] if ranked else list(of[:SHOWN])
    last = ranked[max(len(ranked) - SHOWN, SHOWN) :][::-1]
    parts = [title, el("p", say("member.company_is"), class_="esc-hint")]
    if not ranked:
        parts.append(el("p", say("member.company_few", n=ENOUGH), class_="esc-note"))
    parts.append(_table(first, say("member.most" if ranked else "member.some"), view, year, say, lang))
    if last:
        parts.append(_table(last, say("member.least"), view, year, say, lang))
    rest = [one for one in of if one not in first and one not in last]
    if rest:
        every = _table(rest, say("member.rest_caption"), view, year, say, lang)
        summary = el("summary", say.count("member.rest", len(rest)))
        parts.append(el("details", summary, every, class_="esc-official"))
    return join(parts)


def _table(some: list[Beside], caption: str, view: MemberView, year: int, say: Words, lang: str | None) -> Html:
    head = [(say("member.who"), False), (say("member.contested"), True), (say("member.all"), True),
            (say("member.kappa"), True)]  # fmt: skip
    rows = [_beside(one, view, year, say, lang) for one in some]
    return shares.table(caption, head, rows, kind="esc-company esc-stack")


def _beside(one: Beside, view: MemberView, year: int, say: Words, lang: str | None) -> tuple[Html, Html, Html, str]:
    slug, name = one.sitter.member or "", one.sitter.name
    link = el("a", name, href=links.member(slug, view.chamber.slug, lang, year=year))
    versus = links.to("versus", lang, ch=view.chamber.slug, a=view.id, b=slug, year=year)
    told = say("member.compare_with", name=name)
    way = el("a", say("member.compare"), href=versus, class_="esc-versus", aria_label=told)
    code = el("span", one.group, class_="esc-code") if one.group else None
    hard, every = one.agreement.contested, one.agreement.all
    return (
        join([link, code, way], " "),
        shares.share(hard.share, hard.n, say),
        shares.share(every.share, every.n, say),
        shares.index(hard.kappa),
    )
