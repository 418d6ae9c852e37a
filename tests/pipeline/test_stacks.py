"""Do large files come in once, leaf by leaf, whatever stops them, and do their votes meet the chambers' own papers?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import howtheyvote_files
import pytest
import voteview_files
from sqlalchemy import Engine, func, select, text
from voteview_files import Call, Seat

from tracker.archive.store import Store
from tracker.domain.evidence import Document, Request
from tracker.domain.votes import PrintedVote
from tracker.pipeline.again import rebuild
from tracker.pipeline.collect import Ending, Journey, read
from tracker.pipeline.run import Report, paper_of
from tracker.pipeline.stacks import bring, rehearse
from tracker.sources.catalogue import source
from tracker.sources.contract import Unreadable
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.tables import metadata
from tracker.storage.write import Fetch, Writer

HOUSE, SENATE, EUROPE = "us_house_voteview", "us_senate_voteview", "eu_parliament_howtheyvote"
EXAMPLES = Path(__file__).parents[1] / "sources" / "examples"
t = metadata.tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return voteview_files.write(tmp_path / "files", *voteview_files.invented(110, "House", 30, 250))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive")


@pytest.fixture
def go(folder: Path, engine: Engine, store: Store) -> Callable[..., Report]:
    def once(slug: str = HOUSE, **more: Any) -> Report:
        return bring(source(slug), [folder], engine=engine, store=store, **more)

    return once


def held(engine: Engine) -> dict[str, Any]:
    """Everything that is on record of the votes, by their ids."""
    v, o, b, r, c, g = (t[name] for name in ("vote", "observation", "ballot", "voter", "code", "group"))
    ballots = (
        select(v.c.slug, r.c.name, r.c.ref, c.c.printed, g.c.code)
        .select_from(v)
        .join(o, o.c.id == v.c.observation_id)
        .join(b, b.c.observation_id == o.c.ballots_of)
        .join(r, r.c.id == b.c.voter_id)
        .join(c, c.c.id == b.c.code_id)
        .outerjoin(g, g.c.id == b.c.group_id)
    )
    facts = select(v.c.slug, o.c.fields, o.c.fingerprint).join(o, o.c.id == v.c.observation_id)
    with engine.connect() as connection:
        return {
            "votes": sorted(tuple(row) for row in connection.execute(facts)),
            "ballots": sorted(tuple(map(str, row)) for row in connection.execute(ballots)),
        }


@pytest.mark.postgres
def test_postgresql_has_looked_at_its_tables_after_an_import(postgres_url: str, folder: Path, store: Store) -> None:
    """By itself it never does so for a table in parts."""
    engine = open_engine(postgres_url)
    upgrade(engine)
    bring(source(HOUSE), [folder], engine=engine, store=store)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT reltuples FROM pg_class WHERE relname = 'ballot'")) == 30 * 250


def count(engine: Engine, name: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(t[name])) or 0


def sound(engine: Engine) -> bool:
    """Whether every reference is met, as SQLite itself finds; PostgreSQL never stores another."""
    with engine.connect() as connection:
        return engine.dialect.name != "sqlite" or not connection.execute(text("PRAGMA foreign_key_check")).all()


def test_files_come_in_once(go: Callable[..., Report], folder: Path, engine: Engine, store: Store) -> None:
    first = go()
    assert (first.ending, first.totals.inserted, first.totals.documents) == (Ending.DONE, 250, 3)
    assert (count(engine, "ballot"), count(engine, "person")) == (7500, 30)
    assert sound(engine)
    before = held(engine)
    again = go()
    assert (again.ending, again.totals.moved, again.journey.held) == (Ending.UNCHANGED, 0, 3)
    report = rebuild(source(HOUSE), engine=engine, store=store)
    assert (report.ending, report.totals.unchanged) == (Ending.UNCHANGED, 250)
    assert held(engine) == before
    rows = (folder / "HSall_votes.csv").read_text().splitlines()[1:]
    positions = [int(row.split(",")[4]) for row in rows]
    with engine.connect() as connection:
        yes, no = connection.execute(select(func.sum(t["group_tally"].c.yes), func.sum(t["group_tally"].c.no))).one()
    assert (yes, no) == (positions.count(1), positions.count(6))


def test_the_european_parliament_comes_in_once(
    go: Callable[..., Report], folder: Path, engine: Engine, store: Store
) -> None:
    members, votes = howtheyvote_files.invented(602, 12)
    howtheyvote_files.write(folder, members, votes)
    first = go(EUROPE)
    assert (first.ending, first.totals.inserted, first.totals.documents) == (Ending.DONE, 12, 1)
    assert (count(engine, "ballot"), count(engine, "person")) == (12 * 602, 602)
    before = held(engine)
    assert (go(EUROPE).ending, rebuild(source(EUROPE), engine=engine, store=store).totals.unchanged) == (
        Ending.UNCHANGED,
        12,
    )
    assert held(engine) == before
    assert votes[3].cast[1001] != "O"
    changed = replace(votes[3], cast={**votes[3].cast, 1000: f"{votes[3].cast[1000]} RENEW", 1001: "O"})
    howtheyvote_files.write(folder, members, [*votes[:3], changed, *votes[4:]])
    again = go(EUROPE)
    assert (again.totals.updated, again.totals.unchanged, again.totals.inserted) == (1, 11, 0)
    change = t["change"]
    with engine.connect() as connection:
        moved = connection.execute(select(change.c.field, change.c.now).where(change.c.who.is_not(None)))
        assert {tuple(row) for row in moved} == {("ballot", "ABSTENTION"), ("position", "abstain"), ("group", "Renew")}
    assert sound(engine)


def test_a_dry_run_stores_nothing(folder: Path) -> None:
    report = rehearse(source(HOUSE), [folder])
    assert (report.totals.inserted, report.journey.votes) == (250, 250)


def test_stopped_it_goes_on_where_it_was(go: Callable[..., Report], engine: Engine) -> None:
    stop = Event()
    first = go(stop=stop, watch=lambda journey, request, left: stop.set())
    assert (first.journey.stopped, first.totals.inserted, count(engine, "vote")) == (True, 100, 100)
    rest = go()
    assert (rest.totals.inserted, rest.journey.held, count(engine, "vote")) == (150, 1, 250)


def test_a_slip_leaves_what_came_before_it(go: Callable[..., Report], folder: Path, engine: Engine) -> None:
    path = folder / "HSall_votes.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:-1], lines[-1].replace(",250,", ",251,")]))
    with pytest.raises(Unreadable, match="line 7501: Congress 110 has no roll call 251"):
        go()
    assert count(engine, "vote") == 200


def test_what_moved_in_the_files_is_told_vote_by_vote(go: Callable[..., Report], folder: Path, engine: Engine) -> None:
    go()
    path = folder / "HSall_votes.csv"
    lines = path.read_text().splitlines(keepends=True)
    assert ",1," in lines[1][-8:]
    lines[1] = lines[1].replace(",1,99.9", ",6,99.9")
    path.write_text("".join(lines))
    again = go()
    assert (again.totals.updated, again.totals.unchanged, again.totals.inserted) == (1, 99, 0)
    change = t["change"]
    with engine.connect() as connection:
        moved = connection.execute(select(change.c.field, change.c.was, change.c.now).where(change.c.who.is_not(None)))
        assert ("ballot", "Yea", "Nay") in {tuple(row) for row in moved}
    assert sound(engine)


def printed(slug: str, name: str) -> tuple[Document, PrintedVote]:
    """A real document of a chamber, and the vote in it."""
    folder = EXAMPLES / slug / name
    said = (folder / "about.toml").read_text()
    [url] = re.findall(r'url = "(.*)"', said)
    [role] = re.findall(r'role = "(.*)"', said)
    document = Document.of(Request(url, role), (folder / "document.xml").read_bytes(), datetime(2026, 1, 1, tzinfo=UTC))
    found = source(slug)
    [vote] = [one for one in found.roles[role].read(document, found.sheet) if isinstance(one, PrintedVote)]
    return document, vote


CASTS = {"yes": 1, "no": 6, "present": 7, "not_cast": 9}


def transcribed(folder: Path, vote: PrintedVote, chamber: str, congress: int, **more: str) -> None:
    """Write a vote as Voteview has it: members by the biographical directory, surnames in capitals."""
    seats, casts = [], {}
    for n, ballot in enumerate(vote.ballots, 1):
        surname = re.split(r"[,(]", ballot.name)[0].strip().upper()
        own = ballot.ref if chamber == "House" else f"X{n:06}"
        seats.append(Seat(congress, chamber, n, f"{surname}, Ann", state=ballot.region or "", bioguide=own or ""))
        casts[n] = CASTS[ballot.code.position]
    calls = [Call(congress, chamber, 7, vote.sitting_date.isoformat(), casts, more)]
    voteview_files.write(folder, seats, calls)


@pytest.mark.parametrize(
    ("slug", "name", "chamber", "congress", "session", "number", "first"),
    [
        ("us_house", "two-thirds-needed-and-missed", "House", 110, "1", "1122", True),
        ("us_house", "two-thirds-needed-and-missed", "House", 110, "1", "1122", False),
        ("us_senate", "vice-president-breaks-a-tie", "Senate", 109, "1", "363", True),
    ],
)  # fmt: skip
def test_a_vote_joins_the_one_of_the_chambers_own_paper(
    go: Callable[..., Report], folder: Path, engine: Engine, slug: str, name: str, chamber: str, congress: int,
    session: str, number: str, first: bool,
) -> None:  # fmt: skip
    document, vote = printed(slug, name)
    transcribed(folder, vote, chamber, congress, session=session, clerk_rollnumber=number)

    def official() -> None:
        found = source(slug)
        fetch = Fetch(
            url=document.url,
            role=document.role,
            at=document.fetched_at,
            status=200,
            sha256=document.sha256,
            changed=True,
        )
        writer = Writer(engine, paper_of(found))
        writer.take(read(found, fetch, document, Journey())[0])
        writer.flush()

    if first:
        official()
    assert go(f"{slug}_voteview").totals.inserted == 1
    if not first:
        official()
    v, c = t["vote"], t["comparison"]
    with engine.connect() as connection:
        ours, theirs = (
            connection.execute(select(v).where(v.c.slug == one)).one()
            for one in (vote.id, f"{slug.replace('_', '-')}-vv-{congress}-7")
        )
        pair = connection.execute(select(c)).one()
    assert (theirs.joined_to, ours.joined_to) == (ours.id, None)
    assert (pair.vote_id, pair.with_id) == (ours.id, theirs.id)
    # Voteview has no place for a tie broken from the chair.
    broken = [["spoken", "Vice President", "yes", None]] if chamber == "Senate" else []
    assert json.loads(pair.differences) == broken
    assert "names the official page" in pair.how


def test_another_vote_under_the_same_number_stands_alone(
    go: Callable[..., Report], folder: Path, engine: Engine
) -> None:
    document, vote = printed("us_house", "two-thirds-needed-and-missed")
    turned = {"yes": 6, "no": 1}
    transcribed(folder, vote, "House", 110, session="1", clerk_rollnumber="1122")
    path = folder / "HSall_votes.csv"
    path.write_text(
        re.sub(r",(1|6),99\.9", lambda m: f",{turned['yes' if m[1] == '1' else 'no']},99.9", path.read_text())
    )
    found = source("us_house")
    fetch = Fetch(
        url=document.url, role=document.role, at=document.fetched_at, status=200, sha256=document.sha256, changed=True
    )
    writer = Writer(engine, paper_of(found))
    writer.take(read(found, fetch, document, Journey())[0])
    writer.flush()
    go()
    assert count(engine, "comparison") == 0
