"""Is a database that was carried over the same to whoever asks it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tracker.queries import (
    addresses,
    changes,
    coverage,
    doubts,
    health,
    ladder,
    margins,
    members,
    options,
    rolls,
    votes,
)
from tracker.queries.database import Engine
from tracker.queries.plain import plain
from tracker.queries.rules import of_chambers
from tracker.queries.search import query
from tracker.queries.votes import VoteFilter

SOME = 12
"""Votes, members and searches asked for of each chamber."""

Question = Callable[[Engine], Any]


def differing(before: Engine, after: Engine) -> Iterator[tuple[str, bool]]:
    """Ask both databases everything a page asks of the whole record and of some of it; say which answers differ."""
    for name, question in _questions(before):
        yield name, plain(question(before)) != plain(question(after))


def _questions(engine: Engine) -> Iterator[tuple[str, Question]]:
    yield "the chambers", votes.legislatures
    yield "their rules", of_chambers
    yield "the last sittings", partial(votes.latest_sittings, each=3)
    yield "what is held of each chamber", health.coverage
    yield "how each source is doing", health.sources
    yield "what was noticed", health.findings
    yield "what is held and what is missing", coverage.held
    yield "what has moved", changes.listing
    yield "the votes in doubt", doubts.listing
    yield "the addresses", partial(addresses.page, number=1)
    yield "the years", rolls.spans
    for span in rolls.spans(engine):
        yield from _of_chamber(engine, span.chamber.slug, span.last.year)


def _of_chamber(engine: Engine, chamber: str, year: int) -> Iterator[tuple[str, Question]]:
    yield f"{chamber}: what there is to choose from", partial(options.options, legislature=chamber)
    yield f"{chamber}: how far apart", partial(margins.margins, wanted=VoteFilter(legislatures=(chamber,)))
    yield f"{chamber}: the whole of {year}", partial(rolls.record, legislature=chamber, year=year)
    found: dict[str, str] = {}
    for sort in ("newest", "oldest", "closest"):
        wanted = VoteFilter(legislatures=(chamber,), sort=sort, limit=SOME)
        yield f"{chamber}: the {sort} votes", partial(votes.listing, wanted=wanted)
        found |= {row.id: row.subject for row in votes.listing(engine, wanted).rows}
    for slug, subject in found.items():
        yield f"the vote {slug}", partial(votes.one, slug=slug)
        yield f"the votes beside {slug}", partial(ladder.ladder, slug=slug)
        text = " ".join(query.words(subject)[-3:])
        yield f"the search for {text!r}", partial(votes.listing, wanted=VoteFilter(text=text))
    record = rolls.record(engine, chamber, year)
    people = [sitter.member for sitter in record.people if sitter.member is not None] if record else []
    for slug in people[:SOME]:
        yield f"the member {slug}", partial(members.one, slug=slug, legislature=chamber)
