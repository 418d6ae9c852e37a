"""Which words does a reader see? Every one of them stands in `locale/`, in Spanish and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from tracker.domain.spelled import Language

LANGUAGES: tuple[Language, ...] = ("es", "en")
LOCALES: Mapping[Language, Locale] = {"es": Locale("es", "PE"), "en": Locale("en", "GB")}
"""How a language writes dates, numbers and lists."""


def catalogue(language: Language, domain: str = "dashboard") -> Catalog:
    """Read a catalogue of `locale/`, in gettext's format."""
    path = Path(__file__).parent / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        return read_po(file, locale=LOCALES[language], domain=domain, abort_invalid=True)


class Words:
    """The words of one language: `say("tally.board")`, with values in braces filled in."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.locale = LOCALES[language]
        compiled = BytesIO()
        write_mo(compiled, catalogue(language))
        compiled.seek(0)
        self._translations = GNUTranslations(compiled)

    def __call__(self, key: str, **values: object) -> str:
        """Return an entry. KeyError names one that is missing."""
        text = self.or_none(key)
        if text is None:
            raise KeyError(key)
        return text.format(**values) if values else text

    def or_none(self, key: str) -> str | None:
        """Return an entry, None if there is none: for words that sources coin."""
        text = self._translations.gettext(key)
        return None if text == key else text

    def count(self, key: str, n: int, **values: object) -> str:
        """Return an entry in the form that goes with a number: `1 voto`, `2 votos`. KeyError names a missing one."""
        text = self._translations.ngettext(key, key, n)
        if text == key:
            raise KeyError(key)
        return text.format(n=self.number(n), **values)

    def number(self, n: int) -> str:
        """Write a whole number with its thousands set apart: `2,226`."""
        return format_decimal(n, locale=self.locale)

    def territory(self, code: str) -> str:
        """Name a country by its code."""
        return str(self.locale.territories.get(code, code))

    def day(self, day: date, *, year: bool = True) -> str:
        """Write a date out: `18 de mayo de 2023`, `18 May 2023`."""
        return (
            format_date(day, "long", locale=self.locale) if year else format_skeleton("MMMMd", day, locale=self.locale)
        )

    def listed(self, parts: Sequence[str]) -> str:
        """List words: `a, b y c`."""
        return format_list(parts, locale=self.locale)

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
        return format_percent(number, locale=self.locale)


@lru_cache(maxsize=2)
def of(language: Language) -> Words:
    """Return the words of a language."""
    return Words(language)


def asked(query: Mapping[str, str], otherwise: str) -> Language:
    """Return the language an address asks for, or the setting's."""
    wanted = query.get("lang", "")
    return cast(Language, wanted if wanted in LANGUAGES else otherwise)
