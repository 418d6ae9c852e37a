"""How does text from a site get into a spreadsheet without being run as a formula?

A programme that opens CSV takes a cell for a formula if it begins with one of a few signs. Such a cell gets an
apostrophe in front, as a person would type it. So does such a sign after a `;`, a tab or a line end, where a programme
that expects other separators would begin a cell of its own.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

SIGNS = "=+\\-@＝＋－＠"
_AT_START = r"^([\t\r\n])"
_NUL = "\x00"
_UNSEEN = " \x0b\x0c\u00a0\u200b-\u200f\u2028\u2029\u2060\ufeff"
_CELL = rf"(^|[\t\r\n;])([{_UNSEEN}]*)([{SIGNS}])"
_PYTHON = re.compile(_CELL)


def guarded(texts: pa.Array) -> pa.Array:
    """Return texts that no spreadsheet takes for formulas; signs that end a text early (NUL) are left out."""
    if pa.types.is_dictionary(texts.type):
        return pa.DictionaryArray.from_arrays(texts.indices, guarded(texts.dictionary))
    bare = pc.replace_substring(texts, _NUL, "")
    cells = pc.replace_substring_regex(bare, _CELL, r"\1'\2\3")
    return pc.replace_substring_regex(cells, _AT_START, r"'\1")


def risky(text: str) -> bool:
    """Whether a cell that holds this text would be run, were it typed."""
    return _PYTHON.search(text.replace(_NUL, "")) is not None or text.startswith(("\t", "\r", "\n", _NUL))
