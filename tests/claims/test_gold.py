"""Does each gold sentence get what the record says, and is nothing called a match that is none?"""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tracker.claims.match import SETTLED, check

HERE = Path(__file__).parent
FOUND, EXACT = 0.95, 0.95
"""The floors: claims of votes held whose vote is named first, and claims with the very verdict wanted."""
MATCHES = frozenset(map(str, SETTLED)) | {"swapped"}
Pair = tuple[str, str]


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["case"]
    return found


def said(engine: Engine, text: str, written: date | None) -> list[Pair]:
    """Return verdict and first vote of each claim of a text."""
    answers = check(engine, text, written).answers
    return [(str(answer.verdict), answer.matches[0].id if answer.matches else "-") for answer in answers]


def fits(wanted: str, got: Pair) -> bool:
    return all(one in ("-", other) for one, other in zip(wanted.split(), got, strict=True))


def figures(engine: Engine, name: str) -> tuple[list[str], list[str], float, float]:
    """Return the false matches, every other fault, the share of votes found and of verdicts met; print by verdict."""
    false, faults = [], []
    wanted_of, got_of, right_of = Counter[str](), Counter[str](), Counter[str]()
    held = found = claims = 0
    for case in cases(name):
        got = said(engine, case["text"], case.get("written"))
        wanted = list(case["say"])
        got_of.update(verdict for verdict, _ in got)
        wanted_of.update(one.split()[0] for one in wanted)
        claims += max(len(wanted), len(got))
        left = list(got)
        for one in wanted:
            held += one.split()[1] != "-"
            met = next((pair for pair in left if fits(one, pair)), None)
            named = any(pair[1] == one.split()[1] for pair in left)
            found += one.split()[1] != "-" and named
            if met is None:
                faults.append(f"{case['text'].strip()[:150]!r}: wanted {one}, got {got}")
            else:
                right_of[met[0]] += 1
                left.remove(met)
        for verdict, vote in left:
            claimed = f"{case['text'].strip()[:150]!r}: {verdict} {vote}"
            (false if verdict in MATCHES else faults).append(claimed)
    for verdict in sorted(got_of | wanted_of):
        precision = right_of[verdict] / got_of[verdict] if got_of[verdict] else 1.0
        recall = min(1.0, right_of[verdict] / wanted_of[verdict]) if wanted_of[verdict] else 1.0
        print(f"{name} {verdict:20} precision {precision:.3f} ({got_of[verdict]})  recall {recall:.3f}")
    return false, faults, found / held, sum(right_of.values()) / claims


@pytest.mark.parametrize("name", ["gold.toml", "held_out.toml", "unseen.toml"])
def test_the_gold_sentences(record: Engine, name: str) -> None:
    false, faults, found, exact = figures(record, name)
    print("\n".join(faults))
    print(f"{name}: {len(false)} false, {found:.3f} found, {exact:.3f} exact")
    assert false == []
    assert found >= FOUND
    assert exact >= EXACT


def test_there_are_enough_of_them() -> None:
    gold = cases("gold.toml")
    assert len(gold) >= 150
    assert len({case["text"] for case in gold}) == len(gold)
    assert {str(verdict) for verdict in MATCHES} <= {one.split()[0] for case in gold for one in case["say"]}
