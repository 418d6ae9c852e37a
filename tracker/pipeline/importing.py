"""How do the records of a checkout come in, each as one document, where a site would be asked for pages?

A source that is never asked for says with its `Shelf` how its records lie. Each record's files become one document that
is archived and read like any other (`collect.follow`); what is held unchanged is left alone. A record that a sitting's
folder no longer has is marked gone, never removed; a checkout that lacks the whole sitting says nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from tracker.archive.checkout import Checkout
from tracker.archive.regular import Refused
from tracker.archive.store import Store
from tracker.domain.evidence import Document, Request
from tracker.domain.signs import writable
from tracker.pipeline import settling
from tracker.pipeline.asking import Answer, brought_in
from tracker.pipeline.collect import Journey, Save, Watch, follow
from tracker.pipeline.desk import BARE, Desk
from tracker.pipeline.run import Report, closed, reported, storing
from tracker.pipeline.saving import Counting
from tracker.sources.contract import Severity, Source, Window
from tracker.storage.engine import Engine
from tracker.storage.runs import Addresses, Recorded
from tracker.storage.write import Fetch, Noticed, Reading

TRIGGER = "import"
MOST_ODD = 50
"""Folders of another kind that get a finding each."""


class NoRecords(ValueError):
    """The folder holds nothing that could be imported; the message says what was looked for."""


@dataclass(frozen=True, slots=True)
class Days:
    """The sitting days asked for, both ends included; None: open on that side."""

    since: date | None = None
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def window(self, records: Iterable[Record]) -> Window:
        """Close the open ends with the first and the last day of the records."""
        days = sorted(record.day for record in records if record.day is not None)
        since = self.since or (days[0] if days else self.until) or date.min
        return Window(since, max(since, self.until or (days[-1] if days else since)))


@dataclass(frozen=True, slots=True)
class Record:
    """A folder of a checkout: the sitting day of the record in it; `trouble` (a code and words) if it is not taken."""

    path: str
    day: date | None
    trouble: tuple[str, str] | None = None


class Import:
    """A checkout laid beside what is held of its source."""

    def __init__(self, source: Source, root: Path, store: Store | None = None) -> None:
        if source.shelf is None or source.sheet.credit is None:
            raise ValueError(f"{source.slug} is asked for over the network; nothing of it is imported")
        self._source = source
        self._shelf = source.shelf
        self._store = store
        self._held: dict[str, Recorded] = {}
        self.checkout = Checkout(root, source.sheet.credit.repository)
        self.elsewhere = 0
        """Records whose files are not those of the commit."""

    def learn(self, recorded: Iterable[Recorded]) -> None:
        """Learn what is held of each record: the last answer, at whatever commit."""
        self._held = {path: one for one in recorded if (path := self.checkout.path(one.url)) is not None}

    def records(self, days: Days) -> list[Record]:
        """Return the records of the sitting days asked for, and the folders that are none.

        NoRecords if there is no record at all.
        """
        root, top = self.checkout.root, self._shelf.top
        if not self.checkout.has(top):
            raise NoRecords(f"{root} has no folder {top}")
        found = list(self._records())
        if not any(record.day for record in found):
            seen = f", only folders such as {writable(found[0].path)}" if found else ""
            raise NoRecords(f"no record lies {self._shelf.depth} folders below {root / top}{seen}")
        return [record for record in found if record.day is None or record.day in days]

    def _records(self) -> Iterator[Record]:
        odd = 0
        met: dict[str, str] = {}
        for folder in self.checkout.folders(self._shelf.top, self._shelf.depth):
            day = self._shelf.place(folder.path)
            name = folder.path.rpartition("/")[2]
            if folder.refused is not None:
                yield Record(folder.path, day, (folder.refused.code, str(folder.refused)))
            elif day is None:
                odd += 1
                if odd <= MOST_ODD:
                    yield Record(folder.path, None, ("other_folder", f"{folder.path} is no folder of a record"))
            elif name in met:
                message = f"{folder.path} has the name of {met[name]}; two records cannot be one, so it is not read"
                yield Record(folder.path, day, ("same_name", message))
            else:
                met[name] = folder.path
                yield Record(folder.path, day)

    def ask(self, record: Record) -> Answer:
        """Make the document of a record and archive it, as a site's answer would be."""
        shelf, files = self._shelf, {}
        trouble = record.trouble
        if trouble is None:
            try:
                files = self._files(record.path)
            except Refused as refused:
                trouble = refused.code, str(refused)
        if trouble is not None:
            return self._refused(record, *trouble)
        own = record.path.rpartition("/")[0]
        by_path = {_at(record.path, own, name): content for name, content in files.items()}
        url = self.checkout.address(record.path, by_path)
        self.elsewhere += self.checkout.commit is not None and "#" in url
        content, request = shelf.pack(record.path, files), Request(url, shelf.role, record.day)
        document = Document.of(request, content, datetime.now(UTC), "text/plain; charset=utf-8")
        return brought_in(self._source, self._store, document, self._held.get(record.path))

    def _files(self, path: str) -> dict[str, bytes]:
        files = self.checkout.files(path, self._shelf.own)
        above = self.checkout.files(path.rpartition("/")[0], self._shelf.shared)
        return files | {f"../{name}": content for name, content in above.items()}

    def _refused(self, record: Record, code: str, words: str) -> Answer:
        """Put on record, once, that a folder is not read, and why."""
        message = writable(words)
        request = Request(self.checkout.named(record.path), self._shelf.role, record.day)
        last = self._held.get(record.path)
        known = last is not None and last.message == message
        fetch = Fetch(url=request.url, role=request.role, at=datetime.now(UTC), status=0, message=message)
        return Answer(request, None if known else fetch, trouble=message, trouble_code=code)

    def gone(self, records: list[Record], days: Days) -> Iterator[Reading]:
        """Yield that a record is gone for each that is held, and that the folder of its sitting no longer has."""
        here = {record.path for record in records}
        for path, last in self._held.items():
            day = self._shelf.place(path)
            if path in here or last.sha256 is None or day is None or day not in days:
                continue
            if not self.checkout.has(path.rpartition("/")[0]):
                continue
            url, at = self.checkout.address(path, {}), datetime.now(UTC)
            message = f"{path} is not in the checkout any more; what was read from it stays, and the archive keeps it"
            fetch = Fetch(url=url, role=self._shelf.role, at=at, status=404, changed=True, message="not there")
            noticed = (Noticed(Severity.NOTED, "page_gone", message, url),)
            yield Reading(fetch=fetch, replaces=last.sha256, replaced_at=last.url, noticed=noticed)


