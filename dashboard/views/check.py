"""What does the record say of the claims of a text?"""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import filters, review, verdicts
from dashboard.components.escape import el, join
from dashboard.words import Words
from tracker.claims.read import PAGE_LONGEST, Unreadable
from tracker.claims.review import LONGEST, Appeared
from tracker.claims.shown import Shown

# How high the field stands, in pixels: low once there is an answer, which a phone should show without scrolling.
ASKED, ANSWERED = 140, 68


def drafted(found: Shown, written: date | None, say: Words) -> None:
    """Show what can be handed to a fact-checking desk, folded."""
    if not found.cards:
        return
    with st.expander(say("review.title"), expanded="appeared" in st.query_params):
        frame.show(el("p", say("review.lead"), class_="esc-hint"))
        at = st.text_input(say("review.appeared"), key="appeared", bind="query-params", max_chars=LONGEST)
        st.code(review.written(found, Appeared(written, at or ""), frame.site()), language=None, wrap_lines=True)


def show() -> None:
    """Put the page together: the text and its day above, what the record says below."""
    say, lang = frame.say(), frame.lang()
    given = bool(str(st.session_state.get("claim", st.query_params.get("claim", ""))).strip())
    st.set_page_config(page_title=f"{say('claims.title')} · Escrutinio")
    example = el("a", say("claims.example"), href=links.to("check", lang, claim=verdicts.EXAMPLE))
    plain = el("a", say("claims.plain"), href=links.to("plain/check", lang))
    lead = None if given else join([el("p", say("claims.lead")), el("p", join([example, plain], " · "))])
    frame.show(el("header", el("h1", say("claims.title")), lead, class_="esc-head"))
    height = ANSWERED if given else ASKED
    text = st.text_area(say("claims.text"), key="claim", bind="query-params", height=height) or ""
    with st.container(horizontal=True, key="esc-day", vertical_alignment="bottom"):
        written = filters.day(say("claims.date"), "date")
        st.button(say("claims.check"))
    if not text.strip():
        frame.show(el("p", say("claims.kept"), class_="esc-hint"))
        data.sources()  # says at once if the record cannot be read
        return
    if len(text) > PAGE_LONGEST:
        told = say("claims.too_long", n=say.number(len(text)), most=say.number(PAGE_LONGEST))
        frame.show(el("p", told, class_="esc-warning", role="alert"))
        return
    try:
        found = data.checked(text, written)
    except Unreadable:
        frame.show(el("p", say("claims.no_text"), class_="esc-warning", role="alert"))
        return
    frame.show(verdicts.cards(found, say, lang))
    drafted(found, written, say)


show()
