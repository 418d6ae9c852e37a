"""Are the sums of a sheet held against its roll, and is a code decided only where one filling meets them all?"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.sources.peru.proof import CHAIR, COUNTED, MOST, Line, counted_as, prove

YES, NO, ABSTAIN, SILENT = COUNTED
CODES = (YES, NO, ABSTAIN, SILENT, "aus", "LO", "LE", "Sus")
Figures = dict[str, int | None]
Table = dict[str, tuple[int | None, ...]]


def roll(*rows: tuple[str, str | None]) -> list[Line]:
    return [Line(group, code) for group, code in rows]


def sums(rows: Sequence[Line]) -> tuple[Figures, Table]:
    """The totals and the table by group that a sheet prints of these rows."""
    counts = Counter(counted_as(row.code) for row in rows if row.code)
    table = {
        group: tuple(sum(row.group == group and counted_as(row.code or "") == code for row in rows) for code in COUNTED)
        for group in {row.group for row in rows if row.group}
    }
    return {code: counts[code] for code in CODES}, dict(table)


def erased(rows: Sequence[Line], *places: int) -> list[Line]:
    return [Line(row.group, None if i in places else row.code) for i, row in enumerate(rows)]


SMALL = roll(("A", YES), ("A", YES), ("A", NO), ("B", NO), ("B", ABSTAIN), ("B", "aus"), ("C", CHAIR), ("C", YES))
TOTALS, TABLE = sums(SMALL)


def test_a_roll_that_makes_its_sums_is_proven() -> None:
    found = prove(SMALL, TOTALS, TABLE)
    assert found.codes == tuple(row.code for row in SMALL)
    assert (found.decided, found.misfits) == ((), ())


@pytest.mark.parametrize("place", range(8))
def test_one_smudged_code_follows_from_the_totals(place: int) -> None:
    found = prove(erased(SMALL, place), TOTALS, TABLE)
    assert found.decided == (place,)
    assert counted_as(found.codes[place] or "") == counted_as(SMALL[place].code or "")
    assert found.misfits == ()


def test_two_smudged_codes_are_told_apart_by_their_groups() -> None:
    found = prove(erased(SMALL, 0, 3), TOTALS, TABLE)
    assert found.decided == (0, 3)
    assert (found.codes[0], found.codes[3]) == (YES, NO)


def test_two_smudged_codes_of_one_group_stay_open_if_they_differ() -> None:
    found = prove(erased(SMALL, 1, 2), TOTALS, TABLE)
    assert found.decided == ()
    assert found.codes[1:3] == (None, None)
    assert found.misfits != (), "and the sheet does not add up as it stands"


def test_two_of_one_group_are_decided_if_they_are_alike() -> None:
    found = prove(erased(SMALL, 0, 1), TOTALS, TABLE)
    assert (found.decided, found.codes[:2]) == ((0, 1), (YES, YES))


def test_without_the_table_two_different_codes_stay_open() -> None:
    assert prove(erased(SMALL, 0, 3), TOTALS, {}).decided == ()
    assert prove(erased(SMALL, 0, 1), TOTALS, {}).decided == (0, 1)


def test_a_figure_of_the_table_that_nobody_could_read_decides_nothing() -> None:
    hidden: Table = {group: (None, *figures[1:]) for group, figures in TABLE.items()}
    assert prove(erased(SMALL, 0, 2), TOTALS, TABLE).decided == ()
    assert prove(erased(SMALL, 0, 3), TOTALS, hidden).decided == (0, 3), "the other columns still tell them apart"
    nothing: Table = dict.fromkeys(TABLE, (None,) * 4)
    assert prove(erased(SMALL, 0, 3), TOTALS, nothing).decided == ()


def test_a_row_whose_group_is_unread_is_not_filled_in_against_the_table() -> None:
    rows = [Line(None, None), *SMALL[1:]]
    found = prove(rows, TOTALS, TABLE)
    assert found.decided == ()
    assert prove(rows, TOTALS, {}).decided == (0,)


def test_totals_that_contradict_the_roll_are_told() -> None:
    found = prove(SMALL, {**TOTALS, YES: 4, NO: 1}, TABLE)
    assert found.misfits == (
        "the sheet prints 4 SI +++, its rows make 3",
        "the sheet prints 1 NO ---, its rows make 2",
    )
    assert prove(SMALL, {**TOTALS, YES: 4}, TABLE).misfits[1] == "the totals add up to 9, the roll has 8 rows"


def test_a_table_that_contradicts_the_roll_is_told() -> None:
    table: Table = {**TABLE, "A": (3, 0, 0, 0)}
    assert prove(SMALL, TOTALS, table).misfits == (
        "the table has 3 SI +++ of A, its rows make 2",
        "the table has 0 NO --- of A, its rows make 1",
    )
    assert prove(SMALL, TOTALS, {**TABLE, "D": (1, 0, 0, 0)}).misfits == (
        "the table has 1 SI +++ of D, its rows make 0",
    )


def test_sums_that_are_contradictory_decide_nothing() -> None:
    for totals in ({**TOTALS, YES: 2}, {**TOTALS, YES: 9}, {**TOTALS, "Sus": 1}):
        found = prove(erased(SMALL, 0), totals, TABLE)
        assert found.decided == ()
        assert found.codes[0] is None
        assert found.misfits


def test_a_code_without_a_total_is_told() -> None:
    totals = {code: total for code, total in TOTALS.items() if code != "aus"}
    assert "1 rows have aus, for which the sheet prints no total" in prove(SMALL, totals, TABLE).misfits


def test_one_total_that_nobody_could_read_follows_from_the_number_of_rows() -> None:
    found = prove(erased(SMALL, 5), {**TOTALS, "aus": None}, TABLE)
    assert (found.decided, found.codes[5], found.misfits) == ((5,), "aus", ())


def test_several_unread_totals_decide_nothing_unless_nothing_is_left_for_them() -> None:
    found = prove(erased(SMALL, 5), {**TOTALS, "aus": None, "LO": None}, TABLE)
    assert found.decided == ()
    assert any("the totals of aus, LO could not be read" in text for text in found.misfits)
    none = prove(erased(SMALL, 0), {**TOTALS, "LO": None, "LE": None}, TABLE)
    assert (none.decided, none.misfits) == ((0,), ())


def test_without_totals_nothing_is_decided() -> None:
    found = prove(erased(SMALL, 0), {}, {})
    assert found.decided == ()
    assert found.misfits


def test_a_roll_with_too_many_open_rows_is_left_to_a_person() -> None:
    rows = roll(*[("A", YES)] * 30)
    totals, table = sums(rows)
    assert prove(erased(rows, *range(MOST)), totals, table).decided == tuple(range(MOST))
    assert prove(erased(rows, *range(MOST + 1)), totals, table).decided == ()


def test_a_roll_made_to_be_hard_ends_soon() -> None:
    """Twelve open rows of twelve groups, twelve codes, and a table that two groups cannot both meet."""
    codes = [YES, NO, ABSTAIN, SILENT, "aus", "LO", "LE", "Sus", "LP", "Com", "JP", "Ban"]
    rows = roll(*[(f"G{n}", None) for n in range(12)])
    table: Table = {f"G{n}": (int(n >= 10), None, None, None) for n in range(12)}
    begun = time.process_time()
    found = prove(rows, dict.fromkeys(codes, 1), table)
    assert time.process_time() - begun < 5
    assert found.decided == ()


@st.composite
def rolls(draw: st.DrawFn) -> tuple[list[Line], list[int]]:
    """A true roll, and rows to erase."""
    chance = random.Random(draw(st.integers(0, 1_000_000)))
    size = chance.choice((20, 60, 130))
    leaning = {group: chance.choices(CODES, k=3) for group in "ABCDEFGH"}
    rows = []
    for _ in range(size):
        group = chance.choice("ABCDEFGH")
        rows.append(Line(group, chance.choice(leaning[group]) if chance.random() < 0.9 else chance.choice(CODES)))
    rows[chance.randrange(size)] = Line("A", CHAIR)
    return rows, chance.sample(range(size), draw(st.integers(0, 14)))


def _agrees(rows: Sequence[Line], found: Sequence[str | None]) -> bool:
    return all(
        code is None or counted_as(code) == counted_as(row.code or "") for row, code in zip(rows, found, strict=True)
    )


@settings(max_examples=300, deadline=None)
@given(rolls(), st.floats(0, 1), st.integers(0, 1_000_000))
def test_no_erased_code_is_ever_decided_wrongly(made: tuple[list[Line], list[int]], legible: float, seed: int) -> None:
    """Whatever is smudged of a true roll, of its totals and its table: a decided code is the true one."""
    rows, places = made
    chance = random.Random(seed)
    totals, table = sums(rows)
    totals = {code: total if chance.random() < 0.95 else None for code, total in totals.items()}
    seen: Mapping[str, Sequence[int | None]] = {
        group: tuple(figure if chance.random() < legible else None for figure in figures)
        for group, figures in table.items()
    }
    found = prove(erased(rows, *places), totals, seen)
    assert _agrees(rows, found.codes)
    assert set(found.decided) in (set(), set(places))
    if found.decided or not places:
        assert not [text for text in found.misfits if "could not be read" not in text]
    else:
        assert None in found.codes


@settings(max_examples=200, deadline=None)
@given(rolls(), st.integers(0, 1_000_000))
def test_a_code_read_wrongly_does_not_meet_the_sums(made: tuple[list[Line], list[int]], seed: int) -> None:
    rows, _ = made
    chance = random.Random(seed)
    place = chance.randrange(len(rows))
    wrong = chance.choice([code for code in CODES if code != counted_as(rows[place].code or "")])
    totals, table = sums(rows)
    misread = [Line(row.group, wrong if i == place else row.code) for i, row in enumerate(rows)]
    assert prove(misread, totals, table).misfits


def _slowly(rows: Sequence[Line], totals: Figures, table: Mapping[str, Sequence[int | None]]) -> list[tuple[str, ...]]:
    """Every filling of the open rows that meets every figure, found by trying all."""
    places = [i for i, row in enumerate(rows) if row.code is None]
    found = []
    for way in product(totals, repeat=len(places)):
        filled = list(rows)
        for i, code in zip(places, way, strict=True):
            filled[i] = Line(rows[i].group, code)
        counts = Counter(counted_as(row.code or "") for row in filled)
        by_group = Counter((row.group, counted_as(row.code or "")) for row in filled)
        if all(counts[code] == total for code, total in totals.items()) and all(
            figure is None or by_group[group, code] == figure
            for group, figures in table.items()
            for code, figure in zip(COUNTED, figures, strict=False)
        ):
            found.append(way)
    return found


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(CODES[:5])), min_size=4, max_size=12),
    st.sets(st.integers(0, 11), max_size=4),
    st.integers(0, 1_000_000),
)
def test_what_is_decided_is_what_trying_everything_finds(
    made: list[tuple[str, str]], places: set[int], seed: int
) -> None:
    chance = random.Random(seed)
    rows = roll(*made)
    totals, table = sums(rows)
    seen = {
        group: tuple(figure if chance.random() < 0.7 else None for figure in figures)
        for group, figures in table.items()
    }
    left = erased(rows, *(i for i in places if i < len(rows)))
    if chance.random() < 0.2:
        left[0] = Line(None, left[0].code)
    ways, found = _slowly(left, totals, seen), prove(left, totals, seen)
    filled = tuple(code for i, code in enumerate(found.codes) if left[i].code is None)
    assert (filled == ways[0]) if len(ways) == 1 else (found.decided == ())
