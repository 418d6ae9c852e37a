"""Can a reporter paste the sentence without correcting it?"""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.spelled import Language
from tracker.domain.votes import Position, Spoken, Tally
from tracker.domain.wording import Told, headline, sentence, short

YES, NO, ABSTAIN, ABSENT = Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST


def voices(yes: int = 0, no: int = 0, abstain: int = 0) -> tuple[Spoken, ...]:
    """So many votes put on record aloud."""
    sides = [YES] * yes + [NO] * no + [ABSTAIN] * abstain
    return tuple(Spoken(f"{side} {n}", ABSENT, side, "nota") for n, side in enumerate(sides))


def change(was: Position, now: Position, name: str = "María") -> Spoken:
    return Spoken(name, was, now, "cambio de voto", declared=was)


SITTING = date(2023, 5, 18)
EN = "The vote in Peru's Congress at the sitting of May 18, 2023, was "
ES = "En la votación del Congreso del Perú en la sesión del 18 de mayo de 2023 hubo "


CALLED: dict[Language, str] = {"en": "Peru's Congress", "es": "el Congreso del Perú"}


def told(
    final: Tally, board: Tally | None, spoken: tuple[Spoken, ...], language: Language, *, abstention: bool = True,
    provisional: bool = False,
) -> Told:  # fmt: skip
    """A count of the sitting, to be put into words."""
    return Told(
        language=language, chamber=CALLED[language], sitting=SITTING, final=final, board=board, spoken=spoken,
        abstention=abstention, provisional=provisional,
    )  # fmt: skip


def both(final: Tally, board: Tally | None, spoken: tuple[Spoken, ...], *, abstention: bool = True) -> tuple[str, str]:
    return (
        sentence(told(final, board, spoken, "en", abstention=abstention)),
        sentence(told(final, board, spoken, "es", abstention=abstention)),
    )


class TestTheVoteThatStartedIt:
    def test_in_english(self) -> None:
        assert both(Tally(70, 33, 4), Tally(69, 31, 4), voices(1, 2))[0] == (
            f"{EN}70-33, with four abstentions, including one yes vote and two no votes recorded by voice "
            "after the electronic count (69-31-4)."
        )

    def test_in_spanish(self) -> None:
        assert both(Tally(70, 33, 4), Tally(69, 31, 4), voices(1, 2))[1] == (
            f"{ES}70 votos a favor, 33 en contra y 4 abstenciones, incluidos un voto a favor y dos votos en contra "
            "registrados de viva voz tras el conteo electrónico (69–31–4)."
        )

    def test_a_provisional_record_is_called_one(self) -> None:
        expected: tuple[tuple[Language, str], ...] = (
            ("en", "according to the provisional record"),
            ("es", "según el registro provisional"),
        )
        for language, words in expected:
            text = sentence(told(Tally(69, 31, 4), None, (), language, provisional=True))
            assert text.endswith(f", {words}.")


class TestShort:
    """A clause for a sentence of one's own."""

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", "70-33, with four abstentions (69-31-4 before votes by voice)"),
            ("es", "70 votos a favor, 33 en contra y 4 abstenciones (69–31–4 antes de los votos de viva voz)"),
        ],
    )
    def test_the_vote_that_started_it(self, language: Language, words: str) -> None:
        assert short(told(Tally(70, 33, 4), Tally(69, 31, 4), voices(1, 2), language)) == words

    def test_without_a_board_it_is_the_count(self) -> None:
        assert short(told(Tally(277, 148), None, (), "en", abstention=False)) == "277-148"

    def test_what_does_not_come_out_is_the_board_s(self) -> None:
        assert short(told(Tally(70, 33, 4), Tally(69, 31, 4), (), "en")).endswith("(69-31-4 on the board)")

    def test_a_tie_broken(self) -> None:
        vice = (Spoken("Vice President of the United States", None, YES, "Yea"),)
        words = short(told(Tally(51, 50), Tally(50, 50), vice, "en", abstention=False))
        assert words == "51-50 (the presiding officer broke the tie)"

    def test_provisional_is_said(self) -> None:
        assert short(told(Tally(69, 31, 4), None, (), "es", provisional=True)).endswith("(registro provisional)")


