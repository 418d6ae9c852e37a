"""How did each group vote?"""

from __future__ import annotations

from dashboard.components.escape import Html, el, join, text
from dashboard.components.tally import bar, position_words
from dashboard.words import Words
from tracker.domain.votes import Position, Tally
from tracker.queries.view import GroupView, VoteView

PLACES = (Position.YES, Position.NO, Position.ABSTAIN, Position.PRESENT, Position.NOT_CAST)


def table(view: VoteView, say: Words, *, bars: bool = True) -> Html | None:
    """Return a row for each group, with the spoken votes added where that can be told; None for an election by name.

    Without `bars` it is figures only, for a page that draws the groups beside it.
    """
    if view.by_name or not view.groups:
        return None
    if all(group.code is None for group in view.groups):
        return el("p", say("groups.none_printed"), class_="esc-note")
    rows = [(group, group.shown) for group in view.groups if group.shown.total or group.unread]
    places = [p for p in PLACES if any(tally.of(p) for _, tally in rows)]
    unread = sum(group.unread for group, _ in rows)
    words = position_words(view, say)
    head = el(
        "tr",
        el("th", say("groups.group"), scope="col"),
        [el("th", words[p], scope="col", class_="esc-n") for p in places],
        el("th", say("ballots.unread"), scope="col", class_="esc-n") if unread else None,
        el("th", el("span", say("groups.bar"), class_="esc-hidden"), scope="col", class_="esc-barcell")
        if bars
        else None,
    )
    largest = max((tally.cast for _, tally in rows), default=0) if bars else None
    body = [_row(group, [*map(tally.of, places), *([group.unread] if unread else [])], tally, largest, say)
            for group, tally in rows]  # fmt: skip
    total = sum((tally for _, tally in rows), Tally())
    sums = [el("td", say.number(n), class_="esc-n") for n in (*map(total.of, places), *([unread] if unread else []))]
    foot = el("tr", el("th", say("groups.total"), scope="row"), sums, el("td", class_="esc-barcell") if bars else None)
    spoken = view.spoken and view.chamber.spoken_counts and all(group.final is not None for group in view.groups)
    caption = say("groups.with_spoken") if spoken else say("groups.as_printed")
    if total.called:
        caption = say("groups.quorum")
    parts = el("thead", head), el("tbody", body), el("tfoot", foot)
    return el("div", el("table", el("caption", caption), parts, class_="esc-table"), class_="esc-scroll")


def _row(group: GroupView, figures: list[int], tally: Tally, largest: int | None, say: Words) -> Html:
    code = el("span", group.code, class_="esc-code") if group.code and group.name and group.code != group.name else None
    loose = None if group.attached or group.code is None else el("span", say("groups.unattached"), class_="esc-hint")
    name = el("span", group.name or group.code or say("groups.none"), class_="esc-name")
    return el(
        "tr",
        el("th", join([name, code, loose], " "), scope="row"),
        [el("td", _figure(n, say), class_="esc-n") for n in figures],
        el("td", bar(tally, of=largest), class_="esc-barcell") if largest is not None else None,
    )


def _figure(n: int, say: Words) -> Html:
    return text(say.number(n)) if n else el("span", "0", class_="esc-zero")
