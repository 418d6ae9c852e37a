"""Is a text read whatever it is, in time that grows with its length only, and are the claims in it where they say?"""

from __future__ import annotations

import sys
import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.claims import stems, tokens
from tracker.claims.claim import Claim, Part, Result
from tracker.claims.lexicon import told
from tracker.claims.read import LONGEST, MOST, Unreadable, read
from tracker.domain.tally import Position

PIECES = st.sampled_from([
    "70", "33", "4", "a favor", "en contra", "abstenciones", "votos", "voted", "to", "a", "-", "–", ",", ".", ";", ":",
    "El Congreso", "the Senate", "aprobó", "rejected", "87", "needed", "faltaron", "unánime", "\n", "\n\n",
    "setenta", "y", "tres", "seventy-three", "one hundred and", "ciento", "de los", "of the", "130", "congresistas",
    "18 de mayo de 2023", "May 18, 2023", "ayer", "H.R. 4365", "proyecto 4766/2022-PE", "Dávila", "votó", "%", "(", ")",
    "«", "”", "\u200b", "٣", "²", "½", "e\u0301", "EE. UU.", "sí", "no", "No.", "in favor", "against", "2021-2026",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES).map("".join))


def one(text: str, written: date | None = None) -> Claim:
    (claim,) = read(text, written).claims
    return claim


def counts(claim: Claim) -> tuple[str, ...]:
    return tuple(f"{side} {part}" for side, part in claim.figures.parts())


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.none() | st.dates(date(1800, 1, 1), date(2040, 12, 31)))
def test_anything_is_read_alike_twice_and_claims_lie_inside_it(text: str, written: date | None) -> None:
    try:
        found = read(text, written)
    except Unreadable:
        assert not text.strip() or "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text)
        return
    assert read(text, written) == found
    assert len(found.claims) <= MOST
    for n, claim in enumerate(found.claims):
        assert text[claim.start : claim.end] == claim.text
        assert all(claim.start <= start < end <= claim.end for start, end in claim.marks)
        assert claim.follows is None or claim.follows < n
        assert claim.figures.said or claim.members


BOMBS = {
    "figures": "70 ", "dashes": "70-", "commas": "a favor, ", "open brackets": "(((((", "digits": "7" * 10,
    "words": "setenta y ", "members": "Ana y ", "votes": "votó ", "dates": "18 de ", "labels": "en contra 3 a favor 5 ",
    "points": "1.2.", "hundreds": "one hundred and ", "line ends": "\n", "accents": "e\u0301", "sentences": "A. ",
    "pairs": "70 a 33 votos ", "slashes": "70/33/", "parties": "Republicans voted 3-2 ", "countries": "En Chile ",
    "candidates": "elected speaker, 220 votes for Ana Paz ", "clauses": "; 70 to 33 votes", "markup": "<b><i>{{[[",
    "spaces": "   ",
    "passives": "aprobada por 90 congresistas ", "months": "May 2001 in December ", "halves": "½\u200d",
}  # fmt: skip


@pytest.mark.parametrize("piece", BOMBS.values(), ids=BOMBS)
def test_a_text_made_to_take_long_takes_no_longer_than_its_length(piece: str) -> None:
    """Four times the text may take eight times as long, no more; what is quadratic takes sixteen."""
    sizes = (4_000, 16_000)
    texts = [("x " + piece * (size // len(piece)))[:size] for size in sizes]
    took = []
    for text in texts:
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            read(text)
            best = min(best, time.process_time() - begun)
        took.append(best)
    assert took[1] < 8 * took[0] + 0.05


def steps(text: str) -> int:
    """Count the calls that reading a text takes."""
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(one_more)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@settings(max_examples=12, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map(" ".join))
@example("70 a favor")
def test_twice_the_text_takes_twice_the_steps(text: str) -> None:
    """Counted, not timed: a part that is quadratic takes four times as many.

    From the longest sentence on that is read in one piece: within it each claim is held against all others.
    """
    one = f"x {text} "
    several = one * (2 * tokens.LONGEST // len(one.split()) + 1)
    read(several)
    assert steps(several + several) <= 2.6 * steps(several) + 500


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "nothing"), (" \n", "nothing"), ("a\0b", "zero bytes"), ("70 a 33 \ud800", "half a sign")],
)
def test_what_is_no_text_is_refused(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(text)


@pytest.mark.parametrize("year", [1, 1799, 2041, 9999])
def test_a_day_on_which_nothing_was_written_is_refused(year: int) -> None:
    with pytest.raises(Unreadable, match=f"no article is of {year:04}-01-01"):
        read("Ayer se aprobó por 70 votos a 33.", date(year, 1, 1))


@pytest.mark.parametrize(
    "figures",
    ["2023.1.9999999999", f"2023.1.{'9' * 25}", f"1.2.{'3' * 5_000}", f"{'9' * 20}.1.1", "2023/1/99999999999"],
)
def test_figures_of_absurd_size_are_no_date(figures: str) -> None:
    assert one(f"El {figures} se aprobó por 70 votos a 33.").days == ()


def test_too_long_a_text_is_refused_and_a_whole_article_is_not() -> None:
    with pytest.raises(Unreadable, match=str(LONGEST)):
        read("a" * (LONGEST + 1))
    assert read("El Congreso aprobó la norma. " * 2_000).claims == ()


def test_a_thousand_numbers_give_a_bounded_answer() -> None:
    found = read("El Congreso aprobó por 70 votos a 33. " * 1_000)
    assert len(found.claims) == MOST
    assert found.left_out == 1_000 - MOST


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hubo 70 votos a favor, 33 en contra y 4 abstenciones.", ("yes 70", "no 33", "abstain 4")),
        ("Ayes 219, noes 206.", ("yes 219", "no 206")),
        ("Acción Popular votó en contra: 0 a favor y 15 en contra.", ("yes 0", "no 15")),
        ("The bench voted against: 0 for and 15 against.", ("yes 0", "no 15")),
        ("The bench voted against: 0 votes for and 15 votes against.", ("yes 0", "no 15")),
        ("A favor: 70 En contra: 33 Abstenciones: 4 en la votación.", ("yes 70", "no 33", "abstain 4")),
        ("The bill passed, 277 votes to 141.", ("yes 277", "no 141")),
        ("Se aprobó por ciento dos votos a favor y ninguno en contra.", ("yes 102", "no 0")),
        ("It won one hundred and five votes in favor, with no abstentions.", ("yes 105", "abstain 0")),
        ("Votaron más de ochenta congresistas a favor.", ("yes ≥81",)),
        ("Más de ochenta congresistas votaron a favor.", ("yes ≥81",)),
        ("Fewer than 30 members voted against.", ("no ≤29",)),
        ("87 votes were needed; it got 84.", ("yes 84",)),
        ("A la moción le faltaron 3 votos para los 87 requeridos.", ("yes 84",)),
        ("La votación: 70—33—4.", ("yes 70", "no 33", "abstain 4")),
        ("The Senate voted 60-39, with all 58 Democrats in favor.", ("yes 60", "no 39")),
    ],
)
def test_counts(text: str, wanted: tuple[str, ...]) -> None:
    found = read(text).claims
    assert (counts(found[0]) if found else ()) == wanted


