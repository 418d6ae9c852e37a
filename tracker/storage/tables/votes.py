"""What is known of a vote, and what was known before?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, SmallInteger, Text, UniqueConstraint, false, text
from sqlmodel import Field

from tracker.storage.tables.base import Moment, Table, key, to


class CodeRow(Table, table=True):
    """What was printed for a ballot and what it means in that chamber."""

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("legislature_id", "printed", "position", "reason"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    printed: str
    position: str
    reason: str = ""


class BillRow(Table, table=True):
    """A bill, in its chamber's notation, within its period."""

    __tablename__ = "bill"
    __table_args__ = (UniqueConstraint("legislature_id", "number", "period"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    number: str = Field(index=True)
    period: str


class MotionRow(Table, table=True):
    """The question put, as the observation in force has it."""

    __tablename__ = "motion"
    __table_args__ = (Index(None, "legislature_id", "kind"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    subject: str = Field(sa_type=Text)
    question: str | None = Field(default=None, sa_type=Text)
    kind: str | None = None


class MotionBillRow(Table, table=True):
    """A bill that a motion names."""

    __tablename__ = "motion_bill"
    __table_args__ = ({"sqlite_with_rowid": False},)
    motion_id: int = to("motion.id", primary=True)
    bill_id: int = to("bill.id", primary=True, index=True)


_IN_ORDER = ("sitting_date", "taken_at", "ordinal")
_JOINED = text("joined_to IS NOT NULL")
_TURNED = text("turned")
_UNSETTLED = text("status <> 'official'")
_DOUBTFUL = text("verdict = 'doubtful'")
_STATED = text("result IS NOT NULL")
_MOVED = text("cause IS NOT NULL")


def _only(name: str, *columns: str, where: Any) -> Index:
    """Return an index of the few rows that meet a condition."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class VoteRow(Table, table=True):
    """A vote, pointing at the observation in force.

    `taken_at` is local clock time with its offset (ISO 8601), `ordinal` the place in its document, `gone_since`
    when the source stopped showing it: it is marked, never removed. `margin`, `ahead` and `turned` say how yes and no
    stand in the count it is quoted by (`domain/lead.py`).
    """

    __tablename__ = "vote"
    __table_args__ = (
        Index(None, *_IN_ORDER),
        Index(None, "legislature_id", *_IN_ORDER),
        Index(None, "margin", "sitting_date"),
        _only("ix_vote_joined_to", "joined_to", where=_JOINED),
        _only("ix_vote_turned", *_IN_ORDER, where=_TURNED),
        _only("ix_vote_unsettled", *_IN_ORDER, where=_UNSETTLED),
        _only("ix_vote_doubtful", "sitting_date", where=_DOUBTFUL),
        _only("ix_vote_legislature_id_result", "legislature_id", "result", where=_STATED),
    )
    id: int = key()
    slug: str = Field(unique=True)
    legislature_id: int = to("legislature.id")
    motion_id: int = to("motion.id", index=True)
    observation_id: int | None = Field(default=None, index=True)
    sitting_date: date
    taken_at: str | None = None
    ordinal: int = 0
    status: str
    verdict: str
    result: str | None = None
    margin: int | None = None
    ahead: str | None = None
    turned: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    first_seen: datetime = Field(sa_type=Moment)
    gone_since: datetime | None = Field(default=None, sa_type=Moment)
    joined_to: int | None = None
    """The vote that this one is another paper's record of: lists show that one, this id leads there."""


class ComparisonRow(Table, table=True):
    """What two papers' records of one vote have to say to each other.

    `differences` is JSON: what each of the two says, by field and member. `how` says by what they were recognised as
    one vote.
    """

    __tablename__ = "comparison"
    __table_args__ = ({"sqlite_with_rowid": False},)
    vote_id: int = to("vote.id", primary=True)
    with_id: int = to("vote.id", primary=True, index=True)
    agrees: bool
    differences: str = Field(sa_type=Text)
    how: str
    at: datetime = Field(sa_type=Moment)


class ObservationRow(Table, table=True):
    """One reading of a vote from one document by one version of a reader. Immutable.

    `fields` holds the quoted facts, `checks` each sum and how it came out, `groups` the printed table by group (JSON).
    `ballots_of` is the observation whose ballots these are: this one, or an earlier one that had the same. `cause` is
    that of the changes it brought; None: it brought none.
    """

    __tablename__ = "observation"
    __table_args__ = (
        Index(None, "vote_id", "seen_at"),
        Index(None, "document_id"),
        _only("ix_observation_moved", "id", where=_MOVED),
    )
    id: int = key()
    vote_id: int = to("vote.id")
    document_id: int = to("document.id")
    source: str
    url: str
    page: int | None = None
    reader: str
    lookups: str
    seen_at: datetime = Field(sa_type=Moment)
    fingerprint: str
    complete: bool
    announced_text: str | None = Field(default=None, sa_type=Text)
    fields: str = Field(sa_type=Text)
    checks: str = Field(sa_type=Text)
    groups: str | None = Field(default=None, sa_type=Text)
    ballots_of: int
    cause: str | None = None


class TallyRow(Table, table=True):
    """A tally of one kind: board, counted, final or announced. `candidates` is JSON, for elections by name."""

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)
    observation_id: int = to("observation.id", primary=True)
    kind: str = Field(primary_key=True)
    yes: int
    no: int
    abstain: int
    present: int
    not_cast: int
    candidates: str | None = None


class QuotedRow(Table, table=True):
    """A count that some reading of a vote has had, on its sitting day: to find votes by what articles say."""

    __tablename__ = "quoted"
    __table_args__ = ({"sqlite_with_rowid": False},)
    yes: int = Field(primary_key=True, sa_type=SmallInteger)
    no: int = Field(primary_key=True, sa_type=SmallInteger)
    abstain: int = Field(primary_key=True, sa_type=SmallInteger)
    sitting_date: date = Field(primary_key=True)
    vote_id: int = to("vote.id", primary=True)


class BallotRow(Table, table=True):
    """One member's part in a vote."""

    __tablename__ = "ballot"
    __table_args__ = (
        Index("ix_ballot_voter_id_observation_id", "voter_id", "observation_id"),
        {"sqlite_with_rowid": False},
    )
    observation_id: int = to("observation.id", primary=True)
    voter_id: int = to("voter.id", primary=True)
    group_id: int | None = Field(default=None, foreign_key="group.id", sa_type=SmallInteger)
    code_id: int = to("code.id")


class GroupTallyRow(Table, table=True):
    """How the members of a group voted by the ballots of an observation, spoken votes left out: to find votes by."""

    __tablename__ = "group_tally"
    __table_args__ = ({"sqlite_with_rowid": False},)
    group_id: int = to("group.id", primary=True)
    observation_id: int = to("observation.id", primary=True)
    yes: int
    no: int
    abstain: int


class SpokenRow(Table, table=True):
    """A statement that puts a member's vote on record outside the board."""

    __tablename__ = "spoken"
    __table_args__ = ({"sqlite_with_rowid": False},)
    observation_id: int = to("observation.id", primary=True)
    n: int = Field(primary_key=True, sa_type=SmallInteger)
    voter_id: int = to("voter.id", index=True)
    was: str | None = None
    now: str
    declared: str | None = None
    counts: bool
    quote: str = Field(sa_type=Text)


class ChangeRow(Table, table=True):
    """One thing that moved between two observations of a vote, with its cause."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "vote_id", "id"), Index(None, "observation_id"), Index(None, "noticed_at"))
    id: int = key()
    vote_id: int = to("vote.id")
    observation_id: int = to("observation.id")
    cause: str
    field: str
    who: str | None = None
    was: str | None = Field(default=None, sa_type=Text)
    now: str | None = Field(default=None, sa_type=Text)
    noticed_at: datetime = Field(sa_type=Moment)
