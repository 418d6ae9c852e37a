"""Who moved between two votes?"""

from __future__ import annotations

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import moves, notice, tally
from dashboard.components.escape import el
from tracker.queries.compared import compare


def show() -> None:
    """Put the page together."""
    say, lang, query = frame.say(), frame.lang(), st.query_params.to_dict()
    st.set_page_config(page_title=f"{say('nav.compare')} · Escrutinio")
    asked = [query.get(key, "") for key in ("a", "b")]
    views = [data.vote(slug) if links.ID.match(slug) else None for slug in asked]
    before, after = views
    if before is None or after is None:
        lost = next((slug for slug, view in zip(asked, views, strict=True) if view is None and slug), None)
        way = el("a", say("vote.search"), href=links.to("votes", lang))
        which = notice.notice(say("moves.which"), say("moves.which_is"), way)
        frame.show(notice.no_vote(lost, say, lang) if lost else which)
        return
    frame.show(el("header", el("h1", say("nav.compare")), class_="esc-head"), moves.heads(before, after, say, lang))
    found = compare(before, after)
    if found is None:
        frame.show(el("p", say("moves.two_chambers"), class_="esc-note"))
        return
    both = sum(len(pairs) for pairs in found.cells.values())
    words = tally.position_words(after, say)
    lead = say.count("moves.moved", len(found.moved), of=say.number(both))
    frame.show(
        el("p", lead, class_="esc-finding"),
        moves.square(found, words, say) if both else None,
        el("p", say("moves.is"), class_="esc-hint"),
        el("h2", say("moves.names"), id="names"),
        moves.names(found, after, words, say, lang),
        moves.others(found, before, after, say, lang),
    )


show()
