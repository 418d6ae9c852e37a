"""How does Peru's Congress lay out a sheet of attendance or of a vote? Drawn from facts, the same bytes each time.

`printed` gives the PDF as it would leave the printer, with its text; `scan` what the Congress publishes: the same pages
as pictures, without a letter of text. Places and sizes were measured on official scans of March and October 2024, the
faces are the nearest of those that every PDF may use. A page that is not in the file is one that is not among the
sheets; None among them is an empty page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from fpdf import FPDF
from fpdf.enums import Align, TextMode

from tracker.demo.scanned import DAY, Scanner, scanned
from tracker.demo.sheet_facts import CHAIR, SILENT, Sheet

DRAWN = (
    "DOCUMENTO DE DEMOSTRACIÓN, dibujado por Escrutinio a partir de hechos publicados; no es copia del oficial, y los "
    "números al pie son inventados."
)
BENCHES = {
    "FP": "FUERZA POPULAR",
    "PL": "PERÚ LIBRE",
    "AP": "ACCIÓN POPULAR",
    "APP": "ALIANZA PARA EL PROGRESO",
    "BM": "BLOQUE MAGISTERIAL DE CONCERTACIÓN NACIONAL",
    "AP-PIS": "AVANZA PAÍS - PARTIDO DE INTEGRACIÓN SOCIAL",
    "CD-JPP": "CAMBIO DEMOCRÁTICO - JUNTOS POR EL PERÚ",
    "RP": "RENOVACIÓN POPULAR",
    "PP": "PODEMOS PERÚ",
    "PB": "PERÚ BICENTENARIO",
    "SP": "SOMOS PERÚ",
    "NA": "NO AGRUPADOS",
}
"""Groups of May 2023 in the order of the table: by size, those without a group last."""
_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre"),
)
_PAGE = (595, 842)
_HEIGHT = 44
"""Rows of a column; the third one is shorter."""
_COLUMNS = ((35.2, 63.2, 187.5), (213.8, 241.1, 364.3), (390.5, 417.9, 541.4))
"""Where group, name and code begin, in points from the left edge of the page."""
_ROW = 10.92
"""From one row to the next, in points."""
_VOTES = (("SI+++", "SI +++"), ("NO---", "NO ---"), ("Abst.", "Abst."), ("SinRes", SILENT), ("Ausentes", "aus"))
_PRESENCES = (("Presentes", "PRE"), ("Ausentes", "aus"))
_ABSENCES = (
    ("Con licencia Oficial", "LO"),
    ("Licencia por enfermedad", "LE"),
    ("Licencia personal", "LP"),
    ("Comisión Ordinaria", "Com"),
    ("Com. Ext. Internacional", "CEI"),
    ("Junta de Portavoces", "JP"),
    ("Bancada", "Ban"),
    ("Suspendidos", "Sus"),
    ("Fallecidos", "F"),
)
_BY_VOTE = (("Si+++", 414.0, 429.4), ("No---", 447.0, 463.9), ("Abst.", 482.0, 497.3), ("Sin Resp.", 513.0, 536.8))
_BY_PRESENCE = (
    *(("Presente", 402.0, 436.0), ("Ausente", 437.0, 469.0), ("Licencias", 469.0, 504.0)),
    *(("Susp.", 516.0, 537.0), ("Otros", 543.0, 566.0)),
)
"""Figures by group: their headings, where these begin, where the figures end."""
_PROVISIONAL = ("COPIA INFORMATIVA", "INFORMACIÓN PROVISIONAL")
_FOOTNOTE = "*** En este reporte de votación no se considera al congresista que ejerce la presidencia."
_SEAL = (539.0, 640.0)
"""Where the upper of the two seals of an official sheet lies."""
_SEAL_WORDS = "DIBUJO DE DEMOSTRACIÓN · ESCRUTINIO · "


@dataclass(frozen=True, slots=True)
class Shape:
    """What a drawing shows otherwise than its facts, for the demonstration's first version and for odd examples.

    `provisional`: a copy without the chair's note, which says so. `smudged` holds the names (as printed) of those whose
    code lies under a blot, `misprinted` totals by code that are printed wrong. `seals` are the centres of seals, in
    points from the upper left corner; on official sheets they lie over the table by group. `benches` are the names of
    the groups in the order of the table. `label` is what the page says of itself above its head, where official sheets
    print nothing.
    """

    provisional: bool = False
    smudged: frozenset[str] = frozenset()
    misprinted: Mapping[str, int] = field(default_factory=dict)
    seals: tuple[tuple[float, float], ...] = (_SEAL,)
    benches: Mapping[str, str] = field(default_factory=lambda: BENCHES)
    label: str = DRAWN


def scan(sheets: Sequence[Sheet | None], shape: Shape | None = None, scanner: Scanner | None = None) -> bytes:
    """Draw sheets, one a page, as a PDF of pictures."""
    return scanned(printed(sheets, shape), scanner or Scanner(), (shape or Shape()).label)


def printed(sheets: Sequence[Sheet | None], shape: Shape | None = None) -> bytes:
    """Draw sheets, one a page, as a PDF of text."""
    shape = shape or Shape()
    pdf = FPDF(unit="pt", format=_PAGE)
    pdf.set_auto_page_break(False)
    pdf.set_author("Escrutinio")
    pdf.set_subject(shape.label)
    pdf.set_producer("Escrutinio")
    pdf.set_creation_date(DAY)
    for sheet in sheets:
        pdf.add_page()
        if sheet is not None:
            _Draft(pdf, sheet, shape).draw()
    return bytes(pdf.output())


@dataclass(frozen=True, slots=True)
class _Letter:
    """How a letter of one width is made: the face, its size and the room left of it in widths, how far it is drawn."""

    face: str
    size: float
    stretching: float
    left: float


@lru_cache(maxsize=256)
def _letter(sign: str, style: str) -> _Letter:
    """Draw a letter out or in until it fills its place, as on a line printer.

    No face that every PDF may use is like the Congress's: without serifs but for those of the I, with long hyphens.
    """
    face, size = ("Courier", 2.0) if sign in "IÍ-" else ("Helvetica", 1.58)
    pdf = FPDF(unit="pt")
    pdf.set_font(face, style, 100 * size)
    wide = pdf.get_string_width(sign) / 100
    drawn = min(max(0.9 / wide, 0.7), 1.2)
    return _Letter(face, size, 100 * drawn, (1 - wide * drawn) / 2)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page in the making."""

    pdf: FPDF
    sheet: Sheet
    shape: Shape

    def draw(self) -> None:
        self.text(_PAGE[0] / 2, 15, self.shape.label, "Helvetica", "", 6.6, Align.C)
        low = self.roll(self.head())
        self.totals(low + 14.5)
        note = self.table(low + 14.5)
        if self.sheet.note and not self.shape.provisional:
            self.lines(195.5, note + 0.8, 372, self.sheet.note, "Helvetica", 8.6, 9.3)
        self.foot()
        for x, y in self.shape.seals:
            self.seal(x, y)

    def head(self) -> float:
        """Print what stands above the roll, and return how far down it reaches."""
        sheet, kind = self.sheet, "VOTACIÓN:" if self.sheet.is_vote else "ASISTENCIA:"
        self.text(_PAGE[0] / 2 + 15, 41, "CONGRESO DE LA REPÚBLICA DEL PERÚ", "Times", "B", 9.6, Align.C)
        self.text(34, 57, sheet.term, "Times", "", 8)
        day = sheet.sitting
        self.text(34, 70, f"Sesión del {day.day} de {_MONTHS[day.month - 1]} de {day.year}", "Times", "", 8)
        self.text(34, 83, kind, "Times", "", 8)
        at = sheet.taken
        clock = f"Fecha: {at.day:02}/{at.month:02}/{at.year} Hora: {at.hour % 12 or 12:02}:{at.minute:02}"
        self.text(91, 83, f"{clock} {'am' if at.hour < 12 else 'pm'}", "Times", "", 8)
        if not sheet.is_vote:
            return 88.5
        self.text(557, 54, f"*** Presidente: {sheet.chair}", "Helvetica", "", 7.8, Align.R)
        self.text(34, 94, "Asunto:", "Times", "B", 8)
        return self.lines(34, 96.5, 510, sheet.subject, "Helvetica", 7.8, 9.6)

    def roll(self, top: float) -> float:
        """Print the rows, down each column, and return how far down they reach."""
        for n, row in enumerate(self.sheet.rows):
            column, place = divmod(n, _HEIGHT)
            y = top + _ROW * (place + 0.75)
            group, name, code = _COLUMNS[column]
            self.fixed(group, y, row.group, 3.45)
            self.fixed(name, y, row.name, 3.5)
            self.fixed(code, y, row.code, 3.6)
            if row.name in self.shape.smudged:
                self.blot(code, y)
        return top + _ROW * _HEIGHT

    def totals(self, top: float) -> None:
        """Print how often each code stands on the roll."""
        sheet, count = self.sheet, self.sheet.count()
        self.fixed(33, top, f"Resultados de {'VOTACIÓN' if sheet.is_vote else 'la ASISTENCIA'}", 4.08, bold=True)
        y = top
        for label, code in (*(_VOTES if sheet.is_vote else _PRESENCES), *_ABSENCES):
            y += _ROW
            self.fixed(33, y, label, 4.08)
            if code not in ("SI +++", "NO ---", "Abst.", SILENT):
                self.fixed(132, y, f"({code.title() if sheet.is_vote and code == 'aus' else code})", 4.08)
            self.figure(188.3, y, self.shape.misprinted.get(code, count[code]))
        if not sheet.is_vote:
            here = count["PRE"]
            self.fixed(33, y + 2 * _ROW, "Asistencia para Quórum", 4.08)
            self.figure(188.3, y + 2 * _ROW, sheet.quorum)
            reached = "ALCANZADO" if here >= sheet.quorum else "NO ALCANZADO"
            self.fixed(33, y + 3 * _ROW, f"Quórum {reached}", 4.08)

    def table(self, top: float) -> float:
        """Print the figures of each group, and return how far down they reach."""
        columns = _BY_VOTE if self.sheet.is_vote else _BY_PRESENCE
        self.fixed(228 if self.sheet.is_vote else 272, top, "Grupo Parlamentario", 4.08, bold=True)
        for head, left, _ in columns:
            self.fixed(left, top, head, 3.8, bold=True)
        y = top
        here, names = {row.group for row in self.sheet.rows}, self.shape.benches
        for code in [code for code in names if code in here] + sorted(here - set(names)):
            y += _ROW
            self.fixed(199, y, code, 4.08)
            self.fixed(227.5, y, names.get(code, code), 4.06)
            for value, (_, _, right) in zip(self._figures(code), columns, strict=True):
                self.figure(right, y, value)
        return y

    def _figures(self, group: str) -> Iterator[int]:
        count = self.sheet.count(group)
        if self.sheet.is_vote:
            yield from (count[code] for code in ("SI +++", "NO ---", "Abst.", SILENT))
            return
        yield from (count["PRE"], count["aus"], count["LO"] + count["LE"] + count["LP"], count["Sus"])
        yield sum(count[code] for code in ("Com", "CEI", "JP", "Ban", "F"))

    def foot(self) -> None:
        if self.shape.provisional:
            last = "SIN LOS VOTOS ORALES" if self.sheet.is_vote else "SIN REGISTROS ORALES"
            for n, line in enumerate((*_PROVISIONAL, last)):
                self.text(200, 775 + 11 * n, line, "Helvetica", "B", 9)
        if any(row.code == CHAIR for row in self.sheet.rows):
            self.text(33, 813, _FOOTNOTE, "Helvetica", "", 7.8)
        self.text(567, 813, self.sheet.record, "Helvetica", "", 7.8, Align.R)

    # --- strokes of the pen -------------------------------------------------------------------------------------------

    def text(self, x: float, y: float, text: str, face: str, style: str, size: float, align: Align = Align.L) -> None:
        self.pdf.set_font(face, style, size)
        wide = self.pdf.get_string_width(text)
        self.pdf.text(x - {Align.C: wide / 2, Align.R: wide}.get(align, 0.0), y, text)

    def lines(self, x: float, top: float, wide: float, text: str, face: str, size: float, leading: float) -> float:
        """Print a paragraph, and return how far down it reaches."""
        self.pdf.set_font(face, "", size)
        self.pdf.set_xy(x - self.pdf.c_margin, top)
        self.pdf.multi_cell(wide, leading, text, align=Align.L)
        return float(self.pdf.get_y()) + 1

    def fixed(self, x: float, y: float, text: str, pitch: float, *, bold: bool = False) -> None:
        """Print letters `pitch` points apart."""
        style, ink = ("B", 0.05) if bold else ("", 0.13)
        with self.pdf.local_context(text_mode=TextMode.FILL_STROKE, line_width=ink):
            for n, sign in enumerate(text):
                if sign != " ":
                    letter = _letter(sign, style)
                    self.pdf.set_font(letter.face, style, letter.size * pitch)
                    self.pdf.set_stretching(letter.stretching)
                    self.pdf.text(x + (n + letter.left) * pitch, y, sign)
        self.pdf.set_stretching(100)

    def figure(self, right: float, y: float, value: int) -> None:
        self.fixed(right - 4.08 * len(str(value)), y, str(value), 4.08)

    def blot(self, x: float, y: float) -> None:
        """Let ink run over a code."""
        with self.pdf.local_context(fill_color=40):
            for dx, dy, wide, high in ((-1, -5, 13, 6), (6, -6.5, 12, 6.5), (14, -5, 9, 6)):
                self.pdf.ellipse(x + dx, y + dy, wide, high, style="F")

    def seal(self, x: float, y: float) -> None:
        """Stamp a round seal, as two offices of the Congress do; this one says what the drawing is."""
        with self.pdf.local_context(draw_color=(40, 60, 160), text_color=(40, 60, 160), line_width=1.1):
            for radius in (38.0, 25.0):
                self.pdf.circle(x=x, y=y, radius=radius)
            for n, sign in enumerate(_SEAL_WORDS):
                with self.pdf.rotation(-360 * n / len(_SEAL_WORDS), x, y):
                    self.text(x, y - 29, sign, "Helvetica", "B", 7, Align.C)
            for n, line in enumerate(("SIN", "VALOR", "OFICIAL")):
                self.text(x, y - 6 + 8 * n, line, "Helvetica", "B", 7, Align.C)
