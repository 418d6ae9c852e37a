"""How is what the archive holds read again: all of a source, or one vote's document with what a person says of it?"""

from __future__ import annotations

from threading import Event

from tracker.archive.ocr import Sight
from tracker.archive.ocr.sight import Watch as WatchPages
from tracker.archive.politeness import Stopped
from tracker.archive.store import Store
from tracker.domain.settlement import Settlement
from tracker.pipeline import settling
from tracker.pipeline.asking import Answer, from_archive, remembered
from tracker.pipeline.collect import Journey, Save, Watch, follow
from tracker.pipeline.desk import Desk
from tracker.pipeline.run import Report, alive, closed, storing, today_in
from tracker.queries.doubts import settled
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
    one it changes only what a newer reader, sheet or register reads otherwise, each change with its cause. There a vote
    that is on record as somebody settled it is not first read as it was before.
    """
    today = today_in(source.sheet)
    days = Window(today, today)
    journey = Journey()
    last = settling.in_force(source.slug, store)
    held = settled(engine, {vote for vote, _ in last})
    said = {key: settlement for key, settlement in last.items() if key in held}
    with (
        storing(source, engine, store, "rebuild", days) as (saving, number),
        Sight(store, processes=processes, stop=stop, watch=alive(saving, pages)) as sight,
    ):
        desk = Desk(sight, store, said)
        for step in from_archive(source, store):
            if stop is not None and stop.is_set():
                journey.stopped = True
                break
            try:
                if isinstance(step, Answer):
                    follow(source, step, journey, saving.replay, desk)
                elif (step.vote, step.sha256) not in held:
                    said[step.vote, step.sha256] = step
                    _again(source, step.sha256, store, journey, saving.replay, desk)
            except Stopped:
                journey.stopped = True
                break
            if watch is not None and isinstance(step, Answer):
                watch(journey, step.request, 0)
        saving.flush()
        return closed(source, engine, number, journey, saving, days, requests=0)


def settle(
    source: Source, settlement: Settlement, *, engine: Engine, store: Store, processes: int = 1, odd: bool = False
) -> Report:
    """Put in force what a person says of a vote: keep it in the archive, and read the vote's document again with it.

    ValueError, and nothing is kept, if it does not fit the vote, or the vote would still not add up; `odd`: it may,
    since the page itself does not. Missing if the document is not held.
    """
    today = today_in(source.sheet)
    days = Window(today, today)
    journey = Journey()
    _try(source, settlement, store, processes, odd=odd)
    with (
        storing(source, engine, store, "settlement", days) as (saving, number),
        Sight(store, processes=processes) as sight,
    ):
        settling.keep(settlement, source.slug, store)
        desk = Desk(sight, store, settling.in_force(source.slug, store))
        _again(source, settlement.sha256, store, journey, saving.replay, desk)
        saving.flush()
        return closed(source, engine, number, journey, saving, days, requests=0)


def _try(source: Source, settlement: Settlement, store: Store, processes: int, *, odd: bool) -> None:
    """Read the document as it would be read, storing nothing. ValueError if the settlement may not stand."""
    seen: list[Reading] = []
    with Sight(store, processes=processes) as sight:
        said = {(settlement.vote, settlement.sha256): settlement}
        _again(source, settlement.sha256, store, Journey(), seen.append, Desk(sight, None, said))
    for reading in seen:
        for noticed in reading.noticed:
            if noticed.code == settling.MISFIT or not reading.whole:
                raise ValueError(noticed.message)
    votes = {vote.printed.id: sums for reading in seen for vote, sums, _ in reading.votes}
    sums = votes.get(settlement.vote)
    if sums is None:
        raise ValueError(f"{settlement.vote} is not in its document any more; run: tracker rebuild {source.slug}")
    if sums.differences and not odd:
        lacking = "; ".join(one.told for one in sums.differences)
        raise ValueError(f"{settlement.vote} would stay in doubt ({lacking}). Look again; if it prints so, add --odd")


def _again(source: Source, sha256: str, store: Store, journey: Journey, save: Save, desk: Desk) -> None:
    """Read one document again, as it was last seen."""
    seen = [s for s in store.sightings() if s.source == source.slug and s.sha256 == sha256 and s.role in source.roles]
    if seen:
        follow(source, remembered(source, store, seen[-1]), journey, save, desk)
