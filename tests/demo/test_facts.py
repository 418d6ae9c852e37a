"""Are the facts of the demonstration the real ones? The figures here are typed from the record."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tracker.demo import facts

HOUSE = {
    (1998, 543): {"Yea": 228, "Nay": 206, "Not Voting": 1},
    (1998, 544): {"Yea": 205, "Nay": 229, "Not Voting": 1},
    (2002, 455): {"Yea": 296, "Nay": 133, "Not Voting": 3},
    (2003, 669): {"Yea": 220, "Nay": 215},
    (2007, 1): {"Present": 435},
    (2007, 2): {"Pelosi": 233, "Boehner": 202},
    (2007, 455): {"Aye": 218, "No": 205, "Not Voting": 14},
    (2007, 1122): {"Yea": 277, "Nay": 141, "Not Voting": 15},
    (2008, 189): {"Yea": 210, "Nay": 210, "Not Voting": 12},
    (2008, 674): {"Aye": 205, "No": 228, "Not Voting": 1},
    (2008, 681): {"Yea": 263, "Nay": 171},
    (2009, 887): {"Aye": 220, "No": 215},
    (2010, 165): {"Aye": 219, "No": 212},
    (2010, 638): {"Yea": 250, "Nay": 175, "Not Voting": 9},
    (2013, 550): {"Yea": 285, "Nay": 144, "Not Voting": 3},
}
SENATE = {
    (106, 1, 17): {"Guilty": 45, "Not Guilty": 55},
    (106, 1, 18): {"Guilty": 50, "Not Guilty": 50},
    (109, 1, 244): {"Yea": 87, "Not Voting": 13},
    (109, 1, 363): {"Yea": 50, "Nay": 50},
    (111, 1, 396): {"Yea": 60, "Nay": 39, "Not Voting": 1},
    (111, 2, 281): {"Yea": 65, "Nay": 31, "Not Voting": 4},
    (111, 2, 295): {"Yea": 34, "Nay": 59, "Not Voting": 7},
    (111, 2, 298): {"Yea": 71, "Nay": 26, "Not Voting": 3},
    (115, 2, 223): {"Yea": 50, "Nay": 48, "Present, Giving Live Pair": 1, "Not Voting": 1},
    (117, 1, 59): {"Guilty": 57, "Not Guilty": 43},
}


def founding() -> facts.PlenaryVote:
    (vote,) = [v for m in facts.minutes() for v in m.votes if v.heading.endswith("DEL PROYECTO 4766")]
    return vote


def test_the_house_voted_as_on_record() -> None:
    count = {(v.year, v.number): dict(v.count()) for v in facts.roll_calls()}
    assert {key: count[key] for key in HOUSE} == HOUSE
    assert set(count) - set(HOUSE) == {(2013, 2)}


def test_an_election_counts_people_who_are_no_members() -> None:
    vote = next(v for v in facts.roll_calls() if (v.year, v.number) == (2013, 2))
    count = vote.count()
    assert (count["Boehner"], count["Pelosi"], count["Colin Powell"], count["Allen West"]) == (220, 192, 1, 2)
    assert (count["Present"], count["Not Voting"], len(vote.cast)) == (1, 6, 433)


@pytest.mark.parametrize(
    ("year", "number", "party", "yes", "no"),
    [(2010, 165, "D", 219, 34), (2010, 165, "R", 0, 178), (2003, 669, "R", 204, 25), (2003, 669, "D", 16, 189)],
)
def test_members_stand_under_the_party_they_had_that_day(year: int, number: int, party: str, yes: int, no: int) -> None:
    """R. Alexander and R. Hall left the Democrats after November 2003, P. Griffith before March 2010."""
    count = next(v for v in facts.roll_calls() if (v.year, v.number) == (year, number)).count(party)
    assert (count["Yea"] + count["Aye"], count["Nay"] + count["No"]) == (yes, no)


def test_delegates_vote_in_the_committee_of_the_whole_only() -> None:
    states = {(v.year, v.number): [m.name for m, _ in v.cast if m.state == "XX"] for v in facts.roll_calls()}
    assert len(states.pop((2007, 455))) == 5
    assert not any(states.values())


def test_the_senate_voted_as_on_record() -> None:
    assert {(v.congress, v.session, v.number): dict(v.count()) for v in facts.senate_votes()} == SENATE
    assert all(len(v.cast) == 100 for v in facts.senate_votes())


def test_nobody_stands_twice_on_a_roll() -> None:
    for vote in (*facts.roll_calls(), *facts.senate_votes()):
        refs = [member.ref for member, _ in vote.cast]
        assert len(set(refs)) == len(refs), vote.why


def test_the_founding_vote() -> None:
    vote = founding()
    assert (vote.board, vote.announced, vote.final) == ((69, 31, 4), (70, 33, 4), (70, 33, 4))
    assert (len(vote.yes), len(vote.no), len(vote.abstain)) == vote.board
    assert f"{vote.taken:%Y-%m-%d %H:%M}" == "2023-05-19 00:10"
    assert [(said.way, said.names) for said in vote.spoken] == [
        ("a favor", ("Flores Ruíz",)),
        ("en contra", ("Taipe Coronado", "Portalatino Ávalos")),
    ]


def test_the_lists_of_every_plenary_vote_make_its_board() -> None:
    for vote in (v for m in facts.minutes() for v in m.votes):
        assert (len(vote.yes), len(vote.no), len(vote.abstain)) == vote.board, vote.heading


def test_no_more_than_the_facts_may_weigh() -> None:
    sizes = [len(each.read_bytes()) for each in files("tracker.demo").joinpath("facts").iterdir()]
    assert sum(sizes) < 400_000


def test_positions_that_do_not_fit_the_members_are_refused() -> None:
    with pytest.raises(ValueError, match="2 positions for 1 members"):
        facts._cast("YN", [facts.Member("A", "A", "D", "NY")], {"Y": "Yea"}, "somewhere")
