"""What do the words mean, how does each chamber decide, and what do we not know?"""

from __future__ import annotations

import streamlit as st

from dashboard import data, frame
from dashboard.components import terms
from dashboard.components.escape import el

PARTS = ("words", "limits", "rules")


def show() -> None:
    """Put the page together. The words need no database: they stand even where there is nothing else."""
    say, lang = frame.say(), frame.lang()
    st.set_page_config(page_title=f"{say('method.title')} · Escrutinio")
    ways = [el("a", say(f"method.{part}"), href=f"#{part}") for part in PARTS]
    contents = el("nav", ways, class_="esc-contents", aria_label=say("contents.title"))
    lead = el("p", say("method.lead"))
    frame.show(
        el("header", el("h1", say("method.title")), lead, contents, class_="esc-head"),
        terms.asked(st.query_params.get("term", ""), say),
        el("section", el("h2", say("method.words"), id="words"), terms.glossary(say, lang), class_="esc-section"),
        el("section", el("h2", say("method.limits"), id="limits"), terms.unknown(say), class_="esc-section"),
    )
    chambers = [terms.chamber(found, say) for found in data.rules()]
    none = el("p", say("method.no_chambers"), class_="esc-note")
    title, told = el("h2", say("method.rules"), id="rules"), el("p", say("method.rules_are"), class_="esc-hint")
    frame.show(el("section", title, told, chambers or none, class_="esc-section"))


show()
