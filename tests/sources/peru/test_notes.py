from __future__ import annotations

import time

import pytest

from tracker.domain.votes import Position
from tracker.sources.peru import notes

YES, NO, ABSTAIN = Position.YES, Position.NO, Position.ABSTAIN


def said(text: str) -> list[tuple[str, str]]:
    return [(clause.names, str(clause.now)) for clause in notes.read(text).clauses]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "El presidente del Congreso dejó constancia del voto a favor de la congresista Zeta Chunga.",
            [("Zeta Chunga", YES)],
        ),
        (
            "La congresista Moyano Delgado, primera vicepresidenta del Congreso, en ejercicio de la presidencia, deja "
            "constancia del voto a favor de los congresistas Luna Gálvez y Jeri Oré; del voto en contra "
            "del congresista "
            "Cueto Aservi, y del voto en abstención de las congresistas Luque Ibarra e Infantes Castañeda.",
            [("Luna Gálvez y Jeri Oré", YES), ("Cueto Aservi", NO), ("Luque Ibarra e Infantes Castañeda", ABSTAIN)],
        ),
        (
            "El presidente del Congreso dejó la constancia del coto en abstención de la congresita "
            "Chacón Trujillo; y el "
            "vot a favr del conresista Elías Ávalos.",
            [("Chacón Trujillo", ABSTAIN), ("Elías Ávalos", YES)],
        ),
        (
            "El presidente del Congreso dejó constancia de voto a favor de Cruz Mamani, así como de la "
            "abstención de los "
            "consgresistas Pablo Medina y Varas Meléndez.",
            [("Cruz Mamani", YES), ("Pablo Medina y Varas Meléndez", ABSTAIN)],
        ),
        (
            "El presidente del Congreso dejó constancia del voto por la abstención de la congresista "
            "Calle Lobatón, según "
            "señaló la Presidencia.",
            [("Calle Lobatón", ABSTAIN)],
        ),
        (
            "Efectuada la consulta nominal por el Relator, luego de la votación electrónica, votaron a favor los "
            "congresistas Alva Rojas y Soto Palacios; votaron en contra los congresistas Cavero Alva e "
            "Infantes Castañeda; "
            "y se abstuvo la congresista Portero López.",
            [("Alva Rojas y Soto Palacios", YES), ("Cavero Alva e Infantes Castañeda", NO), ("Portero López", ABSTAIN)],
        ),
    ],
)
def test_clauses(text: str, wanted: list[tuple[str, Position]]) -> None:
    assert said(text) == [(names, str(way)) for names, way in wanted]
    assert notes.read(text).doubts == []
    assert all(clause.counts for clause in notes.read(text).clauses)


def test_a_roll_called_by_name_is_known() -> None:
    assert notes.read(
        "Efectuada la consulta nominal por el Relator, votaron a favor los congresistas A B y C D."
    ).nominal
    assert not notes.read("El presidente del Congreso dejó constancia del voto a favor de Soto Palacios.").nominal


@pytest.mark.parametrize(
    ("change", "was", "now"),
    [
        ("del cambio de voto de a favor por voto en contra del congresista Huamán Coronado", YES, NO),
        ("del cambio de voto a favor por abstención de la congresista Huamán Coronado", YES, ABSTAIN),
        ("del cambio del voto en contra por voto en abstención del congresista Huamán Coronado", NO, ABSTAIN),
        ("del cambio de voto de en contra por a favor del congresista Huamán Coronado", NO, YES),
        ("del cambio de voto de abstención por voto a favor del congresista Huamán Coronado", ABSTAIN, YES),
    ],
)
def test_changes_of_vote(change: str, was: Position, now: Position) -> None:
    text = f"El presidente del Congreso dejó constancia del voto a favor de los congresistas Luna Gálvez; y {change}."
    plain, changed = notes.read(text).clauses
    assert (plain.names, plain.declared) == ("Luna Gálvez", None)
    assert (changed.names, changed.declared, changed.now) == ("Huamán Coronado", was, now)


def test_chained_changes() -> None:
    text = (
        "El presidente del Congreso dejó constancia del cambio de voto de a favor por en contra del congresista Luna "
        "Gálvez y del voto en contra por voto a favor del congresista Ventura Ángel."
    )
    one, other = notes.read(text).clauses
    assert (one.names, one.declared, one.now) == ("Luna Gálvez", YES, NO)
    assert (other.names, other.declared, other.now) == ("Ventura Ángel", NO, YES)


