"""What was decided in a vote, by how many, who voted how, and where does it stand?"""

from __future__ import annotations

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import (
    asked,
    chances,
    checks,
    copied,
    downloads,
    evidence,
    glance,
    heading,
    history,
    ledger,
    majority,
    moment,
    newsroom,
    papers,
    ranks,
    rebels,
    report,
    roll,
    rungs,
    tally,
)
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.domain.reconcile import Verdict
from tracker.queries import pieces
from tracker.queries.view import VoteView
from tracker.settings import settings


def piece(view: VoteView, say: Words) -> None:
    """Show the part of the page that is in doubt."""
    if view.piece and (picture := pieces.picture(settings().archive, view.piece)):
        st.image(picture, caption=say("checks.piece"))


def show() -> None:
    """Put the page together: the numbers first."""
    say, lang, query = frame.say(), frame.lang(), st.query_params.to_dict()
    view = asked.vote(query, say, lang)
    if view is None:
        return
    st.set_page_config(page_title=heading.page_title(view))
    frame.show(heading.head(view, say, lang), tally.panel(view, say, lang))
    plain = links.plain(view.id, lang, links.asked_vote(query)[1], own=links.asked_own(query), as_of=view.as_of)
    more = el("a", say("plain.page"), href=plain)
    frame.show(heading.contents(say, more, charts=glance.there(view), ranks=ranks.asked(view)))
    unsound = el("p", say("vote.unsound"), class_="esc-warning") if view.verdict is Verdict.DOUBTFUL else None
    frame.show(ledger.ledger(view, say, lang), ledger.announced(view, say), unsound)
    copied.show(view, say)
    rebels.show(view, say, lang)
    frame.show(
        majority.panel(view, say, lang),
        el("h2", say("evidence.title"), id="source"),
        evidence.block(view, say),
        papers.block(view, say, lang),
    )
    glance.show(view, say)
    roll.show(view, say, lang)
    frame.show(
        chances.block(view, say, lang),
        rungs.block(view, data.ladder_of(view.id), say, lang),
        el("h2", say("history.title"), id="history"),
        history.block(view, say, lang),
    )
    moment.ask(say)
    newsroom.show(view, say)
    frame.show(el("h2", say("checks.title"), id="checks"), checks.block(view, say))
    piece(view, say)
    frame.show(report.block(view, say, heading.permalink(view, frame.site())), downloads.of_vote(view, say))


show()
