"""What can a newsroom take of a vote into a story: its card as a picture, and the code that embeds it?"""

from __future__ import annotations

from dashboard import links
from dashboard.components import embedded
from dashboard.components.escape import Html, el, join, text
from dashboard.words import Words
from tracker.queries.casing import calm
from tracker.queries.view import VoteView

CARDS = (("card.png", "story.wide"), ("card-square.png", "story.square"), ("card.svg", "story.drawing"))
SNIPPET = (
    '<script>addEventListener("message",e=>{{for(const f of document.querySelectorAll(\'iframe[src^="{site}embed/"]\'))'
    "if(f.contentWindow===e.source&&e.data.escrutinio>0)f.height=Math.min(e.data.escrutinio,2000)}})</script>"
)
"""Makes a frame as high as the card in it says it is; a page needs it once, whatever it embeds."""


def head(view: VoteView, say: Words) -> Html:
    """Return the ways to the pictures of this reading, and what the code below does."""
    version, own = view.version, view.leads_to is not None
    cards = [
        el("a", say(key), href=links.plain(f"{view.id}/{name}", say.language, version, own=own)) for name, key in CARDS
    ]
    there = links.to(f"v/{view.id}/datawrapper", say.language, own="1" if own else None)
    best = view.tallies.best
    drawable = best is not None and bool(best.cast or best.candidates)
    return join([
        el("h2", say("story.title"), id="story"),
        el("p", say("story.card"), " ", join(cards, " · ")),
        el("p", el("a", say("datawrapper.open"), href=there), " · ", say("story.files"), class_="esc-hint")
        if drawable else None,
        el("h3", say("story.embed")),
    ])  # fmt: skip


def code(view: VoteView, say: Words, site: str) -> str:
    """Return the code that embeds a vote: a frame, and what makes it as high as its card."""
    address = site + _embedded(view, say)[2:]
    title = f"{say('story.frame')}: {calm(view.subject)[:120].rstrip()}"
    frame = (
        f'<iframe src="{text(address)}" title="{text(title)}" width="100%" height="{embedded.height(view, say)}" '
        'style="border:0;max-width:640px" loading="lazy"></iframe>'
    )
    return f"{frame}\n{SNIPPET.format(site=text(site))}"


def _embedded(view: VoteView, say: Words) -> str:
    """Return the address of the embedded card, of this very record."""
    own = "1" if view.leads_to is not None else None
    return links.to(f"embed/{view.id}", say.language, version=view.version, own=own)


def foot(view: VoteView, say: Words) -> Html:
    """Say what the embedded card does, and show the way to it."""
    way = el("a", say("story.look"), href=_embedded(view, say))
    return el("p", say("story.embed_is"), " ", way, class_="esc-hint")


def block(view: VoteView, say: Words, site: str) -> Html:
    """Return all of it, for a page without a script."""
    shown = el("pre", el("code", code(view, say, site)), class_="esc-copy esc-code", tabindex="0")
    return join([head(view, say), shown, foot(view, say)])
