"""Do the pages of the European Parliament's votes say what they are, whatever is odd about its groups and titles?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import howtheyvote_files
import pytest

from tracker.archive.store import Store
from tracker.pipeline.stacks import bring
from tracker.sources.catalogue import source
from tracker.storage.engine import open_engine, upgrade


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Ten votes, on two procedures, of 602 members."""
    home = tmp_path_factory.mktemp("europe")
    engine = open_engine(f"sqlite:///{home}/votes.sqlite")
    upgrade(engine)
    folder: Path = howtheyvote_files.write(home / "files", *howtheyvote_files.invented(602, 10))
    bring(source("eu_parliament_howtheyvote"), [folder], engine=engine, store=Store(home / "archive"))
    engine.dispose()
    return f"sqlite:///{home}/votes.sqlite"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Procedure: 2024/0001(COD)", "The source states: Adopted.", "Transcription", "Brussels time"]),
        ("es", ["Procedimiento: 2024/0001(COD)", "En la votación del Parlamento Europeo", "(hora de Bruselas)"]),
    ],
)
def test_the_page_of_a_vote(page: Callable[..., Any], at: str, lang: str, words: list[str]) -> None:
    shown = page("vote", at=at, id="eu-parliament-htv-108542", lang=lang)
    assert [word for word in words if word not in shown.text] == []
    assert "A10-0001/2024 – Résolution" in shown.text
    assert 'href="https://www.europarl.europa.eu/doceo/document/PV-9-2024-01-01-RCV_EN.html"' in shown.html

    observatory = "https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=2024/0001(COD)"
    assert f'<a href="{observatory}" rel="noreferrer">2024/0001(COD)</a>' in shown.html


def test_each_vote_of_a_member_says_what_was_put(page: Callable[..., Any], at: str) -> None:
    shown = page("member", at=at, id="1000", ch="eu_parliament", year="2024", lang="en")
    assert "European Parliament · Germany" in shown.text
    for n in range(4):
        assert f"Title {n * 7919 % 997} of the report: Article {n + 1} - Am {n} A10-0001/2024" in shown.text
    assert f"Title {4 * 7919 % 997} of the report A10-0001/2024 – Résolution" in shown.text


@pytest.mark.parametrize(
    ("code", "name", "members"),
    [("S&D", "Progressive Alliance of Socialists", 151), ("Greens/EFA", "Greens/European Free Alliance", 150)],
)
def test_a_groups_page_is_found_by_the_code_it_calls_itself(
    page: Callable[..., Any], at: str, code: str, name: str, members: int
) -> None:
    shown = page("group", at=at, id=code, ch="eu_parliament", year="2024", lang="en")
    assert name in shown.text
    assert f"{members} named" in shown.text
