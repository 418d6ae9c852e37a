"""What does an address answer, from the network, the archive or a file: new bytes, the same, nothing, or trouble?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.archive.fetch import Absent, Failed, Fetched, Fetcher, NotModified
from tracker.archive.journal import Sighting
from tracker.archive.store import Store
from tracker.domain.evidence import Document, Request
from tracker.domain.settlement import Settlement
from tracker.pipeline import settling
from tracker.sources.contract import Source, Unreadable
from tracker.storage.runs import Addresses, Last, Recorded
from tracker.storage.write import Fetch


class Again(StrEnum):
    """Which pages are asked for although they are held."""

    DUE = "due"
    """Those of sittings recent enough to be corrected: the timetable's way."""
    ALL = "all"
    """Everything in the window: somebody named the dates."""
    NEVER = "never"
    """None: a backfill fetches what is missing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request.

    `document` is there to be read (None: nothing to read); `fetch` goes on record (None: nothing was asked);
    `replaces` is the digest that stood there before; `absent` and `trouble` say why there is nothing.
    """

    request: Request
    fetch: Fetch | None = None
    document: Document | None = None
    replaces: str | None = None
    absent: bool = False
    trouble: str | None = None
    trouble_code: str = ""


Ask = Callable[[Request], Answer]


def from_network(
    source: Source,
    fetcher: Fetcher,
    addresses: Addresses | None,
    *,
    store: Store | None,
    again: Again,
    today: date,
    turns: Collection[str] = (),
) -> Ask:
    """Return a way of asking the official site and archiving what it answers. `store` None: nothing is kept.

    `turns` are the addresses that are asked for again whatever `again` says.
    """

    def ask(request: Request) -> Answer:
        role = source.roles[request.role]
        reader = source.reader(request.role)
        last = addresses.last(request.url) if addresses is not None else None
        held = last is not None and last.read_by == reader
        if held and not role.index and request.url not in turns and not _wanted(again, source, request, today):
            return Answer(request)
        known = last if last is not None and store is not None and last.sha256 and store.has(last.sha256) else None
        answer = fetcher.fetch(
            request,
            etag=known.etag if known else None,
            last_modified=known.last_modified if known else None,
            absent=role.absent,
        )
        if isinstance(answer, Fetched):
            return _fetched(source, store, request, answer, last)
        if isinstance(answer, NotModified) and known is not None and store is not None and known.sha256:
            document = Document(request, store.get(known.sha256), known.sha256, answer.at)
            return _same(source, request, document, known, answer.status or 304)
        if isinstance(answer, Absent):
            former = last.sha256 if last else None
            gone = Fetch(
                url=request.url,
                role=request.role,
                at=answer.at,
                status=answer.status or 0,
                changed=former is not None,
                message="not there",
            )
            return Answer(request, gone, absent=True, replaces=former)
        return _failed(source, store, request, answer)

    return ask


def _failed(source: Source, store: Store | None, request: Request, answer: Failed | NotModified) -> Answer:
    """Say why nothing came; the beginning of an answer that was too long is kept for a person to look at."""
    if isinstance(answer, NotModified):
        reason, message, head = "not_modified", f"{request.url} answers 'not modified' for a page that is not held", b""
    else:
        reason, message, head = answer.code.value, answer.message, answer.head
    if source.roles[request.role].strike is not None:
        head = b""  # what must be struck out cannot be found in a piece
    document = Document.of(request, head, answer.at) if head and store is not None else None
    if document is not None and store is not None:
        store.put(document.content)
    fetch = Fetch(
        url=request.url,
        role=request.role,
        at=answer.at,
        status=answer.status or 0,
        sha256=document.sha256 if document else None,
        changed=document is not None,
        message=message,
    )
    return Answer(request, fetch, document, trouble=message, trouble_code=reason)


