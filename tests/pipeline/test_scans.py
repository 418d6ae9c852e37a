"""Do real scans of vote sheets say what the minutes, other transcribers and our own eyes say of the same pages?"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from drawn_sheets import saved
from fpdf import FPDF
from numpy.typing import NDArray

from tracker.archive.ocr import Sight
from tracker.demo.sheet_facts import CODES
from tracker.domain.evidence import Document, Request
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import PrintedSitting, Vote
from tracker.pipeline.collect import Journey, read
from tracker.pipeline.desk import Desk
from tracker.sources.catalogue import source
from tracker.sources.peru import roster
from tracker.storage.reading import Fetch, Reading

pytestmark = pytest.mark.corpus

Grey = NDArray[np.uint8]
Hear = Callable[[bytes], Reading]

ROLLS = Path(__file__).parents[1] / "sources/peru/rolls"
SITTING, LAW = "Asis_y_vot_16-10-2024_pages_01-20.pdf", "L31989.pdf"
NOVEMBER, LAYERED = "Asis_y_vot_22-11-2024_page.pdf", "Asis_y_vot_22-11-2024_page_with_bad_text_layer.pdf"

BY_EYE = {
    "pe-2024-10-16-07832": (
        "NaYNENOaaYNNYYaNNNYNYaaN*aNYNNYNaYYYYaNYYaNX"
        "YNNYNNNNNNNNNOaaNOXNNNYNNaNNYYYYNYNNNNNaYYNN"
        "OYYNaYNaYYENaYYYNNaYaONYaNNNaXNYYNaNNNNYYa"
    ),
    "pe-2024-10-16-07833": (
        "YANYESOaaYYaYNYaNYNYYaaY*aYYYYAYYYNYNNYaNaYX"
        "aYYNYYYYYYYYYOaaYOXYYaNAaYSYaNAaYAYaYYYaANYa"
        "ONAAYaAaNNYYNNaNYYaaYOYANYYYaXAANYaaYNYAYa"
    ),
    "pe-2024-03-13-07087": (
        "YaYYN*NYaNSYYYYNNYYYYaYYASYNAYYYXANYNAYANNaY"
        "AYYYaSYYYYaYSYEaYYOaYOYNNYYYYYYYNYEYYYYNAaEA"
        "YLYYYYaYYYYYaAYYaSYYYYaYOLYYaYYaYYNNaAYYYY"
    ),
}
"""The codes of three sheets as a person read them off the page, column by column, before seeing them read by us."""

SPOKEN = {
    "pe-2024-10-16-07832": {
        "yes": "Acuña Peralta, Segundo Héctor; Alva Rojas; Cerrón Rojas; Dávila Atanacio; Taipe Coronado; "
        "Vergara Mendoza",
        "no": "Barbarán Reyes; Paredes Gonzales; Santisteban Suclupe; Zeta Chunga",
    },
    "pe-2024-03-13-07087": {
        "yes": "Cerrón Rojas; Elías Ávalos; Gonza Castillo; Infantes Castañeda; Lizarzaburu Lizarzaburu; "
        "Varas Meléndez",
    },
}
"""Whose votes the notes below two of these sheets put on record, by eye."""

PRESENT = (
    "Calle Lobatón; Córdova Lobatón; Cruz Mamani; Cueto Aservi; Echaíz de Núñez Izaga; Flores Ruíz; Huamán Coronado; "
    "Monteza Facho; Moyano Delgado; Ruíz Rodríguez; Santisteban Suclupe; Taipe Coronado"
)
"""Whom the note of November adds to the attendance, by eye."""

MARKS = {
    "PRESENTE": "PRE", "AUSENTE": "aus", "LICENCIA_OFICIAL": "LO", "LICENCIA_POR_ENFERMEDAD": "LE",
}  # fmt: skip


@pytest.fixture(scope="module")
def hear() -> Iterator[Hear]:
    """Read bytes as a document of sheets, the same only once."""
    known: dict[bytes, Reading] = {}
    with Sight(None, processes=1) as sight:

        def once(content: bytes) -> Reading:
            if content not in known:
                at = datetime(2026, 1, 1, tzinfo=UTC)
                document = Document.of(Request("https://example.test/sheets.pdf", "sheet"), content, at)
                fetch = Fetch(url=document.url, role="sheet", at=at, status=200, sha256=document.sha256)
                known[content] = read(source("pe_sheets"), fetch, document, Journey(), Desk(sight))[0]
            return known[content]

        yield once


def scan(corpus: Path, name: str) -> bytes:
    return (corpus / "peru/scans" / name).read_bytes()


@cache
def first(corpus: Path, name: str, pages: int) -> bytes:
    """The first pages of a PDF; a page is read alike whatever follows it."""
    whole, part = pdfium.PdfDocument(scan(corpus, name)), pdfium.PdfDocument.new()
    part.import_pages(whole, range(pages))
    return saved(part)


def picture(content: bytes, page: int) -> Grey:
    """A page at the resolution it was scanned with, 200 to the inch."""
    with pdfium.PdfDocument(content) as pdf:
        [image] = pdf[page - 1].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])
        scale = image.get_px_size()[0] / pdf[page - 1].get_width()
        return np.array(pdf[page - 1].render(scale=scale, grayscale=True).to_numpy().squeeze(), np.uint8)


def paper(file: bytes, size: tuple[int, ...]) -> bytes:
    """A PDF of one page that shows a picture file."""
    pdf = FPDF(unit="pt")
    pdf.add_page(format=(595, 595 * size[0] / size[1]))
    pdf.image(BytesIO(file), 0, 0, 595)
    return bytes(pdf.output())


def drawn(grey: Grey) -> bytes:
    return paper(cv2.imencode(".png", grey)[1].tobytes(), grey.shape)


def facts(corpus: Path, name: str) -> Iterator[Any]:
    with gzip.open(corpus / f"peru/facts/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def member(name: str, day: date) -> str:
    mandate = roster.register().find(name, day).mandate
    assert mandate, name
    return mandate.person.id


def members(names: str, day: date) -> set[str]:
    return {member(name, day) for name in names.split("; ")}


def codes(vote: Vote) -> list[str]:
    return [ballot.code.printed for ballot in vote.ballots]


def by_eye(vote: Vote) -> list[str]:
    return [CODES[letter] for letter in BY_EYE[vote.printed.id]]


def cast(vote: Vote) -> dict[str | None, str]:
    return {b.member: b.code.position.value for b in vote.ballots if b.code.position.value in ("yes", "no", "abstain")}


def in_minutes(record: Any, day: date) -> dict[str, str]:
    lists = {"SI": "yes", "NO": "no", "ABSTENCION": "abstain"}
    return {member(name, day): position for key, position in lists.items() for name in record[key]}


def typed(day: date) -> list[tuple[str, str]]:
    """Group and name of each row as typed from the page."""
    lines = (ROLLS / f"{day}.txt").read_text(encoding="utf-8").splitlines()
    return [(group, name) for group, _, name in (line.partition(" ") for line in lines)]


def test_votes_are_read_as_the_minutes_of_the_sitting_have_them(hear: Hear, corpus: Path) -> None:
    reading = hear(first(corpus, SITTING, 8))
    assert [(vote.printed.id, str(sums.final), sums.verdict) for vote, sums, _ in reading.votes] == [
        ("pe-2024-10-16-07832", "44–62–0", Verdict.SOUND),
        ("pe-2024-10-16-07833", "61–23–13", Verdict.SOUND),
        ("pe-2024-10-16-07834", "96–0–2", Verdict.SOUND),
        ("pe-2024-10-16-07835", "93–0–2", Verdict.SOUND),
    ]
    day = date(2024, 10, 16)
    records = [record for record in facts(corpus, "minutes_rollcalls") if record["date"] == str(day)]
    for (vote, _, _), record in zip(reading.votes, sorted(records, key=lambda record: record["n"]), strict=False):
        assert cast(vote) == in_minutes(record, day)
        assert [(ballot.group, ballot.name) for ballot in vote.ballots] == typed(day)
    assert [(one.date, one.page, len(one.attendance)) for one in reading.sittings] == [(day, 1, 130)]
    assert [one.severity for one in reading.noticed if one.severity != "noted"] == []


def test_every_code_is_the_one_that_a_person_sees(hear: Hear, corpus: Path) -> None:
    votes = [vote for vote, _, _ in hear(first(corpus, SITTING, 8)).votes if vote.printed.id in BY_EYE]
    [(law, sums, _)] = hear(first(corpus, LAW, 2)).votes
    for vote in (*votes, law):
        assert codes(vote) == by_eye(vote)
    for vote in (votes[0], law):
        day, said = vote.printed.sitting_date, SPOKEN[vote.printed.id]
        for position in ("yes", "no"):
            named = {one.member for one in vote.spoken if one.now == position}
            assert named == (members(said[position], day) if position in said else set())
    assert [(ballot.group, ballot.name) for ballot in law.ballots] == typed(date(2024, 3, 13))
    assert (str(sums.final), sums.verdict) == ("79–16–10", Verdict.SOUND)


def test_a_layer_of_text_that_somebody_elses_recognition_left_is_not_asked(hear: Hear, corpus: Path) -> None:
    """A page of attendance as scanned, and with ABBYY's guesses beneath the picture."""
    [plain] = hear(scan(corpus, NOVEMBER)).sittings
    [layered] = hear(scan(corpus, LAYERED)).sittings
    assert layered == plain
    day = date(2024, 11, 22)
    assert [mark.name for mark in plain.attendance] == [name for _, name in typed(day)]
    counts = [(code, [mark.code for mark in plain.attendance].count(code)) for code in ("PRE", "aus", "LO", "LE", "LP")]
    assert counts == [("PRE", 57), ("aus", 63), ("LO", 3), ("LE", 5), ("LP", 2)]
    added = {member(mark.name, day) for mark in plain.attendance if mark.code != "PRE" and mark.reason is None}
    assert added == members(PRESENT, day)


