"""Which text does each page of a PDF hold? Taken by a process of its own: see `paper`, which starts it.

A PDF comes from elsewhere and PDFium is large: whatever it does to that process, a run goes on.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing

import pypdfium2 as pdfium

from tracker.apart import bounded


def texts(content: bytes, most_pages: int, longest: int) -> dict[str, object]:
    """Return the `texts` of the pages, or the `code` of a trouble and what there is to say of it (`told`)."""
    try:
        with closing(pdfium.PdfDocument(content)) as pdf:
            if len(pdf) > most_pages:
                return {"code": "too_many_pages", "told": f"{len(pdf)} pages, more than minutes have; look at it"}
            found = []
            for number in range(1, len(pdf) + 1):
                with closing(pdf[number - 1]) as page, closing(page.get_textpage()) as text:
                    if (count := text.count_chars()) > longest:
                        told = f"page {number} holds {count:,} characters; look at it"
                        return {"code": "page_too_long", "told": told}
                    found.append(text.get_text_bounded())
            return {"texts": found}
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            return {"code": "encrypted", "told": "the PDF is locked with a password; ask for an open copy"}
        return {"code": "broken_pdf", "told": f"{error}; the PDF may be damaged and will be asked for again"}


if __name__ == "__main__":
    seconds, memory, pages, signs = map(int, sys.argv[1:])
    bounded(seconds, memory)
    sys.stdout.write(json.dumps(texts(sys.stdin.buffer.read(), pages, signs)))
