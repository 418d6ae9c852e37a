"""Is a title in capitals set small without losing names, numbers or short forms?"""

from __future__ import annotations

import pytest

from tracker.queries.casing import calm, shouts


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (
            "PROYECTOS DE LEY 1, 2 Y 3, LEY QUE MODIFICA EL CÓDIGO PENAL Y CREA EL REGISTRO DE LA SUNAT EN LA LIBERTAD",
            "Proyectos de ley 1, 2 y 3, ley que modifica el Código Penal y crea el registro de la SUNAT en La Libertad",
        ),
        (
            "CUESTIÓN PREVIA PLANTEADA POR EL CONGRESISTA, CAPÍTULO XIV",
            "Cuestión previa planteada por el congresista, capítulo XIV",
        ),
        (
            "MOCIÓN DE VACANCIA DE LA PRESIDENCIA DE LA REPÚBLICA",
            "Moción de vacancia de la presidencia de la República",
        ),
        (
            "ADMISIÓN DE LA MOCIÓN 5767 (INTERPELACIÓN AL MINISTRO DE EDUCACIÓN ÓSCAR MANUEL BECERRA TRESIERRA)",
            "Admisión de la moción 5767 (interpelación al ministro de Educación Óscar Manuel Becerra Tresierra)",
        ),
        (
            "CUESTIÓN DE ORDEN PARA QUE SE HABILITE A LAS CONGRESISTAS ALVA PRIETO Y PAREDES FONSECA A VOTAR",
            "Cuestión de orden para que se habilite a las congresistas Alva Prieto y Paredes Fonseca a votar",
        ),
        (
            "DECRETO SUPREMO 010-2005-IN, ARTÍCULOS 7-A Y 7-B, COLEGIOS DE ALTO RENDIMIENTO (COARD)",
            "Decreto supremo 010-2005-IN, artículos 7-A y 7-B, colegios de alto rendimiento (COARD)",
        ),
        (
            "TEXTO QUE MODIFICA EL CÓDIGO CIVIL, LIBRO IV, SOBRE EL MATRIMONIO CIVIL",
            "Texto que modifica el Código Civil, libro IV, sobre el matrimonio civil",
        ),
        (
            "LEY QUE PROPONE LIMPIAR EL RÍO RÍMAC, A CARGO DE LA MINISTRA DE SALUD",
            "Ley que propone limpiar el río Rímac, a cargo de la ministra de Salud",
        ),
        (
            "AUTORIZA A VIAJAR A WASHINGTON D.C., ESTADOS UNIDOS DE AMÉRICA",
            "Autoriza a viajar a Washington D.C., Estados Unidos de América",
        ),
        ("Defensa del consumidor", "Defensa del consumidor"),
        ("H.R. 4365", "H.R. 4365"),
        ("", ""),
    ],
)
def test_calm(printed: str, shown: str) -> None:
    assert calm(printed) == shown


def test_only_whole_titles_shout() -> None:
    assert shouts("LEY QUE CREA UN REGISTRO")
    assert not shouts("SUNAT")
    assert not shouts("Ley que crea el registro de la SUNAT y el JNE")
