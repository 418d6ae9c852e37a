"""Is a sentence about the European Parliament held against its votes where they are held, and never against others?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import gold_votes
import howtheyvote_files
import pytest
from howtheyvote_files import Member, Vote
from sqlalchemy import Engine

from tracker.archive.store import Store
from tracker.claims.match import check
from tracker.pipeline.stacks import bring
from tracker.queries.database import connect
from tracker.sources.catalogue import source
from tracker.storage.engine import open_engine, upgrade

NATURE = "eu-parliament-htv-165000"
OTHERS = {"us-house-2010-165", "us-house-2009-477"}


@pytest.fixture(scope="module")
def europe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Two votes of the United States House, and one of the European Parliament with the totals of 27 February 2024."""
    home = tmp_path_factory.mktemp("europe")
    url = f"sqlite:///{home}/votes.sqlite"
    engine = open_engine(url)
    upgrade(engine)
    gold_votes.fill(engine, [told for told in gold_votes.facts() if told["id"] in OTHERS])
    letters = "F" * 329 + "A" * 275 + "O" * 24 + "–" * 75
    named = {3: "SAMPLE", 400: "EXAMPLE"}
    members = [Member(1000 + n, "Ann", named.get(n, f"MEMBER{n}")) for n in range(len(letters))]
    cast = {one.number: letter for one, letter in zip(members, letters, strict=True)}
    more = {"display_title": "Nature restoration", "is_main": "True", "result": "ADOPTED"}
    vote = Vote(165_000, "2024-02-27 12:31:05", cast, more)
    folder = howtheyvote_files.write(home / "files", members, [vote])
    bring(source("eu_parliament_howtheyvote"), [folder], engine=engine, store=Store(home / "archive"))
    engine.dispose()
    opened = connect(url)
    yield opened
    opened.dispose()


OURS = [
    "The European Parliament backed the nature restoration law, 329-275, with 24 abstentions.",
    "The EU Parliament adopted the nature restoration law by 329 votes to 275, with 24 abstentions.",
    "El Parlamento Europeo respaldó la ley de restauración de la naturaleza por 329 votos a 275 y 24 abstenciones.",
    "MEPs backed the nature restoration law by 329 votes to 275, with 24 abstentions.",
    "El Parlamento Europeo aprobó la norma sobre la naturaleza por 329 votos a favor, 275 en contra y 24 abstenciones.",
    "La Eurocámara aprobó la norma sobre la naturaleza por 329 votos a favor, 275 en contra y 24 abstenciones.",
    "Los eurodiputados aprobaron la norma por 329 votos a favor, 275 en contra y 24 abstenciones.",
    "El Parlamento de la UE aprobó la norma por 329 votos a favor, 275 en contra y 24 abstenciones.",
]
OF_OTHERS = [
    "El Congreso del Perú aprobó la ley por 329 votos a favor, 275 en contra y 24 abstenciones.",
    "The U.S. House passed the nature restoration law, 329-275.",
    "The French parliament backed the nature restoration law, 329-275, with 24 abstentions.",
    "The European Council backed the nature restoration law, 329-275, with 24 abstentions.",
]


@pytest.mark.parametrize("text", OURS)
def test_it_is_found_where_it_is_held(europe: Engine, text: str) -> None:
    [answer] = check(europe, text, date(2024, 2, 28)).answers
    assert [match.id for match in answer.matches][:1] == [NATURE]
    assert answer.claim.body.legislatures == {"eu_parliament"}
    assert answer.claim.members == ()


@pytest.mark.parametrize("text", OURS)
def test_where_it_is_not_held_nothing_is_found(record: Engine, text: str) -> None:
    [answer] = check(record, text, date(2024, 2, 28)).answers
    assert (str(answer.verdict), answer.matches, answer.reason) == ("no-record", (), "not-held")


@pytest.mark.parametrize("text", OF_OTHERS)
def test_no_other_body_is_taken_for_it(europe: Engine, text: str) -> None:
    answers = check(europe, text, date(2024, 2, 28)).answers
    assert NATURE not in [match.id for answer in answers for match in answer.matches]
    assert len(answers) == 1


def test_its_members_are_looked_up_on_its_roll(europe: Engine) -> None:
    text = "MEPs backed the nature restoration law by 329 votes to 275. MEP Ann Sample and Example voted against it."
    law, said = check(europe, text, date(2024, 2, 28)).answers
    assert (law.claim.members, said.matches[0].id) == ((), NATURE)
    assert [(one.said.name, str(one.agreement)) for one in said.members] == [
        ("Ann Sample", "differs"), ("Example", "agrees"),
    ]  # fmt: skip


def test_nor_it_for_another(europe: Engine) -> None:
    [answer] = check(europe, "The European Parliament passed the Affordable Care Act 219-212.").answers
    assert (str(answer.verdict), answer.matches) == ("no-record", ())
