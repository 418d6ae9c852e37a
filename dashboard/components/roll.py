"""Who voted how, and whom of them does the reader want to see?"""

from __future__ import annotations

from dashboard import frame, links
from dashboard.components import ballots, filters, tally
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.domain.votes import Position
from tracker.queries.view import VoteView


def show(view: VoteView, say: Words, lang: str | None) -> None:
    """Show who voted how, with the filters."""
    lines = ballots.lines(view)
    codes = {line.group or "" for line in lines}
    names = {g.code or "": f"{g.name} ({g.code})" if g.name != g.code else g.code or "" for g in view.groups}
    benches = {code: names.get(code) or code or say("ballots.no_group") for code in sorted(codes)}
    words = tally.position_words(view, say)
    named = {str(p): word for p, word in words.items() if p is not Position.OTHER}
    named["unread"] = say("ballots.unread")
    places = {place: named.get(place, place) for line in lines for place in ballots.places_of(line)}
    frame.show(el("h2", say("ballots.title"), id="ballots"))
    if not view.complete:
        frame.show(el("p", say("ballots.incomplete"), class_="esc-hint"))
    group, place = filters.ballots(benches, places, say)
    shown = ballots.chosen(lines, group, place)
    if any(line.member is None for line in lines):
        frame.show(el("p", say("ballots.no_page"), class_="esc-hint"))
    frame.show(ballots.table(view, shown, say, lambda member: links.member(member, view.chamber.slug, lang)))
