"""How does a roll call by name go on from one page to the next?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tracker.domain.evidence import Page
from tracker.sources.contract import Severity, Sheet, Trouble
from tracker.sources.peru.chambers import leaf as leaves
from tracker.sources.peru.chambers import members, nominal
from tracker.sources.peru.chambers.leaf import Leaf
from tracker.sources.peru.chambers.members import House
from tracker.sources.peru.chambers.placed import placed
from tracker.sources.peru.chambers.roll import Row
from tracker.sources.peru.form import LINE, middle


@dataclass(slots=True)
class Called:
    """A roll call by name while its pages are read: the first of them, and the rows by their numbers."""

    leaf: Leaf
    rows: dict[int, Row] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    def goes_on(self, page: Page, sheet: Sheet, house: House) -> bool:
        """Take the rows of a page in if its numbers go on where those before it end; say whether they do."""
        table = nominal.read(page.words, sheet.groups)
        if table is None or not table.rows or (self.rows and min(table.rows) != max(self.rows) + 1):
            return False
        among = members.on(house, self.leaf.day)
        told = self.leaf.said
        if self.rows:
            more, _ = leaves.said(page, sheet, among)
            told = replace(
                told,
                totals=told.totals if told.totals.by_code else more.totals,
                record=told.record or more.record,
                notes=(*told.notes, *more.notes),
                provisional=told.provisional or more.provisional,
            )
        else:
            above = tuple(word for word in page.words if middle(word) < table.top - LINE)
            head, _ = leaves.said(replace(page, words=above, text=placed(above).text), sheet, among)
            told = replace(told, subject=head.subject)
        self.leaf = replace(self.leaf, said=told)
        self.rows |= table.rows
        self.doubts += table.doubts
        return True

    def whole(self, house: House) -> Leaf | Trouble:
        """Return the roll call as one leaf; a Trouble if no table was found."""
        leaf = self.leaf
        if not self.rows:
            message = (
                f"{leaf.where}: a vote by roll call (VOTACIÓN NOMINAL) whose columns were not found; read it by eye"
            )
            return Trouble(Severity.DOUBTFUL, "nominal_without_table", message, leaf.where)
        gaps = sorted(set(range(1, max(self.rows) + 1)) - set(self.rows))
        doubts = [*leaf.doubts, *self.doubts]
        if gaps:
            doubts.append(f"rows of the roll call that could not be read: {', '.join(map(str, gaps[:20]))}")
        rows = tuple(self.rows[number] for number in sorted(self.rows))
        return leaves.placed_in(replace(leaf, said=replace(leaf.said, rows=rows), doubts=tuple(doubts)), house)
