"""What do small pictures of text say, and how sure is that? Asks RapidOCR's recogniser, letter by letter."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import openvino
from numpy.typing import NDArray

from tracker.archive.ocr.picture import Grey

MODEL = "PP-OCRv6_rec_small.onnx"
HEIGHT = 48
"""Pixels that the recogniser wants a line of text to be high."""
WIDTHS = (
    32, 48, 64, 80, 96, 128, 160, 208, 272, 336, 384, 480, 600, 752, 944, 1184, 1480, 1856, 2320, 2896, 3472,
)  # fmt: skip
"""Widths are rounded up to one of these: each new shape costs the engine some 30 ms, and 9 MB that it keeps."""
BATCH, LONG = 4, 384
"""Pictures that are read together, always so many, and the width from which each is read alone."""
SURE = 0.9
"""A word of a closed list is taken as read if each of its letters is at least this sure."""
WIDER = 1.6
"""How many times wider a cell is shown at the second look: as it is, at the recogniser's height."""
FAINTEST = 1e-5
"""How likely, at least, any sign is held to be at any step: the recogniser is surer of itself than it should be."""
_LETTER_LIKE = (("5", "s"), ("1", "i"), ("|", "i"), ("l", "i"), ("0", "o"), ("8", "b"), ("4", "a"))
_DIGIT_LIKE = (*(("oODQ°º"[n], "0") for n in range(6)), *(("lIi|"[n], "1") for n in range(4)), ("S", "5"), ("B", "8"))
"""Signs that look like others, and count for them in words of a closed list."""
UNLISTED = 0.5
"""How sure, at most, a reading is that is none of the words a cell can hold."""
PLAIN, STRANGE = math.log(0.5), math.log(1e-4)
"""How likely, at least, a word of a closed list must be to be taken at the first look, and at the second; below that
none of them stands there, and what was read is handed on as it is."""

Floats = NDArray[np.float32]

_LETTERS = (
    " |!\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz"
    "ÁÉÍÓÚÜÑÇÀÈÌÒÙÂÊÎÔÛÃÕÄËÏÖáéíóúüñçàèìòùâêîôûãõäëïö°º«»“”–—¿¡´"
)
"""The recogniser knows thousands of signs; a parliament that writes Latin letters needs these."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a picture was read as; `confidence` from 0 to 1: the letters' geometric mean, or the chosen word's share."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Snippet:
    """A picture of one line of text, how many times wider it is to be shown, and the closed list of what it can say.

    `strict` False: it may also be a word that is not on the list, if it is surely read as one.
    """

    grey: Grey
    widen: float
    words: tuple[str, ...] = ()
    strict: bool = True


def name() -> str:
    """Name the engine with its versions, as what it reads is filed under."""
    return f"rapidocr-{version('rapidocr')}-openvino-{version('openvino')}"


def _model() -> Path:
    """Return where RapidOCR's package has the model. FileNotFoundError says what to install."""
    package = find_spec("rapidocr")
    folders = package.submodule_search_locations if package else None
    path = Path(folders[0], "models", MODEL) if folders else Path(MODEL)
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing: install rapidocr {version('rapidocr')} anew, its wheel holds the model"
        )
    return path