def test_an_attendance_is_read_as_others_transcribed_it(hear: Hear, corpus: Path) -> None:
    """A photograph in colour, at 300 to the inch."""
    content = (corpus / "peru/scans/attendance_2022-07-07_1205.png").read_bytes()
    size = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert size is not None
    [sitting] = hear(paper(content, size.shape)).sittings
    [record] = (record for record in facts(corpus, "attendance") if record["id"] == "2022-07-07T12-05")
    assert f"{sitting.taken_at:%Y-%m-%dT%H-%M}" == record["id"]
    assert marks(sitting) == {member(name, sitting.date): MARKS[mark] for _, name, mark in record["marks"]}


def marks(sitting: PrintedSitting) -> dict[str, str]:
    return {member(mark.name, sitting.date): mark.code for mark in sitting.attendance}


def tilted(grey: Grey) -> Grey:
    high, wide = grey.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), 1.0, 1)
    return np.asarray(cv2.warpAffine(grey, turn, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(255.0,)), np.uint8)


def coarse(grey: Grey) -> Grey:
    """At 150 to the inch, black or white."""
    small = cv2.resize(grey, (1240, round(grey.shape[0] * 1240 / grey.shape[1])), interpolation=cv2.INTER_AREA)
    return np.where(small < 160, 0, 255).astype(np.uint8)


