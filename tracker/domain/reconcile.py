"""Do the numbers of a vote meet: counted, board, spoken, announced?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.recurring import each
from tracker.domain.votes import CAST, Means, Position, Spoken, Tally, Vote, member_of


class Verdict(StrEnum):
    """What the sums say of a vote."""

    SOUND = "sound"
    """Every sum that can be made meets."""
    DOUBTFUL = "doubtful"
    """At least one sum does not meet: kept, marked, left out of analysis by default."""
    UNCHECKED = "unchecked"
    """The paper gives no figure to compare with."""


class Check(StrEnum):
    """A sum that can be made of a vote."""

    BALLOTS_MAKE_BOARD = "ballots_make_board"
    GROUPS_MAKE_BOARD = "groups_make_board"
    BALLOTS_MAKE_GROUPS = "ballots_make_groups"
    SPOKEN_FIT_BALLOTS = "spoken_fit_ballots"
    ANNOUNCED_MEETS = "announced_meets"
    NOBODY_TWICE = "nobody_twice"
    READER_SURE = "reader_sure"


FIGURES = frozenset(
    {Check.BALLOTS_MAKE_BOARD, Check.GROUPS_MAKE_BOARD, Check.BALLOTS_MAKE_GROUPS, Check.ANNOUNCED_MEETS}
)
"""The checks that set one count beside another: without one of them a vote may look well and still be unchecked."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One sum; `ok` is None where there is nothing to compare with, `detail` empty where it meets."""

    check: Check
    ok: bool | None
    detail: str = ""

    @property
    def told(self) -> str:
        """What does not meet, in words; what a reader was not sure of says itself what it is."""
        return self.detail if self.check is Check.READER_SURE else f"{self.check.replace('_', ' ')}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The tallies of a vote side by side, and what does not meet. Nothing is mended to fit.

    `final` is the board (the ballots, where no board is printed) plus the statements that count, computed by us; None
    where neither board nor ballots give a base, a statement cannot be added without guessing, or a part of the notes
    was not understood.
    """

    counted: Tally
    board: Tally | None
    spoken: tuple[Spoken, ...]
    announced: Tally | None
    final: Tally | None
    checks: tuple[Checked, ...]
    by_group: Mapping[str | None, Tally]
    """What was counted, by the group printed beside each ballot."""

    @property
    def verdict(self) -> Verdict:
        """Whether every sum that can be made meets."""
        if any(c.ok is False for c in self.checks):
            return Verdict.DOUBTFUL
        return Verdict.SOUND if any(c.ok and c.check in FIGURES for c in self.checks) else Verdict.UNCHECKED

    @property
    def differences(self) -> tuple[Checked, ...]:
        """The checks that failed."""
        return tuple(c for c in self.checks if c.ok is False)


def reconcile(vote: Vote, *, spoken_counts: bool) -> Reconciliation:
    """Set counted, board, spoken, announced and final side by side. Never raises: what does not fit is a verdict.

    `spoken_counts` is the chamber's rule: whether statements made aloud are added to the board at all.
    """
    printed = vote.printed
    by_group = vote.by_group()
    counted = sum(by_group.values(), Tally())
    board = printed.board
    base = board if board is not None else counted if vote.ballots else None
    final, misfits = _add_spoken(vote, base, spoken_counts)
    checks = (
        _ballots_make_board(vote, counted),
        _groups_make_board(vote),
        _ballots_make_groups(vote, by_group),
        _nobody_twice(vote),
        Checked(Check.SPOKEN_FIT_BALLOTS, not misfits if vote.spoken or misfits else None, "; ".join(misfits)),
        _announced(vote, base, final),
        Checked(Check.READER_SURE, None if not printed.doubts else False, "; ".join(printed.doubts)),
    )
    return Reconciliation(counted, board, vote.spoken, printed.announced, final, checks, by_group)


def _gap(ours: Tally, theirs: Tally, *, absent: bool) -> str:
    """Name what has to be added to `ours` to reach `theirs`; `absent` False leaves out those who did not vote."""
    if ours == theirs:
        return ""
    moved = ours.differences(theirs)
    return ", ".join(f"{name} {step:+d}" for name, step in moved.items() if absent or name != "not_cast")


def _ballots_make_board(vote: Vote, counted: Tally) -> Checked:
    """Compare the ballots with the board.

    Those who did not vote are compared only if the ballots name them and the board has a figure for them.
    """
    board, complete = vote.printed.board, vote.printed.complete
    if board is None or vote.printed.board_from_names or not (vote.ballots or complete):
        return Checked(Check.BALLOTS_MAKE_BOARD, None)
    gap = _gap(counted, board, absent=complete and board.not_cast > 0)
    return Checked(Check.BALLOTS_MAKE_BOARD, not gap, gap)


def _groups_make_board(vote: Vote) -> Checked:
    printed = vote.printed
    if not printed.groups or printed.board is None or printed.board_from_names:
        return Checked(Check.GROUPS_MAKE_BOARD, None)
    total = sum((row.tally for row in printed.groups), Tally())
    gap = _gap(total, printed.board, absent=total.not_cast > 0)
    return Checked(Check.GROUPS_MAKE_BOARD, not gap, gap)


def _ballots_make_groups(vote: Vote, counted: Mapping[str | None, Tally]) -> Checked:
    rows = vote.printed.groups
    if not rows or vote.printed.board_from_names or not (vote.ballots or vote.printed.complete):
        return Checked(Check.BALLOTS_MAKE_GROUPS, None)
    absent = vote.printed.complete and any(row.tally.not_cast for row in rows)
    wrong = [
        f"{row.code}: {gap}" for row in rows if (gap := _gap(counted.get(row.code, Tally()), row.tally, absent=absent))
    ]
    listed = {row.code for row in rows}
    wrong += [
        f"{group or 'no group'}: {gap}, not in the table"
        for group, ours in counted.items()
        if group not in listed and (gap := _gap(ours, Tally(), absent=absent))
    ]
    return Checked(Check.BALLOTS_MAKE_GROUPS, not wrong, "; ".join(wrong))


def _nobody_twice(vote: Vote) -> Checked:
    """Look for one member with two ballots. Two equal names may be two people, so only known members are compared."""
    members = tuple(each(vote.ballots, member_of))
    met, known = set(members) - {None}, len(members) - members.count(None)
    if not known:
        return Checked(Check.NOBODY_TWICE, None)
    if len(met) == known:
        return Checked(Check.NOBODY_TWICE, True)
    twice = []
    for ballot in vote.ballots:
        if ballot.member in met:
            met.remove(ballot.member)
        elif ballot.member is not None:
            twice.append(ballot.name)
    return Checked(Check.NOBODY_TWICE, False, ", ".join(twice))


class _Place(StrEnum):
    """Where a statement finds its member, when it is no position."""

    OUTSIDE = "outside"
    """Not in the count: a member sworn in that day, a presiding officer who is no member, a paper that lists only
    those who voted."""
    STANDS = "stands"
    """The statement changes nothing: the member is already counted."""
    UNKNOWN = "unknown"
    """The member's place cannot be told without guessing."""


