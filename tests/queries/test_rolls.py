"""Does a year read at once put every member where the votes do one by one?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
import seed
from sqlalchemy import Engine, event

from tracker.analysis.parts import Part, by_group, count
from tracker.queries import rolls, votes
from tracker.queries.database import connect
from tracker.queries.record import Record
from tracker.queries.standing import standing

YEARS = [("pe_congress", 2023), ("us_house", 2023), ("us_house", 2024), ("us_senate", 2021)]


def read(engine: Engine, legislature: str, year: int) -> Record:
    found = rolls.record(engine, legislature, year)
    assert found is not None
    return found


def known(parts: Iterable[Part]) -> set[tuple[object, ...]]:
    """What is said of members; a name that met none is told apart from others by more than its name."""
    return {(part.who.split(" #")[0], *part[2:]) for part in parts}


@pytest.mark.parametrize(("legislature", "year"), YEARS)
def test_everybody_stands_where_the_vote_itself_has_them(dated: Engine, legislature: str, year: int) -> None:
    found = read(dated, legislature, year)
    assert found.votes
    for n, held in enumerate(found.votes):
        view = votes.one(dated, held.id)
        assert view is not None
        assert known(found.parts(n)) == known(standing(view).best), held.id
        assert (held.tally, held.complete, held.sitting) == (view.tallies.best, view.complete, view.sitting_date)
        assert held.reckoned == (view.verdict != "doubtful" and not view.vacated)


@pytest.mark.parametrize(("legislature", "year"), YEARS)
def test_the_groups_count_as_their_members_do(dated: Engine, legislature: str, year: int) -> None:
    found = read(dated, legislature, year)
    counts = found.by_group()
    for n in range(len(found.votes)):
        one_by_one = {group: count(parts) for group, parts in by_group(found.parts(n)).items() if group}
        at_once = {group.code: tuple(counts[n, place].tolist()) for place, group in enumerate(found.groups)}
        for code, cast in at_once.items():
            tally = one_by_one.get(code)
            assert cast == ((tally.yes, tally.no, tally.abstain) if tally else (0, 0, 0)), (n, code)


def test_votes_come_in_clock_order_however_they_were_stored(dated: Engine) -> None:
    found = read(dated, "us_house", 2024)
    assert [held.id for held in found.votes] == [f"us-house-2024-{n}" for n in range(1, 25)]
    assert [held.reckoned for held in found.votes] == [True] * 22 + [False] * 2
    assert found.reckoned.sum() == 22
    assert (found.column("H00001"), found.column("nobody"), found.bench("X")) == (0, None, None)
    with pytest.raises(ValueError, match="read-only"):
        found.position[0, 0] = 1


def test_a_final_count_that_cannot_be_told_leaves_everybody_at_the_board(database_url: str) -> None:
    url = database_url
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    writer = seed.Writer(engine, seed.MINUTES)
    writer.register(seed.register())
    vote = seed.founding(whole=True, spoken_whole=False)
    writer.take(seed.reading(seed.MINUTES, vote, url="https://example.org/x.pdf", at=datetime(2023, 6, 1, tzinfo=UTC)))
    writer.flush()
    found, view = read(engine, "pe_congress", 2023), votes.one(engine, seed.SHEET)
    assert view is not None
    assert view.tallies.final is None
    assert str(count(found.parts(0))) == "69–31–4"
    assert not any(part.aloud for part in found.parts(0))


def test_a_reading_that_was_replaced_is_read_no_more(dated: Engine) -> None:
    found = read(dated, "us_house", 2023)
    corrected = next(n for n, held in enumerate(found.votes) if held.id == seed.CORRECTED)
    assert str(count(found.parts(corrected))) == "4–5–0"


def test_which_chambers_have_votes_and_from_when_to_when(dated: Engine, empty: Engine) -> None:
    spans = rolls.spans(dated)
    assert [(span.chamber.slug, span.first, span.last) for span in spans] == [
        ("us_house", date(2023, 1, 3), date(2024, 11, 27)), ("pe_congress", date(2023, 5, 18), date(2023, 5, 18)),
        ("us_senate", date(2021, 2, 24), date(2021, 2, 24)),
    ]  # fmt: skip
    assert spans[0].years == (2024, 2023)
    assert rolls.spans(empty) == ()


def test_a_year_without_votes_and_a_chamber_nobody_knows(dated: Engine) -> None:
    found = read(dated, "us_house", 1999)
    assert (found.votes, found.people, found.position.shape) == ((), (), (0, 0))
    assert rolls.record(dated, "parliament", 2023) is None


def test_sixty_votes_take_as_many_questions_as_one(database_url: str) -> None:
    url = database_url
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    seed.many(engine, 60, members=130)
    reader, asked = connect(url), []
    event.listen(reader, "before_cursor_execute", lambda *told: asked.append(told[2]))
    found = read(reader, "us_house", 1990)
    assert (len(found.votes), len(found.people)) == (60, 130)
    assert sum(question.startswith("SELECT") for question in asked) == 8
