"""Is a vote found by whatever a reporter would type, on both engines alike, and in which order?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import congress
import pytest
import seed
import thirty
from hypothesis import HealthCheck, given
from hypothesis import settings as quietly
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text

from tracker.domain.aliases import Alias
from tracker.domain.bills import Bill
from tracker.domain.stems import stem
from tracker.queries import aliases
from tracker.queries.database import connect, data_version, reading
from tracker.queries.listed import Page
from tracker.queries.search import hints
from tracker.queries.search.matching import Near, all_of, matching
from tracker.queries.votes import VoteFilter, every, listing, one
from tracker.storage import search, vocabulary
from tracker.storage.aliases import record
from tracker.storage.engine import open_engine
from tracker.storage.tables import metadata
from tracker.storage.write import Writer

ACCEPTANCE = (
    "tropas", "Tropas EEUU", "4766", "31548", "ingreso personal militar", "ingrso militar", "18 May 2023",
    "19 May 2023", "70-33-4",
    "70 a 33", "18 de mayo de 2023", "19 de mayo de 2023", "18/05/2023", "tropas EE. UU.",
)  # fmt: skip
SUBJECTS = {
    "pe-x-1": "PROYECTO DE LEY 101, QUE PROPONE AUTORIZAR LA COMPRA DE PUENTES EN EL AÑO 2022",
    "pe-x-2": "PROYECTO DE LEY 102, QUE AUTORIZA LOS PUENTES DEL NORTE Y LA COMPRA DE TERRENOS PARA LA CARRETERA",
    "pe-x-3": "AUTORIZACIÓN DE COMPRAS DE UN PUENTE",
    "pe-x-4": "MOCIÓN 5, DE SALUDO A LA PROVINCIA DE PUNO",
    "pe-x-5": "LEY QUE MODIFICA EL SISTEMA PRIVADO DE PENSIONES",
}


def made(url: str) -> None:
    """The small database with votes of Peru more, on days apart, the first the newest."""
    filled = seed.seeded(url)
    writer = Writer(filled.engine, seed.MINUTES)
    for n, (id, subject) in enumerate(SUBJECTS.items()):
        ballots = (seed.PrintedBallot("Ana Paz", seed.PERU_CODES["SI +++"]),)
        printed = seed.PrintedVote(
            legislature="pe_congress", key=id, id=id, sitting_date=date(2022, 9, 20 - n), subject=subject,
            ballots=ballots, complete=False, period="2021-2026", bills=("101",) if n == 0 else (),
        )  # fmt: skip
        vote = seed.Vote(printed, tuple(seed.Ballot(b.name, b.code, None, None, None, None) for b in ballots))
        at = datetime(2022, 10, 1, tzinfo=UTC)
        writer.take(seed.reading(seed.MINUTES, vote, url=f"https://www2.congreso.gob.pe/{id}.pdf", at=at))
    writer.flush()


@pytest.fixture
def url(held: Callable[[str, Callable[[str], object]], str], kind: str) -> str:
    return held(kind, made)


@pytest.fixture
def record_of(url: str) -> Iterator[Engine]:
    opened = connect(url)
    yield opened
    opened.dispose()


def ask(engine: Engine, query: str, **more: object) -> Page:
    return listing(engine, VoteFilter(text=query, **more))


def found(engine: Engine, query: str, **more: object) -> list[str]:
    return [row.id for row in ask(engine, query, **more).rows]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        # The words near each other, the words, other forms of them.
        ("compra puentes", ["pe-x-1", "pe-x-2", "pe-x-3"]),
        ("puentes compra", ["pe-x-1", "pe-x-2", "pe-x-3"]),
        ("norte terrenos", ["pe-x-2"]),
        ("autoriza", ["pe-x-2", seed.SHEET, seed.FOUNDING, "pe-x-1", "pe-x-3"]),
        ("puente", ["pe-x-3", "pe-x-1", "pe-x-2"]),
        ("PUENTES", ["pe-x-1", "pe-x-2", "pe-x-3"]),
        ("carret", ["pe-x-2"]),
        ("puente norte", ["pe-x-2"]),
        ("compar puente", ["pe-x-1", "pe-x-2", "pe-x-3"]),
        ("comprapuente", []),
        ("AFP", ["pe-x-5"]),
        ("fondos de pensiones", ["pe-x-5"]),
        ("puentes 2022", ["pe-x-1", "pe-x-2", "pe-x-3"]),
        ("saludo setiembre 2022", ["pe-x-4"]),
        ("saludo 17/9/2022", ["pe-x-4"]),
        ("saludo 18/9/2022", []),
        ("17 de setiembre", ["pe-x-4"]),
        ("PL 101", ["pe-x-1"]),
        ("101/2021-CR", ["pe-x-1"]),
        ("10", []),
        ("moción 5", ["pe-x-4"]),
        ("277 to 148", [seed.HOUSE]),
        ("277-148-1", []),
        ("69-31-4", [seed.SHEET, seed.FOUNDING]),
        ("tropas 70-33-4", [seed.SHEET, seed.FOUNDING]),
        ("tropas 70/33/4", [seed.SHEET, seed.FOUNDING]),
        ("carretera 2021 2022", ["pe-x-2"]),
        ("tropas 71-33-4", []),
        ("mcarthy", []),
        ("31548", [seed.SHEET, seed.FOUNDING]),
        ("¡!", []),
    ],
)
def test_both_engines_find_the_same_in_the_same_order(record_of: Engine, query: str, ids: list[str]) -> None:
    got = found(record_of, query)
    assert got == ids
    assert ask(record_of, query).total == len(got)
    assert [view.id for view in every(record_of, VoteFilter(text=query))] == got


@pytest.mark.parametrize("query", ACCEPTANCE)
def test_the_founding_vote_is_among_the_first_three(record_of: Engine, query: str) -> None:
    assert seed.FOUNDING in found(record_of, query)[:3]


def test_a_vote_of_several_papers_is_found_once_by_the_words_of_any(database_url: str) -> None:
    """Of the joined vote the sheet, which is shown, has `Bill 1`; only the minutes have `Waters of the north`."""
    engine = thirty.joined(database_url)
    for query in ("waters north", "bill 1", "north", "16-10", "16-10-0", "bill 1 18 May 2023"):
        assert found(engine, query) == ["s-1"], query
        assert ask(engine, query).total == 1, query
    assert found(engine, "roads") == ["m-2"]
    assert ask(engine, "watres").understood.searched == "waters"


def test_what_was_understood_is_told(record_of: Engine) -> None:
    told = ask(record_of, "compar puente").understood
    assert (told.corrected, told.searched) == ((("compar", "compra"),), "compra puente")
    told = ask(record_of, "retornealacomision de puentes").understood
    assert told.corrected == (("retornealacomision", "retorne a la comision"),)
    told = ask(record_of, "tropas EEUU").understood
    assert told.same == (
        ("tropas", ("personal militar", "troops")), ("eeuu", ("ee uu", "estados unidos", "united states"))
    )  # fmt: skip
    assert [alias.name for alias in told.aliases] == ["ingreso de tropas de EE. UU."]
    assert ask(record_of, "H.R. 3838").understood.bills == ("H.R. 3838",)
    assert ask(record_of, "puentes 2022").understood.years == (2022,)
    assert not ask(record_of, "puentes").understood


def test_exactly_what_was_typed(record_of: Engine) -> None:
    assert found(record_of, "puente", exact=True) == ["pe-x-3"]
    assert found(record_of, "compar puente", exact=True) == []
    assert found(record_of, "69-31-4", exact=True) == []
    assert found(record_of, "tropas", exact=True) == []
    assert "pe-x-4" in found(record_of, "de a la", exact=True), "even small words"
    assert "pe-x-3" not in found(record_of, "de a la", exact=True)
    assert not ask(record_of, "compar puente", exact=True).understood


@pytest.mark.parametrize(
    ("pairs", "ids"),
    [
        ([("compra", "puentes")], ["pe-x-1"]),
        ([("compra", "puentes"), ("ano", "2022")], ["pe-x-1"]),
        ([("compra", "puentes"), ("compra", "terrenos")], []),
    ],
)
def test_words_may_be_asked_for_by_nothing_but_their_standing_near(
    record_of: Engine, pairs: Sequence[tuple[str, str]], ids: list[str]
) -> None:
    near = all_of([Near(*pair) for pair in pairs])
    v = metadata.tables["vote"]
    with reading(record_of) as connection:
        some = matching(near, connection.dialect.name).subquery()
        assert connection.scalars(select(v.c.slug).join(some, some.c.id == v.c.id)).all() == ids


def test_stretches_follow_each_other_and_other_filters_combine(record_of: Engine) -> None:
    whole = found(record_of, "autoriza compra")
    pages = [ask(record_of, "autoriza compra", limit=1, offset=n) for n in range(4)]
    assert [page.rows[0].id for page in pages[:-1]] == whole
    assert not pages[-1].rows
    assert {page.total for page in pages} == {3}
    assert found(record_of, "autoriza compra", until=date(2022, 9, 19)) == ["pe-x-2", "pe-x-3"]
    assert found(record_of, "autoriza compra", legislatures=("us_house",)) == []
    assert found(record_of, "autoriza compra", sort="oldest") == ["pe-x-3", "pe-x-2", "pe-x-1"]


@quietly(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300) | st.sampled_from(["'\"*()", "a" * 999, "\x00x"]))
def test_no_text_is_an_error(record_of: Engine, query: str) -> None:
    page = ask(record_of, query)
    assert page.total >= len(page.rows)
    hints.hints(record_of, query)


def test_names_come_and_go_and_nothing_is_lost(url: str, record_of: Engine) -> None:
    bridge = Alias(
        name="Ley de los Puentes Dorados", bill=Bill("101", "2021-2026", "pe_congress"), by="Ana", because="so called",
        source="https://press.example/1", on=datetime.now(UTC).date(),
    )  # fmt: skip
    greeting = Alias(
        name="el abrazote", vote="pe-x-4", by="Ana", because="so called", source="https://press.example/2",
        on=datetime.now(UTC).date(),
    )  # fmt: skip
    writing, before = open_engine(url), data_version(record_of)
    try:
        for alias in (bridge, greeting):
            record(writing, alias)
        assert data_version(record_of) != before
        assert found(record_of, "dorados") == ["pe-x-1"]
        assert found(record_of, "ley de los puentes dorados")[0] == "pe-x-1"
        assert found(record_of, "ABRAZOTE") == ["pe-x-4"]
        assert ask(record_of, "abrazote").understood.aliases == (greeting,)
        assert "pe-x-4" not in found(record_of, "ley"), "what is in many names tells none of them"
        for id, alias in (("pe-x-1", bridge), ("pe-x-4", greeting)):
            view = one(record_of, id)
            assert view is not None
            assert view.aliases == (alias,)
        soto = next(alias for alias in aliases.reviewed() if alias.name == "Ley Soto")
        for alias in (bridge, greeting, soto):
            record(writing, alias, gone=True)
        assert found(record_of, "dorados") == found(record_of, "abrazote") == []
        assert soto not in aliases.in_force(record_of)
        with writing.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM alias")) == 5
    finally:
        record(writing, next(alias for alias in aliases.reviewed() if alias.name == "Ley Soto"))
        writing.dispose()
    assert any(alias.name == "Ley Soto" for alias in aliases.in_force(record_of))


def test_members_and_groups_are_named(record_of: Engine) -> None:
    told = hints.hints(record_of, "Portalatino Avalos")
    assert [(m.key, m.legislature) for m in told.members] == [("portalatino-avalos-kelly-roxana", "pe_congress")]
    assert [g.key for g in hints.hints(record_of, "fuerza popular").groups] == ["FP"]
    assert [g.key for g in hints.hints(record_of, "fp").groups] == ["FP"]
    many = hints.hints(record_of, "jose")
    assert len(many.members) <= hints.MOST
    assert hints.hints(record_of, "4766") == hints.hints(record_of, "de la") == hints.Hints()
    assert ask(record_of, "portalatino").understood.corrected == (), "a name is no slip"


def test_the_words_are_counted_in_and_out(database_url: str) -> None:
    filled = seed.seeded(database_url)
    with filled.engine.begin() as connection:
        before = connection.execute(text("SELECT word, stem, n FROM word ORDER BY word")).all()
        assert all(row.stem == stem(row.word) and row.n > 0 for row in before)
        assert connection.scalar(text("SELECT n FROM word WHERE word = 'militar'")) == 2
        one, other = (search.Text(words, date(2023, 5, 18)) for words in ("militar de la", "militar otra"))
        vocabulary.count(connection, [search.Indexed(1, other, one)])
        assert connection.scalar(text("SELECT n FROM word WHERE word = 'otra'")) == 1
        assert connection.scalar(text("SELECT n FROM word WHERE word = 'militar'")) == 2
        vocabulary.count(connection, [search.Indexed(1, one, other)])
        assert connection.scalar(text("SELECT n FROM word WHERE word = 'otra'")) is None
        vocabulary.recount(connection)
        assert connection.execute(text("SELECT word, stem, n FROM word ORDER BY word")).all() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "¡!"}, {"name": "x" * 121}, {"vote": ""}, {"bill": Bill("1", "2021-2026", "pe_congress")},
        {"source": "javascript:alert(1)"}, {"source": "press.example"}, {"by": " "}, {"because": ""},
    ],
)  # fmt: skip
def test_a_name_that_says_too_little_is_refused(wrong: dict[str, object]) -> None:
    right = {
        "name": "x",
        "vote": "y",
        "source": "https://a.example/",
        "by": "b",
        "because": "c",
        "on": date(2026, 1, 1),
    }
    Alias(**right)
    with pytest.raises(ValueError, match=r"\S"):
        Alias(**{**right, **wrong})


def two_years(url: str) -> None:
    """Store every vote of two years of Peru's Congress."""
    congress.filled(url, Path(__file__).resolve().parents[4] / "shared" / "corpus").dispose()


@pytest.fixture
def congress_votes(held: Callable[[str, Callable[[str], object]], str], kind: str) -> Iterator[Engine]:
    """Those votes, on each engine."""
    engine = connect(held(kind, two_years))
    yield engine
    engine.dispose()


@pytest.mark.corpus
@pytest.mark.parametrize("query", [*ACCEPTANCE, "19 de mayo", "tropas mayo 2023", "PL 4766/2022-CR"])
def test_the_founding_vote_is_among_the_first_three_of_two_thousand(congress_votes: Engine, query: str) -> None:
    assert congress.FOUNDING in found(congress_votes, query)[:3]


@pytest.mark.corpus
def test_the_press_names_lead_to_votes_that_there_are(congress_votes: Engine) -> None:
    assert all("3991" in row.subject for row in ask(congress_votes, "Ley Soto").rows[:4])
    assert ask(congress_votes, "Ley Soto").total == 4
    for alias in aliases.reviewed():
        assert ask(congress_votes, alias.name).total, alias.name