class TestHeadline:
    """Over a story: it says how the chamber voted on what, never that something passed."""

    SUBJECT = "Autorizar el ingreso de personal militar"

    def test_the_vote_that_started_it(self) -> None:
        lines = [
            headline(told(Tally(70, 33, 4), Tally(69, 31, 4), voices(1, 2), language), self.SUBJECT)
            for language in CALLED
        ]
        assert lines == [
            f"Peru's Congress votes 70-33, with 4 abstentions, counting voice votes: {self.SUBJECT}",
            f"El Congreso del Perú vota 70 a 33, con 4 abstenciones, contando los votos de viva voz: {self.SUBJECT}",
        ]

    def test_the_board_s_own_count_counts_no_voices(self) -> None:
        assert "voice" not in headline(told(Tally(69, 31), Tally(69, 31), (), "en"), "x")
        assert headline(told(Tally(69, 31), None, (), "en", provisional=True), "x") == (
            "Peru's Congress votes 69-31 (provisional): x"
        )

    def test_a_long_subject_is_cut_at_a_word(self) -> None:
        line = headline(told(Tally(70, 33, 4), None, (), "es"), "palabra " * 60)
        assert len(line) <= 140
        assert line.endswith("palabra…")

    def test_a_call_of_the_roll_and_an_election(self) -> None:
        assert headline(told(Tally(present=399), None, (), "en"), "x") == "Peru's Congress counts 399 members present"
        election = Tally(candidates=(("Jeffries", 212), ("McCarthy", 216)))
        assert headline(told(election, None, (), "es"), "x") == (
            "El Congreso del Perú vota: 216 votos para McCarthy y 212 para Jeffries"
        )


def test_from_a_thousand_on_figures_are_told_with_to() -> None:
    assert f"{EN}1,020 to 990." == both(Tally(1020, 990), None, (), abstention=False)[0]


class TestTally:
    @pytest.mark.parametrize(
        ("tally", "english", "spanish"),
        [
            (Tally(1, 0, 1), f"{EN}1-0, with one abstention.", f"{ES}1 voto a favor, 0 en contra y 1 abstención."),
            (
                Tally(2, 1),
                f"{EN}2-1, with no abstentions.",
                f"{ES}2 votos a favor, 1 en contra y ninguna abstención.",
            ),
            (
                Tally(0, 5, 9),
                f"{EN}0-5, with nine abstentions.",
                f"{ES}0 votos a favor, 5 en contra y 9 abstenciones.",
            ),
            (
                Tally(9, 9, 10),
                f"{EN}9-9, with 10 abstentions.",
                f"{ES}9 votos a favor, 9 en contra y 10 abstenciones.",
            ),
        ],
    )
    def test_one_and_many(self, tally: Tally, english: str, spanish: str) -> None:
        assert both(tally, None, ()) == (english, spanish)

    def test_a_chamber_without_abstentions(self) -> None:
        assert both(Tally(277, 141), Tally(277, 141), (), abstention=False) == (
            f"{EN}277-141.",
            f"{ES}277 votos a favor y 141 en contra.",
        )

    def test_members_voting_present_are_told(self) -> None:
        assert both(Tally(217, 213, present=2), None, (), abstention=False) == (
            f"{EN}217-213, with two voting present.",
            f"{ES}217 votos a favor, 213 en contra y 2 votos «presente».",
        )

    def test_an_abstention_is_told_even_where_none_is_known(self) -> None:
        assert both(Tally(50, 49, 1), None, (), abstention=False)[0] == f"{EN}50-49, with one abstention."

    def test_a_quorum_call(self) -> None:
        assert both(Tally(present=399, not_cast=36), None, (), abstention=False) == (
            "The roll call in Peru's Congress at the sitting of May 18, 2023, found 399 members present.",
            "Al pasar lista en el Congreso del Perú en la sesión del 18 de mayo de 2023 hubo 399 miembros presentes.",
        )
        assert (
            both(Tally(present=1), None, ())[1]
            == "Al pasar lista en el Congreso del Perú en la sesión del 18 de mayo de 2023 hubo 1 miembro presente."
        )

    def test_an_election_by_name(self) -> None:
        tally = Tally(present=6, candidates=(("Jeffries", 212), ("McCarthy", 216)))
        assert both(tally, tally, (), abstention=False) == (
            f"{EN}216 for McCarthy, 212 for Jeffries and 6 voting present.",
            f"{ES}216 votos para McCarthy, 212 para Jeffries y 6 «presente».",
        )

    def test_an_election_with_many_names(self) -> None:
        tally = Tally(candidates=(("A", 200), ("B", 20), ("C", 6), ("D", 2), ("E", 1), ("F", 1)))
        assert both(tally, None, ())[0] == f"{EN}200 for A, 20 for B, 6 for C, 2 for D and 2 for others."
        assert both(Tally(candidates=(("Pelosi", 1),)), None, ())[0] == f"{EN}1 for Pelosi."


