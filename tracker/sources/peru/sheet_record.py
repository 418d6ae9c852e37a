"""What does one sheet say of a vote or an attendance: who, how, by which sums, and what was put on record aloud?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from tracker.domain import bills
from tracker.domain.evidence import Document
from tracker.domain.people import fold
from tracker.domain.votes import (
    Mark,
    Position,
    PrintedSitting,
    PrintedVote,
    Status,
)
from tracker.sources.contract import Finding, Severity, Sheet, Trouble
from tracker.sources.peru import benches, ledger, motions, printed, proof, roster
from tracker.sources.peru.head import Head
from tracker.sources.peru.leaf import SURE, Leaf
from tracker.sources.peru.proof import Line, Proof

CERTAIN = 0.95
"""How surely another code must be read beside the presiding member for the asterisks expected there to be in doubt."""
SUSPENDED = "Sus"
"""What an `aus` is surely read as now and then, on poor scans; who is suspended is known from the roster."""


def key_of(leaf: Leaf) -> str:
    """Return the raw facts that name a record."""
    return printed.key(leaf.head.kind, leaf.foot.record, leaf.head.taken, leaf.day, leaf.page.number)


def vote(leaf: Leaf, consensus: Mapping[str, str], document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read the sheet of a vote."""
    top, below, day = leaf.head, leaf.foot, leaf.day
    names = _names(leaf)
    known = benches.codes_of(below, day)
    totals = {code: benches.legible(figure) for code, figure in below.totals.items()}
    groups, found = _proved(leaf, consensus, known, totals, sheet)
    heard = _heard(leaf)
    doubts = [*found.misfits, *_doubts(leaf, found, totals), *below.torn, *heard.doubts]
    subject = top.subject or f"(votación sin asunto legible, página {leaf.page.number})"
    made = PrintedVote(
        legislature=sheet.chamber.slug,
        key=key_of(leaf),
        id=printed.identifier("pe", below.record, top.taken, day, leaf.page.number),
        sitting_date=day,
        taken_at=printed.clock(top.taken, sheet),
        subject=subject,
        kind=motions.kind(subject),
        bills=bills.peru_printed(subject, sheet.chamber.slug, day),
        period=bills.peru_period(day),
        ballots=tuple(printed.ballots(names, groups, found, sheet, leaf.where)),
        complete=True,
        board=printed.board(totals, sheet),
        groups=benches.printed_groups(below, known),
        spoken=heard.spoken,
        spoken_whole=heard.whole and not below.torn,
        vacated=heard.voided,
        status=Status.PROVISIONAL if _is_provisional(top, document) else Status.OFFICIAL,
        page=leaf.page.number,
        doubts=tuple(dict.fromkeys(doubts)),
        decided=tuple(names[i] for i in found.decided),
        region=_region(leaf, found),
    )
    yield made
    yield from _remarks(heard.remarks, leaf.where)


def _proved(
    leaf: Leaf,
    consensus: Mapping[str, str],
    known: Mapping[str, str],
    totals: Mapping[str, int | None],
    sheet: Sheet,
) -> tuple[list[str | None], Proof]:
    """Return groups and proof of a roll: the groups as read or, if only so all sums are met, as the roster has them."""
    codes = [_code(leaf, i, sheet) for i in range(len(leaf.seats))]
    read = benches.of_rows(leaf, consensus, known)
    tried = []
    for groups in (read, benches.by_roster(leaf, read, codes, known)):
        rows = [Line(group, code) for group, code in zip(groups, codes, strict=True)]
        found = proof.prove(rows, totals, benches.table(leaf.foot, known, rows))
        tried.append((groups, _presided(leaf, found)))
        if not found.misfits and None not in found.codes:
            return tried[-1]
    return tried[0]


def _presided(leaf: Leaf, found: Proof) -> Proof:
    """Put the asterisks beside the presiding member whom the sums make silent: they are counted so."""
    chairs = [i for i in found.decided if found.codes[i] == proof.SILENT and _is_chair(leaf, i)]
    return replace(found, codes=tuple(proof.CHAIR if i in chairs else code for i, code in enumerate(found.codes)))


def attendance(leaf: Leaf, document: Document, sheet: Sheet, met: set[object]) -> Iterator[Finding]:
    """Read an attendance list: the first of a sitting is kept as its attendance, of each the sums are checked."""
    where, day = leaf.where, leaf.day
    names = _names(leaf)
    rows = [Line(None, _code(leaf, i, sheet)) for i in range(len(names))]
    totals = {code: benches.legible(figure) for code, figure in leaf.foot.totals.items()}
    found = proof.prove(rows, totals, {})
    for misfit in found.misfits:
        yield Trouble(Severity.NOTED, "attendance_sums", f"{where}: attendance of {day}: {misfit}", where)
    if day in met:
        return
    met.add(day)
    heard = _heard(leaf)
    came, lost = _came(leaf, heard.present)
    marks = tuple(
        Mark(name, code, None if i in came or meaning.position is Position.PRESENT else meaning.reason)
        for i, (name, code) in enumerate(zip(names, found.codes, strict=True))
        if code is not None and (meaning := sheet.codes.get(code)) is not None
    )
    title = document.request.context.get("title") or f"Sesión del {day.isoformat()}"
    yield PrintedSitting(
        legislature=sheet.chamber.slug,
        date=day,
        title=title,
        attendance=marks,
        page=leaf.page.number,
        taken_at=printed.clock(leaf.head.taken, sheet),
    )
    yield from _remarks([*leaf.foot.torn, *heard.doubts, *lost, *heard.remarks], where)


