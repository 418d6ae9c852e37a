"""What does a search ask of the index, in which order of nearness to what was typed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlalchemy import Connection

from tracker.domain.days import Days, year
from tracker.queries import aliases, search, spelling
from tracker.queries.hints import is_name
from tracker.queries.matching import Every, Near, Some, Wanted, Without, phrase
from tracker.queries.search import Asked
from tracker.queries.terms import Term, terms
from tracker.queries.understood import Understood


@dataclass(frozen=True, slots=True)
class Step:
    """What is looked for after everything before it; `years`: only in votes of one of these."""

    wanted: Wanted
    years: tuple[Days, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """A search, read: votes by other names first (their keys), then each step, all within `days` and with `figures`."""

    asked: Asked
    understood: Understood
    named: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()


def read(connection: Connection, text: str, *, exact: bool = False) -> Sought:
    """Read a search; `exact`: its words as they stand, and nothing else."""
    if exact:
        asked = search.literally(text)
        words = [phrase(*piece.words) for piece in asked.pieces]
        return Sought(asked, Understood(), steps=(Step(Every(tuple(words))),) if words else ())
    asked = search.read(text)
    typed = terms(asked.pieces)
    known = spelling.forms(connection, {word for term in typed for word in term.words})
    wanted = tuple(_right(connection, term, known) for term in typed)
    if wanted != typed:
        known = spelling.forms(connection, {word for term in wanted for word in term.words})
    met = aliases.meant(connection, wanted) if wanted else ()
    years = tuple(found for term in wanted if len(wanted) > 1 and (found := year(" ".join(term.words))))
    return Sought(
        asked,
        Understood(
            days=asked.days,
            figures=asked.figures,
            bills=tuple(term.printed for term in typed if term.printed),
            corrected=tuple(
                (" ".join(a.words), " ".join(b.words)) for a, b in zip(typed, wanted, strict=True) if a != b
            ),
            searched=" ".join(word for term in wanted for word in term.words) if wanted != typed else "",
            same=tuple((" ".join(t.words), tuple(map(" ".join, t.others))) for t in wanted if t.others),
            years=tuple(one.since.year for one in years if one.since),
            aliases=met,
        ),
        aliases.votes(connection, met),
        _steps(wanted, known, years),
    )


def _right(connection: Connection, term: Term, known: Mapping[str, tuple[str, ...]]) -> Term:
    """Return a term, put right if the record has nothing that it could be."""
    word = term.words[0]
    if len(term.words) > 1 or term.others or known[word] or spelling.begun(connection, word):
        return term
    if is_name(connection, word):
        return term
    meant = spelling.meant(connection, word)
    return replace(terms([search.Piece(meant)])[0]) if meant else term


def _steps(wanted: Sequence[Term], known: Mapping[str, tuple[str, ...]], years: tuple[Days, ...]) -> tuple[Step, ...]:
    """Return what to look for, nearest first: the words near each other, the words, their other forms; then by year."""
    if not wanted:
        return ()
    every = _every([_forms(term, known) for term in wanted])
    looked = [*_as_typed(wanted), every]
    steps = [Step(looked[0])]
    for n, one in enumerate(looked[1:], 1):
        if one not in looked[:n]:
            steps.append(Step(Without(one, _some(looked[:n]))))
    others = [term for term in wanted if year(" ".join(term.words)) not in years]
    if years and others:
        dated = _every([_forms(term, known) for term in others])
        steps.append(Step(Without(dated, every), years))
    return tuple(steps)


def _as_typed(wanted: Sequence[Term]) -> list[Wanted]:
    typed = [phrase(*term.words) for term in wanted]
    if len(wanted) == 1:
        return list(typed)
    near = [Near(one.words[-1], other.words[0]) for one, other in pairwise(wanted)]
    return [_every([*near, *(one for one in typed if len(one.words) > 1)]), _every(typed)]


def _forms(term: Term, known: Mapping[str, tuple[str, ...]]) -> Wanted:
    """Return a term in every form: words that begin so, those of its stem, and what else it is called."""
    last = term.words[-1]
    found: list[Wanted] = [phrase(*term.words, open=last.isalpha())]
    if len(term.words) == 1:
        found += [phrase(word) for word in known.get(last, ()) if not word.startswith(last)]
    return _some([*found, *(phrase(*words) for words in term.others)])


def _every(parts: Sequence[Wanted]) -> Wanted:
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def _some(parts: Sequence[Wanted]) -> Wanted:
    return parts[0] if len(parts) == 1 else Some(tuple(parts))