def test_the_chairs_own_vote() -> None:
    note = notes.read(
        "El congresista Williams Zapata, presidente del Congreso, dejó constancia de su voto a favor, "
        "así como del voto a "
        "favor de la congresista Obando Morgan."
    )
    assert note.speaker == "Williams Zapata"
    assert note.in_office
    assert [(c.own, c.names, c.now) for c in note.clauses] == [(True, "", YES), (False, "Obando Morgan", YES)]


def test_others_share_the_direction_of_the_chair() -> None:
    note = notes.read(
        "El congresista Salhuana Cavides dejó constancia de su voto a favor y el de los congresistas "
        "Tello Montes y Alva "
        "Rojas; del voto en contra de la congresista Limachi Quispe."
    )
    assert not note.in_office
    assert [(c.own, c.names, c.now) for c in note.clauses] == [
        (True, "", YES), (False, "Tello Montes y Alva Rojas", YES), (False, "Limachi Quispe", NO),
    ]  # fmt: skip


def test_those_who_only_state_their_vote_are_not_counted() -> None:
    [clause] = notes.read(
        "Dejaron constancia de su voto a favor los congresistas Ugarte Mamani y Vergara Mendoza. La "
        "congresista PALACIOS "
        "HUAMÁN invocó a la Representación Nacional a reflexionar."
    ).clauses
    assert (clause.names, clause.counts) == ("Ugarte Mamani y Vergara Mendoza", False)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "El presidente del Congreso dejó constancia del voto de los congresistas Picón Quedo y Luna Gálvez.",
            "how they voted",
        ),
        (
            "El presidente del Congreso dejó constancia del voto de la congresista Monteza Facho.",
            "how they voted",
        ),
        (
            "La congresista Camones Soriano precisa que no se considerará el voto de la congresista Chirinos Venegas.",
            "out of",
        ),
        ("El presidente del Congreso dejó constancia de la votación.", "not understood"),
    ],
)
def test_what_is_not_understood_is_a_doubt(text: str, doubt: str) -> None:
    note = notes.read(text)
    assert note.clauses == []
    assert doubt in note.doubts[0]


def test_a_direction_that_is_missing_in_one_clause_is_a_doubt() -> None:
    for who in ("de la congresista Monteza Facho", "del congresista Soto Reyes", "de los congresistas Luna Gálvez"):
        note = notes.read(
            f"El presidente del Congreso dejó constancia del voto {who}, y del voto en contra de Cerrón Rojas."
        )
        assert [clause.names for clause in note.clauses] == ["Cerrón Rojas"]
        assert "how they voted" in note.doubts[0]


def test_the_words_of_a_clause_are_kept_to_the_last_letter() -> None:
    [one, other] = notes.read(
        "Dejó constancia del voto a favor de Cordero Jon Tay; y del voto en contra de Zeta Chunga."
    ).clauses
    assert (one.quote, other.quote) == ("del voto a favor de Cordero Jon Tay", "del voto en contra de Zeta Chunga.")


def test_statements_apart_from_a_list_are_found() -> None:
    text = (
        "La congresista GONZALES DELGADO solicitó la exoneración. El PRESIDENTE dejó constancia del voto a favor del "
        "congresista Espinoza Vargas y dispuso pasar a la votación. El PRESIDENTE dejó constancia de la asistencia del "
        "congresista Luna Gálvez."
    )
    assert notes.apart(text) == [
        "El PRESIDENTE dejó constancia del voto a favor del congresista Espinoza Vargas y dispuso pasar a la votación."
    ]


NAMES = [("Alva Rojas y Luna Gálvez", YES), ("Zeta Chunga", NO)]


