"""Does each page show what it should on the small database, in both languages?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import seed

from dashboard import words

Open = Callable[..., Any]


def test_the_founding_vote_answers_on_one_page(page: Open) -> None:
    text = page("vote", id=seed.FOUNDING).text
    for part in (
        "Final: tablero más votos de viva voz, sumados por nosotros 70–33–4",
        "Tablero 69–31–4 suma de los nombres que da el documento", "Lo que se anunció «70 votos a favor, 33 en contra",
        "Anunciado 70–33–4 por quien presidía, con los votos de viva voz",
        "70 a favor · 33 en contra · 4 abstenciones",
        "sesión del 18 de mayo de 2023 · votado a las 00:10 del 19 de mayo de 2023",
        "Proyecto de resolución legislativa 4766, que propone autorizar el ingreso de personal militar extranjero de "
        "los Estados Unidos de América, con armas de guerra, al territorio de la República del Perú",
        seed.SUBJECT,
        "Flores Ruiz (Fuerza Popular) sin voto en el tablero → a favor",
        "Portalatino Ávalos (Perú Libre) sin voto en el tablero → en contra",
        seed.NOTE, "Página 61 Descargado", "Oficial", "Las sumas cuadran",
        "de 2023 hubo 70 votos a favor, 33 en contra y 4 abstenciones",
        "Regla desconocida",
        "Fuerza Popular FP 20 0 0", "Acción Popular AP 10 4 0", "No agrupados NA no es un grupo 5 0 1", "Total 70 33 4",
        "107 personas", "Flores Ruiz FP a favor de viva voz",
    ):  # fmt: skip
        assert part in text, part


def test_the_source_is_a_link_to_its_page_with_the_digest(page: Open) -> None:
    shown = page("vote", id=seed.FOUNDING)
    assert (
        'href="https://www2.congreso.gob.pe/sicr/RedacActas/Actas.nsf/0/12-17182425.may.8.jun.2023.pdf#page=61"'
        in shown.html
    )
    view_digest = next(word for word in shown.text.split() if len(word) == 64)
    assert int(view_digest, 16)
    assert "12 de junio de 2023, 09:03" in shown.text


def test_the_plain_page_of_the_same_reading_is_one_link_away(page: Open) -> None:
    assert f'href="./v/{seed.FOUNDING}"' in page("vote", id=seed.FOUNDING).html
    assert (
        f'href="./v/{seed.CORRECTED}?version=1&amp;lang=en"'
        in page("vote", id=seed.CORRECTED, version="1", lang="en").html
    )


def test_a_complete_sheet_shows_reasons_and_what_was_said_aloud(page: Open) -> None:
    text = page("vote", id=seed.SHEET).text
    assert "Taipe Coronado, María Elizabeth PL no votó → en contra de viva voz tablero: licencia oficial LO" in text
    assert "130 personas" in text
    assert "Tablero 69–31–4 impreso en el documento Votos contados 69–31–4 uno por uno, por nosotros" in text
    assert "70 a favor · 33 en contra · 4 abstenciones · 23 no votaron" in text


def test_a_house_vote_speaks_the_chambers_words_in_english(page: Open) -> None:
    text = page("vote", id=seed.HOUSE, lang="en").text
    assert "277 Yea · 148 Nay · 9 Not Voting" in text
    assert "The vote in the U.S. House at the sitting of Sept. 28, 2023, was 277-148" in text
    assert "Needed 213 Had 277 Out of 425" in text
    assert "277–148–0" not in text
    assert "The source states: Passed." in text
    assert "a favor" not in text


def test_an_election_by_name_has_a_table_of_candidates(page: Open) -> None:
    text = page("vote", id=seed.SPEAKER, lang="en").text
    assert "Votes by candidate 216–212" in text
    assert "McCarthy 216 · Jeffries 212 · 6 Present" in text
    assert "Candidate Votes R D McCarthy 216 216 0 Jeffries 212 0 212" in text
    assert "0–0–0" not in text


def test_a_quorum_call_counts_those_present(page: Open) -> None:
    text = page("vote", id=seed.QUORUM, lang="en").text
    assert "Quorum call: present 434" in text
    assert "The roll call in the U.S. House at the sitting of Jan. 3, 2023, found 434 members present." in text
    assert "broke ranks" not in text, "nobody voted"
    assert "How many were needed" not in text
    assert "0–0" not in text


def test_the_vice_presidents_vote_stands_outside_the_board(page: Open) -> None:
    text = page("vote", id=seed.SENATE, lang="en").text
    assert "Vice President no vote on the board → yes" in text
    assert "Final: with the vote that broke the tie, added by us 51–50" in text
    assert "Board 50–50" in text


def test_a_correction_is_told_with_its_cause_and_the_earlier_reading_stays(page: Open) -> None:
    shown = page("vote", id=seed.CORRECTED)
    assert "Corregida" in shown.text
    assert (
        "Lectura 2 · 30 de junio de 2023, 14:00 (hora de Washington) · La fuente cambió el documento · vigente "
        "Final 5–4–0 → 4–5–0" in shown.text
    )
    assert "Member 005: voto Yea → Nay" in shown.text
    assert "En esta dirección hay ahora otro documento" in shown.text
    first = page("vote", id=seed.CORRECTED, version="1")
    assert "Esta es la lectura 1, que ya no está vigente." in first.text
    assert "Tablero 5–4" in first.text


def test_a_doubtful_vote_says_what_does_not_meet(page: Open) -> None:
    text = page("vote", id=seed.DOUBTFUL, lang="en").text
    assert "The sums do not meet" in text
    assert "The ballots counted one by one do not make the figures of the board: yes +1" in text


@pytest.mark.parametrize("version", ["9", "0", "-1", "x", "1e3", "99999999999"])
def test_a_version_that_is_none_leads_to_no_traceback(page: Open, version: str) -> None:
    shown = page("vote", id=seed.CORRECTED, version=version)
    assert "4–5" in shown.text or "No tenemos la votación" in shown.text


def test_a_failure_of_our_own_is_a_message_too(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret innards")

    monkeypatch.setattr("dashboard.components.tally.panel", fail)
    shown = page("vote", id=seed.FOUNDING)
    assert "Esta página no se pudo armar" in shown.text
    assert "innards" not in shown.text


def test_the_overview_lists_the_latest_sittings_what_changed_and_how_fresh_it_is(page: Open) -> None:
    shown = page("overview")
    assert shown.text.index("United States House of Representatives") < shown.text.index(
        "Congreso de la República del Perú"
    )
    assert "Sesión del 18 de mayo de 2023, 2 votaciones 70–33–4 tablero 69–31–4 00:10 (19 de mayo)" in shown.text
    assert "con fallos: Roll call votes (US House)" in shown.text
    assert "sin una recogida buena desde hace días: Actas del Pleno (Congreso del Perú)" in shown.text
    assert "La fuente cambió el documento" in shown.text
    assert f'href="./vote?id={seed.FOUNDING}"' in shown.html


def test_the_list_follows_its_address(page: Open) -> None:
    shown = page("votes", q="personal militar")
    assert "2 votaciones · «personal militar»" in shown.text
    assert f'href="./vote?id={seed.FOUNDING}"' in shown.html
    shown = page("votes", ch="us_senate", lang="en")
    assert "1 vote · US Senate" in shown.text
    assert f'href="./vote?id={seed.SENATE}&amp;lang=en"' in shown.html


def test_the_list_follows_its_filters(page: Open) -> None:
    shown = page("votes")
    assert "9 votaciones" in shown.text
    app = shown.app
    app.selectbox(key="ch").select("us_house").run()
    assert app.query_params["ch"] in ("us_house", ["us_house"])
    app.text_input(key="q").input("speaker").run()
    assert "1 votación · «speaker», US House" in shown.text


def test_an_option_that_is_none_falls_back_to_all(page: Open) -> None:
    shown = page("votes", ch="<script>", since="yesterday", page="99")
    assert "9 votaciones" in shown.text
    assert "ch" not in shown.app.query_params


def test_nothing_found_says_what_was_searched_and_which_period_is_held(page: Open) -> None:
    text = page("votes", q="presupuesto nuclear", ch="pe_congress").text
    assert "Ninguna votación para «presupuesto nuclear», Congreso del Perú." in text
    assert "Eso no quiere decir que no se haya votado" in text
    assert "Tenemos: Congreso del Perú: del 18 de mayo de 2023 al 18 de mayo de 2023 (2 votaciones)." in text
    assert "US House: del" not in text


def test_members_are_narrowed_down_by_group_and_position(page: Open) -> None:
    shown = page("vote", id=seed.FOUNDING, group="AP", position="no")
    assert "4 personas" in shown.text
    for name in ("Doroteo Carbajo", "Espinoza Vargas", "Flores Ancachi", "Vergara Mendoza"):
        assert name in shown.text
    assert "Alva Prieto" not in shown.text
    shown.app.selectbox(key="position").select(None).run()
    assert "14 personas" in shown.text


def test_a_candidate_is_a_filter_too(page: Open) -> None:
    shown = page("vote", id=seed.SPEAKER, lang="en", position="Jeffries")
    assert "212 people" in shown.text


def test_the_other_language_is_one_link_away_and_keeps_the_filters(page: Open) -> None:
    shown = page("vote", id=seed.FOUNDING, group="AP")
    assert f'href="./vote?id={seed.FOUNDING}&amp;group=AP&amp;lang=en"' in shown.html
    assert "Voted last" in page("overview", lang="en").text


def test_a_title_in_capitals_is_set_small_with_names_and_the_official_text_at_hand(page: Open, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/capitals.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    subject = "MOCIÓN 8039, QUE PROPONE CENSURAR AL MINISTRO DE ENERGÍA Y MINAS, ÓSCAR ELECTO VERA GARGÚREVICH"
    vote = seed.founding(subject=subject, question=f"REGISTRO DIGITAL DE VOTACIÓN DE LA {subject}")
    writer = seed.Writer(engine, seed.MINUTES)
    writer.take(
        seed.reading(seed.MINUTES, vote, url="https://www2.congreso.gob.pe/x.pdf", at=seed.datetime.now(seed.UTC))
    )
    writer.flush()
    calm = "Moción 8039, que propone censurar al ministro de Energía y Minas, Óscar Electo Vera Gargúrevich"
    listed = page("votes", at=url).text
    assert calm in listed
    assert "REGISTRO" not in listed
    shown = page("vote", at=url, id=seed.FOUNDING).text
    assert f"{calm} Texto oficial REGISTRO DIGITAL DE VOTACIÓN DE LA {subject}" in shown


def test_what_moved_is_said_in_the_readers_words() -> None:
    from dashboard import words
    from dashboard.components.fields import in_words

    es, en = words.of("es"), words.of("en")
    assert in_words("spoken", "– → yes (member ugarte-mamani)", es) == "a favor"
    assert in_words("spoken", "no → yes (a change, not counted, member x)", en) == (
        "from “no” to “yes” (change of vote) (does not count towards the result)"
    )
    assert in_words("final", "217–213–0, present 2, not_cast 1", es) == "217–213–0, 2 presentes, 1 no votó"
    assert in_words("status", "provisional", en) == "Provisional"
    assert in_words("subject", "not_cast 3", es) == "not_cast 3"
    assert in_words("board", None, es) == "nada"
    assert in_words("position", "not_cast (leave_official)", es) == "no votó (licencia oficial)"
    assert in_words("taken_at", "2023-05-19T00:10:00-05:00", en) == "19 May 2023, 00:10"
    assert in_words("announced_means", "final", en) == "board and votes by voice"
    assert in_words("vacated", "yes", es) == "sí"
    assert (
        in_words("groups", "FP Fuerza Popular: 20–0–0, not_cast 4", en) == "FP Fuerza Popular: 20–0–0, 4 did not vote"
    )
    assert in_words("doubts", "the totals could not be read; two rolls", es) == "2 dudas"
    assert in_words("ballot", "?", es) == "no se pudo leer"
    assert in_words("subject", "PROYECTO DE LEY 1, QUE PROPONE NADA", es) == "Proyecto de ley 1, que propone nada"


def test_a_long_list_has_pages_and_a_new_search_starts_at_the_first(page: Open, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/long.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    seed.many(engine, 60, members=4)
    shown = page("votes", at=url, page="3")
    assert "60 votaciones" in shown.text
    assert shown.html.count("esc-rowtally") == 10
    assert "number 0" in shown.text
    shown.app.text_input(key="q").input("water").run()
    assert shown.html.count("esc-rowtally") == 25
    assert "number 59" in shown.text


def test_the_words_of_a_vote_lead_to_what_they_mean(page: Open) -> None:
    shown = page("vote", id=seed.CORRECTED)
    for term in ("final", "board", "counted", "announced", "majority", "corrected"):
        assert f'href="./method?term={term}' in shown.html, term


def test_a_vote_after_midnight_has_its_own_date() -> None:
    sitting = date(2023, 5, 18)
    assert words.of("es").clock(datetime(2023, 5, 19, 0, 10), sitting) == "00:10 (19 de mayo)"  # noqa: DTZ001
    assert words.of("en").clock(datetime(2023, 5, 18, 23, 50), sitting) == "23:50"  # noqa: DTZ001


def test_the_record_is_shown_as_of_a_moment_that_is_asked_for_on_the_page(page: Open) -> None:
    shown = page("vote", id=seed.CORRECTED, lang="en", version="2")
    assert "Each date leads to how the record stood from then on." in shown.text
    (box,) = shown.app.text_input
    box.set_value("2023-06-30T13:59").run()
    assert shown.app.query_params["as_of"] in ("2023-06-30T13:59", ["2023-06-30T13:59"])
    assert "version" not in shown.app.query_params
    assert "As the record stood on 30 June 2023, 13:59 (Washington time). It has changed since." in shown.text
    assert "Board 5–4" in shown.text
    assert f"./v/{seed.CORRECTED}?as_of=2023-06-30T13:59:00-04:00&amp;lang=en" in shown.html
    (box,) = shown.app.text_input
    assert box.value == "2023-06-30T13:59"
    box.set_value("").run()
    assert "as_of" not in shown.app.query_params
    assert "As the record stood" not in shown.text


def test_a_moment_that_is_none_or_without_a_record_is_answered_in_words(page: Open) -> None:
    shown = page("vote", id=seed.CORRECTED, as_of="anoche")
    assert "«anoche» no es un día ni un momento" in shown.text
    assert f'href="./vote?id={seed.CORRECTED}"' in shown.html
    shown = page("vote", id=seed.CORRECTED, as_of="2023-06-28")
    assert "El 28 de junio de 2023, 23:59 (hora de Washington) aún no teníamos esta votación" in shown.text
