"""What has moved in the records of votes, and because of whom?"""

from __future__ import annotations

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import filters, history
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.domain.changes import Cause
from tracker.queries.changes import ChangePage

PER_PAGE = 15


def causes(found: ChangePage, say: Words, lang: str | None) -> Html:
    """Say how many changes there are of each cause, and what each cause is."""
    rows = [
        el(
            "div",
            el("dt", el("a", say(f"cause.{cause}"), href=links.term(cause, lang))),
            el("dd", say.count("changes.sets", found.causes.get(cause, 0)), class_="esc-n"),
        )
        for cause in Cause
    ]
    return el("dl", rows, class_="esc-causes")


def show() -> None:
    """Put the page together."""
    say, lang = frame.say(), frame.lang()
    st.set_page_config(page_title=f"{say('changes.title')} · Escrutinio")
    frame.show(el("header", el("h1", say("changes.title")), el("p", say("changes.lead")), class_="esc-head"))
    sources = data.sources()
    with st.container(horizontal=True, key="esc-filters"):
        chamber = filters.chamber(sources, say)
        names = {str(cause): say(f"cause.{cause}") for cause in Cause}
        chosen = filters.choice(say("filters.cause"), names, "cause", say("filters.all_causes"))
    cause = Cause(chosen) if chosen else None
    found = data.changed(cause, chamber, limit=PER_PAGE)
    if not found.total:
        none = say("changes.none_such" if chamber or cause else "changes.none")
        frame.show(el("section", el("h2", none), el("p", say("changes.none_is")), class_="esc-notice"))
        return
    feed = el("a", say("feed.of_changes"), href=links.to("feed/corrections.atom", lang, ch=chamber, cause=cause))
    count = el("p", say.count("changes.found", found.total), " · ", feed, class_="esc-count", role="status")
    frame.show(causes(found, say, lang), count)
    place = st.container()
    number = filters.page_of(found.total, (cause, chamber), PER_PAGE)
    if number > 1:
        found = data.changed(cause, chamber, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    place.html(history.sets(found.sets, say, lang))


show()
