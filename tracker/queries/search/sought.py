"""What does a search ask of the index, in which order of nearness to what was typed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Connection

from tracker.domain.days import Days, year
from tracker.queries import aliases
from tracker.queries.search import query, spelling
from tracker.queries.search.hints import is_name
from tracker.queries.search.matching import Near, Wanted, all_of, any_of, phrase
from tracker.queries.search.query import Asked
from tracker.queries.search.spelling import Forms
from tracker.queries.search.terms import Term, terms
from tracker.queries.search.understood import Understood

COMMON = 5_000
"""Votes from which on a word says little by standing near another such; to look for it would take long."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is looked for, and may have been found by a step before; `years`: only in votes of one of these."""

    wanted: Wanted
    years: tuple[Days, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """A search, read: votes by other names first (their keys), then each step.

    `whole` finds what all the steps find, in no order. What `asked` has of days and figures is met by all of it.
    """

    asked: Asked
    understood: Understood
    named: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()
    whole: tuple[Step, ...] = ()


def read(connection: Connection, text: str, *, exact: bool = False) -> Sought:
    """Read a search; `exact`: its words as they stand, and nothing else."""
    if exact:
        asked = query.literally(text)
        steps = (Step(all_of([phrase(*piece.words) for piece in asked.pieces])),) if asked.pieces else ()
        return Sought(asked, Understood(), steps=steps, whole=steps)
    asked = query.read(text)
    typed = terms(asked.pieces)
    known = spelling.forms(connection, {word for term in typed for word in term.words})
    wanted, met = typed, aliases.meant(connection, typed)
    if not met:
        wanted = tuple(_right(connection, term, known) for term in typed)
    if wanted != typed:
        known = spelling.forms(connection, {word for term in wanted for word in term.words})
        met = aliases.meant(connection, wanted)
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
        *_steps(wanted, known, years),
    )


def _right(connection: Connection, term: Term, known: Mapping[str, Forms]) -> Term:
    """Return a term, put right if the record has nothing that it could be."""
    word = term.words[0]
    if len(term.words) > 1 or term.others or known[word].words or spelling.begun(connection, word):
        return term
    if is_name(connection, word):
        return term
    meant = spelling.meant(connection, word)
    return terms([query.Piece(meant)])[0] if meant else term


def _steps(
    wanted: Sequence[Term], known: Mapping[str, Forms], years: tuple[Days, ...]
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Return what to look for: words near each other, words, their other forms, then by year; and all of it at once."""
    if not wanted:
        return (), ()
    all_forms = all_of([_forms(term, known) for term in _rarest_first(wanted, known)])
    steps = [Step(one) for one in dict.fromkeys((*_as_typed(wanted, known), all_forms))]
    whole = [Step(all_forms)]
    others = [term for term in wanted if year(" ".join(term.words)) not in years]
    if years and others:
        dated = Step(all_of([_forms(term, known) for term in others]), years)
        steps.append(dated)
        whole.append(dated)
    return tuple(steps), tuple(whole)


def _as_typed(wanted: Sequence[Term], known: Mapping[str, Forms]) -> list[Wanted]:
    """Return what has the very words: near each other, where that tells more than their being there, then anywhere."""
    typed = [phrase(*term.words) for term in _rarest_first(wanted, known)]
    pairs = [(one.words[-1], other.words[0]) for one, other in pairwise(wanted)]
    near = [Near(*pair) for pair in pairs if min(known[word].n for word in pair) <= COMMON]
    anywhere = all_of(typed)
    return [all_of([*typed, *near]), anywhere] if near else [anywhere]


def _rarest_first(wanted: Sequence[Term], known: Mapping[str, Forms]) -> list[Term]:
    """Put what few votes have first: an index looks up the rest in these alone."""
    return sorted(wanted, key=lambda term: min(known[word].n for word in term.words))


def _forms(term: Term, known: Mapping[str, Forms]) -> Wanted:
    """Return a term in every form: words that begin so, those of its stem, and what else it is called."""
    *before, last = term.words
    found: list[Wanted] = [phrase(*before, word) for word in known[last].begun]
    found = found or [phrase(*term.words, open=last.isalpha() and len(last) > 1)]
    if len(term.words) == 1:
        found += [phrase(word) for word in known[last].words if not word.startswith(last)]
    return any_of([*found, *(phrase(*words) for words in term.others)])
