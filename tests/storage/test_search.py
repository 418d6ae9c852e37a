"""Is a vote found by its words on both engines, whatever character recognition made of them?"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from tracker.domain.legislature import Paper
from tracker.domain.people import fold
from tracker.queries.search import query as asking
from tracker.storage import search
from tracker.storage.mended import SMALL, apart, mended
from tracker.storage.reading import Reading
from tracker.storage.write import Writer

BROKEN = "CUESTIÓN PREVIA PARA QUE RETORNEALACOMISIÓN DEECONOMIAELPROYECTODELEY 2035,QUE PROPONE ESTABLECER"
WHOLE = "CUESTIÓN PREVIA PARA QUE RETORNE A LA COMISIÓN DE ECONOMÍA EL PROYECTO DE LEY 2036, QUE PROPONE ESTABLECER"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("retornealacomision", "retorne a la comision"),
        ("deeconomiaelproyectodeley", "de economia el proyecto de ley"),
        ("delproyecto", "del proyecto"),
        ("deltexto", "del texto"),
        ("ensituacion", "en situacion"),
        ("poderjudicial", "poder judicial"),
    ],
)
def test_joined_words_come_apart(word: str, parts: str) -> None:
    assert " ".join(apart(word)) == parts


@pytest.mark.parametrize(
    "word", ["comision", "suministro", "defensora", "declararlo", "hakeem", "pn79", "xdelproyecto", ""]
)
def test_a_word_stays_whole(word: str) -> None:
    assert apart(word) == ()


def test_what_is_pulled_apart_or_glued_to_a_number_is_found_too() -> None:
    assert mended("del proyect o de ley9055") == "del proyect o de ley9055 ley 9055 proyecto"
    assert mended("articulos 429 y438 2085y 2231") == "articulos 429 y438 2085y 2231 y 438 2085"
    assert mended("texto sustitutorio") == "texto sustitutorio"
    assert mended("mocion 005 000") == "mocion 005 000 5"


@pytest.mark.parametrize("piece", ["a", "1", "a1", "a "])
def test_a_text_made_to_take_long_is_mended_at_once(piece: str) -> None:
    begun = time.process_time()
    mended(piece * 40_000)
    assert time.process_time() - begun < 2


@given(st.text(alphabet="abcdelnoprstuy 0123456789", max_size=200))
def test_mending_only_adds(words: str) -> None:
    folded = fold(words)
    assert mended(folded).startswith(folded)
    assert fold(mended(folded)) == mended(folded)


@given(
    st.lists(st.sampled_from(["texto", "comision", "proyecto", "economia", "de", "la", "que"]), min_size=2, max_size=6)
)
def test_words_run_together_are_told(words: list[str]) -> None:
    told = apart("".join(words))
    assert not told or ("".join(told) == "".join(words) and told[-1] not in SMALL)
    if words[-1] not in SMALL and len("".join(words)) > 6:
        assert told


def find(engine: Engine, query: str) -> set[str]:
    from tracker.queries.votes import VoteFilter, listing

    return {row.subject for row in listing(engine, VoteFilter(text=query)).rows}


@pytest.fixture
def stored(engine: Engine, paper: Paper, vote: Callable[..., Any], reading: Callable[..., Reading]) -> Engine:
    writer = Writer(engine, paper)
    writer.take(reading(vote(1, subject=BROKEN), vote(2, subject=WHOLE), vote(3, subject="MOCIÓN 7")))
    writer.flush()
    return engine


@pytest.mark.parametrize(
    "query", ["retorne a la comision", "Comisión de Economía", "proyecto ley", "retorne", "economía comisión", "proy"]
)
def test_both_are_found_by_their_words(stored: Engine, query: str) -> None:
    assert find(stored, query) == {BROKEN, WHOLE}


@pytest.mark.parametrize("query", ["retornealacomision", "RETORNEALACOMISIÓN", "retornealaco", "2035", "ley 2035"])
def test_the_broken_one_is_found_as_printed_and_by_its_number(stored: Engine, query: str) -> None:
    assert find(stored, query) == {BROKEN}


def test_a_corrected_subject_leaves_the_index(
    stored: Engine, paper: Paper, vote: Callable[..., Any], reading: Callable[..., Reading]
) -> None:
    writer = Writer(stored, paper)
    writer.take(reading(vote(1, subject="OTRO ASUNTO"), day=1))
    writer.flush()
    assert find(stored, "retorne a la comision") == {WHOLE}
    assert find(stored, "otro asunto") == {"OTRO ASUNTO"}


def test_a_vote_whose_day_is_corrected_is_found_on_its_new_day_alone(
    stored: Engine, paper: Paper, vote: Callable[..., Any], reading: Callable[..., Reading]
) -> None:
    from tracker.queries.votes import VoteFilter, listing

    one = vote(1, subject=BROKEN)
    writer = Writer(stored, paper)
    writer.take(reading(replace(one, printed=replace(one.printed, sitting_date=date(2023, 8, 1))), day=1))
    writer.flush()
    for since, until, found in ((None, date(2023, 5, 31), {WHOLE}), (date(2023, 7, 20), None, {BROKEN})):
        page = listing(stored, VoteFilter(text="comision", since=since, until=until))
        assert {row.subject for row in page.rows} == found
    assert find(stored, "comision") == {BROKEN, WHOLE}


def test_the_former_version_finds_its_own_keys_in_the_index(
    tmp_path: Path, paper: Paper, vote: Callable[..., Any], reading: Callable[..., Reading]
) -> None:
    from alembic import command

    from tracker.storage.engine import migrations, open_engine, upgrade

    stored = open_engine(f"sqlite:///{tmp_path}/votes.sqlite")
    upgrade(stored)
    writer = Writer(stored, paper)
    writer.take(reading(vote(1, subject=BROKEN), vote(2, subject=WHOLE), vote(3, subject="MOCIÓN 7")))
    writer.flush()
    command.downgrade(migrations(stored), "0011")
    match = "SELECT rowid FROM vote_search WHERE vote_search MATCH 'comision' ORDER BY rowid"
    with stored.connect() as connection:
        keys = connection.scalars(text("SELECT id FROM vote WHERE slug IN ('tri-1', 'tri-2') ORDER BY id")).all()
        assert connection.scalars(text(match)).all() == keys
    upgrade(stored)
    with stored.connect() as connection:
        day = date(2023, 5, 18)
        assert connection.scalars(text(match)).all() == [search.place(key, day) for key in keys]


def test_the_longest_beginning_is_the_one_sqlite_was_told_of(tmp_path: Path) -> None:
    from tracker.storage.engine import open_engine, upgrade

    engine = open_engine(f"sqlite:///{tmp_path}/votes.sqlite")
    upgrade(engine)
    with engine.connect() as connection:
        made = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'vote_search'"))
    (prefixes,) = re.findall(r"prefix='([\d ]+)'", made)
    assert max(map(int, prefixes.split())) == search.PREFIX


def test_the_index_is_made_anew_from_what_is_in_force(stored: Engine) -> None:
    with stored.begin() as connection:
        if stored.dialect.name == "sqlite":
            connection.exec_driver_sql(search.EMPTY_SQLITE)
        else:
            connection.exec_driver_sql("DELETE FROM vote_search")
    assert find(stored, "comision") == set()
    for _ in range(2):
        with stored.begin() as connection:
            search.reindex(connection)
        assert find(stored, "retorne comision") == {BROKEN, WHOLE}
        assert find(stored, "moción 7") == {"MOCIÓN 7"}


def test_an_older_database_is_indexed_anew_and_its_bills_get_their_period(
    stored: Engine, vote: Callable[..., Any], reading: Callable[..., Reading], paper: Paper
) -> None:
    from alembic import command

    from tracker.storage.engine import migrations, upgrade

    congress = replace(paper, legislature=replace(paper.legislature, slug="pe_congress"))
    writer = Writer(stored, congress)
    writer.take(reading(vote(9, subject="DELPROYECTO DE LEY 3997", bills=("3997",), period="2021-2026"), day=3))
    writer.flush()
    command.downgrade(migrations(stored), "0001")
    with stored.begin() as connection:
        assert connection.scalar(text("SELECT period FROM bill WHERE number = '3997'")) == ""
        connection.exec_driver_sql(
            search.EMPTY_SQLITE if stored.dialect.name == "sqlite" else "DELETE FROM vote_search"
        )
    upgrade(stored)
    assert find(stored, "proyecto 3997") == {"DELPROYECTO DE LEY 3997"}
    assert find(stored, "retorne comision") == {BROKEN, WHOLE}
    with stored.connect() as connection:
        assert connection.scalar(text("SELECT period FROM bill WHERE number = '3997'")) == "2021-2026"


def test_a_search_is_not_taken_apart() -> None:
    """Or `suministro`, were it not on the list, would find every minister (`su ministro`)."""
    assert asking.words("RETORNEALACOMISIÓN") == ("retornealacomision",)


@pytest.mark.corpus
def test_few_subjects_are_mended(corpus: Path) -> None:
    """Of 2,097 subjects 84 get further words, most for a number with leading zeros; four words come apart."""
    with gzip.open(corpus / "peru" / "facts" / "votes.jsonl.gz", "rt", encoding="utf-8") as lines:
        subjects = [fold(json.loads(line)["subject"]) for line in lines]
    taken = {word: apart(word) for subject in subjects for word in subject.split() if apart(word)}
    assert sum(mended(subject) != subject for subject in subjects) == 84
    assert taken.keys() == {"retornealacomision", "deeconomiaelproyectodeley", "delproyecto", "deltexto"}
