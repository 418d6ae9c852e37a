"""What does a person say that a page says, after looking at it, and how does that enter a vote?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.domain.people import fold
from tracker.domain.tally import Tally
from tracker.domain.votes import UNREAD, Code, Position, PrintedVote, Spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A person's reading of one vote in one document, which stands in place of ours: an override with name and reason.

    `codes` gives rows their printed code, by name; `spoken` says what the note puts on record of a name (`yes`;
    `no>yes` for a change of vote; `none`: what was read is no statement of it); `members` whom a name in a note means,
    by the id of the person; `board` what the printed totals are. None of them: what was read is what the paper
    prints. ValueError without a name or a reason, or for a position there is none of.
    """

    vote: str
    sha256: str
    by: str
    because: str
    at: datetime
    codes: Mapping[str, str] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    board: Tally | None = None

    def __post_init__(self) -> None:
        if not self.by.strip() or not self.because.strip():
            raise ValueError(f"{self.vote}: a settlement needs who says so, and why")
        for text in self.spoken.values():
            _statement(text)


def settled(printed: PrintedVote, settlement: Settlement, code: Callable[[str], Code]) -> PrintedVote:
    """Return a vote as a person read it.

    Our own doubts about it are laid to rest, but for codes that nobody could read; its sums are made as ever.

    ValueError names a row or a statement that the vote does not have.
    """
    codes = {fold(name): text for name, text in settlement.codes.items()}
    said = tuple(_said(printed, settlement))
    members = {fold(name): person for name, person in settlement.members.items()}
    lost = [name for name in settlement.codes if fold(name) not in {fold(b.name) for b in printed.ballots}]
    lost += [name for name in settlement.members if fold(name) not in {fold(one.name) for one in said}]
    if lost:
        raise ValueError(f"{printed.id} has no {', '.join(lost)}; `tracker show {printed.id}` lists its names")
    ballots = tuple(
        ballot._replace(code=code(codes[fold(ballot.name)])) if fold(ballot.name) in codes else ballot
        for ballot in printed.ballots
    )
    open_still = "; ".join(ballot.name for ballot in ballots if ballot.code == UNREAD)
    return replace(
        printed,
        ballots=ballots,
        spoken=tuple(
            replace(one, member=members[fold(one.name)]) if fold(one.name) in members else one for one in said
        ),
        spoken_whole=True,
        board=settlement.board or printed.board,
        doubts=(f"the code could not be read: {open_still}",) if open_still else (),
        decided=tuple(name for name in printed.decided if fold(name) not in codes),
        settled=f"{settlement.by}: {settlement.because}",
    )


def _said(printed: PrintedVote, settlement: Settlement) -> Iterable[Spoken]:
    """Yield the statements as a person read the note."""
    by_name = {fold(name): (name, _statement(text)) for name, text in settlement.spoken.items()}
    for one in printed.spoken:
        if fold(one.name) not in by_name:
            yield one
    for name, stated in by_name.values():
        if stated is not None:
            declared, now = stated
            yield Spoken(name, None, now, f"{settlement.by}: {settlement.because}", declared=declared)


def _statement(text: str) -> tuple[Position | None, Position] | None:
    """Read `yes`, `no>yes` or `none`: the position replaced, the one stated."""
    if text == "none":
        return None
    before, sign, now = text.rpartition(">")
    try:
        return Position(before) if sign else None, Position(now)
    except ValueError:
        raise ValueError(f"{text!r} should be yes, no, abstain or not_cast; no>yes for a change; or none") from None
