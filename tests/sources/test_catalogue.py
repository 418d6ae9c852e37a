"""Is every source declared whole: a module, a sheet that fits it, and a reason beside each judgement?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.votes import Position
from tracker.sources import catalogue
from tracker.sources.contract import Source, Window
from tracker.sources.peru import minutes

UNITED_STATES = ("us_house", "us_senate")


def sources() -> list[Source]:
    return [catalogue.source(slug) for slug in UNITED_STATES]


def test_an_unknown_source_is_named_beside_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"atlantis.*us_house"):
        catalogue.source("atlantis")


def test_the_catalogue_is_keyed_by_slug() -> None:
    assert {slug: found.slug for slug, found in catalogue.catalogue().items()} == {s: s for s in catalogue.MODULES}


def test_a_sheet_that_is_no_sheet_is_refused_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "strange").mkdir()
    (tmp_path / "strange" / "__init__.py").touch()
    (tmp_path / "strange" / "half.toml").write_text('slug = "half"\n')
    (tmp_path / "strange" / "torn.toml").write_text("slug = ")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("half.toml", "torn.toml"):
        with pytest.raises(ValueError, match=name):
            catalogue.load_sheet("strange", name)


@pytest.mark.parametrize("found", sources(), ids=UNITED_STATES)
def test_a_source_asks_only_for_roles_it_can_read(found: Source) -> None:
    requests = list(found.start(Window(date(2025, 1, 1), date(2025, 2, 1)), found.sheet))
    assert requests
    for request in requests:
        role = found.roles[request.role]
        assert role.index
        assert request.url.startswith(found.sheet.address.base)
        for instead in role.missing(request, found.sheet):
            assert instead.role in found.roles


@pytest.mark.parametrize("found", sources(), ids=UNITED_STATES)
def test_the_sheet_is_of_its_chamber(found: Source) -> None:
    chamber = found.sheet.chamber
    assert chamber.slug == found.slug
    assert ZoneInfo(chamber.zone)
    assert not chamber.abstention
    assert not any(meaning.position is Position.ABSTAIN for meaning in found.sheet.codes.values())
    assert chamber.seats in (100, 435)
    assert found.sheet.expect.ballots.min < chamber.seats <= found.sheet.expect.ballots.max
    assert found.sheet.timetable.window_days >= found.sheet.timetable.recheck_days


@pytest.mark.parametrize("found", sources(), ids=UNITED_STATES)
def test_each_majority_names_its_source_once(found: Source) -> None:
    printed = [entry.printed for entry in found.sheet.majorities]
    assert sorted(printed) == ["1/2", "2/3", "3/5"]
    assert all(len(entry.source) > 40 for entry in found.sheet.majorities)


def test_two_papers_of_one_legislature_have_each_a_rank_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert catalogue.source("pe_sheets").sheet.chamber.slug == catalogue.source("pe_minutes").sheet.chamber.slug
    real = catalogue.source("pe_minutes")
    same = replace(real, sheet=real.sheet.model_copy(update={"rank": 1}))
    monkeypatch.setattr(minutes, "SOURCE", same)
    catalogue.catalogue.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"pe_sheets and pe_minutes are both paper 1 of pe_congress"):
            catalogue.catalogue()
    finally:
        catalogue.catalogue.cache_clear()
