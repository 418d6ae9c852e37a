"""Are days and counts read in any form in which they are usually written, and nothing else taken for them?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.days import Days, days, year
from tracker.domain.figures import Figures, figures
from tracker.domain.stems import stem

THAT = Days(date(2023, 5, 18), date(2023, 5, 18))


@pytest.mark.parametrize(
    "text",
    [
        "18 May 2023", "18 de mayo de 2023", "18 de Mayo del 2023", "May 18, 2023", "may 18th 2023", "2023-05-18",
        "18/5/2023", "18/05/2023", "5/18/2023", "18-05-2023", "18.5.2023", "18/5/23", "2023/05/18", "18 mayo, 2023",
    ],
)  # fmt: skip
def test_a_day(text: str) -> None:
    found, left = days(f"tropas {text} EEUU")
    assert found == (THAT,)
    assert left.split() == ["tropas", "EEUU"]


def test_a_month_a_day_of_any_year_and_two_dates() -> None:
    assert days("setiembre de 2022")[0] == (Days(date(2022, 9, 1), date(2022, 9, 30)),)
    assert days("Feb. 2024")[0] == (Days(date(2024, 2, 1), date(2024, 2, 29)),)
    (found,), left = days("el 19 de mayo")
    assert (found.day, found.month, found.since, left.split()) == (19, 5, None, ["el"])
    assert found.in_year(2023) == Days(date(2023, 5, 19), date(2023, 5, 19))
    assert days("29 de febrero")[0][0].in_year(2023) is None
    assert days("1º de marzo de 2022")[0] == (Days(date(2022, 3, 1), date(2022, 3, 1)),)
    assert [one.since for one in days("2023-05-18 y 2023-05-19")[0]] == [date(2023, 5, 18), date(2023, 5, 19)]
    assert year("2023") == Days(date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2023", "00013-2026-2031-S", "4766/2022-CR", "012-2019", "70-33-4", "ley 31751", "2023", "H.R. 3838",
        "mayoría 2023", "the may amendment", "99/99/9999", "1/2", "0 de mayo",
        "70-33-4 mayo", "70-33 de mayo",
    ],
)  # fmt: skip
def test_no_day(text: str) -> None:
    assert days(text) == ((), text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("70-33-4", (70, 33, 4)), ("70/33/4", (70, 33, 4)), ("70–33–4", (70, 33, 4)), ("70 - 33", (70, 33, None)),
        ("70 a 33", (70, 33, None)),
        ("por 70 votos a 33", (70, 33, None)), ("by 70 votes to 33", (70, 33, None)), ("51 to 50", (51, 50, None)),
        ("70 votos a favor, 33 en contra y 4 abstenciones", (70, 33, 4)), ("70 contra 33", (70, 33, None)),
        ("With 70 votes in favor, 33 against and 4 abstentions", (70, 33, 4)), ("15 sí y 12 no", (15, 12, None)),
        ("277 yeas and 148 nays", (277, 148, None)), ("70 a favor y 33 votos en contra", (70, 33, None)),
    ],
)  # fmt: skip
def test_a_count(text: str, count: tuple[int, int, int | None]) -> None:
    found, left = figures(f"tropas {text} EEUU")
    assert found == Figures(*count)
    assert left.split() == ["tropas", "EEUU"]


@pytest.mark.parametrize("sign", "-–")
def test_a_count_before_a_month_is_no_day(sign: str) -> None:
    count = sign.join(("70", "33", "4"))
    assert days(f"{count} mayo 2023") == ((Days(date(2023, 5, 1), date(2023, 5, 31)),), f"{count}  ")
    assert days(f"{count} 18 de mayo de 2023") == ((THAT,), f"{count}  ")
    assert days(f"17{sign}18 mayo 2023") == ((THAT,), f"17{sign} ")


@pytest.mark.parametrize(
    "text",
    [
        *("PN79-23", "24/7", "12/98", "012-2019", "476-A", "00013-2026-2031-S", "4766/2022-CR", "2021-2026", "16 17"),
        *("covid-19", "70"),
    ],
)
def test_no_count(text: str) -> None:
    assert figures(text) == (None, text)


@given(st.text(alphabet="0123456789-/.–, adefkmnorstuvy", max_size=200))
def test_nothing_breaks_the_reading(text: str) -> None:
    found, left = days(text)
    assert all(one.since is None or one.until is None or one.since <= one.until for one in found)
    assert len(left) <= len(text)
    count, rest = figures(left)
    assert (count is None) == (rest == left)


@pytest.mark.parametrize(
    "forms",
    [
        "autorizar autoriza autorizan autorizado autorizada autorizando autorizacion autorizaciones autorice",
        "modificar modifica modifican modificado modificacion modificaciones modifique",
        "ley leyes", "comision comisiones", "militar militares", "unidad unidades", "establecer establece establecen",
        "amend amended amending amendment amendments", "authorize authorized authorizing authorization",
        "party parties", "fund funds funding", "ministro ministra ministros ministras", "nombramiento nombramientos",
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1, {word: stem(word) for word in forms.split()}


@pytest.mark.parametrize("pair", ["congreso congress", "pension pensar", "penal pena", "agua aguja", "4766 476"])
def test_other_words_have_another_stem(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


@given(st.from_regex(r"[a-z0-9]{1,30}", fullmatch=True))
def test_a_stem_is_never_empty_and_numbers_have_none(word: str) -> None:
    assert stem(word)
    assert word.isalpha() or stem(word) == word
