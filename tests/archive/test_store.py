"""Is what was put once there for ever, whole or not at all?"""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from object_storage import ABC, AT, FolderHand, Hand, sighting, states

from tracker.archive.journal import Sighting
from tracker.archive.store import Damaged, Missing, State, Store
from tracker.domain.evidence import Document, Request

Place = FolderHand | Hand
OBJECT = f"objects/b/{ABC}"


@pytest.fixture
def store(hand: Place) -> Store:
    return hand.store()


def entry(hand: Place) -> str:
    """The one file of the journal."""
    (name,) = (name for name in hand.files() if name.startswith("journal/"))
    return name


def test_bytes_come_back_by_their_digest(store: Store, hand: Place) -> None:
    for content in (b"abc", b"", bytes(range(256)) * 4000):
        sha256 = store.put(content)
        assert sha256 == hashlib.sha256(content).hexdigest()
        assert store.has(sha256)
        assert store.get(sha256) == content
        assert hand.files()[f"objects/{sha256[:1]}/{sha256}"] == content


def test_bytes_put_again_are_not_written_again(store: Store, hand: Place) -> None:
    store.put(b"abc")
    before = hand.written()
    assert store.put(b"abc") == ABC
    assert hand.store().put(b"abc") == ABC
    assert hand.written() == before
    assert list(before) == [OBJECT]


def test_what_is_missing_names_the_archive(store: Store) -> None:
    assert not store.has(ABC)
    with pytest.raises(Missing, match=f"{store.root} holds no document {ABC}"):
        store.get(ABC)
    with pytest.raises(KeyError):
        store.get(ABC)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABC", ABC.upper(), ABC + "\n", ABC[:-1]])
def test_only_a_digest_names_a_file(store: Store, name: str) -> None:
    for ask in (store.path, store.get, store.has):
        with pytest.raises(ValueError, match="is not a SHA-256"):
            ask(name)


def test_damage_is_found_and_never_handed_out(store: Store, hand: Place) -> None:
    whole = store.put(b"whole")
    store.put(b"abc")
    hand.spoil(OBJECT, b"abd")
    with pytest.raises(Damaged, match=rf"{ABC}.*restore"):
        store.get(ABC)
    assert {checked.name: checked.state for checked in store.verify()} == {
        OBJECT: State.DAMAGED,
        f"objects/{whole[:1]}/{whole}": State.OK,
    }


def test_a_cut_off_object_is_set_aside_when_the_bytes_come_again(store: Store, hand: Place) -> None:
    store.put(b"abc")
    hand.spoil(OBJECT, b"a")
    store.put(b"abc")
    assert store.get(ABC) == b"abc"
    assert states(store) == {State.OK: 1, State.MISNAMED: 1}
    aside = next(checked.name for checked in store.verify() if checked.state is State.MISNAMED)
    assert aside.startswith(f"{OBJECT}.damaged-")
    assert hand.files()[aside] == b"a"


def test_what_does_not_belong_is_misnamed(store: Store, hand: Place) -> None:
    store.record(sighting(store))
    hand.spoil("objects/notes.txt", b"x")
    hand.spoil(f"objects/00/{ABC}", b"abc")
    hand.spoil(entry(hand).replace("2023-05", "2023-06"), hand.files()[entry(hand)])
    assert states(store) == {State.OK: 2, State.MISNAMED: 3}
    assert len(list(store.sightings())) == 2, "one is read twice"


def test_the_journal_gives_back_what_was_recorded(store: Store, hand: Place) -> None:
    seen = sighting(store)
    bare = Sighting("us_house", "index", "https://example.org/ñ?a=1", store.put(b"index"), AT + timedelta(days=40))
    known = replace(seen, etag='W/"x"', last_modified="Thu, 18 May 2023 12:00:00 GMT", fetched_at=AT + timedelta(1))
    for one in (bare, known, seen):
        assert store.record(one)
    assert list(hand.store().sightings()) == [seen, known, bare]
    assert [dict(one.context) for one in store.sightings()] == [{"year": "2023"}, {"year": "2023"}, {}]


