"""Which other votes were held on the same matter, and how did they go?"""

from __future__ import annotations

from dashboard import links
from dashboard.components import badge, heading, tally
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.domain.legislature import PERU
from tracker.queries.casing import calm
from tracker.queries.ladder import Ladder, Rung
from tracker.queries.view import VoteView


def block(view: VoteView, found: Ladder | None, say: Words, lang: str | None) -> Html | None:
    """Return the votes on the same bill, motion or question in clock order, this one marked; None: it stands alone."""
    if found is None:
        return None
    shared = {number for rung in found.rungs for number in rung.shared}
    lead = say("ladder.bills", numbers=", ".join(sorted(shared))) if shared else say("ladder.words")
    if len(shared) > MOST_NUMBERS:
        lead = say.count("ladder.many", len(shared))
    more = el("p", say.count("ladder.more", found.left_out), class_="esc-hint") if found.left_out else None
    rungs = [_rung(rung, view, say, lang) for rung in found.rungs]
    title = el("h2", say("ladder.title"), id="ladder")
    count = el("p", say.count("ladder.count", len(found.rungs) + found.left_out), " ", lead, class_="esc-hint")
    return join([title, count, el("ol", rungs, class_="esc-votes esc-ladder"), more])


MOST_NUMBERS = 6


def _rung(rung: Rung, view: VoteView, say: Words, lang: str | None) -> Html:
    row = rung.row
    here = row.id in (view.id, view.leads_to)
    clock = f", {say.clock(row.taken_at, row.sitting_date)}" if row.taken_at else ""
    asked = heading.asked(row.question, row.subject)
    stage = row.kind if view.chamber.country == PERU else asked
    name = stage[:1].upper() + stage[1:] if stage else calm(row.subject)
    title = el("strong", name) if here else el("a", name, href=links.vote(row.id, lang), class_="esc-subject")
    notes = [row.result] if row.result else []
    notes += [say("ladder.again")] if rung.again else []
    notes += [say("ladder.here")] if here else []
    compared = links.to("compare", lang, a=view.id, b=row.id)
    way = None if here else el("a", say("ladder.compare"), href=compared)
    return el(
        "li",
        el("span", tally.of_row(row, say), class_="esc-rowtally"),
        el(
            "span",
            el("span", f"{row.short} · {say.day(row.sitting_date)}{clock} ", badge.of_row(row, say), class_="esc-when"),
            title,
            el("span", join([*notes, way], " · "), class_="esc-hint") if notes or way else None,
            class_="esc-rowtext",
        ),
        aria_current="true" if here else None,
    )