def test_two_figures_of_a_rejection_may_stand_either_way() -> None:
    assert not one("The bill was rejected by 55 votes to 45.").figures.ordered
    assert one("The bill was rejected, 45-55.").figures.ordered
    assert one("The bill was rejected, 45-55.").result is Result.REJECTED


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("el 18 de mayo de 2023", "2023-05-18"), ("el 18/5/2023", "2023-05-18"), ("on May 18, 2023", "2023-05-18"),
        ("on 18 May 2023", "2023-05-18"), ("el 2023-05-18", "2023-05-18"), ("el 18.05.2023", "2023-05-18"),
        ("ayer", "2023-05-19"), ("last Thursday", "2023-05-18"), ("el jueves", "2023-05-18"), ("hoy", "2023-05-20"),
        ("el 30 de mayo", "2022-05-30"), ("two days ago", "2023-05-18"),
    ],
)  # fmt: skip
def test_days(words: str, day: str) -> None:
    claim = one(f"The House passed it {words} by 70 to 33." if "day" in words or "May" in words else
                f"Se aprobó {words} por 70 votos a 33.", date(2023, 5, 20))  # fmt: skip
    assert [days.first.isoformat() for days in claim.days] == [day]


def test_a_relative_day_means_nothing_without_the_day_of_the_article() -> None:
    assert one("Se aprobó ayer por 70 votos a 33.").days == ()


def test_chambers() -> None:
    assert one("The House passed it 70-33.").body.legislatures == {"us_house"}
    assert one("El Congreso del Perú la aprobó por 70 votos a 33.").body.legislatures >= {"pe_congress"}
    assert one("El Senado de EE. UU. la aprobó por 70 votos a 33.").body.legislatures == {"us_senate"}
    assert one("El Senado uruguayo la aprobó por 20 votos a 10.").body.other == "Senado (uruguayo)"
    assert one("El Congreso aprobó por 70 votos a 33 el acuerdo con Chile.").body.other is None
    georgia = one("The Georgia House passed it 99-76.").body
    assert (georgia.legislatures, georgia.country) == (frozenset(), None), "a state, not the country"


def test_members_with_a_position() -> None:
    claim = one("Dávila y Quiroz votaron en contra; Susel Paredes se abstuvo.")
    assert [(said.name, said.position) for said in claim.members] == [
        ("Dávila", Position.NO), ("Quiroz", Position.NO), ("Susel Paredes", Position.ABSTAIN),
    ]  # fmt: skip


def test_numbers_of_bills_and_laws() -> None:
    claim = one("El proyecto 4766/2022-PE, que modifica la Ley 29158, se aprobó por 70 votos a 33.")
    assert [(number.kind, number.number) for number in claim.numbers] == [("bill", "04766/2022-PE"), ("law", "29158")]
    claim = one("H.R. 4365 passed 277-148.")
    assert [(number.kind, number.number) for number in claim.numbers] == [("bill", "H.R. 4365")]


def test_parts() -> None:
    assert Part.exactly(70).gap(71) == 1
    assert Part(81, 10_000).gap(70) == -11
    assert str(Part(0, 29)) == "≤29"


def test_no_word_belongs_to_two_groups_of_words_alike() -> None:
    groups: dict[str, set[str]] = {}
    for group in told("words")["alike"]:
        for word in group.split():
            groups.setdefault(stems.stem(word), set()).add(group)
    assert {cut: met for cut, met in groups.items() if len(met) > 1} == {}
