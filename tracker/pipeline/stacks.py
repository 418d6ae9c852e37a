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

from tracker.archive.journal import Sighting
from tracker.archive.store import Store
from tracker.domain.evidence import Document, Request
from tracker.pipeline import settling
from tracker.pipeline.asking import Answer
from tracker.pipeline.collect import Journey, Save, Watch, ending, follow
from tracker.pipeline.desk import BARE, Desk
from tracker.pipeline.importing import TRIGGER
from tracker.pipeline.run import Report, closed, storing, today_in
from tracker.pipeline.saving import Findings, Saving
from tracker.sources.contract import Leaf, Source, Stack, Unreadable, Window
from tracker.storage.engine import Engine, sample
from tracker.storage.runs import Addresses, Recorded
from tracker.storage.write import Fetch, Reading, Totals


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
    findings, totals, journey = Findings(), Totals(), Journey()

    def count(reading: Reading) -> None:
        findings.add(reading)
        totals.inserted += len(reading.votes)
        totals.documents += reading.document is not None

    _follow(source, paths, {}, journey, count, BARE, store=None, stop=stop, watch=watch)
    how, why = ending(journey, moved=totals.inserted, source=source)
    return Report(source.slug, how, why, _window(source), journey, totals, findings.counts, findings.few)


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
        answer = _ask(source, source.stack, leaf, held.get(leaf.url), store)
        follow(source, answer, journey, save, desk)
        if watch is not None:
            watch(journey, answer.request, leaf.left)
    journey.silent = 0


def _ask(source: Source, stack: Stack, leaf: Leaf, last: Recorded | None, store: Store | None) -> Answer:
    """Make the document of a leaf and archive it, as a site's answer would be; held and read: nothing to do."""
    at, reader = datetime.now(UTC), source.reader(stack.role)
    document = Document.of(Request(leaf.url, stack.role), leaf.content, at, "text/csv; charset=utf-8")
    changed = last is None or last.sha256 != document.sha256
    if last is not None and not changed and last.read_by == reader:
        return Answer(document.request)
    if changed and store is not None:
        store.put(document.content)
        store.note(
            Sighting(
                source=source.slug, role=stack.role, url=leaf.url, day=None, sha256=document.sha256,
                fetched_at=at, media_type=document.media_type,
            )
        )  # fmt: skip
    fetch = Fetch(
        url=leaf.url, role=stack.role, at=at, status=200, sha256=document.sha256, changed=changed, read_by=reader
    )
    return Answer(document.request, fetch, document, replaces=last.sha256 if last and changed else None)


__all__ = ["Unreadable", "bring", "rehearse"]
