"""Are two observations equal exactly when all that can be quoted of them is, and does every difference get its line?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.changes import (
    Cause,
    Change,
    Facts,
    ballot_facts,
    cause_of,
    changes,
    facts_of,
    meaning_text,
    spoken_facts,
    spoken_text,
)
from tracker.domain.reconcile import reconcile
from tracker.domain.votes import Ballot, Code, GroupTally, Position, Reason, Spoken, Tally, Vote

MakeVote = Callable[..., Vote]
YES, NO, ABSENT = Position.YES, Position.NO, Position.NOT_CAST
SI, NOES, AUSENTE = Code("SI", YES), Code("NO", NO), Code("AUS", ABSENT, Reason.ABSENT)

TEXT = st.text(st.sampled_from("aÉ (2)\x1e\x1f\n\",'|\ud800"), max_size=5)
PARTS = st.tuples(*[TEXT] * 7)
FACTS = st.builds(
    Facts,
    st.dictionaries(TEXT, st.none() | TEXT, max_size=3),
    st.dictionaries(TEXT, PARTS | st.lists(TEXT, max_size=3).map(tuple), max_size=4),
    st.dictionaries(TEXT, TEXT, max_size=3),
)
BALLOTS = st.lists(
    st.builds(
        Ballot, st.sampled_from(["Smith", "Smith (2)", "Rogers"]), st.sampled_from([SI, NOES, AUSENTE]),
        st.none() | st.sampled_from("RD"), st.none() | st.sampled_from(["S1", "Smith", "Rogers (2)"]),
        st.none(), st.none(),
    ),
    max_size=6,
)  # fmt: skip


def observe(vote: Vote) -> Facts:
    return facts_of(vote, reconcile(vote, spoken_counts=True))


class TestFingerprint:
    @given(FACTS, FACTS)
    def test_equal_exactly_when_the_facts_are(self, one: Facts, other: Facts) -> None:
        assert (one.fingerprint() == other.fingerprint()) == (one == other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"a": ("b", "c")}, {"a": ("b\x1fc",)}),
            ({"a": ("b",), "c": ("d",)}, {"a": ("b\x1ec\x1fd",)}),
            ({"a\x1fb": ()}, {"a": ("b",)}),
            ({}, {"": ()}),
            ({"": ("",)}, {"": ()}),
            ({"a": ("\ud83d\ude00",)}, {"a": ("😀",)}),
        ],
    )
    def test_no_sign_can_pass_for_a_border(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        assert Facts({}, one, {}).fingerprint() != Facts({}, other, {}).fingerprint()

    def test_nothing_and_a_word_for_nothing_differ(self) -> None:
        assert Facts({"a": None}, {}, {}).fingerprint() != Facts({"a": "null"}, {}, {}).fingerprint()
        assert Facts({"a": "b"}, {}, {}).fingerprint() != Facts({}, {}, {"a": "b"}).fingerprint()

    @given(FACTS)
    def test_it_survives_being_written_down(self, facts: Facts) -> None:
        kept = json.loads(json.dumps([dict(facts.fields), dict(facts.ballots), dict(facts.spoken)]))
        read = Facts(kept[0], {key: tuple(parts) for key, parts in kept[1].items()}, kept[2])
        # Two lone surrogates come back from JSON as one character: another text, hence another digest.
        assert (read.fingerprint() == facts.fingerprint()) == (read == facts)

    def test_it_is_the_same_next_year(self) -> None:
        """Stored beside every observation: if this digest moves, everything ever stored looks changed."""
        facts = Facts({"subject": "Ley"}, {"S1": ("Smith", "Yea", "R", "S1", "yes", "TX", "S1")}, {"Soto": "– → yes"})
        assert facts.fingerprint() == "3fa2a523f1bee14cc8ab42a3442bfb79"


class TestReducing:
    @given(BALLOTS, st.randoms())
    def test_the_order_of_ballots_does_not_matter_and_none_is_lost(self, ballots: list[Ballot], random: Any) -> None:
        facts = ballot_facts(ballots)
        assert len(facts) == len(ballots)
        shuffled = list(ballots)
        random.shuffle(shuffled)
        assert ballot_facts(shuffled) == facts
        assert sorted(facts.values()) == sorted(next(iter(ballot_facts([b]).values())) for b in ballots)

    def test_ballots_are_keyed_by_identifier_or_name(self) -> None:
        rows = [
            Ballot("Smith", SI, "R", "S1", "TX", "smith"),
            Ballot("Soto", AUSENTE, None, None, None, None),
            Ballot("Soto", SI, None, None, None, None),
        ]
        assert ballot_facts(rows) == {
            "S1": ("Smith", "SI", "R", "smith", "yes", "TX", "S1"),
            "Soto": ("Soto", "AUS", "", "", "not_cast (absent)", "", ""),
            "Soto (2)": ("Soto", "SI", "", "", "yes", "", ""),
        }

    def test_statements_say_what_is_odd_about_them(self) -> None:
        said = Spoken("Taipe", ABSENT, NO, "q", member="taipe-margot")
        assert spoken_text(said) == "not_cast → no (member taipe-margot)"
        assert spoken_text(Spoken("A", None, YES, "q")) == "– → yes"
        assert spoken_text(Spoken("A", NO, YES, "q", declared=NO)) == "no → yes (a change)"
        assert spoken_text(Spoken("A", NO, YES, "q", False, YES)) == "no → yes (declared yes, not counted)"
        assert spoken_facts([said, said]) == {
            "Taipe": "not_cast → no (member taipe-margot)",
            "Taipe (2)": "not_cast → no (member taipe-margot)",
        }

    def test_codes_and_tallies_are_printed_whole(self) -> None:
        assert (meaning_text(SI), meaning_text(AUSENTE)) == ("yes", "not_cast (absent)")
        assert Tally(70, 33, 4, 0, 23).in_full() == "70–33–4, not_cast 23"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("subject", "another"), ("question", "On Passage"), ("kind", "text"), ("result", "Passed"),
            ("requirement", "2/3"), ("page", 7), ("announced_text", "setenta votos"),
            ("bills", ("4766",)), ("vacated", True),
            ("complete", False),
            ("doubts", ("a doubt",)), ("period", "118"), ("board", Tally(2, 1)), ("announced", Tally(9, 9, 9)),
            ("taken_at", datetime(2023, 5, 19, 5, 10, tzinfo=UTC)),
            ("groups", (GroupTally("FP", "FUERZA POPULAR", Tally(2, 1, 0, 0, 1)),)),
        ],
    )  # fmt: skip
    def test_every_printed_fact_counts(self, make: MakeVote, field: str, value: object) -> None:
        vote = make(("A", SI), ("B", SI), ("C", NOES), ("D", AUSENTE))
        moved = replace(vote, printed=replace(vote.printed, **{field: value}))
        before, after = observe(vote), observe(moved)
        assert before.fingerprint() != after.fingerprint()
        assert field in {change.field for change in changes(before, after)}

    @pytest.mark.parametrize(
        ("part", "was", "now", "ballot"),
        [
            ("ballot", "SI", "SI ***", {"code": Code("SI ***", YES)}),
            ("position", "yes", "not_cast (chair)", {"code": Code("SI", ABSENT, Reason.CHAIR)}),
            ("group", "FP", "AP", {"group": "AP"}),
            ("group", "FP", None, {"group": None}),
            ("member", "A", None, {"member": None}),
            ("region", None, "Lima", {"region": "Lima"}),
            ("name", "A", "Á", {"name": "Á"}),
            ("ref", None, "S1", {"ref": "S1"}),
        ],
    )  # fmt: skip
    def test_every_part_of_a_ballot_counts(
        self, make: MakeVote, part: str, was: str | None, now: str | None, ballot: dict[str, Any]
    ) -> None:
        vote = make(("A", SI), ("B", NOES))
        after = replace(vote, ballots=(vote.ballots[0]._replace(**ballot), vote.ballots[1]))
        who = "Á" if part == "name" else "A"
        moved = [c for c in changes(observe(vote), observe(after)) if c.who]
        assert moved == [Change(part, was, now, who)]


class TestChanges:
    def test_the_provisional_record_becomes_the_official_one(self, make: MakeVote) -> None:
        """JOURNALISTS 3.3: "yes 69→70 (+Flores Ruíz), no 31→33 (+Taipe, Portalatino)", here in small."""
        rows = [("Uno", SI), ("Dos", NOES), ("Flores Ruíz", AUSENTE), ("Taipe Coronado", AUSENTE)]
        board = Tally(1, 1, 0, 0, 2)
        spoken = (Spoken("Flores Ruíz", ABSENT, YES, "nota"), Spoken("Taipe Coronado", ABSENT, NO, "nota"))
        before, after = observe(make(*rows, board=board)), observe(make(*rows, board=board, spoken=spoken))
        assert changes(before, after) == (
            Change("quotes", None, "nota"),
            Change("final", "1–1–0, not_cast 2", "2–2–0"),
            Change("spoken", None, "not_cast → yes", "Flores Ruíz"),
            Change("spoken", None, "not_cast → no", "Taipe Coronado"),
        )

    def test_a_member_who_comes_and_one_who_goes(self, make: MakeVote) -> None:
        before, after = observe(make(("A", SI), ("B", SI))), observe(make(("A", SI), ("C", NOES)))
        moved = [c for c in changes(before, after) if c.who]
        assert moved == [Change("ballot", None, "NO", "C"), Change("ballot", "SI", None, "B")]

    def test_a_name_read_better_is_one_ballot_renamed(self) -> None:
        before = ballot_facts([Ballot("Huamaán Coronado", SI, None, None, None, "huaman-raul")])
        after = ballot_facts([Ballot("Huamán Coronado", NOES, None, None, None, "huaman-raul")])
        assert changes(Facts({}, before, {}), Facts({}, after, {})) == (
            Change("name", "Huamaán Coronado", "Huamán Coronado", "Huamán Coronado"),
            Change("ballot", "SI", "NO", "Huamán Coronado"),
            Change("position", "yes", "no", "Huamán Coronado"),
        )

    def test_a_senator_gets_his_identifier_only_later(self) -> None:
        before = ballot_facts([Ballot("Walsh", SI, "D", None, "MT", None)])
        after = ballot_facts([Ballot("Walsh", SI, "D", "S366", "MT", None)])
        assert changes(Facts({}, before, {}), Facts({}, after, {})) == (Change("ref", None, "S366", "Walsh"),)

    @given(FACTS)
    def test_nothing_moves_between_equal_facts(self, facts: Facts) -> None:
        again = Facts(
            dict(reversed(facts.fields.items())),
            dict(reversed(facts.ballots.items())),
            dict(reversed(facts.spoken.items())),
        )
        assert changes(facts, again) == ()

    @pytest.mark.parametrize(
        ("document", "reader", "cause"),
        [
            (False, True, Cause.SOURCE),
            (False, False, Cause.SOURCE),
            (True, False, Cause.READER),
            (True, True, Cause.CORRECTION),
        ],
    )
    def test_the_cause_is_told_from_what_stayed(self, document: bool, reader: bool, cause: Cause) -> None:
        assert cause_of(same_document=document, same_reader=reader) is cause


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([f"n{i}" for i in range(8)]),
        st.sampled_from([SI, NOES, AUSENTE, Code("SI", NO)]),
        st.sampled_from([None, "FP", "AP"]),
        st.sampled_from([None, "Lima"]),
    ),
    unique_by=lambda row: row[0],
    max_size=7,
)


@st.composite
def observations(draw: st.DrawFn) -> Facts:
    """Facts of votes in which no name is printed twice."""
    rows = [
        Ballot(name, code, group, None, region, draw(st.none() | st.just(f"id {name}")))
        for name, code, group, region in draw(PEOPLE)
    ]
    spoken = [Spoken(b.name, None, draw(st.sampled_from([YES, NO])), "q") for b in rows[:2]]
    fields = st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(["1", "2"]) for name in ("subject", "final", "board")}
    )
    return Facts(draw(fields), ballot_facts(rows), spoken_facts(spoken))


def slow_apply(facts: Facts, moved: tuple[Change, ...], after: Facts) -> Facts:
    """Carry changes out one by one, by printed name; of a new ballot only the code is told, the rest is looked up."""
    parts = ("name", "ballot", "group", "member", "position", "region", "ref")
    fields, spoken = dict(facts.fields), dict(facts.spoken)
    ballots = {
        parts[0]: dict(zip(("name", "ballot", "group", "member", "position", "region", "ref"), parts, strict=True))
        for parts in facts.ballots.values()
    }
    arrived = {row[0]: dict(zip(parts, row, strict=True)) for row in after.ballots.values()}
    for change in moved:
        if change.who is None:
            assert fields.get(change.field) == change.was
            fields = {name: text for name, text in fields.items() if name != change.field}
            if change.now is not None:
                fields[change.field] = change.now
        elif change.field == "spoken":
            assert spoken.pop(change.who, None) == change.was
            if change.now is not None:
                spoken[change.who] = change.now
        elif change.field == "ballot" and change.who not in ballots:
            assert change.was is None
            assert arrived[change.who]["ballot"] == change.now
            ballots[change.who] = arrived[change.who]
        elif change.field == "ballot" and change.now is None:
            assert ballots.pop(change.who)["ballot"] == change.was
        else:
            assert ballots[change.who][change.field] == (change.was or "")
            ballots[change.who][change.field] = change.now or ""
    return Facts(
        fields, {row["ref"] or row["name"]: tuple(row[part] for part in parts) for row in ballots.values()}, spoken
    )


@given(observations(), observations())
def test_what_moved_leads_from_one_observation_to_the_next(before: Facts, after: Facts) -> None:
    moved = changes(before, after)
    assert slow_apply(before, moved, after) == after
    assert bool(moved) == (before != after)
    assert all(change.was != change.now for change in moved)
