"""Which sources are there? Joins each module to its sheet and refuses a half-declared one."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import import_module
from importlib.resources import files

from pydantic import ValidationError

from tracker.sources.contract import Sheet, Source

MODULES = {
    "us_house": "tracker.sources.us_house",
    "us_senate": "tracker.sources.us_senate",
    "us_house_voteview": "tracker.sources.voteview.house",
    "us_senate_voteview": "tracker.sources.voteview.senate",
    "eu_parliament_howtheyvote": "tracker.sources.howtheyvote.parliament",
    "pe_minutes": "tracker.sources.peru.minutes",
    "pe_sheets": "tracker.sources.peru.sheets",
    "pe_senate": "tracker.sources.peru.chambers.senate",
    "pe_deputies": "tracker.sources.peru.chambers.deputies",
    "pe_bills": "tracker.sources.peru.bills",
    "pe_openpolitica": "tracker.sources.peru.openpolitica",
}


def load_sheet(package: str, name: str) -> Sheet:
    """Load the sheet that lies beside a module. ValueError says which key is wrong."""
    path = files(package).joinpath(name)
    try:
        return Sheet.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path}: {error}") from error


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Source]:
    """Return every source by its slug.

    ValueError if a module and its sheet disagree, or two papers of one legislature have the same rank.
    """
    found: dict[str, Source] = {}
    ranked: dict[tuple[str, int], str] = {}
    for slug, module in MODULES.items():
        source: Source = import_module(module).SOURCE
        if source.slug != slug:
            raise ValueError(f"{module} has the sheet of {source.slug}, expected {slug}")
        place = source.sheet.chamber.slug, source.sheet.rank
        if ranked.setdefault(place, slug) != slug:
            raise ValueError(
                f"{slug} and {ranked[place]} are both paper {place[1]} of {place[0]}; give one another rank"
            )
        found[slug] = source
    return found


def asked() -> list[Source]:
    """Return the sources that have times of their own; the others are brought in by hand."""
    return [source for source in catalogue().values() if source.sheet.asked]


def source(slug: str) -> Source:
    """Return one source. ValueError lists the known ones."""
    known = catalogue()
    if slug not in known:
        raise ValueError(f"there is no source {slug!r}; known: {', '.join(known)}")
    return known[slug]
