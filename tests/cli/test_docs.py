"""Does docs/cli.md name every command, option, setting and exit code, and none that is not there?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from tracker.cli import app
from tracker.cli.codes import MEANING, Exit
from tracker.settings import Settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def commands(group: Any = None, before: str = "tracker") -> Iterator[tuple[str, Any]]:
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


COMMANDS = dict(commands())


def section(name: str) -> str:
    found = re.search(rf"^### {re.escape(name)}\b.*?\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/cli.md says nothing of `{name}`"
    return found[0]


def options(command: Any) -> set[str]:
    return {name for param in command.params for name in (*param.opts, *param.secondary_opts) if name.startswith("--")}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_and_option_is_explained(name: str) -> None:
    there = section(name)
    assert COMMANDS[name].help
    for option in options(COMMANDS[name]) - {"--help"}:
        assert re.search(rf"`{option}\b", there), f"{name} {option}"


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_explained_that_is_not_there(name: str) -> None:
    assert set(re.findall(r"`(--[a-z-]+)", section(name))) <= options(COMMANDS[name])


def test_no_command_is_explained_that_is_not_there() -> None:
    named = re.findall(r"^### (tracker [a-z]+(?: [a-z]+)?)", PAGE, re.MULTILINE)
    assert sorted(named) == sorted(COMMANDS)


def test_each_command_is_said_to_write_to_look_or_to_leave_the_database_alone() -> None:
    """But for those about the sheets, the tables and the archive themselves."""
    said = PAGE.partition("## The database")[2].partition("\n## ")[0]
    named = {word.split()[0] for word in re.findall(r"`((?!tracker)[a-z]+(?: [a-z-]+)?)`", said)}
    groups = {name.split()[1] for name in COMMANDS}
    assert named == groups - {"sources", "timetable", "db", "archive"}


def test_options_before_the_command_are_explained() -> None:
    for param in typer.main.get_command(app).params:
        assert f"`{param.opts[0]}`" in PAGE


def test_each_setting_is_named() -> None:
    assert {name.upper() for name in Settings.model_fields} == set(re.findall(r"`ESCRUTINIO_([A-Z_]+)`", PAGE))


def test_each_exit_code_is_explained_as_the_help_has_it() -> None:
    assert dict(re.findall(r"^\| (\d+) \| (.*) \|$", PAGE, re.MULTILINE)) == {
        str(code.value): meaning for code, meaning in MEANING.items()
    }
    assert set(MEANING) == set(Exit)
