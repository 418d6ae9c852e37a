"""Which records of two papers are of one vote, and do they say the same of it?

Peru prints each vote on a sheet and again in the minutes. The two number nothing alike; what tells a vote is how each
member voted. In 2,152 of 2,168 votes both papers have every position equal, so equality is the rule that joins, and
whatever is joined without it needs more than one reason. A transcription may say which official paper it was made from:
where that paper holds one vote, and the rolls are alike, that tells the vote too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.domain.people import fold
from tracker.domain.tally import Tally
from tracker.domain.votes import Means

ALIKE = 0.95
"""Share of members with the same position from which two unequal rolls may be one vote's."""
APART = 0.03
"""By how much more alike they must be than either is to any other roll of that day."""
FEWEST = 20
"""Members who must have voted: smaller rolls are too easily alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One paper's record of a vote.

    `positions` are those cast on the board, by member; `said` what was put on record aloud, by member, None where the
    paper cannot say it yet (a provisional copy). `names` are those printed, by member; a name that met no member is its
    own key, and is `open`. `regions` are their states or districts where the paper has them. `address` is where the
    record was read, `made_from` where a transcription says the official papers lie.
    """

    key: int
    bills: frozenset[str] = frozenset()
    kind: str | None = None
    positions: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    regions: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    made_from: frozenset[str] = frozenset()
    board: Tally | None = None
    final: Tally | None = None
    announced: Tally | None = None
    announced_means: Means | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of one vote, and by what they were recognised."""

    ours: Side
    theirs: Side
    how: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which two papers differ, of the vote or of `who`: what each says; None: it says nothing of it."""

    field: str
    who: str | None
    ours: str | None
    theirs: str | None


def join(ours: Sequence[Side], theirs: Sequence[Side]) -> list[Pair]:
    """Pair the records of one day that two papers have; whatever could be told in two ways stays apart."""
    pairs = _told(ours, theirs)
    pairs += _equal(*_left(pairs, ours, theirs))
    return pairs + _near(*_left(pairs, ours, theirs), ours, theirs)


def _left(pairs: Sequence[Pair], ours: Sequence[Side], theirs: Sequence[Side]) -> tuple[list[Side], list[Side]]:
    taken = {pair.ours.key for pair in pairs}, {pair.theirs.key for pair in pairs}
    return [one for one in ours if one.key not in taken[0]], [one for one in theirs if one.key not in taken[1]]


def _told(ours: Sequence[Side], theirs: Sequence[Side]) -> list[Pair]:
    """Pair a record with the transcription that says it was made from its page, if the rolls are alike."""
    at = Counter(one.address for one in ours)
    said = Counter(address for other in theirs for address in other.made_from)
    pairs = []
    for one in ours:
        if at[one.address] > 1 or said[one.address] != 1:
            continue
        other = _renamed(one, next(x for x in theirs if one.address in x.made_from))
        if likeness(one, other) >= ALIKE:
            pairs.append(Pair(one, other, "the transcription names the official page, and the rolls are alike"))
    times = Counter(pair.theirs.key for pair in pairs)
    return [pair for pair in pairs if times[pair.theirs.key] == 1]


def _renamed(one: Side, other: Side) -> Side:
    """Return the other side with the members of the first whom only surname and state tell: their ids are of two kinds.

    The Secretary of the Senate has identifiers of its own, Voteview those of the biographical directory.
    """
    here = _by_surname(one, other.names)
    there = {who: key for key, who in _by_surname(other, one.names).items()}
    met = {there[who]: key for key, who in here.items() if who in there}
    if not met:
        return other
    return replace(
        other,
        positions={met.get(key, key): position for key, position in other.positions.items()},
        names={met.get(key, key): name for key, name in other.names.items()},
    )


