"""Does every vote print in the shape that docs/vote.schema.json sets down?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import seed
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import Engine

from tracker.queries import shape, votes
from tracker.queries.votes import VoteFilter

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "vote.schema.json").read_text(encoding="utf-8"))
VALID = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
ALL = (
    seed.FOUNDING,
    seed.SHEET,
    seed.HOUSE,
    seed.SPEAKER,
    seed.QUORUM,
    seed.SENATE,
    seed.CORRECTED,
    seed.DOUBTFUL,
    seed.HOSTILE,
)


@pytest.mark.parametrize("slug", ALL)
def test_a_vote_fits_the_schema(engine: Engine, slug: str) -> None:
    view = votes.one(engine, slug)
    assert view is not None
    printed = json.loads(json.dumps(shape.as_json(view)))
    VALID.validate(printed)
    assert len(printed["ballots"]) == len(view.ballots)


def test_a_line_is_the_same_without_ballots(engine: Engine) -> None:
    for view in votes.every(engine, VoteFilter()):
        line = shape.as_json(view, ballots=False)
        whole = votes.one(engine, view.id)
        assert whole is not None
        full = shape.as_json(whole)
        del full["ballots"]
        assert line == full
        VALID.validate(json.loads(json.dumps(line)))


def test_the_founding_vote_prints_its_figures(engine: Engine) -> None:
    view = votes.one(engine, seed.FOUNDING)
    assert view is not None
    printed = shape.as_json(view)
    assert printed["tallies"]["final"] == {"yes": 70, "no": 33, "abstain": 4, "present": 0, "not_cast": 0}
    assert printed["spoken"][0] == {
        "name": "Flores Ruiz", "member": "flores-ruiz-victor-seferino", "group": "FP", "was": None,
        "was_code": None, "was_reason": None, "now": "yes", "counts": True, "quote": seed.NOTE,
    }  # fmt: skip
    assert printed["evidence"][0]["fetched_at"] == "2023-06-12T14:03:00Z"
    assert printed["evidence"][0]["page"] == 61
    assert printed["versions"][0]["in_force"] is True


def test_the_schema_describes_every_key_and_no_other(engine: Engine) -> None:
    view = votes.one(engine, seed.FOUNDING)
    assert view is not None
    assert set(shape.as_json(view)) == set(SCHEMA["properties"])


def test_a_listed_vote_is_a_part_of_the_same_shape(engine: Engine) -> None:
    for row in votes.listing(engine, VoteFilter(limit=100)).rows:
        view = votes.one(engine, row.id)
        assert view is not None
        full = shape.as_json(view)
        assert shape.row_as_json(row) == {key: full[key] for key in shape.row_as_json(row)}
