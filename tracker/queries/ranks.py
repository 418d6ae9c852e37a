"""Who broke ranks in a vote, by each published rule, and who could have changed it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.analysis.dissent import Choice, Dissent, GroupLine, Kind, Moved, NoLine, Rebel, dissent, moved
from tracker.analysis.margin import Silence, Swing, silence, swing
from tracker.analysis.parts import Part
from tracker.analysis.rules import PLURALITY, RULES, LineRule
from tracker.domain.majority import Base
from tracker.queries.standing import standing
from tracker.queries.view import VoteView

DEFAULT = PLURALITY.key


@dataclass(frozen=True, slots=True)
class Ranks:
    """What each rule says of a vote, the one in use first.

    None for a rule that asks who did not vote, where the paper does not say. `final` is whether the votes put on record
    aloud are counted; `moved` who appears on a list or vanishes from it by them.
    """

    by_rule: Mapping[str, Dissent | None]
    final: bool
    moved: Mapping[str, Moved]


def ranks(view: VoteView) -> Ranks:
    """Apply every rule to a vote."""
    stands = standing(view)
    found: dict[str, Dissent | None] = {}
    changes: dict[str, Moved] = {}
    for key, rule in RULES.items():
        if rule.on_silence and not stands.complete:
            found[key] = None
            continue
        found[key] = here = dissent(stands.best, rule, unattached=stands.unattached)
        changes[key] = moved(dissent(stands.board, rule, unattached=stands.unattached), here)
    return Ranks(found, stands.final is not None, changes)


def broke(view: VoteView, key: str = DEFAULT) -> Dissent | None:
    """Apply one rule to a vote; None if it asks who did not vote, and the paper does not say."""
    stands, rule = standing(view), RULES[key]
    return None if rule.on_silence and not stands.complete else dissent(stands.best, rule, unattached=stands.unattached)


@dataclass(frozen=True, slots=True)
class Chances:
    """Who cast no vote, and how few could have changed it; None where the rule is not known or the absent are not.

    `margin` is yes less no. `counted` is False where the paper does not list who did not vote.
    """

    margin: int
    silent: Silence
    swing: Swing | None
    counted: bool


def chances(view: VoteView) -> Chances | None:
    """Return who could have changed a vote; None for an election by name and where nobody voted yes or no."""
    best = view.tallies.best
    if best is None or best.candidates or not best.yes + best.no:
        return None
    silent, rule = silence(standing(view).best), view.majority.rule
    found = None
    if rule is not None and (view.complete or rule.base in (Base.YES_AND_NO, Base.CAST)):
        sworn = sum(group.tally.total for group in view.groups) if view.complete else None
        found = swing(best, rule, able=len(silent.able), seats=view.chamber.seats, sworn=sworn)
    return Chances(best.margin, silent, found, view.complete)


__all__ = [
    "DEFAULT",
    "RULES",
    "Chances",
    "Choice",
    "Dissent",
    "GroupLine",
    "Kind",
    "LineRule",
    "Moved",
    "NoLine",
    "Part",
    "Ranks",
    "Rebel",
    "Swing",
    "broke",
    "chances",
    "ranks",
]
