"""How do the pages get their fonts: from us, once, for as long as a reader's browser keeps them?"""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse

from dashboard.components.escape import Html, el, join

FOLDER = Path(__file__).parents[1] / "fonts"
FILES = {path.name: path for path in FOLDER.glob("*.woff2")}
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
"""The name of a file holds the version of its font: what it holds never changes."""

FIRST = tuple(sorted(name for name in FILES if name.endswith("-latin.woff2")))
"""What every page needs. The rest is asked for where a letter needs it: `ć`, `ł`."""

AHEAD: Html = join(
    el("link", rel="preload", as_="font", type="font/woff2", crossorigin="", href=f"./fonts/{name}") for name in FIRST
)
"""What makes a browser ask for them at once, before it has read the style sheet."""


def font(request: Request) -> FileResponse:
    """Answer with a font."""
    path = FILES.get(request.path_params["name"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type="font/woff2", headers=KEPT)
