"""How do Peru's Senate and Chamber of Deputies lay out a sheet? Drawn from facts, digital or as a picture of itself."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pypdfium2 as pdfium
from fpdf import FPDF

from tracker.sources.peru.chambers import members
from tracker.sources.peru.chambers.members import House

FIRST, REACH = 23.0, 121.0
"""Where the first column of names begins, and how far the last is from it, in millimetres of a page of 210 by 297."""
LEFTS = ((-0.079, 0.0, 0.3505), (0.4248, 0.502, 0.849), (0.9228, 1.0, 1.3485))
NAMES = {
    "AN": "AHORA NACIÓN",
    "FP": "FUERZA POPULAR",
    "JP": "JUNTOS POR EL PERÚ",
    "PBG": "PARTIDO DEL BUEN GOBIERNO",
    "PCO": "PARTIDO CÍVICO OBRAS",
    "RP": "RENOVACIÓN POPULAR",
}
TITLES = {"senate": "SENADO DE LA REPÚBLICA DEL PERÚ", "deputies": "CÁMARA DE DIPUTADOS DE LA REPÚBLICA DEL PERÚ"}
FOOTNOTE = "*** En este reporte de votación no se considera al congresista que ejerce la presidencia."
STAMPS = ("COPIA INFORMATIVA", "INFORMACIÓN PROVISIONAL", "SIN LOS VOTOS ORALES")
BOX = (
    ("A FAVOR (SI)", ("SI", "SI +++")),
    ("EN CONTRA (NO)", ("NO ---", "NO")),
    ("ABSTENCIÓN", ("Abst.",)),
    ("SIN RESPUESTA", ("SinRes", "***")),
    ("AUSENTE", ("AUS",)),
    ("LIC. OFICIAL", ("LO",)),
    ("LIC. PERSONAL", ("LP",)),
    ("LIC. POR ENFERMEDAD", ("LE",)),
    ("LIC. POR VIAJE", ("LV",)),
    ("SUSPENDIDO", ("SUS",)),
)
BOX_OF_ATTENDANCE = (("PRESENTE", ("PRE",)), *BOX[4:6], BOX[7], BOX[6], *BOX[8:])
USUAL = (
    *("chair", "session", "clock", "president", "kind", "title", "matter", "roll", "box", "table", "note", "foot"),
    "stamps",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The facts of a sheet. `marks` are codes by the name as the register prints it; everybody else has `usual`.

    `box` puts figures into the box of totals that the roll does not make; `parts` is the order of the file.
    """

    house: House
    day: str
    clock: str
    record: str
    matter: str = ""
    kind: str = "VOTACIÓN:"
    chair: str = "Torres Morales, Miguel Ángel"
    usual: str = "SI"
    marks: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    box: Mapping[str, int] = field(default_factory=dict)
    stamps: tuple[str, ...] = STAMPS
    title: str = ""
    parts: tuple[str, ...] = USUAL
    by_column: bool = False
    """The file holds the roll column by column, as no order is sure."""


def rows(sheet: Drawn) -> list[tuple[str, str, str]]:
    """Return group, name and code of each row, in the order of the alphabet."""
    seated = sorted(members.members(sheet.house), key=lambda one: members.fold(one.printed))
    unknown = set(sheet.marks) - {one.printed for one in seated}
    if unknown:
        raise ValueError(f"no member is printed so: {unknown}")
    return [(one.group, one.printed, sheet.marks.get(one.printed, sheet.usual)) for one in seated]


