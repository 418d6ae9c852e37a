"""What the notes under a sheet put on record: heard whole, or said not to be."""

from __future__ import annotations

import random
import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.people import Mandate, Person, Register, bare
from tracker.domain.votes import Position
from tracker.sources.peru import roster
from tracker.sources.peru.ledger import Heard, hear

YES, NO, ABSTAIN, OUT = Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST
DAY = date(2023, 5, 18)
CHAIR = "WILLIAMS ZAPATA, JOSÉ DANIEL"
PRESIDENT = "El congresista Williams Zapata, presidente del Congreso, deja constancia"
FOOT = (
    "*** En este reporte de votación no se considera al congresista que ejerce la presidencia.  31289 - 46802 - 07844"
)


def said(*texts: str, chair: str | None = CHAIR, day: date = DAY) -> Heard:
    return hear(texts, chair=chair, names=roster.register(), day=day)


def spoken(heard: Heard) -> list[tuple[str, Position]]:
    return [(one.name, one.now) for one in heard.spoken]


def test_the_note_it_began_with() -> None:
    heard = said(
        "El presidente del Congreso deja constancia del voto a favor de los congresistas Flores Ruíz; y del voto en "
        "contra de los congresistas Taipe Coronado y Portalatino Ávalos.\n" + FOOT
    )
    assert spoken(heard) == [("Flores Ruíz", YES), ("Taipe Coronado", NO), ("Portalatino Ávalos", NO)]
    assert [one.quote for one in heard.spoken[:2]] == [
        "del voto a favor de los congresistas Flores Ruíz",
        "del voto en contra de los congresistas Taipe Coronado y Portalatino Ávalos.",
    ]
    assert (heard.whole, heard.doubts, heard.remarks, heard.voided, heard.present) == (True, (), (), False, ())


class TestTheChairsOwn:
    def test_it_is_the_vote_of_the_speaker_named(self) -> None:
        heard = said(
            f"{PRESIDENT} de su voto a favor; así como del voto a favor del congresista Martínez Talavera.", chair=None
        )
        assert spoken(heard) == [("Williams Zapata", YES), ("Martínez Talavera", YES)]
        assert heard.whole

    def test_a_speaker_who_is_not_the_chair_of_the_head_is_remarked(self) -> None:
        """2023-09-20T20-00: the head has the first vice-president, the note and the minutes the president."""
        heard = said(f"{PRESIDENT} de su voto a favor.", chair="MOYANO DELGADO, MARTHA LUPE")
        assert spoken(heard) == [("Williams Zapata", YES)]
        assert "MOYANO DELGADO" in heard.remarks[0]
        assert heard.whole

    def test_the_head_answers_where_the_note_names_nobody(self) -> None:
        text = "La primera vicepresidenta, en ejercicio de la presidencia, deja constancia de su voto en contra."
        assert spoken(said(text, chair="MOYANO DELGADO, MARTHA LUPE")) == [("MOYANO DELGADO, MARTHA LUPE", NO)]
        nobody = said(text, chair=None)
        assert (nobody.spoken, nobody.whole) == ((), False)

    def test_the_president_is_known_by_office_on_the_day(self) -> None:
        heard = said("El presidente del Congreso deja constancia de su abstención.", chair=None)
        assert spoken(heard) == [("Williams Zapata", ABSTAIN)]
        assert heard.remarks

    def test_president_and_head_that_differ_leave_it_open(self) -> None:
        heard = said(
            "El presidente del Congreso deja constancia de su voto a favor.", chair="MOYANO DELGADO, MARTHA LUPE"
        )
        assert (heard.spoken, heard.whole) == ((), False)

    def test_su_voto_before_other_names_is_a_doubt_and_the_names_count(self) -> None:
        """2023-09-21T12-39: the page lost "a favor, así como del voto"."""
        heard = said(
            "El congresista Guerra García Campos, primer vicepresidente del ongreso, en ejercicio de la presidencia, "
            "deja constancia de su voto en contra de los congresistas Cerrón Rojas, Limachi Quispe y Rivas Chacara."
        )
        assert [now for _, now in spoken(heard)] == [NO, NO, NO]
        assert "chair's own" in heard.doubts[0]
        assert heard.whole

    def test_several_may_speak_for_themselves(self) -> None:
        heard = said("Los congresistas Alva Rojas y Luna Gálvez dejan constancia de sus votos a favor.")
        assert spoken(heard) == [("Alva Rojas", YES), ("Luna Gálvez", YES)]
        verbal = said(
            "Después de cerrada la votación electrónica, dejan constancia verbal de sus votos a favor los congresistas "
            "Alva Rojas y Luna Gálvez; y de su abstención la congresista Portero López.",
            day=date(2021, 10, 28),
        )
        assert spoken(verbal) == [("Alva Rojas", YES), ("Luna Gálvez", YES), ("Portero López", ABSTAIN)]
        assert all(one.counts for one in verbal.spoken), "28 October 2021: those asked by name are counted"


