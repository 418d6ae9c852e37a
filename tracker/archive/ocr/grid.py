"""Where on a page is the table of a known form: its columns, its rows, the box of each cell?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker.archive.ocr.picture import Box, Grey, Picture, boxes_of
from tracker.domain.form import Form

HALF = 15
"""Half the height of a cell in pixels: rows follow each other every 30 to 31."""
PITCH = (24.0, 38.0)
"""Bounds of the distance between two rows, in pixels."""
NEAR = 6
"""Pixels by which the left edge of a cell's text may be off."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: where each cell of its rows begins, where the last one ends, the middle of each row."""

    lefts: tuple[float, ...]
    right: float
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The table found on a page; `support` is how many edges of text stand where the form has them begin."""

    columns: tuple[Column, ...]
    support: float

    def cells(self) -> Iterator[tuple[tuple[int, int, int], Box]]:
        """Yield the place (column, row, cell) and the box of each cell."""
        for n, column in enumerate(self.columns):
            edges = [*column.lefts, column.right]
            for row, middle in enumerate(column.rows):
                for cell, left in enumerate(column.lefts):
                    box = (max(0, round(left) - 4), middle - HALF, round(edges[cell + 1]) - 3, middle + HALF)
                    yield (n, row, cell), box

    @property
    def is_sure(self) -> bool:
        """Whether at least half of the edges that the form has are there: another table would not have them."""
        return self.support >= 0.5 * sum(len(column.rows) * len(column.lefts) for column in self.columns)

    @property
    def box(self) -> Box:
        """The box around the whole table."""
        tops = [column.rows[0] for column in self.columns]
        ends = [column.rows[-1] for column in self.columns]
        left, right = self.columns[0].lefts[0], self.columns[-1].right
        return max(0, round(left) - 8), min(tops) - HALF, round(right), max(ends) + HALF


def find(picture: Picture, form: Form) -> Grid | None:
    """Find the table of a form on an upright page; None if it is not there."""
    boxes = boxes_of(picture.ink)
    lefts, support = _lefts(boxes, form, picture.size[0])
    if lefts is None:
        return None
    columns = []
    for n, places in enumerate(lefts):
        right = lefts[n + 1][0] if n + 1 < len(lefts) else places[-1] + 75.0
        right = min(right, places[-1] + 75.0, picture.size[0] - 1.0)
        rows = _rows(boxes, places, form, picture)
        if len(rows) < 3:
            return None
        columns.append(Column(places, right, rows))
    return Grid(tuple(columns), support)


def _lefts(boxes: NDArray[np.int32], form: Form, width: int) -> tuple[list[tuple[float, ...]] | None, float]:
    """Fit the form's left edges to those of the runs: the outermost anchors first, then each cell near its place."""
    wide = boxes[(boxes[:, 2] > 0.07 * width) & (boxes[:, 2] < 0.28 * width)]
    names, every = _edges(wide, width), _edges(boxes[boxes[:, 2] > 12], width)
    anchor = form.cells.index(form.anchor)
    anchors = [column[anchor] for column in form.lefts]
    best, first, reach = 0.0, 0, 0
    close = np.max([np.roll(names, step) for step in range(-3, 4)], axis=0)
    for x in np.flatnonzero(names[: width // 3] >= 4):
        reaches = np.arange(int(0.5 * width), min(int(0.72 * width), width - 4 - int(x)))
        support = sum(close[(x + a * reaches).astype(int)] for a in anchors)
        if len(reaches) and support.max() > best:
            best, first, reach = float(support.max()), int(x), int(reaches[support.argmax()])
    if best < 5 * form.columns:
        return None, 0.0
    lefts, support = [], 0.0
    for column in form.lefts:
        places = []
        for cell, place in enumerate(column):
            edges = names if cell == anchor else every
            expected = first + place * reach
            low = max(0, round(expected) - 9)
            window = edges[low : max(0, round(expected) + 10)]
            strongest = float(window.max()) if len(window) else 0.0
            support += strongest
            places.append(low + float(np.flatnonzero(window == strongest).mean()) if strongest >= 3 else expected)
        lefts.append(tuple(places))
    return lefts, support


def _edges(boxes: NDArray[np.int32], width: int) -> NDArray[np.float64]:
    """Count the runs that begin within two pixels of each place."""
    counts = np.bincount(boxes[:, 0], minlength=width).astype(float)
    return np.convolve(counts, np.ones(5), "same")


def _rows(boxes: NDArray[np.int32], places: tuple[float, ...], form: Form, picture: Picture) -> tuple[int, ...]:
    """Return the middle of each row of a column: evenly spaced, from the first row to the last without a break."""
    starts = [_starting(boxes, left) for left in places]
    anchor = form.cells.index(form.anchor)
    named = boxes[starts[anchor] & (boxes[:, 2] > 60)]
    middles = np.sort(named[:, 1] + named[:, 3] / 2)
    fit = _comb(middles)
    if fit is None:
        return ()
    offset, pitch = fit
    others = [boxes[start] for cell, start in enumerate(starts) if cell != anchor]
    taken = _taken(middles, offset, pitch)
    begun = [_taken(np.asarray(b[:, 1] + b[:, 3] / 2), offset, pitch) for b in others]
    # A row whose name is smudged still has its group and its code where the others have theirs.
    taken |= set.intersection(*begun) if begun else set()
    block = _longest(sorted(taken))
    middles_of = [offset + pitch * k for k in range(block[0], block[-1] + 1)] if block else []
    return _settled(picture.grey, middles_of, places)


def _starting(boxes: NDArray[np.int32], left: float) -> NDArray[np.bool_]:
    return np.asarray(np.abs(boxes[:, 0] - left) < NEAR, np.bool_)


def _comb(middles: NDArray[np.float64]) -> tuple[float, float] | None:
    """Fit evenly spaced rows to middles of runs; None if they follow no pitch."""
    steps = np.diff(middles)
    steps = steps[(steps > PITCH[0]) & (steps < PITCH[1])]
    if len(steps) < 3:
        return None
    pitch, offset = float(np.median(steps)), float(middles[len(middles) // 2])
    keep = np.ones(len(middles), bool)
    for _ in range(4):
        index = np.round((middles - offset) / pitch)
        off = middles - (offset + pitch * index)
        keep = np.abs(off - np.median(off[keep])) < 5
        if keep.sum() < 3:
            return None
        matrix = np.vstack([np.ones(int(keep.sum())), index[keep]]).T
        (offset, pitch), *_ = np.linalg.lstsq(matrix, middles[keep], rcond=None)
    return (offset, pitch) if PITCH[0] < pitch < PITCH[1] else None


def _taken(middles: NDArray[np.float64], offset: float, pitch: float) -> set[int]:
    index = np.round((middles - offset) / pitch)
    return {int(k) for k, off in zip(index, middles - (offset + pitch * index), strict=True) if abs(off) < 6}


def _longest(rows: list[int]) -> list[int]:
    """Return the longest stretch of rows in which at most one in a row is missing."""
    stretches: list[list[int]] = []
    for row in rows:
        if stretches and row - stretches[-1][-1] <= 2:
            stretches[-1].append(row)
        else:
            stretches.append([row])
    return max(stretches, key=len, default=[])


def _settled(grey: Grey, middles: list[float], places: tuple[float, ...]) -> tuple[int, ...]:
    """Move each row by the few pixels that bring its print in line with that of the others."""
    if not middles:
        return ()
    left, right = max(0, round(places[0])), round(places[-1]) + 64
    tall = 20
    high = grey.shape[0]
    whole = [min(max(round(y), tall), high - tall) for y in middles]
    profiles = np.array([255.0 - grey[y - tall : y + tall, left:right].mean(axis=1) for y in whole])
    profiles /= profiles.sum(axis=1, keepdims=True) + 1e-6
    mean = profiles.mean(axis=0)
    shifts = range(-5, 6)
    best = np.zeros(len(whole), int)
    for _ in range(2):
        scores = np.array([np.roll(profiles, -s, axis=1)[:, 6:34] @ mean[6:34] for s in shifts])
        best = scores.argmax(axis=0) - 5
        mean = np.mean([np.roll(row, -s) for row, s in zip(profiles, best, strict=True)], axis=0)
    return tuple(int(y + s) for y, s in zip(whole, best, strict=True))
