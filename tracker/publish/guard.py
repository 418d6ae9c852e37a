"""How does text from a site get into a spreadsheet without being run as a formula?

A programme that opens CSV takes a cell for a formula if it begins with one of a few signs. Such a cell gets an
apostrophe in front, as a person would type it. So does such a sign after a `;`, a tab or a line end, where a programme
that expects other separators would begin a cell of its own.
"""

from __future__ import annotations

import re

SIGNS = "=+\\-@＝＋－＠"
AT_START = r"^([\t\r\n])"
NUL = "\x00"
_UNSEEN = " \x0b\x0c\u00a0\u200b-\u200f\u2028\u2029\u2060\ufeff"
CELL = rf"(^|[\t\r\n;])([{_UNSEEN}]*)([{SIGNS}])"
_PYTHON, _FIRST = re.compile(CELL), re.compile(AT_START)


def safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; signs that end a text early (NUL) are left out.

    >>> safe("=1+1"), safe("Ana;-3")
    ("'=1+1", "Ana;'-3")
    """
    return _FIRST.sub(r"'\1", _PYTHON.sub(r"\1'\2\3", text.replace(NUL, "")))


def risky(text: str) -> bool:
    """Whether a cell that holds this text would be run, were it typed."""
    return _PYTHON.search(text.replace(NUL, "")) is not None or text.startswith(("\t", "\r", "\n", NUL))