class TestLists:
    @pytest.mark.parametrize(
        ("names", "wanted"),
        [
            ("de los congresistas Rivas, Chacara y Zeta Chunga", ["Rivas Chacara", "Zeta Chunga"]),
            ("de Acuña Peralta Héctor y María Cordero Jon Tay", ["Acuña Peralta Héctor", "María Cordero Jon Tay"]),
            ("de la congresista Echaíz de Núñez Izaga", ["Echaíz de Núñez Izaga"]),
            ("de MontalvoCubas,AlvaRojas yZetaChunga", ["Montalvo Cubas", "Alva Rojas", "Zeta Chunga"]),
            ("de la congresista JáureguiMartínez deAguayo", ["Jáuregui Martínez de Aguayo"]),
            ("de Montalvo Cubas Alva Rojasy Zeta Chunga", ["Montalvo Cubas", "Alva Rojas", "Zeta Chunga"]),
            ("de los congresistas Cavero Alavay Gutiérrez Ticona", ["Cavero Alava", "Gutiérrez Ticona"]),
            ("de las congresistas Zeta Chunga y del congresista Luna Gálvez", ["Zeta Chunga", "Luna Gálvez"]),
            ("de Alva Rojas. Cerrón Rojas; Luna Gálvez", ["Alva Rojas", "Cerrón Rojas", "Luna Gálvez"]),
            ("de la congresista Ernesto Bustamante", ["Ernesto Bustamante"]),
        ],
    )  # fmt: skip
    def test_names(self, names: str, wanted: list[str]) -> None:
        heard = said(f"{PRESIDENT} del voto a favor {names}.")
        assert [name for name, _ in spoken(heard)] == wanted
        assert heard.whole, heard.doubts

    @pytest.mark.parametrize(
        "names",
        [
            "Alva Rojas, STATES y Luna Gálvez",
            "Alva Rojas y 0x_3 Gálvez",
            "Alva Rojas, fue aprobada la moción",
            "Alva Rojas, DÁVILA y Luna Gálvez",
        ],
    )
    def test_what_is_no_name_leaves_the_tally_open(self, names: str) -> None:
        heard = said(f"{PRESIDENT} del voto a favor de los congresistas {names}.")
        assert ("Alva Rojas", YES) in spoken(heard)
        assert not heard.whole

    def test_a_list_that_could_be_cut_two_ways_is_not_cut(self) -> None:
        heard = said(f"{PRESIDENT} del voto a favor de los congresistas Acuña PeraltaMaríaCordero Jon Tay.")
        assert [name for name, _ in spoken(heard)] == ["Acuña Peralta María Cordero Jon Tay"]


class TestRepeats:
    NOTE = f"{PRESIDENT} del voto a favor de los congresistas Alva Rojas y Luna Gálvez."

    def test_a_note_printed_twice_is_one(self) -> None:
        assert spoken(said(self.NOTE, self.NOTE)) == spoken(said(f"{self.NOTE} {self.NOTE}")) == spoken(said(self.NOTE))
        assert said(self.NOTE, self.NOTE.replace("Luna", "luna")).whole

    def test_a_member_named_twice_one_way_is_one_statement(self) -> None:
        heard = said(self.NOTE, f"{PRESIDENT} del voto a favor del congresista LunaGálvez.")
        assert spoken(heard) == [("Alva Rojas", YES), ("Luna Gálvez", YES)]
        assert heard.whole

    def test_two_ways_are_a_doubt(self) -> None:
        """2021-10-28T18-10, Paredes Gonzales; 2021-10-28T20-36, Pariona Sinche."""
        heard = said(f"{self.NOTE[:-1]}; y del voto en contra de la congresista Luna Gálvez.")
        assert spoken(heard)[1:] == [("Luna Gálvez", YES), ("Luna Gálvez", NO)]
        assert "for yes and for no" in heard.doubts[0]

    def test_a_change_of_what_was_just_put_on_record_is_none(self) -> None:
        heard = said(f"{self.NOTE[:-1]}; y del cambio de voto de a favor por en contra de la congresista Luna Gálvez.")
        assert [(one.now, one.declared) for one in heard.spoken] == [(YES, None), (YES, None), (NO, YES)]
        assert heard.doubts == ()

    def test_a_shared_name_twice_may_be_two_people(self) -> None:
        assert not said(f"{PRESIDENT} del voto a favor de los congresistas Acuña Peralta y Acuña Peralta.").whole


