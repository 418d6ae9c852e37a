"""Do the numbers of the vote meet, in words?"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import reasons
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.view import CheckView, VoteView

SIGNS = {True: "ok", False: "bad", None: "none"}


def block(view: VoteView, say: Words) -> Html:
    """Return each sum that can be made of the vote and how it came out; those that fail first."""
    order = {False: 0, True: 1, None: 2}
    items = [_item(check, say) for check in sorted(view.checks, key=lambda check: order[check.ok])]
    decided = [ballot.name for ballot in view.ballots if ballot.decided]
    followed = (
        el("p", say.count("checks.decided", len(decided), names="; ".join(decided)), class_="esc-note")
        if decided
        else None
    )
    settled = el("p", say("checks.settled", by=view.settled), class_="esc-note") if view.settled else None
    return join([el("ul", items, class_="esc-checks"), followed, settled])


def failed(checks: Iterable[CheckView], say: Words) -> Html:
    """Return the sums that do not meet."""
    return el("ul", [_item(check, say) for check in checks], class_="esc-checks")


def _item(check: CheckView, say: Words) -> Html:
    sign = SIGNS[check.ok]
    named = say.or_none(f"check.{check.check}.{sign}") or f"{check.check}: {say(f'check.{sign}')}"
    told = reasons.told(check.detail, say)
    detail = el("span", f" {told[0]}", class_="esc-detail") if len(told) == 1 else None
    if len(told) > 1:
        detail = el("ul", [el("li", reason) for reason in told], class_="esc-reasons")
    mark = el("span", say(f"check.{sign}_sign"), class_="esc-sign", aria_hidden="true")
    return el("li", mark, el("div", named, detail), class_=f"esc-check-{sign}")
