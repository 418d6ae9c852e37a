"""What stands in the files: a table of votes, ballots or people, as typed rows, some tens of thousands at a time?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from tracker.publish.arrays import array
from tracker.publish.codebook import Sheet, sheets
from tracker.queries.files import columns as held
from tracker.queries.files.ballots import Ballots
from tracker.queries.files.chosen import Choice, Line, MemberRecord, Snapshot
from tracker.queries.files.parts import changes, group_tallies, spoken
from tracker.queries.files.people import OF_PEOPLE
from tracker.queries.files.votes import votes

OF_VOTES = ("votes", "ballots", "group_tallies", "spoken", "changes")
"""Tables whose rows hang on votes."""


Tell = Callable[[int], object]


class Table:
    """A table of a snapshot: its sheet in the codebook, and its rows in batches.

    `tell` hears how many votes have been gone through since it last did.
    """

    def __init__(self, snapshot: Snapshot, name: str, choice: Choice, tell: Tell = lambda votes: None) -> None:
        self.sheet = sheets()[name]
        self._snapshot, self._choice, self._tell = snapshot, choice, tell

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Hand out the rows; batches without any are left out."""
        if self.sheet.name in OF_PEOPLE:
            of_chambers = [chamber.slug for chamber in self._snapshot.chambers.values()]
            yield from self._typed(OF_PEOPLE[self.sheet.name](self._snapshot, of_chambers))
            return
        read = self._reader()
        for lines in self._snapshot.lines(self._choice):
            yield from self._typed(read(lines))
            self._tell(len(lines))

    def _typed(self, columns: held.Columns) -> Iterator[pa.RecordBatch]:
        if columns:
            batch = typed(self.sheet, columns)
            if batch.num_rows:
                yield batch

    def _reader(self) -> Any:
        snapshot, name = self._snapshot, self.sheet.name
        if name == "ballots":
            return Ballots(snapshot).table
        if name == "record" and isinstance(self._choice, MemberRecord):
            return partial(_record, snapshot, Ballots(snapshot), self._choice)
        return partial(
            {"votes": votes, "group_tallies": group_tallies, "spoken": spoken, "changes": changes}[name], snapshot
        )


def _record(snapshot: Snapshot, ballots: Ballots, choice: MemberRecord, lines: Sequence[Line]) -> held.Columns:
    return ballots.record(lines, choice, votes(snapshot, lines))


def typed(sheet: Sheet, columns: held.Columns) -> pa.RecordBatch:
    """Put columns into the types and the order of a sheet."""
    arrays = [array(column, columns[column.name]) for column in sheet.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=sheet.schema)
