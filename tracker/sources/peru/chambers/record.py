"""What does one sheet of the two chambers record of a vote or an attendance?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain import bills
from tracker.domain.evidence import Document
from tracker.domain.people import fold
from tracker.domain.votes import (
    GroupTally,
    Mark,
    Position,
    PrintedSitting,
    PrintedVote,
    Status,
    Tally,
)
from tracker.sources.contract import Finding, Severity, Sheet, Trouble
from tracker.sources.peru import ledger, motions, printed, proof
from tracker.sources.peru.chambers import filename, members, sums
from tracker.sources.peru.chambers.leaf import Leaf
from tracker.sources.peru.chambers.members import House, Member
from tracker.sources.peru.ledger import Heard
from tracker.sources.peru.proof import Line, Proof

NO_NUMBER = "the record has no number that could be read, so another copy of it will not be known for the same"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the sheets of one document are read with."""

    document: Document
    sheet: Sheet
    house: House

    @property
    def where(self) -> str:
        """The beginning of a vote's id: `pe-senate`."""
        return self.sheet.chamber.slug.replace("_", "-")


def key_of(leaf: Leaf) -> str:
    """Return the raw facts that name a record."""
    kind = "vote" if leaf.said.kind in ("vote", "nominal") else "attendance"
    return printed.key(kind, leaf.said.record, leaf.said.taken, leaf.day, leaf.page.number)


def vote(leaf: Leaf, desk: Desk) -> Iterator[Finding]:
    """Read the sheet of a vote."""
    said, sheet = leaf.said, desk.sheet
    rows = [Line(_group(leaf, i), _code(leaf, i)) for i in range(len(said.rows))]
    # Of a roll called by name without totals there is nothing to hold the marks against: the vote stays unchecked.
    checkable = said.kind != "nominal" or bool(said.totals.by_code or said.totals.benches)
    found = sums.of_vote(rows, said.totals, sheet) if checkable else Proof(tuple(r.code for r in rows), (), ())
    if not leaf.page.scanned:  # letters of a file are not smudged: a code that is not known is no matter of sums
        found = Proof(tuple(row.code for row in rows), (), found.misfits)
    names = _names(leaf)
    subject = said.subject or f"(votación sin asunto, página {leaf.page.number})"
    heard = ledger.hear(said.notes, chair=said.chair, names=members.register(desk.house), day=leaf.day)
    yield PrintedVote(
        legislature=sheet.chamber.slug,
        key=key_of(leaf),
        id=printed.identifier(desk.where, said.record, said.taken, leaf.day, leaf.page.number),
        sitting_date=leaf.day,
        taken_at=printed.clock(said.taken, sheet),
        subject=subject,
        kind=motions.kind(subject),
        bills=bills.peru_printed(subject, sheet.chamber.slug, leaf.day),
        period=bills.peru_period(leaf.day),
        ballots=tuple(printed.ballots(names, [row.group for row in rows], found, sheet, leaf.where)),
        complete=True,
        board=printed.board(said.totals.by_code, sheet),
        groups=_table(leaf),
        spoken=heard.spoken,
        spoken_whole=heard.whole and not said.torn and not _speaks(subject),
        vacated=heard.voided,
        status=Status.PROVISIONAL if _is_provisional(leaf, desk.document) else Status.OFFICIAL,
        page=leaf.page.number,
        doubts=tuple(dict.fromkeys([*found.misfits, *_doubts(leaf, found, names, desk.house), *heard.doubts])),
        decided=tuple(names[i] for i in found.decided),
    )
    if said.record is None and said.kind == "nominal":
        yield Trouble(Severity.NOTED, "no_number", f"{leaf.where}: {NO_NUMBER}", leaf.where)
    for remark in heard.remarks:
        yield Trouble(Severity.NOTED, "read_with_remark", f"{leaf.where}: {remark}", leaf.where)


def attendance(leaf: Leaf, desk: Desk, met: set[date]) -> Iterator[Finding]:
    """Read an attendance list: the first of a sitting is kept as its attendance, of each the sums are checked."""
    said, sheet, where = leaf.said, desk.sheet, leaf.where
    for misfit in [*sums.of_attendance(leaf.lines, said.totals, sheet), *leaf.doubts]:
        yield Trouble(Severity.NOTED, "attendance_sums", f"{where}: attendance of {leaf.day}: {misfit}", where)
    if leaf.day in met or said.kind == "quorum":
        return
    met.add(leaf.day)
    heard = ledger.hear(said.notes, chair=said.chair, names=members.register(desk.house), day=leaf.day)
    here, troubles = _present(heard, leaf, desk.house)
    yield from troubles
    marks = []
    for name, member, row in zip(_names(leaf), leaf.seated, said.rows, strict=True):
        meaning = sheet.codes.get(row.code or "")
        if meaning is None:
            continue
        there = meaning.position is Position.PRESENT or (member is not None and member.id in here)
        marks.append(Mark(name, row.code or "", None if there else meaning.reason))
    title = said.session or f"Sesión del {leaf.day.isoformat()}"
    yield PrintedSitting(
        legislature=sheet.chamber.slug,
        date=leaf.day,
        title=title,
        attendance=tuple(marks),
        page=leaf.page.number,
        taken_at=printed.clock(said.taken, sheet),
    )


