"""What do the files of one record of openpolitica's transcription say, before any of it is believed?

A record is a folder, `data/PERIOD/YEAR/MONTH/DAY/CLOCK-KIND`: the day is the sitting's, the clock the record's own date
and time (after midnight that of the next day), the kind `votacion` or `asistencia`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tracker.domain.people import fold
from tracker.sources.contract import Unreadable
from tracker.sources.peru import tables
from tracker.sources.peru.bundle import Bundle

VOTE, ATTENDANCE = "votacion", "asistencia"
ABOUT, TOTALS, TABLE, NOTES = "metadatos.csv", "resultados.csv", "resultados_grupo.csv", "notas.csv"
ROLLS = {VOTE: "votaciones.csv", ATTENDANCE: "asistencias.csv"}
LABELS = "etiquetas.csv"
"""The annotators' own keywords: kept with the record, not read."""
SESSION, GROUPS = "../pleno.csv", "../grupo_parlamentario.csv"
OWN = frozenset((*ROLLS.values(), ABOUT, TOTALS, TABLE, NOTES, LABELS))
"""What is kept of a record's folder; a log of the reading machine and tables in an older form stay out."""
SHARED = frozenset(name.removeprefix("../") for name in (SESSION, GROUPS))
"""What is kept of the folder of its sitting."""
COUNTS = {
    VOTE: ("si", "no", "abstenciones", "sin_responder", "ausentes", "licencias", "otros"),
    ATTENDANCE: ("presentes", "ausentes", "licencias", "suspendidos", "otros"),
}
SEATS, ALL = "numero_legal", "TOTAL"
LONGEST_ADDRESS = 500

_PATH = re.compile(
    r"data/(?P<period>\d{4}-\d{4})/(?P<day>\d{4}/\d\d/\d\d)"
    rf"/(?P<name>(?P<date>\d{{4}}-\d\d-\d\d)T(?P<hour>\d\d)-(?P<minute>\d\d))-(?P<kind>{VOTE}|{ATTENDANCE})"
)
_OFFICIAL = re.compile(r"https?://(?:[a-z0-9-]+\.)*congreso\.gob\.pe/[^\s\\\"'<>]*")
"""No user, port or backslash: browsers read those otherwise than they look."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a record's path says: its name (`2023-05-19T00-10`), its kind, the sitting day, the clock (Lima's)."""

    name: str
    kind: str
    sitting: date
    clock: datetime


def place(path: str) -> Place | None:
    """Read the path of a record's folder; None if it is none."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    try:
        sitting = date.fromisoformat(match["day"].replace("/", "-"))
        clock = datetime.combine(date.fromisoformat(match["date"]), time(int(match["hour"]), int(match["minute"])))
    except ValueError:
        return None
    return Place(match["name"], match["kind"], sitting, clock)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the roll: the group and name beside each other, and the transcribers' word for the code."""

    group: str | None
    name: str
    word: str


@dataclass(slots=True)
class Transcript:
    """What a record says. `clock` is the time its own metadata gives, None if it gives none that can be read.

    `totals` and `table` are counts by column, the table's by group; None, and no row, where the file is not there.
    `doubts` speak against the record, `remarks` do not; each has a code for findings.
    """

    place: Place
    rows: tuple[Row, ...]
    clock: datetime | None = None
    subject: str = ""
    president: str = ""
    session: str = ""
    official_urls: tuple[str, ...] = ()
    totals: Mapping[str, int] | None = None
    table: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    doubts: list[str] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def taken_at(self) -> datetime | None:
        """The clock time, if folder and metadata agree on it and it can belong to the sitting; else it stays open."""
        days = (self.place.clock.date() - self.place.sitting).days
        return self.place.clock if self.clock == self.place.clock and days in (0, 1) else None


def read(bundle: Bundle, url: str) -> Transcript:
    """Read the files of a record.

    Unreadable, besides the codes of `tables`: `not_a_record`, `missing_file` for the roll or the metadata, `no_name`.
    """
    where = place(bundle.folder)
    if where is None:
        raise Unreadable("not_a_record", f"{url}: {bundle.folder!r} is no folder of a vote or an attendance list")
    found = Transcript(where, tuple(_roll(bundle, where.kind)))
    _about(bundle, found)
    _session(bundle, found)
    _totals(bundle, found)
    _notes(bundle, found)
    return found


def _file(bundle: Bundle, name: str) -> tuple[bytes, str]:
    content = bundle.files.get(name)
    if content is None:
        raise Unreadable("missing_file", f"{bundle.folder} has no {name}; without it there is no record")
    return content, f"{bundle.folder}/{name}"


def _roll(bundle: Bundle, kind: str) -> Iterator[Row]:
    content, where = _file(bundle, ROLLS[kind])
    # Four files have a column of numbers.
    for group, name, word, _ in tables.rows(
        content, where, ("grupo_parlamentario", "congresista", kind), perhaps=("numero",)
    ):
        if not name:
            raise Unreadable("no_name", f"{where}: a row has no name")
        yield Row(group or None, name, word)


