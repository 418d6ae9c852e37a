"""Are the names of a vote placed, and do its notes make the tally a careful reader makes of them?"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peru_facts import read, votes, work

from tracker.domain.people import Mandate, Person, Register, Spell, fold
from tracker.domain.reconcile import Reconciliation, Verdict, reconcile
from tracker.domain.votes import Code, Position, PrintedBallot, PrintedVote, Reason, Spoken, Tally
from tracker.pipeline.resolve import resolve
from tracker.sources.peru import roster
from tracker.sources.peru.ledger import hear

YES, NO, ABSTAIN, AWAY = Position.YES, Position.NO, Position.ABSTAIN, Position.NOT_CAST

OPEN = {
    "2021-10-28T18-10": "Paredes Gonzales is named for and against (the minutes: against)",
    "2021-10-28T20-36": "Pariona Sinche is named for and against (the minutes: against)",
    "2023-05-11T10-39": "del voto de los congresistas …, without a direction (the minutes: a favor)",
    "2023-09-21T16-53": "the same",
}
"""The notes of 2021-2023 that leave the final tally open, and why."""

MARKED = {
    "2021-10-28T12-06": "Córdova Lobatón is named and already at yes on the board",
    "2021-10-28T16-02": "Saavedra Casternoque, the same",
    "2021-10-28T16-15": "Saavedra Casternoque, the same",
    "2023-01-12T17-14": "Alcarraz Agüero, the same",
    "2023-05-10T16-18": "Ugarte Bellido (Bellido Ugarte), the same",
    "2023-09-21T12-39": "de su voto en contra de los congresistas …: the chair's own is lost (the minutes: 52–51–13)",
}
"""The notes whose tally is certain as printed, and that are marked doubtful all the same."""


def marked(sums: Reconciliation) -> bool:
    return sums.final is None or sums.verdict is Verdict.DOUBTFUL


def cast(sums: Reconciliation) -> tuple[int, int, int] | None:
    return None if sums.final is None else (sums.final.yes, sums.final.no, sums.final.abstain)


@pytest.mark.corpus
def test_every_note_is_read_or_said_not_to_be(corpus: Path) -> None:
    results = read(corpus)
    assert len(results) == 863
    assert {i for i, (_, sums) in results.items() if sums.final is None} == set(OPEN)
    assert {i for i, (_, sums) in results.items() if marked(sums)} == set(OPEN) | set(MARKED)
    assert len(OPEN) / len(results) < 0.01
    unplaced = Counter(name for vote, _ in results.values() for name in vote.unresolved)
    # The two shared names stay open, and their effect is certain.
    assert unplaced == {"Acuña Peralta": 1, "Paredes": 1}
    spoken = [said for vote, _ in results.values() for said in vote.spoken]
    changes = [said for said in spoken if said.declared is not None and said.now is not AWAY]
    assert (len(spoken), len(changes)) == (4742, 24)
    assert all(said.was is said.declared for said in changes)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("vote", "final"),
    [
        ("2023-05-19T00-10", (70, 33, 4)),
        # the notes that change the winner
        ("2023-03-23T21-02", (51, 49, 2)), ("2023-04-04T22-07", (53, 54, 0)),
        ("2023-06-22T22-15", (60, 59, 1)), ("2023-09-21T12-39", (51, 51, 13)),
        # one clause
        ("2022-09-23T12-42", (55, 38, 10)), ("2023-02-01T16-41", (54, 68, 2)), ("2023-04-04T21-46", (43, 60, 4)),
        ("2023-05-10T15-55", (104, 0, 0)), ("2023-06-08T09-40", (88, 0, 0)), ("2023-08-03T17-56", (35, 63, 5)),
        ("2023-10-05T11-11", (92, 8, 11)), ("2022-09-05T20-05", (61, 47, 5)), ("2023-01-10T21-41", (73, 43, 6)),
        ("2023-01-27T16-31", (51, 58, 9)), ("2023-03-23T20-38", (41, 62, 2)), ("2023-05-10T18-39", (83, 26, 2)),
        ("2023-06-22T22-34", (15, 99, 3)),
        # several clauses
        ("2022-12-11T23-18", (45, 68, 2)), ("2023-01-16T10-53", (42, 73, 1)), ("2023-03-29T15-44", (81, 21, 4)),
        ("2023-04-27T10-33", (70, 20, 4)), ("2023-06-08T17-04", (87, 29, 2)), ("2023-06-22T09-51", (66, 37, 5)),
        ("2023-08-31T11-21", (78, 9, 23)), ("2023-10-05T10-58", (59, 46, 6)), ("2023-10-30T17-10", (63, 43, 5)),
        # the chair's own
        ("2022-01-21T18-22", (72, 44, 0)), ("2022-07-14T19-55", (89, 19, 11)), ("2022-11-03T11-34", (66, 38, 3)),
        ("2022-12-20T18-46", (93, 30, 1)), ("2023-01-16T12-38", (75, 46, 0)), ("2023-04-27T11-53", (81, 1, 14)),
        # changes of vote
        ("2022-12-12T00-06", (46, 68, 0)), ("2022-12-21T23-55", (76, 19, 9)), ("2023-01-05T11-49", (86, 13, 8)),
        ("2023-02-17T20-28", (104, 0, 2)), ("2023-03-23T18-15", (103, 3, 6)), ("2023-04-27T16-46", (83, 7, 3)),
        ("2023-05-04T22-24", (85, 3, 10)), ("2023-05-25T16-39", (103, 0, 2)), ("2023-06-08T20-08", (86, 35, 2)),
        ("2023-06-20T19-04", (97, 2, 1)), ("2023-06-22T17-10", (30, 69, 3)), ("2023-08-31T15-46", (87, 12, 7)),
        # siblings
        ("2022-12-21T20-01", (98, 9, 6)), ("2023-04-27T12-55", (90, 1, 3)), ("2023-06-08T18-00", (119, 0, 1)),
        ("2023-08-03T18-00", (90, 11, 4)), ("2023-10-04T17-26", (101, 2, 7)), ("2023-10-19T18-28", (97, 7, 9)),
        # slips
        ("2023-01-12T19-21", (104, 1, 1)), ("2023-03-23T17-31", (113, 0, 0)), ("2023-05-04T17-01", (95, 0, 0)),
        ("2023-05-26T00-06", (100, 0, 0)), ("2023-06-21T12-12", (104, 0, 0)), ("2023-09-14T20-13", (76, 13, 18)),
        ("2023-03-23T13-04", (45, 70, 2)), ("2023-05-04T16-58", (93, 0, 0)), ("2023-08-14T16-25", (45, 64, 10)),
        ("2023-09-21T18-29", (54, 50, 8)), ("2023-10-12T12-11", (80, 19, 8)),
        # asked by name after the board was closed
        ("2021-10-28T10-57", (107, 0, 0)),
        # a vote taken out: one newspaper of the day has 56–4–19, another 56 in favour
        ("2022-04-27T17-34", (56, 4, 19)),
        # a shared name, a lone surname, no direction
        ("2023-05-04T09-49", (100, 0, 0)), ("2023-05-11T13-00", (104, 0, 0)), ("2023-06-08T19-52", (39, 72, 7)),
        ("2023-05-11T10-39", None), ("2023-09-21T16-53", None),
        # sworn in that day
        ("2023-01-16T16-59", (61, 55, 2)), ("2023-01-26T11-35", (75, 40, 4)),
        # words of the transcribers
        ("2021-11-11T17-50", (90, 11, 3)), ("2021-12-09T14-16", (49, 64, 3)), ("2022-12-28T17-19", (94, 11, 0)),
        ("2023-01-12T17-00", (112, 0, 0)), ("2023-06-20T17-48", (119, 0, 0)), ("2023-06-23T02-29", (89, 1, 0)),
        ("2023-10-05T19-15", (85, 19, 11)), ("2021-10-21T13-32", (110, 0, 6)), ("2022-02-28T19-11", (36, 70, 6)),
    ],
)  # fmt: skip
def test_the_tally_of_a_note(corpus: Path, vote: str, final: tuple[int, int, int] | None) -> None:
    assert cast(read(corpus)[vote][1]) == final


@pytest.mark.corpus
def test_the_ledger_of_the_founding_vote(corpus: Path) -> None:
    vote, sums = read(corpus)["2023-05-19T00-10"]
    reasons = {ballot.member: ballot.code.reason for ballot in vote.ballots}
    assert [(said.name, said.was, said.now, reasons[said.member]) for said in vote.spoken] == [
        ("Flores Ruíz", AWAY, YES, Reason.ABSENT),
        ("Taipe Coronado", AWAY, NO, Reason.LEAVE_OFFICIAL),
        ("Portalatino Ávalos", AWAY, NO, Reason.ABSENT),
    ]
    assert str(sums.board) == "69–31–4"
    assert sums.final == Tally(70, 33, 4, 0, 23)
    assert sums.verdict is Verdict.SOUND


ORDINARY = re.compile(
    r"(?:El|La) (?:congresista [^,]+, )?(?:(?:primer|segund|tercer)[oa]? )?(?:vice)?president[ea] del Congreso"
    r"(?:, en ejercicio de la presidencia)?,? deja constancia "
    r"(?:(?:; y |; )?del voto (?:a favor|en contra|en abstención) de(?:l| la| los| las) congresistas? [^;:.()]+)+\.",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"del voto (a favor|en contra|en abstención) de(?:l| la| los| las) congresistas? ([^;:.()]+)", re.I)


@pytest.mark.corpus
def test_a_slow_obvious_reader_makes_the_same_tally_of_the_ordinary_notes(corpus: Path) -> None:
    """Four in five notes are so regular that a pattern and a count do: it knows no roster and no slips."""
    compared, odd = 0, set()
    for facts in votes(corpus):
        texts = list(dict.fromkeys(facts["notes"]))
        if not texts or not all(ORDINARY.fullmatch(text) for text in texts):
            continue
        said = [(way.lower(), name) for text in texts for way, names in CLAUSE.findall(text)
                for name in re.split(r", y |, | y | e ", names) if name.strip()]  # fmt: skip
        count = Counter(way for way, _ in dict.fromkeys(said))
        board = facts["board"]
        plain = (
            board["si"] + count["a favor"],
            board["no"] + count["en contra"],
            board["abstenciones"] + count["en abstención"],
        )
        compared += 1
        if plain != cast(read(corpus)[facts["id"]][1]):
            odd.add(facts["id"])
    assert compared > 690
    assert odd == {
        "2023-05-10T16-18",  # Ugarte Bellido is on the board already
        "2023-05-11T22-58",  # "Paredes, Gonzales" is one member
        "2023-08-31T21-36",  # "Cutipa Ccama YyElías Ávalos" are two
    }


@pytest.mark.corpus
def test_what_the_chair_announced_with_the_votes_spoken_is_the_final_tally(corpus: Path) -> None:
    """December 2022 to July 2023: the figure announced is "incluidos los votos orales", an independent count.

    Where it differs, the note of the minutes makes it (members were added under the sheet afterwards), or both notes
    make one tally and the figure stands alone.
    """
    agree, added_later, alone = 0, 0, set()
    for facts in votes(corpus):
        announced = (facts.get("minutes") or {}).get("announced")
        if not ("2022-12" <= facts["id"] < "2023-08") or facts["id"] not in read(corpus) or not announced:
            continue
        final = cast(read(corpus)[facts["id"]][1])
        by_minutes = cast(work(facts, facts["minutes"]["notes"])[1])
        if final == tuple(announced):
            agree += 1
        elif by_minutes == tuple(announced):
            added_later += 1
        else:
            alone.add(facts["id"])
            assert final == by_minutes
    assert (agree, added_later) == (502, 29)
    assert alone == {
        "2022-12-21T22-05", "2023-01-05T11-54", "2023-01-05T14-14", "2023-01-12T17-00", "2023-01-12T17-14",
        "2023-01-12T20-32", "2023-01-16T17-51", "2023-01-16T18-40", "2023-02-17T18-03", "2023-02-17T18-25",
        "2023-03-23T20-09", "2023-03-29T20-26", "2023-05-04T10-03", "2023-05-04T16-04", "2023-05-10T16-18",
        "2023-05-10T18-39", "2023-06-15T12-06", "2023-06-21T12-47",
    }  # fmt: skip


@pytest.mark.corpus
def test_the_minutes_name_the_same_members(corpus: Path) -> None:
    """The other paper of the vote, typed by other hands weeks later: whom does it put on record?"""
    found: dict[str, set[str]] = {"same": set(), "sheet names more": set(), "minutes name more": set(), "other": set()}
    for facts in votes(corpus):
        texts = (facts.get("minutes") or {}).get("notes")
        if not texts or facts["id"] not in read(corpus):
            continue
        ours, theirs = (
            {(said.member or said.name, said.now) for said in vote.spoken}
            for vote, _ in (read(corpus)[facts["id"]], work(facts, texts))
        )
        kind = "same" if ours == theirs else "sheet names more" if ours > theirs else "other"
        found["minutes name more" if ours < theirs else kind].add(facts["id"])
    assert (len(found["same"]), len(found["sheet names more"])) == (706, 49)
    assert found["minutes name more"] == {
        "2021-10-28T22-38", "2023-02-17T18-25", "2023-09-21T22-00",
        "2023-05-11T10-39", "2023-09-21T16-53", "2023-09-21T12-39",  # the sheet lost the direction or the chair's own
    }  # fmt: skip
    assert found["other"] == {
        "2021-10-28T13-53",  # the sheet repeats the note of the vote before it
        "2021-10-28T16-15", "2021-10-28T16-36",  # the lists differ by one or two
        "2023-05-04T09-49", "2023-05-11T13-00",  # a shared name the minutes print in full: open
        "2023-09-21T18-29", "2023-10-04T18-46",  # against on one paper, in favour on the other
    }  # fmt: skip


Change = Callable[[str, random.Random], str]


def without_accents(text: str, _: random.Random) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def glued(text: str, chance: random.Random) -> str:
    return "".join(c for c in text if c != " " or chance.random() > 0.3)


def alike(text: str, chance: random.Random) -> str:
    looks = {"l": "I1i", "I": "l1", "i": "l1", "O": "0", "o": "0", "1": "lI"}
    text = re.sub("rn|m", lambda m: {"rn": "m", "m": "rn"}[m[0]] if chance.random() < 0.02 else m[0], text)
    return "".join(chance.choice(looks[c]) if c in looks and chance.random() < 0.02 else c for c in text)


def slips(text: str, chance: random.Random) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "".join(
        chance.choice([chance.choice(letters), "", c + chance.choice(letters)]) if chance.random() < 0.005 else c
        for c in text
    )


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("changes", "opened"),
    [
        ((without_accents,), 0.002),
        ((glued,), 0.01),
        ((alike,), 0.01),
        ((without_accents, glued, alike), 0.02),
        ((slips,), 0.04),
        ((without_accents, glued, alike, slips), 0.06),
    ],
    ids=lambda value: "+".join(c.__name__ for c in value) if isinstance(value, tuple) else "",
)
def test_what_a_machine_does_to_a_note_never_makes_another_tally_unmarked(
    corpus: Path, changes: tuple[Change, ...], opened: float
) -> None:
    """Each note as a machine might recognise it: the tally is the same, or it is said to be open."""
    wrong, newly_open, total = [], 0, 0
    for facts in votes(corpus)[::2]:
        if not facts["notes"]:
            continue
        chance = random.Random(facts["id"])
        texts = facts["notes"]
        for change in changes:
            texts = [change(text, chance) for text in texts]
        _, sums = work(facts, texts)
        _, clean = read(corpus)[facts["id"]]
        total += 1
        newly_open += marked(sums) and not marked(clean)
        if not marked(sums) and (sums.final != clean.final or marked(clean)):
            wrong.append((facts["id"], clean.final, sums.final, texts))
    assert wrong == []
    assert total > 380
    assert newly_open <= opened * total


def member(surnames: str, given: str) -> Mandate:
    name = f"{surnames}, {given}"
    person = Person(fold(name).replace(" ", "-"), name, surnames, given)
    return Mandate(person, date(2021, 7, 23), None, (Spell("FP", date(2021, 7, 23)),))


PEOPLE = [("Acuña Peralta", "María"), ("Acuña Peralta", "Héctor"), ("Luna Gálvez", "José"), ("Zeta Chunga", "Cruz")]
REGISTER = Register([member(*names) for names in PEOPLE])


def printed(*rows: tuple[str, Position], complete: bool = True, **more: Any) -> PrintedVote:
    ballots = tuple(PrintedBallot(name, Code(position.value, position)) for name, position in rows)
    return PrintedVote(
        legislature="x", key="x", id="x", sitting_date=date(2023, 5, 18), subject="…", ballots=ballots,
        complete=complete, board=Tally.count(ballot.code for ballot in ballots), **more,
    )  # fmt: skip


def said(name: str, now: Position) -> Spoken:
    return Spoken(name, None, now, "deja constancia …")


ROLL = (
    ("ACUÑA PERALTA, MARÍA", YES),
    ("ACUÑA PERALTA, HÉCTOR", AWAY),
    ("LUNA GÁLVEZ, JOSÉ", AWAY),
    ("ZETA CHUNGA, CRUZ", NO),
)


def test_a_complete_roll_excludes_nobody_for_being_on_it() -> None:
    vote = resolve(printed(*ROLL, spoken=(said("Acuña Peralta", NO), said("LunaGálvez", YES))), REGISTER)
    assert [ballot.member for ballot in vote.ballots] == [
        "acuna-peralta-maria", "acuna-peralta-hector", "luna-galvez-jose", "zeta-chunga-cruz",
    ]  # fmt: skip
    assert [(one.member, one.was) for one in vote.spoken] == [
        ("acuna-peralta-hector", AWAY),
        ("luna-galvez-jose", AWAY),
    ]
    assert vote.unresolved == ()
    assert "Acuña Peralta" in vote.notes[0]
    assert {ballot.group for ballot in vote.ballots} == {"FP"}
    assert reconcile(vote, spoken_counts=True).final == Tally(2, 2)


def test_a_name_that_stays_open_is_listed_and_its_effect_is_certain() -> None:
    rows = [(name, AWAY) for name, _ in ROLL]
    vote = resolve(printed(*rows, spoken=(said("Acuña Peralta", NO),)), REGISTER)
    assert (vote.spoken[0].member, vote.spoken[0].was, vote.unresolved) == (None, AWAY, ("Acuña Peralta",))
    assert reconcile(vote, spoken_counts=True).final == Tally(0, 1, 0, 0, 3)


def test_an_error_of_the_paper_leaves_the_sum_open() -> None:
    vote = resolve(printed(*ROLL, spoken=(said("Zeta Chunga", YES), said("Luna Gálvez", YES))), REGISTER)
    sums = reconcile(vote, spoken_counts=True)
    assert (sums.final, sums.verdict) == (None, Verdict.DOUBTFUL)
    again = resolve(printed(*ROLL, spoken=(said("Zeta Chunga", NO), said("Luna Gálvez", YES))), REGISTER)
    sums = reconcile(again, spoken_counts=True)
    assert (sums.final, sums.verdict) == (Tally(2, 1, 0, 0, 1), Verdict.DOUBTFUL)


def test_a_list_of_those_who_voted_tells_a_shared_name_apart_by_its_others() -> None:
    rows = (("María Acuña Peralta", YES), ("Zeta Chunga", NO))
    vote = resolve(printed(*rows, complete=False, spoken=(said("Acuña Peralta", YES),)), REGISTER)
    assert (vote.spoken[0].member, vote.spoken[0].was) == ("acuna-peralta-hector", None)


def test_without_a_register_the_printed_identifier_is_the_member() -> None:
    vote = resolve(printed(*ROLL, spoken=(said("the Vice President", YES),)), None)
    assert [ballot.member for ballot in vote.ballots] == [None] * 4
    assert vote.spoken[0].was is None


DAY = date(2023, 5, 18)
HERE = sorted(roster.register().on(DAY), key=lambda mandate: mandate.person.id)
PLAIN = {YES: "a favor", NO: "en contra", ABSTAIN: "en abstención"}
LETTERS = "aeioursnltdcmpgbvzfjyqhxk0158 ,.;-"


def as_a_note_names(mandate: Mandate) -> str:
    """Both surnames, and a given name for siblings."""
    shared = sum(other.person.surnames == mandate.person.surnames for other in HERE) > 1
    first = mandate.person.given.split()[-1 if "Héctor" in mandate.person.given else 0]
    return f"{mandate.person.surnames} {first}" if shared else mandate.person.surnames


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_slip_in_any_note_makes_the_same_tally_or_an_open_one(data: st.DataObject) -> None:
    """A roll, a note made from the grammar, and up to three letters put wrong anywhere in it."""
    chosen = data.draw(st.lists(st.sampled_from(HERE), min_size=1, max_size=10, unique=True))
    board: dict[str, Position] = dict.fromkeys((m.person.id for m in HERE), AWAY)
    final, clauses = dict(board), []
    while chosen:
        taken, chosen = chosen[: (n := data.draw(st.integers(1, 4)))], chosen[n:]
        now = data.draw(st.sampled_from(list(PLAIN)))
        was = data.draw(st.none() | st.sampled_from([way for way in PLAIN if way is not now]))
        board |= {m.person.id: was or AWAY for m in taken}
        final |= {m.person.id: now for m in taken}
        names = [as_a_note_names(m) for m in taken]
        told = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} y {names[-1]}"
        noun = "de la congresista" if len(names) == 1 else "de los congresistas"
        change = "voto" if was is None else f"cambio de voto de {PLAIN[was]} por voto"
        clauses.append(f"del {change} {PLAIN[now]} {noun} {told}")
    text = f"El congresista Williams Zapata, presidente del Congreso, deja constancia {'; y '.join(clauses)}."
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        text = text[:at] + data.draw(st.sampled_from(LETTERS)) + text[at + data.draw(st.integers(0, 1)) :]
    ballots = tuple(PrintedBallot(m.person.name, Code(board[m.person.id], board[m.person.id])) for m in HERE)
    notes = hear([text], chair=None, names=roster.register(), day=DAY)
    sheet = PrintedVote(
        legislature="x", key="x", id="x", sitting_date=DAY, subject="…", ballots=ballots, complete=True,
        board=Tally.count(ballot.code for ballot in ballots), spoken=notes.spoken, spoken_whole=notes.whole,
        doubts=notes.doubts,
    )  # fmt: skip
    sums = reconcile(resolve(sheet, roster.register()), spoken_counts=True)
    wanted = Tally.count(Code(where, where) for where in final.values())
    assert sums.final == wanted or marked(sums), text
