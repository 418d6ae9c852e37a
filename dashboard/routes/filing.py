"""How does somebody get the spreadsheet: of a vote, of a list as it is narrowed down, of a member's record?

A file is made whole before it is sent, on the disk if it is large: the database is let go before a slow reader takes
it, its length is known, and what goes wrong is said instead of cutting a file short.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import BinaryIO, cast

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from dashboard import links, sought
from dashboard.routes.limits import FILES, address
from dashboard.routes.record import engine, kept, tag, unchanged
from dashboard.routes.trouble import NoFile
from dashboard.routes.vote import view_of, wanted
from tracker.domain.people import fold
from tracker.publish import folder, popolo
from tracker.publish.codebook import as_csv as written_codebook
from tracker.publish.files import write
from tracker.publish.formats import TYPES, Format
from tracker.publish.tables import OF_VOTES, Table
from tracker.queries import members
from tracker.queries.database import data_version
from tracker.queries.files.chosen import Choice, MemberRecord, OneReading, Snapshot, snapshot
from tracker.queries.filters import VoteFilter
from tracker.settings import settings

SMALL = 1_000_000
"""Bytes of a file that stays in memory."""
PIECE = 65_536
MOST_VOTES, MOST_WITH_BALLOTS = 100_000, 5_000
MOST_IN_BOOK, MOST_WITH_BALLOTS_IN_BOOK = 5_000, 250
"""Votes in one file over HTTP; what is larger is to be had by `tracker export`, or from the nightly files."""
AT_ONCE = BoundedSemaphore(2)
"""Files of many votes made side by side: the processor is there for readers of pages, too."""
PATIENCE, AGAIN = 5, 10
"""Seconds that a file waits for its turn, and after which one may ask again."""

CODEBOOK = {"Cache-Control": "no-cache", "Content-Disposition": 'attachment; filename="escrutinio-codebook.csv"'}

Make = Callable[[Snapshot, BinaryIO], object]


def of_vote(request: Request) -> Response:
    """Answer with who voted how, or another table of a vote; as a workbook with all of them."""
    view = view_of(wanted(request, "table"))
    form = _form(request)
    names = OF_VOTES if form is Format.XLSX else (_table(request, "ballots"),)
    name = f"{view.id}-v{view.version}" + ("" if form is Format.XLSX else f"-{names[0]}")
    return _answer(request, form, name, _tables(names, OneReading.of(view), form, view.subject))


def of_list(request: Request) -> Response:
    """Answer with the votes that a list shows, or with what hangs on them."""
    form, name, choice = _form(request), _table(request, "votes"), sought.votes(dict(request.query_params))
    make = _tables((name,), choice, form, name)
    return _answer(request, form, _called(name, choice), _bounded(make, choice, form, name))


def of_member(request: Request) -> Response:
    """Answer with a member's part in every vote."""
    form, law, slug = _form(request), request.path_params["ch"], request.path_params["id"]
    view = members.one(engine(), slug, law) if links.ID.match(slug) else None
    if view is None:
        raise NoFile(404, "no_member", id=slug[:120])
    make = _tables(("record",), MemberRecord(law, slug), form, view.name)
    return _answer(request, form, f"{law}-{slug}-record", make)


def popolo_of_vote(request: Request) -> Response:
    """Answer with a vote as Popolo has it."""
    view = view_of(wanted(request))
    make = _popolo(OneReading.of(view))
    return _answer(request, Format.JSON, f"{view.id}-v{view.version}-popolo", make)


def popolo_of_list(request: Request) -> Response:
    """Answer with the votes that a list shows as Popolo has them."""
    choice = sought.votes(dict(request.query_params))
    return _answer(
        request, Format.JSON, _called("popolo", choice), _bounded(_popolo(choice), choice, Format.JSON, "ballots")
    )


def _form(request: Request) -> Format:
    return Format(request.scope["path"].rpartition(".")[2])


def _table(request: Request, otherwise: str) -> str:
    name = request.query_params.get("table", otherwise)
    if name not in OF_VOTES:
        raise NoFile(400, "no_table", name=name[:60], names=", ".join(OF_VOTES))
    return name


def _tables(names: Sequence[str], choice: Choice, form: Format, title: str) -> Make:
    def make(held: Snapshot, sink: BinaryIO) -> None:
        write([Table(held, name, choice) for name in names], form, sink, title)

    return make


def _popolo(choice: Choice) -> Make:
    return lambda held, sink: popolo.write(held, choice, sink)


def _bounded(make: Make, choice: VoteFilter, form: Format, name: str) -> Make:
    """Make a file of a list only if it is not too long, and when it is its turn."""
    most = MOST_WITH_BALLOTS if name == "ballots" else MOST_VOTES
    if form is Format.XLSX:
        most = MOST_WITH_BALLOTS_IN_BOOK if name == "ballots" else MOST_IN_BOOK

    def bounded(held: Snapshot, sink: BinaryIO) -> None:
        if (votes := held.count(choice)) > most:
            raise NoFile(413, "too_many", n=votes, most=most)
        if not AT_ONCE.acquire(timeout=PATIENCE):
            raise NoFile(503, "busy", AGAIN)
        try:
            make(held, sink)
        finally:
            AT_ONCE.release()

    return bounded


def _answer(request: Request, form: Format, name: str, make: Make) -> Response:
    opened = engine()
    now = tag(request, data_version(opened))
    if (same := unchanged(request, now)) is not None:
        return same
    shown = "inline" if form is Format.JSON else "attachment"
    headers = kept(now) | {
        "Content-Disposition": f'{shown}; filename="escrutinio-{name}.{form}"',
        "Access-Control-Allow-Origin": "*",
    }
    if form in (Format.XLSX, Format.PARQUET):
        headers["Content-Encoding"] = "identity"  # packed already: nothing on the way should try once more
    if request.method == "HEAD":
        return StreamingResponse((), media_type=TYPES[form], headers=headers)  # of no length: none was made
    if wait := FILES.wait(address(request)):
        raise NoFile(429, "too_often", wait, n=wait)
    file = cast(BinaryIO, SpooledTemporaryFile(max_size=SMALL))  # noqa: SIM115 - closed once it is sent
    try:
        with snapshot(opened) as held:
            make(held, file)
        headers["Content-Length"] = str(file.tell())
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return StreamingResponse(_pieces(file), media_type=TYPES[form], headers=headers)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _called(name: str, choice: VoteFilter) -> str:
    """Name a file of a list by its table, what was looked for, and the day."""
    parts = (*choice.legislatures, choice.text, *(f"{day:%Y%m%d}" for day in (choice.since, choice.until) if day))
    words = re.sub(r"[^a-z0-9_]+", "-", fold(" ".join(parts))).strip("-")[:60]
    return "-".join(filter(None, (name, words, f"{datetime.now(UTC):%Y-%m-%d}")))


def of_bulk(request: Request) -> Response:
    """Answer with a file of the nightly data package."""
    bulk, name = settings().bulk_dir, request.path_params["name"]
    if bulk is None or name not in folder.files(bulk):
        raise NoFile(404, "no_bulk")
    return FileResponse(bulk / name, headers={"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"})


def codebook(_request: Request) -> Response:
    """Answer with what each column of the files is, as CSV."""
    return Response(written_codebook(), media_type=TYPES[Format.CSV], headers=CODEBOOK)