def _told(bundle: Bundle, name: str, columns: tuple[str, str], found: Transcript) -> dict[str, str]:
    """Read a file of keys and values; a key that comes twice with different values is a doubt."""
    content, where = _file(bundle, name)
    told: dict[str, str] = {}
    listed, regular = tables.pairs(content, where, columns)
    if not regular:
        found.remarks.append(("broken_quotes", f"{name}: its quotes are not in order, it was read line by line"))
    for key, value in listed:
        if told.setdefault(key, value) != value:
            found.doubts.append(f"{name} gives {key} twice: {told[key][:80]!r} and {value[:80]!r}")
    return told


def _about(bundle: Bundle, found: Transcript) -> None:
    told = _told(bundle, ABOUT, ("metadato", "valor"), found)
    clock = f"{told.get('dia', '')}T{told.get('hora', '')}"
    found.subject, found.president = told.get("asunto", ""), told.get("presidente", "")
    try:
        found.clock = datetime.strptime(clock, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - Lima's clock; the zone comes with the sheet
    except ValueError:
        found.doubts.append(f"{ABOUT} gives no clock time: {clock[:40]!r}")
    here = found.place
    if found.clock not in (None, here.clock):
        found.doubts.append(
            f"the folder says {here.clock:%Y-%m-%d %H:%M}, {ABOUT} {found.clock:%Y-%m-%d %H:%M}: one of them is wrong, "
            f"or this is a copy of the record of {found.clock:%H:%M}; the clock time stays open"
        )
    elif not here.sitting <= here.clock.date() <= here.sitting + timedelta(days=1):
        found.doubts.append(f"a record of {here.clock:%Y-%m-%d} cannot be of the sitting of {here.sitting}")


def _session(bundle: Bundle, found: Transcript) -> None:
    if SESSION not in bundle.files:
        found.remarks.append(("missing_file", f"no {SESSION[3:]} says which sitting it is, nor where its sheets lie"))
    else:
        told = _told(bundle, SESSION, ("metadato", "valor"), found)
        found.session = told.get("sesion", "")
        day, sitting = told.get("dia", ""), found.place.sitting.isoformat()
        if day != sitting:
            found.doubts.append(f"the folder says it is the sitting of {sitting}, {SESSION[3:]} of {day[:40]!r}")
        # The records of a day with several files lie in one folder, which may give more than one address.
        given = told.get("url_pdf", "").split()
        found.official_urls = tuple(url for url in given if is_official(url))
        if not given or len(found.official_urls) < len(given):
            found.remarks.append(("no_official_page", f"{told.get('url_pdf', '')[:200]!r} is no page of the Congress"))
    if GROUPS in bundle.files:
        found.groups = _told(bundle, GROUPS, ("grupo_parlamentario", "descripcion"), found)


def is_official(url: str) -> bool:
    """Whether an address is one of the Congress's own site; links are shown, so nothing else passes."""
    return _OFFICIAL.fullmatch(url) is not None and url.isprintable() and len(url) <= LONGEST_ADDRESS


def _totals(bundle: Bundle, found: Transcript) -> None:
    counts = COUNTS[found.place.kind]
    for name in (TOTALS, TABLE):
        if name not in bundle.files:
            found.remarks.append(("missing_file", f"there is no {name}"))
    if TOTALS in bundle.files:
        told = _told(bundle, TOTALS, ("resultado", "total"), found)
        if lacking := [key for key in counts if key not in told]:
            found.remarks.append(("missing_count", f"{TOTALS} has no {', '.join(lacking)}"))
        found.totals = {key: tables.number(value, f"{TOTALS}, {key}") for key, value in told.items()}
    if TABLE in bundle.files:
        found.table = _table(bundle, found)


def _table(bundle: Bundle, found: Transcript) -> dict[str, dict[str, int]]:
    """Read the table by group; the files of a few records lack a column that others have."""
    content, where = _file(bundle, TABLE)
    sure, *perhaps = COUNTS[found.place.kind]
    table: dict[str, dict[str, int]] = {}
    for group, *cells in tables.rows(content, where, ("grupo_parlamentario", SEATS, sure), perhaps=perhaps):
        if group in table:
            found.doubts.append(f"{TABLE} has {group!r} twice")
        counts = zip((SEATS, sure, *perhaps), cells, strict=True)
        table[group] = {key: tables.number(cell, f"{where}, {group}") for key, cell in counts if cell}
    return table


def _notes(bundle: Bundle, found: Transcript) -> None:
    if NOTES not in bundle.files:
        found.remarks.append(("missing_file", f"there is no {NOTES}, so that nothing says whether the sheet has notes"))
        return
    content, where = _file(bundle, NOTES)
    listed, regular = tables.pairs(content, where, ("hora", "nota"))
    if not regular:
        found.remarks.append(("broken_quotes", f"{NOTES}: its quotes are not in order, it was read line by line"))
    texts: dict[str, str] = {}
    for hour, note in listed:
        if found.clock is not None and hour != f"{found.clock:%H:%M}":
            found.remarks.append(("note_of_another_time", f"a note is of {hour[:20]!r}: {note[:100]!r}"))
        if not note:
            continue
        if fold(note) in texts:
            found.remarks.append(("note_twice", f"a note stands there twice: {note[:100]!r}"))
        texts.setdefault(fold(note), note)
    found.notes = tuple(texts.values())
