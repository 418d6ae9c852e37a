"""Which signs can no database keep as text? Zero bytes, which end a text early in PostgreSQL, and halves of signs."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def are_texts(texts: Iterable[str | None]) -> bool:
    """Whether all of these can be kept as they are."""
    return _NO_TEXT.search("\n".join(filter(None, texts))) is None


def writable(text: str) -> str:
    r"""Return a text that can be kept: what cannot be is written as programmers do.

    >>> writable("a\0b\ud800")
    'a\\x00b\\ud800'
    """
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", r"\x00")
