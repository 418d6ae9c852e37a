"""The usual recipe for a scanned page: render it at 300 dpi, binarise by Otsu, let Tesseract read it as one block."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from rapidfuzz import fuzz

ALIKE = 78
"""How alike, of 100, a piece of a line must be to a name of the roll to be it."""
MARKS = (
    ("SI +++", r"s[i1l|!í]\s*[+4t#*]|^s[i1l|!]$|\+\+"),
    ("NO ---", r"n[o0q]\s*[-—–=~_.]|^n[o0q]$|--"),
    ("Abst.", r"abs"),
    ("SinRes", r"sin\s*r|inres"),
    ("aus", r"^[^a-z]*(aus|ads|au5|aús)"),
    ("Sus", r"^[^a-z]*(sus|5us)"),
    ("LO", r"^[^a-z]*[l1|i][o0]\b"),
    ("LE", r"^[^a-z]*[l1|i]e\b"),
    ("LP", r"^[^a-z]*[l1|i]p\b"),
    ("F", r"^[^a-z]*f\b"),
)
"""What counts as each mark, letters that look alike included."""


def missing() -> str | None:
    """Say what has to be installed; None if nothing."""
    if shutil.which("tesseract") is None:
        return (
            "the recipe needs the programme tesseract with its Spanish data: packages tesseract-ocr, tesseract-ocr-spa"
        )
    told = subprocess.run(["tesseract", "--list-langs"], check=True, capture_output=True, text=True)
    return None if "spa" in told.stdout.split() else "tesseract lacks its Spanish data: package tesseract-ocr-spa"


def texts(content: bytes, folder: Path, turned: dict[int, int]) -> Iterator[str]:
    """Read each page of a PDF. Pages that lie are turned upright for it: the recipe has no step that would do so."""
    picture = folder / "page.png"
    with pdfium.PdfDocument(content) as pdf:
        for number, page in enumerate(pdf, 1):
            grey = page.render(scale=300 / 72, grayscale=True).to_numpy().squeeze()
            grey = np.ascontiguousarray(np.rot90(grey, turned.get(number, 0) // 90))
            _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
            cv2.imwrite(str(picture), ink, [cv2.IMWRITE_PNG_COMPRESSION, 1])
            words = ["tesseract", str(picture), "-", "-l", "spa", "--psm", "6", "--dpi", "300"]
            told = subprocess.run(
                words, check=True, capture_output=True, text=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
            )
            yield told.stdout


def marks(text: str, names: Sequence[str], chair: str) -> list[str | None]:
    """Pick the mark of each name of the roll out of the lines of a page; None where none can be made out.

    As kindly as can be: names may be misread, marks look like others, and who presides is told beforehand.
    """
    found: dict[str, tuple[float, str | None]] = {}
    plain = {name: _plain(name) for name in names}
    for line in map(_plain, text.splitlines()):
        here = []
        for name in names:
            at = fuzz.partial_ratio_alignment(plain[name], line, score_cutoff=ALIKE)
            if at is not None and at.dest_end - at.dest_start > 0.7 * len(name):
                here.append((at.score, at.dest_start, at.dest_end, name))
        taken: list[tuple[float, int, int, str]] = []
        for one in sorted(here, reverse=True):
            if all(one[2] <= other[1] + 3 or one[1] >= other[2] - 3 for other in taken):
                taken.append(one)
        taken.sort(key=lambda one: one[1])
        ends = [*(one[1] for one in taken), len(line)][1:]
        for (score, _, end, name), following in zip(taken, ends, strict=True):
            if score > found.get(name, (0.0, None))[0]:
                found[name] = (score, _mark(line[end:following]))
    return ["***" if name == chair else found.get(name, (0.0, None))[1] for name in names]


def _mark(text: str) -> str | None:
    return next((mark for mark, form in MARKS if re.search(form, text.strip(" ,.;:"))), None)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
