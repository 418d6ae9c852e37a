"""What is a vote or a bill called in the press, and which of them does a search mean?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import Connection, Engine, func, literal, select, union_all

from tracker.domain.aliases import Alias
from tracker.domain.bills import Bill
from tracker.domain.people import fold
from tracker.queries.bill_votes import naming
from tracker.queries.database import reading
from tracker.queries.search.terms import Term, named
from tracker.storage.tables import metadata

GENERAL = frozenset(
    named("ley proyecto resolución legislativa moción reforma acuerdo voto votación Congreso Senado bill act law vote")
)
"""What stands in many names and tells none of them from another."""


def in_force(engine: Engine) -> tuple[Alias, ...]:
    """Return every name in force, of the reviewed list and of the database, by name."""
    with reading(engine) as connection:
        return tuple(sorted(known(connection), key=lambda alias: alias.key[0]))


def known(connection: Connection) -> tuple[Alias, ...]:
    """Return every name in force; the last word on a name and what it names is the database's."""
    t = metadata.tables["alias"]
    found = {alias.key: alias for alias in reviewed()}
    for row in connection.execute(select(t).order_by(t.c.id)):
        bill = Bill(row.number, row.period, row.legislature) if row.number else None
        alias = Alias(name=row.name, vote=row.vote, bill=bill, source=row.source, by=row.by, because=row.because,
                      on=row.at.date())  # fmt: skip
        found.pop(alias.key, None)
        if not row.gone:
            found[alias.key] = alias
    return tuple(found.values())


def meant(connection: Connection, asked: Sequence[Term]) -> tuple[Alias, ...]:
    """Return the names that a search has in mind: everything it asks for is in the name, and is not too general."""
    keys = {term.key for term in asked}
    if keys <= GENERAL:
        return ()
    return tuple(alias for alias in known(connection) if keys <= named(alias.name))


def spoken_of(names: Iterable[Alias], text: str) -> tuple[Alias, ...]:
    """Return the names that stand in a text: word for word, or all that tells one from others if that is several.

    `Soto` alone is a person, `Ley Soto` the law.
    """
    whole, keys = f" {fold(text)} ", named(text)
    return tuple(
        alias for alias in names if (told := _told(alias.name))[0] in whole or (len(told[1]) > 1 and told[1] <= keys)
    )


@lru_cache(maxsize=4096)
def _told(name: str) -> tuple[str, frozenset[str]]:
    """Return a name as it stands in a folded text, and what tells it from others."""
    return f" {fold(name)} ", frozenset(named(name) - GENERAL)


def votes(connection: Connection, aliases: Iterable[Alias]) -> tuple[int, ...]:
    """Return the keys of the votes that names stand for, each by the record that is shown."""
    return tuple(sorted({vote for _, vote in _named(connection, tuple(aliases))}))


def votes_of(connection: Connection, aliases: Iterable[Alias]) -> dict[Alias, frozenset[int]]:
    """Return the keys of the votes that each name stands for, all by one question."""
    asked = tuple(dict.fromkeys(aliases))
    met = _named(connection, asked)
    return {alias: frozenset(vote for place, vote in met if place == n) for n, alias in enumerate(asked)}


def of_vote(connection: Connection, shown: int, bills: Iterable[str]) -> tuple[Alias, ...]:
    """Return the names of a vote, by the key of the record that is shown, and of the bills it is on, as printed."""
    digits = {str(int(first)) for bill in bills if (first := re.split(r"[/-]", bill)[0]).isdigit()} | set(bills)
    near = tuple(alias for alias in known(connection) if alias.bill is None or alias.bill.number in digits)
    return tuple(near[n] for n, vote in _named(connection, near) if vote == shown)


def _named(connection: Connection, aliases: Sequence[Alias]) -> list[tuple[int, int]]:
    """Return which alias, by its place, stands for which vote."""
    v = metadata.tables["vote"]
    dialect = connection.dialect.name
    each = [
        select(literal(n), func.coalesce(v.c.joined_to, v.c.id)).where(
            v.c.motion_id.in_(naming(alias.bill, dialect)) if alias.bill is not None else v.c.slug == alias.vote
        )
        for n, alias in enumerate(aliases)
    ]
    return sorted({(n, vote) for n, vote in connection.execute(union_all(*each))}) if each else []


@lru_cache(maxsize=1)
def reviewed() -> tuple[Alias, ...]:
    """Return the list that comes with the programme."""
    read = tomllib.loads(files("tracker.queries").joinpath("press.toml").read_text(encoding="utf-8"))
    return tuple(
        Alias(**{**entry, "bill": Bill(**bill) if (bill := entry.get("bill")) else None}) for entry in read["alias"]
    )
