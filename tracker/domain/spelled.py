"""How are counts, lists and dates written in a sentence?"""

from __future__ import annotations

from datetime import date
from typing import Literal

Language = Literal["en", "es"]

_SMALL = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "es": ("ningún", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
}
_PRESS_MONTHS = (
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
_MONTHS = {  # the Spanish ones as Peru writes them: setiembre
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip


def word(count: int, language: Language) -> str:
    """Spell a count under ten."""
    return _SMALL[language][count] if count < 10 else str(count)


def many(count: int, one: str, more: str) -> str:
    """Write a count with what is counted."""
    return f"{count} {one if count == 1 else more}"


def join(parts: list[str], language: Language) -> str:
    """Join with commas and a last *and*."""
    *most, last = parts
    return f"{', '.join(most)} {'y' if language == 'es' else 'and'} {last}" if most else last


def day(value: date, language: Language) -> str:
    """Write a date out: `18 May 2023`, `18 de mayo de 2023`."""
    month = _MONTHS[language][value.month - 1]
    return f"{value.day} de {month} de {value.year}" if language == "es" else f"{value.day} {month} {value.year}"


def press_day(value: date) -> str:
    """Write a date out as agencies do: `May 18, 2023`, `Sept. 28, 2023`."""
    return f"{_PRESS_MONTHS[value.month - 1]} {value.day}, {value.year}"


def cut(text: str, longest: int) -> str:
    """Cut a text at a word, and say so."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.-–—(«“\"'") + "…"
