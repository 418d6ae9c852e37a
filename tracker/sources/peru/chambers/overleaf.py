"""Which pages make up one sheet, where it goes on overleaf?

As a rule one page is one record. A page born digital that has a head but no number, followed by one without a head, is
taken for the beginning of a sheet whose end stands there. Roll calls by name are another matter: see `called`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.domain.evidence import Page
from tracker.sources.peru.foot import record_of

_HEAD = re.compile(r"Sesi[óo]n\b|VOTACI[ÓO]N\s*(?:NOMINAL|:)|ASISTENCIA\s*:|QU[ÓO]RUM\s*:|Fecha\s*:", re.IGNORECASE)
_NOMINAL = re.compile(r"VOTACI[ÓO]N\s+NOMINAL|a\s+mano\s+alzada", re.IGNORECASE)
MOST = 4
"""Pages of a sheet; a sheet of 130 rows fills one."""


def sheets(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield the pages, those that belong together as one with the number of the first."""
    held: Page | None = None
    taken = 0
    for page in pages:
        if held is not None and taken < MOST and _goes_on(held, page):
            held = replace(held, text=f"{held.text}\n{page.text}", words=())
            taken += 1
            continue
        if held is not None:
            yield held
        held, taken = page, 1
    if held is not None:
        yield held


def _goes_on(held: Page, page: Page) -> bool:
    begun = bool(_HEAD.search(held.text)) and record_of(held.text) is None and not _NOMINAL.search(held.text)
    return begun and bool(page.text) and not _HEAD.search(page.text)
