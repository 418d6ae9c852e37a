"""Do a reader's words become the words votes are indexed under?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.people import fold
from tracker.queries.search.query import MOST, words
from tracker.storage.search import words_of


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Niñez ADOLESCENCIA", ("ninez", "adolescencia")),
        ("hr3838", ("h", "r", "3838")),
        ("H.R. 3838", ("h", "r", "3838")),
        ("the h res 5", ("the", "h", "res", "5")),
        ("s.j.res.10", ("s", "j", "res", "10")),
        ("PN79-23", ("pn79", "23")),
        ("PL 4766", ("4766",)),
        ("p.l. n° 4766/2022-CR", ("4766",)),
        ("04766/2022-PE", ("4766",)),
        ("00013-2026-2031-S", ("13",)),
        ("covid 19", ("covid", "19")),
        ("2023", ("2023",)),
        ("¡!", ()),
    ],
)
def test_words(query: str, wanted: tuple[str, ...]) -> None:
    assert words(query) == wanted


@given(st.text(max_size=400))
def test_words_are_few_and_plain(query: str) -> None:
    found = words(query)
    assert len(found) <= MOST
    assert all(word.isascii() and word.isalnum() for word in found)


@given(st.sampled_from(["H.R.", "S.", "H.J.Res.", "S.Con.Res."]), st.integers(1, 9999))
def test_a_bill_is_searched_for_as_it_is_indexed(kind: str, number: int) -> None:
    indexed = words_of("", None, [f"{kind} {number}"]).split()
    assert list(words(f"{kind} {number}")) == indexed
    assert list(words(f"{fold(kind).replace(' ', '')}{number}")) == indexed
