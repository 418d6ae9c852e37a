"""Is a member known by id, with the groups that stood beside the name and the days on which they did?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import seed
from sqlalchemy import Engine

from tracker.queries import members


def test_a_member_of_the_founding_vote(dated: Engine) -> None:
    found = members.one(dated, "taipe-coronado-maria-elizabeth", "pe_congress")
    assert found is not None
    assert (found.name, found.chamber.slug) == ("Taipe Coronado, María Elizabeth", "pe_congress")
    assert found.seats == (members.Seat(date(2021, 7, 27), None, None),)
    assert [(one.group.code, one.since, one.until, one.votes) for one in found.groups if one.group] == [
        ("PL", date(2023, 5, 18), date(2023, 5, 18), 1)
    ], "the sheet has her on leave, the minutes have no line of hers"
    assert found.years == (2023,)


def test_a_change_of_group_is_a_new_stretch(dated: Engine) -> None:
    found = members.one(dated, seed.SWITCHED)
    assert found is not None
    last = [(one.group.code, one.since, one.until, one.votes) for one in found.groups if one.group][-2:]
    assert last[0][0] == "R"
    assert last[1] == ("I", date(2024, 6, 12), date(2024, 11, 27), 13)
    assert last[0][2] == date(2024, 5, 29)
    assert found.region == "PA"


def test_a_ballot_counts_once_however_often_its_vote_was_read(dated: Engine) -> None:
    """Member 005 of the corrected vote: the reading that was replaced is not counted."""
    found = members.one(dated, "H00005")
    assert found is not None
    assert sum(one.votes for one in found.groups) == 24 + 5, (
        "every vote of 2024, and those of 2023 with five members or more"
    )


@pytest.mark.parametrize(
    ("slug", "chamber"), [("nobody", None), ("H00001", "us_senate"), ("H00001", "moon"), ("", None)]
)
def test_nobody(dated: Engine, slug: str, chamber: str | None) -> None:
    assert members.one(dated, slug, chamber) is None


def test_one_id_in_two_chambers_is_told_apart_and_each_leads_to_the_other(database_url: str) -> None:
    url = database_url
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    for paper, register in ((seed.MINUTES, seed.register()), (seed.SENATE_SHEETS, seed.register())):
        writer = seed.Writer(engine, paper)
        writer.register(register)
        writer.flush()
    writer = seed.Writer(engine, seed.MINUTES)
    at = datetime(2023, 6, 1, tzinfo=UTC)
    writer.take(seed.reading(seed.MINUTES, seed.founding(), url="https://example.org/x.pdf", at=at))
    writer.flush()
    slug = "alva-prieto-maria-del-carmen"
    congress, senate, last = (members.one(engine, slug, chamber) for chamber in ("pe_congress", "pe_senate", None))
    assert congress is not None
    assert senate is not None
    assert [one.slug for one in congress.elsewhere] == ["pe_senate"]
    assert [one.slug for one in senate.elsewhere] == ["pe_congress"]
    assert (senate.groups, senate.years) == ((), ())
    assert last == senate
