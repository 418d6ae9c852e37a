"""What does a sheet of the two chambers say, read from its letters in whatever order the file gives them?

Sheets born digital keep no order: the matter stands before the title, after the record's number, or nowhere; a line
holds three rows of the roll or a single cell. So what is recognised is taken away piece by piece; what is left in
capitals outside the roll is the matter, what is left in small letters the chair's note.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tracker.sources.peru import days
from tracker.sources.peru.chambers import roll, totals
from tracker.sources.peru.chambers.roll import Row, Spelled
from tracker.sources.peru.chambers.slate import Slate, clean
from tracker.sources.peru.chambers.totals import Totals
from tracker.sources.peru.foot import Record, record_of
from tracker.sources.peru.head import clock_time, is_of, joined

_RECORD = re.compile(r"\d{5}\s*[-–—]\s*\d{5}\s*[-–—]\s*\d{4,6}(?:\s*[-–—]\s*[SD]\b)?")
_FOOTNOTE = re.compile(
    r"(?:\*{3}\s*)?En este reporte de (?:votaci[óo]n|asistencia)[\s\w]{0,80}?presidencia\.?".replace(" ", r"\s+"),
    re.IGNORECASE,
)
_PROVISIONAL = re.compile(
    r"COPIA\s+INFORMATIVA|INFORMACI[ÓO]N\s+PROVISIONAL|SIN\s+(?:LOS\s+)?(?:VOTOS|REGISTROS)\s+ORALES"
)
_SIGNATURE = re.compile(
    r"Firmado digitalmente por[^\0]{0,160}?\b(?:soft|hard)\b|Motivo\s*:[^\n\0]{0,80}"
    r"|Fecha\s*:\s*\d{2}/\d{2}/\d{4}\s+\d{2}:\d{2}:\d{2}\s*-\s*0500"
)
"""How public bodies of Peru show an electronic signature on a page."""
_CLOCK = re.compile(
    r"Fecha\s*:?\s*\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}\s*,?\s*Hora\s*:?\s*\d{1,2}\s*:\s*\d{2}\s*[ap]\.?\s*m\.?", re.I
)
_SITTING = re.compile(r"Sesi[óo]n\b[^\n\0]{0,80}?\bde(?:l)?\s+20\d\d|(?m:^)SESI[ÓO]N\b[^\n\0]{0,80}?\bDEL?\s+20\d\d")
_TERM = re.compile(r"[A-ZÁÉÍÓÚ][\wáéíóú ]{0,40}Legislatura [\wáéíóú ]{0,40}\d{4}\s*[-–]\s*\d{4}")
_CHAIR = re.compile(r"\*{3}\s*President[ea]\s*:?(?:[ ]*(?P<name>[^\n\0,]{4,60},[ ][^\n\0]{2,40}))?")
_MATTER = re.compile(r"Asunto\s*:", re.IGNORECASE)
_KINDS = (
    ("nominal", re.compile(r"VOTACI[ÓO]N\s+NOMINAL\s*:?")),
    ("vote", re.compile(r"VOTACI[ÓO]N\s*:")),
    ("attendance", re.compile(r"ASISTENCIA\s*:")),
    ("quorum", re.compile(r"(?:VERIFICACI[ÓO]N\s+DE(?:L)?\s+)?QU[ÓO]RUM\s*:")),
)


def _title(words: str) -> re.Pattern[str]:
    """A title stands alone on its line; a matter may hold the same words."""
    whole = words.replace(" ", r"\s+").replace("Á", "[ÁA]").replace("Ú", "[ÚU]")
    return re.compile(rf"(?:(?m:^)|(?<=\0))[ ]*{whole}(?:\s+DEL\s+PER[ÚU])?(?=[ ]*(?:\n|\0|\Z))")


_TITLES = {
    "S": _title("SENADO DE LA REPÚBLICA"),
    "D": _title("CÁMARA DE DIPUTADOS(?: DE LA REPÚBLICA)?"),
    "": _title("CONGRESO DE LA REPÚBLICA"),
}
_PERSON = re.compile(
    r"[A-ZÁÉÍÓÚÑ][\w'’.-]*(?: (?:[A-ZÁÉÍÓÚÑ][\w'’.-]*|de|del|la|las|los|y)){0,5}, "
    r"[A-ZÁÉÍÓÚÑ][\w'’.-]*(?: (?:[A-ZÁÉÍÓÚÑ][\w'’.-]*|de|del|la|las|los)){0,5}"
)
_HANDS = re.compile(r"a\s+mano\s+alzada", re.IGNORECASE)
LONGEST = 4_000
"""Letters of a matter or a note; the form has room for about 450 and 1,600."""


@dataclass(frozen=True, slots=True)
class Text:
    """A page as read from its letters.

    `kind` is `vote`, `nominal`, `attendance`, `quorum` or None; `titles` the chambers whose name stands over it (S, D);
    `loose` are names inside the roll that belong to no row, `notes` paragraphs in small letters.
    """

    kind: str | None
    titles: frozenset[str]
    sitting: date | None
    session: str
    taken: datetime | None
    chair: str | None
    subject: str
    rows: tuple[Row, ...]
    loose: tuple[str, ...]
    totals: Totals
    notes: tuple[str, ...]
    record: Record | None
    provisional: bool
    by_hand: bool
    """Whether it says that the vote was taken by show of hands: then nobody's vote is on record."""
    torn: tuple[str, ...] = ()
    """Where a piece of a note seems to be lost, on a picture."""


