"""How many were needed, of whom, and were they there?"""

from __future__ import annotations

from dashboard import reasons
from dashboard.components import terms
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.queries.view import VoteView


def panel(view: VoteView, say: Words, lang: str | None) -> Html | None:
    """Return the rule of the vote applied to its final count, or that the rule is unknown; None for a quorum call."""
    if view.tallies.best is not None and view.tallies.best.called:
        return None
    found = view.majority
    title = el("h2", terms.link("majority", say("majority.title"), lang))
    stated = None if view.result else el("p", say("majority.not_stated"))
    if found.rule is None or found.needed is None or found.base is None:
        asked = say("majority.unknown")
        if view.requirement:
            asked = say("majority.unknown_for", requirement=view.requirement)
        return el("section", title, stated, el("p", asked, class_="esc-hint"), class_="esc-section")
    short = found.short_by or 0
    over = say.count("majority.over", -short) if short else say("majority.exact")
    gap = say.count("majority.short", short) if short > 0 else over
    facts = [
        ("majority.needed", say.number(found.needed)),
        ("majority.obtained", say.number(found.obtained)),
        ("majority.base", f"{say.number(found.base)} · {say(f'majority.of.{found.rule.base}')}"),
    ]
    rows = [el("div", el("dt", say(key)), el("dd", value)) for key, value in facts]
    listed = el("dl", rows, class_="esc-facts esc-num")
    share = say.or_none(f"majority.share.{found.rule.fraction}") or str(found.rule.fraction)
    named = "" if found.rule.name in ("", str(found.rule.fraction)) else f"{found.rule.name} · "
    told = f"{named}{share}. {reasons.in_words(found.rule.source, say) or found.rule.source}"
    rule = el("p", told[:1].upper() + told[1:], class_="esc-hint")
    return el("section", title, stated, listed, el("p", gap), rule, class_="esc-section")