def _present(heard: Heard, leaf: Leaf, house: House) -> tuple[set[str], list[Trouble]]:
    """Return the members whose presence the chair puts on record, and what of the note could not be placed."""
    here: set[str] = set()
    troubles = []
    for name in heard.present:
        found = members.register(house).find(name, leaf.day).mandate
        if found is not None:
            here.add(found.person.id)
        else:
            message = f"{leaf.where}: the chair notes the presence of {name}, who is no one member's name"
            troubles.append(Trouble(Severity.UNRESOLVED, "unplaced_name", message, leaf.where))
    for doubt in (*leaf.said.torn, *heard.doubts):
        message = f"{leaf.where}: attendance of {leaf.day}: {doubt}"
        troubles.append(Trouble(Severity.NOTED, "attendance_note", message, leaf.where))
    return here, troubles


def _is_provisional(leaf: Leaf, document: Document) -> bool:
    return leaf.said.provisional or filename.is_provisional(filename.name_of(document.url))


def _names(leaf: Leaf) -> list[str]:
    """Return the names: in one form for each member however far a sheet cuts it, else as the row prints it."""
    return [
        member.printed if member else " ".join((row.name or f"(fila sin nombre {i})").split()).rstrip(" ,")
        for i, (member, row) in enumerate(zip(leaf.seated, leaf.said.rows, strict=True), 1)
    ]


def _group(leaf: Leaf, at: int) -> str | None:
    """Return the group of a row; where a picture leaves it open, the one the member was in on the sheets held.

    If that is wrong the table by group does not meet.
    """
    row, member = leaf.said.rows[at], leaf.seated[at]
    if row.group is None and leaf.page.scanned and member is not None and leaf.said.totals.benches:
        return member.group
    return row.group


def _code(leaf: Leaf, at: int) -> str | None:
    """Return the code of a row; on a picture, asterisks that could not be read are those of the presiding member."""
    row, member = leaf.said.rows[at], leaf.seated[at]
    if row.code is None and leaf.page.scanned and member is not None and _presides(member, leaf):
        return proof.CHAIR
    return row.code


def _presides(member: Member, leaf: Leaf) -> bool:
    chair = leaf.said.chair
    return chair is not None and members.meant(chair, None, [member]) is not None


def _table(leaf: Leaf) -> tuple[GroupTally, ...]:
    """Return the table by group if yes, no and abstentions of every row could be read; those silent are not in it."""
    rows = []
    for bench in leaf.said.totals.benches:
        yes, no, abstain, *_ = bench.figures
        if yes is None or no is None or abstain is None:
            return ()
        rows.append(GroupTally(bench.code, bench.name, Tally(yes, no, abstain)))
    return tuple(rows)


def _speaks(subject: str) -> bool:
    """Whether a note in capitals has come among the words of the matter: its votes would be lost without a word."""
    return "constancia" in fold(subject)


def _doubts(leaf: Leaf, found: Proof, names: Sequence[str], house: House) -> Iterator[str]:
    said = leaf.said
    yield from (*leaf.doubts, *said.torn)
    if _speaks(said.subject):
        yield f"the matter speaks of a statement, which may be a note in capitals: {said.subject[-200:]!r}"
    if open_rows := [names[i] for i, code in enumerate(found.codes) if code is None]:
        yield f"the code could not be read: {'; '.join(open_rows[:10])}"
    if said.loose:
        yield f"names in the roll that belong to no row: {'; '.join(said.loose[:10])}"
    held = [member.id for member in leaf.seated if member is not None]
    if twice := sorted({member.printed for member in leaf.seated if member and held.count(member.id) > 1}):
        yield f"names that stand on two rows: {'; '.join(twice)}"
    missing = [member.printed for member in members.on(house, leaf.day) if member.id not in held]
    unnamed = [name for name, member in zip(names, leaf.seated, strict=True) if member is None]
    if missing and unnamed and (leaf.page.scanned or found.misfits):
        lacking = "; ".join(missing[:10])
        yield f"rows that are no known member's: {'; '.join(unnamed[:10])}; members without a row: {lacking}"
    elif missing and not (found.misfits == () and said.totals.by_code):
        yield f"members without a row: {'; '.join(missing[:10])}"
    if said.totals.unknown:
        yield f"totals with a label that is not known: {'; '.join(said.totals.unknown)}"
    if not said.totals.by_code and said.kind != "nominal":
        yield "the totals could not be read"
    if said.record is None and said.kind != "nominal":
        yield NO_NUMBER
    if said.taken is None:
        yield "the clock time could not be read"
    chairs = [member for member, code in zip(leaf.seated, found.codes, strict=True) if code == proof.CHAIR and member]
    if said.chair and chairs and not _presides(chairs[0], leaf):
        yield f"the head has {said.chair} in the chair, the asterisks stand beside {chairs[0].printed}"
