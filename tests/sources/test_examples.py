"""Is each example of an oddity read as somebody once checked that it should be?

`examples/<slug>/<what-is-odd>/` holds a document, `about.toml` (url, role, day, context, why) and `expected.json`.
A missing expectation is written and fails, so that it is read before it is kept.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.evidence import Document, Request
from tracker.domain.votes import PrintedBallot, Tally
from tracker.sources.catalogue import MODULES, source
from tracker.sources.contract import Unreadable

EXAMPLES = Path(__file__).parent / "examples"
FOLDERS = sorted(about.parent for about in EXAMPLES.glob("*/*/about.toml"))


def plain(value: object) -> Any:
    """Reduce a finding to JSON a person can check: a ballot on one line, a tally by its parts, no defaults."""
    if isinstance(value, PrintedBallot):
        code = value.code
        said = [value.name, value.group, value.region, value.ref, code.printed, code.position, code.reason]
        return " | ".join(str(part) if part is not None else "–" for part in said)
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
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def findings(folder: Path) -> list[Any]:
    """Read an example's document with the reader of its source."""
    about = tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))
    [paper] = folder.glob("document.*")
    request = Request(about["url"], about["role"], about.get("day"), about.get("context", {}))
    found = source(folder.parent.name)
    document = Document.of(request, paper.read_bytes(), datetime(2026, 1, 1, tzinfo=UTC))
    try:
        return [plain(finding) for finding in found.roles[request.role].read(document, found.sheet)]
    except Unreadable as error:
        return [{"is": "Unreadable", "code": error.code}]


def test_there_are_examples_of_sources_that_exist() -> None:
    assert {folder.parent.name for folder in FOLDERS} >= {"us_house", "us_senate"}
    assert {folder.parent.name for folder in FOLDERS} <= set(MODULES)


@pytest.mark.parametrize("folder", FOLDERS, ids=[f"{f.parent.name}/{f.name}" for f in FOLDERS])
def test_an_example_is_read_as_expected(folder: Path) -> None:
    about = tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))
    assert about["why"]
    expected = folder / "expected.json"
    found = findings(folder)
    if not expected.exists():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{expected} was missing and has been written: read it, then commit it")
    assert found == json.loads(expected.read_text(encoding="utf-8"))
