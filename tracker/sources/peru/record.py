"""What does one block of the minutes say of a vote: who voted how, what was put on record aloud, what was announced?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.domain import bills
from tracker.domain.people import Register, fold
from tracker.domain.votes import CAST, Position, PrintedBallot, PrintedVote, Spoken, Tally
from tracker.sources.contract import Severity, Sheet, Trouble
from tracker.sources.peru import announced, motions, names, notes, roster
from tracker.sources.peru.registers import Block

_PRESIDENT = re.compile(
    r"(?:el|la)\s+(?:se[ñn]ora?\s+)?president[ea]\s+del\s+congreso(?!\s+en\s+ejercicio)", re.IGNORECASE
)


@dataclass(slots=True)
class _Draft:
    """A vote while it is being read."""

    sheet: Sheet
    register: Register
    day: date
    ballots: list[PrintedBallot] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    at: dict[str, Position] = field(default_factory=dict)
    nominal: bool = False
    chair_heard: bool = False

    def who(self, name: str) -> str:
        """Return the member a name means in this vote, or the folded name."""
        mandate = self.register.place([*(b.name for b in self.ballots), name], self.day)[name].mandate
        return mandate.person.id if mandate else fold(name)


def vote(
    block: Block, texts: Sequence[Block], which: int, day: date, sheet: Sheet, register: Register,
    number: Callable[[str], int],
) -> tuple[PrintedVote, list[Trouble]]:  # fmt: skip
    """Build a vote from a block.

    `texts` are the votes that share the running text before the first of them, this one being number `which`; `number`
    counts how often a key has come up on that day. The lists of names are the board: minutes print no totals of their
    own, so `board` is the sum of the lists and is checked by the announced figure alone.
    """
    draft = _Draft(sheet, register, day, doubts=list(block.doubts))
    _ballots(draft, block)
    board = Tally.count(ballot.code for ballot in draft.ballots)
    for text in dict.fromkeys(block.notes):
        _hear(draft, text, notes.read(text), from_sentence=False)
    found = announced.figures(texts[0].before)
    figure = announced.choose(found, len(texts), which, (board, _with_spoken(board, draft.spoken)))
    if figure is not None:
        _hear_announcement(draft, figure)
    elif [f for f in found if not f.elsewhere]:
        draft.remarks.append(f"no figure near this vote could be told to be its own: {found[-1].tally}")
    heading = block.heading
    subject = motions.subject(heading) if heading else _untitled(figure)
    if not heading:
        draft.remarks.append("the lists have no heading; the subject is taken from the announcement")
    # Without a heading the sum of the lists tells apart two such votes of one day in two documents.
    base = f"{day.isoformat()}/{fold(heading or f'sin titulo {board}').replace(' ', '')}"
    key = f"{base}/{number(base)}"
    made = PrintedVote(
        legislature=sheet.chamber.slug,
        key=key,
        id=f"pe-{day.isoformat()}-{hashlib.sha256(key.encode()).hexdigest()[:8]}",
        sitting_date=day,
        subject=subject,
        question=heading or None,
        kind=motions.kind(subject) if heading else None,
        bills=bills.peru_printed(subject, sheet.chamber.slug, day),
        period=bills.peru_period(day),
        result=figure.outcome() if figure else None,
        ballots=tuple(draft.ballots),
        complete=False,
        board=board,
        board_from_names=True,
        announced=figure.tally if figure else None,
        announced_means=figure.means(day, nominal=draft.nominal, spoken=bool(draft.spoken)) if figure else None,
        announced_text=announced.text_of(figure) if figure else None,
        spoken=tuple(draft.spoken),
        page=block.page,
        doubts=tuple(dict.fromkeys(draft.doubts)),
    )
    where = f"{made.id}, page {block.page}"
    return made, [Trouble(Severity.NOTED, "read_with_remark", f"{where}: {text}", where) for text in draft.remarks]


def _untitled(figure: announced.Figure | None) -> str:
    return announced.text_of(figure)[:300] if figure else "(votación sin título en el acta)"


def _ballots(draft: _Draft, block: Block) -> None:
    for listing in block.lists:
        where = f"page {listing.page}"
        code = draft.sheet.code(listing.direction, where)
        got = names.split(listing.text, draft.register, draft.day)
        draft.ballots += [PrintedBallot(name, code) for name in got.names]
        draft.doubts += [f"{where}: {text}" for text in got.doubts]
        draft.remarks += got.notes
        if listing.printed_count not in (None, len(got.names)):
            draft.doubts.append(
                f"{where}: the list {listing.direction} prints {listing.printed_count} and holds {len(got.names)} names"
            )
    placed = draft.register.place([ballot.name for ballot in draft.ballots], draft.day)
    for ballot in draft.ballots:
        if (mandate := placed[ballot.name].mandate) is not None:
            draft.at.setdefault(mandate.person.id, ballot.code.position)
    draft.remarks += [
        met.note for name, met in placed.items() if met.note and draft.register.find(name, draft.day).mandate is None
    ]


def _hear_announcement(draft: _Draft, figure: announced.Figure) -> None:
    if (text := announced.added(figure)) is not None:
        _hear(draft, text, notes.read(text), from_sentence=True)
    if figure.own and not draft.chair_heard:
        _hear(draft, figure.own, notes.read(figure.own), from_sentence=True)
    if figure.chair and not draft.chair_heard:
        draft.doubts.append("the announced figure includes the vote of the chair, which no note names")


def _hear(draft: _Draft, text: str, note: notes.Note, *, from_sentence: bool) -> None:
    draft.doubts += note.doubts
    draft.nominal = draft.nominal or note.nominal
    heard = {draft.who(said.name): said for said in draft.spoken} if from_sentence else {}
    for clause in note.clauses:
        if clause.own:
            who = _chair(draft, text, note)
            spoken_names = [who] if who else []
        else:
            got = names.split(clause.names, draft.register, draft.day)
            draft.doubts += got.doubts
            draft.remarks += got.notes
            spoken_names = got.names
        for name in spoken_names:
            said = _statement(draft, name, clause)
            before = heard.get(draft.who(name)) if from_sentence else None
            if before is None:
                draft.spoken.append(said)
            elif before.now is not said.now:
                draft.doubts.append(f"{name}: the note has {before.now}, the announcement {said.now}; the note is kept")


def _statement(draft: _Draft, name: str, clause: notes.Clause) -> Spoken:
    """Make a statement; `was` is where this vote's lists have the member (None: on none of them)."""
    met = draft.register.find(name, draft.day)
    if clause.declared is not None and met.mandate is None and len(met.candidates) > 1:
        draft.doubts.append(f"a change of vote names {name}, which more than one member is called")
    return Spoken(name, draft.at.get(draft.who(name)), clause.now, clause.quote, clause.counts, clause.declared)


def _chair(draft: _Draft, text: str, note: notes.Note) -> str | None:
    """Return whose "su voto" it is: the member the note names, or the president of the Congress by office."""
    draft.chair_heard = True
    president = roster.president(draft.day)
    if note.speaker is not None:
        if not note.in_office and (president is None or draft.who(president) != draft.who(note.speaker)):
            draft.doubts.append(f"{note.speaker} puts a vote on record; the note does not say in what office")
        return note.speaker
    if _PRESIDENT.match(text) and president is not None:
        draft.remarks.append(f"the president of the Congress on {draft.day} is read as {president}")
        return president
    draft.doubts.append(f"a note puts the chair's own vote on record without a name: {text[:160]!r}")
    return None


def _with_spoken(board: Tally, spoken: Sequence[Spoken]) -> Tally:
    """Add the statements that count, to recognise the announced figure by; the sum that is shown is made elsewhere."""
    total = board
    for said in spoken:
        if not said.counts or (said.was in CAST and said.declared is None):
            continue
        try:
            total = total.move(said.was if said.was in CAST else None, said.now)
        except ValueError:
            return board
    return total
