"""How is a drawing answered with: drawn only for somebody who does not hold it, kept as long as it stands?"""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import Response

from dashboard.routes.trouble import Busy
from tracker.publish.drawing import Drawing
from tracker.publish.press import Form, Undrawable, picture

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""What a drawing opened by itself may do: nothing."""
TYPES: dict[Form, str] = {"png": "image/png", "svg": "image/svg+xml"}
LASTING, MEANWHILE = "public, max-age=604800, immutable", "public, max-age=300"
"""For an address that names the version of the vote, and for one that shows what stands now."""


def answer(
    request: Request, drawing: Drawing, form: Form, *, lasting: bool, scale: float = 1.0, name: str | None = None
) -> Response:
    """Answer with the picture of a drawing; `lasting`: what stands at this address does not change.

    `name` is what a saved file is to be called.
    """
    now = f'"{drawing.digest}"'
    headers = {"ETag": now, "Cache-Control": LASTING if lasting else MEANWHILE, "Content-Security-Policy": POLICY}
    if name is not None:
        headers["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    if now in {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    try:
        made = picture(drawing, form, scale)
    except Undrawable as error:
        logging.getLogger(__name__).warning("%s: %s", request.scope["path"], error)
        raise Busy("plain.not_drawn") from error
    return Response(made, media_type=TYPES[form], headers=headers)
