from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.peru.letters import Letters, tidy, word

LOWER = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("del voto a\n favor", "del voto a favor"),
        ("Lizarza-\nburu Lizarzaburu", "Lizarzaburu Lizarzaburu"),
        ("Guerra-\nGarcía Campos", "Guerra-García Campos"),
        ("absten- ción", "abstención"),
        ("31289 - 46802", "31289 - 46802"),
    ],
)
def test_a_text_is_set_on_one_line(text: str, wanted: str) -> None:
    assert tidy(text) == wanted


def test_letters_know_where_they_stand() -> None:
    letters = Letters("Del v0to, á favor")
    assert letters.flat == "delvotoafavor"
    assert letters.cut(3, 7) == "v0to, "
    assert [i for i in range(len(letters.flat)) if letters.begins(i)] == [0, 3, 7, 8]
    assert letters.cut(8, 99) == "favor"


def test_a_word_begins_at_a_capital_after_a_small_letter() -> None:
    letters = Letters("congresistasPaiva Luna")
    assert letters.begins(letters.flat.index("paiva"))
    assert not letters.begins(letters.flat.index("istas"))
    assert letters.small(0, 12)
    assert not letters.small(0, 14)
    assert not Letters("VOTO A FAVOR").small(0, 4)


@given(st.sampled_from(["favor", "abstencion", "congresist", "constancia"]), st.data())
def test_one_slip_does_not_hide_a_word(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(LOWER)
    ways = [text[:at] + letter + text[at + 1 :], text[:at] + text[at + 1 :]]
    ways += [text[:at] + letter + text[at:]] if at else []
    ways += [text[:at] + text[at + 1] + text[at] + text[at + 2 :]] if at + 1 < len(text) else []
    for way in ways:
        assert re.fullmatch(word(text), way), way
        assert re.search(word(text, 2), way), way


def test_strict_words_allow_look_alikes_only() -> None:
    assert re.fullmatch(word("primer", 0), Letters("prlrner").flat)
    assert not re.fullmatch(word("primer", 0), "prixer")
    assert not re.search(word("encontra"), "encuentra")
