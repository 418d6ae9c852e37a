"""What stands below the roll of a vote sheet: the totals by code, the table by group, the chair's note, the number?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from tracker.domain.evidence import Word
from tracker.domain.people import fold
from tracker.sources.peru import passage
from tracker.sources.peru.form import BENCHES, COLUMNS, LINE, NUMBERS, Layout, figure, lines, middle

LABELS = {
    "SI +++": ("si", "a favor si"),
    "NO ---": ("no", "en contra no"),
    "Abst.": ("abst", "abstencion"),
    "SinRes": ("sinres", "sin respuesta"),
    "PRE": ("presentes pre",),
    "aus": ("ausentes aus", "ausente"),
    "LO": ("con licencia oficial lo", "lic oficial"),
    "LE": ("licencia por enfermedad le", "lic por enfermedad"),
    "LP": ("licencia personal lp", "lic personal"),
    "LV": ("lic por viaje", "licencia por viaje lv"),
    "Com": ("comision ordinaria com",),
    "CEI": ("com ext internacional cei",),
    "JP": ("junta de portavoces jp",),
    "Ban": ("bancada ban",),
    "Sus": ("suspendidos sus", "suspendido"),
    "F": ("fallecidos f",),
}
"""The labels of the totals, folded, by the code they count."""
ALIKE = 80
"""How alike, of 100, a label must be to a known one, and more so than to any other by ten."""

_RECORD = re.compile(r"(\d{5})\s*[-–—]\s*(\d{5})\s*[-–—]\s*(\d{4,6})(?:\s*[-–—]\s*([SD])\b)?")
_GLUED = re.compile(r"([0-9oO]{1,3})\s*(?=(?:El|La|Los|Las|EL|LA)\b|[a-záéíóúñ]{2,})")
_FOOTNOTE = re.compile(r"en este reporte de vot", re.IGNORECASE)
_BENCH = re.compile(r"(\w{1,5}(?:\s?-\s?\w{1,4})?)\s+([A-ZÁÉÍÓÚÑ].{3,})")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number and how surely it was read; `value` None: something stands there that is no number."""

    value: int | None
    sure: float


@dataclass(frozen=True, slots=True)
class Bench:
    """One row of the table by group: code, name as printed, the figures under yes, no, abstention, no response."""

    code: str
    name: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The number of a record: of the sitting, of the item, and of the vote or the attendance; `chamber` S or D."""

    sitting: str
    item: str
    serial: str
    chamber: str = ""


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below the roll. `totals` by code; `unknown` are labels that are none of the known ones.

    `torn` says where a piece of the note seems to be lost.
    """

    totals: dict[str, Figure]
    benches: tuple[Bench, ...]
    note: str
    record: Record | None
    unknown: tuple[str, ...] = ()
    torn: tuple[str, ...] = ()


def read(sheet: Layout) -> Foot:
    """Read everything below the roll."""
    words = list(_unglued(sheet.foot, sheet.at(NUMBERS)))
    edge = (sheet.at(NUMBERS) + sheet.at(BENCHES)) / 2
    totals, unknown, last = _totals([w for w in words if w.box[2] < edge], sheet)
    benches, low = _benches([w for w in words if w.box[0] >= edge - LINE], sheet)
    record = next((found for word in reversed(words) if (found := record_of(word.text))), None)
    record = record or next((found for line in reversed(lines(words)) if (found := record_of(line.text))), None)
    below = [w for w in words if low + LINE / 2 < middle(w) < _end(words) - LINE / 2]
    note = passage.read(below, edge, last)
    return Foot(totals, benches, note.text, record, unknown, note.torn)


def record_of(text: str) -> Record | None:
    """Read `31289 - 46802 - 07844` or `41010 - 58450 - 10009 - S`; None if it is none."""
    match = _RECORD.search(text)
    return Record(match[1], match[2], match[3], match[4] or "") if match else None


