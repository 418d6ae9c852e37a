"""What does a vote on record give a reporter to paste: the count in a sentence, and where it stands?"""

from __future__ import annotations

from tracker.domain import citing, wording
from tracker.domain.citing import Cited
from tracker.domain.spelled import Language
from tracker.domain.votes import Position, Spoken, Status
from tracker.domain.wording import VERDICTS, Told
from tracker.queries.view import VoteView


def told(view: VoteView, language: Language) -> Told | None:
    """Return the count a vote is led with, to be put into words; None if it has none."""
    tallies, chamber = view.tallies, view.chamber
    if tallies.best is None:
        return None
    return Told(
        language=language,
        chamber=chamber.called_es if language == "es" else chamber.called_en,
        sitting=view.sitting_date,
        final=tallies.best,
        board=tallies.board or tallies.counted,
        spoken=tuple(Spoken(s.name, s.was, s.now, s.quote, s.counts, s.declared, s.member) for s in view.spoken),
        abstention=chamber.abstention,
        provisional=view.status is Status.PROVISIONAL,
        verdicts=_verdicts(view),
    )


def _verdicts(view: VoteView) -> tuple[str, str] | None:
    """Return the words for yes and for no, if those printed are of a verdict."""
    printed = {ballot.code for ballot in view.ballots if ballot.position in (Position.YES, Position.NO)}
    if not printed or not printed <= VERDICTS.keys():
        return None
    yes, no = VERDICTS
    return yes, no


def sentence(view: VoteView, language: Language) -> str | None:
    """Say the count a vote is led with in one whole sentence; None if it has none."""
    words = told(view, language)
    return None if words is None else wording.sentence(words)


def citation(view: VoteView, language: Language, permalink: str | None = None) -> str:
    """Cite the paper a vote was read from; `permalink` is the address of the record here."""
    origin = view.origin
    cited = Cited(
        chamber=view.chamber.title,
        sitting=view.sitting_date,
        taken_at=view.taken_at,
        url=origin.url,
        page=origin.page,
        retrieved=origin.at,
        sha256=origin.sha256,
        version=view.version,
        transcribed_by=view.credit.by if view.credit else None,
        permalink=permalink,
    )
    return citing.citation(cited, language)