def _register(vote: Vote) -> dict[str, Position | None]:
    """Where the ballots show those who made a statement, by member and by name; None where one is printed twice."""
    members = {said.member for said in vote.spoken if said.member}
    names = {said.name for said in vote.spoken}
    shown: dict[str, Position | None] = {}
    for ballot in vote.ballots:
        if ballot.member in members or ballot.name in names:
            placed = f"member {ballot.member}" if ballot.member else f"unplaced {ballot.name}"
            for key in (placed, f"name {ballot.name}"):
                shown[key] = None if key in shown else ballot.code.position
    return shown


def _shown(said: Spoken, register: Mapping[str, Position | None]) -> Position | None:
    """Where the ballots show the maker of a statement: by member if both are placed, else by the same printed name."""
    if said.member is None:
        return register.get(f"name {said.name}")
    return register.get(f"member {said.member}") or register.get(f"unplaced {said.name}")


def _add_spoken(vote: Vote, base: Tally | None, spoken_counts: bool) -> tuple[Tally | None, list[str]]:
    """Add the statements that count; one that contradicts the board is named, and the sum left open if need be."""
    if not spoken_counts:
        return base, []
    misfits = list(vote.unsettled)
    said = [s for s in vote.spoken if s.counts]
    if base is None or not said:
        return None if misfits or not vote.printed.spoken_whole else base, misfits
    register = _register(vote)
    final: Tally | None = base
    stands: dict[str, Position] = {}
    for one in said:
        who = one.member or one.name
        was = _before(one, _shown(one, register), stands.get(who), misfits, listed=bool(vote.ballots))
        if was is _Place.STANDS:
            continue
        stands[who] = one.now
        if was is _Place.UNKNOWN or final is None:
            final = None
            continue
        try:
            final = final.move(_place(was, base), _place(one.now, base))
        except ValueError as error:
            misfits.append(f"{one.name}: {error}")
            final = None
    return None if vote.unsettled or not vote.printed.spoken_whole else final, misfits


