"""Does a form that contradicts itself refuse to be one?"""

from __future__ import annotations

import pytest

from tracker.domain.form import Form

CELLS = ("group", "name", "code")
LEFTS = ((0.0, 0.1, 0.4), (0.5, 0.6, 0.9))


def test_a_form_has_as_many_columns_as_it_has_places() -> None:
    assert Form(CELLS, "name", LEFTS, {"code": ("SI", "NO")}, most=130).columns == 2


@pytest.mark.parametrize(
    ("anchor", "lefts", "words"),
    [
        ("surname", LEFTS, {}),
        ("name", LEFTS, {"vote": ("SI",)}),
        ("name", LEFTS[:1], {}),
        ("name", (LEFTS[0], (0.5, 0.6)), {}),
    ],
)
def test_parts_that_do_not_fit_are_refused(
    anchor: str, lefts: tuple[tuple[float, ...], ...], words: dict[str, tuple[str, ...]]
) -> None:
    with pytest.raises(ValueError, match=r"columns|belong to its cells"):
        Form(CELLS, anchor, lefts, words)