class TestVoices:
    @pytest.mark.parametrize(
        ("board", "spoken", "english", "spanish"),
        [
            ("69–31–4", voices(1), "one yes vote recorded by voice", "incluido un voto a favor registrado de viva voz"),
            (
                "69–31–4",
                voices(0, 2),
                "two no votes recorded by voice",
                "incluidos dos votos en contra registrados de viva voz",
            ),
            (
                "69–31–4",
                voices(0, 0, 1),
                "one abstention recorded by voice",
                "incluida una abstención registrada de viva voz",
            ),
            (
                "69–31–4",
                voices(0, 0, 2),
                "two abstentions recorded by voice",
                "incluidas dos abstenciones registradas de viva voz",
            ),
            (
                "77–0–0",
                voices(30),
                "30 yes votes recorded by voice",
                "incluidos 30 votos a favor registrados de viva voz",
            ),
            (
                "44–66–2",
                voices(1, 2, 1),
                "one yes vote, two no votes and one abstention recorded by voice",
                "incluidos un voto a favor, dos votos en contra y una abstención registrados de viva voz",
            ),
            (
                "102–0–3",
                (*voices(1), change(ABSTAIN, YES)),
                "one yes vote recorded by voice and one vote changed from abstention to yes",
                "incluidos un voto a favor registrado de viva voz y un cambio de voto de abstención por voto a favor",
            ),
            (
                "31–64–3",
                (change(YES, NO),),
                "one vote changed from yes to no",
                "incluido un cambio de voto de a favor por voto en contra",
            ),
            (
                "20–20–3",
                (change(NO, ABSTAIN), change(NO, ABSTAIN, "Luis")),
                "two votes changed from no to abstention",
                "incluidos dos cambios de voto de en contra por abstención",
            ),
        ],
    )
    def test_additions_and_changes_are_told_apart(
        self, board: str, spoken: tuple[Spoken, ...], english: str, spanish: str
    ) -> None:
        before = Tally.parse(board)
        final = before
        for said in spoken:
            final = final.move(None if said.was is ABSENT else said.was, said.now)
        in_english, in_spanish = both(final, before, spoken)
        assert in_english.endswith(f", including {english} after the electronic count ({board.replace('–', '-')}).")
        assert in_spanish.endswith(f", {spanish} tras el conteo electrónico ({board}).")

    def test_the_presiding_officer_breaks_a_tie(self) -> None:
        vice = (Spoken("Vice President of the United States", None, YES, "Yea"),)
        assert both(Tally(51, 50), Tally(50, 50), vice, abstention=False) == (
            f"{EN}51-50, with the tie-breaking vote of the presiding officer (50-50 before it).",
            f"{ES}51 votos a favor y 50 en contra, con el voto dirimente de quien presidía (antes de ese voto, 50–50).",
        )

    def test_a_voice_that_decides_a_tie_of_peru_is_a_voice(self) -> None:
        """22 June 2023, 22:15: 59–59–1 becomes 60–59–1 by a member's voice, not by a casting vote."""
        assert "one yes vote recorded by voice" in both(Tally(60, 59, 1), Tally(59, 59, 1), voices(1))[0]

    def test_outside_electronic_chambers_the_count_is_a_count(self) -> None:
        assert both(Tally(52, 48), Tally(51, 48), voices(1), abstention=False)[0].endswith("after the count (51-48).")

    def test_what_was_not_counted_is_not_told(self) -> None:
        out = Spoken("Chirinos", ABSENT, YES, "no se considerará", counts=False)
        already = Spoken("Soto", NO, YES, "a favor")
        told = both(Tally(70, 33, 4), Tally(69, 33, 4), (*voices(1), out, already))[0]
        assert "including one yes vote recorded by voice" in told
        assert both(Tally(69, 33, 4), Tally(69, 33, 4), (out, already))[0] == f"{EN}69-33, with four abstentions."

    def test_one_named_twice_is_told_once(self) -> None:
        assert "including one yes vote recorded" in both(Tally(70, 31, 4), Tally(69, 31, 4), voices(1) * 2)[0]

    @pytest.mark.parametrize(
        "spoken",
        [
            (),
            voices(3),
            (change(ABSTAIN, NO),),
            (Spoken("yes 0", ABSENT, YES, "q"), Spoken("yes 0", ABSENT, NO, "q")),
            (change(YES, ABSENT),),
        ],
    )
    def test_a_sum_that_does_not_come_out_is_not_claimed(self, spoken: tuple[Spoken, ...]) -> None:
        assert both(Tally(70, 33, 4), Tally(69, 31, 4), spoken) == (
            f"{EN}70-33, with four abstentions (the board showed 69-31-4).",
            f"{ES}70 votos a favor, 33 en contra y 4 abstenciones (el tablero marcó 69–31–4).",
        )

    def test_more_changes_than_the_board_holds_are_not_told(self) -> None:
        assert "(the board showed 0-1-0)" in both(Tally(1, 1), Tally(0, 1), (change(YES, NO),))[0]


