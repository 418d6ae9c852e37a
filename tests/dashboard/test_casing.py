"""Is a title in capitals set small without losing names, numbers or short forms?"""

from __future__ import annotations

import pytest

from dashboard.casing import calm, shouts


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
