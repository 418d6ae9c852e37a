"""Do the real readers, sums and database make of the drawn documents exactly the numbers of the facts?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tracker.archive.store import Store
from tracker.demo import Site, facts, recorded
from tracker.demo.draw_house import path as roll_call_path
from tracker.demo.draw_listing import path as minutes_path
from tracker.demo.draw_senate import vote_path
from tracker.domain.changes import Cause
from tracker.domain.evidence import Document, Request
from tracker.domain.reconcile import Reconciliation, Verdict, reconcile
from tracker.domain.votes import PrintedVote, Tally
from tracker.pipeline.asking import Again
from tracker.pipeline.resolve import resolve
from tracker.pipeline.run import Report, run
from tracker.queries.changes import latest
from tracker.queries.votes import one
from tracker.settings import Settings
from tracker.sources.catalogue import source
from tracker.sources.contract import Window
from tracker.storage.engine import open_engine, upgrade

PAGES = recorded.pages(recorded.WAVES, amended=True)
FOUNDING = "pe-2023-05-18-99001"
NO_MATCH = ("LOS PROYECTOS 1808 Y 2818",)
"""Headings, by their end, of votes whose official record does not add up either."""


def read(slug: str, role: str, path: str) -> list[tuple[PrintedVote, Reconciliation]]:
    """Read one drawn document with the real reader, place its names and make its sums."""
    own = source(slug)
    request = Request(own.sheet.address.base + path, role, None, {"since": "1998-01-01", "until": "2023-12-31"})
    document = Document.of(request, PAGES[path].content, datetime(2026, 1, 9, tzinfo=UTC))
    votes = [found for found in own.roles[role].read(document, own.sheet) if isinstance(found, PrintedVote)]
    register = own.register() if own.register else None
    placed = [resolve(vote, register) for vote in votes]
    assert [vote.unresolved for vote in placed] == [()] * len(placed)
    return [(vote.printed, reconcile(vote, spoken_counts=own.sheet.chamber.spoken_counts)) for vote in placed]


@pytest.mark.parametrize("vote", facts.roll_calls(), ids=lambda v: f"{v.year}-{v.number}")
def test_house(vote: facts.RollCall) -> None:
    ((printed, sums),) = read("us_house", "roll_call", roll_call_path(vote.year, vote.number))
    count = vote.count()
    assert printed.id == f"us-house-{vote.year}-{vote.number}"
    assert printed.result == vote.result
    assert printed.taken_at is not None
    assert printed.taken_at.replace(tzinfo=None) == vote.at
    assert sums.counted == Tally(
        yes=count["Yea"] + count["Aye"],
        no=count["Nay"] + count["No"],
        present=count["Present"],
        not_cast=count["Not Voting"],
        candidates=tuple((name, count[name]) for name in vote.candidates),
    )
    assert sums.board == sums.counted
    assert sums.verdict is Verdict.SOUND


@pytest.mark.parametrize("vote", facts.senate_votes(), ids=lambda v: f"{v.congress}-{v.session}-{v.number}")
def test_senate(vote: facts.SenateVote) -> None:
    ((printed, sums),) = read("us_senate", "vote", vote_path(vote.congress, vote.session, vote.number))
    count = vote.count()
    yes, no = count["Yea"] + count["Guilty"], count["Nay"] + count["Not Guilty"]
    assert printed.result == vote.result
    assert sums.counted == Tally(yes, no, 0, count["Present, Giving Live Pair"], count["Not Voting"])
    assert sums.board == sums.counted
    assert sums.final is not None
    assert (sums.final.yes, sums.final.no) == (yes + (vote.tie_breaker[1] == "Yea"), no)
    assert sums.verdict is Verdict.SOUND


@pytest.mark.parametrize("sitting", facts.minutes(), ids=lambda s: s.date.isoformat())
def test_minutes(sitting: facts.Minutes) -> None:
    found = read("pe_minutes", "minutes", minutes_path(sitting))
    assert len(found) == len(sitting.votes)
    for vote, (printed, sums) in zip(sitting.votes, found, strict=True):
        assert printed.sitting_date == sitting.date
        assert printed.question == vote.heading
        assert (sums.counted, sums.board) == (Tally(*vote.board), Tally(*vote.board))
        assert sums.final == Tally(*vote.final)
        assert sums.announced == (Tally(*vote.announced) if vote.announced else None)
        doubtful = vote.heading.endswith(NO_MATCH) and vote.announced != vote.final
        unchecked = vote.announced is None
        wanted = Verdict.DOUBTFUL if doubtful else Verdict.UNCHECKED if unchecked else Verdict.SOUND
        assert sums.verdict is wanted, (vote.heading, sums.differences)


def test_the_founding_vote() -> None:
    sitting = next(s for s in facts.minutes() if s.date.isoformat() == "2023-05-18")
    printed, sums = read("pe_minutes", "minutes", minutes_path(sitting))[-1]
    assert [str(t) for t in (sums.board, sums.announced, sums.final)] == ["69–31–4", "70–33–4", "70–33–4"]
    assert [(said.name, said.was, said.now.value) for said in sums.spoken] == [
        ("Flores Ruíz", None, "yes"),
        ("Taipe Coronado", None, "no"),
        ("Portalatino Ávalos", None, "no"),
    ]
    assert (sums.verdict, printed.bills) == (Verdict.SOUND, ("4766",))


class Newsroom:
    """A database and an archive in a folder, fed from the recorded site."""

    def __init__(self, home: Path, site: Site) -> None:
        self.site = site
        self.settings = Settings(home=home, at=site.at, pause=0, _env_file=None)  # type: ignore[call-arg]
        self.engine = open_engine(self.settings.database)
        upgrade(self.engine)
        self.store = Store(self.settings.archive)

    def collect(self) -> dict[str, Report]:
        return {
            slug: run(
                source(slug),
                Window(*days),
                engine=self.engine,
                store=self.store,
                settings=self.settings,
                again=Again.ALL,
            )
            for slug, days in self.site.windows.items()
        }

    def founding(self) -> tuple[str, str, tuple[tuple[str, bool], ...]]:
        """Status and final tally of the founding vote, and what other papers say of it."""
        vote = one(self.engine, FOUNDING)
        assert vote is not None
        return vote.status.value, str(vote.tallies.final), tuple((paper.id, paper.agrees) for paper in vote.papers)

    def count(self, table: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Site() as site:
        room = Newsroom(tmp_path, site)
        yield room
        room.engine.dispose()


def moved(reports: dict[str, Report]) -> dict[str, tuple[int, int]]:
    return {slug: (report.totals.inserted, report.totals.updated) for slug, report in reports.items()}


def test_votes_of_all_sources_arrive_wave_by_wave_and_one_is_amended(newsroom: Newsroom) -> None:
    first = newsroom.collect()
    assert moved(first) == {"us_house": (8, 0), "us_senate": (4, 0), "pe_minutes": (3, 0), "pe_sheets": (1, 0)}
    assert not any(report.failed for report in first.values())
    assert newsroom.founding() == ("provisional", "69–31–4", ())
    newsroom.site.advance()
    assert moved(newsroom.collect()) == {
        "us_house": (4, 0), "us_senate": (4, 0), "pe_minutes": (4, 0), "pe_sheets": (0, 1),
    }  # fmt: skip
    assert newsroom.founding() == ("official", "70–33–4", ())
    newsroom.site.advance()
    assert moved(newsroom.collect()) == {
        "us_house": (4, 0), "us_senate": (2, 0), "pe_minutes": (14, 0), "pe_sheets": (0, 0),
    }  # fmt: skip
    assert newsroom.founding() == ("official", "70–33–4", (("pe-2023-05-18-bd642936", True),))
    assert newsroom.count("vote") == 48
    newsroom.site.amend()
    assert moved(newsroom.collect()) == {
        "us_house": (0, 0),
        "us_senate": (0, 0),
        "pe_minutes": (0, 1),
        "pe_sheets": (0, 0),
    }
    change = latest(newsroom.engine)[0]
    fields = {each.field: (each.was, each.now) for each in change.changes}
    assert change.cause is Cause.SOURCE
    assert fields["final"] == ("47–49–2", "51–49–2")
    again = newsroom.collect()
    assert set(moved(again).values()) == {(0, 0)}
    assert newsroom.count("vote") == 48
    assert {hit.status for hit in newsroom.site.hits} == {200, 304}


def test_the_amended_vote_moves_from_the_board_to_the_announced_figure() -> None:
    sitting = next(s for s in facts.minutes() if s.date.isoformat() == "2023-03-23")
    staged = recorded.pages(recorded.WAVES)[minutes_path(sitting)]
    real = PAGES[minutes_path(sitting)]
    finals = []
    for page in (staged, real):
        own = source("pe_minutes")
        request = Request(own.sheet.address.base + minutes_path(sitting), "minutes", sitting.date)
        document = Document.of(request, page.content, datetime(2026, 1, 9, tzinfo=UTC))
        votes = [found for found in own.roles["minutes"].read(document, own.sheet) if isinstance(found, PrintedVote)]
        assert own.register is not None
        sums = [reconcile(resolve(vote, own.register()), spoken_counts=True) for vote in votes]
        finals.append([(str(s.final), s.verdict.value) for s in sums])
    assert finals[0][2] == ("47–49–2", "doubtful")
    assert finals[1][2] == ("51–49–2", "sound")
    assert finals[0][:2] + finals[0][3:] == finals[1][:2] + finals[1][3:]
