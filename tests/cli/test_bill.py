"""Does `tracker bill` say what a bill is called, how it stands and how it was voted, and `show` what its bills are?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
import seed

if TYPE_CHECKING:
    from conftest import Tracker

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "vote.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def billed(tracker: Tracker) -> Tracker:
    """A home with the small database and what a list says of bills."""
    tracker.home.mkdir(parents=True)
    filled = seed.seeded(f"sqlite:///{tracker.home}/escrutinio.sqlite")
    seed.bills(filled.engine)
    filled.engine.dispose()
    return tracker


def test_a_bill_and_its_votes(billed: Tracker) -> None:
    lines = billed("bill", "4766").stdout.splitlines()
    assert lines[0].startswith("04766/2022-PE  PROYECTO DE RESOLUCIÓN LEGISLATIVA QUE AUTORIZA EL INGRESO")
    assert lines[1] == "  Publicada en el Diario Oficial El Peruano, as of 9 October 2026 11:10 UTC"
    assert lines[2] == "  filed 20 April 2023 by PODER EJECUTIVO"
    assert lines[3] == "  https://bills.example.org/#/2021/4766"
    moved = "stage EN DEBATE - PLENO → Publicada en el Diario Oficial El Peruano"
    assert lines[4] == f"  9 October 2026: {moved}"
    heads = [line for line in lines[5:] if not line.startswith(" ")]
    assert [seed.SENATE_OF_PERU in heads[0], len(heads)] == [True, 3]


def test_a_bare_number_shows_every_bill_it_may_mean(billed: Tracker) -> None:
    out = billed("bill", "12").stdout
    assert out.index("00012-2026-2031-S") < out.index("00012/2021-CR")
    only = billed("bill", "00012-2026-2031-S").stdout
    assert "00012/2021-CR" not in only


def test_as_json_with_steps_and_votes(billed: Tracker) -> None:
    [bill] = json.loads(billed("bill", "4766", "--json", "--limit", "2").stdout)
    assert (bill["legislature"], bill["period"], bill["number"], bill["total"]) == (
        "pe_congress",
        "2021-2026",
        "4766",
        3,
    )
    jsonschema.validate(bill["list"], {**SCHEMA, **SCHEMA["$defs"]["bill"]})
    assert len(bill["list"]["steps"]) == 2
    assert bill["votes"][0]["id"] == seed.SENATE_OF_PERU
    assert len(bill["votes"]) == 2


def test_a_bill_known_from_votes_alone(billed: Tracker) -> None:
    [bill] = json.loads(billed("bill", "H.R. 4365", "--json").stdout)
    assert bill["list"] is None
    assert [vote["id"] for vote in bill["votes"]] == [seed.HOUSE]
    assert "on no list that is held" in billed("bill", "hr4365").stdout


@pytest.mark.parametrize("number", ["99999", "' OR 1=1 --", "\x1b[31m"])
def test_a_bill_nobody_knows_is_refused_with_advice(billed: Tracker, number: str) -> None:
    done = billed("bill", number, code=4)
    assert "there is no bill" in done.stderr
    assert "tracker votes --text" in done.stderr
    assert "\x1b[31m" not in done.stderr


def test_show_says_what_the_bills_of_a_vote_are_called(billed: Tracker) -> None:
    out = billed("show", seed.FOUNDING).stdout
    assert (
        "04766/2022-PE, Publicada en el Diario Oficial El Peruano (9 October 2026), by PODER EJECUTIVO: PROYECTO" in out
    )
    many = billed("show", seed.MANY_BILLS).stdout
    assert "by Autora 0, Nombre; Autora 1, Nombre; Autora 2, Nombre and 1 more: LEY NÚMERO 16" not in many
    assert "and 2 more bills; --json lists them" in many
    whole = json.loads(billed("show", seed.MANY_BILLS, "--json").stdout)
    jsonschema.validate(whole, SCHEMA)
    assert [record["number"] for record in whole["bill_records"]] == [str(n) for n in range(11, 18)]
    assert {link["kind"] for link in whole["links"]} == {"bill", "law", "motion"}
