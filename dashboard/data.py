"""What do the pages ask of the database? Answers are kept by the version of the data: a correction shows at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

import streamlit as st

from tracker.claims.shown import Shown, shown
from tracker.domain.changes import Cause
from tracker.queries import (
    benches,
    changes,
    conduct,
    coverage,
    doubts,
    health,
    ladder,
    margins,
    members,
    options,
    ranks,
    rolls,
    votes,
)
from tracker.queries.benches import Bench, Pair
from tracker.queries.changes import ChangePage, ChangeSet
from tracker.queries.conduct import Lines, Participation, Taken
from tracker.queries.coverage import Held
from tracker.queries.database import Engine, connect, data_version
from tracker.queries.doubts import DoubtView
from tracker.queries.filters import VoteFilter
from tracker.queries.health import SourceHealth
from tracker.queries.ladder import Ladder
from tracker.queries.listed import Page, Sitting, VoteRow
from tracker.queries.margins import Apart
from tracker.queries.members import MemberView
from tracker.queries.options import Options
from tracker.queries.ranks import Ranks
from tracker.queries.record import Record
from tracker.queries.rolls import Span
from tracker.queries.rules import ChamberRules, of_chambers
from tracker.queries.search import hints as name_hints
from tracker.queries.search.hints import Hints
from tracker.queries.view import VoteView
from tracker.settings import settings


@st.cache_resource(show_spinner=False)
def _engine(url: str) -> Engine:
    return connect(url, pool=settings().database_pool, longest=settings().database_longest)


def _at() -> tuple[str, str]:
    """Return the database's address and the version of its data: what every answer is kept under."""
    url = settings().database
    return url, data_version(_engine(url))


@st.cache_data(show_spinner=False, max_entries=256)
def _vote(
    url: str, version: str, slug: str, number: int | None, own: bool, as_of: date | datetime | None
) -> VoteView | None:
    return votes.one(_engine(url), slug, number, own=own, as_of=as_of)


@st.cache_data(show_spinner=False, max_entries=256)
def _ranks(url: str, version: str, slug: str, number: int, _view: VoteView) -> Ranks:
    return ranks.ranks(_view)


@st.cache_data(show_spinner=False, max_entries=256)
def _listing(url: str, version: str, wanted: VoteFilter) -> Page:
    return votes.listing(_engine(url), wanted)


@st.cache_data(show_spinner=False, max_entries=256)
def _hints(url: str, version: str, text: str) -> Hints:
    return name_hints.hints(_engine(url), text)


@st.cache_data(show_spinner=False, max_entries=8)
def _overview(url: str, version: str) -> tuple[tuple[Sitting, ...], tuple[ChangeSet, ...]]:
    engine = _engine(url)
    return votes.latest_sittings(engine, each=3), changes.latest(engine, limit=6)


@st.cache_data(show_spinner=False, max_entries=32)
def _options(url: str, version: str, legislature: str) -> Options:
    return options.options(_engine(url), legislature)


@st.cache_data(show_spinner=False, max_entries=64)
def _changed(
    url: str, version: str, cause: Cause | None, legislature: str | None, limit: int, offset: int
) -> ChangePage:
    return changes.listing(_engine(url), cause=cause, legislature=legislature, limit=limit, offset=offset)


@st.cache_data(show_spinner=False, max_entries=8)
def _held(url: str, version: str) -> tuple[Held, tuple[DoubtView, ...]]:
    return coverage.held(_engine(url)), doubts.listing(_engine(url))


@st.cache_data(show_spinner=False, max_entries=8)
def _rules(url: str, version: str) -> tuple[ChamberRules, ...]:
    return of_chambers(_engine(url))


@st.cache_data(show_spinner=False, max_entries=8)
def _sources(url: str, version: str) -> tuple[SourceHealth, ...]:
    return health.sources(_engine(url))


@st.cache_data(show_spinner=False, max_entries=64)
def _ladder(url: str, version: str, slug: str) -> Ladder | None:
    return ladder.ladder(_engine(url), slug)


@st.cache_data(show_spinner=False, max_entries=4)
def _spans(url: str, version: str) -> tuple[Span, ...]:
    return rolls.spans(_engine(url))


@st.cache_resource(show_spinner=False, max_entries=6)
def _record(url: str, version: str, legislature: str, year: int) -> Record | None:
    return rolls.record(_engine(url), legislature, year)


@st.cache_data(show_spinner=False, max_entries=16)
def _groups(url: str, version: str, legislature: str, year: int) -> tuple[tuple[Bench, ...], tuple[Pair, ...]]:
    held = _record(url, version, legislature, year)
    found = benches.benches(held) if held else ()
    codes = tuple(one.group.code for one in found if one.group.attached)
    return found, benches.pairs(held, codes) if held else ()


@st.cache_resource(show_spinner=False, max_entries=6)
def _attended(url: str, version: str, legislature: str, year: int) -> tuple[Participation, ...]:
    held = _record(url, version, legislature, year)
    return tuple(conduct.attended(held, column) for column in range(len(held.people))) if held else ()


@st.cache_resource(show_spinner=False, max_entries=32)
def _lines(url: str, version: str, legislature: str, year: int, number: int, rule: str) -> Lines:
    held = _record(url, version, legislature, year)
    return conduct.lines(held, number, rule) if held else {}


