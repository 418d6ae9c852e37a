"""A page of a vote sheet as words at their places, as an eye that reads perfectly would hand it on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from tracker.domain.evidence import Document, Page, Request, Word
from tracker.sources.peru import form, groups, roster
from tracker.sources.peru.proof import CHAIR, COUNTED, counted_as

DAY = date(2024, 10, 16)
PER_COLUMN = 44
FIRST, REACH = 0.082, 0.605
TOP, PITCH, HIGH = 0.142, 0.0132, 0.0045
TOTALS, NOTE, LAST = 0.735, 0.93, 0.978
NOTE_LEFT, NOTE_PITCH, NOTE_LETTER = 0.32, 0.0118, 0.0059
LABELS = {
    "SI +++": "SI+++", "NO ---": "NO---", "Abst.": "Abst.", "SinRes": "SinRes", "PRE": "Presentes (PRE)",
    "aus": "Ausentes (Aus)", "LO": "Con licencia Oficial (LO)", "LE": "Licencia por enfermedad (LE)",
    "LP": "Licencia personal (LP)", "Com": "Comisión Ordinaria (Com)", "CEI": "Com. Ext. Internacional (CEI)",
    "JP": "Junta de Portavoces (JP)", "Ban": "Bancada (Ban)", "Sus": "Suspendidos (Sus)", "F": "Fallecidos (F)",
}  # fmt: skip
VOTE = [code for code in LABELS if code != "PRE"]
ATTENDANCE = [code for code in LABELS if code == "PRE" or code not in COUNTED]
FOOTNOTE = "*** En este reporte de votación no se considera al congresista que ejerce la presidencia."


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet to set: whatever is not given follows from the roll of its day, and its sums are right.

    `codes` by row, `names` and `groups` likewise; `unsure` are rows whose code is read as if by chance; `figures` puts
    other totals in place of the counted ones (None: the figure is not legible).
    """

    day: date = DAY
    kind: str = "vote"
    codes: Sequence[str | None] = ()
    names: Sequence[str] = ()
    groups: Sequence[str] = ()
    unsure: frozenset[int] = frozenset()
    clock: str = "Fecha: 16/10/2024 Hora: 10:15 am"
    sitting: str = "Sesión del 16 de octubre de 2024"
    organ: str = "CONGRESO DE LA REPÚBLICA DEL PERÚ"
    chair: str = "CAVERO ALVA, ALEJANDRO ENRIQUE"
    subject: Sequence[str] = ("CUESTIÓN PREVIA PARA QUE EL PROYECTO DE LEY 5632", "RETORNE A LA COMISIÓN DE JUSTICIA")
    figures: Mapping[str, int | None] = field(default_factory=dict)
    table: Mapping[str, Sequence[int]] | None = None
    note: Sequence[str] = ()
    record: str | None = "31289 - 46803 - 07832"
    beside: Sequence[Word] = ()

    def page(self, number: int = 1, turned: int = 0) -> Page:
        """Set the sheet."""
        words = [*self._head(), *self._rows(), *self._foot(), *_lines(self.note, NOTE_LEFT, NOTE), *self.beside]
        return Page(number, tuple(words), turned=turned)

    @property
    def roll(self) -> list[tuple[str, str, str | None]]:
        """Group, name and code of each row."""
        seats = roster.roll(self.day)
        names = self.names or [seat.printed[0] for seat in seats]
        known = {seat.printed[0]: seat.group or "NA" for seat in seats}
        groups = self.groups or [known.get(name, "NA") for name in names]
        return list(zip(groups, names, self.codes or self._usual(names), strict=True))

    def _usual(self, names: Sequence[str]) -> list[str | None]:
        """A vote in which all sorts of things are done, the same each time; an attendance with some away."""
        if self.kind == "attendance":
            return ["aus" if i % 7 == 3 else "LE" if i % 31 == 5 else "PRE" for i in range(len(names))]
        turns = ("SI +++", "SI +++", "NO ---", "SI +++", "aus", "NO ---", "Abst.", "SI +++", "SinRes", "LO")
        return [CHAIR if name == self.chair else turns[(7 * i + i // 3) % 10] for i, name in enumerate(names)]

    def counts(self) -> dict[str, int]:
        """The totals of the rows that have a code."""
        found = Counter(counted_as(code) for _, _, code in self.roll if code)
        return {code: found[code] for code in (VOTE if self.kind == "vote" else ATTENDANCE)}

    def _head(self) -> Iterator[Word]:
        title = ["VOTACIÓN:" if self.kind == "vote" else "ASISTENCIA:", self.clock]
        chair = [f"*** Presidente: {self.chair}"] if self.chair and self.kind == "vote" else []
        head = [[self.organ], ["Primera Legislatura Ordinaria 2024-2025", *chair], [self.sitting], title]
        head += [["Asunto:"], *([line] for line in self.subject)] if self.kind == "vote" else []
        for i, parts in enumerate(head):
            for text, left in zip(parts, (0.04, 0.45), strict=False):
                yield word(text, left, 0.02 + 0.0145 * i)

    def _rows(self) -> Iterator[Word]:
        lefts = form.of(()).lefts
        for i, row in enumerate(self.roll):
            column, at = divmod(i, PER_COLUMN)
            for cell, text in enumerate(row):
                if text is not None:
                    sure = 0.5 if cell == 2 and i in self.unsure else 0.99
                    left = FIRST + lefts[column][cell] * REACH
                    yield word(text, left, TOP + PITCH * at, sure=sure, cell=(column, at, cell))

    def _foot(self) -> Iterator[Word]:
        yield word(f"Resultados de {'VOTACIÓN' if self.kind == 'vote' else 'la ASISTENCIA'}", 0.035, TOTALS - PITCH)
        for i, (code, counted) in enumerate(self.counts().items()):
            yield word(LABELS[code], 0.035, TOTALS + PITCH * i)
            figure = self.figures.get(code, counted)
            yield ending(
                str(figure), FIRST + form.NUMBERS * REACH, TOTALS + PITCH * i, 0.99 if figure is not None else 0.1
            )
        for i, (code, name, figures) in enumerate(self._table()):
            yield word(code, FIRST + form.BENCHES * REACH, TOTALS + PITCH * i)
            yield word(name, FIRST + form.BENCHES * REACH + 0.055, TOTALS + PITCH * i)
            for place, one in zip(form.COLUMNS, figures, strict=False):
                yield ending(str(one), FIRST + place * REACH, TOTALS + PITCH * i)
        if self.kind == "vote":
            yield word(FOOTNOTE, 0.034, LAST)
        if self.record:
            yield ending(self.record, 0.97, LAST)

    def _table(self) -> Iterator[tuple[str, str, Sequence[int]]]:
        known = groups.on(self.day)
        rows = [(group, counted_as(code)) for group, _, code in self.roll if code]
        order = sorted({group for group, _ in rows}, key=lambda group: -sum(g == group for g, _ in rows))
        for code in order:
            name = known[code].name.upper() if code in known else code
            counted = [sum(row == (code, column) for row in rows) for column in COUNTED]
            yield code, name, self.table[code] if self.table else counted


def word(
    text: str, left: float, middle: float, *, sure: float = 0.99, cell: tuple[int, int, int] | None = None
) -> Word:
    """A word that begins at a place, its letters equally wide."""
    return Word(text, (left, middle - HIGH, left + NOTE_LETTER * len(text), middle + HIGH), sure, cell)


def ending(text: str, right: float, middle: float, sure: float = 0.99) -> Word:
    """A word that ends at a place, as figures do."""
    return Word(text, (right - NOTE_LETTER * len(text), middle - HIGH, right, middle + HIGH), sure)


def _lines(texts: Iterable[str], left: float, top: float) -> Iterator[Word]:
    for i, text in enumerate(texts):
        yield word(text, left, top + NOTE_PITCH * i)


def document(
    *pages: Page, day: date | None = None, url: str = "https://example.test/sheets.pdf", **context: str
) -> Document:
    """A document of sheets with these pages."""
    return Document(
        Request(url, "sheet", day, context), b"%PDF", "0" * 64, datetime(2026, 1, 1, tzinfo=UTC), pages=pages
    )
