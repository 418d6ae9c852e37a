from __future__ import annotations

import pytest

from tracker.sources.peru import sentences
from tracker.sources.peru.sentences import Kind

NOTE = "El presidente del Congreso deja constancia del voto a favor de la congresista Zeta Chunga."
FOOT = (
    "*** En este reporte de votación no se considera al congresista que ejerce la presidencia.  31289 - 46802 - 07844"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NOTE, Kind.VOTES),
        ("El presidente deja constancia del voto de los congresistas Alva Rojas y Luna Gálvez.", Kind.VOTES),
        ("deja constancia de la asistencia de la congresista Zeta Chunga.", Kind.PRESENT),
        ("deja constancia de la presencia de los congresistas Alva Rojas y Luna Gálvez", Kind.PRESENT),
        ("Después de cerrada la resultado, se incorporaron a la sesión los congresistas Alva Rojas", Kind.PRESENT),
        ("PRECISA QUE NO SE CONSIDERARÁ EL VOTO DE LA CONGRESISTA CHIRINOS VENEGAS POR SER MIEMBRO", Kind.TAKEN_OUT),
        ("La presente votación queda sin efecto.", Kind.VOID),
        ("Se anula la votación por fallas en el sistema", Kind.VOID),
        ("Quedó sin efecto la votación.", Kind.VOID),
        ("El presidente declara nula la votación.", Kind.VOID),
        ("Queda sin efecto la votación anterior.", Kind.UNKNOWN),
        ("Se anula el registro de asistencia.", Kind.UNKNOWN),
        ("Queda sin efecto el voto de la congresista Zeta Chunga.", Kind.UNKNOWN),
        ("Se procede a una nueva votación.", Kind.UNKNOWN),
        (FOOT, Kind.FOOT),
        ("En este reporte de votacion no se considera al congresista que ejerce la presidencia", Kind.FOOT),
        ("Eneste rep0rte devotación no se c0nsidera alcongresista queejerce lapresidencia", Kind.FOOT),
        ("El asunto se encuentra incompleto.", Kind.REMARK),
        ("La congresista Manuela Luna llegó tarde.", Kind.REMARK),
        ("En el PDF aparece que hay 9 ausentes; sin embargo hay 8", Kind.ANNOTATION),
        ("(Transparencia) Son 10 congresistas sin responder, pero en el agregado salen 9.", Kind.ANNOTATION),
        ("COPIA INFORMATIVA INFORMACIÓN PROVISIONAL SIN LOS VOTOS ORALES", Kind.ANNOTATION),
    ],
)  # fmt: skip
def test_what_a_sentence_is_about(text: str, kind: Kind) -> None:
    assert sentences.kind(text) is kind


def test_sentences_begin_where_a_note_does() -> None:
    other = "La congresista Moyano Delgado, primera vicepresidenta del Congreso, deja constancia de su voto a favor."
    for between in ("\n", " ", "", " *** "):
        assert sentences.split(f'21:05,"{NOTE}{between}{other}\n{FOOT}')[:2] == [NOTE, other]
    kind = [sentences.kind(sentence) for sentence in sentences.split(f"{NOTE} {FOOT}")]
    assert kind == [Kind.VOTES, Kind.FOOT]


def test_a_full_stop_inside_a_list_ends_nothing() -> None:
    text = "El presidente deja constancia del voto a favor de los congresistas Alva Rojas. Elías Ávalos y Luna Gálvez."
    assert sentences.split(text) == [text]


def test_what_a_seal_leaves_behind_a_note_is_cut() -> None:
    assert sentences.split(f"{NOTE} V°B° SANTILLÁN MÉNDEZ. A. DÁVILA Relatoría") == [NOTE]
    kept = f"{NOTE} Luna Gálvez"
    assert sentences.split(kept) == [kept], "a name behind a full stop may belong to the list"
    capitals = f"{NOTE} LUNA GÁLVEZ".upper()
    assert sentences.split(capitals) == [capitals]


@pytest.mark.parametrize(
    ("lead", "ok"),
    [
        ("El congresista Soto Reyes, presidente del Congreso, deja constancia ", True),
        ("El diputado Reto Otero, presidente de la Cámara de Diputados, deja constancia ", True),
        ("La constancia Monteza Facho, segunda vicepresidenta del Congreso, deja constancia ", True),
        ("Después de cerrada la votación electrónica, dejan constancia verbal ", True),
        ("El presidente del Congreso deja c0nstancia dei ", True),
        ("Efectuada la consulta nominal por el Relator, luego de la votación electrónica, ", True),
        ("El presidente del Congreso no deja constancia ", False),
        ("El presidente del Congreso deja constancia no ", False),
        ("El presidente del Congreso deja constancia de los congresistas Alva Rojas y ", False),
        ("El presidente deja constancia del v_t_ _ f_v_r de la congresista Luna y deja constancia ", False),
        ("y ", False),
        ("", False),
    ],
)
def test_what_may_stand_before_the_first_vote(lead: str, ok: bool) -> None:
    assert sentences.is_lead(lead) is ok


def test_a_long_text_of_full_stops_is_cut_in_time() -> None:
    assert sentences.split(NOTE + " X. " * 3000) == [NOTE]