def label_of(text: str) -> str | None:
    """Return the code that a label of the totals stands for; None if it is like none of the known ones, or two."""
    plain = fold(text)
    if not plain:
        return None
    known = {label: code for code, labels in LABELS.items() for label in labels}
    ranked = process.extract(plain, known.keys(), scorer=fuzz.ratio, limit=4)
    code = known[ranked[0][0]]
    rival = next((score for label, score, _ in ranked[1:] if known[label] != code), 0)
    return code if ranked[0][1] >= ALIKE and ranked[0][1] - rival >= 10 else None


def _unglued(words: Iterable[Word], edge: float) -> Iterable[Word]:
    """Cut a total from the line of the note that runs into it: `1El congresista`, `0deja constancia`."""
    for word in words:
        match = _GLUED.match(word.text)
        left, top, right, bottom = word.box
        if match and left < edge + LINE and right > edge + 0.1:
            yield Word(match[1], (left, top, min(edge, right), bottom), word.confidence)
            yield Word(word.text[match.end() :], (max(left, edge), top, right, bottom), word.confidence)
        else:
            yield word


def _totals(words: Sequence[Word], sheet: Layout) -> tuple[dict[str, Figure], tuple[str, ...], float]:
    """Read labels and numbers of the left block; return also how far down it reaches."""
    totals: dict[str, Figure] = {}
    unknown: list[str] = []
    last = 0.0
    for line in lines(words):
        number = next((w for w in line.words if abs(w.box[2] - sheet.at(NUMBERS)) < 0.02), None)
        label = " ".join(w.text for w in line.words if w is not number and w.box[0] < sheet.at(NUMBERS) - 0.03)
        code = label_of(label)
        if code is None or code in totals:
            if number is not None and label and fold(label) not in ("asistencia para quorum",):
                unknown.append(label)
            continue
        last = max(last, line.middle)
        if number is not None:
            totals[code] = Figure(figure(number), number.confidence)
    return totals, tuple(unknown), last


def _benches(words: Sequence[Word], sheet: Layout) -> tuple[tuple[Bench, ...], float]:
    """Read the rows of the table by group: a code at its place, and numbers that end where the columns do."""
    found: list[Bench] = []
    low = 0.0
    for first in sorted((w for w in words if abs(w.box[0] - sheet.at(BENCHES)) < 0.012), key=middle):
        if found and middle(first) - low > 5 * LINE:
            break
        beside = [w for w in words if abs(middle(w) - middle(first)) < LINE]
        figures = tuple(_at(beside, sheet.at(place)) for place in COLUMNS)
        code, name = _bench(beside, sheet)
        if code is None:
            continue
        found.append(Bench(code, name, figures))
        low = middle(first)
    return tuple(found), low


def _bench(beside: Sequence[Word], sheet: Layout) -> tuple[str | None, str]:
    """Return code and name of a group; a long code runs into the name: `AP-PIS AVANZA PAÍS - PARTIDO DE …`."""
    named = sorted((w for w in beside if w.box[0] < sheet.at(COLUMNS[0]) - 0.03), key=lambda w: w.box[0])
    if len(named) == len(beside):
        return None, ""  # a row without a single figure is a line of the note
    text = " ".join(w.text for w in named)
    match = _BENCH.match(text)
    # Groups are printed in capitals; a line of the note may begin as a group does: "Jon Tay, Echaíz de Núñez …".
    if match is None or sum(map(str.islower, match[2])) > 0.5 * sum(map(str.isalpha, match[2])):
        return None, text
    return match[1].replace(" ", "").upper(), match[2].strip()


def _at(beside: Sequence[Word], place: float) -> Figure | None:
    near = [w for w in beside if abs(w.box[2] - place) < 0.016 and w.box[2] - w.box[0] < 0.045]
    word = min(near, key=lambda w: abs(w.box[2] - place), default=None)
    return None if word is None else Figure(figure(word), word.confidence)


def _end(words: Sequence[Word]) -> float:
    """Return how far down the chair's note can reach: to the footnote, the record's number, or the page's end."""
    last = [middle(word) for word in words if _FOOTNOTE.search(fold(word.text))]
    last += [line.middle for line in lines(words) if record_of(line.text)]
    return min(last, default=1.0)
