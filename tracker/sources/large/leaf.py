"""What is the one document that some roll calls of a large table make: rows of theirs, of their members, and who how?

Written as comma-separated values too: a line that says whose it is, the members, an empty line, the roll calls. Who
voted how is one figure a member behind each roll call, in the members' order; 0 for one who was no member then. The
same rows give the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import TypeVar

from tracker.domain.recurring import Deck
from tracker.domain.votes import Code, PrintedBallot
from tracker.sources.contract import Severity, Sheet, Trouble, Unreadable

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Call:
    """A roll call of a leaf: the number in its first column, all columns by name, and a figure for each member."""

    number: int
    said: dict[str, str]
    casts: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a set's leaves: what the first line holds, those of the members, those of the roll calls.

    `figures` are those that stand for how somebody voted, and 0.
    """

    title: str
    members: tuple[str, ...]
    calls: tuple[str, ...]
    figures: str

    def written(
        self, about: object, members: Iterable[Sequence[object]], calls: Iterable[tuple[Sequence[object], str]]
    ) -> bytes:
        """Write a leaf."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow((self.title, about))
        writer.writerow(self.members)
        writer.writerows(members)
        text.write("\n")
        writer.writerow((*self.calls, "casts"))
        writer.writerows((*said, casts) for said, casts in calls)
        return text.getvalue().encode()

    def unpacked(self, content: bytes, url: str) -> tuple[str, list[list[str]], tuple[Call, ...]]:
        """Read a leaf: what its first line holds, members, roll calls. Unreadable: `not_a_leaf`, `bad_row`."""
        try:
            rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
            gap = rows.index([])
            (_, about), names, columns = rows[0], tuple(rows[1]), tuple(rows[gap + 1])
            if names != self.members or columns != (*self.calls, "casts"):
                raise Unreadable("not_a_leaf", f"{url}: its columns are not those of a leaf")
            members = rows[2:gap]
            calls = tuple(Call(int(row[0]), dict(zip(columns, row, strict=True)), row[-1]) for row in rows[gap + 2 :])
        except (ValueError, IndexError, csv.Error) as error:
            raise Unreadable("not_a_leaf", f"{url}: {error}") from error
        known = set(self.figures)
        if any(len(call.casts) != len(members) or not set(call.casts) <= known for call in calls):
            raise Unreadable("bad_row", f"{url}: a roll call has not one of {self.figures} for each member")
        if any(len(row) != len(names) for row in members):
            raise Unreadable("bad_row", f"{url}: a member has not one field for each column")
        return about, members, calls


def dealt(
    calls: Iterable[Call],
    members: Sequence[M],
    code: Callable[[str], Code],
    ballot: Callable[[M, Code], PrintedBallot],
) -> tuple[Deck[PrintedBallot], Callable[[str], list[int]]]:
    """Return a ballot for each member and figure that occurs, and how a roll call's become places among them."""
    digits = sorted(set("".join(call.casts for call in calls)) - {"0"})
    codes = [code(digit) for digit in digits]
    deck = Deck(ballot(one, code) for one in members for code in codes)
    which = bytes.maketrans("".join(digits).encode(), bytes(range(len(digits))))
    starts = range(0, len(digits) * len(members), len(digits) or 1)

    def at(casts: str) -> list[int]:
        codes = casts.encode().translate(which)
        if "0" not in casts:
            return list(map(add, starts, codes))
        return [start + code for start, code, digit in zip(starts, codes, casts, strict=True) if digit != "0"]

    return deck, at


def noted(url: str, sheet: Sheet, groups: Iterable[str], odd: Sequence[str], what: str) -> Iterator[Trouble]:
    """Note groups that the sheet does not list, and what stands where a number should: `what` says of what."""
    unlisted = sorted(set(groups) - sheet.groups.keys())
    if unlisted:
        message = f"{url}: groups {', '.join(unlisted)} are not in the sheet of {sheet.slug}"
        yield Trouble(Severity.NOTED, "unknown_group", message, url)
    if odd:
        message = f"{url}: no {what}'s number: {'; '.join(odd[:5])} ({len(odd)} in all)"
        yield Trouble(Severity.NOTED, "unknown_measure", message, url)
