"""What is handed to a fact-checking desk: drafts of a ClaimReview, the rating left to a person."""

from __future__ import annotations

import json

from dashboard import links
from dashboard.components.escape import Html, el, plain
from dashboard.words import Words
from tracker.claims.review import LONGEST, Appeared, drafts
from tracker.claims.shown import Shown

FORM = "check"
"""The id of the form that asks for the text."""


def written(found: Shown, appeared: Appeared, site: str) -> str:
    """Return the drafts as JSON-LD; empty where the text has no claim."""
    on = appeared.on.isoformat() if appeared.on else None
    here = site + links.to("check", claim=found.text, date=on).removeprefix("./")
    made = drafts(found, appeared, check=here, site=site)
    return plain(json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False, indent=2)) if made else ""


def folded(found: Shown, appeared: Appeared, say: Words, site: str) -> Html | None:
    """Return the drafts for a page without scripts; the field for the article's address belongs to its form."""
    text = written(found, appeared, site)
    if not text:
        return None
    at = appeared.address
    field = el("input", form=FORM, id="appeared", name="appeared", type="url", maxlength=LONGEST, value=at)
    fill = el("button", say("review.fill"), type="submit", form=FORM)
    return el(
        "details",
        el("summary", say("review.title")),
        el("p", say("review.lead"), class_="esc-hint"),
        el("div", el("label", say("review.appeared"), for_="appeared"), el("span", field, fill), class_="esc-ask"),
        el("pre", text, class_="esc-copy", tabindex="0", aria_label=say("review.title")),
        class_="esc-official esc-draft",
        open="" if appeared.at else None,
    )
