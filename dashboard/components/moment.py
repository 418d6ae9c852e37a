"""As of when does the reader want to see the record of a vote?"""

from __future__ import annotations

import streamlit as st

from dashboard.words import Words

LONGEST = 40


def ask(say: Words) -> None:
    """Show a place for a day or a moment; what is written there goes into the address, instead of a version."""
    asked = st.query_params.get("as_of", "")
    key = f"as of {asked}"

    def put() -> None:
        written = st.session_state[key].strip()
        for name in ("version", "as_of"):
            st.query_params.pop(name, None)
        if written:
            st.query_params["as_of"] = written

    with st.container(key="esc-moment"):
        st.text_input(
            say("moment.ask"), value=asked, key=key, max_chars=LONGEST, placeholder=say("moment.example"), on_change=put
        )
