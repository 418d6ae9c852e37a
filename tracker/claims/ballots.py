"""Where does a member whom a text names stand in a vote: on the board, or aloud?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.claim import Said
from tracker.claims.verdict import Agreement, MemberFit
from tracker.domain.people import fold
from tracker.domain.tally import CAST, Position
from tracker.queries.database import Engine
from tracker.queries.standing import standing
from tracker.queries.votes import one


def parts(engine: Engine, vote: str, named: Sequence[Said]) -> tuple[MemberFit, ...]:
    """Return the part in a vote of each member named."""
    view = one(engine, vote)
    if view is None:
        return tuple(MemberFit(said, Agreement.UNKNOWN) for said in named)
    roll = {part.who: (part.name, part.position) for part in standing(view).best}
    for spoken in view.spoken:
        if spoken.member is None or spoken.member not in roll:
            roll[spoken.member or spoken.name] = (spoken.name, spoken.now)
    aloud = {fold(spoken.name) for spoken in view.spoken}
    return tuple(_part(said, list(roll.values()), aloud) for said in named)


def _part(said: Said, roll: Sequence[tuple[str, Position]], aloud: set[str]) -> MemberFit:
    words = set(fold(said.name).split())
    near = [(name, position) for name, position in roll if words <= set(fold(name).split())]
    if len(near) != 1:
        return MemberFit(said, Agreement.UNKNOWN)
    name, position = near[0]
    agreement = Agreement.AGREES if position == said.position else Agreement.DIFFERS
    voice = any(set(spoken.split()) <= set(fold(name).split()) for spoken in aloud)
    return MemberFit(said, agreement, name, position if position in CAST else None, voice)
