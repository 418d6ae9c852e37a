"""How is a drawing answered with: drawn only for somebody who does not hold it, kept as long as it stands?"""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.responses import Response

from dashboard.routes.lasting import Lasts
from dashboard.routes.trouble import Busy
from tracker.publish.drawing import Drawing
from tracker.publish.press import Form, Undrawable, picture

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""What a drawing opened by itself may do: nothing."""
TYPES: dict[Form, str] = {"png": "image/png", "svg": "image/svg+xml"}


def answer(
    request: Request, drawing: Drawing, form: Form, *, lasts: Lasts, scale: float = 1.0, name: str | None = None
) -> Response:
    """Answer with the picture of a drawing, that may be kept for as long as `lasts` says.

    `name` is what a saved file is to be called.
    """
    now = f'"{drawing.digest}"'
    headers = {"ETag": now, "Cache-Control": lasts.rule, "Content-Security-Policy": POLICY}
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
