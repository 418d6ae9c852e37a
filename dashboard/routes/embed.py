"""How does a vote get into somebody else's page: a small card that shows what stands now, and no script needed?"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.components import embedded, heading
from dashboard.components.escape import Html
from dashboard.routes import asked, described, lasting, templates
from dashboard.routes.asked import Asked
from dashboard.routes.lasting import Lasts
from dashboard.routes.record import engine, kept, tag, unchanged
from dashboard.routes.trouble import guarded
from dashboard.routes.vote import PAGES, view_of, wanted
from tracker.queries import votes
from tracker.queries.database import data_version
from tracker.settings import settings

SCRIPT = Html(
    "(()=>{const tell=()=>parent.postMessage({escrutinio:Math.ceil(document.body.getBoundingClientRect().height)},'*');"
    "new ResizeObserver(tell).observe(document.body)})()"
)
"""Says to the page around how high the card is, and nothing else. Without it all is there, in a frame of set height."""
THEMES = ("light", "dark")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _style() -> Html:
    """Return the style of the card: the fonts and colours of every page, the marks of positions, and its own."""
    read = {name: (templates.HERE / name).read_text("utf-8") for name in ("fonts.css", "style.css", "embed.css")}
    shared = re.findall(r"^\.stApp \{.*?^\}$|^\.esc-(?:mark|fill).*?$", read["style.css"], re.MULTILINE | re.DOTALL)
    return Html("\n".join((read["fonts.css"], *shared, read["embed.css"])))


STYLE = _style()
POLICY = (
    f"default-src 'none'; style-src {_digest(STYLE)}; style-src-attr 'unsafe-inline'; script-src {_digest(SCRIPT)}; "
    "font-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors *"
)
"""What the card may load, and that any page may hold it. No other page of ours may be held by another."""


@guarded
def card(request: Request) -> Response:
    """Answer with the card of a vote as it stands now; a `version` in the address says which reading was embedded."""
    vote = wanted(request, "theme")
    theme = request.query_params.get("theme", "")
    version = data_version(engine())
    now = tag(request, version)
    if (held := unchanged(request, now)) is not None:
        held.headers["Content-Security-Policy"] = POLICY
        return held
    page, lasts = _page(settings().database, version, vote, theme if theme in THEMES else "", asked.up(request))
    return HTMLResponse(page, headers={**kept(now, lasts), "Content-Security-Policy": POLICY})


@lru_cache(maxsize=PAGES)
def _page(url: str, version: str, vote: Asked, theme: str, up: str) -> tuple[str, Lasts]:
    """Return a card, and how long it may be kept; made once for each version of the data."""
    now = Asked(vote.slug, None, vote.own, vote.language, vote.site, "")
    view = view_of(now)
    before = None
    if vote.version is not None and vote.version != view.version:
        before = votes.one(engine(), vote.slug, vote.version, own=vote.own)
    card = templates.fill(
        "embed.html",
        STYLE,
        say=vote.say,
        theme=theme,
        up=up,
        title=heading.page_title(view),
        canonical=described.page_of(view, vote),
        card=embedded.card(view, before, vote.say, vote.lang),
        script=SCRIPT,
    )
    return card, lasting.of(view, now)
