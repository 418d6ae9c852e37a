"""Is there exactly one seat for each member, none upon another, and is every group a wedge?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.seats import INNER, places, rows


@pytest.mark.parametrize("n", [0, -1])
def test_a_hemicycle_of_nobody_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="needs a seat"):
        rows(n)


def test_seats_sum_for_every_size() -> None:
    for n in range(1, 701):
        assert sum(seats for _, seats in rows(n)) == n
        assert all(seats > 0 for _, seats in rows(n))


def test_known_chambers() -> None:
    assert [seats for _, seats in rows(130)] == [13, 16, 20, 23, 27, 31]
    assert len(rows(435)) == 11
    assert rows(1) == ((1.0, 1),)


wedges = st.lists(st.integers(1, 60), min_size=1, max_size=14).filter(lambda sizes: sum(sizes) <= 700)


@settings(max_examples=60, deadline=None)
@given(wedges, st.sampled_from([0.0, 0.04]))
def test_groups_are_wedges_in_turn(sizes: list[int], apart: float) -> None:
    found, _ = places(sizes, apart=apart)
    assert len(found) == sum(sizes)
    ends = np.cumsum([0, *sizes])
    spans = [found[a:b] for a, b in pairwise(ends)]
    for left, right in pairwise(spans):
        assert min(s.angle for s in left) - max(s.angle for s in right) >= apart - 1e-9
    assert all(seat.y >= 0 and INNER - 1e-9 <= seat.radius <= 1 for seat in found)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.integers(1, 700).map(lambda n: [n]), wedges), st.sampled_from([0.0, 0.04]))
def test_no_dot_touches_another(sizes: list[int], apart: float) -> None:
    found, dot = places(sizes, apart=apart)
    points = np.array([(seat.x, seat.y) for seat in found])
    distances = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(distances, np.inf)
    assert dot > 0
    assert distances.min() > dot


def test_left_and_right_are_alike() -> None:
    found, _ = places([101])
    mirrored = sorted((round(-seat.x, 9) + 0.0, round(seat.y, 9)) for seat in found)
    assert mirrored == sorted((round(seat.x, 9) + 0.0, round(seat.y, 9)) for seat in found)
