"""What does the head of a vote sheet say: attendance or vote, of which chamber, when, in whose chair, about what?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.domain.people import fold
from tracker.sources.peru import days
from tracker.sources.peru.form import Line, near

PERMANENT = "comision permanente"
LATEST = timedelta(hours=32)
"""How long after the midnight it began on a sitting day may still vote: the latest vote seen was taken at 5:26 am of
the next day. A clock that says more means that one of the two dates was read wrongly."""
_CLOCK = re.compile(
    r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})\D{0,12}?(?:h[o0]ra)?\s*:?\s*(\d{1,2})\s*[:.;]\s*(\d{2})\s*([ap])\s*\.?\s*m",
    re.IGNORECASE,
)
_CHAIR = re.compile(r"pre\w{0,2}iden\w{2,3}\s*[:;.]\s*(.+)", re.IGNORECASE)
_PROVISIONAL = ("copia informativa", "informacion provisional", "sin los votos orales", "sin registros orales")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a sheet. `taken` is the clock time without its zone, `chair` the presiding member as printed.

    `kind` is `vote` or `attendance`. `organ` is the line that names the chamber, or the Permanent Commission; `term`
    the legislature and, if the line says so, that the sitting is extraordinary.
    """

    kind: str
    organ: str
    term: str
    sitting: date | None
    taken: datetime | None
    chair: str | None
    subject: str
    provisional: bool

    @property
    def permanent(self) -> bool:
        """Whether it is a sheet of the Permanent Commission."""
        return PERMANENT in fold(self.organ)


def read(lines: Sequence[Line], foot: str = "") -> Head | None:
    """Read the lines above the roll; None if they do not say whether it is a vote or an attendance list.

    `foot` is the text below the roll, where a provisional copy says that it is one.
    """
    kind = next((kind for line in lines if (kind := _kind(line))), None)
    if kind is None:
        return None
    texts = [line.text for line in lines]
    clock = next((found for text in texts if (found := clock_time(text))), None)
    chair = next((match[1].strip(" .,*") for text in texts if (match := _CHAIR.search(text))), None)
    session = next((text for text in texts if near(text, "sesiondel", "sesionvirtual", "sesion")), "")
    said = fold(" ".join([*texts, foot]))
    return Head(
        kind=kind,
        organ=_organ(texts[: _matter(lines)]),
        term=next((text for text in texts if re.search(r"legislatura", fold(text))), ""),
        sitting=_sitting(texts, session, clock),
        taken=clock,
        chair=_name(chair),
        subject=_subject(lines),
        provisional=any(mark in said for mark in _PROVISIONAL),
    )


def _organ(texts: Sequence[str]) -> str:
    """Return the line that names the Permanent Commission, wherever it stands, else the first that names a chamber."""
    named = [text for text in texts if re.search(rf"congreso|senado|camara|{PERMANENT}", fold(text))]
    return next((text for text in named if PERMANENT in fold(text)), named[0] if named else "")


def _kind(line: Line) -> str | None:
    for word in line.words:
        if near(word.text, "votacion"):
            return "vote"
        if near(word.text, "asistencia"):
            return "attendance"
    return None


def clock_time(text: str) -> datetime | None:
    """Read `Fecha: 16/10/2024 Hora: 10:10 am`; None if there is no such time or it is none of the clock's."""
    match = _CLOCK.search(text)
    if match is None:
        return None
    day, month, year, hour, minute = (int(match[n]) for n in range(1, 6))
    if not 1 <= hour <= 12:
        return None
    try:
        return datetime(year, month, day, hour % 12 + (12 if match[6].lower() == "p" else 0), minute)  # noqa: DTZ001 - the zone is the chamber's
    except ValueError:
        return None


def _sitting(texts: Sequence[str], session: str, clock: datetime | None) -> date | None:
    """Return the day of the sitting; a vote after midnight still prints the day on which the sitting began."""
    named = days.listed(session) or next((found for text in texts[:6] if (found := days.listed(text))), ())
    if not named:
        return None
    return named[0] if is_of(named[0], clock) else None


def is_of(day: date, clock: datetime | None) -> bool:
    """Whether a clock time, if there is one, can be of the sitting that began on a day."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the zone is the chamber's
    return clock is None or timedelta(0) <= clock - midnight <= LATEST


def _name(text: str | None) -> str | None:
    """Return the presiding member's name, `SALHUANA CAVIDES, EDUARDO`; None if what stands there is no name."""
    if text is None:
        return None
    name = " ".join(text.split())
    return name if len(fold(name).split()) >= 2 else None


def _subject(lines: Sequence[Line]) -> str:
    """Return the matter: what stands between `Asunto:` and the roll."""
    at = _matter(lines)
    if at == len(lines):
        return ""
    first = re.sub(r"^\W*asunto\s*[:;.]?\s*", "", lines[at].text, flags=re.IGNORECASE)
    return joined([first, *(line.text for line in lines[at + 1 :])])


def _matter(lines: Sequence[Line]) -> int:
    """Return at which line the matter begins; one behind the last if none says so."""
    return next((i for i, line in enumerate(lines) if near(line.text, "asunto")), len(lines))


def joined(parts: Sequence[str]) -> str:
    """Put lines together; one that ends in a hyphen goes on without a blank."""
    text = ""
    for part in (" ".join(part.split()) for part in parts):
        text += part if not text or text.endswith("-") else f" {part}"
    return text.strip()