class TestWhatIsNotUnderstood:
    @pytest.mark.parametrize(
        "text",
        [
            f"{PRESIDENT} del voto de los congresistas Espinoza Vargas y Picón Quedo.",
            f"{PRESIDENT} del v_t_ _ f_v_r de los congresistas Alva Rojas; y del voto en contra de Luna Gálvez.",
            f"{PRESIDENT} del voto a favor de los congresistas Alva Rojas; y d_l v_t_ _n c_ntr_ de Zeta Chunga.",
            "El presidente del Congreso no deja constancia del voto a favor de la congresista Zeta Chunga.",
            "El presidente del Congreso precisa que donde dice a favor debe decir en contra.",
            "El presidente precisa que el voto de la congresista Zeta Chunga es en contra.",
            "El voto de la congresista Zeta Chunga no se considera.",
            "Se anunciaron 115 votos a favor, habiéndose registrado 120.",
            "Queda sin efecto la votación anterior.",
            "Zeta Chunga y Luna Gálvez",
            "E1 pr_s_d_nt_ dxl Cxngrxsx dxjx cxnstxncix dxl vxtx x fxvxr dx lx cxngrxsistx Zxtx Chxngx de Lima.",
            "x" * 7000,
        ],
    )
    def test_it_is_quoted_and_leaves_the_tally_open(self, text: str) -> None:
        heard = said(text)
        assert not heard.whole
        quoted = " ".join(heard.doubts)
        assert any(word in quoted for word in text[-40:].split() if len(word) > 3) or text[:40] in quoted

    @pytest.mark.parametrize("end", [", ", "; y ", " y del voto", ""])
    def test_a_note_that_breaks_off(self, end: str) -> None:
        heard = said(f"{PRESIDENT} del voto a favor de los congresistas Alva Rojas, Luna Gálvez{end}")
        assert not heard.whole
        assert any("break off" in doubt or "without" in doubt for doubt in heard.doubts)

    def test_a_missing_full_stop_alone_is_nothing(self) -> None:
        assert said(f"{PRESIDENT} del voto a favor de los congresistas Alva Rojas y Luna Gálvez").whole
        assert said(f"{PRESIDENT} del voto a favor de la congresista Zeta Chunga").whole

    @pytest.mark.parametrize(
        "text",
        [
            "El asunto se encuentra incompleto.",
            "En el PDF aparece que hay 9 ausentes; sin embargo hay 8",
            "(OP) Congresista faltante: DÍAZ MONAGO, FREDDY RONALD",
            "V°B° SANTILLÁN MÉNDEZ",
            FOOT,
            "",
            " \n",
        ],
    )
    def test_what_is_no_note_changes_nothing(self, text: str) -> None:
        heard = said(text)
        assert (heard.spoken, heard.doubts, heard.whole) == ((), (), True)


def test_a_vote_taken_out_of_the_count() -> None:
    heard = said(
        "LA SEÑORA CONGRESISTA CAMONES SORIANO, PRIMERA VICEPRESIDENTA DEL CONGRESO, EN EJERCICIO DE LA PRESIDENCIA, "
        "PRECISA QUE NO SE CONSIDERARÁ EL VOTO DE LA CONGRESISTA CHIRINOS VENEGAS POR SER MIEMBRO DE LA COMISIÓN "
        "PERMANENTE",
        day=date(2022, 4, 27),
    )
    assert spoken(heard) == [("CHIRINOS VENEGAS", OUT)]
    assert heard.whole


def test_a_void_vote() -> None:
    heard = said("La presente votación queda sin efecto.", FOOT)
    assert (heard.voided, heard.whole, heard.spoken) == (True, True, ())


class TestAttendance:
    def test_who_was_there(self) -> None:
        heard = said(
            "El congresista Cavero Alva, tercer vicepresidente del Congreso, en ejercicio de la Presidencia, deja "
            "constancia de la asistencia de los congresistas Martinez Talavera, Paredes Gonzales y Alva Rojas."
        )
        assert heard.present == ("Martinez Talavera", "Paredes Gonzales", "Alva Rojas")
        assert (heard.spoken, heard.doubts) == ((), ())

    def test_a_note_may_hold_both(self) -> None:
        heard = said(f"{PRESIDENT} de la asistencia del congresista Alva Rojas; y del voto a favor de Zeta Chunga.")
        assert heard.present == ("Alva Rojas",)
        assert spoken(heard) == [("Zeta Chunga", YES)]
        assert heard.whole
        both = said(f"{PRESIDENT} de la asistencia y del voto a favor de la congresista Zeta Chunga.")
        assert (spoken(both), both.whole) == ([("Zeta Chunga", YES)], True)

    def test_without_a_word_of_what_it_is_about(self) -> None:
        """2023-09-21T12-35: "deja constancia de los congresistas Salhuana Cavides …"."""
        assert not said(f"{PRESIDENT} de los congresistas Salhuana Cavides y Picón Quedo.").whole


