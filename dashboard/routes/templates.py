"""How do blocks become a plain page: HTML, one style sheet inside it, no script?"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.components.escape import Html, text
from dashboard.routes.fonts import AHEAD

HERE = Path(__file__).parents[1]
STYLE = Html("".join((HERE / name).read_text(encoding="utf-8") for name in ("fonts.css", "style.css", "plain.css")))
_STYLE_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_DIGEST}'; style-src-attr 'unsafe-inline'; img-src 'self'; "
    "font-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)
"""What a plain page may load: its own style sheet, the widths of its bars, pictures and fonts of ours. No script."""
FORM_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'")
"""The same for the one page with a form, which may be sent to ourselves."""


def _written(value: object) -> Html:
    """Escape what a template writes as everything else is escaped; None is nothing."""
    return Html() if value is None else text(value)


_PAGES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    finalize=_written,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fill(name: str, style: Html = STYLE, **blocks: object) -> str:
    """Return a page: the template of that name with its blanks filled in."""
    return _PAGES.get_template(name).render(style=style, ahead=AHEAD, **blocks)
