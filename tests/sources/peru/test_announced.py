from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.votes import Means, Tally
from tracker.sources.peru import announced

EARLY, ORAL, LATE = date(2022, 5, 4), date(2023, 5, 18), date(2024, 4, 11)


@pytest.mark.parametrize(
    ("text", "tally", "day", "means", "result"),
    [
        (
            "Registrada la asistencia de 116 congresistas, fue aprobada la moción, por 71 votos a favor, "
            "28 votos en contra "
            "y 12 abstenciones.",
            "71–28–12", EARLY, Means.BOARD, "aprobado",
        ),
        (
            "Consultado el Pleno, no fue admitida a debate por, incluidos los votos orales, 58 votos a "
            "favor, 1 voto en "
            "contra y 0 abstenciones, la moción.",
            "58–1–0", ORAL, Means.FINAL, "no admitido",
        ),
        ("Se acordó la dispensa por 97 votos a favor, 5 en contra y 7 abstenciones.", "97–5–7", ORAL, None, "acordado"),
        (
            "Fue rechazada la cuestión previa por 49 votos en contra, 45 votos a favor y 17 abstenciones.",
            "45–49–17", LATE, Means.BOARD, "rechazado",
        ),
        (
            "Se registraron 38 votos a favor, 20 votos en contra y 44 abstenciones, más el voto a favor "
            "de Luna Gálvez. El "
            "PRESIDENTE indicó que no había sido aprobado el texto.",
            "38–20–44", LATE, Means.BOARD, "no aprobado",
        ),
        (
            "Consultado el Pleno, se computó 86 votos a favor, con el voto de la Presidencia; 35 votos en contra y 2 "
            "abstenciones.",
            "86–35–2", EARLY, Means.FINAL, None,
        ),
        (
            "Tras dejar constancia la Presidenta del Congreso de su voto a favor, fue aprobada la "
            "insistencia por 79 votos a "
            "favor, 43 votos en contra y 3 abstenciones.",
            "79–43–3", EARLY, Means.FINAL, "aprobado",
        ),
        ("Fue aprobada por 9 votos a favor, cero en contra y una abstención.", "9–0–1", LATE, Means.BOARD, "aprobado"),
    ],
)  # fmt: skip
def test_figures(text: str, tally: str, day: date, means: Means | None, result: str | None) -> None:
    [figure] = announced.figures(text)
    assert str(figure.tally) == tally
    assert figure.means(day, nominal=False) is means
    assert figure.outcome() == result


def test_a_roll_call_by_name_is_in_the_figure() -> None:
    [figure] = announced.figures("Fue aprobado por 107 votos a favor, 0 votos en contra y 0 abstenciones.")
    assert figure.means(date(2021, 10, 28), nominal=True) is Means.FINAL


def test_a_committees_figure_and_an_earlier_sittings_are_not_the_plenarys() -> None:
    text = (
        "El dictamen, aprobado por mayoría -10 votos a favor, 6 en contra y 1 abstención-, fue leído. En la sesión del "
        "Pleno del 4 de mayo de 2023, fue aprobado en primera votación por 69 votos a favor, 28 votos en contra y 3 "
        "abstenciones. Consultado el Pleno, fue aprobado por 80 votos a favor, 2 votos en contra y 1 abstención."
    )
    found = announced.figures(text)
    assert [figure.elsewhere for figure in found] == [True, True, False]
    chosen = announced.choose(found, 1, 0, (Tally(80, 2, 1),))
    assert chosen is found[2]


def test_when_unsure_there_is_none() -> None:
    far = announced.figures("Fue aprobado por 10 votos a favor, 6 votos en contra y 1 abstención.")
    assert announced.choose(far, 1, 0, (Tally(80, 2, 1),)) is None
    two = announced.figures(
        "Fue aprobado por 80 votos a favor, 3 votos en contra y 1 abstención. Fue aprobada por 81 votos "
        "a favor, 2 votos "
        "en contra y 1 abstención."
    )
    assert announced.choose(two, 1, 0, (Tally(80, 2, 1),)) is None
    assert announced.choose(two[:1], 2, 1, (Tally(80, 2, 1),)) is None
    assert announced.choose(two[:1], 1, 0, (Tally(80, 2, 1),)) is two[0]
    assert announced.choose([], 1, 0, (Tally(80, 2, 1),)) is None


def test_votes_that_share_a_text_take_its_figures_in_order() -> None:
    found = announced.figures(
        "No fue aprobado el informe en mayoría, por 42 votos a favor, 55 votos en contra y 15 "
        "abstenciones. Fue rechazado "
        "el de minoría por 49 votos en contra, 45 votos a favor y 17 abstenciones."
    )
    assert announced.choose(found, 2, 0, (Tally(42, 55, 15),)) is found[0]
    assert announced.choose(found, 2, 1, (Tally(45, 49, 17),)) is found[1]