def read(text: str, groups: Collection[str], codes: Spelled, *, known: roll.Known, by_eye: bool = False) -> Text:
    """Read a page from its letters. `groups` are the codes of groups the sheet lists; the page's table may have others.

    `known` says whether a name is a member's; `by_eye` that the text was recognised on a picture, where words below
    the roll may be stamps and count for no matter.
    """
    slate = Slate(clean(text))
    number = slate.take(_RECORD)
    slate.take_all(_FOOTNOTE)
    slate.take_all(_SIGNATURE)
    provisional = bool(slate.take_all(_PROVISIONAL))
    clock, session = slate.take(_CLOCK), slate.take(_SITTING)
    taken = clock_time(clock[0]) if clock else None
    counted = totals.read(slate, by_eye=by_eye)
    titles = frozenset(letter for letter, title in _TITLES.items() if letter and slate.take(title))
    slate.take_all(_TITLES[""])
    slate.take_all(_TERM)
    kinds = [kind for kind, pattern in _KINDS if slate.take_all(pattern)]
    chair = _chair(slate, known)
    slate.take_all(_MATTER)
    rows = roll.read(slate, {*groups, *(bench.code for bench in counted.benches)}, codes)
    rows, loose = roll.settle(rows, known)
    first, last = (rows[0].start, rows[-1].end) if rows else (len(slate.left), 0)
    left = [(place, line) for place, line in slate.lines() if any(sign.isalpha() for sign in line)]
    loose += [line for place, line in left if first <= place < last and _is_capitals(line)]
    outside = [(place, line) for place, line in left if not first <= place < last]
    if by_eye and rows:  # what else stands on a picture may be a seal: the matter is above the roll, the notes below
        loose = [name for name in loose if known(name, None)]
        outside = [(place, line) for place, line in outside if _is_capitals(line) == (place < first)]
    prose = [line for _, line in outside if not _is_capitals(line)]
    matter = [line for _, line in outside if _is_capitals(line)]
    return Text(
        kind=_kind(kinds, rows),
        titles=titles,
        sitting=_sitting(session[0] if session else "", taken),
        session=" ".join(session[0].split()) if session else "",
        taken=taken,
        chair=chair,
        subject=joined(matter)[:LONGEST],
        rows=tuple(rows),
        loose=tuple(loose),
        totals=counted,
        notes=tuple(_paragraphs(prose)),
        record=record_of(number[0]) if number else None,
        provisional=provisional,
        by_hand=_HANDS.search(text) is not None,
    )


def _kind(kinds: Collection[str], rows: Iterable[Row]) -> str | None:
    """Return what is recorded; where a page names two, or none, the codes of its roll tell attendance from vote."""
    if len(kinds) == 1:
        [kind] = kinds
        return kind
    codes = {row.code for row in rows}
    if not codes:
        return "nominal" if "nominal" in kinds else None
    if "PRE" in codes:
        return "attendance" if "attendance" in kinds or not kinds else "quorum"
    return "vote" if "vote" in kinds or not kinds else None


def _chair(slate: Slate, known: roll.Known) -> str | None:
    """Return who presides: behind the label, or a member on a line of its own anywhere, in small letters.

    A line of a note may look like it (`Sarmiento, Ventura Ángel`), but is no member's name.
    """
    label = slate.take(_CHAIR)
    if label is not None and label["name"]:
        return " ".join(label["name"].split())
    for place, line in slate.lines():
        if _PERSON.fullmatch(line) and not _is_capitals(line) and known(line, None):
            slate.cut(place, place + len(line))
            return line
    return None


def _sitting(session: str, taken: datetime | None) -> date | None:
    """Return the day of the sitting; a vote after midnight still prints the day on which the sitting began."""
    named = days.listed(session)
    return named[0] if named and is_of(named[0], taken) else None


def _is_capitals(line: str) -> bool:
    small = sum(sign.islower() for sign in line)
    return small * 2 < sum(sign.isalpha() for sign in line)


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """Put the lines of notes together; a line that ends in a full stop ends its paragraph."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if line.endswith((".", ".»", '."')):
            yield joined(held)[:LONGEST]
            held = []
    if held:
        yield joined(held)[:LONGEST]
