from __future__ import annotations

import pytest

from tracker.sources.peru import motions, registers
from tracker.sources.peru.paper import Line


def lines(*texts: str) -> list[Line]:
    return [Line(i // 10 + 1, text) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "direction", "count", "rest"),
    [
        ("CONGRESISTAS QUE VOTARON A FAVOR:", "A FAVOR", None, ""),
        ("CONGRESISTA QUE VOTÓ EN CONTRA:", "EN CONTRA", None, ""),
        ("CONGRESISTAS QUE SE ABSTUVIERON (10):", "ABSTENCIÓN", 10, ""),
        ("CONGRESISTA QUE SE ABSTUVO", "ABSTENCIÓN", None, ""),
        ("CONGESISTAS QUE VOTARON A FAVR:", "A FAVOR", None, ""),
        ("Congresistas que votaron en contra: Luna Gálvez.", "EN CONTRA", None, "Luna Gálvez."),
        ("CONGRESISTAS QUE VOTARON POR LA LISTA 1:", None, None, ""),
    ],
)
def test_heads_of_lists(text: str, direction: str | None, count: int | None, rest: str) -> None:
    assert registers.option(text) == (direction, count, rest)


@pytest.mark.parametrize(
    "text",
    ["congresistas que desearan intervenir en el debate", "también manifestó que votaría en contra:", "AUSENTES:"],
)
def test_other_lines_are_no_heads(text: str) -> None:
    assert registers.option(text) is None


def test_lists_come_in_any_order_and_end_at_a_full_stop() -> None:
    [block] = registers.find(
        lines(
            "por 3 votos a favor, 1 voto en contra y 0 abstenciones.",
            "-",
            "REGISTRO DIGITAL DE VOTACIÓN DE LA INSISTENCIA",
            "SOBRE LOS PROYECTOS 3, 6, 19 y 36",
            "CONGRESISTA QUE VOTÓ EN CONTRA:",
            "Luna Gálvez.",
            "CONGRESISTAS QUE VOTARON A FAVOR:",
            "Alva Prieto, Guerra-",
            "García Campos y Zeta Chunga.",
            "La congresista ALVA PRIETO pidió la palabra.",
        )
    )
    assert block.heading == "REGISTRO DIGITAL DE VOTACIÓN DE LA INSISTENCIA SOBRE LOS PROYECTOS 3, 6, 19 y 36"
    assert [(got.direction, got.text) for got in block.lists] == [
        ("EN CONTRA", "Luna Gálvez."),
        ("A FAVOR", "Alva Prieto, Guerra-García Campos y Zeta Chunga."),
    ]
    assert block.before.startswith("por 3 votos")
    assert block.notes == []


def test_a_list_goes_on_after_a_stray_full_stop() -> None:
    [block] = registers.find(
        lines(
            "CONGRESISTAS QUE VOTARON A FAVOR:",
            "Alva Prieto, Alva Rojas.",
            "Huamán Coronado, Zeta Chunga y Luna Gálvez.",
            "-",
        )
    )
    assert block.lists[0].text == "Alva Prieto, Alva Rojas. Huamán Coronado, Zeta Chunga y Luna Gálvez."


def test_a_head_printed_twice_over_a_page_opens_one_list() -> None:
    head = "CONGRESISTAS QUE VOTARON EN CONTRA:"
    [block] = registers.find(lines(head, head, "Luna Gálvez.", "-"))
    assert len(block.lists) == 1
    assert block.doubts == []
    [block] = registers.find(lines(head, "Zeta Chunga.", head, "Luna Gálvez.", "-"))
    assert "twice" in block.doubts[0]


def test_notes_are_the_paragraphs_after_the_lists_and_no_others() -> None:
    [block] = registers.find(
        lines(
            "CONGRESISTAS QUE VOTARON A FAVOR:",
            "Luna Gálvez.",
            "-",
            "El presidente del Congreso dejó constancia del voto a favor de la congresista",
            "Zeta Chunga.",
            "-",
            "Registrada la asistencia de 109 parlamentarios, más la congresista Alva Prieto, cuya constancia dejó la",
            "Presidencia, fue aprobada por 100 votos a favor, 0 votos en contra y 4 abstenciones.",
        )
    )
    assert block.notes == ["El presidente del Congreso dejó constancia del voto a favor de la congresista Zeta Chunga."]


def test_votes_without_a_word_between_share_the_text_before() -> None:
    vote = ("REGISTRO DIGITAL DE VOTACIÓN DE LA MOCIÓN {}", "CONGRESISTAS QUE VOTARON A FAVOR:", "Luna Gálvez.", "-")
    one, other = registers.find(lines("Un texto.", "-", *(x.format(1) for x in vote), *(x.format(2) for x in vote)))
    assert one.alone
    assert not other.alone


def test_a_list_of_unclear_direction_is_a_doubt_with_its_names() -> None:
    [block] = registers.find(lines("CONGRESISTAS QUE VOTARON POR LA LISTA 1:", "Luna Gálvez y Zeta Chunga.", "-"))
    assert block.lists == []
    assert "Luna Gálvez y Zeta Chunga" in block.doubts[0]


@pytest.mark.parametrize(
    ("heading", "subject", "kind"),
    [
        ("REGISTRO DIGITAL DE VOTACIÓN DEL TEXTO SUSTITUTORIO", "TEXTO SUSTITUTORIO", "texto sustitutorio"),
        ("REGISTRO DIGITAL DE LA SEGUNDA VOTACIÓN DEL PL 6", "SEGUNDA VOTACIÓN DEL PL 6", "segunda votación"),
        (
            "REGRISTRO DIGITAL DE LA VOTACIÓN DE LA RECONSIDERACIÓN DE LA VOTACIÓN DE LA CUESTIÓN PREVIA",
            "RECONSIDERACIÓN DE LA VOTACIÓN DE LA CUESTIÓN PREVIA",
            "reconsideración",
        ),
        (
            "REGISTRO DE VOTACIÓN DIGITAL DE LA EXONERACIÓN DE LA SEGUNDA VOTACIÓN",
            "EXONERACIÓN DE LA SEGUNDA VOTACIÓN",
            "exoneración de segunda votación",
        ),
        ("VOTACIÓN NOMINAL DE LA CUESTIÓN DE ORDEN", "CUESTIÓN DE ORDEN", "cuestión de orden"),
        ("REGISTRO DIGITAL DE LA ADMISIÓN DE LA MOCIÓN 7786", "ADMISIÓN DE LA MOCIÓN 7786", "admisión de moción"),
        ("CUESTION PREVIA PARA QUE RETORNE", "CUESTION PREVIA PARA QUE RETORNE", "cuestión previa"),
        ("REGISTRO DIGITAL DE VOTACIÓN DE UN ASUNTO CUALQUIERA", "UN ASUNTO CUALQUIERA", None),
    ],
)  # fmt: skip
def test_subjects_and_kinds(heading: str, subject: str, kind: str | None) -> None:
    assert motions.subject(heading) == subject
    assert motions.kind(motions.subject(heading)) == kind
