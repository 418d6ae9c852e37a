"""Do the rooms keep to the contracts in pyproject.toml, and would the contracts notice if they did not?"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("tracker", "dashboard")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract for contract in SETTINGS["tool"]["importlinter"]["contracts"]}
ROOMS = [
    room.strip()
    for layer in CONTRACTS["rooms"]["layers"]
    for room in re.split(r"[|:]", layer.replace("(", "").replace(")", ""))
]
FOR_THE_DASHBOARD = {"queries", "claims", "publish", "domain", "settings"}

OTHER_WAYS_OUT = {
    "aiohttp",
    "apprise",
    "ftplib",
    "http.client",
    "requests",
    "smtplib",
    "telnetlib",
    "urllib.request",
    "urllib3",
}
"""What reaches the network besides httpx. The linter sees packages of others as wholes, hence these here."""

SPEAKS_TO_THE_NETWORK = {"tracker/archive/fetch.py", "tracker/archive/wire.py", "tracker/publish/delivery.py"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter on the packages that lie in a folder."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of both packages that may be broken, with every room there."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignore = shutil.ignore_patterns("__pycache__", "*.toml", "*.pdf", "*.xml")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    for room in set(ROOMS) - {"settings", "apart", "__main__"}:
        package(tmp_path / "tracker" / room)
    return tmp_path


def package(folder: Path) -> None:
    """Make a folder a package."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").touch()


def test_the_contracts_are_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in done.stdout


BREACHES = [
    ("rooms", "tracker/archive/store.py", "from tracker.storage import tables"),
    ("rooms", "tracker/sources/contract.py", "from tracker.archive import store"),
    ("rooms", "tracker/queries/__init__.py", "from tracker.pipeline import collect"),
    ("rooms", "tracker/schedule/__init__.py", "import tracker.demo"),
    ("rooms", "tracker/settings.py", "from tracker.domain.votes import Tally"),
    ("rooms", "tracker/claims/__init__.py", "import tracker.pipeline"),
    ("rooms", "tracker/analysis/__init__.py", "import tracker.storage"),
    ("rooms", "tracker/oracle/__init__.py", ""),
    ("apart", "tracker/domain/votes.py", "from tracker import apart"),
    ("dashboard", "dashboard/page.py", "from tracker.storage import tables"),
    ("dashboard", "dashboard/views/page.py", "import tracker.sources.catalogue"),
    ("dashboard", "dashboard/views/page.py", "from tracker.archive import store"),
    ("no-dashboard", "tracker/settings.py", "import dashboard"),
    ("network", "tracker/sources/contract.py", "import httpx"),
    ("network", "tracker/archive/store.py", "def get():\n    import httpx"),
    ("bucket", "tracker/archive/store.py", "import s3fs"),
    ("delivery", "tracker/schedule/runner.py", "import apprise"),
    ("queue", "tracker/storage/queue.py", "import procrastinate"),
    ("sql", "tracker/domain/votes.py", "import sqlalchemy"),
    ("sql", "tracker/pipeline/__init__.py", "from sqlmodel import select"),
    ("sql", "dashboard/views/page.py", "from sqlalchemy import text"),
    ("domain", "tracker/domain/votes.py", "from pydantic import BaseModel"),
    ("domain", "tracker/domain/wording.py", "from tracker.settings import settings"),
    ("charts", "dashboard/charts/seats.py", "import streamlit"),
    ("charts", "dashboard/charts/parts.py", "from dashboard.components import filters"),
    ("analysis", "tracker/analysis/margin.py", "import pandas"),
]


@pytest.mark.parametrize(("contract", "path", "line"), BREACHES, ids=[f"{c}: {p}: {i}" for c, p, i in BREACHES])
def test_a_forbidden_import_is_noticed(copy: Path, contract: str, path: str, line: str) -> None:
    module = copy / path
    package(module.parent)
    before = module.read_text(encoding="utf-8") if module.exists() else ""
    module.write_text(f"{before}\n{line}\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode != 0, f"{line!r} in {path} went unnoticed:\n{done.stdout}"
    assert f"{CONTRACTS[contract]['name']} BROKEN" in done.stdout, done.stdout + done.stderr


def test_every_contract_is_proved_to_bite() -> None:
    assert {contract for contract, _, _ in BREACHES} == set(CONTRACTS)


def test_rooms_are_all_declared_and_the_dashboard_has_its_few() -> None:
    there = {path.parent.name for path in (ROOT / "tracker").glob("*/__init__.py")}
    assert there <= set(ROOMS)
    allowed = {line.split(" -> ")[1].split(".")[1] for line in CONTRACTS["dashboard"]["ignore_imports"]}
    assert allowed == FOR_THE_DASHBOARD
    assert set(ROOMS) >= allowed


def test_every_library_is_closed_to_the_domain() -> None:
    used = {
        name.split(".")[0]
        for path in modules()
        for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names
    } - set(PACKAGES)
    assert used <= set(CONTRACTS["domain"]["forbidden_modules"]), "add the newcomers to the domain's contract"
    closed = set(CONTRACTS["analysis"]["forbidden_modules"])
    assert closed == set(CONTRACTS["domain"]["forbidden_modules"]) - {"numpy"}, "the two contracts differ in numpy only"


def test_the_domain_needs_the_standard_library_only() -> None:
    for path in (ROOT / "tracker" / "domain").glob("*.py"):
        foreign = {
            name
            for name in imported(path)
            if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("tracker.domain")
        }
        assert not foreign, f"{path.name} imports {foreign}"


def test_nothing_else_speaks_to_the_network() -> None:
    for path in modules():
        if path.relative_to(ROOT).as_posix() not in SPEAKS_TO_THE_NETWORK:
            assert not imported(path) & OTHER_WAYS_OUT, path


@pytest.mark.parametrize("room", ["domain", "analysis"])
def test_some_rooms_do_nothing_but_think(room: str) -> None:
    """No files, no network, no database, no clock: what they say depends on what they are given."""
    for path in (ROOT / "tracker" / room).glob("*.py"):
        assert not imported(path) & {"os", "pathlib", "socket", "sqlite3", "subprocess", "time", "random", "logging"}, (
            path
        )
        called = {
            node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
        }
        assert not called & {"open", "print", "input", "exec", "eval", "now", "today"}, path


def modules() -> Iterator[Path]:
    """Every module of both packages."""
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> set[str]:
    """The absolute names a module imports; of `from a import b` both `a` and `a.b`."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found
