"""Does the state of a source say what ran, what is held and what went wrong?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import escrutinio_seed as seed
from sqlalchemy import Engine

from tracker.queries import health


def test_a_source_that_failed_keeps_its_last_good_run(engine: Engine) -> None:
    minutes, house, senate = health.sources(engine)
    assert [s.slug for s in (minutes, house, senate)] == ["pe_minutes", "us_house", "us_senate"]
    assert (minutes.state, house.state, senate.state) == ("good", "failed", "never")
    assert house.last_run is not None
    assert house.last_run.message == "clerk.house.gov answered 503 four times"
    assert house.fresh_at == datetime(2023, 9, 28, 22, 17, tzinfo=UTC)
    assert senate.fresh_at is None
    assert house.findings_ever == {"doubtful": 1}
    assert (house.coverage.first, house.coverage.last, house.coverage.votes) == (date(2023, 1, 3), date(2023, 9, 28), 6)


def test_coverage_and_findings(engine: Engine) -> None:
    assert [(c.legislature, c.votes) for c in health.coverage(engine)] == [
        ("pe_congress", 2),
        ("us_house", 6),
        ("us_senate", 1),
    ]
    (found,) = health.findings(engine, vote=seed.DOUBTFUL)
    assert (found.severity, found.code) == ("doubtful", "sums")
    assert health.findings(engine, vote=seed.FOUNDING) == ()


def test_an_empty_database_has_no_sources(empty: Engine) -> None:
    assert health.sources(empty) == ()
    assert health.coverage(empty) == ()
