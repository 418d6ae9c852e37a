"""Does a vote come out of the database as it went in, found by whatever a reporter would type?"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import islice

import pytest
import seed
from sqlalchemy import Engine, event

from tracker.domain.changes import Cause
from tracker.domain.majority import Base
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Position, Reason, Status, Tally
from tracker.queries import votes
from tracker.queries.votes import UnknownLegislature, VoteFilter


def ids(engine: Engine, **wanted: object) -> list[str]:
    return [row.id for row in votes.listing(engine, VoteFilter(**wanted)).rows]


def test_the_founding_vote_has_both_tallies_and_its_ledger(engine: Engine) -> None:
    view = votes.one(engine, seed.FOUNDING)
    assert view is not None
    assert str(view.tallies.board) == "69–31–4"
    assert str(view.tallies.final) == "70–33–4"
    assert str(view.tallies.announced) == "70–33–4"
    assert [(s.name, s.group, s.now) for s in view.spoken] == [
        ("Flores Ruiz", "FP", Position.YES),
        ("Taipe Coronado", "PL", Position.NO),
        ("Portalatino Ávalos", "PL", Position.NO),
    ]
    assert view.sitting_date == date(2023, 5, 18)
    assert view.taken_at is not None
    assert view.taken_at.isoformat() == "2023-05-19T00:10:00-05:00"
    assert view.chamber.slug == "pe_congress"
    assert view.bills == ("4766",)
    assert view.verdict is Verdict.SOUND
    assert len(view.ballots) == 104
    assert [b.name for b in view.ballots][:2] == ["Acuña Peralta, María Grimaneza", "Agüero Gutiérrez, María Antonieta"]
    assert view.origin.page == 61


def test_groups_sum_to_the_final_count_with_those_who_only_spoke(engine: Engine) -> None:
    view = votes.one(engine, seed.FOUNDING)
    assert view is not None
    finals = {g.code: str(g.final) for g in view.groups}
    # The figures of that night, by group, voice votes included.
    assert finals == {
        "FP": "20–0–0", "AP": "10–4–0", "APP": "9–0–0", "AP-PIS": "7–0–0", "RP": "7–0–0", "SP": "4–0–0", "BM": "6–1–2",
        "PL": "0–15–0", "CD-JPP": "0–7–0", "PB": "1–5–0", "PP": "1–1–1", "NA": "5–0–1",
    }  # fmt: skip
    assert view.groups[0].code == "FP"
    assert view.groups[-1].code == "NA"
    assert not view.groups[-1].attached
    assert sum((g.final for g in view.groups if g.final), Tally()).same_cast(view.tallies.final or Tally())


def test_a_complete_sheet_keeps_codes_and_reasons(engine: Engine) -> None:
    view = votes.one(engine, seed.SHEET)
    assert view is not None
    taipe = next(b for b in view.ballots if b.name.startswith("Taipe"))
    assert (taipe.code, taipe.position, taipe.reason) == ("LO", Position.NOT_CAST, Reason.LEAVE_OFFICIAL)
    assert view.complete
    assert len(view.ballots) == 130
    fp = next(g for g in view.groups if g.code == "FP")
    assert (fp.tally.not_cast, fp.final.not_cast if fp.final else None) == (4, 3)


def test_an_election_by_name_keeps_its_candidates(engine: Engine) -> None:
    view = votes.one(engine, seed.SPEAKER)
    assert view is not None
    assert view.by_name
    assert dict(view.tallies.final.candidates if view.tallies.final else ()) == {"Jeffries": 212, "McCarthy": 216}
    assert view.majority.needed is None


def test_the_rule_of_a_requirement_is_applied_and_named(engine: Engine) -> None:
    view = votes.one(engine, seed.HOUSE)
    assert view is not None
    found = view.majority
    assert found.rule is not None
    assert (found.rule.fraction, found.rule.base, found.rule.source) == (
        Fraction(1, 2),
        Base.YES_AND_NO,
        "Rule XX, clause 1",
    )
    assert (found.base, found.needed, found.obtained) == (425, 213, 277)
    founding = votes.one(engine, seed.FOUNDING)
    assert founding is not None
    assert founding.majority.rule is None


def test_a_tie_broken_from_the_chair_is_in_the_final_count_only(engine: Engine) -> None:
    view = votes.one(engine, seed.SENATE)
    assert view is not None
    assert (str(view.tallies.counted), str(view.tallies.final)) == ("50–50–0", "51–50–0")
    assert view.spoken[0].group is None
    assert all(g.final is not None for g in view.groups)
    assert [g.code for g in view.groups if g.code is None] == [None]


def test_a_correction_shows_what_moved_and_leaves_the_first_reading_readable(engine: Engine) -> None:
    view = votes.one(engine, seed.CORRECTED)
    first = votes.one(engine, seed.CORRECTED, version=1)
    assert view is not None
    assert first is not None
    assert view.status is Status.CORRECTED
    assert (str(view.tallies.board), str(first.tallies.board)) == ("4–5–0", "5–4–0")
    assert (view.version, first.version, first.in_force) == (2, 1, False)
    assert [v.cause for v in view.versions] == [None, Cause.SOURCE]
    moved = {(c.field, c.who): (c.was, c.now) for c in view.versions[1].changes}
    assert moved["board", None] == ("5–4–0", "4–5–0")
    assert moved["ballot", "Member 005"] == ("Yea", "Nay")
    assert [e.fetched_at.day for e in view.evidence] == [30, 29]
    assert view.evidence[0].checked_at is not None
    assert next(b.code for b in first.ballots if b.name == "Member 005") == "Yea"
    assert votes.one(engine, seed.CORRECTED, version=3) is None


def test_a_doubtful_vote_says_which_sum_does_not_meet(engine: Engine) -> None:
    view = votes.one(engine, seed.DOUBTFUL)
    assert view is not None
    assert view.verdict is Verdict.DOUBTFUL
    assert [(c.check, c.detail) for c in view.checks if c.ok is False] == [("ballots_make_board", "yes +1")]


def test_there_is_no_such_vote(engine: Engine) -> None:
    assert votes.one(engine, "pe-1821-07-28-1") is None
    assert votes.one(engine, "' OR 1=1 --") is None


@pytest.mark.parametrize(
    "text",
    [
        "personal militar",
        "PERSONAL   MILITAR",
        "militar extranj",
        "4766",
        "PL 4766",
        "proyecto 4766/2022-CR",
        "República armas",
    ],
)
def test_words_bills_and_beginnings_of_words_find_the_founding_vote(engine: Engine, text: str) -> None:
    assert seed.FOUNDING in ids(engine, text=text)


def test_the_words_of_the_announcement_find_a_vote_too(engine: Engine) -> None:
    # The minutes name the bill by its number alone; what it is about stands in the announcement.
    assert seed.FOUNDING in ids(engine, text="33 en contra abstenciones 4766")
    assert seed.SENATE in ids(engine, text="kahl cloture")


@pytest.mark.parametrize("text", ["hr4365", "H.R. 4365", "h r 4365", "HR 4365", "defense appropriations"])
def test_a_bill_is_found_in_any_of_its_notations(engine: Engine, text: str) -> None:
    assert seed.HOUSE in ids(engine, text=text)


@pytest.mark.parametrize(
    "text",
    [
        '"x',
        "a AND",
        "-x",
        "NEAR(",
        "*",
        "';--",
        "col:x",
        "\x00",
        "((",
        "^",
        "x:*",
        "'",
        "\\",
        "💥",
        "& | !",
        "a" * 5000,
    ],
)
def test_a_search_is_never_an_expression(engine: Engine, text: str) -> None:
    found = votes.listing(engine, VoteFilter(text=text))
    assert found.total == len(found.rows)


def test_a_search_without_a_word_finds_nothing_rather_than_everything(engine: Engine) -> None:
    assert votes.listing(engine, VoteFilter(text="¿?")).total == 0
    assert votes.listing(engine, VoteFilter(text="   ")).total > 0


def test_either_date_of_a_vote_after_midnight_finds_it(engine: Engine) -> None:
    for day in (date(2023, 5, 18), date(2023, 5, 19)):
        assert ids(engine, since=day, until=day) == [seed.SHEET, seed.FOUNDING]
    assert ids(engine, since=date(2023, 5, 20), until=date(2023, 5, 21)) == []
    assert seed.FOUNDING in ids(engine, until=date(2023, 5, 18))
    assert seed.FOUNDING in ids(engine, since=date(2023, 5, 19))
    assert seed.FOUNDING not in ids(engine, since=date(2023, 5, 20))


def test_a_legislature_or_its_source_narrows_the_list_and_a_wrong_name_is_refused(engine: Engine) -> None:
    assert (
        ids(engine, legislatures=("pe_congress",))
        == ids(engine, legislatures=("pe_minutes",))
        == [seed.SHEET, seed.FOUNDING]
    )
    assert seed.SENATE in ids(engine, legislatures=("us_senate", "pe_minutes"))
    with pytest.raises(UnknownLegislature, match="us_house"):
        votes.listing(engine, VoteFilter(legislatures=("pe_senat",)))


def test_status_and_verdict_narrow_the_list(engine: Engine) -> None:
    assert ids(engine, status=Status.CORRECTED) == [seed.CORRECTED]
    assert ids(engine, verdict=Verdict.DOUBTFUL) == [seed.DOUBTFUL]


def test_a_list_is_newest_first_and_pages_do_not_overlap(engine: Engine) -> None:
    whole = votes.listing(engine, VoteFilter(limit=100))
    days = [row.sitting_date for row in whole.rows]
    assert days == sorted(days, reverse=True)
    paged = [
        row.id for n in range(0, whole.total, 2) for row in votes.listing(engine, VoteFilter(limit=2, offset=n)).rows
    ]
    assert paged == [row.id for row in whole.rows]
    assert ids(engine, limit=100, sort="oldest") == paged[::-1]


def test_every_vote_comes_whole_but_for_its_ballots_in_the_same_order(engine: Engine) -> None:
    handed = list(votes.every(engine, VoteFilter()))
    assert [view.id for view in handed] == ids(engine, limit=100)
    assert all(view.ballots == () for view in handed)
    founding = next(view for view in handed if view.id == seed.FOUNDING)
    whole = votes.one(engine, seed.FOUNDING)
    assert whole is not None
    assert (founding.groups, founding.spoken, founding.tallies) == (whole.groups, whole.spoken, whole.tallies)
    assert founding.majority == whole.majority
    assert [view.id for view in votes.every(engine, VoteFilter(text="zzz"))] == []
    assert len(list(islice(votes.every(engine, VoteFilter()), 2))) == 2


def test_the_latest_sitting_of_each_chamber_is_in_clock_order(engine: Engine) -> None:
    latest = votes.latest_sittings(engine, votes=1)
    assert [(s.legislature, s.date, s.total, len(s.rows)) for s in latest] == [
        ("us_house", date(2023, 9, 28), 1, 1),
        ("pe_congress", date(2023, 5, 18), 2, 1),
        ("us_senate", date(2021, 2, 24), 1, 1),
    ]
    two = votes.latest_sittings(engine, each=2)
    assert [s.date for s in two if s.legislature == "us_house"] == [date(2023, 9, 28), date(2023, 6, 30)]
    clock = [row.taken_at for s in two for row in s.rows if row.taken_at]
    assert len(clock) == sum(s.total for s in two)


def test_a_vote_is_read_by_a_fixed_number_of_queries(engine: Engine) -> None:
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    votes.one(engine, seed.FOUNDING)
    one = len(asked)
    asked.clear()
    list(votes.every(engine, VoteFilter()))
    parts = 3 if engine.dialect.name == "postgresql" else 0  # in which parts the ballots lie
    assert one <= 20 + parts
    assert len(asked) <= 18 + 2 * 3 + parts  # the same few for the whole batch; groups and rules once a chamber
    assert not any(sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) for sql in asked)
