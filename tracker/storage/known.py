"""Which small key stands for a person, a group, a name on paper, a code, a bill?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from tracker.domain.legislature import Paper
from tracker.domain.people import Group, Register
from tracker.domain.recurring import Deck
from tracker.domain.votes import Ballot, Code
from tracker.storage import parts, tables
from tracker.storage.bills import declare_pages
from tracker.storage.keys import Keys
from tracker.storage.tables import metadata

VoterKey = tuple[str, str, str, int | None, int]
"""Name, identifier, region, person, which of several alike."""


Card = tuple[str, str | None, str | None, str | None]
"""Name, identifier, region and member of a ballot."""


Placed = tuple[list[int], list[int | None], list[int]]
"""Keys of the names, the groups and the codes of ballots."""


class Known:
    """The people, groups, printed names, codes and bills of one legislature, and their keys.

    Kept in memory from one transaction to the next and read again when another process has added to them.
    """

    TABLES = ("person", "group", "voter", "code", "bill")

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self.legislature = 0
        self._stamp: tuple[int, ...] = ()
        self._people: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._voters: dict[VoterKey, int] = {}
        self._cards: dict[Card, int] = {}
        self._codes: dict[Code, int] = {}
        self._bills: dict[tuple[str, str], int] = {}
        self._decks: dict[Deck[Ballot], Placed] = {}
        self.pending: dict[str, list[dict[str, Any]]] = {name: [] for name in self.TABLES}

    def refresh(self, connection: Connection, keys: Keys) -> None:
        """Make what is in memory equal to what is in the database."""
        self._keys = keys
        self._decks = {}
        self.pending = {name: [] for name in self.TABLES}
        stamp = self._newest(connection)
        if not self.legislature:
            self.legislature = declare(connection, self._paper)
        if stamp != self._stamp or not stamp:
            self._load(connection)

    def _newest(self, connection: Connection) -> tuple[int, ...]:
        columns = [
            select(func.coalesce(func.max(metadata.tables[name].c.id), 0)).scalar_subquery() for name in self.TABLES
        ]
        return tuple(connection.execute(select(*columns)).one())

    def _load(self, connection: Connection) -> None:
        def rows(table: Table, *names: str) -> list[Any]:
            wanted = [table.c[name] for name in names]
            return list(connection.execute(select(*wanted).where(table.c.legislature_id == self.legislature)))

        t = metadata.tables
        self._cards = {}
        self._people = {slug: n for n, slug in rows(t["person"], "id", "slug")}
        self._groups = {code: n for n, code in rows(t["group"], "id", "code")}
        self._voters = {
            (name, ref, region, person, nth): n
            for n, name, ref, region, person, nth in rows(t["voter"], "id", "name", "ref", "region", "person_id", "nth")
        }
        self._codes = {
            Code(printed, position, reason or None): n
            for n, printed, position, reason in rows(t["code"], "id", "printed", "position", "reason")
        }
        self._bills = {(number, period): n for n, number, period in rows(t["bill"], "id", "number", "period")}

    def write(self, connection: Connection) -> None:
        """Store what was met for the first time."""
        for name in self.TABLES:
            if self.pending[name]:
                connection.execute(insert(metadata.tables[name]), self.pending[name])
        self.pending = {name: [] for name in self.TABLES}
        self._stamp = self._newest(connection)

    def forget(self) -> None:
        """Drop what is in memory: the transaction it was read in has failed."""
        self._stamp, self.legislature = (), 0

    def person(self, slug: str, name: str) -> int:
        """Return the key of a person; a new one gets the name printed here."""
        found = self._people.get(slug)
        if found is None:
            found = self._people[slug] = self._keys.new("person")
            self.pending["person"].append({"id": found, "legislature_id": self.legislature, "slug": slug, "name": name})
        return found

    def group(self, code: str) -> int:
        """Return the key of a group; one the sheet does not list is its own name."""
        found = self._groups.get(code)
        if found is None:
            group = self._paper.groups.get(code, Group(code, code))
            found = self._groups[code] = self._keys.new("group")
            self.pending["group"].append(
                {
                    "id": found,
                    "legislature_id": self.legislature,
                    "code": code,
                    "name": group.name,
                    "attached": group.attached,
                }
            )
        return found

    def voter_of(self, card: Card) -> int:
        """Return the key of the name a ballot carries."""
        found = self._cards.get(card)
        if found is None:
            name, ref, region, member = card
            found = self._cards[card] = self.voter(name, member, ref=ref, region=region)
        return found

    def placed(self, deck: Deck[Ballot]) -> Placed:
        """Return the keys of the ballots of a deck, looked up once in a transaction."""
        found = self._decks.get(deck)
        if found is None:
            found = self._decks[deck] = (
                [self.voter_of((one.name, one.ref, one.region, one.member)) for one in deck.cards],
                [self.group(one.group) if one.group else None for one in deck.cards],
                [self.code(one.code) for one in deck.cards],
            )
        return found

    def voter(
        self, name: str, member: str | None, *, ref: str | None = None, region: str | None = None, nth: int = 1
    ) -> int:
        """Return the key of a name as printed."""
        person = self.person(member, name) if member is not None else None
        key = (name, ref or "", region or "", person, nth)
        found = self._voters.get(key)
        if found is None:
            found = self._voters[key] = self._keys.new("voter")
            self.pending["voter"].append(
                {
                    "id": found,
                    "legislature_id": self.legislature,
                    "name": name,
                    "ref": key[1],
                    "region": key[2],
                    "person_id": person,
                    "nth": nth,
                }
            )
        return found

    def code(self, code: Code) -> int:
        """Return the key of a code with its meaning."""
        found = self._codes.get(code)
        if found is None:
            found = self._codes[code] = self._keys.new("code")
            self.pending["code"].append(
                {
                    "id": found,
                    "legislature_id": self.legislature,
                    "printed": code.printed,
                    "position": str(code.position),
                    "reason": str(code.reason or ""),
                }
            )
        return found

    def bill(self, number: str, period: str) -> int:
        """Return the key of a bill."""
        found = self._bills.get((number, period))
        if found is None:
            found = self._bills[number, period] = self._keys.new("bill")
            self.pending["bill"].append(
                {"id": found, "legislature_id": self.legislature, "number": number, "period": period}
            )
        return found


def declare(connection: Connection, paper: Paper) -> int:
    """Write down what the sheet says of a legislature and its paper; return the legislature's key."""
    law = paper.legislature
    facts: dict[str, Any] = {name: getattr(law, name) for name in law.__slots__}
    t = metadata.tables["legislature"]
    row = connection.execute(select(t).where(t.c.slug == law.slug)).mappings().one_or_none()
    if row is None:
        number = Keys(connection).new("legislature")
        connection.execute(insert(t), {"id": number, **facts})
        parts.make(connection, number)
    else:
        number = int(row["id"])
        if any(row[name] != value for name, value in facts.items()):
            connection.execute(t.update().where(t.c.id == number).values(**facts))
    _declare_source(connection, paper, number)
    _declare_rules(connection, paper, number)
    _declare_groups(connection, paper.groups, number)
    declare_pages(connection, paper.slug, paper.pages)
    return number


