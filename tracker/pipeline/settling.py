"""How is what a person settles kept, found again, and put in force?

A settlement is a document like any other: its text lies in the archive, its sighting in the journal, so that a rebuild
replays it where it stood among the others.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tracker.archive.journal import Sighting
from tracker.archive.store import Damaged, Missing, Store
from tracker.domain.settlement import Settlement, settled
from tracker.domain.tally import Tally
from tracker.domain.votes import Code, PrintedVote
from tracker.sources.contract import Severity, Sheet
from tracker.storage.reading import Noticed

log = logging.getLogger(__name__)

ROLE = "settlement"
VERSION = 1
MISFIT = "settlement_misfit"
"""The code of the finding that a settlement does not fit the vote it is about."""


def keep(settlement: Settlement, source: str, store: Store) -> None:
    """Write a settlement into the archive. Missing if the document it is about is not held."""
    store.get(settlement.sha256)
    shape: dict[str, Any] = {
        "version": VERSION,
        "vote": settlement.vote,
        "document": settlement.sha256,
        "by": settlement.by,
        "because": settlement.because,
        "at": settlement.at.astimezone(UTC).isoformat(),
        "codes": dict(settlement.codes),
        "spoken": dict(settlement.spoken),
        "members": dict(settlement.members),
        "board": None if settlement.board is None else _figures(settlement.board),
    }
    content = json.dumps(shape, ensure_ascii=False, sort_keys=True, indent=1).encode()
    sha256 = store.put(content)
    at = settlement.at.astimezone(UTC)
    url = f"settlement:{settlement.vote}"
    store.record(Sighting(source, ROLE, url, sha256, at, media_type="application/json"))
    store.settle()


def of(sighting: Sighting, store: Store) -> Settlement:
    """Read a settlement back. ValueError if its text is none."""
    try:
        shape = json.loads(store.get(sighting.sha256))
        if shape["version"] != VERSION:
            raise ValueError(f"{sighting.url}: written in version {shape['version']}, this programme reads {VERSION}")
        return Settlement(
            vote=shape["vote"],
            sha256=shape["document"],
            by=shape["by"],
            because=shape["because"],
            at=datetime.fromisoformat(shape["at"]),
            codes=shape["codes"],
            spoken=shape["spoken"],
            members=shape["members"],
            board=None if shape["board"] is None else Tally(*shape["board"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{sighting.url}: the archive holds no settlement there ({error})") from error


def kept(source: str, store: Store) -> Iterator[Settlement]:
    """Yield the settlements of a source in the order in which they were made."""
    for sighting in store.sightings():
        if sighting.source == source and sighting.role == ROLE:
            yield of(sighting, store)


def in_force(source: str, store: Store) -> dict[tuple[str, str], Settlement]:
    """Return the last settlement of each vote in each document.

    Damage to the archive does not keep news out: what comes after it is left out, and the log says so.
    """
    found: dict[tuple[str, str], Settlement] = {}
    try:
        for one in kept(source, store):
            found[one.vote, one.sha256] = one
    except (Damaged, Missing, ValueError) as trouble:
        log.error("%s: not every settlement is heeded in this run: %s", source, trouble)
    return found


def heed(said: Settlement | None, printed: PrintedVote, sheet: Sheet) -> tuple[PrintedVote, tuple[Noticed, ...]]:
    """Return a vote as a person settled it, if one did.

    One that does not fit the vote, because a newer reader sees other names say, is noticed, and the vote stays as read.
    """
    if said is None:
        return printed, ()

    def code(text: str) -> Code:
        if text not in sheet.codes:
            raise ValueError(f"{printed.id}: {text!r} is no code of {sheet.slug}, which has {', '.join(sheet.codes)}")
        return sheet.code(text, printed.id)

    try:
        return settled(printed, said, code), ()
    except ValueError as error:
        message = f"{error}. What {said.by} said of it is not heeded"
        # Of the document, not of the vote: what is noticed of a vote is kept only where the vote moved.
        return printed, (Noticed(Severity.DOUBTFUL, MISFIT, message, printed.id),)


def _figures(tally: Tally) -> list[int]:
    return [tally.yes, tally.no, tally.abstain, tally.present, tally.not_cast]
