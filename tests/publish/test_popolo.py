"""Is a vote in Popolo's shape, with references that lead somewhere and counts that agree with the votes?"""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import pytest
import seed
from sqlalchemy import Engine

from tracker.publish import popolo
from tracker.queries.files.chosen import Choice, OneReading, snapshot
from tracker.queries.filters import VoteFilter

CLASSES = {
    "persons": {"id", "name", "other_names"},
    "organizations": {"id", "name", "classification", "parent_id", "identifiers"},
    "memberships": {"person_id", "organization_id", "role", "start_date", "end_date"},
    "motions": {"id", "organization_id", "text", "classification", "requirement", "result", "sources"},
    "vote_events": {
        "id", "organization_id", "motion_id", "start_date", "result", "counts", "votes", "sources", "extras",
    },
}  # fmt: skip
"""The properties used, all of them Popolo's but for `extras`."""
OPTIONS = {"yes", "no", "abstain", "absent", "not voting", "paired", "present"}


def document(engine: Engine, choice: Choice) -> dict[str, list[dict[str, Any]]]:
    sink = io.BytesIO()
    with snapshot(engine) as held:
        popolo.write(held, choice, sink)
    return dict(json.loads(sink.getvalue()))


@pytest.fixture
def whole(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    return document(engine, VoteFilter())


def test_it_has_popolos_classes_and_properties_and_every_reference_leads_somewhere(
    whole: dict[str, list[dict[str, Any]]],
) -> None:
    assert list(whole) == list(CLASSES)
    for name, properties in CLASSES.items():
        assert whole[name]
        assert all(set(one) <= properties for one in whole[name]), name
    ids = {name: [one["id"] for one in whole[name]] for name in ("persons", "organizations", "motions", "vote_events")}
    assert all(len(set(known)) == len(known) for known in ids.values())
    people, organizations = set(ids["persons"]), set(ids["organizations"])
    assert all(one["person_id"] in people and one["organization_id"] in organizations for one in whole["memberships"])
    for event in whole["vote_events"]:
        assert event["motion_id"] in ids["motions"]
        assert event["organization_id"] in organizations
        assert event["sources"][0]["url"].startswith("https://")
        for vote in event["votes"]:
            assert vote["voter_id"] in people or (vote["voter_id"] is None and vote["voter"]["name"])
            assert vote["group_id"] is None or vote["group_id"] in organizations


def test_counts_agree_with_the_votes(whole: dict[str, list[dict[str, Any]]]) -> None:
    for event in whole["vote_events"]:
        if event["id"] in (seed.DOUBTFUL, "us-house-2024-24"):  # the sums of these do not meet on paper
            continue
        cast = Counter(vote["option"] for vote in event["votes"])
        assert event["counts"]
        assert all(cast[one["option"]] == one["value"] for one in event["counts"]), event["id"]
        if event["id"] != seed.SPEAKER:
            assert set(cast) <= OPTIONS


def test_an_election_by_name_has_the_candidates_as_options(engine: Engine) -> None:
    (event,) = document(engine, OneReading(seed.SPEAKER, 1))["vote_events"]
    assert {one["option"]: one["value"] for one in event["counts"]} == {"McCarthy": 216, "Jeffries": 212, "present": 6}


def test_one_vote_has_the_people_of_its_chamber_alone_and_says_what_was_said_aloud(engine: Engine) -> None:
    found = document(engine, OneReading(seed.SHEET, 1))
    assert {one["id"].partition("/")[0] for one in found["organizations"]} == {"pe_congress"}
    assert len(found["persons"]) == 130
    (event,) = found["vote_events"]
    aloud = {vote["voter_id"]: vote["option"] for vote in event["votes"] if "extras" in vote}
    assert aloud == {
        "flores-ruiz-victor-seferino": "yes",
        "taipe-coronado-maria-elizabeth": "no",
        "portalatino-avalos-kelly-roxana": "no",
    }
    assert event["extras"]["board"] == {"yes": 69, "no": 31, "abstain": 4, "present": 0, "not_cast": 26}
    assert event["start_date"] == "2023-05-19T00:10:00-05:00"
