"""Is one decision counted once, and are two decisions never taken for one?"""

from __future__ import annotations

from datetime import date

from tracker.analysis.repeats import Asked, repeats

DAY, NEXT = date(2023, 5, 18), date(2023, 5, 19)
TEXT, AGAIN, RECONSIDERED = "texto sustitutorio", "exoneración de segunda votación", "reconsideración"


def test_the_second_vote_spared_repeats_the_vote_on_the_text() -> None:
    votes = [
        Asked("text", DAY, TEXT, ("4766", "4801")),
        Asked("spared", DAY, AGAIN, ("4801", "4766")),
        Asked("another bill", DAY, AGAIN, ("4766",)),
        Asked("another day", NEXT, AGAIN, ("4766", "4801")),
    ]
    assert repeats(votes) == {"spared"}


def test_what_comes_first_or_names_no_bill_repeats_nothing() -> None:
    assert repeats([Asked("spared", DAY, AGAIN, ("1",)), Asked("text", DAY, TEXT, ("1",))]) == frozenset()
    assert repeats([Asked("a motion", DAY, None, ()), Asked("spared", DAY, AGAIN, ())]) == frozenset()


def test_a_reconsideration_is_a_decision_of_its_own() -> None:
    votes = [Asked("text", DAY, TEXT, ("1",)), Asked("reopened", DAY, RECONSIDERED, ("1",))]
    assert repeats(votes) == frozenset()
    assert repeats(votes, {RECONSIDERED}) == {"reopened"}
