"""Is a vote that the sums decide told from one that stays in doubt, and does a person's word enter the record once?"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from drawn_sheets import VOTE, rendered, scan
from held_sheets import DECIDED, OPEN, SEEN, SMUDGED, bound, hold, hold_both, smudged_twice, words

from tracker.archive.store import Missing, Store
from tracker.domain.changes import Cause
from tracker.domain.evidence import Page
from tracker.domain.reconcile import Verdict
from tracker.domain.settlement import Settlement
from tracker.domain.tally import Position, Tally
from tracker.pipeline import again, settling
from tracker.pipeline.collect import Ending
from tracker.pipeline.run import Report
from tracker.queries.doubts import listing
from tracker.queries.health import findings
from tracker.queries.view import VoteView
from tracker.queries.votes import one
from tracker.sources.peru import sheets
from tracker.storage.engine import Engine, open_engine, upgrade

BOARD, FINAL = Tally(69, 31, 4, 0, 26), Tally(70, 33, 4, 0, 23)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose archive holds the file of both votes, and whose database what was read from it."""
    home = tmp_path_factory.mktemp("once")
    hold_both(Store(home / "archive"))
    engine = open_engine(f"sqlite:///{home}/votes.sqlite")
    upgrade(engine)
    assert rebuild(engine, Store(home / "archive")).totals.inserted == 2
    engine.dispose()
    return home


@pytest.fixture
def home(once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(once, tmp_path / "home")


@pytest.fixture
def store(home: Path) -> Store:
    return Store(home / "archive")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, on: Callable[[str, str], str], home: Path) -> Iterator[Engine]:
    opened = open_engine(on(request.param, f"sqlite:///{home}/votes.sqlite"))
    yield opened
    opened.dispose()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Engine]:
    """A database that is empty but for its tables."""
    opened = open_engine(f"sqlite:///{tmp_path}/fresh.sqlite")
    upgrade(opened)
    yield opened
    opened.dispose()


def rebuild(engine: Engine, store: Store) -> Report:
    return again.rebuild(sheets.SOURCE, engine=engine, store=store)


def view(engine: Engine, vote: str = OPEN) -> VoteView:
    found = one(engine, vote)
    assert found is not None
    return found


def said(engine: Engine, vote: str = OPEN, **what: Any) -> Settlement:
    """What Ana says of a vote, after looking at the document it stands in."""
    facts = {
        "by": "Ana Quispe",
        "because": "the letters stand out under a lamp",
        "at": datetime(2026, 2, 1, tzinfo=UTC),
    }
    return Settlement(vote=vote, sha256=view(engine, vote).evidence[0].sha256, **(facts | what))


def settle(engine: Engine, store: Store, vote: str = OPEN, *, odd: bool = False, **what: Any) -> Report:
    return again.settle(sheets.SOURCE, said(engine, vote, **what), engine=engine, store=store, odd=odd)


def made(store: Store) -> int:
    """How many settlements the archive holds."""
    return sum(sighting.role == settling.ROLE for sighting in store.sightings())


# --- what the sums decide, and what they do not -----------------------------------------------------------------------


def test_a_code_that_the_sums_decide_makes_a_sound_vote_and_its_ballot_says_so(engine: Engine) -> None:
    found = view(engine, DECIDED)
    assert (found.verdict, found.doubts, found.piece) == (Verdict.SOUND, None, None)
    [ballot] = [ballot for ballot in found.ballots if ballot.decided]
    printed = {row.name: row.code for row in VOTE.rows}
    assert (ballot.code, ballot.group, printed[ballot.name]) == ("SI +++", "FP", "SI +++")
    assert {one.name: one.code for one in found.ballots} == printed
    assert (found.tallies.board, found.tallies.counted, found.tallies.final) == (BOARD, BOARD, FINAL)


def test_two_codes_that_could_be_either_way_stay_open_with_a_picture_of_the_page(engine: Engine, store: Store) -> None:
    found = view(engine)
    assert found.verdict is Verdict.DOUBTFUL
    assert {one.name for one in found.ballots if one.code == "?"} == set(SMUDGED)
    assert not any(ballot.decided for ballot in found.ballots)
    [doubt] = listing(engine)
    assert (doubt.vote, doubt.page, doubt.settled) == (OPEN, 2, None)
    assert doubt.piece == found.piece
    shown = cv2.imdecode(np.frombuffer(store.get(doubt.piece or ""), np.uint8), cv2.IMREAD_GRAYSCALE)
    scanned = rendered(bound(*smudged_twice()), 2)
    assert shown is not None
    assert np.allclose(shown.shape, scanned.shape, atol=4), "the whole page: any row may be at fault"
    assert abs(float(shown.mean()) - float(scanned.mean())) < 5, "and what is printed on it"


