"""Does the project do what it says of itself: its pages, versions and commands, and what lies in the repository?"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tracker
from tracker.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
NAMED = [
    *PROJECT["dependencies"],
    *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    *PYPROJECT["dependency-groups"]["dev"],
]
PINS = PYPROJECT["tool"]["uv"]["constraint-dependencies"]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]

AGPL_3 = "8486a10c4393cee1c25392769ddd3b2d6c242d6ec7928e1414efff7dfb2f07ef"
"""SHA-256 of the licence's text as its publisher gives it."""

SET_UP = "python3 -m venv .venv && .venv/bin/pip install --quiet uv && .venv/bin/uv run"
DEMO, TESTS = f"{SET_UP} tracker demo", f"{SET_UP} pytest"

TOP_LEVEL = {"tracker", "dashboard", "tests", "docs", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}

# Put together here, so that this file does not hold what it looks for.
INDEX_HOSTS = [
    name.replace(" ", ".")
    for name in (
        *("pypi org", "pythonhosted org", "npmjs org", "npmjs com", "yarnpkg com", "crates io", "proxy golang org"),
        *("deb debian org", "security debian org"),
    )
]
MACHINE_PATHS = [f"/{name}/" for name in ("work", "root", "farm", "opt/wheels")]


@cache
def tracked() -> tuple[str, ...]:
    """The files that git keeps. The checkout may belong to another account than the one that runs the tests."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """The part of a page under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", read(page), re.MULTILINE | re.DOTALL)
    assert found, f"{page} has no part called {heading!r}"
    return found[1]


def test_the_version_is_told_once() -> None:
    assert tracker.__version__ == PROJECT["version"] == version("escrutinio")
    assert f"## [{PROJECT['version']}]" in read("CHANGELOG.md")


def test_the_licence_is_the_whole_text() -> None:
    assert PROJECT["license"] == "AGPL-3.0-or-later"
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == AGPL_3


def test_the_readme_and_the_checks_use_the_same_two_commands() -> None:
    blocks = re.findall(r"^```\n(.*?)^```$", read("README.md"), re.MULTILINE | re.DOTALL)
    assert [block.strip() for block in blocks if block.startswith("python3")] == [DEMO, TESTS]
    lines = read(".ci/run").splitlines()
    assert lines[-1] == TESTS
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert (ROOT / ".ci/run").stat().st_mode & 0o111, ".ci/run cannot be started"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_each_setting_is_explained(name: str) -> None:
    assert f"| `ESCRUTINIO_{name.upper()}` |" in read("docs/settings.md")


def test_no_setting_is_explained_that_is_not_there() -> None:
    written = set(re.findall(r"^\| `ESCRUTINIO_([A-Z_]+)` \|", read("docs/settings.md"), re.MULTILINE))
    assert written == {name.upper() for name in Settings.model_fields}


def test_each_dependency_is_explained_and_no_other() -> None:
    rows = re.findall(r"^\| (`.*?) \| (.*) \|$", section("docs/decisions.md", "Libraries"), re.MULTILINE)
    explained = {name: why for names, why in rows for name in re.findall(r"`([^`]+)`", names)}
    assert set(explained) == {Requirement(line).name for line in NAMED}
    assert all(len(why) > 8 for why in explained.values())


def needed() -> Iterator[str]:
    """The names of everything that is installed because the project names it, directly or not."""
    waiting = [Requirement(line) for line in NAMED]
    met: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) in met:
            continue
        met.add((name, extras))
        try:
            found = distribution(name)
        except PackageNotFoundError:
            assert name == "psycopg-binary" or requirement.marker, f"{name} is not installed"
            continue
        yield name
        for line in found.requires or []:
            further = Requirement(line)
            environments = [{**default_environment(), "extra": extra} for extra in ("", *extras)]
            if further.marker is None or any(further.marker.evaluate(each) for each in environments):  # type: ignore[arg-type]
                waiting.append(further)


def test_every_version_is_exact() -> None:
    pins = [Requirement(line) for line in PINS]
    assert all(str(pin.specifier).startswith("==") and "*" not in str(pin.specifier) for pin in pins)
    assert all(pin.url is None for pin in pins)
    names = [pin.name for pin in pins]
    assert names == sorted(names)
    exact = {
        canonicalize_name(pin.name): str(pin.specifier) for pin in pins if pin.marker is None or pin.marker.evaluate()
    }
    assert set(needed()) <= set(exact), "renew [tool.uv] constraint-dependencies as its comment says"
    for requirement in map(Requirement, NAMED):
        pinned = exact[canonicalize_name(requirement.name)].removeprefix("==")
        assert requirement.specifier.contains(pinned, prereleases=True), f"{requirement} is pinned to {pinned}"


def test_the_top_level_holds_only_what_belongs_there() -> None:
    top = {name.split("/")[0] for name in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL
    assert "uv.lock" not in top


def test_no_file_names_a_package_index_or_a_path_of_one_machine() -> None:
    found = [
        f"{name}: {word}"
        for name in tracked()
        for text in [(ROOT / name).read_bytes().decode("utf-8", "replace").lower()]
        for word in (*INDEX_HOSTS, *MACHINE_PATHS)
        if re.search(rf"(?<![\w./-]){re.escape(word)}" if word.startswith("/") else re.escape(word), text)
    ]
    assert not found


LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = [target for target in LINK.findall(text) if not re.match(r"[a-z]+:|#", target)]
    lost = [target for target in targets if not (page.parent / target.split("#")[0]).exists()]
    assert not lost, f"{page.relative_to(ROOT)} points to what is not there"
    assert text.startswith("# "), "a page begins with its title"


def test_every_source_has_a_page() -> None:
    slugs = {tomllib.loads(sheet.read_text(encoding="utf-8"))["slug"] for sheet in sheets()}
    assert slugs, "no sheets were found"
    assert slugs <= {page.stem for page in (ROOT / "docs" / "sources").glob("*.md")}
    assert all(f"`{slug}`" in section("README.md", "What is covered") for slug in slugs)


def sheets() -> list[Path]:
    """The sheets of all sources: TOML beside the modules, with a slug."""
    every = sorted((ROOT / "tracker" / "sources").rglob("*.toml"))
    return [path for path in every if "slug" in tomllib.loads(path.read_text(encoding="utf-8"))]


def test_the_hooks_before_a_commit_fetch_nothing() -> None:
    hooks = read(".pre-commit-config.yaml")
    assert re.findall(r"^  - repo: (.*)$", hooks, re.MULTILINE) == ["local"]
    assert set(re.findall(r"^        language: (.*)$", hooks, re.MULTILINE)) == {"system"}
    for tool in ("ruff check", "ruff format", "mypy --strict", "lint-imports"):
        assert f"entry: .venv/bin/{tool}" in hooks
        assert f".venv/bin/uv run {tool}" in read(".ci/run"), f"{tool} runs before a commit but not in the checks"
