"""How is what a text must have put to each engine's own index, so that both find the same?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, column, func, literal_column, select, table

from tracker.domain.days import Days
from tracker.storage.search import KEY_BITS, first_place

NEAR = 2
"""Words that may stand between two that stand near each other: `ingreso [de personal] militar`."""
ALWAYS = Days(None, None)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; `open`: the last may go on."""

    words: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two words that stand near each other, in either order."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of several things."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of several things."""

    parts: tuple[Wanted, ...]


Wanted = Phrase | Near | Every | Some


def phrase(*words: str, open: bool = False) -> Phrase:
    """Return what asks for words that follow each other."""
    return Phrase(words, open)


def all_of(parts: Sequence[Wanted]) -> Wanted:
    """Return what asks for all of several things."""
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def any_of(parts: Sequence[Wanted]) -> Wanted:
    """Return what asks for at least one of several things."""
    return parts[0] if len(parts) == 1 else Some(tuple(parts))


def matching(wanted: Wanted, dialect: str, days: Days = ALWAYS) -> Select[Any]:
    """Return a query for the votes whose text has what is wanted: the key of each, and its place in the index.

    SQLite's index is in the order of sitting days: no others than `days` are looked at. PostgreSQL's has no order, and
    the place is the key; its index is slow at telling how words stand, and is asked only whether they are there.
    """
    if dialect == "sqlite":
        place: ColumnElement[int] = literal_column("vote_search.rowid", BigInteger)
        met: list[ColumnElement[bool]] = [literal_column("vote_search").bool_op("MATCH")(_fts5(wanted))]
        met += [place >= first_place(days.since)] if days.since else []
        met += [place < first_place(days.until) + (1 << KEY_BITS)] if days.until else []
        key = place.op("&")(literal_column(str((1 << KEY_BITS) - 1)))
        return select(key.label("id"), place.label("place")).select_from(table("vote_search")).where(*met)
    index = table("vote_search", column("vote_id", Integer), column("words"))
    parts = wanted.parts if isinstance(wanted, Every) else (wanted,)
    slow = [part for part in parts if isinstance(part, Near)]
    asked = [part for part in parts if part not in slow] or slow
    met = [_has(index.c.words, all_of(asked)), *(_has(index.c.words, part).is_(True) for part in slow)]
    return select(index.c.vote_id.label("id"), index.c.vote_id.label("place")).where(*met)


def _has(words: ColumnElement[Any], wanted: Wanted) -> ColumnElement[bool]:
    return words.bool_op("@@")(func.to_tsquery("simple", _tsquery(wanted)))


def _fts5(wanted: Wanted) -> str:
    match wanted:
        case Phrase():
            return f'"{" ".join(wanted.words)}"{"*" if wanted.open else ""}'
        case Near():
            return f'NEAR("{wanted.one}" "{wanted.other}", {NEAR})'
        case Every():
            return _joined(" AND ", [_fts5(part) for part in wanted.parts])
        case Some():
            return _joined(" OR ", [_fts5(part) for part in wanted.parts])


def _tsquery(wanted: Wanted) -> str:
    match wanted:
        case Phrase():
            last = len(wanted.words) - 1
            words = [f"'{word}'{':*' if wanted.open and n == last else ''}" for n, word in enumerate(wanted.words)]
            return _joined(" <-> ", words)
        case Near():
            pairs = ((wanted.one, wanted.other), (wanted.other, wanted.one))
            apart = range(1, NEAR + 2)
            return _joined(" | ", [f"'{one}' <{n}> '{other}'" for one, other in pairs for n in apart])
        case Every():
            return _joined(" & ", [_tsquery(part) for part in wanted.parts])
        case Some():
            return _joined(" | ", [_tsquery(part) for part in wanted.parts])


def _joined(sign: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({sign.join(parts)})"