def pdf_of(*sheets: Drawn) -> bytes:
    """Draw a document with a page for each sheet."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2026, 10, 8, tzinfo=UTC))
    pdf.set_auto_page_break(False)
    for sheet in sheets:
        pdf.add_page()
        _Page(pdf, sheet).draw()
    return bytes(pdf.output())


class _Page:
    def __init__(self, pdf: FPDF, sheet: Drawn) -> None:
        self.pdf, self.sheet, self.rows = pdf, sheet, rows(sheet)
        self.pitch = 7.2 if sheet.house == "senate" else 3.75
        self.high = -(-len(self.rows) // 3)
        self.top, self.foot = 38.0, 38.0 + self.high * self.pitch + 4
        self.attendance = not sheet.kind.startswith("VOTACIÓN")

    def at(self, x: float, y: float, text: str, size: float = 7.0) -> None:
        self.pdf.set_font("helvetica", size=size)
        self.pdf.text(x, y, text)

    def ending(self, x: float, y: float, text: str, size: float = 7.0) -> None:
        self.pdf.set_font("helvetica", size=size)
        self.pdf.text(x - self.pdf.get_string_width(text), y, text)

    def draw(self) -> None:
        for part in self.sheet.parts:
            getattr(self, f"_{part}")()

    def _chair(self) -> None:
        if not self.attendance:
            self.at(150, 18, self.sheet.chair)

    def _session(self) -> None:
        self.at(14, 18, f"Sesión del {self.sheet.day}")

    def _clock(self) -> None:
        self.at(60, 23, self.sheet.clock)

    def _president(self) -> None:
        if not self.attendance:
            self.at(130, 18, "*** Presidente:")

    def _kind(self) -> None:
        self.at(14, 23, self.sheet.kind, 9)

    def _title(self) -> None:
        self.at(70, 12, self.sheet.title or TITLES[self.sheet.house], 11)

    def _matter(self) -> None:
        if self.sheet.matter:
            self.at(14, 27, "Asunto:")
            for i, line in enumerate(_wrapped(self.sheet.matter, 110)):
                self.at(14, 30.5 + 3 * i, line)

    def _roll(self) -> None:
        places = [(column, row) for row in range(self.high) for column in range(3)]
        if self.sheet.by_column:
            places.sort()
        for column, row in places:
            at = column * self.high + row
            if at < len(self.rows):
                y = self.top + row * self.pitch
                for left, text in zip(LEFTS[column], self.rows[at], strict=True):
                    self.at(FIRST + left * REACH, y, self._cut(text) if text == self.rows[at][1] else text)

    def _cut(self, name: str) -> str:
        self.pdf.set_font("helvetica", size=7.0)
        while self.pdf.get_string_width(name) > 0.34 * REACH and " " in name:
            name = name.rpartition(" ")[0]
        return name

    def _box(self) -> None:
        counts = Counter(code for _, _, code in self.rows)
        self.at(FIRST - 9.5, self.foot, "RESULTADO DE ASISTENCIA" if self.attendance else "Resultado de")
        for i, (label, codes) in enumerate(BOX_OF_ATTENDANCE if self.attendance else BOX, 1):
            y = self.foot + 3.6 * i
            self.at(FIRST - 9.5, y, label)
            figure = self.sheet.box.get(label, sum(counts[code] for code in codes))
            self.ending(FIRST + 0.353 * REACH, y, str(figure))

    def _table(self) -> None:
        left = FIRST + 0.382 * REACH
        heads = ("Si+++", "No---", "Abst.", "Sin Resp.")
        columns: Sequence[tuple[str, ...]] = [codes for _, codes in BOX[:4]]
        if self.attendance:
            heads = ("PRESENTES", "AUSENTES", "LICENCIA", "SUPS.", "OTROS")
            columns = [("PRE",), ("AUS",), ("LO", "LP", "LE", "LV"), ("SUS",), ()]
        ends = [FIRST + REACH * (0.95 if self.attendance else 1.032) + 12 * i for i in range(len(columns))]
        self.at(left, self.foot, "GRUPO PARLAMENTARIO" if self.attendance else "Grupo Parlamentario")
        for end, head in zip(ends, heads, strict=True):
            self.ending(end, self.foot, head, 6)
        for i, (code, name) in enumerate(NAMES.items(), 1):
            y = self.foot + 3.6 * i
            self.at(left, y, code)
            self.at(left + 10, y, name)
            mine = Counter(mark for group, _, mark in self.rows if group == code)
            for end, codes in zip(ends, columns, strict=True):
                self.ending(end, y, str(sum(mine[mark] for mark in codes)))

    def _note(self) -> None:
        for i, line in enumerate(_wrapped(self.sheet.note, 90) if self.sheet.note else ()):
            self.at(FIRST + 0.382 * REACH, self.foot + 30 + 3.4 * i, line, 6.5)

    def _foot(self) -> None:
        if not self.attendance:
            self.at(14, 290, FOOTNOTE, 6)
        self.at(150, 290, self.sheet.record, 7)

    def _stamps(self) -> None:
        for i, stamp in enumerate(self.sheet.stamps):
            self.at(160, 277 + 3.2 * i, stamp, 6)


def _wrapped(text: str, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@dataclass(frozen=True, slots=True)
class Call:
    """A vote by roll call: numbered names with a P under SI, NO or ABST. (None: under none of them)."""

    house: House
    day: str
    clock: str
    matter: str
    marks: Sequence[tuple[str, int | None]]
    record: str = ""
    each: int = 40
    """Names on a page."""


def called(call: Call) -> bytes:
    """Draw a roll call by name over as many pages as it needs."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2026, 10, 8, tzinfo=UTC))
    pdf.set_auto_page_break(False)
    pdf.set_font("helvetica", size=8)
    columns = (140, 160, 180)
    for start in range(0, len(call.marks), call.each):
        pdf.add_page()
        if not start:
            pdf.text(70, 12, TITLES[call.house])
            pdf.text(14, 18, f"Sesión del {call.day}")
            pdf.text(14, 23, "VOTACIÓN NOMINAL")
            pdf.text(60, 23, call.clock)
            pdf.text(14, 28, f"Asunto: {call.matter}")
        for x, head in zip(columns, ("SI", "NO", "ABST."), strict=True):
            pdf.text(x, 36, head)
        for i, (name, place) in enumerate(call.marks[start : start + call.each]):
            y = 42 + 5.5 * i
            pdf.text(16, y, str(start + i + 1))
            pdf.text(28, y, name)
            if place is not None:
                pdf.text(columns[place] + 1, y, "P")
        if start + call.each >= len(call.marks) and call.record:
            pdf.text(150, 290, call.record)
    return bytes(pdf.output())


