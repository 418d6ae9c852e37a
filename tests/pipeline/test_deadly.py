"""Minutes on which a process dies: they cost themselves and are named; the others are read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from deadly_pdf import deadly

from tracker.domain.evidence import Document, Request
from tracker.pipeline.asking import Answer
from tracker.pipeline.collect import Ending, Journey, ending, follow
from tracker.sources.catalogue import source
from tracker.sources.peru import paper
from tracker.storage.write import Fetch, Reading

MINUTES = source("pe_minutes")
GOOD = Path(__file__).parents[1] / "sources/examples/pe_minutes/plain-figure-and-none/document.pdf"
AT = datetime(2026, 10, 9, tzinfo=UTC)


def answer(name: str, content: bytes) -> Answer:
    document = Document.of(Request(f"https://example.test/{name}.pdf", "minutes"), content, AT)
    fetch = Fetch(
        url=document.url, role="minutes", at=AT, status=200, sha256=document.sha256, changed=True,
        read_by=MINUTES.reader("minutes"),
    )  # fmt: skip
    return Answer(document.request, fetch, document)


def test_minutes_that_kill_what_opens_them_cost_only_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "MEMORY", 2**28)
    journey, saved = Journey(), list[Reading]()
    for name, content in {"deadly": deadly(), "good": GOOD.read_bytes()}.items():
        follow(MINUTES, answer(name, content), journey, saved.append)
    first, second = saved
    assert not first.whole
    (noticed,) = first.noticed
    assert (noticed.code, noticed.place) == ("reading_killed", "https://example.test/deadly.pdf")
    assert "SIG" in noticed.message, "it says how the process ended"
    assert second.votes
    how, why = ending(journey, moved=len(second.votes), source=MINUTES)
    assert how is Ending.DONE
    assert "deadly.pdf" in why
