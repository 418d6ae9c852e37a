"""What do pages ask of the database, and is what they keep bounded and left as it was?"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import seed
import streamlit as st
from sqlalchemy import Engine, event

from dashboard import data, words
from dashboard.charts import canvas
from dashboard.charts.colours import PAGE
from dashboard.charts.hemicycle import hemicycle
from dashboard.charts.threshold import threshold
from dashboard.components.verdicts import EXAMPLE
from tracker.queries import votes
from tracker.queries.database import connect

Open = Callable[..., Any]
MEMBER, OTHER = "taipe-coronado-maria-elizabeth", "portalatino-avalos-kelly-roxana"

PAGES: dict[str, tuple[dict[str, str], int]] = {
    "overview": ({}, 70),
    "votes": ({"q": "militar"}, 34),
    "check": ({"claim": EXAMPLE}, 60),
    "vote": ({"id": seed.FOUNDING}, 26),
    "member": ({"id": MEMBER, "ch": "pe_congress"}, 21),
    "members": ({"ch": "pe_congress"}, 18),
    "group": ({"id": "PL", "ch": "pe_congress"}, 22),
    "groups": ({"ch": "pe_congress"}, 18),
    "versus": ({"a": MEMBER, "b": OTHER, "ch": "pe_congress"}, 27),
    "compare": ({"a": seed.FOUNDING, "b": seed.CORRECTED}, 34),
    "changes": ({}, 28),
    "coverage": ({}, 33),
    "method": ({}, 3),
}
"""What a page is asked for, and how many questions it puts at most where nothing is kept."""


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What is asked of any database meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def of_the_version(statement: str) -> bool:
    return any(part in statement for part in ("alembic_version", 'max(id) FROM "change"', "FROM run ORDER BY id DESC"))


@pytest.mark.parametrize("view", PAGES)
def test_a_page_puts_few_questions_and_again_only_whether_the_data_moved(
    page: Open, asked: list[str], view: str
) -> None:
    query, most = PAGES[view]
    st.cache_data.clear()
    st.cache_resource.clear()
    page(view, **query)
    first = [one for one in asked if one != "BEGIN" and not of_the_version(one)]
    assert 0 < len(first) <= most
    asked.clear()
    page(view, **query)
    again = [one for one in asked if one != "BEGIN"]
    assert again
    assert all(map(of_the_version, again)), again


def test_the_plain_page_of_a_vote_is_read_in_one_go(ask: Open, asked: list[str]) -> None:
    assert ask(f"/v/{seed.FOUNDING}?lang=en&own=1").status == 200
    first = [one for one in asked if one != "BEGIN" and not of_the_version(one)]
    assert 0 < len(first) <= 20
    assert asked.count("BEGIN") == 2, "whether the data moved, and the vote"
    asked.clear()
    assert ask(f"/v/{seed.FOUNDING}?lang=en&own=1").status == 200
    assert all(of_the_version(one) for one in asked if one != "BEGIN")


def kept(source: str) -> Iterator[tuple[ast.FunctionDef, ast.Call]]:
    """Yield the functions whose answers Streamlit keeps, each with how."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            for how in node.decorator_list:
                if isinstance(how, ast.Call) and isinstance(how.func, ast.Attribute) and "cache_" in how.func.attr:
                    yield node, how


def test_answers_are_kept_in_one_place_by_the_version_of_the_data_and_so_many_at_most() -> None:
    home = Path(data.__file__)
    found = list(kept(home.read_text(encoding="utf-8")))
    assert len(found) > 10
    for function, how in found:
        names = [argument.arg for argument in function.args.args]
        if function.name == "_engine":
            assert names == ["url"]
            continue
        assert names[:2] == ["url", "version"], function.name
        assert any(keyword.arg == "max_entries" for keyword in how.keywords), function.name
    others = [path for path in home.parent.rglob("*.py") if path != home]
    assert [path for path in others if "st.cache" in path.read_text(encoding="utf-8")] == []


def test_parts_of_charts_are_written_once_and_nobody_changes_them(page: Open, database: str) -> None:
    view = votes.one(connect(database), seed.FOUNDING)
    assert view is not None

    def drawn() -> str:
        some = (draw(view, words.of("es"), PAGE) for draw in (hemicycle, threshold))
        return json.dumps([one.spec for one in some if one])

    before = drawn()
    written = canvas._parts.cache_info().misses
    assert drawn() == before
    assert canvas._parts.cache_info().misses == written
    page("vote", id=seed.FOUNDING)
    assert drawn() == before


def test_the_server_has_loaded_what_pages_are_made_of_before_the_first_reader_comes() -> None:
    script = "import sys, dashboard.server; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {"numpy", "altair"} <= loaded
    missing = []
    for path in (Path(data.__file__).parent / "views").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("dashboard", "tracker")):
                missing += [node.module] if node.module not in loaded else []
    assert missing == []
