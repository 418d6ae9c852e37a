"""Which paper was this read from, and where does it lie?"""

from __future__ import annotations

from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.view import Evidence, VoteView


def block(view: VoteView, say: Words) -> Html:
    """Return every document that showed the vote, the newest first."""
    papers = [_paper(document, view, say, newest=n == 0) for n, document in enumerate(view.evidence)]
    return join([_transcribed(view, say), el("ol", papers, class_="esc-evidence")])


def _transcribed(view: VoteView, say: Words) -> Html | None:
    """Say that the paper is a transcription, whose, and lead to the official documents it was made from."""
    if view.credit is None:
        return None
    told = el("p", say("evidence.transcribed", by=view.credit.by), class_="esc-warning")
    links = [el("li", el("a", url, href=url, rel="noreferrer")) for url in view.official_urls]
    if not links:
        return told
    return join([told, el("p", say("evidence.official")), el("ul", links, class_="esc-address")])


def _paper(document: Evidence, view: VoteView, say: Words, *, newest: bool) -> Html:
    zone = view.chamber.zone
    pdf = document.media_type == "application/pdf" and document.page
    address = f"{document.url}#page={document.page}" if pdf else document.url
    newer = {other.url for other in view.evidence if other.fetched_at > document.fetched_at}
    rows = [
        ("evidence.page", str(document.page) if document.page else None),
        ("evidence.brought" if view.credit else "evidence.fetched", say.moment(document.fetched_at, zone)),
        ("evidence.checked", say.moment(document.checked_at, zone) if newest and document.checked_at else None),
        (
            "evidence.size",
            ", ".join(filter(None, [say("evidence.bytes", n=say.number(document.size)), document.media_type])),
        ),
    ]
    facts = [el("div", el("dt", say(key)), el("dd", value)) for key, value in rows if value is not None]
    digest = el("div", el("dt", "SHA-256"), el("dd", el("code", document.sha256)), class_="esc-wide")
    gone = el("p", say("evidence.replaced"), class_="esc-hint") if document.url in newer else None
    link = el("a", document.url, href=address, rel="noreferrer")
    return el("li", el("p", link, class_="esc-address"), gone, el("dl", facts, digest, class_="esc-facts"))
