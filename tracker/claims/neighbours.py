"""Which votes stand beside the one a claim speaks of: on the same bill, of the same sitting, with the same figures?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from tracker.claims.fit import bare
from tracker.claims.verdict import Answer
from tracker.queries.claimed import Finder, Quoted
from tracker.queries.database import Engine, reading
from tracker.queries.listed import VoteRow
from tracker.queries.votes import named

MOST = 3
"""Votes of each kind."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Votes beside another that do not fit the claim, each in one list; those of the same figures may be years away."""

    bill: tuple[VoteRow, ...] = ()
    sitting: tuple[VoteRow, ...] = ()
    figures: tuple[VoteRow, ...] = ()


def neighbours(engine: Engine, answer: Answer) -> Neighbours:
    """Return the votes beside the first that fits a claim; none if none fits."""
    if not answer.matches:
        return Neighbours()
    vote = answer.matches[0].vote
    best = vote.best
    with reading(engine) as connection:
        finder = Finder(connection)
        by_bill = finder.by_bills({bare(number) for number in vote.bills})
        by_day = finder.in_days(vote.sitting_date, vote.sitting_date)
        wanted = Quoted(best.yes, best.no, best.abstain) if best is not None and best.cast else None
        by_figures = finder.by_figures([wanted]) if wanted else {}
        groups = (list(chain(*by_bill.values())), by_day, list(chain(*by_figures.values())))
        found = finder.candidates(chain(*groups))
    seen, lists = {one.id for one in answer.matches}, []
    for keys in groups:
        here = [found[key].id for key in keys if key in found and found[key].legislature == vote.legislature]
        fresh = [slug for slug in dict.fromkeys(here) if slug not in seen][:MOST]
        seen |= set(fresh)
        lists.append(named(engine, fresh))
    return Neighbours(*lists)
