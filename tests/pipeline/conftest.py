"""A parliament of the tests' own, whose paper is a line a ballot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tracker.domain.evidence import Document, Request
from tracker.domain.people import Mandate, Person, Register, Spell
from tracker.domain.votes import Means, Position, PrintedBallot, PrintedSitting, PrintedVote, Spoken, Tally
from tracker.pipeline.asking import Answer
from tracker.sources.contract import Finding, Role, Severity, Sheet, Source, Trouble, Unreadable, Window
from tracker.storage.write import Fetch

NOW = datetime(2023, 5, 20, 12, tzinfo=UTC)

SHEET = {
    "slug": "tri",
    "title": "Sheets of the Three",
    "publisher": "Clerk",
    "page": "https://three.example/",
    "licence": "public domain",
    "chamber": {
        "slug": "three", "title": "Chamber of Three", "short": "Three", "country": "XX", "language": "en",
        "zone": "America/Lima", "seats": 3, "abstention": True, "spoken_counts": True, "because": "its rules",
        "called_en": "the Three", "called_es": "los Tres",
    },
    "address": {"base": "https://three.example", "paths": {"index": "/index", "sheet": "/{n}"}},
    "timetable": {
        "times": [{"hours": "9", "because": "it sits in the morning"}], "window_days": 7, "recheck_days": 30,
    },
    "codes": {"Y": {"position": "yes"}, "N": {"position": "no"}, "X": {"position": "not_cast", "reason": "absent"}},
    "groups": {"A": {"name": "Alphas"}},
    "expect": {"ballots": {"min": 2, "max": 3, "because": "three seats"}},
}  # fmt: skip


def read_index(document: Document, sheet: Sheet) -> Iterator[Finding]:
    for number in document.content.decode().split():
        yield Request(sheet.address.url("sheet", n=number), "sheet", date(2023, 5, 18))


def read_sheet(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Lines: `board 2-1-0`, `Name: Y A`, `said Name: Y`, `note …`; a line `!` cannot be read; `?` is a slip of ours."""
    number = document.url.rsplit("/", 1)[1]
    ballots, spoken, board = [], [], None
    for line in document.content.decode("utf-8", "surrogatepass").split("\n"):
        if line == "!":
            raise Unreadable("odd_line", f"{document.url}: an odd line")
        if line == "?":
            raise ZeroDivisionError("slip")
        if line.startswith("note "):
            yield Trouble(Severity.NOTED, "note", line, number)
        elif line.startswith("board "):
            board = Tally.parse(line[6:])
        elif line.startswith("said "):
            name, mark = line[5:].split(": ")
            spoken.append(Spoken(name, None, sheet.code(mark, document.url).position, line))
        elif line:
            name, rest = line.split(": ")
            mark, *group = rest.split()
            ballots.append(PrintedBallot(name, sheet.code(mark, document.url), group[0] if group else None, name[:1]))
    away = sum(ballot.code.position is Position.NOT_CAST for ballot in ballots)
    yield PrintedVote(
        legislature="three", key=number, id=f"three-{number}", sitting_date=date(2023, 5, 18), subject=f"Bill {number}",
        ballots=tuple(ballots), complete=True, spoken=tuple(spoken),
        board=board and Tally(board.yes, board.no, board.abstain, 0, away),
        announced_means=Means.FINAL,
    )  # fmt: skip
    yield PrintedSitting(legislature="three", date=date(2023, 5, 18), title="Sitting")


def start(window: Window, sheet: Sheet) -> Iterator[Request]:
    yield Request(sheet.address.url("index"), "index")


ROLES = {"index": Role(read_index, 1, required=True, index=True), "sheet": Role(read_sheet, 1)}


@pytest.fixture
def source() -> Source:
    return Source(Sheet.model_validate(SHEET), start, ROLES)


@pytest.fixture
def register() -> Register:
    people = [("Ana Paz", "Ana"), ("Berta Sol", "Berta"), ("Carla Luz", "Carla"), ("Carla Mar", "Carla")]
    return Register(
        Mandate(Person(full.lower().replace(" ", "-"), full, alias, ""), date(2021, 1, 1), None,
                (Spell("A", date(2021, 1, 1), date(2023, 12, 31)),))
        for full, alias in people
    )  # fmt: skip


@pytest.fixture
def site() -> Callable[[Mapping[str, str | None]], Callable[[Request], Answer]]:
    """Turn a dictionary into a way of asking: path → text; None: not there."""

    def make(pages: Mapping[str, str | None]) -> Callable[[Request], Answer]:
        def ask(request: Request) -> Answer:
            path = request.url.removeprefix("https://three.example/")
            text = pages.get(path)
            facts: dict[str, Any] = {"url": request.url, "role": request.role, "at": NOW}
            if text is None:
                return Answer(request, Fetch(status=404, **facts), absent=True)
            if text == "timeout":
                return Answer(request, Fetch(status=0, **facts), trouble=f"{path}: no answer", trouble_code="timeout")
            document = Document.of(request, text.encode("utf-8", "surrogatepass"), NOW)
            fetch = Fetch(status=200, sha256=document.sha256, changed=True, read_by=f"{request.role}/1", **facts)
            return Answer(request, fetch, document)

        return ask

    return make
