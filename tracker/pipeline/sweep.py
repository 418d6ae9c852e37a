"""Which pages held for long are looked at once more, although their sittings are long past?

Parliaments replace old files under their old addresses. Where a sheet has `sweep_days`, every page held is asked for
again within that time, a few in each run, on a day of its own: pages that came in one night do not fall due in one.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from tracker.archive.store import Damaged, Store
from tracker.domain.evidence import Request
from tracker.sources.contract import Source
from tracker.storage.runs import Addresses, Looked

log = logging.getLogger(__name__)

PATIENCE = timedelta(days=1)
"""How long an address that did not answer is left alone before its turn comes again."""


def turns(source: Source, addresses: Addresses, store: Store, *, now: datetime) -> Sequence[Request]:
    """Return the requests whose turn it is, those longest not asked for first, as many as the sheet allows in one run.

    They are made again as the archive remembers them, so a page that is listed nowhere any more has its turn too.
    """
    days, most = source.sheet.timetable.sweep_days, source.sheet.timetable.sweep_at_once
    if days is None:
        return ()
    roles = [name for name, role in source.roles.items() if not role.index]
    due = sorted((looked.asked, looked.url) for looked in addresses.looks(roles) if is_due(looked, days, now))
    wanted = {url for _, url in due}
    try:
        known = {
            sighting.url: sighting.request
            for sighting in (store.sightings() if wanted else ())
            if sighting.source == source.slug and sighting.url in wanted
        }
    except Damaged as damaged:
        log.error("%s: no older page is looked at again in this run: %s", source.slug, damaged)
        return ()
    return [known[url] for _, url in due if url in known][:most]


def is_due(looked: Looked, days: int, now: datetime) -> bool:
    """Whether an address has its turn: its digest puts it between half the time and all of it after its last answer."""
    if now - looked.asked < PATIENCE:
        return False
    if looked.answered is None:
        return True
    share = int(hashlib.sha256(looked.url.encode()).hexdigest()[:8], 16) / 2**32
    return now - looked.answered >= timedelta(days=days) * (1 + share) / 2
