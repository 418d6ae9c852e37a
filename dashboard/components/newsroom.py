"""How does what a newsroom takes into a story stand on the page of a vote, with a button that copies the code?"""

from __future__ import annotations

import streamlit as st

from dashboard import frame
from dashboard.components import story
from dashboard.words import Words
from tracker.queries.view import VoteView


def show(view: VoteView, say: Words) -> None:
    """Show the pictures of the card, and the code that embeds it."""
    frame.show(story.head(view, say))
    st.code(story.code(view, say, frame.site()), language=None, wrap_lines=True)
    frame.show(story.foot(view, say))
