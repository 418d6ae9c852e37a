"""Which tables hold what is known, and what was known before?

Nothing that was recorded is overwritten: an *observation* is one reading of a vote and stays; the vote points at the
observation in force. Ballots hang on the observation that first carried them, as four small integers, so that a ballot
costs about thirty bytes with its index; who they are stands once in `voter`, what they mean once in `code`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Index, SmallInteger, Text, UniqueConstraint
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


class LegislatureRow(Table, table=True):
    """A chamber that votes, as its sheet describes it."""

    __tablename__ = "legislature"
    id: int = key()
    slug: str = Field(unique=True)
    title: str
    short: str
    country: str
    language: str
    zone: str
    seats: int
    abstention: bool
    spoken_counts: bool
    because: str


class SourceRow(Table, table=True):
    """A paper that votes are read from."""

    __tablename__ = "source"
    slug: str = Field(primary_key=True)
    legislature_id: int = to("legislature.id")
    title: str
    publisher: str
    page: str
    licence: str
    timetable: str
    """The times of its runs, in words."""


class RuleRow(Table, table=True):
    """What a printed requirement stands for in a chamber."""

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("legislature_id", "printed"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    printed: str
    fraction: str
    base: str
    source: str


class RunRow(Table, table=True):
    """One execution of a source's timetable. `ending` is empty while it runs; `interrupted` if its process died."""

    __tablename__ = "run"
    __table_args__ = (Index(None, "source", "started_at"),)
    id: int = key()
    source: str
    trigger: str
    since: date
    until: date
    started_at: datetime = Field(sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
    ending: str = ""
    requests: int = 0
    documents: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    message: str = Field(default="", sa_type=Text)


class LockRow(Table, table=True):
    """Who is running a source now. A lock whose `beat` is old belonged to a process that died."""

    __tablename__ = "source_lock"
    source: str = Field(primary_key=True)
    holder: str
    taken_at: datetime = Field(sa_type=Moment)
    beat: datetime = Field(sa_type=Moment)


class DocumentRow(Table, table=True):
    """Bytes fetched once, named by their SHA-256."""

    __tablename__ = "document"
    id: int = key()
    sha256: str = Field(unique=True)
    size: int
    media_type: str
    first_seen: datetime = Field(sa_type=Moment)


class FetchRow(Table, table=True):
    """One answer to one request.

    `read_by` names the reader that has read the document whole, in the same transaction as its votes.
    """

    __tablename__ = "fetch"
    __table_args__ = (Index(None, "url", "id"), Index(None, "run_id"))
    id: int = key()
    run_id: int | None = Field(default=None, foreign_key="run.id")
    source: str
    url: str
    role: str
    at: datetime = Field(sa_type=Moment)
    status: int
    document_id: int | None = Field(default=None, foreign_key="document.id")
    changed: bool
    etag: str | None = None
    last_modified: str | None = None
    read_by: str | None = None
    message: str | None = Field(default=None, sa_type=Text)


class PersonRow(Table, table=True):
    """A member of a legislature, known by an id that never changes."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("legislature_id", "slug"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    slug: str
    name: str


class GroupRow(Table, table=True):
    """A party, caucus or bench of a chamber. `attached` False: a label for members without a group."""

    __tablename__ = "group"
    __table_args__ = (UniqueConstraint("legislature_id", "code"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    code: str
    name: str
    attached: bool


class MandateRow(Table, table=True):
    """A seat held by a person between two dates."""

    __tablename__ = "mandate"
    __table_args__ = (UniqueConstraint("person_id", "since"),)
    id: int = key()
    person_id: int = to("person.id")
    since: date
    until: date | None = None
    region: str | None = None


class SpellRow(Table, table=True):
    """A stretch of time a person spent in a group."""

    __tablename__ = "spell"
    __table_args__ = (UniqueConstraint("person_id", "group_id", "since"),)
    id: int = key()
    person_id: int = to("person.id")
    group_id: int = to("group.id")
    since: date
    until: date | None = None


class VoterRow(Table, table=True):
    """A name as printed, with identifier and region beside it, and the person it was placed with (None: unresolved).

    `nth` counts apart names that one paper prints twice in one vote.
    """

    __tablename__ = "voter"
    __table_args__ = (UniqueConstraint("legislature_id", "name", "ref", "region", "person_id", "nth"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    name: str
    ref: str = ""
    region: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    nth: int = Field(default=1, sa_type=SmallInteger)


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
    number: str
    period: str


class MotionRow(Table, table=True):
    """The question put, as the observation in force has it."""

    __tablename__ = "motion"
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


class VoteRow(Table, table=True):
    """A vote, pointing at the observation in force.

    `taken_at` is local clock time with its offset (ISO 8601), `ordinal` the place in its document, `gone_since`
    when the source stopped showing it: it is marked, never removed.
    """

    __tablename__ = "vote"
    __table_args__ = (
        Index(None, "sitting_date", "taken_at", "ordinal"),
        Index(None, "legislature_id", "sitting_date", "taken_at", "ordinal"),
    )
    id: int = key()
    slug: str = Field(unique=True)
    legislature_id: int = to("legislature.id")
    motion_id: int = to("motion.id")
    observation_id: int | None = Field(default=None, index=True)
    sitting_date: date
    taken_at: str | None = None
    ordinal: int = 0
    status: str
    verdict: str
    result: str | None = None
    first_seen: datetime = Field(sa_type=Moment)
    gone_since: datetime | None = Field(default=None, sa_type=Moment)


class ObservationRow(Table, table=True):
    """One reading of a vote from one document by one version of a reader. Immutable.

    `fields` holds the quoted facts, `checks` each sum and how it came out, `groups` the printed table by group (JSON).
    `ballots_of` is the observation whose ballots these are: this one, or an earlier one that had the same.
    """

    __tablename__ = "observation"
    __table_args__ = (Index(None, "vote_id", "seen_at"), Index(None, "document_id"))
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


class SittingRow(Table, table=True):
    """A meeting day of a chamber that a document speaks of."""

    __tablename__ = "sitting"
    __table_args__ = (UniqueConstraint("legislature_id", "date", "document_id"),)
    id: int = key()
    legislature_id: int = to("legislature.id")
    date: date
    document_id: int = to("document.id")
    title: str
    page: int | None = None


class AttendanceRow(Table, table=True):
    """What an attendance list says of a member; `reason` empty: present."""

    __tablename__ = "attendance"
    __table_args__ = ({"sqlite_with_rowid": False},)
    sitting_id: int = to("sitting.id", primary=True)
    voter_id: int = to("voter.id", primary=True)
    code: str
    reason: str = ""


class ChangeRow(Table, table=True):
    """One thing that moved between two observations of a vote, with its cause."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "vote_id", "id"), Index(None, "noticed_at"))
    id: int = key()
    vote_id: int = to("vote.id")
    observation_id: int = to("observation.id")
    cause: str
    field: str
    who: str | None = None
    was: str | None = Field(default=None, sa_type=Text)
    now: str | None = Field(default=None, sa_type=Text)
    noticed_at: datetime = Field(sa_type=Moment)


class FindingRow(Table, table=True):
    """Something a check or a reader noticed about a run, a document or a vote."""

    __tablename__ = "finding"
    __table_args__ = (Index(None, "run_id"), Index(None, "vote_id"), Index(None, "document_id"))
    id: int = key()
    run_id: int | None = Field(default=None, foreign_key="run.id")
    source: str
    severity: str
    code: str
    message: str = Field(sa_type=Text)
    place: str = ""
    document_id: int | None = Field(default=None, foreign_key="document.id")
    vote_id: int | None = Field(default=None, foreign_key="vote.id")
    at: datetime = Field(sa_type=Moment)


metadata = SQLModel.metadata
__all__ = [name for name in dir() if name.endswith("Row")] + ["Moment", "metadata"]
