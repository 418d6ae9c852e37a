from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.sources.peru import names, roster

DAY = date(2023, 5, 18)


def split(text: str) -> names.Names:
    return names.split(text, roster.register(), DAY)


def printed() -> list[str]:
    """The members of that day as minutes print them: siblings with a given name."""
    shared = ("Acuña Peralta", "Cordero Jon Tay")
    here = roster.register().on(DAY)
    return [
        f"{m.person.given.split()[-1 if m.person.surnames == 'Acuña Peralta' and 'Héctor' in m.person.given else 0]} "
        f"{m.person.surnames}" if m.person.surnames in shared else m.person.surnames
        for m in here
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(printed()), min_size=1, unique=True))
def test_a_list_comes_apart_into_the_names_it_was_made_of(chosen: list[str]) -> None:
    last = ("e " if chosen[-1].startswith("I") else "y ") + chosen[-1]
    text = ", ".join(chosen[:-1]) + f" {last}." if len(chosen) > 1 else f"{chosen[0]}."
    got = split(text)
    assert got.names == chosen
    assert got.doubts == []
    placed = roster.register().place(got.names, DAY)
    assert all(met.mandate is not None for met in placed.values())
    assert len({met.mandate.person.id for met in placed.values() if met.mandate}) == len(chosen)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ABCXYZÁÑabcxyzáñ ,;.-yeY0123456789«»\n", max_size=120))
def test_no_word_of_a_list_is_lost(text: str) -> None:
    got = split(text)
    kept = " ".join([*got.names, *got.doubts])
    for piece in names.pieces(text):
        assert piece[:60] in kept or repr(piece[:60])[1:-1] in kept or names._NOBODY.fullmatch(text.strip(" .:"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rivas, Chacara y Zeta Chunga.", ["Rivas Chacara", "Zeta Chunga"]),
        ("Alva Prieto Alva Rojas, Zeta Chunga", ["Alva Prieto", "Alva Rojas", "Zeta Chunga"]),
        ("Bustamante Donayre, Ernesto, Zeta Chunga", ["Bustamante Donayre Ernesto", "Zeta Chunga"]),
        ("Alva Rojas. Huamán Coronado y Julon Irigoin.", ["Alva Rojas", "Huamán Coronado", "Julon Irigoin"]),
        ("Jáuregui Martínez de Aguayo e Infantes Castañeda", ["Jáuregui Martínez de Aguayo", "Infantes Castañeda"]),
        ("Cordero Jon Tay Luis; Acuña Peralta María", ["Cordero Jon Tay Luis", "Acuña Peralta María"]),
        ("Nadie Conocido y Zeta Chunga", ["Nadie Conocido", "Zeta Chunga"]),
        ("Ninguno.", []),
    ],
)
def test_oddities(text: str, wanted: list[str]) -> None:
    assert split(text).names == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("MontalvoCubas,AlvaRojas y ZetaChunga", ["Montalvo Cubas", "Alva Rojas", "Zeta Chunga"]),
        ("Montalvo CubasyAlva RojasyZeta Chunga", ["Montalvo Cubas", "Alva Rojas", "Zeta Chunga"]),
        ("HuamanCoronado yLuna Galvez", ["Huaman Coronado", "Luna Galvez"]),
        ("M0ntalvo CubasA1va Rojas", ["M0ntalvo Cubas", "A1va Rojas"]),
        ("Cutipa Ccama YyElías Ávalos", ["Cutipa Ccama", "Elías Ávalos"]),
        ("Flores Ruizy Trigoso Reátegui", ["Flores Ruiz", "Trigoso Reátegui"]),
        ("ALVA ROJAS Y ZETA CHUNGA", ["ALVA ROJAS", "ZETA CHUNGA"]),
        ("ALVAROJASYZETACHUNGA", ["ALVAROJAS", "ZETACHUNGA"]),
        ("Elías ´valos", ["Elías ´valos"]),
    ],
)
def test_blanks_that_were_lost(text: str, wanted: list[str]) -> None:
    got = split(text)
    assert got.names == wanted
    assert got.doubts == []


def test_what_could_be_cut_in_two_ways_stays_whole() -> None:
    assert split("Acuña Peralta María Cordero Jon Tay").names == ["Acuña Peralta María Cordero Jon Tay"]
    assert split("NadieConocido").names == ["NadieConocido"]


def test_small_letters_are_no_name() -> None:
    assert split("Zeta Chunga, del cambiao").names == ["Zeta Chunga"]
    assert "del cambiao" in split("Zeta Chunga, del cambiao").doubts[0]


def test_what_cannot_be_a_name_is_a_doubt() -> None:
    got = split("Zeta Chunga, fue aprobada la moción por 6 votos y Luna Gálvez")
    assert got.names == ["Zeta Chunga", "Luna Gálvez"]
    assert "fue aprobada la moción" in got.doubts[0]


def test_mending_is_noted() -> None:
    assert split("Rivas, Chacara").notes == ["Rivas, Chacara: read as one name"]
    assert split("Alva Prieto Alva Rojas").notes == ["Alva Prieto Alva Rojas: read as Alva Prieto and Alva Rojas"]
