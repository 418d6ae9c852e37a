"""What do votes put on record aloud add to the board, and how is that said in a sentence?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.spelled import join, word
from tracker.domain.votes import Position, Spoken, Tally

_SIDES = (Position.YES, Position.NO, Position.ABSTAIN)


@dataclass(frozen=True, slots=True)
class Heard:
    """The statements that were counted: how many new votes on each side, how many went from one side to another."""

    added: Counter[Position]
    changed: Counter[tuple[Position, Position]]

    def after(self, board: Tally) -> tuple[int, int, int] | None:
        """Return yes, no and abstentions once they are counted; None if they do not fit the board."""
        counts = {side: board.of(side) + self.added[side] for side in _SIDES}
        for (was, now), n in self.changed.items():
            counts[was] -= n
            counts[now] += n
        yes, no, abstain = counts.values()
        return None if min(yes, no, abstain) < 0 else (yes, no, abstain)


def counted(spoken: Iterable[Spoken]) -> Heard | None:
    """Sort the statements that count; None if they cannot be put into these words."""
    found = Heard(Counter(), Counter())
    stands: dict[str, Position] = {}
    for said in spoken:
        who = said.member or said.name
        if not said.counts or stands.get(who) is said.now:
            continue
        was = said.was if said.was is not None else said.declared
        if who in stands or said.now not in _SIDES:
            return None
        if said.declared is None and (was in _SIDES or was is Position.OTHER):
            continue  # already on the board: an error of the paper, not counted
        stands[who] = said.now
        if was in _SIDES:
            found.changed[was, said.now] += 1
        else:
            found.added[said.now] += 1
    return found


def including_en(heard: Heard, shown: str, electronic: bool) -> str:
    """Say the statements, and what the board showed: `, including one yes vote recorded by voice after the count …`."""
    names = {Position.YES: "yes", Position.NO: "no", Position.ABSTAIN: "abstention"}
    added = []
    for side in _SIDES:
        if n := heard.added[side]:
            thing = "abstention" if side is Position.ABSTAIN else f"{names[side]} vote"
            added.append(f"{word(n, 'en')} {thing}{'' if n == 1 else 's'}")
    parts = [f"{join(added, 'en')} recorded by voice"] if added else []
    parts += [
        f"{word(n, 'en')} {'vote' if n == 1 else 'votes'} changed from {names[was]} to {names[now]}"
        for (was, now), n in sorted(heard.changed.items())
    ]
    return f", including {join(parts, 'en')} after the {'electronic ' if electronic else ''}count ({shown})"


def including_es(heard: Heard, shown: str, electronic: bool) -> str:
    """Say it in the Congress of Peru's own words: *cambio de voto de abstención por voto a favor*."""
    from_side = {Position.YES: "a favor", Position.NO: "en contra", Position.ABSTAIN: "abstención"}
    to_side = {Position.YES: "voto a favor", Position.NO: "voto en contra", Position.ABSTAIN: "abstención"}
    added = []
    for side in _SIDES:
        if n := heard.added[side]:
            if side is Position.ABSTAIN:
                added.append("una abstención" if n == 1 else f"{word(n, 'es')} abstenciones")
            else:
                added.append(f"{word(n, 'es')} {'voto' if n == 1 else 'votos'} {from_side[side]}")
    gender = "a" if heard.added.total() == heard.added[Position.ABSTAIN] else "o"
    number = "" if heard.added.total() == 1 else "s"
    parts = [f"{join(added, 'es')} registrad{gender}{number} de viva voz"] if added else []
    parts += [
        f"{word(n, 'es')} {'cambio' if n == 1 else 'cambios'} de voto de {from_side[was]} por {to_side[now]}"
        for (was, now), n in sorted(heard.changed.items())
    ]
    if heard.changed:
        gender, number = "o", "" if heard.added.total() + heard.changed.total() == 1 else "s"
    count = "conteo electrónico" if electronic else "conteo"
    return f", incluid{gender}{number} {join(parts, 'es')} tras el {count} ({shown})"
