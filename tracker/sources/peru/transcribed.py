"""What does a transcribed record amount to: a vote or an attendance list, and where does it contradict itself?

The transcribers' programme counts the roll and writes the totals and the table from that count, so that their sums meet
whatever the sheet prints: what meets proves nothing here, what does not is a doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.domain import bills
from tracker.domain.people import Register, fold, forms
from tracker.domain.votes import (
    Code,
    GroupTally,
    Mark,
    Position,
    PrintedBallot,
    PrintedSitting,
    PrintedVote,
    Status,
    Tally,
)
from tracker.sources.contract import Finding, Severity, Sheet, Trouble
from tracker.sources.peru import ledger, motions, printed, roster
from tracker.sources.peru.proof import CHAIR
from tracker.sources.peru.transcript import ALL, COUNTS, ROLLS, SEATS, TABLE, TOTALS, VOTE, Row, Transcript

WORDS = {
    "SI": "SI +++", "NO": "NO ---", "ABSTENCION": "Abst.", "SIN_RESPONDER": "SinRes", "AUSENTE": "aus",
    "LICENCIA_OFICIAL": "LO", "LICENCIA_POR_ENFERMEDAD": "LE", "LICENCIA_PERSONAL": "LP", "SUSPENDIDO": "Sus",
    "FALLECIDO": "F", "FALTO": "FALTO", "COMISION_ORDINARIA": "Com", "COMISION_EXT_INTERNACIONAL": "CEI",
    "JUNTA_DE_PORTAVOCES": "JP", "BANCADA": "Ban", "PRESENTE": "PRE",
}  # fmt: skip
"""The transcribers' words for the codes that the sheets print."""
RAW = {"AUS": "aus", "LO": "LO", "LE": "LE", "LP": "LP", "SINRES": "SinRes", "ABST": "Abst.", "PRE": "PRE"}
"""Codes that their programme left as it read them, in some 80 rows of 2023 and 2024."""
UNANSWERED = "SinRes"
COUNTED = {
    "si": ("SI +++",), "no": ("NO ---",), "abstenciones": ("Abst.",), "sin_responder": (UNANSWERED, CHAIR),
    "ausentes": ("aus",), "licencias": ("LO", "LE", "LP"), "presentes": ("PRE",), "suspendidos": ("Sus",),
}  # fmt: skip
"""Which codes each column counts; `otros` counts the others."""
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class _Roll:
    """The rows of a record with their codes, and whose rows they are by the register (None: nobody's that day)."""

    rows: Sequence[Row]
    codes: Sequence[Code]
    members: Mapping[str, str | None]

    def gaps(self, told: Mapping[str, int], group: str | None = None) -> Iterator[tuple[str, int, int]]:
        """Yield each column whose count is not that of the rows, of one group or all: column, its count, the rows'.

        A code that no column is for is counted in `otros`.
        """
        column_of = {code: column for column in told for code in COUNTED.get(column, ())}
        mine = Counter(
            column_of.get(code.printed, "otros")
            for row, code in zip(self.rows, self.codes, strict=True)
            if group is None or row.group == group
        )
        mine[SEATS] = mine.total()
        yield from ((column, count, mine[column]) for column, count in told.items() if count != mine[column])


def vote(said: Transcript, sheet: Sheet, register: Register) -> Iterator[Finding]:
    """Make the vote of a record, and the remarks on it."""
    here = said.place
    chair, doubts = _chair(said, register)
    roll = _roll(said, sheet, register, chair)
    heard = ledger.hear(said.notes, chair=_label_cut(said.president) or None, names=register, day=here.sitting)
    doubts += [*_sums(said, roll), *_strangers(roll, here.sitting)]
    if not said.subject:
        doubts.append("the record has no subject")
    made = PrintedVote(
        legislature=sheet.chamber.slug,
        key=f"openpolitica/{here.name}",
        id=identifier(said),
        sitting_date=here.sitting,
        taken_at=printed.clock(said.taken_at, sheet),
        subject=said.subject or "(votación sin asunto)",
        kind=motions.kind(said.subject) if said.subject else None,
        bills=bills.peru_printed(said.subject, sheet.chamber.slug, here.sitting),
        period=bills.peru_period(here.sitting),
        ballots=tuple(
            PrintedBallot(row.name, code, row.group) for row, code in zip(roll.rows, roll.codes, strict=True)
        ),
        complete=True,
        board=None if said.totals is None else _tally(said.totals),
        board_from_names=True,
        groups=tuple(_group_rows(said)),
        spoken=heard.spoken,
        spoken_whole=heard.whole,
        status=Status.PROVISIONAL if _is_provisional(said) else Status.OFFICIAL,
        vacated=heard.voided,
        doubts=tuple(dict.fromkeys([*said.doubts, *doubts, *heard.doubts])),
        official_urls=said.official_urls,
    )
    yield made
    yield from _troubles(said, [("read_with_remark", text) for text in heard.remarks])


