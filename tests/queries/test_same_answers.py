"""Does the same record in SQLite and in PostgreSQL give the same answer to every question there is?"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import congress
import gold_votes
import odd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as quietly
from hypothesis import strategies as st
from sqlalchemy import Engine

import tracker.queries
from tracker.domain.bills import Bill
from tracker.domain.changes import Cause
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries import (
    addresses,
    alerted,
    aliases,
    bills,
    changes,
    coverage,
    directory,
    doubts,
    health,
    ladder,
    margins,
    members,
    moved,
    options,
    paging,
    rolls,
    rules,
    votes,
)
from tracker.queries.claimed import Finder, Quoted
from tracker.queries.database import connect, reading
from tracker.queries.files import parts
from tracker.queries.files import votes as files_votes
from tracker.queries.files.chosen import snapshot
from tracker.queries.filters import VoteFilter
from tracker.queries.plain import plain
from tracker.queries.search import hints
from tracker.storage.deliveries import Stage
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.tables import metadata

pytestmark = pytest.mark.postgres
HOSTILE = ("", " ", "\x00", "a\x00b", "'", '"', "%", "_", "*", "\\", "NEAR(", "a AND", "-x", "' OR 1=1 --", "ñ", "ＡＢ")


@dataclass(frozen=True)
class Record:
    """One record in both engines, and what is in it to ask for."""

    sqlite: Engine
    postgres: Engine
    has: dict[str, list[Any]]


COLUMNS = {
    "votes": "vote.slug", "members": "person.slug", "chambers": "legislature.slug", "sources": "source.slug",
    "kinds": "motion.kind", "results": "vote.result", "groups": "group.code", "days": "vote.sitting_date",
    "words": "word.word", "subjects": "motion.subject", "numbers": "bill.number", "names": "person.name",
    "aliases": "alias.name", "quoted": "quoted.vote_id", "keys": "vote.id",
}  # fmt: skip


def with_gold(url: str) -> Engine:
    engine = open_engine(url)
    upgrade(engine)
    gold_votes.fill(engine, gold_votes.facts())
    return engine


CORPUS = pytest.param("corpus", marks=pytest.mark.corpus)


@pytest.fixture(scope="module", params=["odd", "gold", CORPUS])
def both(
    request: pytest.FixtureRequest, on: Callable[[str, str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Record]:
    """A record made in SQLite, and the same carried over."""
    corpus = Path(__file__).resolve().parents[3] / "shared" / "corpus"
    fills: dict[str, Callable[[str], Engine]] = {
        "odd": odd.fill, "gold": with_gold, "corpus": lambda url: congress.filled(url, corpus),
    }  # fmt: skip
    sqlite = f"sqlite:///{tmp_path_factory.mktemp('both')}/votes.sqlite"
    fills[request.param](sqlite).dispose()
    record = Record(connect(sqlite), connect(on("postgres", sqlite)), {})
    with record.sqlite.connect() as connection:
        for name, where in COLUMNS.items():
            table, column = where.split(".")
            found = connection.scalars(
                metadata.tables[table].select().with_only_columns(metadata.tables[table].c[column])
            )
            record.has[name] = sorted({value for value in found if value is not None}) or [""]
    yield record
    record.sqlite.dispose()
    record.postgres.dispose()


class Asking:
    """Draws what to ask a record for: what it has, or something it has not."""

    def __init__(self, record: Record, draw: Callable[..., Any]) -> None:
        self._has = record.has
        self.draw = draw

    def some(self, name: str) -> Any:
        """Something of a kind that is there, or a text that may be nothing."""
        return self.draw(
            st.one_of(*[st.sampled_from(self._has[name])] * 4, st.sampled_from(HOSTILE), st.text(max_size=9))
        )

    def maybe(self, name: str) -> Any:
        return self.some(name) if self.draw(st.integers(0, 3)) == 0 else None

    def known(self, name: str) -> Any:
        return self.draw(st.sampled_from(self._has[name]))

    def any_of(self, values: Any) -> Any:
        return self.draw(st.one_of(*[st.none()] * 3, st.sampled_from(list(values))))

    def number(self, first: int, last: int) -> int:
        return self.draw(st.integers(first, last))

    def day(self) -> date:
        return self.known("days") + timedelta(days=self.draw(st.sampled_from([0, 0, 0, 1, -1, 40, -400])))

    def moment(self) -> datetime:
        return datetime(self.number(2020, 2024), self.number(1, 12), self.number(1, 28), self.number(0, 23), tzinfo=UTC)

    def text(self) -> str:
        """What a reader may type."""
        word = st.sampled_from(self._has["words"])
        begun = word.map(lambda one: one[:3])
        mistyped = word.map(lambda one: one[: len(one) // 2] + one[len(one) // 2 + 1 :])
        subject = st.sampled_from(self._has["subjects"]).map(lambda one: one[:60])
        return self.draw(
            st.one_of(
                st.lists(st.one_of(word, word, mistyped, begun), min_size=1, max_size=4).map(" ".join),
                subject, st.sampled_from(self._has["names"]), st.sampled_from(self._has["aliases"]),
                st.sampled_from(self._has["numbers"]), st.sampled_from(HOSTILE), st.text(max_size=30),
                st.sampled_from(["18 May 2023", "mayo 2023", "70-33-4", "2 1 1", "4766 2023", "tropas eeuu", "mod 3"]),
            )
        )  # fmt: skip

    def bill(self) -> Bill:
        return Bill(
            self.some("numbers"),
            self.draw(st.sampled_from(["2021-2026", "2026-2031", "118", ""])),
            self.some("chambers"),
        )

    def filter(self) -> VoteFilter:
        return VoteFilter(
            text=self.text() if self.number(0, 2) else "", exact=self.number(0, 3) == 0,
            legislatures=tuple(filter(None, [self.maybe("chambers")])), since=self.any_of([self.day()]),
            until=self.any_of([self.day()]), status=self.any_of(Status), verdict=self.any_of(Verdict),
            bill=self.bill() if self.number(0, 5) == 0 else None, kind=self.maybe("kinds"),
            result=self.maybe("results"), ahead=self.any_of(["yes", "no", "tie"]),
            margin=self.any_of([0, 3, 40, 10**6]), turned=self.number(0, 9) == 0, group=self.maybe("groups"),
            stand=self.any_of(["yes", "no", "abstain", "split"]), limit=self.draw(st.sampled_from([1, 3, 25, 1000])),
            offset=self.draw(st.sampled_from([0, 0, 1, 7])),
            sort=self.draw(st.sampled_from(["newest", "oldest", "closest"])),
        )  # fmt: skip


Question = Callable[[Engine], Any]


def finder(method: str, *given: Any) -> Question:
    """What looks for votes that a text may speak of, asked by one of its methods."""

    def question(engine: Engine) -> Any:
        with reading(engine) as connection:
            return getattr(Finder(connection), method)(*given)

    return question


def ask(function: Callable[..., Any], *given: Any, **named: Any) -> Question:
    return lambda engine: function(engine, *given, **named)


def of_event(engine: Engine, asked: Callable[[Engine, Any], Any], number: int) -> Any:
    """What is asked of something that happened, to be told of; of the first of all if there are not so many."""
    events = alerted.happened(engine, datetime(1900, 1, 1, tzinfo=UTC))
    return asked(engine, events[min(number, len(events) - 1)]) if events else None


def filed(engine: Engine, wanted: VoteFilter) -> list[Any]:
    """What the files say of the votes that meet a filter."""
    tables = (files_votes.votes, parts.group_tallies, parts.spoken, parts.changes)
    with snapshot(engine) as held:
        return [table(held, lines) for lines in held.lines(wanted) for table in tables]


def walk(engine: Engine, wanted: VoteFilter, pages: int) -> list[Any]:
    """Go through a list from one place to the next."""
    found: list[Any] = []
    for _ in range(pages):
        found.append(paging.stretch(engine, wanted, found[-1].last if found else None))
        if found[-1].last is None:
            break
    return found


def quoted(a: Asking) -> Quoted:
    days = sorted([a.day(), a.day()])
    first, last = days if a.number(0, 1) else (None, None)
    yes, no, abstain = a.draw(
        st.sampled_from([(2, 1, 1), (69, 31, 4), (70, 33, 4), (5, 4, 0), (0, 0, 0), (10**7, 1, 0)])
    )
    return Quoted(yes, no, a.draw(st.sampled_from([abstain, None])), first, last)


ASKED: dict[str, Callable[[Asking], Question]] = {
    "addresses.page": lambda a: ask(addresses.page, a.number(-1, 4), of=a.number(1, 40)),
    "addresses.pages": lambda a: ask(addresses.pages, of=a.number(1, 40)),
    "alerted.deliveries": lambda a: ask(alerted.deliveries, limit=a.number(0, 30), state=a.any_of(Stage)),
    "alerted.happened": lambda a: ask(alerted.happened, a.moment()),
    "alerted.meeting_among": lambda a: ask(alerted.meeting_among, a.filter(), [a.some("votes"), a.some("votes")]),
    "alerted.numbered": lambda a: ask(alerted.numbered, [a.number(0, 200) for _ in range(3)]),
    "alerted.outbox": lambda a: alerted.outbox,
    "alerted.ready": lambda a: alerted.ready,
    "alerted.shown": lambda a: ask(alerted.shown, a.some("votes")),
    "alerted.told_as": lambda a: ask(of_event, alerted.told_as, a.number(0, 200)),
    "alerted.took_over": lambda a: ask(of_event, alerted.took_over, a.number(0, 200)),
    "alerted.unknown": lambda a: ask(
        alerted.unknown, vote=a.some("votes"), member=a.some("members"), group=a.some("groups"),
        sources=tuple(filter(None, [a.maybe("sources")])),
    ),
    "aliases.in_force": lambda a: aliases.in_force,
    "bills.find": lambda a: ask(bills.find, a.some("numbers")),
    "bills.votes_of_bill": lambda a: ask(bills.votes_of_bill, a.bill(), limit=a.number(1, 9), offset=a.number(0, 3)),
    "changes.latest": lambda a: ask(changes.latest, limit=a.number(0, 30), since=a.any_of([a.moment()])),
    "changes.listing": lambda a: ask(
        changes.listing, cause=a.any_of(Cause), legislature=a.maybe("chambers"), limit=a.number(0, 9),
        offset=a.number(0, 4), before=a.any_of([1, 60, 10**6]),
    ),
    "changes.of_vote": lambda a: ask(changes.of_vote, a.some("votes")),
    "claimed.by_bills": lambda a: finder("by_bills", [a.some("numbers"), a.some("numbers")]),
    "claimed.by_figures": lambda a: finder("by_figures", [quoted(a), quoted(a)]),
    "claimed.by_names": lambda a: finder("by_names", [a.text(), a.some("aliases")]),
    "claimed.by_words": lambda a: finder("by_words", [[a.known("words")[:5]] for _ in range(a.number(0, 3))]),
    "claimed.candidates": lambda a: finder("candidates", [a.known("keys") for _ in range(4)]),
    "claimed.held": lambda a: finder("held"),
    "claimed.in_days": lambda a: finder("in_days", *sorted([a.day(), a.day()])),
    "claimed.sat": lambda a: finder("sat", [a.some("chambers")], *sorted([a.day(), a.day()])),
    "coverage.held": lambda a: coverage.held,
    "directory.groups": lambda a: ask(directory.groups, a.maybe("chambers")),
    "directory.members": lambda a: ask(
        directory.members, legislature=a.maybe("chambers"), text=a.draw(st.sampled_from(["", "", "ana", "Ñ", "mem 0"])),
        after=a.any_of([(a.some("chambers"), a.some("members"))]), limit=a.number(1, 9),
    ),
    "doubts.document_of": lambda a: ask(doubts.document_of, a.some("votes")),
    "doubts.listing": lambda a: ask(
        doubts.listing, sources=tuple(filter(None, [a.maybe("sources")])), everything=a.number(0, 1) == 1
    ),
    "doubts.settled": lambda a: ask(doubts.settled, [a.some("votes"), a.some("votes")]),
    "files.chosen.snapshot": lambda a: ask(filed, a.filter()),
    "health.coverage": lambda a: health.coverage,
    "health.findings": lambda a: ask(health.findings, vote=a.maybe("votes"), limit=a.number(0, 200)),
    "health.sources": lambda a: health.sources,
    "search.hints.hints": lambda a: ask(hints.hints, a.text()),
    "ladder.ladder": lambda a: ask(ladder.ladder, a.some("votes")),
    "margins.margins": lambda a: ask(margins.margins, a.filter()),
    "members.one": lambda a: ask(members.one, a.some("members"), a.maybe("chambers")),
    "moved.votes": lambda a: ask(moved.votes, a.filter()),
    "options.options": lambda a: ask(options.options, a.some("chambers")),
    "paging.stretch": lambda a: ask(walk, a.filter(), a.number(1, 4)),
    "rolls.record": lambda a: ask(rolls.record, a.some("chambers"), a.number(2020, 2026)),
    "rolls.spans": lambda a: rolls.spans,
    "rules.of_chambers": lambda a: rules.of_chambers,
    "votes.every": lambda a: ask(lambda engine, wanted: list(votes.every(engine, wanted)), a.filter()),
    "votes.latest_sittings": lambda a: ask(votes.latest_sittings, each=a.number(1, 4), votes=a.number(1, 20)),
    "votes.legislatures": lambda a: votes.legislatures,
    "votes.listing": lambda a: ask(votes.listing, a.filter()),
    "votes.meeting": lambda a: ask(votes.meeting, a.filter()),
    "votes.named": lambda a: ask(votes.named, [a.some("votes") for _ in range(a.number(0, 4))]),
    "votes.one": lambda a: ask(
        votes.one, a.some("votes"), a.any_of([1, 2, 3, 0, -1]), own=a.number(0, 1) == 1,
        as_of=a.any_of([a.day(), a.moment()]),
    ),
}  # fmt: skip

NO_QUESTIONS = frozenset({"database.reading", "database.data_version", "queue.jobs", "queue.queue_state"})
"""What takes an engine and asks nothing; the mark of a state of the data, of which each engine has its own; and the
queue, which only PostgreSQL has."""


def questions() -> Iterator[str]:
    """Every public function of the read side that is handed a database, and everything a finder finds."""
    for found in pkgutil.walk_packages(tracker.queries.__path__, "tracker.queries."):
        module = importlib.import_module(found.name)
        short = found.name.removeprefix("tracker.queries.")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            own = function.__module__ == found.name and not name.startswith("_")
            if own and first is not None and first.annotation == "Engine":
                yield f"{short}.{name}"
    yield from (f"claimed.{name}" for name, _ in inspect.getmembers(Finder, inspect.isfunction) if name[0] != "_")


def test_every_question_there_is_is_asked_here() -> None:
    assert sorted({*questions()} - NO_QUESTIONS) == sorted(ASKED)


def outcome(question: Question, engine: Engine) -> tuple[str, Any]:
    """What is answered, or why nothing is: to ask for what is not there is a question like any other."""
    try:
        return "answer", plain(question(engine))
    except (LookupError, ValueError) as error:
        return type(error).__name__, str(error)


@pytest.mark.parametrize("name", ASKED)
def test_the_same_question_gets_the_same_answer(both: Record, name: str) -> None:
    @given(st.data())
    @quietly(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def holds(data: st.DataObject) -> None:
        question = ASKED[name](Asking(both, data.draw))
        assert outcome(question, both.postgres) == outcome(question, both.sqlite)

    holds()
