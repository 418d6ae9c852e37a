"""Are the groups of a sheet known by code and name together, and does an unsure row take what the other pages say?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sheet_words import DAY, FIRST, REACH, Sheet, word

from tracker.domain.votes import Tally
from tracker.sources.peru import benches, foot, form, groups
from tracker.sources.peru.foot import Bench, Figure, Foot
from tracker.sources.peru.proof import COUNTED, Line

FIGURES = (Figure(3, 0.99), Figure(0, 0.99), Figure(1, 0.99), Figure(2, 0.99))


def below(code: str, name: str, *figures: Figure | None) -> Foot:
    return Foot({}, (Bench(code, name, figures or FIGURES),), "", None)


@pytest.mark.parametrize(
    ("code", "name", "known"),
    [
        ("FP", "FUERZA POPULAR", "FP"),
        ("FF", "FUERZA POPULAR", "FP"),
        ("APP", "ALIANZA PARA EL PR0GRES0", "APP"),
        ("PP", "PERÚ LIBRE", "PL"),
        ("BDP", "ilegible", "BDP"),
        ("NANO", "AGRUPADOS", "NA"),
        ("FPFUE", "RZA POPULAR", "FP"),
        ("FPFUE", "RZA POPULAR CONGRESO DE LA REPÚBLICA", "FP"),
        ("ZZ", "ZETA NUEVA", "ZZ"),
        ("NUEVO", "GRUPO SIN REGISTRO", "NUEVO"),
    ],
)
def test_a_group_is_known_by_its_name_its_code_or_both_run_together(code: str, name: str, known: str) -> None:
    assert benches.codes_of(below(code, name), DAY) == {code: known}


def test_every_group_of_a_day_is_known_however_its_code_is_read() -> None:
    for code, group in groups.on(DAY).items():
        assert benches.codes_of(below("??", group.name.upper()), DAY) == {"??": code}
        assert benches.codes_of(below(code, "ilegible"), DAY) == {code: code}


def test_a_table_read_with_code_and_name_run_together_is_met_by_its_rows() -> None:
    page = Sheet().page()
    place = FIRST + form.BENCHES * REACH
    code = next(one for one in page.words if one.text == "NA" and one.cell is None)
    name = next(one for one in page.words if one.text == "NO AGRUPADOS")
    glued = word("NANO AGRUPADOS", place, (code.box[1] + code.box[3]) / 2)
    layout = form.layout(replace(page, words=(*(one for one in page.words if one not in (code, name)), glued)))
    assert layout is not None
    found = foot.read(layout)
    assert "NANO" in [bench.code for bench in found.benches]
    known = benches.codes_of(found, DAY)
    rows = [Line(group, code) for group, _, code in Sheet().roll]
    mine = [COUNTED.index("SinRes" if row.code == "***" else row.code)
            for row in rows if row.group == "NA" and row.code in (*COUNTED, "***")]  # fmt: skip
    assert benches.table(found, known, rows)["NA"] == tuple(mine.count(column) for column in range(4))
    assert {group.code for group in benches.printed_groups(found, known)} == {row.group for row in rows}


def test_a_figure_is_unread_if_it_is_faint_and_a_whole_roll_says_otherwise() -> None:
    rows = [Line("FP", "SI +++"), Line("FP", "SI +++"), Line("PL", "SI +++")]
    faint, clear, dim = Figure(3, 0.7), Figure(3, 0.99), Figure(2, 0.4)
    nothing = (Figure(0, 0.99),) * 3
    for figure, read in ((faint, None), (clear, 3), (dim, None), (Figure(2, 0.7), 2), (None, None)):
        foot_of = below("FP", "FUERZA POPULAR", figure, *nothing)
        assert benches.table(foot_of, {"FP": "FP"}, rows)["FP"] == (read, 0, 0, 0)
    unsure = [*rows, Line("FP", None)]
    foot_of = below("FP", "FUERZA POPULAR", faint, *nothing)
    assert benches.table(foot_of, {"FP": "FP"}, unsure)["FP"][0] == 3, "the row that is open may be the third"


def test_what_the_table_prints_is_kept_by_the_code_as_it_is() -> None:
    [group] = benches.printed_groups(below("NANO", "AGRUPADOS"), {"NANO": "NA"})
    assert (group.code, group.tally) == ("NA", Tally(3, 0, 1))
    dim = below("NANO", "AGRUPADOS", Figure(3, 0.9), *FIGURES[1:])
    assert benches.printed_groups(dim, {"NANO": "NA"}) == ()