# --- what a person says -----------------------------------------------------------------------------------------------


def test_a_settlement_makes_the_vote_sound_and_the_history_says_who_and_why(engine: Engine, store: Store) -> None:
    report = settle(engine, store, codes=SMUDGED)
    assert (report.ending, report.totals.updated, report.totals.unchanged) == (Ending.DONE, 1, 1)
    found = view(engine)
    assert (found.verdict, found.doubts, found.piece) == (Verdict.SOUND, None, None)
    assert found.settled == "Ana Quispe: the letters stand out under a lamp"
    assert (found.tallies.counted, found.tallies.final) == (BOARD, FINAL)
    first, second = found.versions
    assert (first.cause, second.cause, second.in_force) == (None, Cause.CORRECTION, True)
    moved = {(change.field, change.who): (change.was, change.now) for change in second.changes}
    assert {who: now for (field, who), (_, now) in moved.items() if field == "ballot"} == SMUDGED
    assert moved["settled", None] == (None, found.settled)
    assert listing(engine) == listing(engine, everything=True) == ()


def test_names_are_met_without_accents_and_case(engine: Engine, store: Store) -> None:
    settle(engine, store, codes={"alva prieto, maria del carmen": "SI +++", "Doroteo Carbajo, Raul Felipe": "NO ---"})
    assert view(engine).verdict is Verdict.SOUND


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ({"codes": {"ALVA": "SI +++"}}, "has no ALVA; `tracker show pe-2023-05-18-99003` lists its names"),
        ({"codes": dict.fromkeys(SMUDGED, "SI")}, r"'SI' is no code of pe_sheets, which has SI \+\+\+, NO ---"),
        ({"codes": dict.fromkeys(SMUDGED, "SI +++")}, r"would stay in doubt \(ballots make board: yes -1, no \+1"),
        ({"codes": {"DOROTEO CARBAJO, RAÚL FELIPE": "NO ---"}}, "the code could not be read: ALVA PRIETO"),
        ({"codes": SMUDGED, "board": Tally(70, 31, 4)}, r"stay in doubt \(ballots make board: yes \+1\)"),
        ({"codes": SMUDGED, "spoken": {"Nadie Nunca": "yes"}}, "Nadie Nunca is no member's name on this roll"),
        ({"codes": SMUDGED, "members": {"Nadie": "pe-1"}}, "has no Nadie"),
        ({}, "would stay in doubt"),
    ],
    ids=["no such name", "no such code", "sums", "one of two", "totals", "spoken", "member", "nothing said"],
)
def test_what_fits_no_name_no_code_or_no_sum_is_refused_and_leaves_no_trace(
    engine: Engine, store: Store, what: dict[str, Any], told: str
) -> None:
    before = view(engine)
    with pytest.raises(ValueError, match=told):
        settle(engine, store, **what)
    assert made(store) == 0
    assert view(engine) == before


def test_a_vote_or_a_document_that_is_not_there_is_refused(engine: Engine, store: Store) -> None:
    sha256 = view(engine).evidence[0].sha256
    facts = {"by": "Ana", "because": "seen", "at": SEEN}
    for vote, file, told in (("pe-2023-05-18-1", sha256, "is not in its document"), (OPEN, "0" * 64, "is not in its")):
        with pytest.raises((ValueError, Missing), match=told):
            again.settle(
                sheets.SOURCE, Settlement(vote=vote, sha256=file, **facts), engine=engine, store=store  # type: ignore[arg-type]
            )  # fmt: skip
    assert made(store) == 0


def test_a_page_that_does_print_odd_figures_stays_doubtful_and_is_off_the_list(engine: Engine, store: Store) -> None:
    settle(engine, store, codes=SMUDGED, board=Tally(70, 31, 4, 0, 25), odd=True)
    found = view(engine)
    assert (found.verdict, found.tallies.board, found.tallies.counted) == (
        Verdict.DOUBTFUL, Tally(70, 31, 4, 0, 25), BOARD
    )  # fmt: skip
    assert listing(engine) == ()
    [doubt] = listing(engine, everything=True)
    assert (doubt.settled, doubt.reasons) == (found.settled, ("ballots make board: yes +1, not_cast -1",))


