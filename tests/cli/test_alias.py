"""Do names from the press come and go by command, and is what takes one back kept?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import thirty

if TYPE_CHECKING:
    from conftest import Tracker

SAID = ("--source", "https://press.example/a", "--by", "Ana", "--because", "so called in the article")


def test_a_name_is_added_found_listed_and_taken_back(tracker: Tracker) -> None:
    tracker.home.mkdir(parents=True)
    thirty.joined(f"sqlite:///{tracker.home}/escrutinio.sqlite").dispose()
    assert tracker("alias", "add", "Ley Aguada", "--vote", "s-1", *SAID).stdout == "Ley Aguada is vote s-1\n"
    tracker("alias", "add", "Primera ley", "--bill", "1", *SAID)
    for name in ("aguada", "primera ley"):
        assert "s-1" in tracker("votes", "--text", name).stdout
    listed = {one["name"]: one for one in json.loads(tracker("alias", "list", "--json").stdout)}
    assert listed["Ley Aguada"] | {"on": ""} == {
        "name": "Ley Aguada", "vote": "s-1", "bill": None, "source": SAID[1], "by": "Ana", "because": SAID[5], "on": "",
    }  # fmt: skip
    assert listed["Primera ley"]["bill"]["number"] == "1"
    assert "added by Ana" in tracker("alias", "list").stdout
    tracker("alias", "remove", "ley aguada", "--by", "Berta", "--because", "nobody says so")
    assert "s-1" not in tracker("votes", "--text", "aguada").stdout
    assert tracker.rows()["alias"] == 3, "that it was there is kept"


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("add", "x", "--vote", "s-9", *SAID), 4, "there is no vote 's-9'"),
        (("add", "x", "--bill", "77", *SAID), 4, "there is no bill '77'"),
        (("add", "x", *SAID), 2, "one of the two"),
        (("add", "x", "--vote", "s-1", *SAID, "--source", "ftp://a"), 2, "begins with https://"),
        (("add", "!", "--vote", "s-1", *SAID), 2, "a name needs letters"),
        (("remove", "x", "--by", "Ana", "--because", "y"), 4, "nothing is called 'x'"),
    ],
)
def test_what_says_too_little_is_refused(tracker: Tracker, words: tuple[str, ...], code: int, why: str) -> None:
    tracker.home.mkdir(parents=True)
    thirty.joined(f"sqlite:///{tracker.home}/escrutinio.sqlite").dispose()
    refused = tracker("alias", *words, code=code)
    assert why in refused.stderr
    assert tracker.rows()["alias"] == 0
