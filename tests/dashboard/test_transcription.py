"""Do lists and a vote's page say that its paper is a transcription, whose, and where the official one lies?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import checkouts
import pytest
import thirty

from tracker.archive.store import Store
from tracker.domain.legislature import Credit
from tracker.pipeline.importing import Days, bring
from tracker.sources.catalogue import source
from tracker.storage.engine import open_engine, upgrade


def test_the_page_of_a_transcribed_vote(page: Callable[..., Any], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'votes.sqlite'}"
    engine = open_engine(url)
    upgrade(engine)
    root = checkouts.write(tmp_path / "checkout", [checkouts.founding()])
    bring(source("pe_openpolitica"), root, Days(), engine=engine, store=Store(tmp_path / "archive"))
    engine.dispose()
    shown = page("vote", at=url, id="pe-op-2023-05-19T00-10", lang="en")
    assert "transcription of the official document, made by openpolitica" in shown.text
    assert f'href="{checkouts.PDF.format(checkouts.KEY, "18-05-23")}"' in shown.html
    assert f'href="{checkouts.REPOSITORY}#data/2021-2026/2023/05/18/2023-05-19T00-10-votacion"' in shown.html
    assert "70–33–4" in shown.text
    assert "as transcribed by openpolitica; https://github.com" in shown.text
    badges = shown.html.partition('class="esc-badges"')[2].partition("</p>")[0]
    assert "Transcription" in badges
    assert "Official" not in badges, "whose status it is"
    assert "Brought in" in shown.text


@pytest.mark.parametrize(
    ("lang", "label"), [("en", "Transcription by The Others"), ("es", "Transcripción de The Others")]
)
@pytest.mark.parametrize("view", ["votes", "overview"])
def test_a_list_labels_the_votes_known_from_a_transcription_alone(
    page: Callable[..., Any], tmp_path: Path, view: str, lang: str, label: str
) -> None:
    url = f"sqlite:///{tmp_path / 'votes.sqlite'}"
    engine = thirty.joined(url)
    thirty.alone(engine, 1)
    thirty.alone(engine, 1, doubts=("two rolls",), at=thirty.AT + timedelta(days=1))
    engine.dispose()
    shown = page(view, at=url, lang=lang)
    rows = {id: row for row in shown.html.split("<li>") for id in ("s-1", "m-2", "o-10") if f"vote?id={id}" in row}
    assert [label in " ".join(re.sub("<[^>]+>", "", rows[id]).split()) for id in ("s-1", "m-2", "o-10")] == [
        False, False, True,
    ]  # fmt: skip


def test_a_hostile_name_of_a_transcriber_or_in_a_doubt_is_text(page: Callable[..., Any], tmp_path: Path) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    url = f"sqlite:///{tmp_path / 'votes.sqlite'}"
    engine = open_engine(url)
    upgrade(engine)
    paper = replace(thirty.OTHERS, credit=Credit(nasty, "MIT", "https://others.example/"))
    doubts = (f"the code could not be read: {nasty}",)
    thirty.store(engine, paper, thirty.reading("https://others.example/o", thirty.cast("o-1", doubts=doubts)))
    engine.dispose()
    for shown in (page("votes", at=url, lang="en"), page("vote", at=url, id="o-1", lang="en")):
        assert f"Transcription by {nasty}" in shown.text
        assert "<img" not in shown.html
    assert f"the code could not be read: {nasty}" in shown.text
