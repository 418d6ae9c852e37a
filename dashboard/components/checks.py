"""Do the numbers of the vote meet, in words?"""

from __future__ import annotations

from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.view import CheckView, VoteView

SIGNS = {True: "ok", False: "bad", None: "none"}


def block(view: VoteView, say: Words) -> Html:
    """Return each sum that can be made of the vote and how it came out; those that fail first."""
    order = {False: 0, True: 1, None: 2}
    items = [_item(check, say) for check in sorted(view.checks, key=lambda check: order[check.ok])]
    settled = el("p", say("checks.settled", by=view.settled), class_="esc-note") if view.settled else None
    return join([el("ul", items, class_="esc-checks"), settled])


def _item(check: CheckView, say: Words) -> Html:
    sign = SIGNS[check.ok]
    named = say.or_none(f"check.{check.check}.{sign}") or f"{check.check}: {say(f'check.{sign}')}"
    detail = el("span", f" {check.detail}", class_="esc-detail") if check.detail else None
    mark = el("span", say(f"check.{sign}_sign"), class_="esc-sign", aria_hidden="true")
    return el("li", mark, el("span", named, detail), class_=f"esc-check-{sign}")
