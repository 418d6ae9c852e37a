"""Do the charts of a vote say what the vote says, and nothing that misleads?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import altair as alt
import pytest
import seed

from dashboard import words
from dashboard.charts.colours import LIGHT, PAGE
from dashboard.charts.figure import Figure, Spec
from dashboard.charts.groups import groups
from dashboard.charts.hemicycle import hemicycle
from dashboard.charts.house import ALOUD
from dashboard.charts.moved import moved
from dashboard.charts.threshold import threshold
from dashboard.components.groups import table
from tracker.domain.majority import Base, Majority, Rule
from tracker.domain.votes import Position, Reason, Tally
from tracker.queries.view import Tallies, VoteView

ES, EN = words.of("es"), words.of("en")
Look = Callable[[str], VoteView]
Review = Callable[[str, Spec], None]
DRAWN = {
    "hemicycle": lambda view, say: hemicycle(view, say, PAGE),
    "hemicycle-by-group": lambda view, say: hemicycle(view, say, PAGE, "group"),
    "threshold": lambda view, say: threshold(view, say, PAGE),
    "moved": lambda view, say: moved(view, say, PAGE),
    "groups": lambda view, say: groups(view, say, PAGE),
}


def must(figure: Figure | None) -> Figure:
    assert figure is not None
    return figure


def rows(spec: Spec, layer: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = spec["layer"][layer]["data"]["values"]
    return found


def figures(text: str) -> list[int]:
    return [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)]


@pytest.mark.parametrize("name", DRAWN)
def test_the_charts_of_the_founding_vote_are_those_reviewed(look: Look, review: Review, name: str) -> None:
    review(name, must(DRAWN[name](look(seed.SHEET), ES)).spec)


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("slug", [seed.SHEET, seed.SENATE])
def test_every_chart_is_a_valid_chart(look: Look, slug: str, name: str) -> None:
    alt.LayerChart.from_dict(must(DRAWN[name](look(slug), EN)).spec, validate=True)


@pytest.mark.parametrize("slug", [seed.SPEAKER, seed.QUORUM])
@pytest.mark.parametrize("name", DRAWN)
def test_an_election_by_name_and_a_call_of_the_house_have_no_chart(look: Look, slug: str, name: str) -> None:
    assert DRAWN[name](look(slug), ES) is None


@pytest.mark.parametrize("by", ["position", "group"])
def test_a_seat_for_each_member_and_an_edge_for_each_spoken_vote(look: Look, by: Any) -> None:
    spec = must(hemicycle(look(seed.SHEET), ES, LIGHT, by)).spec
    seats = rows(spec)
    assert Counter(seat["vote"] for seat in seats) == {
        "a favor": 70, "en contra": 33, "abstención": 4, "no votó": 23,
    }  # fmt: skip
    assert len({seat["name"] for seat in seats}) == len({(seat["x"], seat["y"]) for seat in seats}) == 130
    aloud = {seat["name"].split(",")[0]: seat["vote"] for seat in seats if seat["edge"] == ALOUD}
    assert aloud == {"Flores Ruíz": "a favor", "Taipe Coronado": "en contra", "Portalatino Ávalos": "en contra"}


def test_shapes_and_colours_differ_by_position(look: Look) -> None:
    encoding = must(hemicycle(look(seed.SHEET), ES, LIGHT)).spec["layer"][0]["encoding"]
    shapes = dict(zip(*(encoding["shape"]["scale"][k] for k in ("domain", "range")), strict=True))
    fills = dict(zip(*(encoding["fill"]["scale"][k] for k in ("domain", "range")), strict=True))
    assert shapes == {"a favor": "circle", "abstención": "diamond", "no votó": "circle", "en contra": "square"}
    assert fills == {"a favor": LIGHT.yes, "abstención": LIGHT.abstain, "no votó": LIGHT.away, "en contra": LIGHT.no}


def test_by_position_they_stand_in_order_and_by_group_together(look: Look) -> None:
    seats = rows(must(hemicycle(look(seed.SHEET), ES, PAGE)).spec)
    runs = [a["vote"] for a, b in zip(seats, [*seats[1:], {"vote": None}], strict=True) if a["vote"] != b["vote"]]
    assert runs == ["a favor", "abstención", "no votó", "en contra"]
    spec = must(hemicycle(look(seed.SHEET), ES, PAGE, "group")).spec
    runs = [a["group"] for a, b in zip(rows(spec), [*rows(spec)[1:], {"group": None}], strict=True)
            if a["group"] != b["group"]]  # fmt: skip
    assert len(runs) == len(set(runs)) == 12
    assert runs[0] == "Fuerza Popular"
    assert [label["text"] for label in rows(spec, 1)][-1] == "NA", "loose members are no group and come last"


def test_names_that_do_not_make_the_count_are_said_to(look: Look) -> None:
    figure = must(hemicycle(look(seed.DOUBTFUL), EN, PAGE))
    assert any("277–148; the count of the vote is 278–148" in note for note in figure.notes)
    assert len(rows(figure.spec)) == 434


def test_who_the_paper_does_not_name_is_not_drawn(look: Look) -> None:
    assert len(rows(must(hemicycle(look(seed.FOUNDING), ES, PAGE)).spec)) == 107
    assert hemicycle(replace(look(seed.FOUNDING), ballots=(), spoken=()), ES, PAGE) is None


def test_without_printed_groups_nothing_is_drawn_by_group(look: Look) -> None:
    view = look(seed.SHEET)
    loose = replace(view, groups=(replace(view.groups[0], code=None, name=None),))
    assert hemicycle(loose, ES, PAGE, "group") is None
    assert groups(loose, ES, PAGE) is None
    assert must(hemicycle(loose, ES, PAGE)).rows[-1][0] == "Total"


def test_a_statement_that_does_not_count_moves_nobody(look: Look) -> None:
    view = look(seed.SHEET)
    view = replace(view, spoken=tuple(replace(said, counts=False) for said in view.spoken))
    assert Counter(seat["edge"] for seat in rows(must(hemicycle(view, ES, PAGE)).spec)) == {0: 104, 1: 26}


@pytest.mark.parametrize("slug", [seed.SHEET, seed.HOUSE, seed.SENATE, seed.CORRECTED])
def test_the_words_hold_every_count(look: Look, slug: str) -> None:
    view = look(slug)
    best = view.tallies.best
    assert best is not None
    every = [best.of(p) for p in Position if best.of(p)]
    for name, draw in DRAWN.items():
        figure = draw(view, EN)
        if figure is None:
            assert name == "moved"
            assert view.tallies.board == view.tallies.final
            continue
        shown = [n for n in every if name not in ("moved", "threshold") or n != best.not_cast]
        assert not Counter(shown) - Counter(figures(figure.told)), name
        assert not Counter(shown) - Counter(cell for row in figure.rows for cell in row if isinstance(cell, int)), name
        assert all(len(row) == len(figure.head) for row in figure.rows)
        assert all(figure.head)
    for group in view.groups:
        assert any(row[0] == (group.name or EN("groups.none")) for row in must(groups(view, EN, PAGE)).rows)


def test_the_groups_sum_to_the_vote(look: Look) -> None:
    figure = must(groups(look(seed.SHEET), ES, PAGE))
    *parts, total = figure.rows
    assert figure.head == ("Grupo", "a favor", "abstención", "no votó", "en contra")
    assert total == ("Total", 70, 4, 23, 33)
    assert tuple(sum(int(row[n] or 0) for row in parts) for n in range(1, 5)) == total[1:]
    assert figure.title == "Más votos a favor: Fuerza Popular (20); más en contra: Perú Libre (15)"
    widest = max(piece["to"] for piece in rows(figure.spec))
    assert widest == 23, "one scale: the largest group fills it"


def of(view: VoteView, tally: Tally, needed: int | None, base: int | None = None) -> VoteView:
    rule = Rule("x", Fraction(1, 2), Base.SEATS, "article 1") if needed is not None else None
    return replace(view, tallies=Tallies(board=tally, final=tally), majority=Majority(rule, base, needed, tally.yes))


@pytest.mark.parametrize(
    ("tally", "needed", "es", "en"),
    [
        (Tally(70, 33, 4), 66, "70 a favor: 4 más de los 66 necesarios", "70 in favour: 4 more than the 66 needed"),
        (Tally(66, 33), 66, "66 a favor: exactamente los 66 necesarios", "66 in favour: exactly the 66 needed"),
        (Tally(65, 33), 66, "65 a favor: faltó 1 para los 66 necesarios", "65 in favour: 1 short of the 66 needed"),
        (Tally(4, 33), 66, "4 a favor: faltaron 62 para los 66 necesarios", "4 in favour: 62 short of the 66 needed"),
        (Tally(7, 6), None, "1 voto más a favor que en contra; no consta cuántos hacían falta",
         "1 vote more in favour than against; how many were needed is not on record"),
        (Tally(4, 6), None, "2 votos más en contra que a favor; no consta cuántos hacían falta",
         "2 votes more against than in favour; how many were needed is not on record"),
        (Tally(6, 6, 1), None, "6 a favor y 6 en contra: empate; no consta cuántos hacían falta",
         "6 in favour and 6 against: a tie; how many were needed is not on record"),
    ],
)  # fmt: skip
def test_the_threshold_is_told_but_never_the_result(
    look: Look, tally: Tally, needed: int | None, es: str, en: str
) -> None:
    view = of(look(seed.SHEET), tally, needed, 130 if needed else None)
    assert must(threshold(view, ES, PAGE)).title == es
    figure = must(threshold(view, EN, PAGE))
    assert figure.title == en
    marks = [layer for layer in figure.spec["layer"] if layer["mark"]["type"] == "rule"]
    assert len(marks) == (2 if needed else 0)
    bar = rows(figure.spec)
    assert bar[0]["from"] == 0, "what is needed is counted from the left, where yes begins"
    assert bar[-1]["to"] == (130 if needed else tally.cast)
    assert all(a["to"] == b["from"] for a, b in pairwise(bar))
    if needed:
        assert figure.rows[-1] == ("Needed (of 130, seats by law)", needed)


def test_what_was_said_aloud_is_drawn_as_added(look: Look) -> None:
    figure = must(moved(look(seed.SHEET), ES, PAGE))
    assert figure.title == "De viva voz, la cuenta pasó de 69–31–4 a 70–33–4"
    assert figure.notes == ("Respecto del tablero: +1 a favor, +2 en contra. Con borde grueso, lo que se sumó.",)
    assert [(piece["vote"], piece["n"]) for piece in rows(figure.spec) if piece["edge"] == 2] == [
        ("a favor", 1), ("en contra", 2),
    ]  # fmt: skip
    assert moved(look(seed.HOUSE), ES, PAGE) is None


def test_a_changed_vote_is_taken_away_and_added(look: Look) -> None:
    view = replace(look(seed.SHEET), tallies=Tallies(board=Tally(10, 5, 1), final=Tally(11, 5, 0)))
    figure = must(moved(view, EN, PAGE))
    assert figure.notes[0].startswith("Against the board: +1 yes, \u22121 abstention.")
    assert [piece["n"] for piece in rows(figure.spec)] == [10, 1, 5, 10, 1, 5]


@pytest.mark.parametrize(
    ("tallies", "es"),
    [
        ([Tally(5), Tally(0, 4)], "Los 2 grupos votaron sin divisiones"),
        ([Tally(5, 1), Tally(1, 4)], "Los 2 grupos se dividieron"),
        ([Tally(5, 1), Tally(0, 4), Tally(not_cast=3)], "1 de 2 grupos votó sin divisiones"),
        ([Tally(not_cast=3)], "Ninguno de los que votaron pertenece a un grupo"),
    ],
)
def test_how_many_groups_stood_together(look: Look, tallies: list[Tally], es: str) -> None:
    view = look(seed.SHEET)
    benches = tuple(replace(view.groups[n], attached=True, tally=tally, final=tally) for n, tally in enumerate(tallies))
    assert must(hemicycle(replace(view, groups=benches), ES, PAGE, "group")).title == es


def test_groups_that_gave_as_many_are_counted_not_chosen_from(look: Look) -> None:
    view = look(seed.SHEET)
    benches = tuple(replace(group, tally=Tally(3), final=Tally(3)) for group in view.groups[:3])
    assert must(groups(replace(view, groups=benches), EN, PAGE)).title == "Most votes in favour: 3 groups alike (3)"
    loose = tuple(replace(group, attached=False) for group in benches)
    assert must(groups(replace(view, groups=loose), ES, PAGE)).title == "Ningún grupo votó a favor ni en contra"


def test_hostile_text_stays_data(look: Look) -> None:
    view = look(seed.HOSTILE)
    turned = "\u202e" + seed.NASTY
    nasty = replace(view, ballots=tuple(replace(ballot, name=turned) for ballot in view.ballots))
    spec = must(hemicycle(nasty, ES, PAGE)).spec
    assert {seat["name"] for seat in rows(spec)} == {seed.NASTY}
    assert seed.NASTY not in str([{k: v for k, v in layer.items() if k != "data"} for layer in spec["layer"]])


def test_a_mark_that_could_not_be_read_is_not_said_not_to_have_voted(look: Look) -> None:
    view = look(seed.SHEET)
    lost = [ballot for ballot in view.ballots if ballot.position is Position.NOT_CAST and ballot.group == "PP"]
    ballots = tuple(replace(b, code="?", reason=Reason.UNKNOWN) if b in lost else b for b in view.ballots)
    n = len(lost)
    assert n == 5
    parts = tuple(replace(group, unread=n) if group.code == "PP" else group for group in view.groups)
    view = replace(view, ballots=ballots, groups=parts)
    figure = must(hemicycle(view, EN, LIGHT))
    assert Counter(seat["vote"] for seat in rows(figure.spec))["could not be read"] == n
    assert ("unread", f"{n} could not be read") in figure.key
    assert ("not_cast", f"{23 - n} did not vote") in figure.key
    assert f"{n} could not be read" in figure.told
    assert figure.head[-1] == "could not be read"
    assert figure.rows[-1][-1] == n
    assert figure.rows[-1][figure.head.index("did not vote")] == 23 - n
    beside = must(groups(view, EN, LIGHT))
    assert set(beside.key) == set(figure.key)
    assert beside.rows[-1] == (*figure.rows[-1][:-2], n), "but for the column of who spoke"
    assert "23 did not vote" not in beside.told
    assert f"{n} could not be read" in beside.told
    drawn = [(row["n"], row["edge"]) for row in rows(beside.spec) if row["vote"] == "could not be read"]
    assert drawn == [(n, 1)]
    written = table(view, EN)
    assert written is not None
    assert ">could not be read</th>" in written
    assert re.findall(r"<td[^>]*>(?:<[^>]*>)?(\d+)", written.partition("<tfoot>")[2])[-2:] == [str(23 - n), str(n)]
