"""Does an answer say which count is meant, how it was reached, what is held, and where members stand?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import gold_votes
import jsonschema
import pytest
from gold_votes import FOUNDING
from sqlalchemy import Engine

from tracker.claims.match import check
from tracker.claims.neighbours import Neighbours, neighbours
from tracker.claims.shape import as_json
from tracker.claims.steps import KEYS
from tracker.claims.verdict import Agreement, Answer, Verdict
from tracker.domain.tally import Position
from tracker.queries.database import connect
from tracker.storage.engine import open_engine, upgrade

TROOPS = "Con {} votos a favor, {} en contra y {} abstenciones, el Congreso aprobó el ingreso de tropas de EE. UU."
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "check.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A few of the votes, on each engine."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/some.sqlite" if sqlite else str(request.getfixturevalue("postgres_url"))
    engine = open_engine(url)
    upgrade(engine)
    gold_votes.fill(engine, [told for told in gold_votes.facts() if told["id"] in SOME])
    engine.dispose()
    opened = connect(url)
    yield opened
    opened.dispose()


SOME = {FOUNDING, "pe-2023-05-25-22-56", "pe-2022-03-14-13-59", "us-house-2010-165", "us-house-2009-477"}


def one(engine: Engine, text: str, written: date | None = None) -> Answer:
    (answer,) = check(engine, text, written).answers
    return answer


def test_both_engines_answer_alike(either: Engine) -> None:
    texts = {
        TROOPS.format(70, 33, 4): "matches-final", TROOPS.format(69, 31, 4): "matches-board-only",
        TROOPS.format(33, 70, 4): "swapped", TROOPS.format(71, 33, 4): "differs",
        TROOPS.format(7, 90, 0): "subject-only",
        "La vacancia se debatirá el 28 de marzo: 85 a favor, 21 en contra y 10 abstenciones.": "matches-superseded",
        "The House passed the Affordable Care Act 219-212.": "matches-final",
        "The House passed the lunar mining act 219-212.": "numbers-only",
        "El Congreso aprobó la ley de cine por 61 votos a 52.": "no-record",
    }  # fmt: skip
    assert {text: str(one(either, text).verdict) for text in texts} == texts


def test_the_article_this_began_with(record: Engine) -> None:
    answer = one(record, TROOPS.format(70, 33, 4))
    first = answer.matches[0]
    assert (answer.verdict, first.id, str(first.matched)) == (Verdict.MATCHES_FINAL, FOUNDING, "final")
    assert first.subject.fits
    assert first.differences == {}
    keys = [step.key for step in answer.steps]
    assert keys[:1] == ["read-figures"]
    assert keys[-2:] == ["numbers-met", "subject-met"]
    assert set(keys) <= set(KEYS)
    assert answer.steps[-2].values == {"id": FOUNDING, "matched": "final", "tally": "70–33–4", "version": 1}


def test_what_differs_is_told_side_by_side(record: Engine) -> None:
    assert one(record, TROOPS.format(71, 30, 4)).matches[0].differences == {"yes": -1, "no": 3}
    answer = one(record, "En octubre de 2024, " + TROOPS.format(70, 33, 4))
    assert answer.verdict is Verdict.DIFFERS
    assert answer.matches[0].differences == {"date": "2023-05-18"}


@pytest.mark.parametrize("day", ["18", "19", "20", "21"])
def test_sitting_clock_and_two_days_after_are_the_day(record: Engine, day: str) -> None:
    answer = one(record, f"El {day} de mayo de 2023, " + TROOPS.format(70, 33, 4))
    assert answer.verdict is Verdict.MATCHES_FINAL


def test_a_vote_after_the_article_is_none_of_it(record: Engine) -> None:
    assert one(record, TROOPS.format(70, 33, 4), date(2022, 9, 1)).verdict is not Verdict.MATCHES_FINAL


def test_names_of_the_press_lead_to_a_vote(record: Engine) -> None:
    figures = "se aprobó por 88 votos a favor, 12 en contra y 6 abstenciones."
    answer = one(record, f"La llamada Ley Soto {figures}")
    assert (answer.verdict, answer.matches[0].subject.by) == (Verdict.MATCHES_FINAL, "name")
    assert one(record, f"El pedido del congresista Soto {figures}").verdict is Verdict.NUMBERS_ONLY, "a person"


def test_another_bill_is_another_subject(record: Engine) -> None:
    text = "El proyecto 9999/2022-CR, de ingreso de militares: 70 votos a favor, 33 en contra y 4 abstenciones."
    assert one(record, text).verdict is Verdict.NUMBERS_ONLY


def test_what_is_held_is_told_where_nothing_fits(record: Engine) -> None:
    answer = one(record, "El 3 de marzo de 2009 el Congreso del Perú aprobó la ley de ferias por 61 votos a 52.")
    assert (answer.verdict, answer.reason) == (Verdict.NO_RECORD, "not-held")
    assert [(held.legislature, held.first, held.days) for held in answer.held] == [("pe_congress", "2021-07-26", 0)]
    answer = one(record, "El 18 de mayo de 2023 el Congreso del Perú aprobó la ley de ferias por 61 votos a 52.")
    assert (answer.verdict, answer.reason) == (Verdict.NO_RECORD, "no-vote")
    answer = one(record, "El Senado uruguayo aprobó la ley de ferias por 20 votos a 10.")
    assert (answer.verdict, answer.reason) == (Verdict.NO_RECORD, "other-body")


def test_members(record: Engine) -> None:
    text = (
        TROOPS.format(70, 33, 4)
        + " El debate duró. Portalatino votó en contra. Susel Paredes votó en contra. Flores votó a favor."
    )
    _, *rest = check(record, text).answers
    (spoke,), (stood,), (open_,) = (answer.members for answer in rest)
    assert (spoke.agreement, spoke.position, spoke.aloud) == (Agreement.AGREES, Position.NO, True)
    assert (stood.agreement, stood.position, stood.aloud) == (Agreement.DIFFERS, Position.YES, False)
    assert open_.agreement is Agreement.UNKNOWN
    assert [str(answer.verdict) for answer in rest] == ["matches-final", "differs", "subject-only"]


def test_votes_beside_the_one_meant(record: Engine) -> None:
    text = "El 13 de abril de 2023 se aprobó el proyecto 3991 por 79 votos a favor, 20 en contra y 2 abstenciones."
    found = neighbours(record, one(record, text))
    assert {row.id for row in found.bill} == {"pe-2023-04-13-19-53", "pe-2023-05-11-19-14", "pe-2023-05-11-19-17"}
    assert [row.id for row in found.sitting] == ["pe-2023-04-13-17-53", "pe-2023-04-14-00-48"]
    found = neighbours(record, one(record, "The House passed the Affordable Care Act 219-212."))
    assert [row.id for row in found.figures] == ["us-house-2009-477"]
    assert neighbours(record, one(record, "Se aprobó la ley de cine por 61 votos a 52.")) == Neighbours()


def test_the_documented_shape(record: Engine) -> None:
    texts = (
        TROOPS.format(70, 33, 4) + " Susel Paredes votó en contra.",
        "Más de 80 congresistas votaron a favor; por unanimidad. El Senado chileno la rechazó por 20 votos a 19.",
        "The motion fell 3 votes short of the 87 needed on May 18, 2023.",
        "No hay nada.",
    )
    for text in texts:
        shape = json.loads(json.dumps(as_json(check(record, text, date(2023, 5, 20)))))
        jsonschema.validate(shape, SCHEMA)
    assert shape == {"language": "es", "written": "2023-05-20", "left_out": 0, "claims": []}


def test_what_is_no_vote_of_a_chamber_says_so_in_a_step(record: Engine) -> None:
    party = one(record, "Los republicanos votaron 218-2 la ley de salud.")
    assert (party.reason, party.steps[-1].key, party.steps[-1].values) == (
        "of-party", "of-party", {"party": "republicanos"},
    )  # fmt: skip
    abroad = one(record, "En Francia, la reforma de las pensiones salió adelante por 287 a 240.")
    assert (abroad.reason, abroad.steps[-1].key) == ("other-body", "other-country")
    assert abroad.steps[-1].values == {"body": "Francia", "country": "FR"}
    council = one(record, "The New York City Council voted 46 to 5 to ban solitary confinement.")
    assert (council.reason, council.steps[-1].key) == ("other-body", "other-body")


def test_whoever_was_elected_is_told_by_name(record: Engine) -> None:
    answer = one(record, "Dennis Hastert was elected speaker in January 1999 with 225 votes to 205 for Gephardt.")
    assert answer.verdict is Verdict.DIFFERS
    assert answer.matches[0].differences == {"Hastert": -5}
    assert as_json(check(record, answer.claim.text))["claims"][0]["tally"]["named"] == [
        {"name": "Dennis Hastert", "least": 225, "most": 225}, {"name": "Gephardt", "least": 205, "most": 205},
    ]  # fmt: skip


def test_a_vote_of_more_of_the_subject_stands_against_a_match(record: Engine) -> None:
    text = "Con 70 votos a favor y 38 en contra, el Congreso censuró al ministro de Salud Hernán Condori."
    answer = one(record, text)
    assert answer.verdict is not Verdict.MATCHES_FINAL
    assert "pe-2022-03-31-15-11" in [match.id for match in answer.matches]


def test_ten_thousand_tallies_get_a_bounded_answer(record: Engine) -> None:
    checked = check(record, "Se aprobó la ley por 70-33-4. " * 10_000)
    assert (len(checked.answers), checked.read.left_out) == (200, 9_800)


def test_all_votes_that_fit_alike_are_listed(record: Engine) -> None:
    answer = one(record, "The House voted 221-204 on H.Res. 335 on Oct. 20, 1999.")
    assert answer.verdict is Verdict.SEVERAL
    assert [match.id for match in answer.matches] == ["us-house-1999-516", "us-house-1999-517"]
    assert answer.steps[-1].values == {"votes": 2}
