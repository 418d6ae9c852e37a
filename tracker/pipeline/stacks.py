"""How do large files come in, leaf by leaf, each as one document, where a site would be asked for pages?

A source that is never asked for says with its `Stack` how its files fall into leaves. Each leaf is archived and read
like any other document (`collect.follow`); one that is held unchanged is left alone, so that a run that was stopped or
killed goes on where it was. One leaf is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from tracker.archive.store import Store
from tracker.domain.evidence import Document, Request
from tracker.pipeline import settling
from tracker.pipeline.asking import brought_in
from tracker.pipeline.collect import Journey, Save, Watch, follow
from tracker.pipeline.desk import BARE, Desk
from tracker.pipeline.importing import TRIGGER
from tracker.pipeline.run import Report, closed, reported, storing, today_in
from tracker.pipeline.saving import Counting, Saving
from tracker.sources.contract import Source, Unreadable, Window
from tracker.storage.engine import Engine, sample
from tracker.storage.runs import Addresses, Recorded


def bring(
    source: Source, paths: Sequence[Path], *, engine: Engine, store: Store,
    stop: Event | None = None, watch: Watch | None = None,
) -> Report:  # fmt: skip
    """Import large files. Unreadable, with file and line, if they are not what they should be: what came before stays.

    SourceBusy if another process is running the source. Stopped or killed, the same call goes on where it was.
    """
    window = _window(source)
    with storing(source, engine, store, TRIGGER, window) as (saving, number):
        with Addresses(engine, source.slug) as known:
            held = {one.url: one for one in known.recorded()}
        desk = Desk(None, store, settling.in_force(source.slug, store))
        journey = Journey()
        try:
            _follow(source, paths, held, journey, saving, desk, store=store, stop=stop, watch=watch)
        except Unreadable:
            _kept(saving, engine)
            raise
        _kept(saving, engine)
        return closed(source, engine, number, journey, saving, window, requests=journey.requests)


def _kept(saving: Saving, engine: Engine) -> None:
    """Store what is waiting, and have the engine look at tables that have grown much."""
    saving.flush()
    if saving.totals.inserted:
        sample(engine)


def rehearse(source: Source, paths: Sequence[Path], *, stop: Event | None = None, watch: Watch | None = None) -> Report:
    """Read large files without archiving or storing anything, and report what an import would have met."""
    journey, count = Journey(), Counting()
    _follow(source, paths, {}, journey, count, BARE, store=None, stop=stop, watch=watch)
    return reported(source, journey, count, _window(source))


def _window(source: Source) -> Window:
    """Return all days: the files are gone through whole."""
    return Window(date.min, today_in(source.sheet))


def _follow(
    source: Source, paths: Sequence[Path], held: Mapping[str, Recorded], journey: Journey, save: Save, desk: Desk, *,
    store: Store | None, stop: Event | None, watch: Watch | None,
) -> None:  # fmt: skip
    if source.stack is None:
        raise ValueError(f"{source.slug} does not come in large files")
    for leaf in source.stack.leaves(paths, source.sheet):
        if stop is not None and stop.is_set():
            journey.stopped = True
            break
        request, at = Request(leaf.url, source.stack.role), datetime.now(UTC)
        document = Document.of(request, leaf.content, at, "text/csv; charset=utf-8")
        answer = brought_in(source, store, document, held.get(leaf.url))
        follow(source, answer, journey, save, desk)
        if watch is not None:
            watch(journey, answer.request, leaf.left)
    journey.silent = 0


__all__ = ["Unreadable", "bring", "rehearse"]
