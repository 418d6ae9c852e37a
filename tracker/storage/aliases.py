"""How does a name that the press has for a vote or a bill enter the record, and leave it?"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, insert

from tracker.domain.aliases import Alias
from tracker.storage.engine import writing
from tracker.storage.keys import Keys
from tracker.storage.tables import metadata


def record(engine: Engine, alias: Alias, *, gone: bool = False) -> None:
    """Add a line to the log: the name is in force from now on, or `gone`. No line is ever changed or removed."""
    with writing(engine) as connection:
        row = {
            "id": Keys(connection).new("alias"),
            "name": alias.name,
            "vote": alias.vote,
            "legislature": alias.bill.legislature if alias.bill else "",
            "period": alias.bill.period if alias.bill else "",
            "number": alias.bill.number if alias.bill else "",
            "gone": gone,
            "source": alias.source,
            "by": alias.by,
            "because": alias.because,
            "at": datetime.now(UTC),
        }
        connection.execute(insert(metadata.tables["alias"]), row)
