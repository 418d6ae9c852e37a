"""How does a reporter take a line along: a button each that copies it."""

from __future__ import annotations

import streamlit as st

from dashboard import frame
from dashboard.components import heading, lines
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.queries.view import VoteView


def show(view: VoteView, say: Words) -> None:
    """Show the sentence and the citation; the other lengths folded."""
    for n, (label, text) in enumerate(lines.whole(view, say, heading.permalink(view, frame.site()))):
        _line("h3", label, text, None if n else "copy")
    if others := list(lines.lengths(view, say)):
        with st.expander(say("vote.lengths")):
            for label, text in others:
                _line("h4", label, text)


def _line(level: str, label: str, text: str, place: str | None = None) -> None:
    frame.show(el(level, label, id=place))
    st.code(text, language=None, wrap_lines=True)
