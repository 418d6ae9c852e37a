"""Is it told right which side has more, by how many, and whether the spoken votes turned it?"""

from __future__ import annotations

import pytest

from tracker.domain.lead import Lead, lead
from tracker.domain.tally import Tally


@pytest.mark.parametrize(
    ("board", "final", "told"),
    [
        ("69–31–4", "70–33–4", Lead(37, "yes", turned=False)),
        ("59–59–1", "60–59–1", Lead(1, "yes", turned=True)),
        ("53–50", "53–54", Lead(1, "no", turned=True)),
        ("51–47–13", "51–51–13", Lead(0, "tie", turned=True)),
        ("0–0–7", "0–0–7", Lead(None, None, turned=False)),
        ("0–0–7", "1–0–7", Lead(1, "yes", turned=True)),
    ],
)
def test_board_and_final_are_held_side_by_side(board: str, final: str, told: Lead) -> None:
    assert lead(board=Tally.parse(board), counted=Tally(), final=Tally.parse(final)) == told


def test_without_a_final_count_the_board_speaks_and_without_a_board_the_ballots() -> None:
    assert lead(board=Tally(5, 7), counted=Tally(9, 1), final=None) == Lead(2, "no", turned=False)
    assert lead(board=None, counted=Tally(9, 1), final=None) == Lead(8, "yes", turned=False)
    assert lead(board=None, counted=None, final=None) == Lead(None, None, turned=False)


def test_an_election_by_name_and_a_call_of_the_roll_have_no_margin() -> None:
    by_name = Tally(candidates=(("Ana", 5), ("Berta", 5)))
    assert lead(board=by_name, counted=by_name, final=by_name) == Lead(None, None, turned=False)
    assert lead(board=Tally(present=9), counted=None, final=None).margin is None