def _by_surname(side: Side, known: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return surname and state of the members the other side does not know, each once on this one."""
    who = {
        key: (fold(re.split(r"[,(]", name, maxsplit=1)[0]), side.regions[key])
        for key, name in side.names.items()
        if key not in known and side.regions.get(key)
    }
    times = Counter(who.values())
    return {key: whose for key, whose in who.items() if times[whose] == 1}


def _equal(ours: Sequence[Side], theirs: Sequence[Side]) -> list[Pair]:
    """Pair rolls that are equal; where several are, those that name the same bills for the same kind of motion."""
    pairs: list[Pair] = []
    used: set[int] = set()
    for one in ours:
        same = [other for other in theirs if _is_equal(one, other) and other.key not in used]
        rivals = [other for other in ours if other is not one and _is_equal(one, other)]
        if len(same) == 1 and not rivals:
            chosen, how = same[0], "every position is equal"
        else:
            matter = [other for other in same if _same_matter(one, other)]
            if len(matter) != 1 or any(_same_matter(rival, matter[0]) for rival in rivals):
                continue
            chosen, how = matter[0], "every position is equal, and so are the bills and the kind of motion"
        used.add(chosen.key)
        pairs.append(Pair(one, chosen, how))
    return pairs


def _near(
    ours: Sequence[Side], theirs: Sequence[Side], all_ours: Sequence[Side], all_theirs: Sequence[Side]
) -> list[Pair]:
    """Pair rolls that differ in few positions, if each is the other's nearest by far and they name the same bills."""
    pairs = []
    for one in ours:
        for other in theirs:
            alike = likeness(one, other)
            if alike < ALIKE or not (one.bills & other.bills or (one.kind and one.kind == other.kind)):
                continue
            rivals = [likeness(one, x) for x in all_theirs if x is not other]
            rivals += [likeness(x, other) for x in all_ours if x is not one]
            if max(rivals, default=0.0) <= alike - APART or _only_matter(one, other, all_ours, all_theirs):
                pairs.append(Pair(one, other, f"{alike:.0%} of the positions are equal, and the matter is the same"))
    keys = [pair.ours.key for pair in pairs] + [-pair.theirs.key for pair in pairs]
    return [pair for pair in pairs if keys.count(pair.ours.key) == 1 and keys.count(-pair.theirs.key) == 1]


def _only_matter(one: Side, other: Side, ours: Sequence[Side], theirs: Sequence[Side]) -> bool:
    """Whether no other vote of the day, in either paper, names these bills for this kind of motion."""
    if not (one.bills and one.kind and _same_matter(one, other)):
        return False
    return not any(_same_matter(x, other) for x in ours if x is not one) and not any(
        _same_matter(one, x) for x in theirs if x is not other
    )


def _same_matter(one: Side, other: Side) -> bool:
    return one.bills == other.bills and one.kind == other.kind


def _is_equal(one: Side, other: Side) -> bool:
    return len(one.positions) >= FEWEST and one.positions == other.positions


def likeness(one: Side, other: Side) -> float:
    """Return the share of members with the same position among those who cast one in either record."""
    members = one.positions.keys() | other.positions.keys()
    if len(members) < FEWEST:
        return 0.0
    return sum(one.positions.get(m) == other.positions.get(m) for m in members) / len(members)


def compare(ours: Side, theirs: Side) -> tuple[Difference, ...]:
    """Return everything on which two records of one vote differ, nothing of what only one of them could say."""
    met = _met(ours, theirs) | _met(theirs, ours)
    found = [
        Difference("position", member, ours.positions.get(member), theirs.positions.get(member))
        for member in sorted((ours.positions.keys() | theirs.positions.keys()) - met)
        if ours.positions.get(member) != theirs.positions.get(member)
    ]
    if ours.said is not None and theirs.said is not None:
        found += [
            Difference("spoken", member, ours.said.get(member), theirs.said.get(member))
            for member in sorted(ours.said.keys() | theirs.said.keys())
            if ours.said.get(member) != theirs.said.get(member)
        ]
    figure = _announced(ours, theirs)
    return (*found, figure) if figure else tuple(found)


def _met(one: Side, other: Side) -> set[str]:
    """Return open names of one record, with the one member each can mean whom only the other has, at its position.

    The minutes' `Cordero Jon Tay` may be either of two; on the sheet one of them stands there.
    """
    met: set[str] = set()
    for key in one.open & one.positions.keys():
        words = set(fold(one.names[key]).split())
        able = [
            member
            for member, position in other.positions.items()
            if member not in one.positions
            and position == one.positions[key]
            and words <= set(fold(other.names[member]).split())
        ]
        if len(able) == 1:
            met |= {key, able[0]}
    return met


def _announced(ours: Side, theirs: Side) -> Difference | None:
    """Hold the figure that theirs says was announced against our count of the same meaning."""
    if theirs.announced is None:
        return None
    wanted = {Means.BOARD: (ours.board,), Means.FINAL: (ours.final,), None: (ours.board, ours.final)}
    counts = [tally for tally in wanted[theirs.announced_means] if tally is not None]
    if not counts or any(tally.same_cast(theirs.announced) for tally in counts):
        return None
    return Difference("announced", None, " or ".join(dict.fromkeys(map(str, counts))), str(theirs.announced))
