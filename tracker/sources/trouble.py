"""What may a reader say when a paper is not as it should be?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Four degrees of trouble."""

    UNREADABLE = "unreadable"
    """This document could not be read."""
    DOUBTFUL = "doubtful"
    """This vote does not add up: kept, marked, left out of analysis by default."""
    UNRESOLVED = "unresolved"
    """A name met no known member, or more than one."""
    NOTED = "noted"
    """Worth a line in the log."""


class Unreadable(Exception):
    """A document's shape is wrong: it is archived, nothing of it is stored, the run goes on.

    `code` names the kind of trouble (`html_instead_of_xml`, `unknown_code` …), the message says what, where and what to
    do next.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something a reader noticed and could read past: yielded, never raised. `where` is a vote id, a page, a line."""

    severity: Severity
    code: str
    message: str
    where: str = ""