def test_what_the_note_puts_on_record_may_be_settled(engine: Engine, store: Store) -> None:
    settle(engine, store, DECIDED, spoken={"Flores Ruíz": "no", "taipe coronado": "none"})
    found = view(engine, DECIDED)
    assert [(one.name, one.was, one.now) for one in found.spoken] == [
        ("Portalatino Ávalos", Position.NOT_CAST, Position.NO), ("Flores Ruíz", Position.NOT_CAST, Position.NO)
    ]  # fmt: skip
    assert found.spoken[1].quote == "Ana Quispe: the letters stand out under a lamp"
    assert found.tallies.final == Tally(69, 33, 4, 0, 24)
    with pytest.raises(ValueError, match="is said to change from yes, the board has not_cast"):
        settle(engine, store, DECIDED, spoken={"Flores Ruíz": "yes>no"})


def test_the_last_word_holds(engine: Engine, store: Store) -> None:
    settle(engine, store, codes=SMUDGED)
    settle(
        engine, store, codes=SMUDGED, by="Berta Sol", because="the second opinion", at=datetime(2026, 2, 2, tzinfo=UTC)
    )
    assert view(engine).settled == "Berta Sol: the second opinion"
    assert made(store) == 2


# --- for ever ---------------------------------------------------------------------------------------------------------


def undated(vote: VoteView) -> VoteView:
    """Leave out since when each reading is in force: another reading of the same bytes is so from when it was made."""
    return replace(vote, versions=tuple(replace(version, since=None) for version in vote.versions))


def test_a_rebuild_replays_it_with_its_history_and_a_full_database_is_left_alone(
    engine: Engine, store: Store, fresh: Engine
) -> None:
    settle(engine, store, codes=SMUDGED)
    report = rebuild(fresh, store)
    assert (report.totals.inserted, report.totals.updated) == (2, 1)
    for vote in (DECIDED, OPEN):
        assert undated(view(fresh, vote)) == undated(view(engine, vote))
    assert rebuild(engine, store).ending is Ending.UNCHANGED
    assert len(view(engine).versions) == 2


def test_other_bytes_are_read_for_themselves(engine: Engine, store: Store) -> None:
    settle(engine, store, codes=SMUDGED)
    files = smudged_twice()
    hold(store, bound(*files, scan(None)), [*words(*files), Page(3, ())], hours=1)
    assert rebuild(engine, store).totals.updated == 1
    found = view(engine)
    assert (found.verdict, found.settled) == (Verdict.DOUBTFUL, None)
    assert [version.cause for version in found.versions] == [None, Cause.CORRECTION, Cause.SOURCE]
    assert [doubt.vote for doubt in listing(engine)] == [OPEN]


def test_one_that_fits_no_more_is_told_and_costs_no_vote(engine: Engine, store: Store) -> None:
    """As when a newer reader sees another name in a row than somebody settled."""
    settling.keep(said(engine, DECIDED, codes={"UNA FILA ILEGIBLE": "SI +++"}), "pe_sheets", store)
    report = rebuild(engine, store)
    assert (report.ending, report.journey.votes) == (Ending.UNCHANGED, 4)
    [told] = [found for found in findings(engine) if found.code == "settlement_misfit"]
    assert told.message == (
        f"{DECIDED} has no UNA FILA ILEGIBLE; `tracker show {DECIDED}` lists its names. "
        "What Ana Quispe said of it is not heeded"
    )
    assert (view(engine, DECIDED).verdict, view(engine, DECIDED).settled) == (Verdict.SOUND, None)


def test_a_damaged_settlement_keeps_no_news_out(engine: Engine, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    settle(engine, store, codes=SMUDGED)
    assert [key[0] for key in settling.in_force("pe_sheets", store)] == [OPEN]
    [sighting] = [sighting for sighting in store.sightings() if sighting.role == settling.ROLE]
    file = store.path(sighting.sha256)
    file.chmod(0o644)
    file.write_bytes(b"{}")
    assert settling.in_force("pe_sheets", store) == {}
    assert "pe_sheets: not every settlement is heeded in this run" in caplog.text


def test_without_a_name_or_a_reason_there_is_none(engine: Engine) -> None:
    for what in ({"by": " "}, {"because": ""}, {"spoken": {"Flores Ruíz": "perhaps"}}):
        with pytest.raises(ValueError, match=r"needs who says so, and why|should be yes, no, abstain"):
            said(engine, **what)
