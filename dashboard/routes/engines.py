"""What do search engines get: which addresses to leave alone, and which there are?"""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard import links
from dashboard.components.escape import text
from dashboard.routes import asked, trouble
from dashboard.routes.record import engine, kept, tag, unchanged
from tracker.queries import addresses
from tracker.queries.database import data_version
from tracker.queries.shape import moment

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"


@trouble.guarded
def robots(request: Request) -> Response:
    """Leave the pages to search engines, keep them off the machinery, and say where the list of pages is."""
    lines = ("User-agent: *", "Disallow: /_stcore/", "Disallow: /healthz", f"Sitemap: {asked.site(request)}sitemap.xml")
    return PlainTextResponse("".join(f"{line}\n" for line in lines))


@trouble.guarded
def index(request: Request) -> Response:
    """Answer with the list of the lists of pages."""
    now = tag(request, data_version(engine()))
    if (held := unchanged(request, now)) is not None:
        return held
    site, last = asked.site(request), addresses.pages(engine())
    maps = (f"<sitemap><loc>{text(site)}sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, last + 1))
    return _xml("sitemapindex", maps, now)


@trouble.guarded
def listed(request: Request) -> Response:
    """Answer with a list of the pages of votes, and when each last moved."""
    number = request.path_params["number"]
    opened = engine()
    now = tag(request, data_version(opened))
    if (held := unchanged(request, now)) is not None:
        return held
    if not 1 <= number <= addresses.pages(opened):
        return trouble.no_page(request)
    site = text(asked.site(request))
    urls = (
        f"<url><loc>{site}{text(links.plain(one.id).removeprefix('./'))}</loc>"
        f"<lastmod>{moment(one.moved_at)}</lastmod></url>\n"
        for one in addresses.page(opened, number)
    )
    return _xml("urlset", urls, now)


def _xml(root: str, entries: Iterator[str], now: str) -> Response:
    body = f'{XML}<{root} xmlns="{PROTOCOL}">\n{"".join(entries)}</{root}>\n'
    return Response(body, media_type="application/xml", headers=kept(now))
