"""Which words stand on one page, and where? By the text layer if it was born with one, else by its picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
import pypdfium2 as pdfium

from tracker.archive.ocr import grid, layer, picture
from tracker.archive.ocr.engine import Engine, Reading, Snippet
from tracker.archive.ocr.grid import Grid
from tracker.archive.ocr.picture import Box, Grey, Picture
from tracker.domain.evidence import Page, Word
from tracker.domain.form import Form

CELL, TEXT = 1.05, 1.3
"""How many times wider print is shown to the recogniser: the roll's letters are 10 pixels wide, those of notes 8."""
LABEL, LETTERS, PLACE = (60, 420), 5, 12
"""Widths (pixels) and letters of what counts as a label, and how exactly (pixels) its place is remembered."""
FIGURE = 60
"""Pixels below which a run may be a figure."""
STAMPED, CROSSED = 0.7, 0.5
"""By how much less a word is to be trusted that stands among the strokes of a stamp, and one they run through."""
BLOT = np.ones((13, 13), np.uint8)
"""No stroke of a letter holds so large a spot of ink; a word with one in it is trusted as little as one crossed out."""
PROSE, REACH = 200, 45
"""A run this wide is prose; what follows it on its line within the reach belongs to it if ink lies between the two."""
ALIKE, APART = 0.94, 0.22
"""Two pictures show the same if they correlate this well and differ nowhere by more than this share of their ink."""
TRIED = 4
"""Runs that are read to tell which way up a page without a table stands."""
LISTED = 10
"""Words of the form's lists below which a text holds no table: on official sheets stand 56 and more, in minutes 1."""


@dataclass(slots=True)
class Memory:
    """Pictures read on earlier pages of a document, so that what looks the same at the same place is not read again.

    A sitting's sheets list the same members in the same order, and repeat their labels. Recalled are names, the group
    beside a name that was recalled, and labels; codes, figures and whatever holds a digit are read on every page.
    """

    seen: dict[tuple[int, ...], list[tuple[Grey, Reading]]] = field(default_factory=dict)

    def recall(self, place: tuple[int, ...], grey: Grey) -> Reading | None:
        """Return what the same picture at this place was read as; None if none looks the same."""
        return next((reading for known, reading in self.seen.get(place, ()) if _alike(grey, known)), None)

    def keep(self, place: tuple[int, ...], grey: Grey, reading: Reading) -> None:
        """Remember a picture; the last few at each place are kept."""
        known = self.seen.setdefault(place, [])
        # A copy: a piece of a page's picture would keep the whole of it.
        known.append((grey.copy(), reading))
        del known[:-3]


def read(page: pdfium.PdfPage, number: int, form: Form, engine: Engine, memory: Memory) -> Page:
    """Read one page. A page that cannot be rendered, or holds next to no ink, has no words."""
    written = layer.words(page)
    if written is not None:
        text, words = written
        return Page(number, (_placed(page, form) if _may_fill(text, form) else ()) or words, text)
    try:
        grey = picture.render(page)
    except (pdfium.PdfiumError, ValueError):
        return Page(number, ())
    if picture.is_blank(grey):
        return Page(number, ())
    seen, table = _upright(grey, form, engine)
    cells = _table(seen, table, form, engine, memory) if table else []
    return Page(number, (*cells, *_runs(seen, table, form, engine, memory)), turned=seen.turned)


def _may_fill(text: str, form: Form) -> bool:
    """Whether a text has words enough to fill the table; to draw the page and look takes thirty times as long."""
    listed = [re.escape(word).replace(r"\ ", r"\s*") for words in form.words.values() for word in words]
    longest = "|".join(sorted(listed, key=len, reverse=True))
    return not listed or len(re.findall(rf"(?<!\w)(?:{longest})(?!\w)", text)) >= LISTED


