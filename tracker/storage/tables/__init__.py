"""Which tables hold what is known, and what was known before?

Nothing that was recorded is overwritten: an *observation* is one reading of a vote and stays; the vote points at the
observation in force. Ballots hang on the observation that first carried them, as four small integers, so that a ballot
costs about thirty bytes with its index; who they are stands once in `voter`, what they mean once in `code`.
"""

from __future__ import annotations

from sqlmodel import SQLModel

from tracker.storage.tables.base import Moment
from tracker.storage.tables.bills import BillRecordRow, BillStateRow, LinkRow
from tracker.storage.tables.chambers import LegislatureRow, RuleRow, SourceRow
from tracker.storage.tables.evidence import DocumentRow, FetchRow, FindingRow, LockRow, RunRow
from tracker.storage.tables.outbox import DeliveryRow, EventRow
from tracker.storage.tables.people import AttendanceRow, GroupRow, MandateRow, PersonRow, SittingRow, SpellRow, VoterRow
from tracker.storage.tables.searching import AliasRow, WordRow
from tracker.storage.tables.votes import (
    BallotRow,
    BillRow,
    ChangeRow,
    CodeRow,
    ComparisonRow,
    GroupTallyRow,
    MotionBillRow,
    MotionRow,
    ObservationRow,
    QuotedRow,
    SpokenRow,
    TallyRow,
    VoteRow,
)

metadata = SQLModel.metadata

__all__ = [
    "AliasRow",
    "AttendanceRow",
    "BallotRow",
    "BillRecordRow",
    "BillRow",
    "BillStateRow",
    "ChangeRow",
    "CodeRow",
    "ComparisonRow",
    "DeliveryRow",
    "DocumentRow",
    "EventRow",
    "FetchRow",
    "FindingRow",
    "GroupRow",
    "GroupTallyRow",
    "LegislatureRow",
    "LinkRow",
    "LockRow",
    "MandateRow",
    "Moment",
    "MotionBillRow",
    "MotionRow",
    "ObservationRow",
    "PersonRow",
    "QuotedRow",
    "RuleRow",
    "RunRow",
    "SittingRow",
    "SourceRow",
    "SpellRow",
    "SpokenRow",
    "TallyRow",
    "VoteRow",
    "VoterRow",
    "WordRow",
    "metadata",
]
