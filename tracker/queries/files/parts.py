"""Which rows hang on a vote: its groups, the votes put on record aloud, what moved?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, select

from tracker.queries import groups, roll
from tracker.queries.files.chosen import Line, Snapshot
from tracker.queries.files.columns import Listed
from tracker.queries.files.votes import columns, counted, of_vote, origin
from tracker.queries.view import GroupView, Tallies
from tracker.storage.tables import metadata


def group_tallies(snapshot: Snapshot, lines: Sequence[Line]) -> Listed:
    """Return how each group voted, the largest of a vote first, as its page has it."""
    connection = snapshot.connection
    rows = [line.row for line in lines]
    marks = roll.marks(connection, [row.ballots_of for row in rows])
    spoken = roll.spoken(connection, rows)
    tallies = roll.tallies(connection, [row.id for row in rows])
    names = {number: groups.named(connection, number) for number in {row.legislature_id for row in rows}}
    found = []
    for line in lines:
        row = line.row
        of = marks.get(row.ballots_of, ())
        views = groups.table(
            groups.tallies(of), spoken.get(row.id, ()), row.groups, names[row.legislature_id],
            tallies.get(row.id, Tallies()).final, spoken_counts=line.chamber.spoken_counts, unread=groups.unread(of),
        )  # fmt: skip
        found += [of_vote(line) | _group(view) | origin(line) for view in views]
    return columns(found)


def _group(view: GroupView) -> dict[str, Any]:
    stands = view.tally if view.final is None else view.final
    return {
        "group": view.code,
        "group_name": view.name,
        "attached": view.attached,
        "with_spoken": view.final is not None,
        **counted("", stands),
        "others": stands.other,
        **counted("counted_", view.tally),
        **counted("printed_", view.printed),
        "unread": view.unread,
    }


def spoken(snapshot: Snapshot, lines: Sequence[Line]) -> Listed:
    """Return every vote put on record aloud, in the order of the paper."""
    said = roll.spoken(snapshot.connection, [line.row for line in lines])
    return columns(
        [
            of_vote(line)
            | {
                "n": n,
                "member": one.member,
                "name": one.name,
                "group": one.group,
                "board": str(one.was) if one.was else None,
                "code": one.was_code,
                "reason": str(one.was_reason) if one.was_reason else None,
                "position": str(one.now),
                "declared": str(one.declared) if one.declared else None,
                "counts": one.counts,
                "quote": one.quote,
            }
            | origin(line)
            for line in lines
            for n, one in enumerate(said.get(line.row.id, ()), 1)
        ]
    )


def changes(snapshot: Snapshot, lines: Sequence[Line]) -> Listed:
    """Return everything that moved in votes, reading by reading; of a reading that is not in force, up to it."""
    c, o, d = (metadata.tables[name] for name in ("change", "observation", "document"))
    rows = snapshot.connection.execute(
        select(o.c.id, o.c.source, o.c.url, o.c.page, o.c.seen_at, d.c.sha256, c)
        .select_from(c)
        .join(o, o.c.id == c.c.observation_id)
        .join(d, d.c.id == o.c.document_id)
        .where(c.c.vote_id.in_([line.row.vote_id for line in lines]))
        .order_by(c.c.id)
    )
    of: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        of[row.vote_id].append(row)
    return columns([moved for line in lines for moved in _moved(line, of[line.row.vote_id])])


def _moved(line: Line, rows: Iterable[Row[Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        version = line.told.index(row.id) + 1
        if version <= line.version or line.in_force:
            yield of_vote(line) | {
                "cause": row.cause, "field": row.field, "who": row.who, "was": row.was, "now": row.now,
                "noticed_at": row.noticed_at, "version": version, "source": row.source, "source_url": row.url,
                "page": row.page, "sha256": row.sha256, "read_at": row.seen_at,
            }  # fmt: skip
