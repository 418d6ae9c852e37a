from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.evidence import Document
from tracker.domain.people import fold
from tracker.domain.reconcile import Verdict, reconcile
from tracker.domain.votes import Means, Position, PrintedSitting, PrintedVote, Reason
from tracker.pipeline.resolve import resolve
from tracker.sources.contract import Severity, Trouble, Unreadable, Window
from tracker.sources.peru import roster
from tracker.sources.peru.minutes import SHEET, SOURCE, read_minutes, start

Draw = Callable[..., bytes]

HEAD = (
    "CONGRESO DE LA REPÚBLICA",
    "-=o=-",
    "SEGUNDA LEGISLATURA ORDINARIA DEL",
    "PERIODO ANUAL DE SESIONES 2022-2023",
    "-=o=-",
    "ACTA DE LA 12.a SESIÓN DEL PLENO DEL CONGRESO,",
    "CELEBRADA EL JUEVES 18 DE MAYO DE 2023",
    "-=o=-",
)

FOUNDING = "1.3.1__12-17182425.may.8.jun.2023.pdf"
DIRECTIONS = {"SI": "A FAVOR", "NO": "EN CONTRA", "ABSTENCION": "ABSTENCIÓN"}

FAVOR = "Alva Prieto, Anderson Ramírez, Aragón Carreño, Luis Cordero Jon Tay, María"
REST = "Cordero Jon Tay y Guerra-García Campos."


@pytest.fixture(scope="session")
def corpus_minutes() -> Callable[[Path], list[Any]]:
    """Read each document of the corpus once."""
    held: dict[Path, list[Any]] = {}

    def read(path: Path) -> list[Any]:
        if path not in held:
            from datetime import UTC, datetime

            from tracker.domain.evidence import Request

            made = Document.of(Request(path.name, "minutes"), path.read_bytes(), datetime(2024, 1, 1, tzinfo=UTC))
            held[path] = list(read_minutes(made, SHEET))
        return held[path]

    return read


def votes(found: list[Any]) -> list[PrintedVote]:
    return [one for one in found if isinstance(one, PrintedVote)]


