"""Which plain addresses are there?

One list for two applications: beside the pages under Streamlit (`dashboard.server`), or by itself (`dashboard.plain`).
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Mount, Route

from dashboard.routes import cards, charts, check, datawrapper, embed, engines, feeds, files, fonts, trouble, vote
from dashboard.routes.health import healthz
from dashboard.routes.later import Later

ICON = Path(__file__).parents[1] / "icon.png"


def icon(_request: Request) -> FileResponse:
    """Answer with the sign of our tabs."""
    return FileResponse(ICON, headers={"Cache-Control": "public, max-age=86400"})


def described(request: Request) -> RedirectResponse:
    """Lead to the description of the interface for programs."""
    below = "/api/" in request.scope["path"]
    return RedirectResponse("v1/" if below else "api/v1/", 308)


ROUTES = (
    Route("/v/{id}/piece.png", vote.piece),
    Route("/v/{id}/page.png", vote.leaf),
    *(Route(f"/v/{{id}}/{name}", handler) for name, handler in cards.CARDS.items()),
    Route("/v/{id}/datawrapper", datawrapper.form),
    Route("/v/{id}/datawrapper.csv", datawrapper.figures),
    Route("/v/{id}/chart/{name}.{form}", charts.of_vote),
    Route("/v/{id}.json", vote.data),
    *files.ROUTES,
    Route("/v/{id}", vote.html),
    Route("/chart/{name}.{form}", charts.of_many),
    Route("/embed/{id}", embed.card),
    Route("/v", trouble.no_page),
    Route("/v/{rest:path}", trouble.no_page),
    Route("/feed.{form}", feeds.listed),
    Route("/feed/corrections.{form}", feeds.corrections),
    Route("/feed/v/{id}.{form}", feeds.of_one),
    Route("/plain/check", check.form),
    *(Route(path, described) for path in ("/api", "/api/docs", "/api/v1")),
    Mount("/api/v1", Later("dashboard.api.app")),
    Route("/api/check", check.api, methods=["POST"]),
    Route("/healthz", healthz),
    Route("/icon.png", icon),
    Route("/fonts/{name}", fonts.font),
    Route("/robots.txt", engines.robots),
    Route("/sitemap.xml", engines.index),
    Route("/sitemap-{number:int}.xml", engines.listed),
)