SPOKEN = st.lists(
    st.builds(
        Spoken,
        st.sampled_from("ABCDEFGH"),
        st.none() | st.sampled_from([YES, NO, ABSTAIN, ABSENT]),
        st.sampled_from([YES, NO, ABSTAIN]),
        st.just("q"),
        st.booleans(),
        st.none() | st.sampled_from([YES, NO, ABSTAIN]),
    ),
    max_size=6,
).map(tuple)
FEW = st.integers(0, 12)
TALLIES = st.builds(Tally, FEW, FEW, FEW, st.integers(0, 2)) | st.builds(
    Tally, candidates=st.dictionaries(st.sampled_from("ABCDEF"), FEW, min_size=1).map(lambda d: tuple(d.items()))
)
WRONG = re.compile(
    r"\b1 (votes|votos|abstentions|abstenciones|members|miembros)\b|\bone (votes|yes votes|no votes|abstentions)\b"
    r"|\bun votos|\buna abstenciones|\b(?!1\b)\d+ (vote|voto|member|abstención)\b|  | ,|\(\)|,,|\.\.|None|Position"
)


@given(TALLIES, st.none() | TALLIES, SPOKEN, st.sampled_from(["en", "es"]), st.booleans())
def test_grammar_and_figures(
    final: Tally, board: Tally | None, spoken: tuple[Spoken, ...], language: Language, abstention: bool
) -> None:
    said = told(final, board, spoken, language, abstention=abstention)
    text = sentence(said)
    assert not WRONG.search(text), text
    assert text.endswith(".")
    for line in (text, short(said), headline(said, "the subject")):
        assert not WRONG.search(line), line
        assert line.count("(") == line.count(")")
    if final.cast and not final.candidates:
        assert (f"{final.yes}-{final.no}" if language == "en" else f"{final.yes} vot") in text
        assert str(final.no) in text
        assert final.abstain == 0 or "abst" in text
    if board is not None and not final.candidates and not board.candidates:
        shown = board.text(abstention=abstention)
        apart = shown if language == "es" else shown.replace("–", "-")
        assert (apart in text.partition("(")[2]) == (not board.same_cast(final))


@given(st.builds(Tally, FEW, FEW, FEW), st.tuples(FEW, FEW, FEW))
def test_the_voices_told_are_those_that_were_added(board: Tally, added: tuple[int, int, int]) -> None:
    final = board + Tally(*added)
    text = both(final, board, voices(*added))[0]
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "10", "11", "12"]
    told = text.partition("including")[2]
    for count, thing in zip(added, ("yes vote", "no vote", "abstention"), strict=True):
        assert (f"{words[count]} {thing}" in told) == (count > 0)


def test_a_verdict_is_said_in_its_own_words() -> None:
    words = {"chamber": "the Senate", "sitting": SITTING, "final": Tally(57, 43, 0), "abstention": False}
    asked = ("Guilty", "Not Guilty")
    english = Told(language="en", verdicts=asked, **words)
    spanish = Told(language="es", verdicts=asked, **words)
    assert sentence(english).endswith("was 57-43 (57 “Guilty,” 43 “Not Guilty”).")
    assert sentence(spanish).endswith("hubo 57 votos a favor (por «culpable») y 43 en contra (por «no culpable»).")