def by_hand(house: House, day: str) -> bytes:
    """Draw a page that says a vote was taken by show of hands."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2026, 10, 8, tzinfo=UTC))
    pdf.add_page()
    pdf.set_font("helvetica", size=9)
    for i, line in enumerate(
        (TITLES[house], f"Sesión del {day}", "VOTACIÓN: a mano alzada", "Aprobado por unanimidad")
    ):
        pdf.text(20, 20 + 6 * i, line)
    return bytes(pdf.output())


def scanned(document: bytes, dpi: int = 200) -> bytes:
    """Print pages and scan them: each becomes one picture without a letter of text."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2026, 10, 8, tzinfo=UTC))
    for page in pdfium.PdfDocument(document):
        picture = io.BytesIO()
        page.render(scale=dpi / 72).to_pil().convert("L").save(picture, "PNG")
        pdf.add_page()
        pdf.image(picture, 0, 0, 210, 297)
    return bytes(pdf.output())


def library(entries: Iterable[tuple[int, str, str]], kind: str = "application/pdf") -> bytes:
    """Write an answer of a media library: number, time and address of each file, newest first."""
    found = [{"id": n, "date": at, "mime_type": kind, "source_url": url} for n, at, url in entries]
    return json.dumps(found, ensure_ascii=False, indent=0).encode()


def member(number: int, name: str, *classes: str) -> dict[str, object]:
    """Return an entry of a list of members."""
    return {"id": number, "slug": f"m-{number}", "title": {"rendered": name}, "class_list": list(classes)}


def sessions(rows_: Iterable[tuple[str, str, Sequence[str]]]) -> bytes:
    """Write a table of sittings: day, what was dealt with, and the files of votes and attendances."""
    heads = ("Fecha", "Agenda", "Acta", "Diario de los Debates", "Temas tratados", "Votaciones y Asistencias", "Video")
    head = "".join(f"<th>{one}</th>" for one in heads)
    body = ""
    for day, matter, links in rows_:
        cell = "".join(f'<a class="fsm-pub-doc" href="{link}">Ver</a>' for link in links)
        body += (
            f'<tr data-periodo="2026-2027"><td data-search="{day}">{day}</td><td></td><td></td><td></td>'
            f"<td>{matter}</td><td>{cell}</td><td></td></tr>\n"
        )
    page = f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
    return f'<!DOCTYPE html>\n<html lang="es"><head><meta charset="utf-8"></head><body>{page}</body></html>'.encode()