def _before(
    said: Spoken, seen: Position | None, stood: Position | None, misfits: list[str], *, listed: bool
) -> Position | _Place:
    """Say where the count has a member before a statement, noting what contradicts it.

    A change of vote is always declared as one ("cambio de voto de X por Y": 24 of 24 in Peru, 2021 to 2024, each with X
    as on the board); a plain statement by someone already on the board is therefore an error of the paper to report.
    """
    name = said.name
    if stood is not None:
        if said.declared is stood:
            return stood
        misfits.append(f"{name} is named twice")
        return _Place.STANDS if said.now is stood else _Place.UNKNOWN
    was = said.was
    if seen is not None and seen is not was:
        if was is not None:
            misfits.append(f"{name} is placed at {was}, the ballots have {seen}")
        was = seen
    if said.declared is not None:
        return _changed(said, said.declared, was, misfits, listed=listed)
    if was in CAST or was is Position.OTHER:
        misfits.append(f"{name} is already on the board ({was})")
        return _Place.STANDS
    return was or _Place.OUTSIDE


def _changed(
    said: Spoken, declared: Position, was: Position | None, misfits: list[str], *, listed: bool
) -> Position | _Place:
    """Say where the count has a member who is said to change from one position to another."""
    if was is None and not listed:
        return declared  # only totals are printed: the note is all there is
    if was is None:
        misfits.append(f"{said.name} is said to change from {declared}, but is not found on the board")
        return _Place.UNKNOWN
    if was is not declared:
        misfits.append(f"{said.name} is said to change from {declared}, the board has {was}")
    return was


def _place(position: Position | _Place, base: Tally) -> Position | None:
    """Where a tally counts a position; one without a figure for those who did not vote has them outside."""
    if isinstance(position, _Place) or (position is Position.NOT_CAST and not base.not_cast):
        return None
    return position


def _announced(vote: Vote, base: Tally | None, final: Tally | None) -> Checked:
    """Compare the announced figure with the count it stands for; an unstated meaning is met by either."""
    announced, means = vote.printed.announced, vote.printed.announced_means
    if announced is None:
        return Checked(Check.ANNOUNCED_MEETS, None)
    wanted = {Means.BOARD: (base,), Means.FINAL: (final,), None: (base, final)}[means]
    against = [tally for tally in wanted if tally is not None]
    if not against:
        return Checked(Check.ANNOUNCED_MEETS, None)
    if any(tally.same_cast(announced) for tally in against):
        return Checked(Check.ANNOUNCED_MEETS, True)
    return Checked(
        Check.ANNOUNCED_MEETS,
        False,
        f"announced {_print(announced)}, the record makes {' or '.join(dict.fromkeys(map(_print, against)))}",
    )


def _print(tally: Tally) -> str:
    return tally.in_full() if tally.candidates else str(tally)
