"""How is an archive carried to another place, without what is damaged, and from where it was broken off?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tracker.archive.checking import Checked, State, held, named
from tracker.archive.layout import JOURNAL, PARTS
from tracker.archive.store import Store
from tracker.settings import Bucket

SETTLED = 500
"""Files after which those brought so far are made sure of."""

Tell = Callable[[int, int], None]
"""Told of how many files have been looked at, and how many there are."""


@dataclass(slots=True)
class Carried:
    """What came of it: how many files were brought, how many were there before, and which stayed behind."""

    brought: int = 0
    there: int = 0
    behind: list[Checked] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many files have been looked at."""
        return self.there + self.brought + len(self.behind)

    def count(self, found: Checked) -> None:
        """Take in what came of one file; what is half-written is no file yet."""
        if found.state is State.OK:
            self.brought += 1
        elif found.state is not State.TEMPORARY:
            self.behind.append(found)


def carry(source: Store, target: Store, tell: Tell = lambda done, of: None) -> Carried:
    """Bring every file that the target has not. What is not what its name says stays behind; the source stays as it is.

    The journal is listed first and brought last: while others write to the source, it speaks of nothing that was not
    brought.
    """
    entries = list(source.place.walk(JOURNAL))
    total = len(entries) + sum(1 for part in PARTS if part != JOURNAL for _ in source.place.walk(part))
    carried = Carried()

    def bring(name: str) -> Checked:
        found = named(name)
        if found.state is State.OK:
            content = source.place.fresh(name)
            found = held(name, content)
            if found.state is State.OK:
                target.place.write(name, content)
        return found

    def missing(wanted: Iterable[str], there: Iterator[str]) -> Iterator[str]:
        other = next(there, None)
        for name in wanted:
            while other is not None and other < name:
                other = next(there, None)
            if other == name:
                carried.there += 1
            else:
                yield name

    each = source.place.each if isinstance(source.root, Bucket) else target.place.each
    for part in PARTS:
        wanted = entries if part == JOURNAL else source.place.walk(part)
        for found in each(bring, missing(wanted, target.place.walk(part))):
            carried.count(found)
            tell(carried.done, total)
            if carried.brought % SETTLED == 0:
                target.settle()
        target.settle()
    return carried
