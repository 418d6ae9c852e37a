"""How does a reporter cite the page a vote was read from?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.spelled import Language, day

_WORDS = {
    "en": ("sitting of", "vote at", "page", "retrieved", "version", "as transcribed by"),
    "es": ("sesión del", "votación de las", "página", "consultado el", "versión", "según la transcripción de"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A page to be cited, and the record made of it.

    `retrieved` is UTC; `transcribed_by` says who wrote the page down where it is a transcription; `version` is that of
    the record here, and `permalink` its address.
    """

    chamber: str
    sitting: date
    taken_at: datetime | None
    url: str
    page: int | None
    retrieved: datetime
    sha256: str
    version: int
    transcribed_by: str | None = None
    permalink: str | None = None


def citation(cited: Cited, language: Language) -> str:
    """Cite a page: chamber, sitting, clock time, address, when it was retrieved, its bytes, and the record here."""
    sitting_of, vote_at, page, retrieved, version, transcribed_by = _WORDS[language]
    parts = [f"{cited.chamber}, {sitting_of} {day(cited.sitting, language)}"]
    if (at := cited.taken_at) is not None:
        after_midnight = "" if at.date() == cited.sitting else f", {day(at.date(), language)}"
        parts.append(f"{vote_at} {at:%H:%M}{after_midnight}")
    if cited.transcribed_by:
        parts.append(f"{transcribed_by} {cited.transcribed_by}")
    parts.append(cited.url + (f", {page} {cited.page}" if cited.page else ""))
    parts.append(f"{retrieved} {day(cited.retrieved.date(), language)}, {cited.retrieved:%H:%M} UTC")
    parts.append(f"SHA-256 {cited.sha256[:12]}")
    parts.append(f"{version} {cited.version}" + (f", {cited.permalink}" if cited.permalink else ""))
    return "; ".join(parts) + "."
