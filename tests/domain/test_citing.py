"""Does the citation lead to the page, and say what was read of it and when?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.citing import Cited, citation
from tracker.domain.spelled import Language, day

MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


LIMA = timezone(timedelta(hours=-5))
FOUNDING = Cited(
    chamber="Congreso de la República", sitting=date(2023, 5, 18), taken_at=datetime(2023, 5, 19, 0, 10, tzinfo=LIMA),
    url="https://www2.congreso.gob.pe/acta.pdf", page=41, retrieved=datetime(2026, 11, 24, 23, 59, tzinfo=UTC),
    sha256="0123456789abcdef" * 4, version=2,
)  # fmt: skip
ROLL = Cited(
    chamber="House", sitting=date(2023, 10, 4), taken_at=None, url="https://clerk.house.gov/evs/2023/roll519.xml",
    page=None, retrieved=datetime(2023, 10, 5, tzinfo=UTC), sha256="a" * 64, version=1,
)  # fmt: skip


class TestCitation:
    def test_the_page_of_the_vote_that_started_it(self) -> None:
        assert citation(FOUNDING, "es") == (
            "Congreso de la República, sesión del 18 de mayo de 2023; votación de las 00:10, 19 de mayo de 2023; "
            "https://www2.congreso.gob.pe/acta.pdf, página 41; consultado el 24 de noviembre de 2026, 23:59 UTC; "
            "SHA-256 0123456789ab; versión 2."
        )
        assert citation(replace(FOUNDING, permalink="/v/x?version=2"), "en") == (
            "Congreso de la República, sitting of 18 May 2023; vote at 00:10, 19 May 2023; "
            "https://www2.congreso.gob.pe/acta.pdf, page 41; retrieved 24 November 2026, 23:59 UTC; "
            "SHA-256 0123456789ab; version 2, /v/x?version=2."
        )

    @pytest.mark.parametrize(("language", "said"), [("es", "según la transcripción de"), ("en", "as transcribed by")])
    def test_of_a_transcription_it_names_who_wrote_it(self, language: Language, said: str) -> None:
        text = citation(replace(ROLL, transcribed_by="The Others"), language)
        assert f"; {said} The Others; https://clerk.house.gov/" in text

    def test_without_clock_and_page(self) -> None:
        assert citation(ROLL, "en") == (
            "House, sitting of 4 October 2023; https://clerk.house.gov/evs/2023/roll519.xml; "
            "retrieved 5 October 2023, 00:00 UTC; SHA-256 aaaaaaaaaaaa; version 1."
        )

    def test_a_clock_time_of_the_same_day_has_no_second_date(self) -> None:
        text = citation(replace(ROLL, taken_at=datetime(2023, 10, 4, 16, 5, tzinfo=UTC)), "en")
        assert "; vote at 16:05; https" in text

    @given(st.dates())
    def test_every_month_has_its_name(self, value: date) -> None:
        assert day(value, "es") == f"{value.day} de {MESES[value.month - 1]} de {value.year}"
        assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{1,4}", day(value, "en"))
