"""Which paper was this read from, and where does it lie?"""

from __future__ import annotations

from dashboard import links
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries import pieces
from tracker.queries.view import Evidence, VoteView
from tracker.settings import settings


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
    address = f"{document.url}#page={document.leaf}" if document.leaf else document.url
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
    which = el("p", _reading(document, view, say), class_="esc-hint") if len(view.evidence) > 1 else None
    told = el("div", el("p", link, class_="esc-address"), which, gone, el("dl", facts, digest, class_="esc-facts"))
    leaf = _leaf(document, view, say)
    return el("li", leaf, told) if document == view.paper_read else el("li", told, leaf)


def _reading(document: Evidence, view: VoteView, say: Words) -> str:
    """Say which reading rests on a document, and whether it is the one shown."""
    key = (document.sha256, document.url)
    shown = key == (view.paper_read.sha256, view.paper_read.url)
    number = view.version if shown else max(v.n for v in view.versions if (v.sha256, v.url) == key)
    return say("evidence.shown" if shown else "evidence.not_shown", n=number)


def _leaf(document: Evidence, view: VoteView, say: Words) -> Html | None:
    """Return the page itself, small, and the way to it large; None where this machine does not hold the document.

    The picture is drawn only once somebody scrolls near it. Of a document that is not the one shown, the way alone.
    """
    if document.leaf is None or not pieces.held(settings().archive, document.sha256):
        return None
    read, here = view.paper_read, (document.sha256, document.url)
    shown = here == (read.sha256, read.url)
    version = view.version if shown else max(v.n for v in view.versions if (v.sha256, v.url) == here)
    only = None if view.versions[version - 1].in_force else version
    address = links.plain(f"{view.id}/page.png", version=only, own=view.leads_to is not None)
    page = read.leaf if shown else document.leaf
    way = el("a", say("evidence.leaf", n=page), href=address)
    if not shown:
        return el("p", way, class_="esc-hint")
    alt = say("evidence.leaf_alt", n=page, name=document.url.rpartition("/")[2])
    image = el("img", src=address, loading="lazy", alt=alt)
    return el("figure", el("a", image, href=address), el("figcaption", way), class_="esc-leaf")
