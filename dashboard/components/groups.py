"""How did each group vote?"""

from __future__ import annotations

from dashboard.components.escape import Html, el, join, text
from dashboard.components.tally import bar, is_quorum, position_words
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
    with_spoken = all(group.final is not None for group in view.groups)
    rows = [(group, group.final if with_spoken and group.final is not None else group.tally) for group in view.groups]
    rows = [(group, tally) for group, tally in rows if tally.total]
    places = [p for p in PLACES if any(tally.of(p) for _, tally in rows)]
    words = position_words(view, say)
    head = el(
        "tr",
        el("th", say("groups.group"), scope="col"),
        [el("th", words[p], scope="col", class_="esc-n") for p in places],
        el("th", el("span", say("groups.bar"), class_="esc-hidden"), scope="col", class_="esc-barcell")
        if bars
        else None,
    )
    largest = max((tally.cast for _, tally in rows), default=0) if bars else None
    body = [_row(group, tally, places, largest, say) for group, tally in rows]
    total = sum((tally for _, tally in rows), Tally())
    sums = [el("td", say.number(total.of(p)), class_="esc-n") for p in places]
    foot = el("tr", el("th", say("groups.total"), scope="row"), sums, el("td", class_="esc-barcell") if bars else None)
    spoken = view.spoken and with_spoken and view.chamber.spoken_counts
    caption = say("groups.with_spoken") if spoken else say("groups.as_printed")
    if is_quorum(total):
        caption = say("groups.quorum")
    parts = el("thead", head), el("tbody", body), el("tfoot", foot)
    return el("div", el("table", el("caption", caption), parts, class_="esc-table"), class_="esc-scroll")


def _row(group: GroupView, tally: Tally, places: list[Position], largest: int | None, say: Words) -> Html:
    code = el("span", group.code, class_="esc-code") if group.code and group.name and group.code != group.name else None
    loose = None if group.attached or group.code is None else el("span", say("groups.unattached"), class_="esc-hint")
    name = el("span", group.name or group.code or say("groups.none"), class_="esc-name")
    return el(
        "tr",
        el("th", join([name, code, loose], " "), scope="row"),
        [el("td", _figure(tally.of(p), say), class_="esc-n") for p in places],
        el("td", bar(tally, of=largest), class_="esc-barcell") if largest is not None else None,
    )


def _figure(n: int, say: Words) -> Html:
    return text(say.number(n)) if n else el("span", "0", class_="esc-zero")
