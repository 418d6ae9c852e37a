"""How is what a text must have put to each engine's own index, so that both find the same?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, column, func, literal_column, select, table

NEAR = 2
"""Words that may stand between two that stand near each other: `ingreso [de personal] militar`."""


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


@dataclass(frozen=True, slots=True)
class Without:
    """One thing, and not another."""

    part: Wanted
    but: Wanted


Wanted = Phrase | Near | Every | Some | Without


def phrase(*words: str, open: bool = False) -> Phrase:
    """Return what asks for words that follow each other."""
    return Phrase(words, open)


def all_of(parts: Sequence[Wanted]) -> Wanted:
    """Return what asks for all of several things."""
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def any_of(parts: Sequence[Wanted]) -> Wanted:
    """Return what asks for at least one of several things."""
    return parts[0] if len(parts) == 1 else Some(tuple(parts))


def matching(wanted: Wanted, dialect: str) -> Select[Any]:
    """Return a query for the keys of the votes whose text has what is wanted.

    The sign before SQLite's key keeps it from asking the index for one vote after the other, which takes for ever.
    """
    if dialect == "sqlite":
        return (
            select(literal_column("+rowid").label("rowid"))
            .select_from(table("vote_search"))
            .where(literal_column("vote_search").op("MATCH")(_fts5(wanted)))
        )
    index = table("vote_search", column("vote_id"), column("words"))
    return select(index.c.vote_id).where(index.c.words.op("@@")(func.to_tsquery("simple", _tsquery(wanted))))


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
        case Without():
            return f"({_fts5(wanted.part)} NOT {_fts5(wanted.but)})"


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
        case Without():
            return f"({_tsquery(wanted.part)} & !{_tsquery(wanted.but)})"


def _joined(sign: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({sign.join(parts)})"
