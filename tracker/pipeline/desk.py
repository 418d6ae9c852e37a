"""What has a reader of documents at hand: eyes for pages that are pictures, and what people have settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tracker.archive.ocr import Sight
from tracker.archive.ocr.crop import crop
from tracker.archive.store import Store
from tracker.domain.evidence import Document
from tracker.domain.form import Form
from tracker.domain.settlement import Settlement
from tracker.domain.votes import PrintedVote


@dataclass(frozen=True, slots=True)
class Desk:
    """`sight` reads pages (None: documents come without their words), `store` keeps pieces of them.

    `settled` is what people say of votes, by the vote's id and the document it stands in.
    """

    sight: Sight | None = None
    store: Store | None = None
    settled: Mapping[tuple[str, str], Settlement] = field(default_factory=dict)

    def seen(self, document: Document, form: Form | None) -> Document:
        """Return a document with the words of its pages, if its role asks for them. Illegible, Stopped as for Sight."""
        if form is None or self.sight is None:
            return document
        return replace(document, pages=self.sight(document, form))

    def piece(self, document: Document, vote: PrintedVote) -> str | None:
        """Keep a picture of where a vote's page is in doubt, and return its SHA-256; None if there is none to keep."""
        if self.store is None or vote.page is None or not document.pages:
            return None
        turned = next((page.turned for page in document.pages if page.number == vote.page), 0)
        picture = crop(document.content, vote.page, turned, vote.region)
        return None if picture is None else self.store.put(picture)


BARE = Desk()
"""Neither eyes nor memory: for papers that are text."""
