"""How are the figures to be read?"""

from __future__ import annotations

from dashboard.components.escape import Html, el
from dashboard.words import Words

TERMS = ("final", "board", "absent")


def foot(say: Words) -> Html:
    """Return the foot of a page: the words that stand beside figures, explained."""
    terms = [el("div", el("dt", say(f"glossary.{term}")), el("dd", say(f"glossary.{term}_is"))) for term in TERMS]
    return el("footer", el("h2", say("glossary.title"), class_="esc-hidden"), el("dl", terms), class_="esc-foot")
