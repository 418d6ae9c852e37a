"""Does a card hold what it is given, within its edges, as text and nothing else?"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import peru_facts
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.publish.cards import SQUARE, WIDE, Card, Shape, card
from tracker.publish.drawing import Mark
from tracker.publish.lettering import SANS, SERIF, STRONG, width
from tracker.queries.casing import calm

# As long as any that has been seen: 783 letters.
LONG = "Moción 999, que propone " + ", ".join(["investigar los puentes de la carretera central"] * 16)
SVG = "{http://www.w3.org/2000/svg}"
MARKS = (
    Mark("circle", "#2468a3", "#2468a3", "70 a favor"), Mark("square", "#e66d1d", "#e66d1d", "33 en contra"),
    Mark("diamond", "#5f0e3b", "#5f0e3b", "4 abstenciones"), Mark("circle", "#c9ced6", "#5c5f66", "23 no votaron"),
)  # fmt: skip
SEATS = {"width": 640, "height": 400, "layer": []}
PLAIN = Card(
    language="es", chamber="Congreso de la República del Perú", when="Sesión del 18 de mayo de 2023", subject="Subject",
    figure="70–33–4", under="tablero 69–31–4, +3 de viva voz", status="Oficial", marks=MARKS,
    source="Fuente: www2.congreso.gob.pe, página 61", address="votes.example.org/v/pe-2023-05-18-23 · lectura 1",
    told="En la sesión …", chart=SEATS,
)  # fmt: skip
HOSTILE = st.one_of(
    st.text(max_size=2000),
    st.text(alphabet="<>&\"']]>-\u202e\u200f\u061c\x00\x1b\t\n🗳️👩🏽‍⚖️مجلس漢字\u0301\ud800", max_size=400),
    st.just("x" * 2000), st.just("<script>alert(1)</script>" * 40), st.just("<!--chart 0-->"), st.just(""),
)  # fmt: skip
RISING = 0.95
"""How far letters rise above their line, at most, in sizes; and a quarter of one below."""


def elements(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter())


def within(svg: str, shape: Shape) -> list[tuple[float, float, float, float, str]]:
    """Hold every line to the edges; return where they stand."""
    found = []
    for one in elements(svg):
        if one.tag != f"{SVG}text":
            continue
        x, y, size = (float(one.attrib[key]) for key in ("x", "y", "font-size"))
        face = next(face for face in (SERIF, SANS, STRONG) if one.attrib["font-family"] == face.family
                    and one.attrib["font-weight"] == str(face.weight))  # fmt: skip
        wide = width(one.text or "", face, size)
        assert abs(float(one.attrib.get("textLength", wide)) - wide) < 0.2
        left = x - wide if one.attrib["text-anchor"] == "end" else x
        assert shape.edge * 0.9 <= left
        assert left + wide <= shape.wide - shape.edge + 1
        assert size * RISING <= y <= shape.high - size * 0.25
        found.append((left, y - size * 0.75, left + wide, y + size * 0.05, one.text or ""))
    return found


def apart(svg: str, shape: Shape) -> None:
    """Hold that no line is written over another."""
    boxes = within(svg, shape)
    for n, (left, top, right, foot, text) in enumerate(boxes):
        for other in boxes[n + 1 :]:
            over = min(right, other[2]) > max(left, other[0]) and min(foot, other[3]) > max(top, other[1])
            assert not over, (text, other[4])


@pytest.mark.parametrize("shape", [WIDE, SQUARE])
@pytest.mark.parametrize("means", ["", "Aún sin los votos de viva voz: las cifras pueden cambiar"])
def test_a_title_as_long_as_any_fits_whole(means: str, shape: Shape) -> None:
    fits_whole(LONG, means, shape)


@pytest.mark.corpus
@pytest.mark.parametrize("shape", [WIDE, SQUARE])
@pytest.mark.parametrize("means", ["", "Aún sin los votos de viva voz: las cifras pueden cambiar"])
def test_the_longest_official_titles_fit_whole(corpus: Path, means: str, shape: Shape) -> None:
    for subject in peru_facts.longest_subjects(corpus):
        fits_whole(calm(subject), means, shape)


def fits_whole(subject: str, means: str, shape: Shape) -> None:
    """Hold that a card says all of its subject, and nothing over anything else."""
    drawn = card(replace(PLAIN, subject=subject, means=means, alert=bool(means)), shape)
    apart(drawn.svg, shape)
    assert "…" not in drawn.svg.partition("</desc>")[2], subject


@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from([WIDE, SQUARE]), st.booleans())
def test_whatever_is_handed_over_is_drawn_as_text_within_the_edges(
    subject: str, other: str, third: str, shape: Shape, unusual: bool
) -> None:
    hostile = replace(
        PLAIN, subject=subject, chamber=other, when=third, under=subject, source=other, told=third, status=other or "?",
        address=subject, means=third if unusual else "", alert=unusual,
        marks=(replace(MARKS[0], text=other), *MARKS[1:]),
    )  # fmt: skip
    drawn = card(hostile, shape)
    within(drawn.svg, shape)
    tags = {one.tag.removeprefix(SVG) for one in elements(drawn.svg)}
    assert tags <= {"svg", "title", "desc", "rect", "text", "circle", "path", "g"}
    assert not any(name.startswith("on") or name == "href" for one in elements(drawn.svg) for name in one.attrib)
    assert drawn.svg.count("<!--chart 0-->") == 1, "no text can stand for a chart"


@given(st.lists(st.tuples(HOSTILE, st.integers(0, 500)), min_size=1, max_size=9), st.sampled_from([WIDE, SQUARE]))
def test_candidates_fit_too(candidates: list[tuple[str, int]], shape: Shape) -> None:
    rows = tuple((name, n, str(n)) for name, n in sorted(candidates, key=lambda one: -one[1]))
    more = "y 6 más" if len(rows) > 4 else ""
    drawn = card(replace(PLAIN, marks=(), chart=None, rows=rows, more=more, under="Votos por candidato"), shape)
    within(drawn.svg, shape)
    assert drawn.charts == ()
    assert more in drawn.svg


@pytest.mark.parametrize("shape", [WIDE, SQUARE])
@pytest.mark.parametrize("seats", [True, False])
@pytest.mark.parametrize("subject", ["Short", LONG[:460], LONG])
def test_nothing_is_written_over_the_chart(subject: str, seats: bool, shape: Shape) -> None:
    bar = {"width": 640, "height": 84, "layer": []}
    drawn = card(replace(PLAIN, subject=subject, chart=SEATS if seats else bar, seats=seats), shape)
    apart(drawn.svg, shape)
    place = re.search(r'<g transform="translate\(([\d.]+) ([\d.]+)\)(?: scale\(([\d.]+)\))?">', drawn.svg)
    assert place
    left, top, scale = float(place[1]), float(place[2]), float(place[3] or 1)
    (spec,) = drawn.charts
    right, foot = left + spec["width"] * scale, top + spec["height"] * scale
    assert right <= shape.wide - shape.edge + 1
    assert spec["width"] * scale >= 190
    for text_left, text_top, text_right, text_foot, text in within(drawn.svg, shape):
        over = min(right, text_right) > max(left, text_left) and min(foot, text_foot) > max(top, text_top)
        assert not over, text
    for mark in MARKS:
        assert f">{mark.text}<" in drawn.svg


@pytest.mark.parametrize("shape", [WIDE, SQUARE])
def test_a_card_without_a_count_says_so(shape: Shape) -> None:
    said = "El documento no da ninguna cuenta de esta votación."
    drawn = card(replace(PLAIN, figure=None, under=said, marks=(), chart=None), shape)
    apart(drawn.svg, shape)
    assert f">{said}<" in drawn.svg


@pytest.mark.parametrize("shape", [WIDE, SQUARE])
def test_a_card_says_everything_once_and_names_itself(shape: Shape) -> None:
    drawn = card(replace(PLAIN, status="PROVISIONAL", means="Aún sin los votos de viva voz", alert=True), shape)
    apart(drawn.svg, shape)
    lines = [one.text for one in elements(drawn.svg) if one.tag == f"{SVG}text"]
    held = (PLAIN.chamber, PLAIN.when, "Subject", "70–33–4", PLAIN.under, "PROVISIONAL", PLAIN.source, PLAIN.address)
    assert all(lines.count(said) == 1 for said in (*held, *(mark.text for mark in MARKS)))
    root = elements(drawn.svg)[0]
    assert (root.attrib["width"], root.attrib["height"]) == (str(shape.wide), str(shape.high))
    assert re.search(r"<title id=\"title\">PROVISIONAL · 70–33–4 · Subject</title>", drawn.svg)


def test_a_drawing_is_told_apart_by_all_that_it_shows() -> None:
    one = card(PLAIN, WIDE).digest
    others = [{"figure": "70–33–5"}, {"told": "Otra"}, {"chart": {**SEATS, "layer": [1]}}]
    digests = {card(replace(PLAIN, **other), WIDE).digest for other in others}
    assert len(digests | {one, card(PLAIN, SQUARE).digest}) == 5
    assert card(PLAIN, WIDE).digest == one
