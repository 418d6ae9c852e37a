"""Who could have changed a vote: how few would it have taken, and who was not there?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dashboard import links
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.casing import name
from tracker.queries.ranks import Chances, Part, Swing, chances
from tracker.queries.view import VoteView


def block(view: VoteView, say: Words, lang: str | None) -> Html | None:
    """Return the margin, what could have turned it, and those who cast no vote, by reason."""
    found = chances(view)
    if found is None:
        return None
    able, unable = len(found.silent.able), len(found.silent.unable)
    apart = say.count("chances.apart", abs(found.margin)) if found.margin else say("chances.even")
    away = say.count("chances.silent", able + unable) if able + unable else ""
    away = away if found.counted else say("chances.not_listed")
    lead = el("p", f"{apart} {away}".strip(), class_="esc-finding")
    swung = el("ul", [el("li", text) for text in _swings(found, found.swing, say)]) if found.swing else None
    told = say("chances.reached" if found.swing.reached else "chances.failed") if found.swing else None
    if found.swing is None:
        told = say("chances.no_rule")
    parts = (*found.silent.able, *found.silent.unable)
    names = _by_reason(parts, view, say, lang) if parts else None
    return el("section", el("h2", say("chances.title"), id="chances"), lead, el("p", told), swung, names,
              class_="esc-section")  # fmt: skip


def _swings(found: Chances, swing: Swing, say: Words) -> Iterator[str]:
    """Say what each way of turning the vote would have taken, alone."""
    way = "reached" if swing.reached else "failed"
    able = len(found.silent.able)
    if swing.switched is not None:
        yield say.count(f"chances.switched_{way}", swing.switched)
    if found.counted and able:
        came = swing.came
        yield (
            say("chances.came_none", able=say.number(able))
            if came is None
            else say.count(f"chances.came_{way}", came, able=say.number(able))
        )
    if swing.moved is not None:
        yield say.count(f"chances.moved_{way}", swing.moved)


def _by_reason(parts: tuple[Part, ...], view: VoteView, say: Words, lang: str | None) -> Html:
    """Return those who cast no vote, by reason: the counts at once, the names a click away."""
    reasons = {key: list(some) for key, some in groupby(parts, key=lambda part: part.reason)}
    known = {ballot.member for ballot in view.ballots}

    def who(part: Part) -> Html:
        if part.who not in known:
            return el("span", name(part.name))
        return el("a", name(part.name), href=links.member(part.who, view.chamber.slug, lang))

    def label(reason: object) -> str:
        return say(f"reason.{reason}") if reason else say("reason.unknown")

    summary = " · ".join(f"{label(reason)} {len(some)}" for reason, some in reasons.items())
    rows = [
        el("li", el("strong", label(reason)), ": ", join([who(part) for part in some], "; "))
        for reason, some in reasons.items()
    ]
    return el("details", el("summary", summary), el("ul", rows, class_="esc-ranks"), class_="esc-official")