def bring(
    source: Source,
    root: Path,
    days: Days,
    *,
    engine: Engine,
    store: Store,
    stop: Event | None = None,
    watch: Watch | None = None,
) -> Report:
    """Import a checkout: every record of the sitting days asked for.

    NoRecords or Refused if the folder is no such checkout; SourceBusy if another process is running
    the source. Stopped or killed, the same call goes on where it was.
    """
    brought = Import(source, root, store)
    records = brought.records(days)
    window = days.window(records)
    with storing(source, engine, store, TRIGGER, window) as (saving, number):
        with Addresses(engine, source.slug) as known:
            brought.learn(known.recorded())
        desk = Desk(None, store, settling.in_force(source.slug, store))
        journey = _follow(source, brought, records, saving, desk, stop=stop, watch=watch)
        if not journey.stopped:
            for reading in brought.gone(records, days):
                journey.remarks += [noticed.message for noticed in reading.noticed]
                saving(reading)
        saving.flush()
        return closed(source, engine, number, journey, saving, window, requests=journey.requests)


def rehearse(
    source: Source, root: Path, days: Days, *, stop: Event | None = None, watch: Watch | None = None
) -> Report:
    """Read a checkout without archiving or storing anything, and report what an import would have met."""
    brought = Import(source, root)
    records = brought.records(days)
    count = Counting()
    journey = _follow(source, brought, records, count, BARE, stop=stop, watch=watch)
    return reported(source, journey, count, days.window(records))


def _follow(
    source: Source, brought: Import, records: list[Record], save: Save, desk: Desk, *,
    stop: Event | None, watch: Watch | None,
) -> Journey:  # fmt: skip
    journey = Journey()
    for done, record in enumerate(records, 1):
        if stop is not None and stop.is_set():
            journey.stopped = True
            break
        answer = brought.ask(record)
        if answer.fetch is None and answer.trouble is not None:
            journey.troubles.append(answer.trouble)
        follow(source, answer, journey, save, desk)
        if watch is not None:
            watch(journey, answer.request, len(records) - done)
    journey.silent = 0
    if brought.checkout.why:
        journey.remarks.append(f"no commit stands in the addresses: {brought.checkout.why}")
    elif brought.elsewhere:
        journey.remarks.append(f"{brought.elsewhere} records differ from the commit, which their addresses do not name")
    return journey


def _at(folder: str, above: str, name: str) -> str:
    """Return the path of a file from the root, by its name in the document."""
    return f"{above}/{name[3:]}" if name.startswith("../") else f"{folder}/{name}"
