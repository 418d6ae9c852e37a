"""Is each example of an oddity read as somebody once checked that it should be?

`examples/<slug>/<what-is-odd>/` holds a document, `about.toml` (url, role, day, context, why) and `expected.json`.
A missing expectation is written and fails, so that it is read before it is kept. After each vote stand its sums, made
as in a run: names placed in the source's register, then counted, board, spoken and announced set side by side.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from tracker.archive.ocr import Sight
from tracker.domain.evidence import Document, Request
from tracker.domain.people import Register
from tracker.domain.reconcile import reconcile
from tracker.domain.recurring import Hand
from tracker.domain.votes import Mark, PrintedBallot, PrintedVote, Tally
from tracker.pipeline.resolve import resolve
from tracker.sources.catalogue import MODULES, source
from tracker.sources.contract import Finding, Source, Unreadable

EXAMPLES = Path(__file__).parent / "examples"
FOLDERS = sorted(about.parent for about in EXAMPLES.glob("*/*/about.toml"))
NAMES = [f"{folder.parent.name}/{folder.name}" for folder in FOLDERS]
LARGEST = 100_000
"""Bytes: an example is read by people."""
SIGHT = Sight(None, processes=1)


def plain(value: object) -> Any:
    """Reduce a finding to JSON a person can check: a ballot or mark on one line, a tally by its parts, no defaults."""
    if isinstance(value, PrintedBallot):
        code = value.code
        said = [value.name, value.group, value.region, value.ref, code.printed, code.position, code.reason]
        return " | ".join(str(part) if part is not None else "–" for part in said)
    if isinstance(value, Mark):
        return " | ".join(str(part) for part in (value.name, value.code, value.reason or "–"))
    if isinstance(value, Tally):
        parts = {"yes": value.yes, "no": value.no, "abstain": value.abstain}
        parts |= {"present": value.present, "not_cast": value.not_cast, **dict(value.candidates)}
        return {name: count for name, count in parts.items() if count or name in ("yes", "no")}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        told = {f.name: plain(getattr(value, f.name)) for f in fields(value) if getattr(value, f.name) != f.default}
        return {"is": type(value).__name__} | {name: part for name, part in told.items() if part not in (None, [], {})}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, tuple | Hand):
        return [plain(part) for part in value]
    return value


def findings(folder: Path) -> list[Any]:
    """Read an example's document with the reader of its source."""
    said = about(folder)
    [paper] = folder.glob("document.*")
    request = Request(said["url"], said["role"], said.get("day"), said.get("context", {}))
    found = source(folder.parent.name)
    document = Document.of(request, paper.read_bytes(), datetime(2026, 10, 9, tzinfo=UTC))
    try:
        form = found.roles[request.role].form
        if form is not None:
            document = replace(document, pages=SIGHT(document, form))
        register = found.register() if found.register else None
        read = found.roles[request.role].read(document, found.sheet)
        return [part for finding in read for part in told(finding, found, register)]
    except Unreadable as error:
        return [{"is": "Unreadable", "code": error.code}]


def told(finding: Finding, found: Source, register: Register | None) -> list[Any]:
    """Reduce a finding, and add the sums to a vote."""
    if not isinstance(finding, PrintedVote):
        return [plain(finding)]
    vote = resolve(finding, register)
    sums = reconcile(vote, spoken_counts=found.sheet.chamber.spoken_counts)
    placed = {"unresolved": list(vote.unresolved)} if vote.unresolved else {}
    differences = (
        {"differences": [f"{one.check}: {one.detail}" for one in sums.differences]} if sums.differences else {}
    )
    tallies = {"counted": plain(sums.counted), "final": plain(sums.final)}
    return [plain(finding), {"is": "Sums", **tallies, "verdict": sums.verdict.value, **differences, **placed}]


def about(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", MODULES)
def test_every_source_has_examples_of_each_kind_of_page(slug: str) -> None:
    roles = source(slug).roles
    mine = [about(folder)["role"] for folder in FOLDERS if folder.parent.name == slug]
    assert len(mine) >= 4, f"{slug} needs at least four examples under {EXAMPLES / slug}"
    assert {roles[role].read for role in mine} == {role.read for role in roles.values()}


def test_there_are_examples_of_sources_that_exist() -> None:
    assert {folder.parent.name for folder in FOLDERS} == set(MODULES)


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_an_example_says_what_it_is_and_stays_small(folder: Path) -> None:
    said = about(folder)
    assert said.keys() - {"day", "context"} == {"url", "role", "why"}
    assert said["url"].startswith(source(folder.parent.name).sheet.address.base)
    [paper] = folder.glob("document.*")
    assert paper.stat().st_size <= LARGEST


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_an_example_is_read_as_expected(folder: Path) -> None:
    assert about(folder)["why"]
    expected = folder / "expected.json"
    found = findings(folder)
    if not expected.exists():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{expected} was missing and has been written: read it, then commit it")
    assert found == json.loads(expected.read_text(encoding="utf-8"))
