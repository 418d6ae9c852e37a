"""What does a person say that a page says, after looking at it, and how does that enter a vote?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.domain.people import fold
from tracker.domain.tally import Tally
from tracker.domain.votes import Code, PrintedVote


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A person's reading of one vote in one document, which stands in place of ours: an override with name and reason.

    `codes` gives rows their printed code, by name; `members` says whom a name in a note means, by the id of the person;
    `board` what the printed totals are. None of them: what was read is what the paper prints, however odd. ValueError
    without a name or a reason.
    """

    vote: str
    sha256: str
    by: str
    because: str
    at: datetime
    codes: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    board: Tally | None = None

    def __post_init__(self) -> None:
        if not self.by.strip() or not self.because.strip():
            raise ValueError(f"{self.vote}: a settlement needs who says so, and why")


def settled(printed: PrintedVote, settlement: Settlement, code: Callable[[str], Code]) -> PrintedVote:
    """Return a vote as a person read it; our own doubts about it are laid to rest, its sums are made as ever.

    ValueError names a row or a statement that the vote does not have.
    """
    codes = {fold(name): text for name, text in settlement.codes.items()}
    members = {fold(name): person for name, person in settlement.members.items()}
    lost = [name for name in settlement.codes if fold(name) not in {fold(b.name) for b in printed.ballots}]
    lost += [name for name in settlement.members if fold(name) not in {fold(said.name) for said in printed.spoken}]
    if lost:
        raise ValueError(f"{printed.id} has no {', '.join(lost)}; `tracker show {printed.id}` lists its names")
    return replace(
        printed,
        ballots=tuple(
            ballot._replace(code=code(codes[fold(ballot.name)])) if fold(ballot.name) in codes else ballot
            for ballot in printed.ballots
        ),
        spoken=tuple(
            replace(said, member=members[fold(said.name)]) if fold(said.name) in members else said
            for said in printed.spoken
        ),
        board=settlement.board or printed.board,
        doubts=(),
        decided=tuple(name for name in printed.decided if fold(name) not in codes),
        settled=f"{settlement.by}: {settlement.because}",
    )
