"""Does an archive arrive whole in another place, even if the way is broken off, and nothing damaged with it?"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from object_storage import AT, FolderHand, Hand, sighting
from typer.testing import CliRunner

from tracker.archive.carry import carry
from tracker.archive.files import Unreachable
from tracker.archive.store import State
from tracker.cli import app
from tracker.domain.evidence import Page, Word

KEY = "0123456789abcdef"


@pytest.fixture
def old(tmp_path: Path) -> FolderHand:
    """An archive in a folder: ten documents, one of them with words, three files of the journal."""
    hand = FolderHand(tmp_path / "old")
    store = hand.store()
    for n in range(10):
        store.note(sighting(store, f"document {n}".encode(), AT + timedelta(days=n), f"https://example.org/{n}"))
        if n % 4 == 3:
            store.settle()
    store.settle()
    store.keep_words(store.put(b"document 0"), KEY, (Page(1, (Word("Sí", (0, 0, 1, 1)),)),), "engine")
    assert len(hand.files()) == 14
    return hand


def test_everything_arrives_and_comes_back(old: FolderHand, bucket: Hand, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    carried = carry(old.store(), bucket.store(), lambda done, total: told.append((done, total)))
    assert (carried.brought, carried.there, carried.behind) == (14, 0, [])
    assert told == [(n, 14) for n in range(1, 15)]
    assert bucket.files() == old.files()
    assert {checked.state for checked in bucket.store().verify()} == {State.OK}
    assert list(bucket.store().sightings()) == list(old.store().sightings())
    again = carry(old.store(), bucket.store())
    assert (again.brought, again.there) == (0, 14)
    back = FolderHand(tmp_path / "back")
    assert carry(bucket.store(), back.store()).brought == 14
    assert back.files() == old.files()


def test_broken_off_it_goes_on_and_the_journal_comes_last(
    old: FolderHand, hand: Hand | FolderHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = hand.store()
    real, left = target.place.write, [5]

    def write(name: str, content: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Unreachable("the network is gone")
        real(name, content)

    with monkeypatch.context() as broken:
        broken.setattr(target.place, "write", write)
        with pytest.raises(Unreachable):
            carry(old.store(), target)
    before = set(hand.files())
    assert 0 < len(before) <= 5
    assert not [name for name in before if name.startswith("journal/")]
    carried = carry(old.store(), hand.store())
    assert (carried.brought, carried.there) == (14 - len(before), len(before))
    assert hand.files() == old.files()


def test_damage_stays_behind_and_is_told(old: FolderHand, bucket: Hand) -> None:
    whole = old.files()
    spoilt = [next(name for name in whole if name.startswith(part)) for part in ("objects/", "words/", "journal/")]
    for name in spoilt:
        old.spoil(name, b"something else")
    old.spoil("objects/notes.txt", b"x")
    old.spoil("objects/b/.writing-1-2", b"half")
    carried = carry(old.store(), bucket.store())
    assert sorted((file.name, file.state) for file in carried.behind) == sorted(
        [*((name, State.DAMAGED) for name in spoilt), ("objects/notes.txt", State.MISNAMED)]
    )
    assert bucket.files() == {name: content for name, content in whole.items() if name not in spoilt}


def test_the_command_carries_checks_and_says_what_is_not_sound(
    old: FolderHand, bucket: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCRUTINIO_HOME", str(tmp_path))

    def move(*words: str, code: int) -> Result:
        done = CliRunner().invoke(app, ["archive", "move", *words])
        assert done.exit_code == code, done.output
        return done

    there = str(bucket.bucket)
    said = json.loads(move(str(old.root), there, "--json", code=0).stdout)
    assert said == {"from": str(old.root), "to": there, "brought": 14, "there": 0, "behind": [], "checked": 14,
                    "problems": []}  # fmt: skip
    name = next(name for name in old.files() if name.startswith("objects/"))
    bucket.spoil(name, b"broken there")
    again = move(str(old.root), there, code=1)
    assert f"damaged: {there}/{name}" in again.stdout
    assert "14 were there" in again.stdout
    assert "there is no archive at" in move(str(tmp_path / "none"), there, code=2).stderr
    refused = move(str(old.root), "s3://key:secret@bucket", code=2)
    assert "keys do not belong" in refused.stderr
    assert "secret" not in refused.output
