"""Which words does a reader see? Every one of them stands in `locale/`, in Spanish and in English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from tracker.domain import wording

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, ...] = ("es", "en")


def _flat(table: Mapping[str, Any], before: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{key}.")
        else:
            flat[before + key] = value
    return flat


class Words:
    """The words of one language: `say("tally.board")`, with values in braces filled in."""

    def __init__(self, language: Language) -> None:
        self.language = language
        path = Path(__file__).parent / "locale" / f"{language}.toml"
        self.entries = _flat(tomllib.loads(path.read_text(encoding="utf-8")))

    def __call__(self, key: str, **values: object) -> str:
        """Return an entry. KeyError names one that is missing."""
        return self.entries[key].format(**values) if values else self.entries[key]

    def or_none(self, key: str) -> str | None:
        """Return an entry, None if there is none: for words that sources coin."""
        return self.entries.get(key)

    def count(self, key: str, n: int, **values: object) -> str:
        """Return an entry in its singular or plural form: `1 voto`, `2 votos`."""
        return self(f"{key}.{'one' if n == 1 else 'other'}", n=self.number(n), **values)

    def number(self, n: int) -> str:
        """Write a whole number with its thousands set apart: `2 226`, `2,226`."""
        return f"{n:,}" if self.language == "en" else f"{n:,}".replace(",", "\u202f")

    def day(self, day: date, *, year: bool = True) -> str:
        """Write a date out: `18 de mayo de 2023`, `18 May 2023`."""
        text = wording.day(day, self.language)
        return text if year else text.removesuffix(f"{day.year}").strip().removesuffix(" de")

    def moment(self, at: datetime, zone: str) -> str:
        """Write a moment by a chamber's clock, and say by which: `12 de junio de 2023, 09:03 (hora de Lima)`."""
        local = at.astimezone(ZoneInfo(zone))
        clock = "UTC" if zone == "UTC" else f"({self.zone(zone)})"
        return f"{self.day(local.date())}, {local:%H:%M} {clock}"

    def zone(self, name: str) -> str:
        """Name a time zone: `hora de Lima`."""
        return self.or_none(f"times.zone.{name}") or name

    def clock(self, at: datetime, sitting: date) -> str:
        """Write when a vote of a sitting was taken: `23:50`; after midnight with its own date, `00:10 (19 de mayo)`."""
        clock = f"{at:%H:%M}"
        return clock if at.date() == sitting else f"{clock} ({self.day(at.date(), year=False)})"

    def fraction(self, number: float) -> str:
        """Write a share as a percentage."""
        return f"{number * 100:.0f}" + ("%" if self.language == "en" else "\u202f%")


@lru_cache(maxsize=2)
def of(language: Language) -> Words:
    """Return the words of a language."""
    return Words(language)


def asked(query: Mapping[str, str], otherwise: str) -> Language:
    """Return the language an address asks for, or the setting's."""
    wanted = query.get("lang", "")
    return cast(Language, wanted if wanted in LANGUAGES else otherwise)
