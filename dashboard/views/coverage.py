"""What do we hold, what is missing, and what waits for an official paper or for a person?"""

from __future__ import annotations

import streamlit as st

from dashboard import data, frame
from dashboard.components import freshness, holdings
from dashboard.components.escape import Html, el, join
from dashboard.routes.record import engine
from dashboard.words import Words
from tracker.queries.queue import queue_state

PARTS = ("sources", "years", "waiting", "doubts", "missing", "troubles")


def section(part: str, body: Html, say: Words) -> Html:
    """Return a part of the page under its heading, with what it means."""
    return el(
        "section",
        el("h2", say(f"coverage.part.{part}"), id=part),
        el("p", say(f"coverage.part.{part}_is"), class_="esc-hint"),
        body,
        class_="esc-section",
    )


def show() -> None:
    """Put the page together."""
    say, lang = frame.say(), frame.lang()
    st.set_page_config(page_title=f"{say('coverage.title')} · Escrutinio")
    sources = data.sources()
    ways = [el("a", say(f"coverage.part.{part}"), href=f"#{part}") for part in PARTS] if sources else []
    contents = el("nav", ways, class_="esc-contents", aria_label=say("contents.title")) if ways else None
    lead = el("p", say("coverage.lead"))
    frame.show(el("header", el("h1", say("coverage.title")), lead, contents, class_="esc-head"))
    if not sources:
        empty = el("h2", say("coverage.empty")), el("p", say("overview.empty_is"))
        frame.show(el("section", *empty, class_="esc-notice"))
        return
    held, doubts = data.held()
    titles = {source.slug: source.title for source in sources}
    names = {source.coverage.legislature: source.coverage.title for source in sources}
    bodies = (
        join([holdings.sources(sources, held, say), freshness.queue(queue_state(engine()), say)]),
        holdings.years(held.years, names, say, lang),
        holdings.waiting(held.waiting, say, lang),
        holdings.doubts(doubts, say, lang),
        holdings.missing(held.unanswered, titles, say),
        holdings.troubles(held.troubles, titles, say),
    )
    frame.show(*(section(part, body, say) for part, body in zip(PARTS, bodies, strict=True)))


show()
