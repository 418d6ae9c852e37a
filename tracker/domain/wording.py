"""Which sentence and which citation can a reporter paste?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from tracker.domain.votes import Position, Spoken, Tally

Language = Literal["en", "es"]

_SMALL = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "es": ("ningún", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
}
_SIDE = {
    "en": {Position.YES: "yes", Position.NO: "no", Position.ABSTAIN: "abstention"},
    "es": {Position.YES: "a favor", Position.NO: "en contra", Position.ABSTAIN: "en abstención"},
}
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}


def sentence(
    final: Tally, board: Tally | None, spoken: tuple[Spoken, ...], language: Language, *, abstention: bool
) -> str:
    """Say a vote in one sentence: figures for the tally, and the voice votes that separate it from the board.

    Vote tabulations stand in figures, other counts under ten are spelled out (Associated Press practice).
    """
    counted = [s for s in spoken if s.counts and s.now in _SIDE[language]]
    if language == "es":
        text = f"por {final.yes} votos a favor y {final.no} en contra"
        if abstention:
            text = f"por {final.yes} votos a favor, {final.no} en contra y {_abstentions(final.abstain, 'es')}"
        if counted and board is not None and board != final:
            text += f", incluidos {_sides(counted, 'es')} registrados de viva voz tras el conteo electrónico ({board})"
        return f"{text}."
    text = f"by {final.yes} votes to {final.no}"
    if abstention:
        text += f", with {_abstentions(final.abstain, 'en')}"
    if counted and board is not None and board != final:
        text += f", including {_sides(counted, 'en')} recorded by voice after the electronic count ({board})"
    return f"{text}."


def _abstentions(count: int, language: Language) -> str:
    if language == "es":
        return f"{count} abstención" if count == 1 else f"{count} abstenciones"
    word = _SMALL["en"][count] if count < 10 else str(count)
    return f"{word} abstention" if count == 1 else f"{word} abstentions"


def _sides(spoken: list[Spoken], language: Language) -> str:
    parts = []
    for position in (Position.YES, Position.NO, Position.ABSTAIN):
        count = sum(1 for s in spoken if s.now is position)
        if not count:
            continue
        word = _SMALL[language][count] if count < 10 else str(count)
        side = _SIDE[language][position]
        if language == "es":
            parts.append(f"{word} {'voto' if count == 1 else 'votos'} {side}")
        else:
            parts.append(f"{word} {side} {'vote' if count == 1 else 'votes'}")
    joined = " y " if language == "es" else " and "
    return joined.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def day(value: date, language: Language) -> str:
    """Write a date out: `18 May 2023`, `18 de mayo de 2023`."""
    month = _MONTHS[language][value.month - 1]
    return f"{value.day} de {month} de {value.year}" if language == "es" else f"{value.day} {month} {value.year}"


def citation(
    chamber: str,
    sitting: date,
    taken_at: datetime | None,
    url: str,
    page: int | None,
    retrieved: datetime,
    sha256: str,
    language: Language,
) -> str:
    """Cite the official page: chamber, sitting, clock time, address and page, when it was retrieved, what its bytes were."""
    words = {
        "en": ("sitting of", "vote at", "page", "retrieved", "SHA-256"),
        "es": ("sesión del", "votación de las", "página", "consultado el", "SHA-256"),
    }[language]
    parts = [f"{chamber}, {words[0]} {day(sitting, language)}"]
    if taken_at is not None:
        parts.append(
            f"{words[1]} {taken_at:%H:%M}"
            + ("" if taken_at.date() == sitting else f", {day(taken_at.date(), language)}")
        )
    parts.append(url + (f", {words[2]} {page}" if page else ""))
    parts.append(f"{words[3]} {day(retrieved.date(), language)}")
    parts.append(f"{words[4]} {sha256[:12]}…")
    return "; ".join(parts) + "."