SPOILS: dict[str, Callable[[Grey], Grey]] = {
    "lying": lambda grey: np.ascontiguousarray(np.rot90(grey)),
    "on its head": lambda grey: np.ascontiguousarray(grey[::-1, ::-1]),
    "tilted": tilted,
    "coarse": coarse,
    "faint": lambda grey: (255 - (255 - grey.astype(float)) * 0.4).astype(np.uint8),
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_the_same_page_scanned_worse_says_the_same(spoil: str, hear: Hear, corpus: Path) -> None:
    [(vote, sums, _)] = hear(drawn(SPOILS[spoil](picture(scan(corpus, SITTING), 3)))).votes
    assert codes(vote) == by_eye(vote)
    assert (str(sums.final), sums.verdict) == ("44–62–0", Verdict.SOUND)


@pytest.mark.parametrize(("rows", "verdict"), [(range(20, 22), Verdict.SOUND), (range(8, 24), Verdict.DOUBTFUL)])
def test_codes_under_a_black_seal_follow_from_the_sums_or_stay_open(
    rows: range, verdict: Verdict, hear: Hear, corpus: Path
) -> None:
    grey = picture(scan(corpus, SITTING), 3)
    high, wide = grey.shape
    for row in rows:
        centre = (round(0.315 * wide), round((0.1542 + 0.01325 * row) * high))
        cv2.ellipse(grey, centre, (round(0.02 * wide), round(0.006 * high)), 0, 0, 360, (0,), -1)
    [(vote, sums, _)] = hear(drawn(grey)).votes
    wrong = [i for i, (ours, theirs) in enumerate(zip(codes(vote), by_eye(vote), strict=True)) if ours != theirs]
    assert sums.verdict is verdict
    assert all(codes(vote)[i] == "?" for i in wrong)
    assert bool(wrong) is (verdict is Verdict.DOUBTFUL)
    assert set(vote.printed.decided) == (set() if wrong else {vote.ballots[i].name for i in rows})
