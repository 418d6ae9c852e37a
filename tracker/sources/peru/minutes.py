"""Which votes do the minutes of the plenary (Actas del Pleno) of Peru's Congress record?

Minutes print the names of those for, against and abstaining in every electronic vote, the votes put on record aloud and
the figure the chair announced; they print no group, no clock time and nobody who did not vote.

The id of a vote is built from the sitting date and the heading of its register, letters and digits only, numbered where
a heading comes back on the same day: not from its place among the votes, so that a vote found later moves no other id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from tracker.domain.evidence import Document, Request
from tracker.domain.people import fold
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Finding, Role, Severity, Sheet, Source, Trouble, Unreadable, Window
from tracker.sources.peru import announced, attendance, days, listing, notes, paper, record, registers, roster, view
from tracker.sources.peru.paper import Line
from tracker.sources.peru.view import Listed

SLACK = timedelta(days=60)
"""Minutes named after one day may go on on others: those named 18 August 2022 hold the 29th, those of 25 October 2021
hold 4 November. Only what lies farther from the window than this is left unfetched."""


def start(window: Window, sheet: Sheet) -> Iterable[Request]:
    """Ask for the list of minutes."""
    yield listing.first(window, sheet)


def about(listed: Listed, context: Mapping[str, str]) -> dict[str, str]:
    """Hand the window on."""
    return {edge: context[edge] for edge in ("since", "until") if edge in context}


MINUTES = listing.Kind("minutes", about, before=SLACK, after=timedelta(0), days=days.in_name)


def read_minutes(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read the minutes of one or more sitting days.

    Unreadable, besides the codes of `paper.read`: `not_minutes`, `no_sitting_date`. Minutes without electronic votes
    (a solemn sitting) yield their sittings only.
    """
    read = paper.read(document)
    lines = registers.mended(read.lines)
    found = _sitting_days(document, lines)
    register = roster.register()
    blocks = registers.find(lines)
    yield from _about(read, found)
    for line in registers.unread(lines):
        message = f"page {line.page}: {line.text[:200]!r} seems to head a list of votes and is not read as one"
        yield Trouble(Severity.DOUBTFUL, "list_not_read", message, f"page {line.page}")
    for i, day in enumerate(found.days):
        end = found.days[i + 1].index if i + 1 < len(found.days) else len(lines)
        first = next((b.start for b in blocks if day.index <= b.start < end), end)
        sitting, troubles = attendance.read(lines, day, first, _title(lines), sheet, register)
        yield sitting
        yield from troubles
    times: Counter[str] = Counter()

    def number(base: str) -> int:
        times[base] += 1
        return times[base]

    for group in _sharing(blocks):
        for which, block in enumerate(group):
            day_of = found.on(block.start).date
            vote, troubles = record.vote(block, group, which, day_of, sheet, register, number)
            yield vote
            yield from troubles
            if not which:
                yield from _apart(block, vote.id)


def _sitting_days(document: Document, lines: Sequence[Line]) -> days.Days:
    head = fold(" ".join(line.text for line in lines[:120]))
    if "congreso de la republica" not in head or not any(w in head for w in ("acta", "sesion", "junta preparatoria")):
        raise Unreadable(
            "not_minutes",
            f"{document.url}: its first pages do not say that it holds minutes of the Congress; look at it",
        )
    found = days.find(lines)
    if found is None:
        raise Unreadable(
            "no_sitting_date",
            f"{document.url}: no heading such as CELEBRADA EL JUEVES 18 DE MAYO DE 2023; look at its first page",
        )
    return found


def _about(read: paper.Paper, found: days.Days) -> Iterator[Trouble]:
    if read.without_text:
        pages = ", ".join(str(n) for n in read.without_text[:20])
        message = f"pages without a text layer ({pages}): a vote printed there is missing; read them by eye"
        yield Trouble(Severity.DOUBTFUL, "page_without_text", message, f"page {read.without_text[0]}")
    for doubt in found.doubts:
        yield Trouble(Severity.NOTED, "weekday", doubt)
    for day in found.missing():
        message = (
            f"the heading or summary names {day}, but no line of the text begins that day; "
            "its votes may stand under the day before"
        )
        yield Trouble(Severity.DOUBTFUL, "day_not_found", message)


def _apart(block: registers.Block, vote: str) -> Iterator[Trouble]:
    for sentence in notes.apart(block.before):
        if announced.figures(sentence) or announced.owns(sentence):
            continue
        message = (
            f"before {vote} or of the vote before it, a statement apart from any list, not counted: {sentence[:300]!r}"
        )
        yield Trouble(Severity.DOUBTFUL, "statement_apart", message, f"page {block.page}")


def _title(lines: Sequence[Line]) -> str:
    """Return the heading of the minutes: `ACTA DE LA 12.a SESIÓN DEL PLENO DEL CONGRESO, CELEBRADA EL …`."""
    for i, line in enumerate(lines[:40]):
        if fold(line.text).startswith(("acta de", "sesion ", "junta preparatoria")):
            rest = [x.text for x in lines[i : i + 4]]
            stop = next((n for n, text in enumerate(rest) if "=" in text), len(rest))
            return " ".join(rest[:stop])
    return "Pleno del Congreso"


def _sharing(blocks: Sequence[registers.Block]) -> Iterator[list[registers.Block]]:
    """Group votes that follow each other without a word between, and so share the text before the first."""
    group: list[registers.Block] = []
    for block in blocks:
        if group and block.alone:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


SHEET = load_sheet("tracker.sources.peru", "minutes.toml")
SOURCE = Source(
    sheet=SHEET,
    start=start,
    roles={
        "listing": Role(
            read=listing.reader(MINUTES),
            version=2,
            absent=view.is_none,
            missing=listing.other_forms,
            required=True,
            index=True,
        ),
        "minutes": Role(read=read_minutes, version=2),
    },
    register=roster.register,
    lookups=roster.digest(),
)
