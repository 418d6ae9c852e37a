"""Where does each member stand in a vote, on the board and with the votes put on record aloud?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.domain.tally import CAST, UNREAD, Code, Position, Reason, Tally

NOT_SEATED = frozenset({Reason.VACANT, Reason.DECEASED})
"""A line of the roll marked so is nobody's: the name stays until a successor is sworn in."""


class Said(NamedTuple):
    """A vote put on record aloud: by whom, of which group that day, from where to where.

    `was` is where the board has the member, `declared` the position a change of vote claims to replace. `counts` is
    False where the paper keeps the statement out of the result.
    """

    who: str
    name: str
    group: str | None
    was: Position | None
    now: Position
    declared: Position | None = None
    counts: bool = True


class Part(NamedTuple):
    """One member's part in a vote.

    `who` is the id of the member, or the name as printed where it was not placed. `board` is the position on the board;
    None for a member who is not on it. `reason` is what the board says of one who did not vote there, and stays when
    the vote was put on record aloud. `candidate` is whose name the ballot bears, in an election. `unread`: nobody could
    read the mark, so it is not known whether the member voted.
    """

    who: str
    name: str
    group: str | None
    position: Position
    reason: Reason | None = None
    candidate: str | None = None
    board: Position | None = None
    unread: bool = False

    @property
    def aloud(self) -> bool:
        """Whether the position is not the one on the board."""
        return self.board is not self.position


def printed(who: str, name: str, group: str | None, code: Code) -> Part:
    """Return a member as the board has them, by the code printed beside the name."""
    candidate = code.printed if code.position is Position.OTHER else None
    return Part(who, name, group, code.position, code.reason, candidate, code.position, code == UNREAD)


def with_spoken(
    board: Sequence[Part], spoken: Iterable[Said], final: Tally | None, *, spoken_counts: bool
) -> tuple[Part, ...] | None:
    """Add the votes put on record aloud; None if the members then do not make the vote's final count."""
    parts = list(board)
    places = {part.who: n for n, part in enumerate(parts)}
    for said, _ in moving(spoken, spoken_counts=spoken_counts):
        if said.who in places:
            place = places[said.who]
            parts[place] = parts[place]._replace(position=said.now, candidate=None, unread=False)
        else:
            parts.append(Part(said.who, said.name, said.group, said.now))
    return tuple(parts) if final is not None and count(parts).same_cast(final) else None


def moving(spoken: Iterable[Said], *, spoken_counts: bool) -> Iterator[tuple[Said, Position | None]]:
    """Hand out the statements that move somebody, each with the position it moves from.

    Not those of a chamber that does not count them, nor one that stays out of the result, nor one of a member who has
    voted already, on the board or aloud, and declares no change.
    """
    stands: dict[str, Position] = {}
    for said in spoken:
        again = said.who in stands
        was = stands.get(said.who, said.was)
        moves = said.declared is was if again else said.declared is not None or was not in CAST
        if spoken_counts and said.counts and moves:
            stands[said.who] = said.now
            yield said, was


def groups_with_spoken(
    counted: Mapping[str | None, Tally], spoken: Iterable[Said], *, spoken_counts: bool
) -> dict[str | None, Tally] | None:
    """Add the votes put on record aloud to the tallies of their groups; None if one of them does not fit its group."""
    finals = dict(counted)
    for said, was in moving(spoken, spoken_counts=spoken_counts):
        tally = finals.get(said.group, Tally())
        # A paper that lists only the ballots cast leaves the rest uncounted.
        uncounted = was is Position.NOT_CAST and not tally.not_cast
        try:
            finals[said.group] = tally.move(None if uncounted else was, said.now)
        except ValueError:
            return None
    return finals


def count(parts: Iterable[Part]) -> Tally:
    """Count the positions of members."""
    return Tally.count(Code(part.candidate or "", part.position) for part in parts)


def by_group(parts: Iterable[Part]) -> dict[str | None, tuple[Part, ...]]:
    """Set members apart by the group beside their names."""
    groups: dict[str | None, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.group, []).append(part)
    return {group: tuple(members) for group, members in groups.items()}