class Engine:
    """RapidOCR's recogniser of lines (PP-OCRv6), run by OpenVINO on one thread: processes read side by side instead.

    Of RapidOCR only the model is used, which lies in its package: its own way of reading looks for text on whole pages
    and shows every piece 320 pixels wide, at four times the cost. Opening takes 0.2 s, 150 MB, and no network.
    """

    def __init__(self) -> None:
        model = openvino.Core().read_model(_model())
        signs = str(model.get_rt_info()["framework"]["character"].astype(str)).splitlines()
        self._compiled = openvino.Core().compile_model(model, "CPU", {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1})
        self._request = self._compiled.create_infer_request()
        # As it was trained: nothing first, the listed signs, the blank last.
        places = {sign: place for place, sign in enumerate(["", *signs, " "])}
        known = sorted(sign for sign in set(_LETTERS) if sign in places)
        self._columns = np.array([0, *(places[sign] for sign in known)])
        self._signs = ["", *known]
        self._place = {sign: place for place, sign in enumerate(self._signs)}
        self._small = np.array([self._place.get(sign.lower(), n) for n, sign in enumerate(self._signs)])
        self._large = np.array([self._place.get(sign.upper(), n) for n, sign in enumerate(self._signs)])

    def rest(self) -> None:
        """Give back the memory that reading took, after a page."""
        self._compiled.release_memory()

    def _chances(self, batch: Floats) -> Floats:
        """Return how likely each known sign is at each step of each picture."""
        self._request.infer([batch])
        return np.asarray(self._request.get_output_tensor().data[:, :, self._columns], np.float32)

    def read(self, snippets: Sequence[Snippet]) -> list[Reading]:
        """Read pictures, in their order. An empty text with confidence 0 where nothing stands.

        Where a closed list is given, the picture is looked at again, wider, unless it surely shows one of its words.
        """
        found = [self._first(chances, s) for s, chances in zip(snippets, self._look(snippets), strict=True)]
        unsure = [i for i, snippet in enumerate(snippets) if snippet.words and found[i].confidence < SURE]
        wider = [Snippet(snippets[i].grey, WIDER, snippets[i].words) for i in unsure]
        for i, chances in zip(unsure, self._look(wider), strict=True):
            chosen = self._choose(chances, snippets[i].words, STRANGE)
            found[i] = chosen or (self._spelled(chances, snippets[i].words) if snippets[i].strict else found[i])
        return found

    def _first(self, chances: Floats, snippet: Snippet) -> Reading:
        """Read what is spelled; or, of a closed list, the word that is nearly that."""
        spelled = self._spelled(chances, snippet.words)
        if not snippet.words or spelled.confidence >= SURE:
            return spelled
        if not snippet.strict:
            free = self._spelled(chances, ())
            letters = sum(sign.isalpha() for sign in free.text)
            if letters >= 2 and letters == len(free.text.strip(".,()+-* ")) and free.confidence >= SURE:
                return free
        return self._choose(chances, snippet.words, PLAIN) or Reading(spelled.text, min(spelled.confidence, UNLISTED))

    def _look(self, snippets: Sequence[Snippet]) -> list[Floats]:
        """Return for each picture how likely each sign is at each step."""
        shown = [_shown(snippet) for snippet in snippets]
        found: list[Floats] = [np.zeros((0, 0), np.float32)] * len(snippets)
        for some in _batches([grey.shape[1] for grey in shown]):
            width = WIDTHS[bisect_left(WIDTHS, max(shown[i].shape[1] for i in some))]
            batch = np.zeros((BATCH if width <= LONG else 1, 3, HEIGHT, width), np.float32)
            for k, i in enumerate(some):
                batch[k, :, :, : shown[i].shape[1]] = shown[i] / 127.5 - 1
            chances = self._chances(batch)
            for k, i in enumerate(some):
                found[i] = chances[k]
        return found

    def _spelled(self, chances: Floats, words: tuple[str, ...]) -> Reading:
        """Take the likeliest sign at each step. With a closed list, what is not one of its words is not trusted."""
        best = chances.argmax(axis=1)
        letters = [(int(sign), float(chances[t, sign])) for t, sign in enumerate(best)]
        spelled = [(self._signs[s], p) for t, (s, p) in enumerate(letters) if s and (t == 0 or letters[t - 1][0] != s)]
        text = "".join(sign for sign, _ in spelled).strip()
        sure = [p for sign, p in spelled if sign != " "]
        mean = math.exp(sum(map(math.log, sure)) / len(sure)) if sure else 0.0
        if not words:
            return Reading(text, mean)
        known = _vocabulary(words).words.get(text.casefold())
        if known is not None and min(sure, default=0.0) >= SURE:
            return Reading(known, min(sure))
        return Reading(text, min(mean, UNLISTED))

    def _choose(self, chances: Floats, words: tuple[str, ...], least: float) -> Reading | None:
        """Return the word of a closed list that the picture is likeliest to show, with its share among all of them.

        None if even that is less likely than `least` (a logarithm).
        """
        vocabulary = _vocabulary(words)
        spelled = np.array([[self._place[sign] if sign else 0 for sign in row] for row in vocabulary.states])
        plain = chances[:, self._small] + np.where(self._small != self._large, chances[:, self._large], 0)
        for sign, meant in (*_LETTER_LIKE, *_DIGIT_LIKE):
            plain[:, self._place[meant]] += chances[:, self._place[sign]]
        # What it takes for a sign of another script is an asterisk: ☆, 女, 方 … stand where the chair's *** is printed.
        plain[:, self._place["*"]] += np.maximum(1 - chances.sum(axis=1), 0)
        likely = _likelihoods(np.log(np.maximum(plain, FAINTEST)), spelled, vocabulary)
        totals = dict.fromkeys(words, -math.inf)
        for form, value in zip(vocabulary.forms, likely, strict=True):
            totals[vocabulary.words[form]] = float(np.logaddexp(totals[vocabulary.words[form]], value))
        word = max(totals, key=totals.__getitem__)
        if totals[word] < least:
            return None
        return Reading(word, 1 / sum(math.exp(other - totals[word]) for other in totals.values()))


