"""How is what the archive holds read again: all of a source, or one vote's document with what a person says of it?"""

from __future__ import annotations

from threading import Event

from tracker.archive.ocr import Sight
from tracker.archive.ocr.sight import Watch as WatchPages
from tracker.archive.politeness import Stopped
from tracker.archive.store import Store
from tracker.domain.settlement import Settlement
from tracker.pipeline import settling
from tracker.pipeline.asking import from_archive, remembered
from tracker.pipeline.collect import Journey, Save, Watch, follow
from tracker.pipeline.desk import Desk
from tracker.pipeline.run import Report, alive, closed, storing, today_in
from tracker.sources.contract import Source, Window
from tracker.storage.engine import Engine
from tracker.storage.write import Reading


def rebuild(
    source: Source,
    *,
    engine: Engine,
    store: Store,
    processes: int = 1,
    stop: Event | None = None,
    watch: Watch | None = None,
    pages: WatchPages | None = None,
) -> Report:
    """Read everything the archive holds of a source again, in the order in which it was first seen.

    From an empty database this reaches the state of the one that was lost, what people settled included; from a full
    one it changes only what a newer reader, sheet or register reads otherwise, each change with its cause.
    """
    today = today_in(source.sheet)
    days = Window(today, today)
    journey = Journey()
    said: dict[tuple[str, str], Settlement] = {}
    with (
        storing(source, engine, store, "rebuild", days) as (saving, number),
        Sight(store, processes=processes, stop=stop, watch=alive(saving, pages)) as sight,
    ):
        desk = Desk(sight, store, said)
        for step in from_archive(source, store):
            if stop is not None and stop.is_set():
                journey.stopped = True
                break
            if isinstance(step, Settlement):
                said[step.vote, step.sha256] = step
                _again(source, step.sha256, store, journey, saving.replay, desk)
                continue
            try:
                follow(source, step, journey, saving.replay, desk)
            except Stopped:
                journey.stopped = True
                break
            if watch is not None:
                watch(journey, step.request, 0)
        saving.flush()
        return closed(source, engine, number, journey, saving, days, requests=0)


def settle(source: Source, settlement: Settlement, *, engine: Engine, store: Store, processes: int = 1) -> Report:
    """Put in force what a person says of a vote: keep it in the archive, and read the vote's document again with it."""
    today = today_in(source.sheet)
    days = Window(today, today)
    journey = Journey()
    _try(source, settlement, store, processes)
    with (
        storing(source, engine, store, "settlement", days) as (saving, number),
        Sight(store, processes=processes) as sight,
    ):
        settling.keep(settlement, source.slug, store)
        desk = Desk(sight, store, settling.in_force(source.slug, store))
        _again(source, settlement.sha256, store, journey, saving.replay, desk)
        saving.flush()
        return closed(source, engine, number, journey, saving, days, requests=0)


def _try(source: Source, settlement: Settlement, store: Store, processes: int) -> None:
    """Read the document as it would be read, storing nothing. ValueError if the settlement does not fit the vote."""
    seen: list[Reading] = []
    with Sight(store, processes=processes) as sight:
        said = {(settlement.vote, settlement.sha256): settlement}
        _again(source, settlement.sha256, store, Journey(), seen.append, Desk(sight, None, said))
    for noticed in (one for reading in seen for one in reading.noticed if one.code == "reader_failed"):
        raise ValueError(noticed.message)


def _again(source: Source, sha256: str, store: Store, journey: Journey, save: Save, desk: Desk) -> None:
    """Read one document again, as it was last seen."""
    seen = [s for s in store.sightings() if s.source == source.slug and s.sha256 == sha256 and s.role in source.roles]
    if seen:
        follow(source, remembered(source, store, seen[-1]), journey, save, desk)