def _declare_source(connection: Connection, paper: Paper, legislature: int) -> None:
    t = tables.SourceRow.__table__  # type: ignore[attr-defined]
    facts = {
        "legislature_id": legislature,
        "title": paper.title,
        "publisher": paper.publisher,
        "page": paper.page,
        "licence": paper.licence,
        "timetable": paper.timetable,
        "kind": str(paper.kind),
        "rank": paper.rank,
        "credit_by": paper.credit.by if paper.credit else None,
        "credit_licence": paper.credit.licence if paper.credit else None,
        "credit_repository": paper.credit.repository if paper.credit else None,
    }
    if connection.execute(t.update().where(t.c.slug == paper.slug).values(**facts)).rowcount == 0:
        connection.execute(insert(t), {"slug": paper.slug, **facts})


def _declare_rules(connection: Connection, paper: Paper, legislature: int) -> None:
    t = metadata.tables["rule"]
    for printed, rule in paper.rules.items():
        facts = {"fraction": str(rule.fraction), "base": str(rule.base), "source": rule.source}
        same = (t.c.legislature_id == legislature) & (t.c.printed == printed)
        if connection.execute(t.update().where(same).values(**facts)).rowcount == 0:
            number = Keys(connection).new("rule")
            connection.execute(insert(t), {"id": number, "legislature_id": legislature, "printed": printed, **facts})


def _declare_groups(connection: Connection, groups: Mapping[str, Group], legislature: int) -> None:
    t = metadata.tables["group"]
    for code, group in groups.items():
        same = (t.c.legislature_id == legislature) & (t.c.code == code)
        facts = {"name": group.name, "attached": group.attached}
        if connection.execute(t.update().where(same).values(**facts)).rowcount == 0:
            number = Keys(connection).new("group")
            connection.execute(insert(t), {"id": number, "legislature_id": legislature, "code": code, **facts})


def declare_register(connection: Connection, known: Known, register: Register) -> None:
    """Write down the mandates of a register: people, seats held, groups and their dates."""
    keys = Keys(connection)
    known.refresh(connection, keys)
    seats, spells = metadata.tables["mandate"], metadata.tables["spell"]
    for mandate in register:
        person = known.person(mandate.person.id, mandate.person.name)
        for spell in mandate.groups:
            known.group(spell.group)
        known.write(connection)
        until = {"until": mandate.until, **({"region": mandate.region} if mandate.region else {})}
        same = (seats.c.person_id == person) & (seats.c.since == mandate.since)
        if connection.execute(seats.update().where(same).values(**until)).rowcount == 0:
            row = {"id": keys.new("mandate"), "person_id": person, "since": mandate.since, **until}
            connection.execute(insert(seats), row)
        for spell in mandate.groups:
            group = known.group(spell.group)
            same = (spells.c.person_id == person) & (spells.c.group_id == group) & (spells.c.since == spell.since)
            if connection.execute(spells.update().where(same).values(until=spell.until)).rowcount == 0:
                connection.execute(
                    insert(spells),
                    {
                        "id": keys.new("spell"),
                        "person_id": person,
                        "group_id": group,
                        "since": spell.since,
                        "until": spell.until,
                    },
                )