def facts(corpus: Path) -> dict[str, list[dict[str, Any]]]:
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(corpus / "peru" / "facts" / "minutes_rollcalls.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            by_file[row["minutes"].replace("/", "__").replace(",", "_")].append(row)
    return by_file


def positions(vote: PrintedVote) -> set[tuple[str, str]]:
    placed = roster.register().place([b.name for b in vote.ballots], vote.sitting_date)
    return {(m.person.id, b.code.printed) for b in vote.ballots if (m := placed[b.name].mandate) is not None}


def careful(row: dict[str, Any]) -> set[tuple[str, str]]:
    register = roster.register()
    day = date.fromisoformat(row["date"])
    return {
        (mandate.person.id, direction)
        for field, direction in DIRECTIONS.items()
        for name in row[field]
        if (mandate := register.find(name, day).mandate) is not None
    }


@pytest.mark.corpus
def test_every_position_a_careful_reader_has(corpus: Path, corpus_minutes: Callable[[Path], list[Any]]) -> None:
    known = facts(corpus)
    differences, total, read = [], 0, 0
    for path in sorted((corpus / "peru" / "minutes").glob("*.pdf")):
        rows = known.get(path.name)
        if rows is None:
            continue
        mine = votes(corpus_minutes(path))
        assert len(mine) == len(rows), path.name
        for row, vote in zip(rows, mine, strict=True):
            wanted, got = careful(row), positions(vote)
            read += 1
            total += len(wanted)
            assert vote.sitting_date.isoformat() == row["date"], (path.name, row["n"])
            assert fold(vote.question or "") == fold(row["title"]), (path.name, row["n"])
            differences += [(path.name, row["n"], "missing", *one) for one in sorted(wanted - got)]
            differences += [(path.name, row["n"], "extra", *one) for one in sorted(got - wanted)]
    assert read == 237
    assert total == 24_450
    # The minutes print "Luis Acuña Peralta", a name nobody bears: left open here, read as Héctor by elimination there.
    assert differences == [(FOUNDING, 78, "missing", "acuna-peralta-segundo-hector", "A FAVOR")]


@pytest.mark.corpus
def test_the_vote_it_began_with(corpus: Path, corpus_minutes: Callable[[Path], list[Any]]) -> None:
    found = [
        vote
        for vote in votes(corpus_minutes(corpus / "peru" / "minutes" / FOUNDING))
        if vote.sitting_date == date(2023, 5, 18) and str(vote.board) == "69–31–4"
    ]
    assert len(found) == 1
    vote = found[0]
    assert [(s.name, s.was, s.now) for s in vote.spoken] == [
        ("Flores Ruiz", None, Position.YES),
        ("Taipe Coronado", None, Position.NO),
        ("Portalatino Ávalos", None, Position.NO),
    ]
    assert str(vote.announced) == "70–33–4"
    assert vote.announced_means is Means.FINAL
    assert vote.bills == ("4766",)
    assert vote.result == "aprobado"
    assert vote.taken_at is None
    sums = reconcile(resolve(vote, SOURCE.register()), spoken_counts=SHEET.chamber.spoken_counts)  # type: ignore[misc]
    assert str(sums.final) == "70–33–4"
    assert sums.verdict is Verdict.SOUND


@pytest.mark.corpus
def test_the_corpus_adds_up(corpus: Path, corpus_minutes: Callable[[Path], list[Any]]) -> None:
    """Announced figures are found for every vote; what does not meet is the minutes' own contradiction, listed here."""
    doubtful, announced, total = set(), 0, 0
    ids: set[str] = set()
    for path in sorted((corpus / "peru" / "minutes").glob("*.pdf")):
        for vote in votes(corpus_minutes(path)):
            sums = reconcile(resolve(vote, roster.register()), spoken_counts=True)
            total += 1
            announced += vote.announced is not None
            assert vote.id not in ids
            ids.add(vote.id)
            if sums.verdict is Verdict.DOUBTFUL:
                doubtful.add((path.name[:20], vote.page))
    assert total == announced == 275
    assert doubtful == {
        ("1.2.3__10-14.set.202", 42),  # announced 16 abstentions, 15 are named
        ("1.2.3__10-14.set.202", 92),  # announced 7 abstentions, 6 are named
        ("1.3.1__09-27.abr.202", 24),  # "del voto de los congresistas …" without saying which way
        ("1.3.1__09-27.abr.202", 150),  # the same
        ("1.3.1__12-17182425.m", 141),  # a member was added after the announcement
        ("1.3.1__12-17182425.m", 285),  # the same
        ("1.3.1__12-17182425.m", 301),  # announced 70–30, neither board nor board and notes
        ("1.3.1__12-17182425.m", 313),  # announced 58, 59 are named
        ("1.3.1__12-17182425.m", 319),  # a member was added "luego de anunciarse el siguiente tema"
        ("1.3.2__06-16.ago.202", 11),  # announced 93, 96 are named (the signed sheet has 96)
        ("1.4.1__11-03_04_05.m", 112),  # "incluyendo el voto del Presidente", whom nothing names
    }


@pytest.mark.corpus
def test_attendance_of_the_corpus(corpus: Path, corpus_minutes: Callable[[Path], list[Any]]) -> None:
    found = corpus_minutes(corpus / "peru" / "minutes" / FOUNDING)
    sittings = [one for one in found if isinstance(one, PrintedSitting)]
    assert [s.date.isoformat() for s in sittings] == [
        "2023-05-17",
        "2023-05-18",
        "2023-05-24",
        "2023-05-25",
        "2023-06-08",
    ]
    eighteenth = sittings[1]
    assert [m.name for m in eighteenth.attendance if m.reason is Reason.SUSPENDED] == ["Wong Pujada"]
    assert len(eighteenth.attendance) == 127
    assert any(isinstance(one, Trouble) and one.code == "no_attendance" for one in found)


def minutes(draw: Draw, *body: str, head: tuple[str, ...] = HEAD) -> bytes:
    return draw(head, [*head, "A las 10:39 h, en el hemiciclo de sesiones, se inició la sesión.", "-", *body])


def test_a_foot_inside_a_list_is_no_name(draw: Draw, document: Callable[..., Document]) -> None:
    content = draw(
        HEAD,
        [*HEAD, "-", "REGISTRO DIGITAL DE VOTACIÓN DE LA CUESTIÓN PREVIA", "CONGRESISTAS QUE VOTARON A FAVOR:", FAVOR],
        [REST, "CONGRESISTA QUE VOTÓ EN CONTRA:", "Héctor Acuña Peralta.", "-"],
    )
    [vote] = votes(list(read_minutes(document(content), SHEET)))
    assert [b.name for b in vote.ballots] == [
        "Alva Prieto", "Anderson Ramírez", "Aragón Carreño", "Luis Cordero Jon Tay", "María Cordero Jon Tay",
        "Guerra-García Campos", "Héctor Acuña Peralta",
    ]  # fmt: skip
    assert str(vote.board) == "6–1–0"
    assert vote.page == 2
    assert vote.kind == "cuestión previa"
    assert vote.subject == "CUESTIÓN PREVIA"
    assert not vote.complete


def test_an_id_leans_on_day_and_heading_alone(draw: Draw, document: Callable[..., Document]) -> None:
    one = ["REGISTRO DIGITAL DE VOTACIÓN DEL PROYECTO 45", "CONGRESISTAS QUE VOTARON A FAVOR:", FAVOR, REST, "-"]
    other = ["REGISTRO DIGITAL DE VOTACIÓN DE LA MOCIÓN 7", "CONGRESISTAS QUE VOTARON A FAVOR:", FAVOR, REST, "-"]
    alone = votes(list(read_minutes(document(minutes(draw, *one)), SHEET)))
    after = votes(list(read_minutes(document(minutes(draw, *other, *one, *one)), SHEET)))
    assert alone[0].id == after[1].id
    assert len({vote.id for vote in after}) == 3
    assert alone[0].id.startswith("pe-2023-05-18-")


def test_lists_without_a_heading_are_a_vote(draw: Draw, document: Callable[..., Document]) -> None:
    body = (
        "Consultado el Pleno, fue aprobada la propuesta por, incluidos los votos orales, 8 votos a favor, 0 votos en",
        "contra y 0 abstenciones.", "-", "CONGRESISTAS QUE VOTARON A FAVOR:", FAVOR, REST, "-",
        "El presidente del Congreso dejó constancia del voto a favor de los congresistas Zeta Chunga y Paredes Piqué.",
    )  # fmt: skip
    found = list(read_minutes(document(minutes(draw, *body)), SHEET))
    [vote] = votes(found)
    assert vote.question is None
    assert vote.kind is None
    assert "fue aprobada la propuesta" in vote.subject
    assert str(vote.announced) == "8–0–0"
    assert len(vote.spoken) == 2
    assert any(isinstance(one, Trouble) and "no heading" in one.message for one in found)


def test_the_announcement_does_not_count_a_note_twice(draw: Draw, document: Callable[..., Document]) -> None:
    body = (
        "Consultado el Pleno, fue aprobada la moción por 6 votos a favor, 0 votos en contra y 0 "
        "abstenciones, más el voto",
        "a favor de la congresista Zeta Chunga, y el voto en contra de la congresista Paredes Piqué, según señaló la",
        "Presidencia.", "-", "REGISTRO DIGITAL DE VOTACIÓN DE LA MOCIÓN 7", "CONGRESISTAS QUE VOTARON A FAVOR:", FAVOR,
        REST, "-", "El congresista Williams Zapata, presidente del Congreso, dejó constancia del voto a favor de la",
        "congresista Zeta Chunga.", "-",
    )  # fmt: skip
    [vote] = votes(list(read_minutes(document(minutes(draw, *body)), SHEET)))
    assert [(s.name, s.now) for s in vote.spoken] == [("Zeta Chunga", Position.YES), ("Paredes Piqué", Position.NO)]
    assert vote.announced_means is Means.BOARD
    assert vote.doubts == ()


def test_note_and_announcement_that_disagree_are_a_doubt(draw: Draw, document: Callable[..., Document]) -> None:
    body = (
        "Fue aprobada la moción por 6 votos a favor, 0 votos en contra y 0 abstenciones, más el voto en contra de la",
        "congresista Zeta Chunga.", "-", "REGISTRO DIGITAL DE VOTACIÓN DE LA MOCIÓN 7",
        "CONGRESISTAS QUE VOTARON A FAVOR:", FAVOR, REST, "-",
        "El presidente del Congreso dejó constancia del voto a favor de la congresista Zeta Chunga.",
    )  # fmt: skip
    [vote] = votes(list(read_minutes(document(minutes(draw, *body)), SHEET)))
    assert len(vote.spoken) == 1
    assert "Zeta Chunga" in vote.doubts[0]


def test_days_of_one_document(draw: Draw, document: Callable[..., Document]) -> None:
    register = ("REGISTRO DIGITAL DE VOTACIÓN DE LA MOCIÓN {}", "CONGRESISTAS QUE VOTARON A FAVOR:", FAVOR, REST, "-")
    body = (
        *(x.format(1) for x in register),
        "EL MIÉRCOLES 24 DE MAYO DE 2023, a las 15:34 h, en el hemiciclo de sesiones, continuó la sesión.",
        *(x.format(2) for x in register),
    )  # fmt: skip
    found = votes(list(read_minutes(document(minutes(draw, *body)), SHEET)))
    assert [vote.sitting_date.isoformat() for vote in found] == ["2023-05-18", "2023-05-24"]


def test_a_printed_count_is_held_against_the_names(draw: Draw, document: Callable[..., Document]) -> None:
    body = ("REGISTRO DIGITAL DE VOTACIÓN DE LA MOCIÓN 7", "CONGRESISTAS QUE VOTARON A FAVOR (7):", FAVOR, REST, "-")
    [vote] = votes(list(read_minutes(document(minutes(draw, *body)), SHEET)))
    assert any("prints 7 and holds 6" in doubt for doubt in vote.doubts)


def test_a_list_head_that_is_not_understood_is_reported(draw: Draw, document: Callable[..., Document]) -> None:
    body = ("VOTARON EN CONTRA:", FAVOR, REST, "-")
    found = list(read_minutes(document(minutes(draw, *body)), SHEET))
    assert votes(found) == []
    [trouble] = [one for one in found if isinstance(one, Trouble) and one.code == "list_not_read"]
    assert trouble.severity is Severity.DOUBTFUL


def test_the_chairs_own_vote_without_a_name_is_a_doubt(draw: Draw, document: Callable[..., Document]) -> None:
    lists = ("REGISTRO DIGITAL DE VOTACIÓN DE LA MOCIÓN 7", "CONGRESISTAS QUE VOTARON A FAVOR:", FAVOR, REST, "-")
    named = "El presidente del Congreso dejó constancia de su voto a favor."
    unnamed = "La vicepresidenta, en ejercicio de la presidencia, dejó constancia de su voto a favor."
    [vote] = votes(list(read_minutes(document(minutes(draw, *lists, named)), SHEET)))
    assert [s.name for s in vote.spoken] == ["Williams Zapata"]
    [vote] = votes(list(read_minutes(document(minutes(draw, *lists, unnamed)), SHEET)))
    assert vote.spoken == ()
    assert "without a name" in vote.doubts[0]


def test_minutes_without_votes_are_a_sitting(draw: Draw, document: Callable[..., Document]) -> None:
    found = list(read_minutes(document(minutes(draw, "La PRESIDENTA levantó la sesión.")), SHEET))
    assert votes(found) == []
    assert any(isinstance(one, PrintedSitting) for one in found)


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ([["Dictamen de la Comisión de Economía", "Lima, 3 de mayo de 2023"]], "not_minutes"),
        ([["CONGRESO DE LA REPÚBLICA", "ACTA DE LA SESIÓN DEL PLENO"]], "no_sitting_date"),
    ],
)
def test_other_papers_are_unreadable(
    draw: Draw, document: Callable[..., Document], pages: list[list[str]], code: str
) -> None:
    with pytest.raises(Unreadable) as error:
        list(read_minutes(document(draw(*pages)), SHEET))
    assert error.value.code == code


def test_it_starts_at_the_listing_with_its_window() -> None:
    [request] = start(Window(date(2023, 5, 1), date(2023, 6, 30)), SHEET)
    assert request.role == "listing"
    assert request.context["since"] == "2023-05-01"
    assert SOURCE.roles["listing"].required
    forms = [request.url]
    while more := list(SOURCE.roles["listing"].missing(request, SHEET)):
        [request] = more
        forms.append(request.url)
    assert len(set(forms)) == 3


def test_nothing_is_left_unread_between_heading_and_list(draw: Draw, document: Callable[..., Document]) -> None:
    def names() -> Iterator[str]:
        lists = (
            "CONGRESISTAS QUE VOTARON EN CONTRA:",
            "Zeta Chunga.",
            "CONGRESISTAS QUE SE",
            "ABSTUVIERON:",
            FAVOR,
            REST,
        )
        for vote in votes(
            list(read_minutes(document(minutes(draw, "REGISTRO DE VOTACIÓN DE LA MOCIÓN 9", *lists)), SHEET))
        ):
            yield str(vote.board)

    assert list(names()) == ["0–1–6"]