def _heard(leaf: Leaf) -> ledger.Heard:
    texts = [leaf.foot.note] if leaf.foot.note else []
    return ledger.hear(texts, chair=leaf.head.chair, names=roster.register(), day=leaf.day)


def _came(leaf: Leaf, names: Sequence[str]) -> tuple[set[int], list[str]]:
    """Return the rows of those whom the note adds to an attendance, and what to say of names that are on no row."""
    rows = {seat.member: i for i, seat in enumerate(leaf.seats) if seat is not None}
    came, lost = set(), []
    for name in names:
        mandate = roster.register().find(name, leaf.day).mandate
        row = rows.get(mandate.person.id) if mandate is not None else None
        if row is None:
            lost.append(f"the note says that {name!r} was present, and no row is that member's")
        else:
            came.add(row)
    return came, lost


def _remarks(remarks: Iterable[str], where: str) -> Iterator[Trouble]:
    for text in remarks:
        yield Trouble(Severity.NOTED, "read_with_remark", f"{where}: {text}", where)


def _is_provisional(top: Head, document: Document) -> bool:
    listed = document.request.context.get("provisional") == "yes"
    return top.provisional or listed or "provisional" in fold(document.url.rsplit("/", 1)[-1])


def _names(leaf: Leaf) -> list[str]:
    """Return the names: as the sheets print the member a row was placed with, else as the row was read."""
    return [
        seat.printed[0]
        if seat
        else row.name.text
        if row.name
        else f"(fila ilegible {row.place[0] + 1}.{row.place[1] + 1})"
        for row, seat in zip(leaf.layout.rows, leaf.seats, strict=True)
    ]


def _code(leaf: Leaf, row: int, sheet: Sheet) -> str | None:
    """Return the code of a row; None if it is open: not read, not surely, or not what is expected of that member."""
    word = leaf.layout.rows[row].code
    listed = word is not None and word.text in sheet.codes
    if _is_chair(leaf, row):
        # Asterisks are hard to recognise. Who presides is printed above, and is always marked so (2,215 of 2,226).
        other = word is not None and listed and word.text != proof.CHAIR and word.confidence >= CERTAIN
        return None if other else proof.CHAIR
    if word is None or not listed or word.confidence < SURE:
        return None
    seat = leaf.seats[row]
    if word.text == SUSPENDED and not (seat and seat.suspended):
        return None
    return None if word.text == proof.CHAIR and leaf.head.chair else word.text


def _is_chair(leaf: Leaf, row: int) -> bool:
    """Whether a row is that of the presiding member whom the head names."""
    if not leaf.head.chair:
        return False
    name = leaf.layout.rows[row].name
    chair, printed = fold(leaf.head.chair).replace(" ", ""), fold(name.text if name else "").replace(" ", "")
    return fuzz.ratio(chair, printed) >= 85


def _doubts(leaf: Leaf, found: Proof, totals: Mapping[str, int | None]) -> Iterator[str]:
    open_rows = [i for i, code in enumerate(found.codes) if code is None]
    names = _names(leaf)
    if open_rows:
        yield f"the code could not be read: {'; '.join(names[i] for i in open_rows[:10])}"
    if not any(leaf.seats):
        yield f"who sat on {leaf.day} is not known here, so no name was checked"
    unnamed = [names[i] for i, seat in enumerate(leaf.seats) if seat is None]
    if unnamed and leaf.missing:
        yield f"rows that are no member's of {leaf.day}: {'; '.join(unnamed[:10])}"
    if leaf.missing:
        lacking = "; ".join(seat.printed[0] for seat in leaf.missing[:10])
        yield f"members of {leaf.day} without a row: {lacking}"
    if not totals:
        yield "the totals could not be read"
    # Where the known totals make everybody, what else stands there is no total: the foot, under a stamp.
    if leaf.foot.unknown and (None in totals.values() or sum(n or 0 for n in totals.values()) != len(names)):
        yield f"totals with a label that is not known: {'; '.join(leaf.foot.unknown)}"
    if leaf.head.taken is None:
        yield "the clock time could not be read"


def _region(leaf: Leaf, found: Proof) -> tuple[float, float, float, float] | None:
    """Return the box around the rows that are open or were decided by the sums; None: the whole page."""
    rows = [leaf.layout.rows[i] for i, code in enumerate(found.codes) if code is None or i in found.decided]
    boxes = [word.box for row in rows for word in (row.group, row.name, row.code) if word is not None]
    if not boxes or found.misfits:
        return None
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
