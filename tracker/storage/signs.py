"""What becomes of the one sign that PostgreSQL cannot keep, the one with the number 0?

A reader's address may hold it; what is collected holds neither it nor halves of signs (`domain/signs.py`). So it is
no part of anything on record: SQLite looks and finds nothing, and so should the other, where it would be an error.
Imported where PostgreSQL is spoken only: its driver is an extra.
"""

from __future__ import annotations

from typing import Any

from psycopg.types.string import StrDumperUnknown


class Text(StrDumperUnknown):
    """Sends text as it is, with the sign for what cannot be shown in place of the one that cannot be kept."""

    def dump(self, obj: str) -> Any:
        """Return the bytes of a text."""
        return super().dump(obj.replace("\x00", "\ufffd"))