def member(surnames: str, given_names: str) -> Mandate:
    name = f"{surnames}, {given_names}"
    return Mandate(Person(bare(name), name, surnames, given_names), date(2026, 7, 27))


def test_the_words_of_two_chambers() -> None:
    register = Register(
        [member("Alvarón De La Cruz", "Ana"), member("Reto Otero", "José"), member("Torres Morales", "M")]
    )

    def heard(text: str) -> list[tuple[str, Position]]:
        got = hear([text], chair="Reto Otero, José", names=register, day=date(2026, 10, 6))
        assert got.whole, got.doubts
        return spoken(got)

    assert heard(
        "El diputado Reto Otero, presidente de la Cámara de Diputados, deja constancia del voto en abstención del "
        "diputado Alvarón De la Cruz."
    ) == [("Alvarón De la Cruz", ABSTAIN)]
    assert heard("El senador Torres Morales, presidente del Senado, deja constancia de que su voto es a favor.") == [
        ("Torres Morales", YES)
    ]
    assert heard(
        "La senadora Torres Morales, presidenta del Senado, deja constancia de la votación a favor del los senadores "
        "Alvarón De la Cruz y Reto Otero."
    ) == [("Alvarón De la Cruz", YES), ("Reto Otero", YES)]


Made = tuple[str, list[tuple[str, Position, Position | None]]]
PLAIN = {YES: "a favor", NO: "en contra", ABSTAIN: "en abstención"}
MEMBERS = sorted(
    {m.person.surnames for m in roster.register().on(DAY)} - {"Acuña Peralta", "Cordero Jon Tay", "Williams Zapata"}
)


@st.composite
def made_notes(draw: st.DrawFn) -> Made:
    """A note made from the grammar, and what it says."""
    chosen = draw(st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=12, unique=True))
    clauses, says = [], []
    while chosen:
        taken, chosen = chosen[: (n := draw(st.integers(1, 5)))], chosen[n:]
        now = draw(st.sampled_from(list(PLAIN)))
        was = draw(st.none() | st.sampled_from([way for way in PLAIN if way is not now]))
        names = (
            taken[0]
            if len(taken) == 1
            else f"{', '.join(taken[:-1])} {'e' if taken[-1][0] == 'I' else 'y'} {taken[-1]}"
        )
        noun = draw(
            st.sampled_from(["del congresista", "de la congresista"] if len(taken) == 1 else ["de los congresistas"])
        )
        way = PLAIN[now] if was is None else f"{draw(st.sampled_from(['de ', '']))}{PLAIN[was]} por voto {PLAIN[now]}"
        clauses.append(f"{'del voto' if was is None else 'del cambio de voto'} {way} {noun} {names}")
        says += [(name, now, was) for name in taken]
    between = draw(st.sampled_from(["; ", ", ", "; así como ", "; y "]))
    text = (
        between.join(clauses[:-1]) + draw(st.sampled_from(["; y ", ", y "])) + clauses[-1]
        if clauses[1:]
        else clauses[0]
    )
    return f"{PRESIDENT} {text}.", says


def heard_of(heard: Heard) -> list[tuple[str, Position, Position | None]]:
    return [(bare(one.name), one.now, one.declared) for one in heard.spoken]


def bared(says: list[tuple[str, Position, Position | None]]) -> list[tuple[str, Position, Position | None]]:
    return [(bare(name), now, was) for name, now, was in says]


@settings(max_examples=60, deadline=None)
@given(made_notes())
def test_a_note_is_read_back_to_what_it_was_made_from(
    made: tuple[str, list[tuple[str, Position, Position | None]]],
) -> None:
    text, says = made
    heard = said(text)
    assert heard_of(heard) == bared(says)
    assert (heard.whole, heard.doubts) == (True, ())


@settings(max_examples=60, deadline=None)
@given(made_notes(), st.randoms(use_true_random=False))
def test_lost_spaces_and_accents_change_nothing(made: Made, chance: random.Random) -> None:
    text, says = made
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    glued = "".join(c for c in plain if c != " " or chance.random() > 0.3)
    heard = said(glued)
    assert heard_of(heard) == bared(says)
    assert heard.whole


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200) | st.from_regex(re.compile(r"[Ee]l (congresista|voto a favor|\w{0,9}){1,8}", re.ASCII)))
def test_any_text_can_be_heard(text: str) -> None:
    heard = said(text)
    assert heard.whole or heard.doubts
