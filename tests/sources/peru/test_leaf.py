"""Is a page of a document of sheets known for what it is, and of which day?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sheet_words
from sheet_words import DAY, Sheet, word

from tracker.domain.evidence import Page
from tracker.sources.contract import Severity, Trouble
from tracker.sources.peru import leaf
from tracker.sources.peru.leaf import Leaf

DOCUMENT = sheet_words.document()


def cut(page: Page, day: date | None = None) -> Leaf:
    found = leaf.read(page, sheet_words.document(day=day))
    assert isinstance(found, Leaf)
    return found


def refused(page: Page) -> Trouble:
    found = leaf.read(page, DOCUMENT)
    assert isinstance(found, Trouble)
    assert f"page {page.number}" in found.message
    assert found.where == f"page {page.number}"
    return found


def test_a_sheet_is_cut_up_and_its_rows_are_placed() -> None:
    found = cut(Sheet().page(3))
    assert (found.where, found.day, found.head.kind) == ("page 3", DAY, "vote")
    assert all(found.seats)
    assert found.missing == ()


def test_a_blank_page_is_told() -> None:
    assert refused(Page(7, ())).code == "blank_page"


def test_a_page_of_another_kind_is_told_by_how_it_begins() -> None:
    prose = [word(f"texto sustitutorio del Proyecto de Ley 7278, línea {n}", 0.1, 0.1 + 0.02 * n) for n in range(30)]
    found = refused(Page(3, tuple(prose)))
    assert (found.code, found.severity) == ("page_without_roll", Severity.NOTED)
    assert "texto sustitutorio del Proyecto de Ley 7278" in found.message
    long = refused(Page(3, (word("x" * 100_000, 0.1, 0.1),)))
    assert len(long.message) < 300


def test_a_roll_under_a_head_that_says_nothing_is_doubtful() -> None:
    page = Sheet().page(2)
    headless = replace(page, words=tuple(one for one in page.words if not one.text.startswith("VOTACIÓN")))
    found = refused(headless)
    assert (found.code, found.severity) == ("page_without_head", Severity.DOUBTFUL)


@pytest.mark.parametrize(
    ("sitting", "clock", "listed", "day"),
    [
        (
            "Sesión del 16 de octubre de 2024",
            "Fecha: 16/10/2024 Hora: 10:15 am",
            date(2024, 10, 15),
            date(2024, 10, 16),
        ),
        ("Sesión del 1_ de octubre", "Fecha: 17/10/2024 Hora: 12:15 am", date(2024, 10, 16), date(2024, 10, 16)),
        ("Sesión del 1_ de octubre", "Fecha: 16/10/2024 Hora: 10:15 am", None, date(2024, 10, 16)),
        ("Sesión del 15 de octubre de 2024", "Fecha: 16/10/2024 Hora: 10:15 am", None, date(2024, 10, 16)),
        ("ilegible", "ilegible", date(2024, 10, 16), date(2024, 10, 16)),
    ],
)
def test_the_day_is_the_sittings_then_the_lists_then_the_clocks(
    sitting: str, clock: str, listed: date | None, day: date
) -> None:
    assert cut(Sheet(sitting=sitting, clock=clock).page(), listed).day == day


def test_a_page_that_nothing_dates_is_doubtful() -> None:
    found = refused(Sheet(sitting="ilegible", clock="ilegible").page())
    assert (found.code, found.severity) == ("page_without_date", Severity.DOUBTFUL)
