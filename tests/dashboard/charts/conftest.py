"""Votes of the small database as the charts get them, and how a chart is written down to be looked at."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.queries import votes
from tracker.queries.database import connect
from tracker.queries.view import VoteView

SPECS = Path(__file__).parent / "specs"
Look = Callable[..., VoteView]


@pytest.fixture(scope="session")
def look(database: str) -> Look:
    """Return a vote of the small database: `look(seed.SHEET)`."""
    engine = connect(database)
    held: dict[str, VoteView] = {}

    def one(slug: str) -> VoteView:
        if slug not in held:
            found = votes.one(engine, slug, own=True)
            assert found is not None
            held[slug] = found
        return held[slug]

    return one


def written(spec: dict[str, Any]) -> str:
    """Return a chart as JSON that can be reviewed: a line for each thing; of many rows, the first and the last."""
    lines = [
        f'"height": {spec["height"]}',
        f'"params": {_line({p["name"]: p["expr"] for p in spec.get("params", ())})}',
    ]
    for n, layer in enumerate(spec["layer"]):
        rows = layer.get("data", spec.get("data"))["values"]
        lines.append(f'"{n} mark": {_line(layer["mark"])}')
        lines += [f'"{n} {_what(step)}": {_line(step.get("calculate", step.get("filter")))}'
                  for step in layer.get("transform", ())]  # fmt: skip
        lines += [f'"{n} {channel}": {_line(said)}' for channel, said in layer["encoding"].items()]
        shown = [_line(row) for row in (rows if len(rows) <= 12 else [rows[0], f"… {len(rows)} rows …", rows[-1]])]
        lines.append(f'"{n} rows": [\n  ' + ",\n  ".join(shown) + "\n ]")
    return "{\n " + ",\n ".join(lines) + "\n}\n"


def _what(step: dict[str, Any]) -> str:
    return f"{step['as']} is" if "calculate" in step else "only"


def _line(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False)


def reviewed(name: str, spec: dict[str, Any]) -> None:
    """Hold a chart against the one that was reviewed. A missing one is written, and fails until somebody has looked."""
    path = SPECS / f"{name}.json"
    now = written(spec)
    json.loads(now)
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
        pytest.fail(f"{path.name} was missing and has been written: look at it, then run again")
    assert now == path.read_text(encoding="utf-8")


@pytest.fixture
def review() -> Callable[[str, dict[str, Any]], None]:
    """Hold a chart against the reviewed one: `review("hemicycle", figure.spec)`."""
    return reviewed
