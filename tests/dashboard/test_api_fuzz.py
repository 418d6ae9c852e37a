"""Does the interface keep to its own description, whatever is asked that the description allows, or forbids?

A longer run is one command: docs/api.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from dashboard import plain
from dashboard.routes import limits
from dashboard.routes.limits import Limit

CONFIG = {"seed": 2026, "continue-on-failure": True, "generation": {"max-examples": 8, "database": "none"}}


def sensible(_context: Any, case: Any) -> bool:
    """Leave out what a description cannot say: `stand` is asked for together with `group`."""
    query = case.query if isinstance(case.query, dict) else {}
    return not query.get("stand") or bool(query.get("group"))


def test_every_address_answers_as_described(
    use: Callable[[str], None], year: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import schemathesis
    from schemathesis.config import SchemathesisConfig
    from schemathesis.engine import Status, events, from_schema

    monkeypatch.setattr(limits, "CALLS", Limit(1_000_000))
    monkeypatch.setattr(limits, "CHECKS", Limit(1_000_000))
    use(year)
    config = SchemathesisConfig.from_dict(CONFIG)
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", plain.app, config=config)
    described.hook("filter_case")(sensible)
    asked: Counter[str] = Counter()
    faults: list[str] = []
    for event in from_schema(described).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            faults.append(str(event))
        if isinstance(event, events.ScenarioFinished):
            for checks in event.recorder.checks.values():
                asked[event.phase.value] += 1
                faults += [str(check.failure_info) for check in checks if check.status is Status.FAILURE]
    assert faults == []
    assert set(asked) == {"examples", "coverage", "fuzzing", "stateful"}
    assert asked["coverage"] > 200
