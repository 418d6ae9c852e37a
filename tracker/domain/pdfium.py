"""Who may use PDFium now? One thread of a process at a time, as it says itself.

It stands here because rooms that know nothing of one another open PDFs: readers of text layers, of scans, the pictures
of what is in doubt, the documents of the demonstration.
"""

from __future__ import annotations

from threading import RLock

PDFIUM = RLock()
"""Held by whoever opens, reads or closes a PDF, and no longer."""
