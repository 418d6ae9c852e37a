"""Does the code keep the shape that makes it readable: short modules that say what they answer, whole sources?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tracker.sources.catalogue import MODULES, catalogue

ROOT = Path(__file__).resolve().parents[1]
MODULES_OF_OURS = sorted(path for package in ("tracker", "dashboard") for path in (ROOT / package).rglob("*.py"))
WRITTEN_BY_HAND = [path for path in MODULES_OF_OURS if "migrations/versions" not in path.as_posix()]
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "manager", "temp"}
LINES, LINES_OF_A_VIEW, LINES_OF_A_FUNCTION = 300, 80, 60


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def names(paths: list[Path]) -> list[str]:
    return [named(path) for path in paths]


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    return {named(path): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES_OF_OURS}


def test_every_module_says_in_one_sentence_what_it_answers(trees: dict[str, ast.Module]) -> None:
    wrong = {}
    for name, tree in trees.items():
        first = (ast.get_docstring(tree) or "").split("\n")[0]
        if not re.fullmatch(r"[A-ZÁÉÍÓÚ\"'`(0-9].*[.?!]", first):
            wrong[name] = first or "(no docstring)"
    assert not wrong, "the first line of a module is one whole sentence"


def test_no_module_outgrows_a_sitting() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in WRITTEN_BY_HAND}
    assert {named(path): n for path, n in lines.items() if n > LINES} == {}, f"over {LINES} lines: split it by noun"
    views = {named(path): n for path, n in lines.items() if path.parent == ROOT / "dashboard" / "views"}
    assert {name: n for name, n in views.items() if n > LINES_OF_A_VIEW} == {}, "a view only arranges components"


def test_no_function_outgrows_a_screen(trees: dict[str, ast.Module]) -> None:
    by_hand = set(names(WRITTEN_BY_HAND))
    long = {
        f"{name}:{node.lineno} {node.name}": length
        for name, tree in trees.items()
        if name in by_hand
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LINES_OF_A_FUNCTION
    }
    assert long == {}, f"over {LINES_OF_A_FUNCTION} lines"


def test_nothing_is_kept_in_drawers() -> None:
    folders = {
        path for package in ("tracker", "dashboard", "tests") for path in (ROOT / package).rglob("*") if path.is_dir()
    }
    named_so = [path for path in [*folders, *MODULES_OF_OURS] if path.stem in DRAWERS]
    assert names(named_so) == []


def test_only_the_command_line_prints(trees: dict[str, ast.Module]) -> None:
    printing = {
        f"{name}:{node.lineno}"
        for name, tree in trees.items()
        if name.startswith("tracker/") and not name.startswith("tracker/cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing == set(), "the rest of the tracker logs"


def test_nothing_is_left_for_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Error", "x" + "fail")
    later = re.compile(rf"\b({'|'.join(marks)})\b|pytest\.skip\(")
    ours = [*MODULES_OF_OURS, *(path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__).resolve())]
    found = {
        f"{named(path)}:{number}: {line.strip()}"
        for path in ours
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if later.search(line)
    }
    assert found == set()


def test_test_folders_are_no_packages() -> None:
    assert names(sorted((ROOT / "tests").rglob("__init__.py"))) == []


@pytest.mark.parametrize("slug", sorted(MODULES))
def test_a_source_is_whole(slug: str) -> None:
    """A module, a sheet that says what its figures rest on, a page for people, and a document it was written for."""
    sheet = catalogue()[slug].sheet
    assert sheet.slug == slug
    assert sheet.codes or not sheet.expect.ballots.max, "only a source without votes has no codes"
    page = ROOT / "docs" / "sources" / f"{slug}.md"
    assert page.is_file(), f"{named(page)}: where it comes from, how it is read, what is odd about it"
    assert slug in page.read_text(encoding="utf-8"), f"{named(page)} names its source"
    examples = ROOT / "tests" / "sources" / "examples" / slug
    whole = [about.parent for about in examples.glob("*/about.toml") if (about.parent / "expected.json").is_file()]
    assert whole, f"{named(examples)}: a source without an example is not a source"


def test_every_sheet_and_page_belongs_to_a_source() -> None:
    sheets = {path.stem for path in (ROOT / "tracker" / "sources").glob("*.toml")}
    assert sheets <= set(MODULES)
    pages = {path.stem for path in (ROOT / "docs" / "sources").glob("*.md")} - {"README", "index"}
    assert pages <= set(MODULES)