def attendance(said: Transcript, sheet: Sheet, register: Register) -> Iterator[Finding]:
    """Make the attendance list of a record, and the remarks on it. Marks stay as they are, whatever a note adds."""
    here = said.place
    roll = _roll(said, sheet, register, None)
    marks = tuple(
        Mark(row.name, code.printed, None if code.position is Position.PRESENT else code.reason)
        for row, code in zip(roll.rows, roll.codes, strict=True)
    )
    title = said.session or f"Sesión del {here.sitting.isoformat()}"
    yield PrintedSitting(
        legislature=sheet.chamber.slug,
        date=here.sitting,
        title=title,
        attendance=marks,
        taken_at=printed.clock(said.taken_at, sheet),
    )
    heard = ledger.hear(said.notes, chair=None, names=register, day=here.sitting)
    more = [("attendance_doubt", text) for text in (*said.doubts, *_sums(said, roll), *_strangers(roll, here.sitting))]
    if heard.present:
        more.append(("present_by_note", f"a note puts on record as present: {'; '.join(heard.present)}"))
    more += [("note_not_understood", text) for text in heard.doubts]
    more += [("read_with_remark", text) for text in heard.remarks]
    yield from _troubles(said, more)


def identifier(said: Transcript) -> str:
    """Return the id of a vote: `pe-op-2023-05-19T00-10`, after the name of its folder."""
    return f"pe-op-{said.place.name}"


def _troubles(said: Transcript, more: Sequence[tuple[str, str]]) -> Iterator[Trouble]:
    """Yield remarks, those of one code together: a document has one finding of each code and place."""
    texts: dict[str, list[str]] = {}
    for code, text in [*said.remarks, *_raw_words(said), *more]:
        texts.setdefault(code, []).append(text)
    name = identifier(said) if said.place.kind == VOTE else f"{said.place.name}-{said.place.kind}"
    for code, found in texts.items():
        yield Trouble(Severity.NOTED, code, f"{name}: {'; '.join(dict.fromkeys(found))}", name)


def _raw_words(said: Transcript) -> Iterator[tuple[str, str]]:
    raw = Counter(row.word for row in said.rows if row.word in RAW)
    if raw:
        words = ", ".join(f"{word} ({times})" for word, times in raw.items())
        yield "raw_word", f"codes that the transcribers did not put into their own words: {words}"


def _roll(said: Transcript, sheet: Sheet, register: Register, chair: str | None) -> _Roll:
    """Give each row the sheet's code for its word. Unreadable: `unknown_code` for a word that is not listed.

    The sheet prints *** beside the presiding member, which the transcription gives as SIN_RESPONDER.
    """
    where = ROLLS[said.place.kind]
    printed = [WORDS.get(row.word) or RAW.get(row.word) or row.word for row in said.rows]
    for n, row in enumerate(said.rows):
        if row.name == chair and printed[n] == UNANSWERED:
            printed[n] = CHAIR
    codes = {code: sheet.code(code, f"{said.place.name}, {where}") for code in set(printed)}
    return _Roll(said.rows, [codes[code] for code in printed], _members(said, register))


def _members(said: Transcript, register: Register) -> Mapping[str, str | None]:
    return _placed(tuple([row.name for row in said.rows]), said.place.sitting, register)


@lru_cache(maxsize=32)
def _placed(names: tuple[str, ...], day: date, register: Register) -> Mapping[str, str | None]:
    """Return whose each name is; the records of a sitting have the same roll, so it is met once."""
    met = register.place(names, day)
    return {name: found.mandate.person.id if found.mandate else None for name, found in met.items()}


