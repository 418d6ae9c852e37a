"""What was decided in a vote, by how many, who voted how, and where does it stand?"""

from __future__ import annotations

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import (
    checks,
    evidence,
    glance,
    heading,
    history,
    ledger,
    majority,
    notice,
    papers,
    roll,
    tally,
)
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.domain.reconcile import Verdict
from tracker.queries.view import VoteView


def missing(asked: str, say: Words, lang: str | None) -> None:
    """Say that there is no such vote, and where to look."""
    way = el("a", say("vote.search"), href=links.to("votes", lang))
    told = say("vote.missing", id=asked[:120]) if asked else say("vote.no_id")
    frame.show(notice.notice(told, say("vote.missing_is"), way))


def piece(view: VoteView, say: Words) -> None:
    """Show the part of the page that is in doubt."""
    picture = data.picture(view.piece) if view.piece else None
    if picture:
        st.image(picture, caption=say("checks.piece"))


def show() -> None:
    """Put the page together: the numbers first."""
    say, lang = frame.say(), frame.lang()
    query = st.query_params.to_dict()
    slug, version = links.asked_vote(query)
    view = data.vote(slug, version, own=links.asked_own(query)) if slug else None
    if view is None:
        missing(st.query_params.get("id", ""), say, lang)
        return
    st.set_page_config(page_title=heading.page_title(view))
    frame.show(heading.head(view, say, lang), tally.panel(view, say))
    plain = links.plain(view.id, lang, version, own=links.asked_own(query))
    frame.show(heading.contents(say, el("a", say("plain.page"), href=plain), charts=glance.there(view)))
    frame.show(ledger.ledger(view, say), ledger.announced(view, say))
    if view.verdict is Verdict.DOUBTFUL:
        frame.show(el("p", say("vote.unsound"), class_="esc-warning"))
    for label, text in heading.to_copy(view, say):
        frame.show(el("h3", label))
        st.code(text, language=None, wrap_lines=True)
    frame.show(
        el("h2", say("evidence.title"), id="source"),
        evidence.block(view, say),
        papers.block(view, say, lang),
        majority.panel(view, say),
    )
    glance.show(view, say)
    glance.by_group(view, say)
    frame.show(
        el("h2", say("checks.title"), id="checks"),
        checks.block(view, say),
    )
    piece(view, say)
    frame.show(
        el("h2", say("history.title"), id="history"),
        history.block(view, say, lang),
    )
    roll.show(view, say)


show()
