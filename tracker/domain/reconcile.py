"""Do the numbers of a vote meet: counted, board, spoken, announced?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.votes import CAST, Means, Position, Spoken, Tally, Vote


class Verdict(StrEnum):
    """What the sums say of a vote."""

    SOUND = "sound"
    """Every sum that can be made meets."""
    DOUBTFUL = "doubtful"
    """At least one sum does not meet: kept, marked, left out of analysis by default."""
    UNCHECKED = "unchecked"
    """The paper gives nothing to compare with."""


class Check(StrEnum):
    """A sum that can be made of a vote."""

    BALLOTS_MAKE_BOARD = "ballots_make_board"
    GROUPS_MAKE_BOARD = "groups_make_board"
    BALLOTS_MAKE_GROUPS = "ballots_make_groups"
    SPOKEN_FIT_BALLOTS = "spoken_fit_ballots"
    ANNOUNCED_MEETS = "announced_meets"
    NOBODY_TWICE = "nobody_twice"
    READER_SURE = "reader_sure"


@dataclass(frozen=True, slots=True)
class Checked:
    """One sum and how it came out; `detail` names what does not meet, empty where it meets.

    `ok` is None where the paper gives nothing to compare with.
    """

    check: Check
    ok: bool | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The tallies of a vote side by side, and what does not meet. Nothing is mended to fit.

    `final` is the board plus the statements that count, computed by us; None where neither board nor ballots
    give a base or a statement cannot be added.
    """

    counted: Tally
    board: Tally | None
    spoken: tuple[Spoken, ...]
    announced: Tally | None
    final: Tally | None
    checks: tuple[Checked, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether every sum that can be made meets."""
        results = [c.ok for c in self.checks]
        if False in results:
            return Verdict.DOUBTFUL
        return Verdict.SOUND if True in results else Verdict.UNCHECKED

    @property
    def differences(self) -> tuple[Checked, ...]:
        """The checks that failed."""
        return tuple(c for c in self.checks if c.ok is False)


def reconcile(vote: Vote, *, spoken_counts: bool) -> Reconciliation:
    """Set counted, board, spoken, announced and final side by side.

    `spoken_counts` is the chamber's rule: whether statements made aloud are added to the board at all.
    """
    printed = vote.printed
    counted = Tally.count(ballot.code for ballot in vote.ballots)
    board = printed.board
    final, misfits = _add_spoken(vote, board if board is not None else counted, spoken_counts)
    checks = (
        _compare(Check.BALLOTS_MAKE_BOARD, counted, board, cast_only=not printed.complete),
        _groups_make_board(vote),
        _ballots_make_groups(vote),
        _nobody_twice(vote),
        Checked(Check.SPOKEN_FIT_BALLOTS, None if not vote.spoken else not misfits, "; ".join(misfits)),
        _announced(vote, board, final),
        Checked(Check.READER_SURE, None if not printed.doubts else False, "; ".join(printed.doubts)),
    )
    return Reconciliation(counted, board, vote.spoken, printed.announced, final, checks)


def _compare(check: Check, ours: Tally, theirs: Tally | None, *, cast_only: bool) -> Checked:
    if theirs is None:
        return Checked(check, None)
    if ours.same_cast(theirs) if cast_only else ours == theirs:
        return Checked(check, True)
    moved = ours.differences(theirs)
    return Checked(check, False, ", ".join(f"{name} {step:+d}" for name, step in moved.items()))


def _groups_make_board(vote: Vote) -> Checked:
    printed = vote.printed
    if not printed.groups or printed.board is None:
        return Checked(Check.GROUPS_MAKE_BOARD, None)
    total = sum((row.tally for row in printed.groups), Tally())
    board = printed.board
    if total.not_cast == 0 and board.not_cast:
        total = total + Tally(not_cast=board.not_cast)
    return _compare(Check.GROUPS_MAKE_BOARD, total, board, cast_only=False)


def _ballots_make_groups(vote: Vote) -> Checked:
    rows = vote.printed.groups
    if not rows or not vote.printed.complete:
        return Checked(Check.BALLOTS_MAKE_GROUPS, None)
    counted = vote.by_group()
    wrong = []
    for row in rows:
        ours = counted.get(row.code, Tally())
        theirs = row.tally
        if ours.same_cast(theirs) and ours.present == theirs.present:
            continue
        moved = {k: v for k, v in ours.differences(theirs).items() if k != "not_cast"}
        wrong.append(f"{row.code}: " + ", ".join(f"{name} {step:+d}" for name, step in moved.items()))
    return Checked(Check.BALLOTS_MAKE_GROUPS, not wrong, "; ".join(wrong))


def _nobody_twice(vote: Vote) -> Checked:
    seen: set[str] = set()
    twice = []
    for ballot in vote.ballots:
        who = ballot.member
        if who is None:
            continue
        if who in seen:
            twice.append(ballot.name)
        seen.add(who)
    return Checked(Check.NOBODY_TWICE, (not twice) if seen else None, ", ".join(twice))


def _add_spoken(vote: Vote, base: Tally, spoken_counts: bool) -> tuple[Tally | None, list[str]]:
    """Add the statements that count; a statement that contradicts the board is named, and the sum left open."""
    misfits: list[str] = []
    if not vote.ballots and vote.printed.board is None:
        return None, misfits
    final: Tally | None = base
    heard: set[str] = set()
    for said in vote.spoken:
        if not said.counts or not spoken_counts:
            continue
        who = said.member or said.name
        if said.was in CAST and said.declared is None:
            # A change of vote is always declared as one; a plain statement by someone already on the
            # board is an error of the paper to report, not a change (Peru, 24 of 24 changes are declared).
            misfits.append(f"{said.name} is already on the board ({said.was})")
            continue
        if said.declared is not None and said.was in CAST and said.declared is not said.was:
            misfits.append(f"{said.name} is said to change from {said.declared}, the board has {said.was}")
        if who in heard:
            misfits.append(f"{said.name} is named twice")
            continue
        heard.add(who)
        if final is None:
            continue
        try:
            final = final.move(_counted_at(said, final), said.now)
        except ValueError as error:
            misfits.append(str(error))
            final = None
    return final, misfits


def _counted_at(said: Spoken, tally: Tally) -> Position | None:
    """Where the board counts the member now; papers that list only cast ballots leave the rest uncounted."""
    if said.was is None or (said.was is Position.NOT_CAST and tally.not_cast == 0):
        return None
    return said.was


def _announced(vote: Vote, board: Tally | None, final: Tally | None) -> Checked:
    """Compare the announced figure with the count it stands for; an unstated meaning is met by either."""
    announced, means = vote.printed.announced, vote.printed.announced_means
    if announced is None:
        return Checked(Check.ANNOUNCED_MEETS, None)
    wanted = {Means.BOARD: (board,), Means.FINAL: (final,), None: (board, final)}[means]
    against = [tally for tally in wanted if tally is not None]
    if not against:
        return Checked(Check.ANNOUNCED_MEETS, None)
    if any(tally.same_cast(announced) for tally in against):
        return Checked(Check.ANNOUNCED_MEETS, True)
    return Checked(
        Check.ANNOUNCED_MEETS,
        False,
        f"announced {announced}, the record makes {' or '.join(str(t) for t in against)}",
    )