def _placed(page: pdfium.PdfPage, form: Form) -> tuple[Word, ...]:
    """Put the words of a page's own layer into the table of the form; none if the page does not show it."""
    try:
        seen = picture.straight(picture.render(page), 0)
    except (pdfium.PdfiumError, ValueError):
        return ()
    table = grid.find(seen, form)
    if table is None or not table.is_sure:
        return ()
    width, height = seen.size
    cells = [(place, box) for place, box in table.cells() if not _is_empty(_cut(seen.ink, box))]
    boxes: list[tuple[tuple[int, int, int] | None, Box]] = [*cells, *((None, box) for box in _outside(seen, table))]
    shares = [(left / width, top / height, right / width, bottom / height) for _, (left, top, right, bottom) in boxes]
    listed = {cell: {word.replace(" ", ""): word for word in words} for cell, words in form.words.items()}
    found = []
    for (place, box), said in zip(boxes, layer.within(page, shares), strict=True):
        known = listed.get(form.cells[place[2]], {}) if place else {}
        if said:
            found.append(_word(seen, box, Reading(known.get(said.replace(" ", ""), said), 1.0), place))
    return tuple(replace(word, confidence=1.0) for word in found)


def _upright(grey: Grey, form: Form, engine: Engine) -> tuple[Picture, Grid | None]:
    """Turn a page the way its table is found, or without one the way its lines read best."""
    turns = (90, 270) if picture.lies(grey) else (0, 180)
    tried: list[tuple[Picture, Grid | None]] = []
    for turned in turns:
        seen = picture.straight(grey, turned)
        table = grid.find(seen, form)
        if table is not None and table.is_sure:
            return seen, table
        tried.append((seen, None))
    return max(tried, key=lambda one: _legible(one[0], engine))


def _legible(seen: Picture, engine: Engine) -> float:
    boxes = picture.boxes_of(seen.ink)
    longest = boxes[np.argsort(boxes[:, 2])[-TRIED:]] if len(boxes) else boxes
    readings = engine.read([Snippet(_cut(seen.grey, _box(row)), TEXT) for row in longest])
    return sum(reading.confidence * len(reading.text) for reading in readings)


def _table(seen: Picture, table: Grid, form: Form, engine: Engine, memory: Memory) -> list[Word]:
    boxes = {place: box for place, box in table.cells() if not _is_empty(_cut(seen.ink, box))}
    cuts = {place: _cut(seen.grey, box) for place, box in boxes.items()}
    anchor, last = form.cells.index(form.anchor), len(form.cells) - 1
    known = {place: read for place, cut in cuts.items() if place[2] == anchor and (read := memory.recall(place, cut))}
    for place, cut in cuts.items():
        # The last cell of a row is what the sheet is about: it is never recalled.
        beside = (*place[:2], anchor) in known and place[2] not in (anchor, last)
        if beside and (read := memory.recall(place, cut)):
            known[place] = read
    new = [place for place in cuts if place not in known]
    snippets = [Snippet(cuts[place], CELL, form.words.get(form.cells[place[2]], ())) for place in new]
    for place, reading in zip(new, engine.read(snippets), strict=True):
        known[place] = reading
        if place[2] != last:
            memory.keep(place, cuts[place], reading)
    return [_word(seen, boxes[place], reading, place) for place, reading in sorted(known.items()) if reading.text]


def _runs(seen: Picture, table: Grid | None, form: Form, engine: Engine, memory: Memory) -> list[Word]:
    """Read whatever stands outside the table: the head, the matter, the totals, the notes."""
    boxes = _outside(seen, table)
    cuts = [_cut(seen.grey, box) for box in boxes]
    places = [(round(box[0] / PLACE), round((box[2] - box[0]) / PLACE)) for box in boxes]
    known = {
        i: read
        for i, (place, cut) in enumerate(zip(places, cuts, strict=True))
        if LABEL[0] < cut.shape[1] < LABEL[1] and (read := memory.recall(place, cut))
    }
    new = [i for i in range(len(boxes)) if i not in known]
    figures = tuple(str(n) for n in range(form.most + 1)) if form.most else ()
    short = {i: figures if cuts[i].shape[1] < FIGURE else () for i in new}
    snippets = [Snippet(cuts[i], TEXT, short[i], strict=False) for i in new]
    for i, reading in zip(new, engine.read(snippets), strict=True):
        known[i] = reading
        if sum(sign.isalpha() for sign in reading.text) >= LETTERS and not any(sign.isdigit() for sign in reading.text):
            memory.keep(places[i], cuts[i], reading)
    return [_word(seen, boxes[i], reading) for i, reading in sorted(known.items()) if reading.text]


