"""Which counts does a sentence claim, and which of them belong to one vote?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tracker.claims import labels, outcome
from tracker.claims.claim import Figures, Part, Result
from tracker.claims.elections import ballots
from tracker.claims.lexicon import listed
from tracker.claims.numbers import MEMBERS, Count
from tracker.claims.pairs import VOTES, party, row
from tracker.claims.tokens import Token
from tracker.domain.tally import Position

YES, NO, ABSTAIN = labels.YES, labels.NO, labels.ABSTAIN
_GOT = frozenset(listed("tallies", "got"))
_TIED = frozenset(("empate", "empato", "empataron", "tied", "tie"))
_NOBODY = frozenset(listed("tallies", "nobody"))


@dataclass(frozen=True, slots=True)
class Told:
    """Counts of one vote in a sentence: the places of its figures, where its words begin and end, how it ended.

    `party`: the group whose members alone are counted.
    """

    figures: Figures
    marks: tuple[tuple[int, int], ...]
    first: int
    last: int
    result: Result | None = None
    party: str | None = None


@dataclass(slots=True)
class _Event:
    """One thing said of a count, at a place of the sentence."""

    place: int
    last: int
    sides: dict[Position, Part]
    marks: list[tuple[int, int]] = field(default_factory=list)
    pair: bool = False
    ordered: bool = True
    party: str | None = None


def tallies(found: Sequence[Token]) -> list[Told]:
    """Return the tallies a sentence claims, in order."""
    chosen = ballots(found)
    if chosen is not None:
        return [Told(*chosen)]
    if not any(isinstance(token, Count) for token in found):
        return _with_results(found, _plain_unanimity(found))
    ended = outcome.result(found)
    bar = outcome.bar(found)
    events = sorted(_events(found, bar, ended), key=lambda event: event.place)
    told = [_told(group, bar) for group in _grouped(events)]
    if not told and (bar.margin is not None or (bar.short is not None and bar.needed is not None)):
        told = [_by_bar(found, bar)]
    return _with_results(found, [one for one in told if one.figures.said] or _plain_unanimity(found))


def _with_results(found: Sequence[Token], told: Sequence[Told]) -> list[Told]:
    """Say of each tally how its vote ended: by the words about it, else as the one before, else by the sentence."""
    whole = outcome.result(found) if told else None
    ended, done = None, []
    for one in told:
        ended = _ending(found, one.first, one.last) or ended or whole
        done.append(replace(one, result=ended))
    return done


def _plain_unanimity(found: Sequence[Token]) -> list[Told]:
    word = outcome.unanimous(found)
    if word is None or not outcome.voting(found):
        return []
    place = next(n for n, token in enumerate(found) if token is word)
    return [Told(Figures(unanimous=True), ((word.start, word.end),), place, place + 1)]


def _by_bar(found: Sequence[Token], bar: outcome.Bar) -> Told:
    yes = Part.exactly(bar.needed - bar.short) if bar.needed is not None and bar.short is not None else None
    margin = Part.exactly(bar.margin) if bar.margin is not None else None
    marks = tuple((found[place].start, found[place].end) for place in sorted(bar.places))
    return Told(Figures(yes=yes, margin=margin, needed=bar.needed), marks, min(bar.places), max(bar.places) + 1)


def _events(found: Sequence[Token], bar: outcome.Bar, ended: Result | None) -> Iterator[_Event]:
    voting = outcome.voting(found)
    used: set[int] = set(bar.places)
    if voting and not outcome.sporting(found):
        for event in _pairs(found, used, ended):
            used |= set(range(event.place, event.last))
            yield event
    owned: set[int] = set()
    for event in _nobody(found, used):
        owned |= set(range(event.place, event.last))
        yield event
    grouped = False
    rest: list[int] = []
    counts = [place for place, token in enumerate(found) if place not in used and isinstance(token, Count)]
    # *Voted against: 0 for and 15 against*: where words follow each number, those before the first say something else.
    behind = all(labels.label(found, _after_votes(found, place), voting=voting) for place in counts)
    for place, token in enumerate(found):
        if place in used or not isinstance(token, Count):
            continue
        told = None if behind else labels.left(found, place, owned)
        if told is not None:
            owned |= set(range(told[1], place))
            yield _Event(told[1], place + 1, {told[0]: token.part}, [(token.start, token.end)])
            continue
        told = labels.right(found, place, voting=voting)
        if told is not None and not (grouped and not _has_votes(found, place)):
            owned |= set(range(place, told[1]))
            yield _Event(place, told[1], {told[0]: token.part}, [(token.start, token.end)])
        elif labels.of_group(found, place):
            grouped = True
        else:
            rest.append(place)
    if voting:
        yield from _bare(found, rest, bar, ended)


def _after_votes(found: Sequence[Token], place: int) -> int:
    """Return the place after a number and its *votes*."""
    return place + 2 if place + 1 < len(found) and found[place + 1].plain in (*VOTES, "voto", "vote") else place + 1


def _has_votes(found: Sequence[Token], place: int) -> bool:
    if place + 1 < len(found) and found[place + 1].plain in VOTES:
        return True
    return place > 1 and found[place - 2].plain in VOTES and found[place - 1].plain in ("de", "of")


def _pairs(found: Sequence[Token], used: set[int], ended: Result | None) -> Iterator[_Event]:
    """Read `70-33-4`, *70 to 33*, *70 votos contra 33*, *70 votos a 33*."""
    place = 0
    while place < len(found):
        places = row(found, place) if isinstance(found[place], Count) and place not in used else []
        if len(places) < 2:
            place += 1
            continue
        figures = [found[at] for at in places]
        parts = [token.part for token in figures if isinstance(token, Count)]
        sides = dict(zip((YES, NO, ABSTAIN), parts, strict=False))
        ended = _ending(found, place, places[-1] + 1) or ended
        ordered = not (ended is Result.REJECTED and parts[0].low > parts[1].low)
        marks = [(token.start, token.end) for token in figures]
        of = party(found, place, places[-1] + 1)
        yield _Event(place, places[-1] + 1, sides, marks, pair=True, ordered=ordered, party=of)
        place = places[-1] + 1


def _ending(found: Sequence[Token], first: int, last: int) -> Result | None:
    """Return how the vote of two figures ended, by the words since the figures before, or up to those after."""
    begin = first
    while begin and not isinstance(found[begin - 1], Count):
        begin -= 1
    end = last
    while end < len(found) and not isinstance(found[end], Count):
        end += 1
    return outcome.result(found[begin:first]) or (outcome.result(found[last:end]) if not begin else None)


def _nobody(found: Sequence[Token], used: set[int]) -> Iterator[_Event]:
    """Read *sin abstenciones*, *ningún voto en contra*, *no abstentions*, *nobody voted against*, *none opposed*."""
    for place, token in enumerate(found):
        if token.plain not in _NOBODY or isinstance(token, Count) or place in used:
            continue
        at = place + 1
        while at < len(found) and at < place + 4 and found[at].plain in (*VOTES, "voto", "se", "voted", "was", "ni"):
            if labels.label(found, at, voting=False) is not None:
                break
            at += 1
        told = labels.label(found, at, voting=False)
        if told is not None and told[0] is not YES:
            if token.plain == "no" and (at == place + 1) and found[at].plain in ("se", "contra", "against", "opposed"):
                continue
            yield _Event(place, told[1], {told[0]: Part.exactly(0)}, [(token.start, found[told[1] - 1].end)])


def _bare(found: Sequence[Token], rest: Sequence[int], bar: outcome.Bar, ended: Result | None) -> Iterator[_Event]:
    """Read a number of votes without a side: *obtuvo 84*, *se aprobó (97 votos)*, *con 79 votos*."""
    for place in rest:
        token = found[place]
        if not isinstance(token, Count):
            continue
        before = {other.plain for other in found[max(0, place - 4) : place]}
        near = before | {other.plain for other in found[place + 1 : place + 4]}
        has_votes = _has_votes(found, place)
        of_bar = {at - place for at in bar.places} & {2, 3, 4, 5}
        if before & _TIED and not token.weak:
            yield _Event(place, place + 1, {YES: token.part, NO: token.part}, [(token.start, token.end)], pair=True)
            continue
        if (near & _GOT and (has_votes or bar.needed is not None or of_bar)) or (
            of_bar and found[place + 1].plain in ("de", "of")
        ):
            side = YES
        elif (taken := _passive(found, place)) is not None:
            side = taken
        elif has_votes and not token.weak and _introduced(found, place) and _ends(found, ended):
            side = NO if ended is Result.REJECTED and {"por", "con"} & before else YES
        else:
            continue
        yield _Event(place, place + 1, {side: token.part}, [(token.start, token.end)])


def _passive(found: Sequence[Token], place: int) -> Position | None:
    """Return the side of members by whom it was done: *respaldada por 90 congresistas*, *backed by 90 members*."""
    by = found[place - 1].plain if place > 1 else ""
    if by not in ("por", "by") or place + 1 >= len(found) or found[place + 1].plain not in MEMBERS:
        return None
    ended = outcome.result(found[place - 2 : place - 1])
    return None if ended is None else YES if ended is Result.APPROVED else NO


def _ends(found: Sequence[Token], ended: Result | None) -> bool:
    """Whether a sentence tells of the end of a vote: its outcome, what it got, or that nobody was against."""
    return ended is not None or any(t.plain in _GOT for t in found) or outcome.unanimous(found) is not None


def _introduced(found: Sequence[Token], place: int) -> bool:
    """Whether a bare number of votes is that of the vote: *por 97 votos*, *(97 votos)*, *with 97 votes*."""
    words = [token.plain for token in found[max(0, place - 4) : place]]
    return bool({"por", "con", "with", "(", "tras", "gracias", "on"} & set(words)) or any(
        token.part.high != token.part.low for token in found[place : place + 1] if isinstance(token, Count)
    )


def _grouped(events: Sequence[_Event]) -> list[list[_Event]]:
    """Put together what belongs to one vote: sides do not come twice, and two figures side by side begin anew."""
    groups: list[list[_Event]] = []
    held: set[Position] = set()
    for event in events:
        known = groups[-1] if groups else []
        clash = held & event.sides.keys()
        if clash and known and known[0].pair and not event.pair and len(event.sides) == 1 and ABSTAIN not in clash:
            # *217 to 213, with 20 against*: some of those already counted.
            continue
        if clash or not groups:
            groups.append([])
            held = set()
        groups[-1].append(event)
        held |= event.sides.keys()
    return groups


def _told(group: Sequence[_Event], bar: outcome.Bar) -> Told:
    sides: dict[Position, Part] = {}
    for event in group:
        sides |= event.sides
    figures = Figures(
        yes=sides.get(YES), no=sides.get(NO), abstain=sides.get(ABSTAIN), needed=bar.needed,
        ordered=all(event.ordered for event in group),
    )  # fmt: skip
    if figures.yes is None and bar.needed is not None and bar.short is not None:
        figures = replace(figures, yes=Part.exactly(bar.needed - bar.short))
    marks = tuple(mark for event in group for mark in event.marks)
    of = next((event.party for event in group if event.party), None)
    return Told(figures, marks, group[0].place, max(event.last for event in group), party=of)