@pytest.mark.parametrize(
    "text",
    [
        "El presidente deja constancia delvoto afavor delos congresistas Alva Rojas y Luna Gálvez;y delvoto "
        "en contra dela congresista Zeta Chunga.",
        "El presidente deja constania del vot a favr de os congreistas Alva Rojas y Luna Gálvez; y del coto "
        "en conta de la congreissta Zeta Chunga.",
        "EI presldente deja c0nstancia deI v0to a fav0r de 1os congresistas Alva Rojas y Luna Gálvez; y dei "
        "voto en c0ntra de ia congreslsta Zeta Chunga.",
        "El presidente deja constancia del voto a favor de los congresistas, Alva Rojas y Luna Gálvez; y en "
        "contra de la congresista Zeta Chunga.",
        "El presidente deja constancia de la votación a favor del los senadores Alva Rojas y Luna Gálvez, y del voto "
        "en contra de la diputada Zeta Chunga.",
        "El presidente deja constancia del voto a favor del voto a favor de los congresistar Alva Rojas y Luna Gálvez, "
        "así como el voto en contra de Zeta Chunga.",
        "El presidente deja constancia de los votos favorables delosparlamentariosAlva Rojas y Luna Gálvez y "
        "delvotoencontradelacongresistaZeta Chunga.",
    ],
)
def test_slips_of_typist_and_machine(text: str) -> None:
    note = notes.read(text)
    assert [(clause.names, clause.now) for clause in note.clauses] == NAMES
    assert note.doubts == []
    assert note.in_office


def test_capitals() -> None:
    text = (
        "LA CONGRESISTA CAMONES SORIANO, PRIMERA VICEPRESIDENTA DEL CONGRESO, EN EJERCICIO DE LA PRESIDENCIA, DEJA "
        "CONSTANCIA DE SU VOTO A FAVOR; ASÍ COMO DE LA ABSTENCIÓN DE LOS CONGRESISTAS PALACIOS HUAMÁN Y MIGUEL CRUZ."
    )
    note = notes.read(text)
    assert (note.speaker, note.in_office) == ("CAMONES SORIANO", True)
    assert [(c.own, c.names, c.now) for c in note.clauses] == [
        (True, "", YES), (False, "PALACIOS HUAMÁN Y MIGUEL CRUZ", ABSTAIN),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "was", "now"),
    [
        ("La congresista Zeta Chunga cambia su voto de a favor a en contra.", YES, NO),
        ("Deja constancia que la congresista Zeta Chunga cambió su voto de abstención a a favor.", ABSTAIN, YES),
        ("Deja constancia de la rectificación del voto en contra por a favor de Zeta Chunga.", NO, YES),
        ("Deja constancia del cambi0 de v0to de a favor p0r voto en abstención de Zeta Chunga.", YES, ABSTAIN),
    ],
)  # fmt: skip
def test_more_ways_to_change_a_vote(text: str, was: Position, now: Position) -> None:
    [clause] = notes.read(text).clauses
    assert (clause.names, clause.declared, clause.now) == ("Zeta Chunga", was, now)


def test_words_that_only_look_like_a_direction() -> None:
    for text in ("Se encontró un error.", "El Contralor asistió a la sesión.", "Se encontraron tres votos más."):
        assert notes.read(text).clauses == [], text


def test_a_name_keeps_its_last_letters() -> None:
    note = notes.read(
        "El presidente deja constancia del voto a favor de Cordero Jon Tay y del voto en contra de Reyes Cam."
    )
    assert [clause.names for clause in note.clauses] == ["Cordero Jon Tay", "Reyes Cam"]
    glued = notes.read(
        "deja constancia del voto a favor de la congresistaSalhuana Cavides y del senadorEspinoza Vargas."
    )
    assert glued.clauses[0].names == "Salhuana Cavides y del senadorEspinoza Vargas"


def test_su_voto_before_names_is_marked() -> None:
    text = (
        "El congresista Guerra García Campos, primer vicepresidente del ongreso, en ejercicio de la presidencia, deja "
        "constancia de su voto en contra de los congresistas Cerrón Rojas, Limachi Quispe y Rivas Chacara."
    )
    [clause] = notes.read(text).clauses
    assert (clause.now, clause.own, clause.mixed) == (NO, False, True)
    several = notes.read(
        "dejan constancia verbal de sus votos en contra los congresistas Elera García y Málaga Trillo."
    )
    assert [(c.now, c.mixed) for c in several.clauses] == [(NO, False)]


@pytest.mark.parametrize("piece", [", ", " ", ",", "y ", "luego ", " \n"])
def test_a_note_made_to_take_long_takes_no_longer_than_others(piece: str) -> None:
    begun = time.process_time()
    notes.read(
        f"El presidente dejó constancia del voto a favor de los congresistas Soto{piece * (5_800 // len(piece))}x"
    )
    assert time.process_time() - begun < 1


def test_what_is_too_long_is_no_note() -> None:
    note = notes.read("El presidente dejó constancia del voto a favor de los congresistas " + "Soto, " * 1_000)
    assert note.clauses == []
    assert note.doubts[0].startswith("a note of 6,066 letters".replace(",", ""))
