"""Does PDFium live through a PDF? Tried by a process of its own, before one that matters opens it."""

from __future__ import annotations

import sys
from contextlib import closing, suppress

import pypdfium2 as pdfium

from tracker.apart import bounded

SECONDS, MEMORY = 120, 2**31
"""What the process may take: seconds of a processor, and bytes."""


def attempt(content: bytes, most: int, short: int) -> None:
    """Open the pages and their text, if there are no more than that; draw those of what is `short`, read in one go.

    What PDFium finds wrong is no matter here: only that it says so.
    """
    with suppress(pdfium.PdfiumError), closing(pdfium.PdfDocument(content)) as pdf:
        count = len(pdf)
        if count > most:
            return
        for number in range(count):
            with suppress(pdfium.PdfiumError, ValueError), closing(pdf[number]) as page:
                with suppress(pdfium.PdfiumError):
                    page.get_textpage().close()
                if count <= short:
                    page.render(scale=min(1.0, 2000 / max(page.get_size())), grayscale=True).close()


if __name__ == "__main__":
    seconds, memory, pages, few = map(int, sys.argv[1:])
    bounded(seconds, memory)
    attempt(sys.stdin.buffer.read(), pages, few)
