"""What do the notes under a sheet put on record, and what in them was not understood?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.people import Register, bare
from tracker.domain.votes import Position, Spoken
from tracker.sources.peru import names as lists
from tracker.sources.peru import notes, roster, sentences
from tracker.sources.peru.letters import Letters
from tracker.sources.peru.sentences import Kind

MOST_LETTERS = 6_000
"""The longest notes of a sheet have 1,600 letters; a text far beyond that is none."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the notes under one sheet say.

    `spoken` are votes put on record outside the board, names as printed; `present` those whom an attendance sheet adds;
    `voided` whether the chair declares the vote void. `doubts` quote what was not understood or contradicts itself;
    `whole` is False where such a part may hold a vote, so that the tally stays open. `remarks` are how an odd name was
    read, and words that say nothing of votes.
    """

    spoken: tuple[Spoken, ...] = ()
    present: tuple[str, ...] = ()
    voided: bool = False
    whole: bool = True
    doubts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def hear(texts: Sequence[str], *, chair: str | None, names: Register, day: date) -> Heard:
    """Read the notes of one sheet.

    `texts` are the paragraphs under the table, as typed or as a machine recognised them: spaces and accents may be
    lost, a letter wrong here and there. `chair` is the presiding member as the sheet's header prints it; `de su voto`
    is the vote of the member the note names as its speaker, of the chair if it names none. `names` and `day` serve to
    split lists; whose a name is, the roll of the vote says (`domain/roll.py`).
    """
    draft = _Draft(chair, names, day)
    met: set[str] = set()
    for text in texts:
        if len(text) > MOST_LETTERS:
            draft.doubt(f"a note of {len(text)} letters is no note; it begins {text[:120]!r}")
            continue
        for sentence in sentences.split(text):
            if (again := bare(sentence)) in met:
                continue
            met.add(again)
            draft.hear(sentence)
    return draft.heard()


@dataclass(slots=True)
class _Draft:
    """The notes of a sheet while they are being read."""

    chair: str | None
    names: Register
    day: date
    spoken: list[Spoken] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    voided: bool = False
    whole: bool = True
    doubts: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def heard(self) -> Heard:
        return Heard(
            tuple(self.spoken),
            tuple(dict.fromkeys(self.present)),
            self.voided,
            self.whole,
            tuple(dict.fromkeys(self.doubts)),
            tuple(dict.fromkeys(self.remarks)),
        )

    def doubt(self, text: str) -> None:
        """Note what was not understood, and that a vote may be missing for it."""
        self.doubts.append(text)
        self.whole = False

    def hear(self, sentence: str) -> None:
        """Take one sentence for what it is."""
        kind = sentences.kind(sentence)
        if kind is Kind.FOOT:
            return
        if kind is Kind.REMARK:
            if _named(sentence, self.names, self.day) or sentences.is_prose(sentence):
                self.doubt(f"a note was not understood: {sentence[:300]!r}")
            else:
                self.remarks.append(f"a note that changes nothing: {sentence[:300]!r}")
        elif kind is Kind.ANNOTATION:
            self.remarks.append(f"a note that changes nothing: {sentence[:300]!r}")
        elif kind is Kind.VOID:
            self.voided = True
            self.remarks.append(f"the note declares the vote void: {sentence[:300]!r}")
        elif kind is Kind.TAKEN_OUT:
            self._take_out(sentence)
        elif kind is Kind.PRESENT:
            self._present(sentence)
        elif kind is Kind.VOTES:
            self._votes(sentence)
        else:
            self.doubt(f"a note was not understood: {sentence[:300]!r}")

    def _votes(self, sentence: str) -> None:
        note = notes.read(sentence)
        for doubt in note.doubts:
            self.doubt(doubt)
        if not note.clauses:
            self.doubt(f"nothing of a note was understood: {sentence[:300]!r}")
        if note.clauses and not self._understood(note):
            self.doubt(f"the words before a vote were not understood: {note.lead[:300]!r}")
        for left in note.left:
            self._left(left)
        for clause in note.clauses:
            if clause.own:
                spoken_names = self._owners(note)
            else:
                spoken_names = self._list(clause.names)
                if clause.mixed and (note.in_office or note.speaker):
                    # Not open: the names that follow are certain, the chair's own vote is not among the words.
                    self.doubts.append(
                        f"'su voto' before other names, the chair's own may be missing: {clause.quote!r}"
                    )
            for name in spoken_names:
                self._say(Spoken(name, None, clause.now, clause.quote, True, clause.declared))
        if note.clauses and not sentences.ends(sentence) and (sentences.hangs(sentence) or self._cut(note.clauses[-1])):
            self.doubt(f"a note seems to break off: {sentence[-120:]!r}")

    def _understood(self, note: notes.Note) -> bool:
        """Whether the words before the first vote say who speaks, and name nobody else."""
        if note.told and not note.lead.strip():
            return True
        several = sentences.speakers(note.lead) is not None and any(clause.own for clause in note.clauses)
        return sentences.is_lead(note.lead) and (several or _named(note.lead, self.names, self.day) < 2)

    def _cut(self, clause: notes.Clause) -> bool:
        """Whether the last list of a note without a full stop is cut: a name is, or the `y` before it is missing."""
        got = lists.split(clause.names, self.names, self.day).names
        if clause.own or not got:
            return False
        exact = bare(got[-1]) in self.names.written(self.day)
        return not exact or (
            (len(got) > 1 or sentences.of_several(clause.quote)) and not sentences.joined(clause.names)
        )

    def _list(self, text: str) -> list[str]:
        """Split a list; a doubt for what is no name in it, or stands in capitals among names that do not."""
        got = lists.split(sentences.without_nouns(text), self.names, self.day)
        for doubt in got.doubts:
            self.doubt(doubt)
        self.remarks += got.notes
        kept = []
        small = any(not name.isupper() for name in got.names)
        for name in got.names:
            if small and name.isupper() and bare(name) not in self.names.written(self.day):
                self.doubt(f"a name in capitals in a list that is not, perhaps of a seal: {name!r}")
            else:
                kept.append(lists.spaced(name))
        return kept

    def _owners(self, note: notes.Note) -> list[str]:
        """Return whose "su voto" it is."""
        several = sentences.speakers(note.lead)
        if several is not None:
            return self._list(several)
        if note.speaker is not None:
            if self.chair is not None and self._who(note.speaker)[0] != self._who(self.chair)[0]:
                self.remarks.append(
                    f"the note speaks for {note.speaker}, the sheet's head has {self.chair} in the chair"
                )
            return [note.speaker]
        president = roster.president(self.day) if sentences.by_the_president(note.lead) else None
        if self.chair is not None and president is not None and self._who(president)[0] != self._who(self.chair)[0]:
            self.doubt(
                f"the president, {president}, puts a vote on record, and the sheet's head has {self.chair} in the chair"
            )
            return []
        if self.chair is not None and note.in_office:
            return [self.chair]
        if president is not None:
            self.remarks.append(f"the president of the Congress on {self.day} is read as {president}")
            return [president]
        self.doubt(f"a note puts the chair's own vote on record without a name: {note.lead[:200]!r}")
        return []

    def _say(self, said: Spoken) -> None:
        """Add a statement, once; one that contradicts an earlier one of the same member is a doubt."""
        who, sure = self._who(said.name)
        for other in self.spoken:
            if self._who(other.name)[0] != who:
                continue
            if (other.now, other.declared) == (said.now, said.declared):
                if not sure:
                    self.doubt(f"{said.name} is named twice, and several members are called so")
                return
            if said.declared is not other.now:
                self.doubt(f"{said.name} is put down for {other.now} and for {said.now}: {said.quote[:200]!r}")
        self.spoken.append(said)

    def _who(self, name: str) -> tuple[str, bool]:
        """Return the member a name means as far as the register tells, else the name; and whether it is one only."""
        people = {m.person.id for m in self.names.written(self.day).get(bare(name), ())}
        return (people.pop(), True) if len(people) == 1 else (bare(name), not people)

    def _take_out(self, sentence: str) -> None:
        text = sentences.taken_out(sentence)
        if text is None:
            self.doubt(f"a note takes a vote out of the count: {sentence[:300]!r}")
            return
        for name in self._list(text):
            self._say(Spoken(name, None, Position.NOT_CAST, sentence))

    def _present(self, sentence: str) -> None:
        letters = Letters(sentence)
        there = sentences.attendance(letters)
        if there is None:
            self.doubt(f"a note of attendance was not understood: {sentence[:300]!r}")
            return
        start, begin, end = there
        kept, left = notes.names(letters, begin, end)
        for rest in left:
            self._left(rest)
        self.present += self._list(kept)
        if end < len(letters.flat):
            self._votes(letters.cut(0, start) + letters.cut(end, len(letters.flat)))

    def _left(self, text: str) -> None:
        if sentences.kind(text) is Kind.REMARK and not _named(text, self.names, self.day):
            self.remarks.append(f"words behind a list that say nothing of votes: {text[:200]!r}")
        else:
            self.doubt(f"the end of a note was not understood: {text[:300]!r}")


def _named(text: str, names: Register, day: date) -> int:
    """Count the members whose two surnames stand in a text."""
    whole = bare(text)
    return len(
        {surnames for m in names.on(day) if (surnames := bare(m.person.surnames)) in whole and len(surnames) > 6}
    )
