"""Which documents lie on the recorded official site, and in which order do they appear?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from tracker.demo import draw_house, draw_listing, draw_minutes, draw_senate, draw_sheet, facts
from tracker.demo.draw_minutes import Shape
from tracker.demo.sheet_facts import SheetFile, sheet_files

WAVES = 3
"""How many waves the documents arrive in; the first is there from the beginning and holds votes of every source."""

AMENDED = "REGISTRO DIGITAL DE VOTACIÓN DE LA ADMISIÓN DE LA MOCIÓN 5767"
"""The heading, from its beginning, of the vote whose note the staged first version of the minutes leaves out."""

STAGED = (
    "Documento de demostración, PRIMERA VERSIÓN ESCENIFICADA por Escrutinio: en el registro de la moción 5767 se omite "
    "a propósito la constancia de los votos orales, que el acta oficial trae. El acta oficial nunca se publicó así; la "
    "versión que la reemplaza tiene los números reales."
)

_HOUSE_YEARS = range(1998, 2014)
_SENATE_YEARS = range(1999, 2022)
_FIRST_DAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""When the site says its first documents were put there; a later version is a day younger."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answers with. `etag` False: only `If-Modified-Since` is heeded, as by the Senate's site."""

    content: bytes
    media_type: str
    modified: datetime
    etag: bool = True


WINDOWS: dict[str, tuple[date, date]] = {
    "us_house": (date(_HOUSE_YEARS.start, 1, 4), date(_HOUSE_YEARS.stop - 1, 12, 31)),
    "us_senate": (date(_SENATE_YEARS.start, 1, 4), date(_SENATE_YEARS.stop - 1, 12, 31)),
    "pe_minutes": (date(2022, 3, 1), date(2023, 9, 30)),
    "pe_sheets": (date(2023, 5, 1), date(2023, 5, 31)),
}
"""Source → first and last sitting day that cover its documents."""


def _house_wave(vote: facts.RollCall) -> int:
    return 1 if vote.year < 2008 else 2 if vote.year < 2010 else 3


def _senate_wave(vote: facts.SenateVote) -> int:
    return 1 if vote.year < 2009 else 2 if vote.year < 2018 else 3


def _minutes_wave(sitting: facts.Minutes) -> int:
    """Let the minutes of a sitting of which sheets are shown come after them, as they do by weeks."""
    if sitting.date in {file.date for file in sheet_files()}:
        return 3
    return 1 if sitting.date == date(2022, 3, 28) else 2 if sitting.date < date(2023, 4, 1) else 3


def pages(wave: int, *, amended: bool = False) -> dict[str, Page]:
    """Return every page of the site, by path, once `wave` waves have come. ValueError if there is no such wave."""
    if not 1 <= wave <= WAVES:
        raise ValueError(f"there are waves 1 to {WAVES}, not {wave}")
    found = {path: _stamped(page, wave) for path, page in (*_house(wave), *_senate(wave))}
    found |= dict(_minutes_pages(wave, amended=amended))
    found |= dict(_sheets_pages(wave))
    found["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private/\n", "text/plain; charset=utf-8", _FIRST_DAY)
    return found


def _stamped(page: Page, wave: int) -> Page:
    """Date an index by the wave that changed it last; a document keeps its own day."""
    return page if page.modified > _FIRST_DAY else replace(page, modified=_FIRST_DAY + timedelta(hours=wave))


def _house(wave: int) -> Iterator[tuple[str, Page]]:
    votes = [vote for vote in facts.roll_calls() if _house_wave(vote) <= wave]
    for year in _HOUSE_YEARS:
        mine = [vote for vote in votes if vote.year == year]
        yield f"/evs/{year}/index.asp", _html(draw_house.index(year, mine))
        for hundred in sorted({vote.number // 100 for vote in mine} | {0}):
            name = f"ROLL_{hundred}00.asp" if hundred else "ROLL_000.asp"
            yield f"/evs/{year}/{name}", _html(draw_house.index_page(year, hundred, mine))
    for vote in votes:
        modified = _FIRST_DAY + timedelta(hours=_house_wave(vote), minutes=vote.number % 60 + 1)
        yield draw_house.path(vote.year, vote.number), Page(_roll_call(vote), "text/xml", modified)


def _senate(wave: int) -> Iterator[tuple[str, Page]]:
    votes = [vote for vote in facts.senate_votes() if _senate_wave(vote) <= wave]
    for year in _SENATE_YEARS:
        congress, session = (year - 1789) // 2 + 1, 2 - year % 2
        mine = [vote for vote in votes if vote.year == year]
        menu = draw_senate.menu(congress, session, mine)
        yield draw_senate.menu_path(congress, session), Page(menu, "text/xml", _FIRST_DAY, etag=False)
    for vote in votes:
        path = draw_senate.vote_path(vote.congress, vote.session, vote.number)
        modified = _FIRST_DAY + timedelta(hours=_senate_wave(vote), minutes=vote.number % 60 + 1)
        yield path, Page(_senate_vote(vote), "text/xml", modified, etag=False)


def _minutes_pages(wave: int, *, amended: bool) -> Iterator[tuple[str, Page]]:
    sittings = [sitting for sitting in facts.minutes() if _minutes_wave(sitting) <= wave]
    listing = _html(draw_listing.listing(sittings))
    yield draw_listing.VIEW, replace(listing, modified=_FIRST_DAY + timedelta(hours=wave))
    for sitting in sittings:
        staged = not amended and any(vote.heading.startswith(AMENDED) for vote in sitting.votes)
        modified = _FIRST_DAY + timedelta(hours=_minutes_wave(sitting), days=amended)
        yield draw_listing.path(sitting), Page(_minutes(sitting.date, staged=staged), "application/pdf", modified)


def _sheets_pages(wave: int) -> Iterator[tuple[str, Page]]:
    """List the provisional copies in the first wave; in the second the whole sheets have taken their place."""
    provisional = wave == 1
    modified = _FIRST_DAY + timedelta(hours=min(wave, 2))
    listing = _html(draw_listing.sheets_listing(sheet_files(), provisional=provisional))
    yield draw_listing.SHEETS_VIEW, replace(listing, modified=modified)
    for file in sheet_files():
        content = _sheets(file, provisional=provisional)
        yield draw_listing.sheets_path(file, provisional=provisional), Page(content, "application/pdf", modified)


def amended_path() -> str:
    """Return the path of the one document that is replaced."""
    return draw_listing.path(_amended())


def _amended() -> facts.Minutes:
    return next(one for one in facts.minutes() if any(vote.heading.startswith(AMENDED) for vote in one.votes))


def _html(content: bytes) -> Page:
    return Page(content, "text/html; charset=utf-8", _FIRST_DAY)


@lru_cache(maxsize=64)
def _roll_call(vote: facts.RollCall) -> bytes:
    return draw_house.roll_call(vote)


def _senate_vote(vote: facts.SenateVote) -> bytes:
    return draw_senate.vote(vote)


@lru_cache(maxsize=16)
def _minutes(day: date, *, staged: bool) -> bytes:
    sitting = next(one for one in facts.minutes() if one.date == day)
    if not staged:
        return draw_minutes.minutes(sitting)
    without = frozenset(vote.heading for vote in sitting.votes if vote.heading.startswith(AMENDED))
    return draw_minutes.minutes(sitting, Shape(without_notes=without, label=STAGED))


@lru_cache(maxsize=4)
def _sheets(file: SheetFile, *, provisional: bool) -> bytes:
    return draw_sheet.scan(file.sheets, draw_sheet.Shape(provisional=provisional))
