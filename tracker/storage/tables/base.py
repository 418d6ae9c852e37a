"""What do all tables share: names of constraints, moments in UTC, keys?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMES


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, without offset in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment whose zone is unknown."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that a stored moment is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(SQLModel):
    """What every table shares."""


def key() -> Any:
    """Return a whole-number primary key."""
    return Field(default=None, primary_key=True)


def to(column: str, *, primary: bool = False, index: bool = False) -> Any:
    """Return a reference to another table's key."""
    return Field(foreign_key=column, primary_key=primary, index=index)
