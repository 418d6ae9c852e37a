"""How do the plain addresses answer by themselves, without the pages and without Streamlit?

Run by `uvicorn dashboard.plain:app`: a small process for search engines, link previews and programs, or a second line
for the day the other one is down.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from dashboard.routes import check
from dashboard.routes.headers import SecurityHeaders
from dashboard.routes.table import ROUTES
from dashboard.routes.trouble import no_page


def make() -> Starlette:
    """Put the application together."""
    return Starlette(
        routes=[*ROUTES, Route("/check", check.form)],
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)],
        exception_handlers={404: no_page},
    )


app = make()
