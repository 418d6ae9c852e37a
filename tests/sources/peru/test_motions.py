"""Is a motion known by its outermost words, and left unknown where they are unknown?"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.peru import motions


@pytest.mark.parametrize(
    ("matter", "kind"),
    [
        ("TEXTO SUSTITUTORIO DE LOS PROYECTOS DE LEY 9055 Y 9100", "texto sustitutorio"),
        ("NUEVO TEXTO SUSTITUTORIO DEL PROYECTO DE LEY 114", "texto sustitutorio"),
        ("NUEVO TEXTO SUSTITUTORIO DE LA AUTÓGRAFA OBSERVADA", "nuevo texto"),
        ("TEXTO CONSENSUADO DEL PROYECTO 5 Y OTROS", "texto"),
        ("RECONSIDERACIÓN DE LA VOTACIÓN DE LA CUESTIÓN PREVIA", "reconsideración"),
        ("CUESTIÓN PREVIA PARA QUE RETORNEALACOMISIÓN DEECONOMIAELPROYECTODELEY 2035", "cuestión previa"),
        ("EXONERACIÓN DEL PLAZO DE PUBLICACIÓN DEL DICTAMEN", "exoneración de trámite"),
        ("SEGUNDA VOTACIÓN DEL TEXTO SUSTITUTORIO", "segunda votación"),
        ("INSISTENCIA EN LA AUTÓGRAFA OBSERVADA POR EL SEÑOR PRESIDENTE", "insistencia"),
        ("ALLANAMIENTO A LAS OBSERVACIONES", "allanamiento"),
        ("ADMISIÓN DE LA MOCIÓN 5767, QUE PROPONE INTERPELAR AL MINISTRO", "admisión de moción"),
        ("MOCIÓN 8039, QUE PROPONE CENSURAR AL MINISTRO DE ENERGÍA Y MINAS", "moción de censura"),
        ("MOCIÓN DE CENSURA AL MINISTRO DEL INTERIOR (MOCIÓN 5829)", "moción de censura"),
        ("MOCIÓN 3833, QUE PROPONE QUE EL CONGRESO DE LA REPÚBLICA CENSURE A LA PRESIDENTE", "moción de censura"),
        ("MOCIÓN 68, QUE PROPONE LAS REGLAS DE LAS MOCIONES DE CENSURA", "moción"),
        ("MOCIÓN DE ORDEN DEL DÍA 3636, QUE PROPONE INTERPELAR AL MINISTRO", "interpelación"),
        ("MOCIÓN 1222, QUE PROPONE DECLARAR LA PERMANENTE INCAPACIDAD MORAL", "vacancia"),
        ("PROYECTO DE RESOLUCIÓN DEL CONGRESO 001-2022-2023-CR, QUE DECLARA LA PERMANENTE INCAPACIDAD", "vacancia"),
        # When the vacancy is debated is another question than the vacancy.
        ("PROPUESTA PARA QUE LA SESIÓN DE DEBATE Y VOTACIÓN DEL PEDIDO DE VACANCIA SE REALICE", "pedido o propuesta"),
        ("PROYECTO DE RESOLUCIÓN LEGISLATIVA 5352, QUE PROPONE INHABILITAR POR CINCO AÑOS", "acusación constitucional"),
        ("TEXTO SUSTITUTORIO DEL PROYECTO DE LEY 7, QUE INHABILITA A LOS CONDENADOS", "texto sustitutorio"),
        ("PROYECTO RESOLUCIÓN LEGISLATIVA 106, QUE AUTORIZA EL INGRESO", "proyecto de resolución legislativa"),
        ("PROPOSICIÓN DE RESOLUCIÓN LEGISLATIVA DEL SENADO", "proyecto de resolución legislativa"),
        ("PROPOSICIÓN DE LEY 553", "proyecto de ley"),
        ("ARTÍCULO 4 DEL TEXTO SUSTITUTORIO DEL PROYECTO 2359", "parte de un texto"),
        ("LEVANTAMIENTO DE LA RESERVA DE LOS INFORMES", "levantamiento de reserva o secreto"),
        ("LEVANTAMIENTO DE LA INMUNIDAD PARLAMENTARIA", "levantamiento de inmunidad"),
        ("ACUERDO DEL SENADO DE LA REPÚBLICA QUE APRUEBA LA SOLICITUD DE PRÓRROGA", "acuerdo"),
        ("PRESUPUESTO DEL CONGRESO DE LA REPÚBLICA PARA EL AÑO FISCAL 2023", None),
        ("", None),
        # As character recognition and hurried hands leave them.
        ("TEXTO SUSTITURIO DEL PROYECTO DE LEY 430", "texto sustitutorio"),
        ("TEXTO SUBSTITUTORIO DE LA MOCIÓN 81", "texto sustitutorio"),
        ("T.S. DE LA MOCIÓN 017", "texto sustitutorio"),
        ("EXONERACIÓN DE LA SEGUNDA VOTACIÓN DELTEXTO", "exoneración de segunda votación"),
        ("EXON. 2ª VOTACIÓN DEL TEXTO SUSTITUTORIO", "exoneración de segunda votación"),
        ("EXONERACIÓN 2.A VOT. DEL T. SUST.", "exoneración de segunda votación"),
        ("EXONERACIÓN DE LA SEGUNGA VOTACIÓN", "exoneración de segunda votación"),
        ("2a. VOTACIÓN DEL TEXTO SUSTITUTORIO", "segunda votación"),
        ("ADMIISIÓN DE LA MOCIÓN 1057", "admisión de moción"),
        ("PROYECT O DE LEY 185", "proyecto de ley"),
        ("PROEYCTO DE RESOLUCIÓN LESGISLATIVA 253", "proyecto de resolución legislativa"),
    ],
)
def test_the_outermost_words_decide(matter: str, kind: str | None) -> None:
    assert motions.kind(matter) == kind


@pytest.mark.parametrize(
    ("matter", "kind"),
    [
        ("SEGUNDA VOTACIÓN DEL PROYECTO DE LEY DE REFORMA CONSTITUCIONAL 1161", "segunda votación"),
        ("TEXTO SUSTITUTORIO DEL PROYECTO 660, QUE PROPONE LA REFORMA CONSTITUCIONAL QUE", "texto sustitutorio"),
        ("CUESTIÓN PREVIA SOBRE EL PROYECTO 7, RELATIVO A LA LEY DE REFORMA CONSTITUCIONAL", "cuestión previa"),
        ("PROYECTO DE REFORMA CONSTITUCIONAL QUE MODIFICA", "proyecto de ley"),
        ("ASUNTO SIN CLASE QUE PROPONE LA REFORMA CONSTITUCIONAL", None),
    ],
)
def test_an_amendment_of_the_constitution_is_said_beside_the_kind(matter: str, kind: str | None) -> None:
    found = motions.kind(matter)
    assert found == (f"{kind}, {motions.REFORM}" if kind else motions.REFORM)
    assert motions.outermost(found) == kind


def test_a_law_on_how_the_constitution_is_amended_is_no_amendment_of_it() -> None:
    matter = (
        "TEXTO SUSTITUTORIO DEL PROYECTO DE LEY 644, QUE FORTALECE LA APROBACIÓN DE LEYES DE REFORMA CONSTITUCIONAL"
    )
    assert motions.kind(matter) == "texto sustitutorio"


@given(st.text(max_size=300))
def test_a_kind_is_of_the_vocabulary(matter: str) -> None:
    kind = motions.kind(matter)
    assert motions.outermost(kind) in {None, *(name for name, _ in motions.KINDS)}
    assert motions.outermost(motions.outermost(kind)) == motions.outermost(kind)


@given(st.sampled_from([name for name, _ in motions.KINDS if name not in ("cuadro o nómina de comisiones",)]))
def test_blanks_lost_or_added_change_nothing(name: str) -> None:
    assert motions.kind(name.upper()) == motions.kind(name.upper().replace(" ", "")) == motions.kind(" ".join(name))


@pytest.mark.corpus
def test_the_kinds_of_two_years(corpus: Path) -> None:
    """2,097 subjects as sheets print them, July 2021 to October 2023; two stay unknown."""
    with gzip.open(corpus / "peru" / "facts" / "votes.jsonl.gz", "rt", encoding="utf-8") as lines:
        kinds = [motions.kind(json.loads(line)["subject"]) for line in lines]
    assert sum(motions.REFORM in (kind or "") for kind in kinds) == 28
    assert Counter(map(motions.outermost, kinds)) == {
        "texto sustitutorio": 640, "exoneración de segunda votación": 541, "cuestión previa": 139,
        "admisión de moción": 120, "reconsideración": 112, "insistencia": 93,
        "proyecto de resolución legislativa": 70, "segunda votación": 58, "cuadro o nómina de comisiones": 46,
        "moción": 45, "informe": 39, "aclaración": 35, "acusación constitucional": 29, "pedido o propuesta": 20,
        "allanamiento": 18, "cuestión de orden": 16, "proyecto de ley": 14, "elección": 13, "moción de censura": 9,
        "interpelación": 9, "ratificación de acuerdo": 8, "parte de un texto": 6, "cuestión de confianza": 4,
        "nuevo texto": 4, "dictamen": 3, "vacancia": 2, "levantamiento de reserva o secreto": 1,
        "opinión consultiva": 1, None: 2,
    }  # fmt: skip
