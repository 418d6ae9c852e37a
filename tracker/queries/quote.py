"""What does a vote on record give a reporter to paste: the count in a sentence, and where it stands?"""

from __future__ import annotations

from tracker.domain import wording
from tracker.domain.votes import Spoken, Status
from tracker.domain.wording import Language
from tracker.queries.view import VoteView


def sentence(view: VoteView, language: Language) -> str | None:
    """Say the count a vote is led with in one whole sentence; None if it has none."""
    tallies = view.tallies
    if tallies.best is None:
        return None
    spoken = tuple(Spoken(s.name, s.was, s.now, s.quote, s.counts, s.declared, s.member) for s in view.spoken)
    base = tallies.board or tallies.counted
    return wording.sentence(
        tallies.best,
        base,
        spoken,
        language,
        sitting=view.sitting_date,
        abstention=view.chamber.abstention,
        provisional=view.status is Status.PROVISIONAL,
    )


def citation(view: VoteView, language: Language, permalink: str | None = None) -> str:
    """Cite the paper a vote was read from; `permalink` is the address of the record here."""
    chamber, origin = view.chamber, view.origin
    return wording.citation(
        chamber.title,
        view.sitting_date,
        view.taken_at,
        origin.url,
        origin.page,
        retrieved=origin.at,
        sha256=origin.sha256,
        language=language,
        transcribed_by=view.credit.by if view.credit else None,
        permalink=permalink,
    )