def test_a_sighting_leads_to_its_document(store: Store) -> None:
    seen = sighting(store)
    store.record(seen)
    request = Request("https://example.org/1", "minutes", date(2023, 5, 18), {"year": "2023"})
    assert store.document(next(store.sightings())) == Document(request, b"abc", ABC, AT, "text/xml")


def test_the_same_sighting_is_recorded_once(store: Store, hand: Place) -> None:
    seen = sighting(store)
    assert store.record(seen)
    before = hand.files()
    assert not store.record(seen)
    assert not hand.store().record(replace(seen))
    assert hand.files() == before


def test_sightings_come_in_order_of_time_also_within_a_microsecond(store: Store) -> None:
    times = [AT + timedelta(microseconds=n) for n in (0, 1, 2, 999_999)] + [AT + timedelta(days=n) for n in (30, 400)]
    shuffled = [sighting(store, at=at, url=f"https://example.org/{n}") for at in times for n in range(3)]
    random.Random(1).shuffle(shuffled)
    for one in shuffled:
        store.record(one)
    read = list(store.sightings())
    assert [one.fetched_at for one in read] == sorted(one.fetched_at for one in shuffled)
    assert set(read) == set(shuffled)


def test_a_time_of_a_year_before_1000_or_outside_utc_keeps_its_order(store: Store) -> None:
    with pytest.raises(ValueError, match="UTC"):
        sighting(store, at=AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="UTC"):
        sighting(store, at=AT.astimezone(timezone(timedelta(hours=-5))))
    early = sighting(store, at=datetime(9, 1, 1, tzinfo=UTC))
    store.record(sighting(store))
    store.record(early)
    assert next(store.sightings()) == early


def test_bytes_come_before_their_sighting(store: Store) -> None:
    seen = replace(sighting(store), sha256="0" * 64)
    with pytest.raises(Missing, match="put its bytes first"):
        store.record(seen)
    with pytest.raises(ValueError, match="SHA-256"):
        replace(seen, sha256="../x")


def test_damage_in_the_journal_is_found(store: Store, hand: Place) -> None:
    store.record(sighting(store))
    hand.spoil(entry(hand), hand.files()[entry(hand)].replace(b"2023-05-18", b"2023-05-17"))
    assert states(store) == {State.OK: 1, State.DAMAGED: 1}
    with pytest.raises(Damaged, match="not what its name says"):
        list(store.sightings())


@pytest.mark.parametrize(
    ("was", "now", "problem"),
    [
        (b'"version":1', b'"version":2', "version 2"),
        (b'"etag":null,', b"", "exactly the fields"),
        (b'"etag":null', b'"etag":7', "neither text nor null"),
        (b'"role":"minutes"', b'"role":null', "should be text"),
        (b"2023-05-18", b"2023-02-30", "day"),
        (b"+00:00", b"", "UTC"),
    ],
)
def test_an_entry_of_another_shape_is_refused_though_its_name_fits(
    store: Store, hand: Place, was: bytes, now: bytes, problem: str
) -> None:
    store.record(sighting(store))
    name = entry(hand)
    content = hand.files()[name]
    assert was in content
    content = content.replace(was, now)
    hand.remove(name)
    hand.spoil(f"{name[:-21]}{hashlib.sha256(content).hexdigest()[:16]}.json", content)
    with pytest.raises(Damaged, match=problem):
        list(store.sightings())
    assert states(store)[State.DAMAGED] == 1


def test_a_sighting_whose_bytes_are_gone_is_found(store: Store, hand: Place) -> None:
    store.record(sighting(store))
    hand.remove(OBJECT)
    (checked,) = store.verify()
    assert checked.state is State.DAMAGED
    assert ABC in checked.problem


def test_a_place_without_files_is_an_empty_archive(store: Store) -> None:
    assert list(store.verify()) == []
    assert list(store.sightings()) == []
    assert store.clean() == []
