"""Are the words read from pages kept as they were read, and is damage to them told and never handed out?"""

from __future__ import annotations

import gzip
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from object_storage import FolderHand, Hand

from tracker.archive import words
from tracker.archive.store import Missing, State
from tracker.domain.evidence import Page, Word

KEY = "0123456789abcdef"
PAGES = (
    Page(1, (Word("ACUÑA PERALTA", (0.1, 0.2, 0.3, 0.25), 0.9876, (0, 3, 1)), Word("***", (0.4, 0.2, 0.5, 0.25), 0.5))),
    Page(2, (), turned=180),
    Page(3, (Word("Sesión", (0.0, 0.0, 1.0, 1.0)),), "Sesión del 18 de mayo"),
)

shares = st.floats(0, 1).map(lambda share: round(share, 5))
boxes = st.tuples(shares, shares, shares, shares).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)
places = st.none() | st.tuples(st.integers(0, 2), st.integers(0, 60), st.integers(0, 2))
any_word = st.builds(Word, st.text(max_size=20), boxes, shares, places)
any_pages = st.lists(
    st.builds(Page, st.integers(1, 300), st.lists(any_word, max_size=5).map(tuple), st.text(max_size=30),
              st.sampled_from((0, 90, 180, 270))),
    max_size=4,
).map(tuple)  # fmt: skip


def test_pages_come_back_as_they_were_written() -> None:
    assert words.decode(words.encode(PAGES, "engine-1")) == PAGES
    assert words.encode(PAGES, "engine-1") == words.encode(PAGES, "engine-1"), "the same pages give the same bytes"
    assert json.loads(gzip.decompress(words.encode(PAGES, "engine-1")))["engine"] == "engine-1"


@given(any_pages)
def test_all_pages_come_back(pages: tuple[Page, ...]) -> None:
    assert words.decode(words.encode(pages, "e")) == pages


def _packed(shape: object) -> bytes:
    return gzip.compress(json.dumps(shape).encode(), mtime=0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"words",
        words.encode(PAGES, "e")[:-9],
        words.encode(PAGES, "e")[:40],
        words.encode(PAGES, "e")[:20] + b"\xff\x00\xff" + words.encode(PAGES, "e")[23:],
        words.encode(PAGES, "e")[:10] + bytes(60),
        gzip.compress(b"\xff\xfe", mtime=0),
        gzip.compress(b"{", mtime=0),
        _packed([]),
        _packed({}),
        _packed({"version": words.VERSION}),
        _packed({"version": words.VERSION, "pages": [{"number": 0, "words": [], "text": "", "turned": 0}]}),
        _packed({"version": words.VERSION, "pages": [{"number": "1", "words": [], "text": "", "turned": 0}]}),
        _packed({"version": words.VERSION, "pages": [{"number": 1, "words": [["x"]], "text": "", "turned": 0}]}),
        _packed({"version": words.VERSION, "pages": [{"number": 1, "words": [None], "text": "", "turned": 0}]}),
        _packed({"version": words.VERSION, "pages": 7}),
        _packed({"version": words.VERSION + 1, "pages": []}),
    ],
)
def test_what_is_damaged_or_of_another_version_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        words.decode(content)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=6))
def test_no_damage_is_handed_out(at: int, damage: bytes) -> None:
    whole = words.encode(PAGES, "e")
    content = whole[:at] + damage + whole[at + len(damage) :]
    try:
        found = words.decode(content)
    except ValueError:
        return
    assert found == PAGES, "only the file's own head, which holds nothing of the pages, may be another"


def test_a_file_of_words_is_named_after_its_document_and_the_way_of_reading() -> None:
    assert words.name("a" * 64, KEY) == f"{'a' * 64}.{KEY}.json.gz"
    assert words.is_name(words.name("a" * 64, KEY))
    for wrong in ("", "a.json.gz", f"{'a' * 64}.json.gz", f"{'A' * 64}.{KEY}.json.gz", f"{'a' * 64}.{KEY}.json"):
        assert not words.is_name(wrong)


def test_an_archive_keeps_words_beside_their_document(hand: FolderHand | Hand) -> None:
    store = hand.store()
    sha256 = store.put(b"%PDF")
    assert store.words(sha256, KEY) is None
    store.keep_words(sha256, KEY, PAGES, "engine-1")
    store.settle()
    assert hand.store().words(sha256, KEY) == PAGES
    assert store.words(sha256, "f" * 16) is None, "another way of reading has not read it"
    assert {checked.state for checked in store.verify()} == {State.OK}
    with pytest.raises(Missing, match="put its bytes before its words"):
        store.keep_words("b" * 64, KEY, PAGES, "engine-1")


def test_words_of_a_part_pass_and_are_no_record(hand: FolderHand | Hand) -> None:
    store = hand.store()
    sha256 = store.put(b"%PDF")
    store.keep_words(sha256, KEY, PAGES[:1], "engine-1", "1-1")
    assert store.words(sha256, KEY) is None, "the whole has not been read"
    assert hand.store().words(sha256, KEY, "1-1") == PAGES[:1]
    assert [checked.name for checked in store.verify()] == [f"objects/{sha256[0]}/{sha256}"], "it may go at any time"
    store.drop_parts(sha256, KEY, ["1-1", "2-2"])
    kept = store.words(sha256, KEY, "1-1")
    assert kept == (None if isinstance(hand, FolderHand) else PAGES[:1]), "in a bucket nobody may delete"


@pytest.mark.parametrize("damage", [b"", b"nonsense", zlib.compress(b"{}"), words.encode(PAGES, "e")[:50]])
def test_damaged_words_are_told_by_a_check_and_read_anew(hand: FolderHand | Hand, damage: bytes) -> None:
    store = hand.store()
    sha256 = store.put(b"%PDF")
    store.keep_words(sha256, KEY, PAGES, "engine-1")
    [name] = (name for name in hand.files() if name.endswith(".gz"))
    hand.spoil(name, damage)
    assert store.words(sha256, KEY) is None
    [bad] = [checked for checked in store.verify() if checked.state is not State.OK]
    assert (bad.state, bad.name) == (State.DAMAGED, name)
    assert "remove the file, the next reading makes it anew" in bad.problem
    store.keep_words(sha256, KEY, PAGES, "engine-1")
    assert store.words(sha256, KEY) == PAGES


def test_what_does_not_belong_among_the_words_is_misnamed(hand: FolderHand | Hand) -> None:
    store = hand.store()
    sha256 = store.put(b"%PDF")
    store.keep_words(sha256, KEY, PAGES, "e")
    [name] = (name for name in hand.files() if name.endswith(".gz"))
    stray = f"words/{'0' if sha256[0] != '0' else '1'}/{name.rpartition('/')[2]}"
    notes = f"words/{sha256[0]}/notes.txt"
    hand.spoil(stray, hand.files()[name])
    hand.spoil(notes, b"x")
    states = {checked.name: checked.state for checked in store.verify()}
    assert states.pop(stray) is states.pop(notes) is State.MISNAMED
    assert set(states.values()) == {State.OK}
