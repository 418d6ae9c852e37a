"""Do the drawn minutes hold what the official ones hold, where they hold it?"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest

from tracker.demo import draw_listing, draw_minutes, facts
from tracker.demo.draw_minutes import Shape
from tracker.demo.recorded import AMENDED, STAGED

SITTINGS = {sitting.date.isoformat(): sitting for sitting in facts.minutes()}


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def running(pdf: bytes) -> str:
    """The text without feet, spaces folded."""
    bare = [page.partition(" -\n")[2] for page in pages(pdf)]
    return " ".join(" ".join(bare).split())


@cache
def drawn(day: str) -> bytes:
    return draw_minutes.minutes(SITTINGS[day])


@pytest.fixture(scope="module")
def founding() -> bytes:
    return drawn("2023-05-18")


def test_the_same_facts_make_the_same_bytes(founding: bytes) -> None:
    assert draw_minutes.minutes(SITTINGS["2023-05-18"]) == founding


def test_the_founding_vote_reads_as_in_the_minutes(founding: bytes) -> None:
    text = running(founding)
    assert "fue aprobado por, incluidos los votos orales, 70 votos a favor, 33 votos en contra y 4 abstenciones" in text
    assert "REGISTRO DIGITAL DE VOTACIÓN DEL TEXTO SUSTITUTORIO DEL PROYECTO 4766 CONGRESISTAS QUE VOTARON A" in text
    assert (
        "El presidente del Congreso dejó constancia del voto a favor del congresista Flores Ruíz, y del voto en contra "
        "de las congresistas Taipe Coronado y Portalatino Ávalos." in text
    )
    assert text.count("CELEBRADA EL JUEVES 18 DE MAYO DE 2023") == 2
    assert "Eran las 00:16 h del viernes 19 de mayo de 2023." in text


def test_every_page_has_its_foot_and_some_fall_inside_a_list(founding: bytes) -> None:
    texts = pages(founding)
    for number, text in enumerate(texts, 1):
        assert text.startswith(f"DEPARTAMENTO DE RELATORÍA, AGENDA Y ACTAS\nÁREA DE REDACCIÓN DE ACTAS\n- {number} -\n")
    ends = [before.rstrip()[-1:] for before, _ in pairwise(texts)]
    assert "," in ends or any(end.isalpha() for end in ends)


def test_an_option_nobody_chose_has_no_list_and_one_name_is_singular(founding: bytes) -> None:
    text = running(founding)
    votes = SITTINGS["2023-05-18"].votes
    assert text.count("VOTARON EN CONTRA:") == sum(len(v.no) > 1 for v in votes)
    assert text.count("CONGRESISTA QUE SE ABSTUVO:") == sum(len(v.abstain) == 1 for v in votes) > 0


def test_siblings_are_told_apart_by_a_given_name(founding: bytes) -> None:
    text = running(founding)
    assert "María Acuña Peralta, Héctor Acuña Peralta" in text
    assert "Luis Cordero Jon Tay, María Cordero Jon Tay" in text


def test_the_summary_names_the_page_of_each_vote(founding: bytes) -> None:
    texts = pages(founding)
    match = re.search(r"PROYECTO 4766 \(pág\. (\d+)\)", " ".join(texts[0].split()))
    assert match is not None
    assert "SUSTITUTORIO DEL\nPROYECTO 4766\n" in texts[int(match[1]) - 1]


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        ("2022-03-28", "fue aprobada por 84 votos a favor, 29 votos en contra y 12 abstenciones la cuestión"),
        ("2023-03-23", "y del cambio de voto de a favor por abstención del congresista Huamán Coronado."),
        ("2023-03-23", "98 votos a favor, 1 voto en contra y 1 abstención, la propuesta"),
        (
            "2023-09-21",
            "en ejercicio de la Presidencia, dejó constancia de su voto a favor, así como del voto en contra de los "
            "congresistas Cerrón Rojas, Limachi Quispe, Rivas Chacara y Salhuana Cavides.",
        ),
    ],
)
def test_each_period_has_its_wording(day: str, printed: str) -> None:
    assert printed in running(drawn(day))


def test_the_staged_version_lacks_one_note_says_so_and_moves_nothing_else() -> None:
    sitting = SITTINGS["2023-03-23"]
    without = frozenset(vote.heading for vote in sitting.votes if vote.heading.startswith(AMENDED))
    staged = running(draw_minutes.minutes(sitting, Shape(without_notes=without, label=STAGED)))
    real = running(drawn("2023-03-23"))
    (vote,) = [vote for vote in sitting.votes if vote.heading in without]
    note = draw_minutes.note(vote)
    assert note in real
    assert note not in staged
    assert "PRIMERA VERSIÓN ESCENIFICADA" in staged
    assert "PRIMERA VERSIÓN ESCENIFICADA" not in real
    cut = real.replace(f"- {note} ", "", 1).replace(draw_minutes.DRAWN, "").split()
    assert staged.replace(STAGED, "").split() == cut


def test_every_drawing_says_at_its_end_that_it_is_one() -> None:
    for day in SITTINGS:
        assert running(drawn(day)).endswith("no es una copia de ella.")


def test_the_listing_shows_levels_by_colspan_and_days_as_month_day_year() -> None:
    page = draw_listing.listing(facts.minutes()).decode()
    assert re.findall(r'colspan="([345])"', page) == list("54343" + "43")
    assert re.findall(r"<td><font[^>]*>(\d\d/\d\d/\d{4})</font>", page) == [
        "09/21/2023",
        "05/18/2023",
        "03/23/2023",
        "03/28/2022",
    ]
    assert "HREF=javascript:openWindow('Pleno/9C3D4E5F60718293052589B30006C303/$FILE/12-18.may.2023.pdf')>" in page
