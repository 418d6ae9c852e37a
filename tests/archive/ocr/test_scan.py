"""Is a long scan read in stretches, each once, also if those who were to help do not?"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from drawn_sheets import document, many
from held_sheets import FORM

from tracker.archive.ocr import Sight, readers, scan
from tracker.archive.ocr.readers import LONGEST, Readers, Stretch, stretches
from tracker.archive.ocr.scan import Task
from tracker.archive.store import Store


@pytest.mark.parametrize("count", [1, 5, 6, 7, 20, 86, 250])
def test_a_document_is_cut_into_stretches_of_about_one_length(count: int) -> None:
    cut = stretches(count)
    assert [number for stretch in cut for number in stretch.pages] == list(range(1, count + 1))
    lengths = [len(stretch.pages) for stretch in cut]
    assert max(lengths) <= LONGEST
    assert max(lengths) - min(lengths) <= 1


class Idle:
    """Takes everything in hand, and brings nothing."""

    def __init__(self) -> None:
        self.readers = Readers(1)
        self.asked: list[str] = []

    def ask(self, task: Task, wanted: Sequence[Stretch]) -> None:
        self.asked = [stretch.part for stretch in wanted]

    def take_back(self, task: Task, wanted: Sequence[Stretch]) -> bool:
        return False


def test_what_others_have_in_hand_for_too_long_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "PATIENCE", 0.6)
    store, idle = Store(tmp_path), Idle()
    store.put(many(12))
    began = time.monotonic()
    with Sight(store, processes=1, others=idle) as see:
        assert [page.number for page in see(document(many(12)), FORM)] == list(range(1, 13))
    idle.readers.close()
    assert idle.asked == ["7-12", "1-6"]
    assert time.monotonic() - began > 0.6, "they were waited for"


def test_processes_without_work_are_let_go_and_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(many(1))
    few = Readers(1)
    for _ in range(2):
        assert len(few.read(file, "a" * 64, FORM, Stretch(1, 1)).result()) == 1
        few.rest()
        assert few.began, "not at once"
        monkeypatch.setattr(readers, "IDLE", 0.0)
        few.rest()
        assert not few.began
        monkeypatch.undo()
