"""Where does a reader report an error in a vote? With everything that finds the place again already written."""

from __future__ import annotations

from urllib.parse import quote

from dashboard.components import tally
from dashboard.components.escape import Html, el, letter
from dashboard.words import Words
from tracker.queries.casing import calm
from tracker.queries.view import VoteView
from tracker.settings import MAILBOX, settings

LONGEST = 160
"""Characters of a subject that go into a message: mail programmes cut long addresses off."""


def block(view: VoteView, say: Words, address: str) -> Html:
    """Return the way to report an error; without one, whom to tell and what to name. `address` is that of the page."""
    to = settings().report_to
    named = say("report.named", id=view.id, version=view.version)
    if not to:
        return el("p", say("report.tell"), " ", named, class_="esc-hint esc-report")
    href = _letter(to, view, say, address) if MAILBOX.fullmatch(to) else _filled(to, view, address)
    return el("p", el("a", say("report.way"), href=href, rel="noreferrer"), " · ", named, class_="esc-hint esc-report")


def _letter(to: str, view: VoteView, say: Words, address: str) -> str:
    count = tally.figure(view.tallies.best, abstention=view.chamber.abstention)
    body = [
        say("report.wrong"),
        "",
        "",
        "",
        f"{say('report.page')}: {address}",
        f"{say('report.shown')}: {count}",
        f"{say('report.vote')}: {calm(view.subject)[:LONGEST]}",
        f"{say('report.reading')}: {view.version}, SHA-256 {view.origin.sha256}",
    ]
    return letter(to, say("report.subject", id=view.id, version=view.version), body)


def _filled(to: str, view: VoteView, address: str) -> str:
    blanks = {"{id}": view.id, "{version}": str(view.version), "{url}": address}
    for blank, value in blanks.items():
        to = to.replace(blank, quote(value, safe=""))
    return to
