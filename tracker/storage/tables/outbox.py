"""What is there to tell readers, and what became of the telling?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, false
from sqlmodel import Field

from tracker.storage.tables.base import Moment, Table, key, to


class EventRow(Table, table=True):
    """Something that happened, written in the transaction that made it so (`storage/outbox.py` lists kinds and states).

    `observation_id` is the reading that a vote was met in, or that changed it. `because` says why it is not told,
    `told` what a source's trouble is, in words.
    """

    __tablename__ = "event"
    __table_args__ = (Index(None, "state", "id"), Index(None, "vote_id"), Index(None, "at"))
    id: int = key()
    kind: str
    source: str
    run_id: int | None = Field(default=None, foreign_key="run.id")
    vote_id: int | None = Field(default=None, foreign_key="vote.id")
    observation_id: int | None = Field(default=None, foreign_key="observation.id")
    at: datetime = Field(sa_type=Moment)
    state: str
    because: str = ""
    told: str = Field(default="", sa_type=Text)


class DeliveryRow(Table, table=True):
    """An event on its way to one target of one rule; those of a `batch` go as one message.

    `target` is a digest of the address as the rule has it, `label` the address without its secrets. `holder` has it in
    hand until `lease`, unless it dies before. `repeat`: whoever had it in hand before may have sent it.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("rule", "target", "event_id"),
        Index(None, "state", "next_at"),
        Index(None, "rule", "target", "batch"),
    )
    id: int = key()
    rule: str
    target: str
    label: str
    event_id: int = to("event.id", index=True)
    batch: str
    state: str
    attempts: int = 0
    made_at: datetime = Field(sa_type=Moment)
    next_at: datetime = Field(sa_type=Moment)
    holder: str = ""
    lease: datetime | None = Field(default=None, sa_type=Moment)
    repeat: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    error: str = Field(default="", sa_type=Text)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
