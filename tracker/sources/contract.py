"""What does a source have to be, and what may its reader say of a document?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from tracker.domain.bills import BillRecord
from tracker.domain.evidence import Document, Request
from tracker.domain.form import Form
from tracker.domain.people import Mandate, Register
from tracker.domain.votes import PrintedSitting, PrintedVote
from tracker.sources.sheet import Sheet
from tracker.sources.trouble import Severity, Trouble, Unreadable

__all__ = [
    "Finding",
    "Leaf",
    "Reader",
    "Role",
    "Severity",
    "Sheet",
    "Shelf",
    "Source",
    "Stack",
    "Trouble",
    "Unreadable",
    "Window",
]


@dataclass(frozen=True, slots=True)
class Window:
    """The sitting days asked for, both included."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError(f"the window ends ({self.until}) before it begins ({self.since})")

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until

    def years(self) -> range:
        """The calendar years it touches."""
        return range(self.since.year, self.until.year + 1)


Finding = Request | PrintedVote | PrintedSitting | BillRecord | Mandate | Trouble
Reader = Callable[[Document, Sheet], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of page: how it is read, by which version of the reader, and what to do when it is not there.

    `absent` recognises a page that says "there is no such page" with status 200, as both United States chambers do, or
    400, as WordPress does beyond the end of a list.
    `missing` says what to ask for instead (an older index, the next number of a walk), or yields a Trouble: nothing
    else need be asked, and the run says so. `required` False: its absence means not published yet; True: its absence
    means the address is wrong or the site has changed.
    """

    read: Reader
    version: int
    absent: Callable[[bytes, str], bool] = lambda content, url: False
    missing: Callable[[Request, Sheet], Iterable[Request | Trouble]] = lambda request, sheet: ()
    required: bool = False
    index: bool = False
    """An index is asked for on every run and archived, but holds no votes itself."""
    strike: Callable[[bytes], bytes] | None = None
    """Gives what of an answer is kept and read, personal numbers struck out. Unreadable: nothing of it may be kept."""
    form: Form | None = None
    """The form its pages are printed on: the document comes with their words, read by eye where they are pictures."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """How the records of a source that is never asked for lie in a checkout of a repository: a folder each.

    `place` gives the sitting day a path belongs to (`/` between its parts, from the root of the checkout), None if no
    record lies there; all lie `depth` folders below `top`. Of a record's files those named `own` are taken, of the
    folder above it those named `shared`, as `../name`. `pack` makes of the path and the files the one document that is
    read as `role`: the same ones give the same bytes.
    """

    role: str
    top: str
    depth: int
    place: Callable[[str], date | None]
    own: frozenset[str]
    shared: frozenset[str]
    pack: Callable[[str, Mapping[str, bytes]], bytes]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part of large files that is one document: its address, its bytes, and about how many more follow."""

    url: str
    content: bytes
    left: int


@dataclass(frozen=True, slots=True)
class Stack:
    """How the records of a source that is never asked for lie in a few large files: as leaves that are read as `role`.

    `leaves` goes through the files once, with a leaf in memory at a time; the same rows give the same leaf. Unreadable:
    names file and line.
    """

    role: str
    leaves: Callable[[Sequence[Path], Sheet], Iterator[Leaf]]


@dataclass(frozen=True)
class Source:
    """A timetable and a sheet of facts, a reader for each kind of page, and the register its names are placed in."""

    sheet: Sheet
    start: Callable[[Window, Sheet], Iterable[Request]]
    roles: dict[str, Role]
    register: Callable[[], Register] | None = None
    """None: members are known by the identifier printed beside their name."""
    lookups: str = field(default="")
    shelf: Shelf | None = None
    """None: its documents do not come from a checkout of a repository."""
    stack: Stack | None = None
    """None: its documents do not come from large files. Without either they come from its site, at its times."""

    @property
    def slug(self) -> str:
        """The name of the source in commands, addresses and files."""
        return self.sheet.slug

    @cached_property
    def digest(self) -> str:
        """Digest of the sheet and the registers that a reading leans on."""
        return f"{self.sheet.digest()}{self.lookups}"

    def reader(self, role: str) -> str:
        """The reader of a role with its version, as observations record it."""
        return f"{role}/{self.roles[role].version}"

    def due(self, day: date | None, today: date) -> bool:
        """Whether a page about that day is still asked for again once it is held."""
        return day is None or today - day <= timedelta(days=self.sheet.timetable.recheck_days)
