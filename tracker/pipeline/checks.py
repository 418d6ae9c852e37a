"""What is there to say of a vote, and of a whole run, held against what the sheet expects?"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.reconcile import Reconciliation, Verdict
from tracker.domain.recurring import each
from tracker.domain.votes import Vote, member_of
from tracker.sources.contract import Severity, Sheet
from tracker.storage.write import Noticed


def of_vote(vote: Vote, sums: Reconciliation, sheet: Sheet, piece: str | None = None) -> list[Noticed]:
    """Return what a vote's sums, names and size give reason to notice; `piece` is the picture of where to look."""
    printed = vote.printed
    place = _place(vote)
    found = [
        Noticed(Severity.DOUBTFUL, checked.check.value, f"{printed.id}: {checked.detail}", place, printed.id, piece)
        for checked in sums.differences
    ]
    if vote.unresolved:
        names = "; ".join(vote.unresolved)
        advice = f"add the member or the spelling to the register of {sheet.slug}"
        found.append(
            Noticed(Severity.UNRESOLVED, "unplaced_name", f"{printed.id}: {names}; {advice}", _place(vote), printed.id)
        )
    nameless = 0 if vote.unresolved else tuple(each(vote.ballots, member_of)).count(None)
    if nameless:
        text = f"{printed.id}: {nameless} ballots carry no identifier, so they belong to no member's page"
        found.append(Noticed(Severity.NOTED, "no_identifier", text, _place(vote), printed.id))
    span, size = sheet.expect.ballots, len(vote.ballots)
    if printed.ballots and not span.min <= size <= span.max:
        text = f"{printed.id}: {size} ballots, expected {span.min} to {span.max} ({span.because})"
        found.append(Noticed(Severity.NOTED, "number_of_ballots", text, _place(vote), printed.id))
    return found


def _place(vote: Vote) -> str:
    return f"page {vote.printed.page}" if vote.printed.page else ""


@dataclass(slots=True)
class Health:
    """The figures of a run that are held against the sheet."""

    votes: int = 0
    doubtful: int = 0
    small: int = 0
    bills: int = 0
    unreadable: int = 0

    def count(self, vote: Vote, sums: Reconciliation, sheet: Sheet) -> None:
        """Take a vote into account."""
        self.votes += 1
        self.doubtful += sums.verdict is Verdict.DOUBTFUL
        self.small += bool(vote.ballots) and len(vote.ballots) < sheet.expect.ballots.min

    def breach(self, sheet: Sheet) -> str | None:
        """Say why a run counts as failed although documents came; None if it does not.

        A single odd vote is a finding. Many at once mean that the site, or our reading of it, has changed.
        """
        if self.unreadable and not self.votes and not self.bills:
            return (
                f"none of the {self.unreadable} documents could be read: the format may have changed; "
                f"see the findings, then the reader of {sheet.slug}"
            )
        if self.votes < FEW:
            return None
        if self.doubtful > self.votes * sheet.expect.disagreeing_share and self.doubtful >= FEW:
            return f"{self.doubtful} of {self.votes} votes do not add up: see the findings before quoting any of them"
        if self.small * 2 > self.votes:
            return f"{self.small} of {self.votes} votes have fewer ballots than {sheet.expect.ballots.min}"
        return None


FEW = 5
"""Below this many votes a share says nothing."""
