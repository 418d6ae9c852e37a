"""Do the numbers in a title lead to official pages, and does each bill get its line, whatever it is called?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import seed

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def billed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small database and what a list says of bills."""
    filled = seed.seeded(f"sqlite:///{tmp_path_factory.mktemp('db')}/bills.sqlite")
    seed.bills(filled.engine)
    return str(filled.url)


def title(shown: Any) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", shown.html, re.DOTALL)
    assert found
    return found[1]


def links(part: str) -> dict[str, str]:
    return {text: address for address, text in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', part)}


def test_the_number_in_the_title_leads_to_the_bills_page(page: Open, billed: str) -> None:
    shown = page("vote", at=billed, id=seed.FOUNDING)
    assert links(title(shown)) == {"4766": "https://bills.example.org/#/2021/4766"}
    words = re.sub(r"<[^>]+>", "", title(shown))
    assert words.startswith("Proyecto de resolución legislativa 4766, que propone autorizar el ingreso")


def test_a_bill_has_its_number_title_stage_proponent_and_day(page: Open, billed: str) -> None:
    shown = page("vote", at=billed, id=seed.FOUNDING)
    assert (
        "04766/2022-PE · Proyecto de resolución legislativa que autoriza el ingreso de personal militar extranjero "
        "Publicada en el Diario Oficial El Peruano (al 9 de octubre de 2026) · PODER EJECUTIVO" in shown.text
    )
    assert links(shown.html)["04766/2022-PE"] == "https://bills.example.org/#/2021/4766"
    assert "as of 9 October 2026" in page("vote", at=billed, id=seed.FOUNDING, lang="en").text


def test_bills_motions_and_laws_lead_each_to_their_own_page(page: Open, billed: str) -> None:
    shown = page("vote", at=billed, id=seed.MANY_BILLS)
    assert links(title(shown)) == {
        **{str(n): f"https://bills.example.org/#/2021/{n}" for n in range(11, 18)},
        "26859": "https://laws.example.org/?n=26859&amp;t=0",
        "5767": "https://motions.example.org/5767",
    }
    assert "legislativo 635 (" in re.sub(r"<[^>]+>", "", title(shown))


def test_many_bills_are_folded_and_many_authors_counted(page: Open, billed: str) -> None:
    shown = page("vote", at=billed, id=seed.MANY_BILLS)
    assert "5 proyectos más" in shown.text
    assert shown.html.count('<ul class="esc-bills">') == 2
    assert "Autora 0, Nombre; Autora 1, Nombre; Autora 2, Nombre y 2 personas más" in shown.text
    assert "Autora 2, Nombre y 1 persona más" in shown.text
    assert "5 more bills" in page("vote", at=billed, id=seed.MANY_BILLS, lang="en").text


def test_a_bill_filed_later_is_neither_shown_nor_linked(page: Open, billed: str) -> None:
    shown = page("vote", at=billed, id=seed.LATE)
    assert links(title(shown)) == {"28094": "https://laws.example.org/?n=28094&amp;t=0"}
    assert "POSTERIOR" not in shown.text
    assert "Proyecto: 9055" in shown.text


def test_where_nothing_is_held_the_numbers_stay_numbers(page: Open) -> None:
    shown = page("vote", id=seed.FOUNDING)
    assert links(title(shown)) == {}
    assert "Proyecto: 4766" in shown.text
    assert "esc-bills" not in shown.html


def test_a_hostile_bill_stays_text(page: Open, billed: str) -> None:
    shown = page("vote", at=billed, id=seed.MANY_BILLS)
    assert seed.NASTY in shown.text
    for danger in ("<script", "<img", 'javascript:alert(2)"', "onerror=a>"):
        assert danger not in shown.html


def test_a_hostile_address_is_no_link(page: Open, tmp_path: Path) -> None:
    """The form of an address comes from a sheet, but what is written must hold for any."""
    from dataclasses import replace

    from tracker.domain.legislature import OfficialPage
    from tracker.storage.write import Writer

    filled = seed.seeded(f"sqlite:///{tmp_path}/hostile.sqlite")
    seed.bills(filled.engine)
    pages = (OfficialPage("bill", "javascript:alert({number})", "pe_congress", "2021-2026"),
             OfficialPage("law", 'https://x.example/"><script>{number}', because="x"))  # fmt: skip
    paper = replace(seed.BILLS_PAPER, pages=pages)
    writer = Writer(filled.engine, paper)
    writer.take(
        seed.reading(paper, url="https://api.example.org/list#post-1", at=seed.datetime(2026, 11, 1, tzinfo=seed.UTC))
    )
    writer.flush()
    shown = page("vote", at=filled.url, id=seed.MANY_BILLS)
    assert "javascript:" not in shown.html.replace("[link](javascript:", "")
    assert "<script" not in shown.html
    assert "11" in title(shown)
