"""Does the state of a source say what ran, what is held and what went wrong?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import seed
from sqlalchemy import Engine

from tracker.domain.legislature import BY_HAND
from tracker.queries import health
from tracker.schedule.timetable import Timetable
from tracker.sources.catalogue import MODULES, catalogue


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


def test_a_source_is_stale_when_its_last_good_run_is_old(engine: Engine) -> None:
    minutes, house, senate = health.sources(engine)
    run, good = datetime(2023, 9, 28, 22, 17, tzinfo=UTC), house.last_good
    assert not house.stale(run + health.OLD)
    assert house.stale(run + health.OLD + timedelta(seconds=1)), "that a later run failed makes it no fresher"
    assert minutes.stale(run)
    assert not senate.stale(run), "what was never run may not be wanted"
    assert not replace(house, timetable=BY_HAND).stale(run + timedelta(days=99))
    assert replace(house, last_good=None).stale(run)
    assert not replace(house, last_good=None, last_run=good).stale(run)


@pytest.mark.parametrize("slug", sorted(MODULES))
def test_no_timetable_pauses_for_so_long_that_its_source_looks_stale(slug: str) -> None:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    firings = [firing.at for firing in Timetable(catalogue()[slug].sheet).between(at, at + timedelta(days=15))]
    pauses = [later - earlier for earlier, later in pairwise(firings)]
    assert max(pauses, default=timedelta()) <= health.OLD - timedelta(days=1), "one day of failures is no alarm"
    assert bool(firings) == catalogue()[slug].sheet.asked


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
