"""Who voted differently from most of their group, by a stated rule?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tracker.analysis.parts import NOT_SEATED, Part, by_group, count
from tracker.analysis.rules import PLURALITY, LineRule, Silent
from tracker.domain.tally import Position, Reason, Tally


class NoLine(StrEnum):
    """Why a group had no line."""

    UNATTACHED = "unattached"
    """A label of members without a group."""
    FEW = "few"
    TIE = "tie"
    FREE = "free"
    """So many voted against the rest that the rule takes the vote for a free one."""


class Kind(StrEnum):
    """How a member stood apart from a line."""

    OPPOSED = "opposed"
    """Yes against no, no against yes, one candidate against another."""
    ABSTAINED = "abstained"
    TOOK_SIDE = "took_side"
    """Voted where the line was not to."""
    SILENT = "silent"
    """Cast no vote where the line was to cast one."""


class Choice(NamedTuple):
    """One thing a member could do: a position, or a candidate."""

    position: Position
    candidate: str | None = None


@dataclass(frozen=True, slots=True)
class Rebel:
    """A member who stood apart from the line of the group."""

    part: Part
    kind: Kind


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group's line in a vote: None with the reason why there is none. `apart` are those who did not follow it.

    `split`: so many stood apart that the group split, and none of them is a rebel.
    """

    group: str
    tally: Tally
    line: Choice | None
    why_none: NoLine | None
    split: bool
    apart: tuple[Rebel, ...]


@dataclass(frozen=True, slots=True)
class Dissent:
    """What a rule says of every group in a vote, the largest first."""

    rule: LineRule
    groups: tuple[GroupLine, ...]

    @property
    def rebels(self) -> tuple[Rebel, ...]:
        """Those who broke ranks, group by group."""
        return tuple(rebel for group in self.groups if not group.split for rebel in group.apart)

    @property
    def split(self) -> tuple[GroupLine, ...]:
        """The groups that split."""
        return tuple(group for group in self.groups if group.split)


def dissent(parts: Iterable[Part], rule: LineRule = PLURALITY, *, unattached: Collection[str] = ()) -> Dissent:
    """Apply a rule to the members of a vote. `unattached` are the labels that are no group.

    Members beside whom no group stands have no line to break, whatever the rule.
    """
    groups = [
        _group(group, members, rule, label=group in unattached)
        for group, members in by_group(parts).items()
        if group is not None
    ]
    return Dissent(rule, tuple(sorted(groups, key=lambda g: (-g.tally.total, g.group))))


@dataclass(frozen=True, slots=True)
class Moved:
    """Who is a rebel in one count and not in the other: those who appear, and those who vanish."""

    appear: tuple[Rebel, ...]
    vanish: tuple[Rebel, ...]


def moved(before: Dissent, after: Dissent) -> Moved:
    """Compare two lists of rebels: the board's with the final count's, or an earlier version's with a later one's."""
    was, now = ({rebel.part.who for rebel in one.rebels} for one in (before, after))
    return Moved(
        tuple(rebel for rebel in after.rebels if rebel.part.who not in was),
        tuple(rebel for rebel in before.rebels if rebel.part.who not in now),
    )


def _group(group: str, members: Sequence[Part], rule: LineRule, *, label: bool) -> GroupLine:
    tally = count(members)
    chosen = Counter(choice for part in members if (choice := _choice(part, rule)) is not None)
    line, why = (None, NoLine.UNATTACHED) if label and not rule.labels else _line(chosen, tally, rule)
    if line is None:
        return GroupLine(group, tally, None, why, False, ())
    apart = tuple(Rebel(part, kind) for part in members if (kind := _kind(part, line, rule)) is not None)
    voted = sum(chosen.values())
    split = rule.split_from is not None and voted - chosen[line] >= rule.split_from * voted
    return GroupLine(group, tally, line, None, split, apart)


def _line(chosen: Counter[Choice], tally: Tally, rule: LineRule) -> tuple[Choice | None, NoLine | None]:
    """Return what more did than any other single thing, or why there is no such thing."""
    if sum(chosen.values()) < rule.fewest:
        return None, NoLine.FEW
    first, *others = chosen.most_common(2)
    if others and others[0][1] == first[1]:
        return None, NoLine.TIE
    sides = tally.yes + tally.no
    if rule.free_from is not None and sides and min(tally.yes, tally.no) >= rule.free_from * sides:
        return None, NoLine.FREE
    return first[0], None


def _choice(part: Part, rule: LineRule) -> Choice | None:
    """Return what a member did that the line is made of; None if it takes no part in it."""
    if part.position is Position.NOT_CAST:
        return Choice(Position.NOT_CAST) if _is_silent(part, rule.silent_line) else None
    if part.position is Position.OTHER:
        return Choice(Position.OTHER, part.candidate)
    return Choice(part.position) if part.position in rule.options else None


def _is_silent(part: Part, silent: Silent) -> bool:
    if silent is Silent.PRESENT:
        return part.reason is Reason.NO_RESPONSE
    return silent is Silent.EVERYBODY and part.reason not in NOT_SEATED


def _kind(part: Part, line: Choice, rule: LineRule) -> Kind | None:
    """Say how a member stood apart from the line; None if the rule does not hold that against anybody."""
    if part.position is Position.NOT_CAST:
        broken = line.position in rule.not_in_silence and _is_silent(part, rule.silent)
        return Kind.SILENT if broken else None
    if part.position is Position.OTHER or line.position is Position.OTHER:
        same = line == (part.position, part.candidate)
        return None if same or part.position is not Position.OTHER else Kind.OPPOSED
    if line.position not in rule.lines or part.position not in rule.rebels or part.position is line.position:
        return None
    if part.position is Position.ABSTAIN:
        return Kind.ABSTAINED
    return Kind.OPPOSED if line.position in (Position.YES, Position.NO) else Kind.TOOK_SIDE