def _archive(
    source: Source, store: Store, document: Document, *, etag: str | None = None, last_modified: str | None = None
) -> None:
    """Keep the bytes of a document, and note where and when they were seen."""
    request = document.request
    store.put(document.content)
    store.note(
        Sighting(
            source=source.slug,
            role=request.role,
            url=request.url,
            day=request.day,
            context=dict(request.context),
            sha256=document.sha256,
            fetched_at=document.fetched_at,
            media_type=document.media_type,
            etag=etag,
            last_modified=last_modified,
            body=request.body,
        )
    )


def _wanted(again: Again, source: Source, request: Request, today: date) -> bool:
    if again is Again.DUE:
        return source.due(request.day, today)
    return again is Again.ALL


def _fetched(source: Source, store: Store | None, request: Request, answer: Fetched, last: Last | None) -> Answer:
    strike = source.roles[request.role].strike
    try:
        content = strike(answer.content) if strike is not None else answer.content
    except Unreadable as error:
        message = f"{request.url}: {error}"
        refused = Fetch(url=request.url, role=request.role, at=answer.at, status=answer.status, message=message)
        return Answer(request, refused, trouble=message, trouble_code=error.code)
    document = Document.of(request, content, answer.at, answer.media_type)
    changed = last is None or last.sha256 != document.sha256
    reader = source.reader(request.role)
    if store is not None and changed:
        _archive(source, store, document, etag=answer.etag, last_modified=answer.last_modified)
    fetch = _came(source, document, answer, status=answer.status or 0, changed=changed)
    if not changed and last is not None and last.read_by == reader and not source.roles[request.role].index:
        return Answer(request, fetch)
    return Answer(request, fetch, document, replaces=last.sha256 if last and changed else None)


def _same(source: Source, request: Request, document: Document, known: Last, status: int) -> Answer:
    reader = source.reader(request.role)
    fetch = _came(source, document, known, status=status, changed=False)
    unread = known.read_by != reader or source.roles[request.role].index
    return Answer(request, fetch, document if unread else None)


def from_archive(source: Source, store: Store) -> Iterator[Answer | Settlement]:
    """Give everything the archive holds of a source, and what people settled of it, in the order in which it came."""
    standing: dict[str, str] = {}
    for sighting in store.sightings():
        if sighting.source != source.slug:
            continue
        if sighting.role == settling.ROLE:
            yield settling.of(sighting, store)
        elif sighting.role in source.roles:
            before = standing.get(sighting.url)
            standing[sighting.url] = sighting.sha256
            yield remembered(source, store, sighting, before if before != sighting.sha256 else None)


def remembered(source: Source, store: Store, sighting: Sighting, replaces: str | None = None) -> Answer:
    """Turn a sighting into the answer that it was. Missing or Damaged if the archive has not its bytes."""
    document = store.document(sighting)
    fetch = _came(source, document, sighting)
    return Answer(document.request, fetch, document, replaces=replaces)


def brought_in(source: Source, store: Store | None, document: Document, last: Recorded | None) -> Answer:
    """Archive a document that no site was asked for, and answer with it; held and read: nothing to do.

    `last` is the answer on record of what it is a document of. `store` None: nothing is kept.
    """
    changed = last is None or last.sha256 != document.sha256
    if last is not None and not changed:
        if last.read_by == source.reader(document.role):
            return Answer(document.request)
        # The bytes are held under the address they came with.
        document = replace(document, request=replace(document.request, url=last.url))
    elif store is not None:
        _archive(source, store, document)
    fetch = _came(source, document, changed=changed)
    return Answer(document.request, fetch, document, replaces=last.sha256 if last and changed else None)


def _came(
    source: Source,
    document: Document,
    said: Fetched | Last | Sighting | None = None,
    *,
    status: int = 200,
    changed: bool = True,
) -> Fetch:
    """Return what goes on record of a document that is whole; `said` is what its site said of its version."""
    return Fetch(
        url=document.url,
        role=document.role,
        at=document.fetched_at,
        status=status,
        sha256=document.sha256,
        changed=changed,
        etag=said.etag if said else None,
        last_modified=said.last_modified if said else None,
        read_by=source.reader(document.role),
    )
