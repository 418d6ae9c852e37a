"""Does PDFium live through a PDF? Tried by a process of its own, before one that matters opens it."""

from __future__ import annotations

import sys
from contextlib import closing, suppress

import pypdfium2 as pdfium

from tracker.apart import bounded

SECONDS, MEMORY = 120, 2**31
"""What the process may take: seconds of a processor, and bytes."""


def attempt(content: bytes, most: int, short: int) -> None:
    """Open at most so many pages and their text; draw those of a document that is `short`, which is read in one go.

    What PDFium finds wrong is no matter here: only that it says so.
    """
    with suppress(pdfium.PdfiumError), closing(pdfium.PdfDocument(content)) as pdf:
        count = len(pdf)
        for number in range(min(count, most)):
            with suppress(pdfium.PdfiumError, ValueError), closing(pdf[number]) as page:
                page.get_textpage().close()
                if count <= short:
                    page.render(scale=min(1.0, 2000 / max(page.get_size())), grayscale=True).close()


if __name__ == "__main__":
    seconds, memory, pages, few = map(int, sys.argv[1:])
    bounded(seconds, memory)
    attempt(sys.stdin.buffer.read(), pages, few)
