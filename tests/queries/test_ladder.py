"""Do the votes on one matter stand together, and only those?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time

import pytest
import seed
import thirty
from sqlalchemy import Engine

from tracker.queries import ladder
from tracker.queries.database import connect

DAY, NEXT = date(2023, 5, 18), date(2023, 6, 1)
TEXT, AGAIN = "texto sustitutorio", "exoneración de segunda votación"


def fill(url: str) -> None:
    """Store votes on a bill at three sittings, on a motion twice, on a question asked twice, and of two chambers."""
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    hours = iter(range(1, 23))

    def store(paper: object, id: str, day: date, subject: str, **more: object) -> None:
        at = datetime.combine(day, time(next(hours)), tzinfo=seed.LIMA)
        vote = seed.founding(
            **{"id": id, "key": id, "sitting_date": day, "taken_at": at, "subject": subject, "bills": (), **more}
        )
        writer = seed.Writer(engine, paper)
        url = f"https://example.org/{id}.pdf"
        writer.take(seed.reading(paper, vote, url=url, at=datetime(2023, 7, 1, tzinfo=UTC), content=id.encode()))
        writer.flush()

    peru = seed.MINUTES
    store(peru, "spared", DAY, "EXONERACIÓN, PROYECTOS 10 Y 11", kind=AGAIN, bills=("10", "11"))
    store(peru, "text", DAY, "TEXTO, PROYECTOS 10 Y 11", kind=TEXT, bills=("10", "11"))
    store(peru, "spared-again", DAY, "EXONERACIÓN, PROYECTOS 10 Y 11", kind=AGAIN, bills=("10", "11"))
    store(peru, "later", NEXT, "INSISTENCIA, PROYECTO 11", kind="insistencia", bills=("11",))
    store(peru, "other", NEXT, "TEXTO, PROYECTO 12", kind=TEXT, bills=("12",))
    store(peru, "censure", DAY, "MOCIÓN 8039, QUE PROPONE CENSURAR AL MINISTRO")
    store(peru, "censure-2", NEXT, "RECONSIDERACIÓN DE LA MOCIÓN 8039")
    store(peru, "other-motion", NEXT, "MOCIÓN 80391, DE SALUDO")
    store(peru, "inquiry", NEXT, "MOCIÓN DE ORDEN DEL DÍA 481, QUE PROPONE UNA COMISIÓN")
    store(peru, "inquiry-report", NEXT, "INFORME DE LA COMISIÓN INVESTIGADORA (MOD 481)")
    store(peru, "inquiry-longer", NEXT, "AMPLIACIÓN DEL PLAZO DE LA COMISIÓN (MOD 12, 481)")
    store(peru, "asked", DAY, "Consulta sobre la ampliación de agenda")
    store(peru, "asked-2", DAY, "CONSULTA SOBRE LA AMPLIACIÓN DE AGENDA")
    store(peru, "asked-later", NEXT, "Consulta sobre la ampliación de agenda")
    for paper, house in ((seed.CLERK, "us-house"), (seed.LIS, "us-senate")):
        writer = seed.Writer(engine, paper)
        marks = [(seed.YEA, "R", 2), (seed.NAY, "D", 1)]
        vote = seed.american(f"{house}-x", DAY, "A bill", marks, bills=("H.R. 7",), groups=())
        writer.take(seed.reading(paper, vote, url=f"https://example.org/{house}", at=datetime(2023, 7, 1, tzinfo=UTC)))
        writer.flush()
    engine.dispose()


@pytest.fixture
def matters(held: Callable[[str, Callable[[str], object]], str], kind: str) -> Iterator[Engine]:
    """Those votes, on each engine."""
    opened = connect(held(kind, fill))
    yield opened
    opened.dispose()


def rungs(engine: Engine, slug: str) -> list[tuple[str, bool]] | None:
    found = ladder.ladder(engine, slug)
    return None if found is None else [(rung.row.id, rung.again) for rung in found.rungs]


@pytest.mark.parametrize("slug", ["text", "spared", "spared-again"])
def test_votes_on_a_bill_stand_together_and_what_repeats_another_says_so(matters: Engine, slug: str) -> None:
    assert rungs(matters, slug) == [("spared", False), ("text", False), ("spared-again", True), ("later", False)]


def test_the_numbers_shared_are_named(matters: Engine) -> None:
    found = ladder.ladder(matters, "later")
    assert found is not None
    assert [rung.shared for rung in found.rungs] == [("11",)] * 4
    assert found.left_out == 0


def test_a_motion_is_known_by_its_number_in_the_title(matters: Engine) -> None:
    assert rungs(matters, "censure") == [("censure", False), ("censure-2", False)]
    assert rungs(matters, "other-motion") is None


@pytest.mark.parametrize("slug", ["inquiry", "inquiry-report", "inquiry-longer"])
def test_a_vote_stands_on_its_own_ladder_however_its_title_writes_the_motion(matters: Engine, slug: str) -> None:
    found = [id for id, _ in rungs(matters, slug) or ()]
    assert found[:2] == ["inquiry", "inquiry-report"]
    assert slug in found


def test_another_papers_record_has_the_ladder_of_the_one_shown_first(database_url: str) -> None:
    engine = thirty.joined(database_url)
    more = (thirty.cast(f"s-{n}", bills=("1",), day=date(2023, 6, n)) for n in (2, 3))
    thirty.store(engine, thirty.SHEETS, thirty.reading("https://thirty.example/more.pdf", *more))
    assert rungs(engine, "o-1") == rungs(engine, "s-1") == [("s-1", False), ("s-2", False), ("s-3", False)]
    engine.dispose()


def test_without_a_number_only_the_same_words_of_the_same_sitting_belong_together(matters: Engine) -> None:
    assert rungs(matters, "asked") == [("asked", False), ("asked-2", False)]
    assert rungs(matters, "asked-later") is None


def test_a_bill_written_in_full_is_the_same_in_both_chambers(matters: Engine) -> None:
    both = [("us-house-x", False), ("us-senate-x", False)]
    assert rungs(matters, "us-house-x") == rungs(matters, "us-senate-x") == both


def test_what_stands_alone_has_no_ladder(matters: Engine) -> None:
    assert rungs(matters, "other") is None
    assert rungs(matters, "no-such-vote") is None


def test_of_many_votes_those_around_this_one_are_shown(matters: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "MOST", 2)
    found = ladder.ladder(matters, "later")
    assert found is not None
    assert ([rung.row.id for rung in found.rungs], found.left_out) == (["spared-again", "later"], 2)


def test_the_same_on_both_engines(dated: Engine) -> None:
    assert rungs(dated, "us-house-2024-5") == [("us-house-2024-5", False), ("us-house-2024-6", False)]
    assert rungs(dated, seed.FOUNDING) == [(seed.FOUNDING, False), (seed.SHEET, False)]
