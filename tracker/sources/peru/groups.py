"""Which group codes do the sheets of Peru's Congress print on a day, and what do they stand for?"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, ValidationError

from tracker.domain.people import Group

FILE = "groups.toml"


class PrintedGroup(BaseModel):
    """A code, the name beside it on the sheets, and the sheets between which it was printed.

    `since` and `until`: the first and last sheet with it, `until` None if the last sheet held has it. `after`: the last
    sheet before it came that lacks it; `before`: the first sheet after it went that lacks it; None if there is none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    name: str
    since: date
    until: date | None = None
    after: date | None = None
    before: date | None = None
    attached: bool = True
    because: str = ""

    def seen(self, day: date) -> bool:
        """Whether sheets held show the code up to that day and from it on."""
        return self.since <= day and (self.until is None or day <= self.until)

    def possible(self, day: date) -> bool:
        """Whether a sheet of that day may print the code, as far as the sheets around it tell."""
        return (self.after is None or self.after < day) and (self.before is None or day < self.before)


class _Groups(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    group: tuple[PrintedGroup, ...]


def _content() -> bytes:
    return files("tracker.sources.peru").joinpath(FILE).read_bytes()


@lru_cache(maxsize=1)
def groups() -> tuple[PrintedGroup, ...]:
    """Return every group in the order of its code and days. ValueError names the entry of the file that is wrong."""
    try:
        found = _Groups.model_validate(tomllib.loads(_content().decode("utf-8"))).group
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{FILE}: {error}") from error
    return tuple(sorted(found, key=lambda group: (group.code, group.since)))


@lru_cache(maxsize=512)
def on(day: date) -> Mapping[str, Group]:
    """Return the groups a sheet of that day may print, by code: those seen around it and those that may have been.

    The table of groups on the page is the authority: it may have a code that no sheet held has.
    """
    return MappingProxyType({g.code: Group(g.code, g.name, g.attached) for g in groups() if g.possible(day)})


@lru_cache(maxsize=1)
def digest() -> str:
    """Digest of the table: a correction of it is another lookup, and observations say so."""
    return hashlib.sha256(_content()).hexdigest()[:12]
