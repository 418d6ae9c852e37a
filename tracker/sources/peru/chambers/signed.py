"""What does a signed and scanned sheet say: its rows by the cells of the form, the rest by lines?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker.domain.evidence import Page, Word
from tracker.domain.people import fold
from tracker.sources.peru import foot, form, head
from tracker.sources.peru.benches import legible
from tracker.sources.peru.chambers import roll, sums, text
from tracker.sources.peru.chambers.placed import placed
from tracker.sources.peru.chambers.roll import Row, Spelled
from tracker.sources.peru.chambers.text import Text
from tracker.sources.peru.chambers.totals import Bench, Totals
from tracker.sources.peru.foot import Foot
from tracker.sources.peru.leaf import SURE
from tracker.sources.peru.passage import FAINT
from tracker.sources.sheet import GroupEntry, Sheet


def read(page: Page, sheet: Sheet, codes: Spelled, known: roll.Known) -> Text:
    """Read a scanned page. Where the grid of the form was not found, the lines are read as they stand.

    The form is that of the sheets until July 2026, as far as is known: no signed sheet is held. A picture does not tell
    `NO` from `NO ---`, nor `aus` from `AUS`: what the sheet lists first stands for either.
    """
    groups = sheet.groups
    codes = {words: sums.usual(sheet)[code] for words, code in codes.items()}
    layout = form.layout(page)
    if layout is None:
        lines = placed(word for word in page.words if word.confidence >= FAINT)
        said = text.read(lines.text, groups, codes, known=known, by_eye=True)
        rows = tuple(row if lines.surest(row.start, row.end) >= SURE else replace(row, code=None) for row in said.rows)
        return replace(said, rows=rows)
    outside = placed(word for word in page.words if word.cell is None and word.confidence >= FAINT)
    said = text.read(outside.text, groups, codes, known=known, by_eye=True)
    below = foot.read(layout)
    top = head.read(layout.head, " ".join(word.text for word in layout.foot))
    return replace(
        said,
        kind=said.kind or (top.kind if top else None),
        sitting=said.sitting or (top.sitting if top else None),
        taken=said.taken or (top.taken if top else None),
        chair=said.chair or (top.chair if top else None),
        subject=(top.subject if top else "") or said.subject,
        rows=tuple(_row(row.group, row.name, row.code, codes) for row in layout.rows),
        loose=(),
        totals=_totals(below, said.totals, groups),
        notes=(below.note,) if below.note else tuple(note for note in said.notes if "constancia" in fold(note)),
        record=said.record or below.record,
        torn=below.torn,
    )


def _row(group: Word | None, name: Word | None, code: Word | None, codes: Spelled) -> Row:
    printed = codes.get(tuple(code.text.split())) if code is not None and code.confidence >= SURE else None
    sure_group = group.text if group is not None and group.confidence >= SURE else None
    return Row(sure_group, name.text if name else None, printed)


def _totals(below: Foot, said: Totals, groups: Mapping[str, GroupEntry]) -> Totals:
    """Take the totals by their place on the form, or by their labels if the form puts them elsewhere now.

    A code of the table that was misread is put right by the known name beside it.
    """
    by_code = {code: legible(figure) for code, figure in below.totals.items()} or said.by_code
    by_name = {fold(entry.name): code for code, entry in groups.items()}
    benches = tuple(
        Bench(by_name.get(fold(b.name), b.code), b.name, tuple(map(legible, b.figures))) for b in below.benches
    )
    return Totals(by_code, benches or said.benches, below.unknown if below.totals else said.unknown)
