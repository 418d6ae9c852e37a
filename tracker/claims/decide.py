"""Which verdict follows from how the votes fit a claim?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.claim import Claim
from tracker.claims.fit import MOST, SAID, SURE, Matched
from tracker.claims.stems import weight
from tracker.claims.verdict import Match, Verdict

SLIP = 2
"""By how many votes a count may be off and be surely meant, on a sure subject."""
NEAR = 6
"""By how many votes, all sides together, a count may be off and be nearly the one claimed."""
CLOSE = (
    ((2.0, 0.6), (1.4, 0.7), (1.0, 0.9)),
    ((1.4, 0.45), (SAID, MOST)),
    ((1.4, 0.3), (1.0, 0.4), (SAID, MOST)),
)
"""What words have to weigh, and which share of the claim to be, where neither day nor figures single a vote out: for
figures that many votes have, that several have, and that few have."""
LEAD = (0.35, 0.75, 1.8)
"""By how much the words of another vote have to weigh more to make it the one meant: by how many of these hold, a
telling word that is met, figures that are hardly met twice, and the day."""
PRECISE = 7
"""Days of a stretch that still names a day."""
LARGE = 10
"""Votes of a side that tell something of a vote."""
LISTED = 8
"""Votes listed in an answer."""
_OF = {
    Matched.FINAL: Verdict.MATCHES_FINAL,
    Matched.BOARD: Verdict.MATCHES_BOARD_ONLY,
    Matched.SUPERSEDED: Verdict.MATCHES_SUPERSEDED,
}


def decide(claim: Claim, fits: Sequence[Match]) -> tuple[Verdict, tuple[Match, ...]]:
    """Return the verdict on a claim of counts, and the votes it rests on, the best first."""
    met = [one for one in fits if one.matched is not None]
    full = _ranked([one for one in met if _enough(claim, one) and one.dated is not False])
    full = [one for one in full if not (doubtful(claim, one) and _outdone(claim, one, fits))]
    sound = [one for one in full if one.ended is not False]
    if sound:
        return _one_or_several(sound)
    swapped = _ranked([one for one in fits if one.numbers.swapped and _enough(claim, one) and one.dated is not False])
    if swapped:
        return (Verdict.SWAPPED if _alone(swapped) else Verdict.SEVERAL), tuple(swapped[:LISTED])
    return _without_match(claim, fits, met, full)


def doubtful(claim: Claim, one: Match) -> bool:
    """Whether a vote may only happen to have the figures: its subject is not sure, or they tell little."""
    if one.subject.by in _NUMBERED:
        return False
    return not one.subject.sure or not _telling(claim, one)


def _telling(claim: Claim, one: Match) -> bool:
    """Whether figures and day are hardly those of two votes."""
    return claim.figures.distinct or (one.dated is True and claim.figures.rarity > 0)


def _rare(one: Match) -> bool:
    """Whether a word is met that few subjects have."""
    return any(weight(word) >= 1 for word in one.subject.words)


def _outdone(claim: Claim, one: Match, fits: Sequence[Match]) -> bool:
    """Whether a vote on another bill is of more of what the claim speaks of."""
    lead = LEAD[min(2, _rare(one) + claim.figures.distinct + (one.dated is True and claim.figures.rarity > 0))]
    bills = set(one.vote.bills)
    return any(
        other.subject.fits
        and other.subject.by != "around"
        and other.subject.strength >= one.subject.strength + lead
        and not bills & set(other.vote.bills)
        for other in fits
    )


def _without_match(
    claim: Claim, fits: Sequence[Match], met: Sequence[Match], full: Sequence[Match]
) -> tuple[Verdict, tuple[Match, ...]]:
    """Say what comes nearest where no vote fits by figures, subject, day and outcome.

    Figures of another vote of the day claimed come before other figures of the vote on the subject: that is how a
    number gets beside the wrong vote.
    """
    on_subject = _nearest([one for one in fits if one.matched is None and _spoken_of(claim, one)])
    elsewhere = _ranked([one for one in met if claim.figures.strong and not _enough(claim, one)])
    precise = any((days.last - days.first).days <= PRECISE for days in claim.days)
    that_day = [one for one in elsewhere if one.dated and precise]
    slip = on_subject if _surely(on_subject) and on_subject[0].numbers.off <= SLIP else []
    other_day = _ranked([one for one in met if _enough(claim, one)])
    open_day = [one for one in elsewhere if one.dated is not False]
    nearly = Verdict.DIFFERS if on_subject and _nearly(claim, on_subject[0]) else Verdict.SUBJECT_ONLY
    for verdict, found, more in (
        (Verdict.DIFFERS, full, on_subject),
        (Verdict.DIFFERS, slip, elsewhere),
        (Verdict.NUMBERS_ONLY, that_day, [*on_subject, *elsewhere]),
        (Verdict.NUMBERS_ONLY, open_day if claim.figures.distinct and not _surely(on_subject) else [], on_subject),
        (nearly, on_subject, [*other_day, *elsewhere]),
        (Verdict.DIFFERS, other_day, []),
        (Verdict.NUMBERS_ONLY, open_day, []),
    ):
        if found:
            return verdict, _several(found, more)
    return Verdict.NO_RECORD, ()


def _surely(found: Sequence[Match]) -> bool:
    return bool(found) and found[0].subject.sure


def _one_or_several(full: Sequence[Match]) -> tuple[Verdict, tuple[Match, ...]]:
    if not _alone(full):
        return Verdict.SEVERAL, tuple(full[:LISTED])
    first = full[0]
    if first.matched is Matched.ANNOUNCED:
        verdict = Verdict.MATCHES_FINAL if first.numbers.whole else Verdict.MATCHES_BOARD_ONLY
    else:
        verdict = _OF[first.matched or Matched.FINAL]
    return verdict, tuple(full[:LISTED])


def _enough(claim: Claim, one: Match) -> bool:
    """Whether the subject fits well enough for how much the figures and the day tell.

    Two figures alone recur among thousands of votes: without a day, one word in common does not make it the same vote.
    """
    subject = one.subject
    if subject.by in _NUMBERED:
        return True
    if one.dated is True or claim.figures.distinct:
        return subject.fits if claim.figures.strong else subject.fits and (one.dated is True or subject.sure)
    if subject.by == "around":
        return subject.strength >= SURE and claim.figures.strong
    close = any(subject.strength >= least and subject.share >= share for least, share in CLOSE[claim.figures.rarity])
    return subject.fits and close and (claim.figures.strong or subject.sure)


def _spoken_of(claim: Claim, one: Match) -> bool:
    """Whether a vote whose counts are others is the one a claim speaks of."""
    if one.dated is False:
        return False
    if one.subject.sure:
        return True
    near = one.dated is True or _nearly(claim, one)
    return one.subject.fits and near and one.subject.strength >= (SAID if one.subject.by == "words" else SURE)


def _nearly(claim: Claim, one: Match) -> bool:
    """Whether the counts are nearly those claimed: off by few, or equal on one large side."""
    if not claim.figures.said or one.vote.best is None:
        return False
    if claim.figures.named:
        return one.numbers.off <= NEAR or len(one.numbers.gaps) < len(claim.figures.named)
    gaps, parts = dict(one.numbers.gaps), list(claim.figures.parts())
    if one.numbers.off <= NEAR:
        return claim.figures.unanimous or any(part.low >= LARGE for _, part in parts)
    return len(parts) > 1 and any(side.value not in gaps and part.exact and part.low >= LARGE for side, part in parts)


_KINDS = (Matched.FINAL, Matched.ANNOUNCED, Matched.BOARD, Matched.SUPERSEDED, None)
_NUMBERED = ("bill", "law", "motion", "name", "election")


def _key(one: Match) -> tuple[float, ...]:
    """Return how well a vote fits, the best lowest: its day, its subject, which of its counts."""
    return (
        -int(one.dated is True),
        int(one.subject.by in ("around", None)),
        -int(one.subject.by in _NUMBERED),
        -int(one.day),
        -round(one.subject.strength),
        _KINDS.index(one.numbers.matched),
    )


def _ranked(found: Sequence[Match]) -> list[Match]:
    return sorted(
        found,
        key=lambda one: (*_key(one), one.stage, -one.subject.strength, -one.vote.sitting_date.toordinal(), one.id),
    )


def _alone(ranked: Sequence[Match]) -> bool:
    """Whether the first fits better than the second by more than a word, or is the matter and the other a step."""
    if len(ranked) == 1 or _key(ranked[0]) < _key(ranked[1]):
        return True
    first, second = ranked[:2]
    same = (first.vote.legislature, first.vote.sitting_date) == (second.vote.legislature, second.vote.sitting_date)
    return same and first.stage < second.stage


def _nearest(found: Sequence[Match]) -> list[Match]:
    return sorted(found, key=lambda one: (-int(one.dated is True), -int(one.subject.by in _NUMBERED),
                                          one.numbers.off, -one.subject.strength, one.id))  # fmt: skip


def _several(*groups: Sequence[Match]) -> tuple[Match, ...]:
    """Return votes of several kinds, each once, as many as are listed."""
    return tuple({one.id: one for group in groups for one in group}.values())[:LISTED]
