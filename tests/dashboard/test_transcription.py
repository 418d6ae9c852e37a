"""Does a vote's page say that its paper is a transcription, whose, and where the official one lies?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import checkouts

from tracker.archive.store import Store
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