def _outside(seen: Picture, table: Grid | None) -> list[Box]:
    """Return the boxes of the runs of print outside the table."""
    ink = seen.ink
    if table is not None:
        left, top, right, bottom = table.box
        ink = ink.copy()
        ink[top:bottom, left:right] = 0
    return _joined([_box(row) for row in picture.boxes_of(ink)], seen.grey)


def _joined(boxes: list[Box], grey: Grey) -> list[Box]:
    """Put lines of prose together again that a stroke of the pen through them has cut in two."""
    whole: list[Box] = []
    for box in sorted(boxes):
        for k, (left, top, right, bottom) in enumerate(whole):
            level = min(bottom, box[3]) - max(top, box[1]) > 0.6 * min(bottom - top, box[3] - box[1])
            if level and box[0] - right < REACH and max(right - left, box[2] - box[0]) > PROSE:
                between = grey[max(top, box[1]) : min(bottom, box[3]), right - 5 : box[0] + 5]
                if int((between < 128).sum()) > 10:
                    whole[k] = (left, min(top, box[1]), max(right, box[2]), max(bottom, box[3]))
                    break
        else:
            whole.append(box)
    return whole


def _box(row: np.ndarray) -> Box:
    left, top, width, height = (int(value) for value in row)
    return left - 5, top - 4, left + width + 5, top + height + 4


def _word(seen: Picture, box: Box, reading: Reading, place: tuple[int, int, int] | None = None) -> Word:
    width, height = seen.size
    left, top, right, bottom = box
    inside = (max(0, left) / width, max(0, top) / height, min(right, width) / width, min(bottom, height) / height)
    blotted = bool(cv2.erode(_cut(seen.ink, box), BLOT, borderType=cv2.BORDER_CONSTANT, borderValue=(0,)).any())
    crossed = blotted or int(np.count_nonzero(_cut(seen.strokes, box))) > 8
    among = place is None and any(left < s[2] and s[0] < right and top < s[3] and s[1] < bottom for s in seen.stamps)
    sure = reading.confidence * (CROSSED if crossed else STAMPED if among else 1)
    return Word(reading.text, tuple(round(edge, 5) for edge in inside), round(min(sure, 1.0), 4), place)  # type: ignore[arg-type]


def _cut(grey: Grey, box: Box) -> Grey:
    left, top, right, bottom = box
    return grey[max(0, top) : max(1, bottom), max(0, left) : max(1, right)]


def _is_empty(ink: Grey) -> bool:
    return int(np.count_nonzero(ink)) < 12


def _alike(one: Grey, other: Grey) -> bool:
    """Whether two pictures of a line show the same print, moved by up to three pixels."""
    if one.shape != other.shape:
        height, width = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
        if max(one.shape[1], other.shape[1]) - width > 4:
            return False
        one, other = one[:height, :width], other[:height, :width]
    here, there = (cv2.GaussianBlur(1 - grey.astype(np.float32) / 255, (0, 0), 0.9) for grey in (one, other))
    wide = cv2.copyMakeBorder(there, 3, 3, 3, 3, cv2.BORDER_CONSTANT, value=0.0)
    scores = cv2.matchTemplate(wide, here, cv2.TM_CCORR_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(scores)
    if best < ALIKE:
        return False
    moved = wide[y : y + here.shape[0], x : x + here.shape[1]]
    window = np.ones(11)
    apart = np.convolve(np.abs(here - moved).sum(axis=0), window, "valid")
    total = np.convolve((here + moved).sum(axis=0), window, "valid")
    return bool((apart / (total + 12)).max() < APART)