@st.cache_data(show_spinner=False, max_entries=64)
def _member(url: str, version: str, slug: str, legislature: str | None) -> MemberView | None:
    return members.one(_engine(url), slug, legislature)


@st.cache_resource(show_spinner=False, max_entries=32)
def _taken(url: str, version: str, legislature: str, year: int, slug: str, rule: str) -> tuple[Taken, ...]:
    held = _record(url, version, legislature, year)
    column = held.column(slug) if held else None
    lines_of = partial(_lines, url, version, legislature, year, rule=rule)
    return () if held is None or column is None else conduct.taken(held, column, lines_of)


@st.cache_data(show_spinner=False, max_entries=64)
def _meeting(url: str, version: str, wanted: VoteFilter) -> frozenset[str]:
    return votes.meeting(_engine(url), wanted)


@st.cache_data(show_spinner=False, max_entries=64)
def _rows(url: str, version: str, slugs: tuple[str, ...]) -> tuple[VoteRow, ...]:
    return votes.named(_engine(url), slugs)


@st.cache_data(show_spinner=False, max_entries=16)
def _checked(url: str, version: str, text: str, written: date | None) -> Shown:
    return shown(_engine(url), text, written)


def vote(
    slug: str, number: int | None = None, *, own: bool = False, as_of: date | datetime | None = None
) -> VoteView | None:
    """Return a vote, in its current reading, a numbered one, or that of a moment; None if there is none.

    Raise NotThen if it was not held at that moment.
    """
    return _vote(*_at(), slug, number, own, as_of)


def ranks_of(view: VoteView) -> Ranks:
    """Return what each rule says of who broke ranks in a vote."""
    return _ranks(*_at(), view.id, view.version, view)


def listing(wanted: VoteFilter) -> Page:
    """Return a stretch of the votes that meet a filter."""
    return _listing(*_at(), wanted)


def apart(wanted: VoteFilter) -> tuple[Apart, ...]:
    """Return how far apart yes and no were in the votes that meet a filter."""
    return margins.margins(_engine(settings().database), wanted)


def hints(text: str) -> Hints:
    """Return whom a search names."""
    return _hints(*_at(), text)


def overview() -> tuple[tuple[Sitting, ...], tuple[ChangeSet, ...]]:
    """Return the latest three sitting days of every chamber and the latest changes."""
    return _overview(*_at())


def sources() -> tuple[SourceHealth, ...]:
    """Return how each source is doing."""
    return _sources(*_at())


def ladder_of(slug: str) -> Ladder | None:
    """Return the votes on the same matter as a vote; None if it stands alone."""
    return _ladder(*_at(), slug)


def spans() -> tuple[Span, ...]:
    """Return every chamber that has votes, the one that voted last first."""
    return _spans(*_at())


def record(legislature: str, year: int) -> Record | None:
    """Return the votes of a chamber in a year with everybody's part in them.

    One for all readers: nothing in it can be written to.
    """
    return _record(*_at(), legislature, year)


def groups(held: Record) -> tuple[tuple[Bench, ...], tuple[Pair, ...]]:
    """Return the groups of a chamber's year and how united they were; and of each two that are groups, how alike."""
    return _groups(*_at(), held.chamber.slug, held.year)


def attended(held: Record) -> tuple[Participation, ...]:
    """Return how often everybody took part in the votes of a chamber's year, in the order of the record's people."""
    return _attended(*_at(), held.chamber.slug, held.year)


def lines(held: Record, rule: str, number: int) -> Lines:
    """Return what a rule says of a group in the votes of a chamber's year; the group by its place in the record.

    One for all readers, as the record is.
    """
    return _lines(*_at(), held.chamber.slug, held.year, number, rule)


def member(slug: str, legislature: str | None) -> MemberView | None:
    """Return a member by id, of a chamber or of the one that knew the id last; None if there is none."""
    return _member(*_at(), slug, legislature)


def taken(of: MemberView, years: Iterable[int], rule: str) -> tuple[Taken, ...]:
    """Return a member's part in every vote of some years, by a rule, in clock order."""
    at = _at()
    return tuple(one for year in sorted(years) for one in _taken(*at, of.chamber.slug, year, of.id, rule))


def meeting(text: str, legislature: str) -> frozenset[str]:
    """Return the ids of a chamber's votes that the words of a search mean."""
    return _meeting(*_at(), VoteFilter(text=text, legislatures=(legislature,)))


def rows(slugs: tuple[str, ...]) -> tuple[VoteRow, ...]:
    """Return votes as lists show them, in the order of their ids."""
    return _rows(*_at(), slugs)


def choices(legislature: str | None) -> Options:
    """Return what the votes of a chamber can be narrowed down to; nothing without a chamber."""
    return _options(*_at(), legislature) if legislature else Options()


def changed(cause: Cause | None, legislature: str | None, *, limit: int, offset: int = 0) -> ChangePage:
    """Return a stretch of what moved in the records, of a cause and a chamber if they are named."""
    return _changed(*_at(), cause, legislature, limit, offset)


def held() -> tuple[Held, tuple[DoubtView, ...]]:
    """Return what is held, what is missing, and the votes in doubt that wait for a person."""
    return _held(*_at())


def checked(text: str, written: date | None) -> Shown:
    """Return what the record says of the claims of a text; `written` is the day of the article. Raise Unreadable."""
    return _checked(*_at(), text, written)


def rules() -> tuple[ChamberRules, ...]:
    """Return the rules by which each chamber decides."""
    return _rules(*_at())
