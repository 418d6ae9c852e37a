"""Who went from which position to which between two votes, and whose group changed?"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import links
from dashboard.components import badge, tally
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.domain.votes import Position
from tracker.queries.casing import calm, name
from tracker.queries.compared import Comparison, Pair
from tracker.queries.ranks import Part
from tracker.queries.view import VoteView

FOUR = (Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST)


def heads(before: VoteView, after: VoteView, say: Words, lang: str | None) -> Html:
    """Return the two votes, A and B, with their counts, and the way to see them the other way round."""
    items = [_head(letter, view, say, lang) for letter, view in (("A", before), ("B", after))]
    turned = el("a", say("moves.turn"), href=links.to("compare", lang, a=after.id, b=before.id))
    return join([el("ol", items, class_="esc-votes"), el("p", turned, class_="esc-hint")])


def _head(letter: str, view: VoteView, say: Words, lang: str | None) -> Html:
    figure = tally.figure(view.tallies.best, abstention=view.chamber.abstention)
    clock = f", {say.clock(view.taken_at, view.sitting_date)}" if view.taken_at else ""
    when = f"{view.chamber.short} · {say.day(view.sitting_date)}{clock}"
    return el(
        "li",
        el("span", el("span", figure, class_="esc-num"), el("span", letter, class_="esc-hint"), class_="esc-rowtally"),
        el(
            "span",
            el("span", f"{when} ", badge.of_head(view, say), class_="esc-when"),
            el("a", calm(view.subject), href=links.vote(view.id, lang), class_="esc-subject"),
            class_="esc-rowtext",
        ),
    )


def square(found: Comparison, words: dict[Position, str], say: Words) -> Html:
    """Return the counts: rows are where a member stood in A, columns where in B; each figure leads to its names."""
    places = _places(found)
    head = el(
        "tr", el("td", "A ↓ B →", class_="esc-hint"), [el("th", words[p], scope="col", class_="esc-n") for p in places]
    )
    body = [
        el("tr", el("th", words[was], scope="row"), [_cell(found, was, now, say) for now in places]) for was in places
    ]
    caption = el("caption", say("moves.caption"))
    return el(
        "div",
        el("table", caption, el("thead", head), el("tbody", body), class_="esc-table esc-moves"),
        class_="esc-scroll",
    )


def _places(found: Comparison) -> list[Position]:
    used = {position for cell in found.cells for position in cell}
    return [position for position in Position if position in FOUR or position in used]


def _cell(found: Comparison, was: Position, now: Position, say: Words) -> Html:
    n = len(found.cells.get((was, now), ()))
    same = "esc-n esc-same" if was is now else "esc-n"
    if not n:
        return el("td", el("span", "0", class_="esc-zero"), class_=same)
    return el("td", el("a", say.number(n), href=f"#{was}-{now}"), class_=same)


def names(found: Comparison, view: VoteView, words: dict[Position, str], say: Words, lang: str | None) -> Html:
    """Return the names: those who moved at once, those who stayed a click away."""
    places, parts = _places(found), []
    for moving in (True, False):
        for was in places:
            for now in places:
                pairs = found.cells.get((was, now), ())
                if pairs and (was is not now) is moving:
                    parts.append(_group(was, now, pairs, view, words, say, lang))
    return join(parts)


def _group(
    was: Position, now: Position, pairs: tuple[Pair, ...], view: VoteView, words: dict[Position, str], say: Words,
    lang: str | None,
) -> Html:  # fmt: skip
    title = f"{words[was]} → {words[now]} · {say.number(len(pairs))}"
    items = el("p", join([_pair(pair, view, say, lang) for pair in pairs], "; "))
    if was is now:
        return el("details", el("summary", title), items, id=f"{was}-{now}", class_="esc-official")
    return el("section", el("h3", title, id=f"{was}-{now}"), items, class_="esc-section")


def _pair(pair: Pair, view: VoteView, say: Words, lang: str | None) -> Html:
    group = pair.after.group or pair.before.group
    told = f" ({group})" if group else ""
    flag = None
    if pair.changed_group:
        told = ""
        flag = el(
            "span", f" ({pair.before.group} → {pair.after.group})", class_="esc-flag", title=say("moves.group_changed")
        )
    return el("span", _name(pair.after, view, lang), told, flag)


def _name(part: Part, view: VoteView, lang: str | None) -> Html | str:
    known = {ballot.member for ballot in view.ballots} | {said.member for said in view.spoken}
    shown = name(part.name)
    return el("a", shown, href=links.member(part.who, view.chamber.slug, lang)) if part.who in known else shown


def others(found: Comparison, before: VoteView, after: VoteView, say: Words, lang: str | None) -> Html:
    """Return whose group changed between the two, and who is on one roll only."""
    parts: list[Html] = []
    changed = found.changed_group
    if changed:
        lines = join([_pair(pair, after, say, lang) for pair in changed], "; ")
        parts += [el("h3", say.count("moves.changed", len(changed))), el("p", lines)]
    for key, some, view in (("only_a", found.only_before, before), ("only_b", found.only_after, after)):
        if some:
            parts.append(el("h3", say.count(f"moves.{key}", len(some))))
            parts.append(el("p", _with_position(some, view, say, lang)))
            if not view.complete:
                parts.append(el("p", say("ballots.incomplete"), class_="esc-hint"))
    return join(parts)


def _with_position(some: Iterable[Part], view: VoteView, say: Words, lang: str | None) -> Html:
    def stood(part: Part) -> str:
        return say("ballots.unread") if part.unread else say(f"position.{part.position}")

    return join([join([_name(part, view, lang), f" ({stood(part)})"]) for part in some], "; ")