@dataclass(frozen=True, slots=True, eq=False)
class _Vocabulary:
    """A closed list spelled out in small letters: the forms its words are read in, whose each is, letters and gaps."""

    words: dict[str, str]
    forms: tuple[str, ...]
    states: tuple[tuple[str, ...], ...]
    ends: NDArray[np.int64]
    skips: NDArray[np.bool_]


@lru_cache(maxsize=32)
def _vocabulary(words: tuple[str, ...]) -> _Vocabulary:
    owners: dict[str, str] = {}
    for word in words:
        for form in _forms(word.casefold()):
            owners.setdefault(form, word)
    forms = tuple(owners)
    longest = max(map(len, forms))
    states = tuple(
        ("", *(part for sign in form for part in (sign, "")), *[""] * (2 * (longest - len(form)))) for form in forms
    )
    skips = [[s >= 2 and row[s] != "" and row[s] != row[s - 2] for s in range(len(row))] for row in states]
    return _Vocabulary(owners, forms, states, np.array([2 * len(form) for form in forms]), np.array(skips))


def _forms(word: str) -> set[str]:
    """Return a word with and without its blanks, and with fewer of the signs it ends in: the recogniser drops both."""
    stem = word.rstrip("+-*")
    tail = word[len(stem) :]
    cut = {stem + tail[:n] for n in range(0 if stem else len(tail), len(tail) + 1)}
    return {form for whole in cut for form in (whole.strip(), whole.replace(" ", ""))}


def _likelihoods(logs: Floats, spelled: NDArray[np.int64], vocabulary: _Vocabulary) -> NDArray[np.float64]:
    """Return the logarithm of the chance that a picture shows each form, over every way to space its letters (CTC)."""
    count, length = spelled.shape
    low = -1e9
    now = np.full((count, length + 2), low)
    now[:, 2:4] = logs[0][spelled[:, :2]]
    for step in logs[1:]:
        stay, one, two = now[:, 2:], now[:, 1:-1], np.where(vocabulary.skips, now[:, :-2], low)
        now[:, 2:] = np.logaddexp(np.logaddexp(stay, one), two) + step[spelled]
    last = np.arange(count), vocabulary.ends + 2
    return np.asarray(np.logaddexp(now[last], now[last[0], last[1] - 1]), np.float64)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Put pictures of about one width together, in a fixed number where possible; long ones go alone."""
    order = sorted(range(len(widths)), key=widths.__getitem__)
    short = [i for i in order if widths[i] <= LONG]
    yield from (short[start : start + BATCH] for start in range(0, len(short), BATCH))
    yield from ([i] for i in order[len(short) :])


def _shown(snippet: Snippet) -> Grey:
    """Scale a picture to the recogniser's height, its width by itself: squeezed letters are read as well, sooner."""
    width = min(max(16, round(snippet.grey.shape[1] * snippet.widen)), WIDTHS[-1])
    how = cv2.INTER_LINEAR if width > snippet.grey.shape[1] else cv2.INTER_AREA
    return np.asarray(cv2.resize(snippet.grey, (width, HEIGHT), interpolation=how), np.uint8)