def _label_cut(president: str) -> str:
    """Return the name in the head without what is left of its label (`dente: ALVA PRIETO, …` of `Presidente:`)."""
    return president.rpartition(":")[2].strip()


def _chair(said: Transcript, register: Register) -> tuple[str | None, list[str]]:
    """Return the name on the row of the presiding member; a doubt if there is none, or if he is marked otherwise.

    Of 2,226 presiding members 6 stand at SI and 5 at AUSENTE: left as they are, since only the sheet can tell.
    """
    name, day = _label_cut(said.president), said.place.sitting
    rows = [row for row in said.rows if fold(row.name) == fold(name)]
    if not rows and name:
        mandate = register.place([name], day)[name].mandate
        members = _members(said, register)
        rows = [row for row in said.rows if mandate is not None and members[row.name] == mandate.person.id]
    if len(rows) != 1:
        return None, [f"which row is the presiding member's is not told: the head has {said.president[:80]!r}"]
    word = WORDS.get(rows[0].word) or RAW.get(rows[0].word)
    if word != UNANSWERED:
        return rows[0].name, [
            f"the presiding member, {rows[0].name}, stands at {rows[0].word}, where the sheet prints {CHAIR} and "
            "counts no vote: perhaps a slip, of the transcription or of the sheet"
        ]
    return rows[0].name, []


def _strangers(roll: _Roll, day: date) -> Iterator[str]:
    """Tell rows that are no member's of that day, and members who have no row."""
    seats = _seats(day)
    held = {member or seats.get(fold(name)) for name, member in roll.members.items()}
    nobody = [name for name, member in roll.members.items() if member is None and fold(name) not in seats]
    if nobody:
        yield f"rows that are no member's of {day}: {'; '.join(nobody[:MOST_NAMED])}"
    missing = [seat.printed[0] for seat in roster.roll(day) if seat.sure and seat.member not in held]
    if missing and roster.known(day):
        yield f"members of {day} without a row: {'; '.join(missing[:MOST_NAMED])}"
    twice = [name for name, times in Counter(row.name for row in roll.rows).items() if times > 1]
    if twice:
        yield f"names with more than one row: {'; '.join(twice[:MOST_NAMED])}"


@lru_cache(maxsize=512)
def _seats(day: date) -> Mapping[str, str]:
    """Return whose row each form of a name is on a day, rows included that may stand before or after a mandate."""
    people = {mandate.person.id: mandate.person for mandate in roster.register()}
    return {form: seat.member for seat in roster.roll(day) for form in forms(people[seat.member])}


def _sums(said: Transcript, roll: _Roll) -> Iterator[str]:
    """Hold the totals and the table against the roll, column by column; only what does not meet is told."""
    for column, told, mine in roll.gaps(said.totals or {}):
        yield f"{TOTALS} has {told} {column}, the roll makes {mine}"
    for group, row in said.table.items():
        for column, told, mine in roll.gaps(row, None if group == ALL else group):
            yield f"{TABLE} has {told} {column} of {group}, the roll makes {mine}"
    if None in {row.group for row in roll.rows}:
        yield "there are rows without a group"
    groups = {row.group for row in roll.rows if row.group}
    if said.table and (lacking := sorted(groups - set(said.table))):
        yield f"groups of the roll that {TABLE} lacks: {', '.join(lacking)}"


def _tally(counts: Mapping[str, int]) -> Tally | None:
    """Return counts as a tally; those who did not vote are left out if one of their columns is missing."""
    cast, silent = COUNTS[VOTE][:3], COUNTS[VOTE][3:]
    if any(column not in counts for column in cast):
        return None
    away = sum(counts[column] for column in silent) if all(column in counts for column in silent) else 0
    return Tally(counts["si"], counts["no"], counts["abstenciones"], 0, away)


def _group_rows(said: Transcript) -> Iterator[GroupTally]:
    for group, row in said.table.items():
        tally = _tally(row)
        if group != ALL and tally is not None:
            yield GroupTally(group, said.groups.get(group), tally)


def _is_provisional(said: Transcript) -> bool:
    """Whether the file it was made from calls itself provisional; none but that of 9 December 2021 does."""
    return "provisional" in fold(" ".join([said.session, *(url.rsplit("/", 1)[-1] for url in said.official_urls)]))
