"""How are the words that were read from a document's pages written down, so that no page is ever read by eye twice?"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Sequence

from tracker.domain.evidence import Page, Word

VERSION = 1
"""Of the shape of the file; a reader refuses any other."""

_NAME = re.compile(r"([0-9a-f]{64})\.([0-9a-f]{16})\.json\.gz")


def name(sha256: str, key: str) -> str:
    """Return the name of the file that holds the words of a document as one way of reading found them."""
    return f"{sha256}.{key}.json.gz"


def is_name(text: str) -> bool:
    """Whether a file is named as one of words is."""
    return _NAME.fullmatch(text) is not None


def encode(pages: Sequence[Page], engine: str) -> bytes:
    """Write pages down; the same pages give the same bytes. `engine` is named for whoever looks into the file."""
    shape = {
        "version": VERSION,
        "engine": engine,
        "pages": [
            {
                "number": page.number,
                "turned": page.turned,
                "text": page.text,
                "words": [[word.text, *word.box, word.confidence, word.cell] for word in page.words],
            }
            for page in pages
        ],
    }
    return gzip.compress(json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def decode(content: bytes) -> tuple[Page, ...]:
    """Read pages as they were written. ValueError if it is no such file, of another version, or damaged."""
    try:
        shape = json.loads(gzip.decompress(content))
        if shape["version"] != VERSION:
            raise ValueError(f"written in version {shape['version']}, this programme reads {VERSION}")
        return tuple(
            Page(page["number"], tuple(map(_word, page["words"])), page["text"], page["turned"])
            for page in shape["pages"]
        )
    except (OSError, EOFError, zlib.error, KeyError, TypeError) as error:
        raise ValueError(f"its words cannot be read: {error}") from error


def _word(parts: list[object]) -> Word:
    text, left, top, right, bottom, confidence, cell = parts
    place = None if cell is None else tuple(cell)  # type: ignore[arg-type, var-annotated]
    return Word(str(text), (left, top, right, bottom), confidence, place)  # type: ignore[arg-type]
