"""Which votes meet what the reader looks for?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import data, frame, links, sought
from dashboard.components import closeness, downloads, filters, freshness, results, understood
from dashboard.components.escape import el, join


def show() -> None:
    """Put the page together."""
    say, lang = frame.say(), frame.lang()
    st.set_page_config(page_title=f"{say('votes.title')} · Escrutinio")
    frame.show(el("header", el("h1", say("votes.title")), class_="esc-head"))
    sources = data.sources()
    wanted = filters.votes(sources, say)
    asked = filters.in_words(wanted, sources, say)
    found = data.listing(wanted)
    kept = {key: value for key, value in links.kept(st.query_params.to_dict()).items() if key not in ("q", "page")}
    frame.show(
        understood.block(found.understood, wanted.text, say, lang, **kept),
        understood.hints(data.hints(wanted.text), say, lang),
    )
    clear = el("a", say("votes.clear"), href=links.to("votes", lang))
    if not found.total:
        lead = say("votes.none_for", asked=asked) if asked else say("votes.none")
        period = freshness.held(sources, say, only=wanted.legislatures)
        gaps = el("a", say("votes.gaps"), href=links.to("coverage", lang))
        ways = el("p", join([clear, gaps] if asked else [gaps], " · "))
        frame.show(el("section", el("h2", lead), el("p", say("votes.none_is")), period, ways, class_="esc-notice"))
        return
    count = say.count("votes.more" if found.more else "votes.found", found.total)
    query = {key: value for key, value in st.query_params.to_dict().items() if key in sought.KEYS}
    feed = el("a", say("feed.of_list"), href=links.to("feed.atom", lang, **query))
    told = join([count, asked, clear, feed] if asked else [count, feed], " · ")
    frame.show(el("p", told, class_="esc-count", role="status"))
    place = st.container()
    number = filters.page_of(found.total, wanted)
    if number > 1:
        found = data.listing(replace(wanted, offset=(number - 1) * sought.PER_PAGE))
    place.html(results.table(found.rows, say, lang, dated=True))
    if wanted.sort == "closest":
        asked_for = {key: value for key, value in links.kept(st.query_params.to_dict()).items() if key != "page"}
        closeness.show(data.apart(wanted), say, partial(links.many, "margin", say.language, **asked_for))
    frame.show(downloads.of_list(st.query_params.to_dict(), say))
    if not asked:
        frame.show(freshness.held(sources, say))


show()
