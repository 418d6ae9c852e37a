"""Which votes may a text speak of: by their counts, their days, the bills they name and the words of their subject?

Everything here answers for many claims at once, each question by index, and with a bound on how many votes it brings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, or_, select, text

from tracker.domain.legislature import Legislature
from tracker.queries import aliases
from tracker.queries.assembly import chambers
from tracker.queries.candidates import SOME, Candidate, Loader, cut
from tracker.queries.search.matching import Wanted, all_of, any_of, matching, phrase
from tracker.storage.tables import metadata

BY_FIGURES = 150
"""Votes brought for one pair of figures, the newest."""
BY_WORDS = 60
"""Votes brought for one set of words, those stored last."""
BY_DAYS = 400
"""Votes brought for one stretch of days."""


class Quoted(NamedTuple):
    """Figures to look for, in a stretch of sitting days if one is told; `abstain` None: any."""

    yes: int
    no: int
    abstain: int | None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a chamber: the first and the last sitting day of which there is a vote, and how many votes."""

    legislature: str
    short: str
    first: date
    last: date


class Finder:
    """Finds votes on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._chambers = chambers(connection)
        self._loader = Loader(connection, self._chambers)
        self._known = aliases.known(connection)

    @property
    def chambers(self) -> Mapping[str, Legislature]:
        """Every chamber on record, by its slug."""
        return {chamber.slug: chamber for chamber in self._chambers.values()}

    def by_figures(self, wanted: Collection[Quoted]) -> dict[Quoted, list[int]]:
        """Return the keys of the votes that have had each of the counts, the newest first."""
        found: dict[Quoted, list[int]] = {one: [] for one in wanted}
        for some in cut(list(found), 60):
            parts: list[str] = []
            values: dict[str, Any] = {}
            for n, one in enumerate(some):
                also = "" if one.abstain is None else f" AND abstain = :c{n}"
                also += "" if one.first is None else f" AND sitting_date BETWEEN :f{n} AND :l{n}"
                parts.append(
                    f"SELECT * FROM (SELECT {n} AS n, vote_id FROM quoted WHERE yes = :a{n} AND no = :b{n}{also} "  # noqa: S608
                    f"ORDER BY sitting_date DESC, vote_id DESC LIMIT {BY_FIGURES}) AS q{n} "
                )
                values |= {f"a{n}": one.yes, f"b{n}": one.no}
                values |= {} if one.abstain is None else {f"c{n}": one.abstain}
                if one.first is not None:
                    values |= {f"f{n}": self._day(one.first), f"l{n}": self._day(one.last)}
            for n, key in self._connection.execute(text(" UNION ALL ".join(parts)), values):
                found[some[n]].append(key)
        return found

    def _day(self, day: date | None) -> Any:
        return day.isoformat() if day is not None and self._connection.dialect.name == "sqlite" else day

    def in_days(self, first: date, last: date) -> list[int]:
        """Return the keys of the votes of a stretch of sitting days, the newest first."""
        v = metadata.tables["vote"]
        query = select(v.c.id).where(v.c.sitting_date.between(first, last), v.c.joined_to.is_(None))
        newest = query.order_by(v.c.sitting_date.desc(), v.c.id.desc()).limit(BY_DAYS)
        return list(self._connection.execute(newest).scalars())

    def by_bills(self, numbers: Collection[str]) -> dict[str, list[int]]:
        """Return the keys of the votes whose motions name bills, by the number they name; some of each chamber."""
        v, b, mb = (metadata.tables[name] for name in ("vote", "bill", "motion_bill"))
        found: dict[str, list[int]] = defaultdict(list)
        many = Counter[tuple[str, int]]()
        for some in cut(sorted(numbers), SOME):
            query = (
                select(b.c.number, v.c.id, v.c.legislature_id)
                .join(mb, mb.c.bill_id == b.c.id)
                .join(v, v.c.motion_id == mb.c.motion_id)
                .where(b.c.legislature_id.in_(self._chambers), b.c.number.in_(some))
                .order_by(v.c.sitting_date.desc(), v.c.id.desc(), b.c.id)
            )
            for number, key, chamber in self._connection.execute(query):
                many[number, chamber] += 1
                if many[number, chamber] <= BY_WORDS:
                    found[number].append(key)
        return found

    def by_words(self, groups: Sequence[Sequence[str]]) -> list[int]:
        """Return the keys of votes whose text has a word of each of the groups; if none has, of at least two of them.

        A word of the text meets one that it begins with.
        """
        each = [any_of([phrase(word, open=True) for word in group]) for group in groups]
        if not each:
            return []
        found = self._with_words(all_of(each))
        if found or len(each) < 3:
            return found
        return self._with_words(any_of([all_of(pair) for pair in combinations(each, 2)]))

    def _with_words(self, wanted: Wanted) -> list[int]:
        dialect, v = self._connection.dialect.name, metadata.tables["vote"]
        met = matching(wanted, dialect).subquery()
        if dialect == "sqlite":
            query = select(met.c.id).order_by(met.c.place.desc())
        else:
            query = select(v.c.id).join(met, v.c.id == met.c.id).order_by(v.c.sitting_date.desc(), v.c.id.desc())
        return list(self._connection.scalars(query.limit(BY_WORDS)))

    def by_names(self, texts: Sequence[str]) -> list[frozenset[int]]:
        """Return, for each text, the keys of the votes that it calls as the press does."""
        spoken = [aliases.spoken_of(self._known, text) for text in texts]
        keys = aliases.votes_of(self._connection, [one for some in spoken for one in some])
        return [frozenset().union(*(keys[one] for one in some)) for some in spoken]

    def candidates(self, keys: Iterable[int]) -> dict[int, Candidate]:
        """Return the votes of keys with all that is compared, by every key that leads to them."""
        return self._loader.candidates(keys)

    def held(self) -> tuple[Held, ...]:
        """Return the first and last day of which there is a vote, for every chamber."""
        v = metadata.tables["vote"]
        found: list[Held] = []
        for number, chamber in self._chambers.items():
            here = v.c.legislature_id == number
            first, last = (
                self._connection.scalar(select(end(v.c.sitting_date)).where(here)) for end in (func.min, func.max)
            )
            if first is not None and last is not None:
                found.append(Held(chamber.slug, chamber.short, first, last))
        return tuple(found)

    def sat(self, legislatures: Collection[str], first: date, last: date) -> int:
        """Return on how many days of a stretch the chambers have a vote on record."""
        v = metadata.tables["vote"]
        numbers = [number for number, chamber in self._chambers.items() if chamber.slug in legislatures]
        here = or_(*(v.c.legislature_id == number for number in numbers)) if numbers else v.c.id.is_not(None)
        days = select(func.count(v.c.sitting_date.distinct())).where(v.c.sitting_date.between(first, last), here)
        return self._connection.scalar(days) or 0
