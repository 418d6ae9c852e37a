"""What does a page of a document look like? Drawn by a process of its own, which may take so long and so much, no more.

A PDF comes from elsewhere and PDFium is large: whatever it does to that process, ours goes on.
"""

from __future__ import annotations

import struct
import sys
import threading
import zlib

from tracker import apart

WIDE, HIGH = 1000, 3000
"""Pixels of a picture: as wide as this, unless that would make it higher than that."""
SECONDS, BYTES = 10, 2**30
"""What the process may take: seconds, and bytes of memory."""
AT_ONCE, IN_LINE = 2, 8
"""How many pages are drawn at once, and how many may be asked for: whoever comes then is turned away at once."""
SHADES = bytes((grey * 15 + 127) // 255 * 17 for grey in range(256))
"""Sixteen shades of grey are enough to read by, and make a scan a third smaller."""

_AT_WORK, _ASKED = threading.BoundedSemaphore(AT_ONCE), threading.BoundedSemaphore(IN_LINE)


class Undrawable(Exception):
    """A page that cannot be shown: there is none of that number, the document is broken, or it took too long."""


def leaf(content: bytes, number: int) -> bytes:
    """Return a picture (PNG, in greys) of a page of a PDF, counted from 1. Raise Undrawable."""
    if not _ASKED.acquire(blocking=False):
        raise Undrawable(f"page {number}: {IN_LINE} others are being drawn; ask again")
    try:
        with _AT_WORK:
            return _drawn(content, number)
    finally:
        _ASKED.release()


def _drawn(content: bytes, number: int) -> bytes:
    try:
        return apart.work("tracker.archive.leaf", content, str(number), seconds=SECONDS)
    except apart.Ended as error:
        raise Undrawable(f"page {number}: {error}") from error


def draw(content: bytes, number: int) -> bytes:
    """Draw a page here and now. Raise PdfiumError, IndexError, ValueError or MemoryError."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - the process that asks for pages never draws one

    pdf = pdfium.PdfDocument(content)
    if not 1 <= number <= len(pdf):
        raise IndexError(f"there are {len(pdf)} pages")
    page = pdf[number - 1]
    width, height = page.get_size()
    bitmap = page.render(scale=min(WIDE / width, HIGH / height), grayscale=True)
    return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def _png(grey: bytes, width: int, height: int, stride: int) -> bytes:
    """Write grey values as PNG (RFC 2083): each row begins with the number of its filter, 0 for none."""
    grey = grey.translate(SHADES)
    rows = b"".join(b"\0" + grey[y * stride : y * stride + width] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    apart.bounded(SECONDS, BYTES)
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read(), int(sys.argv[1])))
