"""What is known beforehand of a printed form: the table on it, and the words that its cells can hold?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Form:
    """A form with one table, printed in several columns side by side; each row of a column holds the same cells.

    `cells` names the cells of a row in order. `lefts` says where each cell of each column begins, column by column, in
    units of the distance from the widest cell (`anchor`) of the first column to that of the last: 0 is the anchor of
    the first column, 1 that of the last. `words` are the closed lists of what a cell can hold; a cell without one holds
    any text. `most` is the highest figure printed outside the table: what stands alone there and is no word is one of
    0 to `most`. ValueError if the parts do not fit each other.
    """

    cells: tuple[str, ...]
    anchor: str
    lefts: tuple[tuple[float, ...], ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    most: int = 0

    def __post_init__(self) -> None:
        if self.anchor not in self.cells or not set(self.words) <= set(self.cells):
            raise ValueError(f"the anchor and the lists of a form belong to its cells {self.cells}")
        if len(self.lefts) < 2 or any(len(column) != len(self.cells) for column in self.lefts):
            raise ValueError(f"each of at least two columns needs a place for each of {self.cells}")

    @property
    def columns(self) -> int:
        """How many columns of rows stand side by side."""
        return len(self.lefts)
