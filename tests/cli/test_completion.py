"""Does the shell fill in commands, sources and legislatures?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TRACKER = Path(sys.executable).with_name("tracker")


def filled_in(typed: str) -> list[str]:
    """What bash is offered for the last word of a line."""
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" ")), "_TRACKER_COMPLETE": "complete_bash"}
    ran = subprocess.run([TRACKER], env=os.environ | words, capture_output=True, text=True, check=False, timeout=60)
    assert not ran.stderr
    return ran.stdout.split()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("tracker expo", ["export"]),
        ("tracker collect us_", ["us_house", "us_senate"]),
        ("tracker read minutes.pdf --as pe_min", ["pe_minutes"]),
        ("tracker votes --legislature pe_con", ["pe_congress"]),
        ("tracker collect mars", []),
    ],
)
def test_what_is_begun_is_filled_in(typed: str, offered: list[str]) -> None:
    assert filled_in(typed) == offered
