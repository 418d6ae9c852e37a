"""Is a transcribed record read as it stands, and is what speaks against it said and never mended?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import checkouts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.evidence import Document, Request
from tracker.domain.legislature import PaperKind
from tracker.domain.reconcile import Reconciliation, Verdict, reconcile
from tracker.domain.votes import Position, PrintedSitting, PrintedVote, Reason, Status, Tally, Vote
from tracker.pipeline.resolve import resolve
from tracker.sources.catalogue import source
from tracker.sources.contract import Finding, Trouble, Unreadable, Window
from tracker.sources.peru import openpolitica, transcribed, transcript

if TYPE_CHECKING:
    from checkouts import Record

SOURCE = source("pe_openpolitica")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2023, 10, 20)


def read(content: bytes) -> list[Finding]:
    document = Document.of(Request("https://example.test/record", "record"), content, NOW)
    return list(SOURCE.roles["record"].read(document, SOURCE.sheet))


def vote_of(content: bytes) -> PrintedVote:
    [vote] = [found for found in read(content) if isinstance(found, PrintedVote)]
    return vote


def told(content: bytes) -> dict[str, str]:
    return {found.code: found.message for found in read(content) if isinstance(found, Trouble)}


def weighed(vote: PrintedVote) -> tuple[Vote, Reconciliation]:
    placed = resolve(vote, SOURCE.register() if SOURCE.register else None)
    return placed, reconcile(placed, spoken_counts=SOURCE.sheet.chamber.spoken_counts)


@pytest.fixture
def record() -> Record:
    return list(checkouts.invented(DAY, 1))[-1]


@pytest.fixture
def attendance() -> Record:
    return next(iter(checkouts.invented(DAY, 0)))


def swapped(record: Record, change: Callable[[str, str, str], tuple[str, str, str]]) -> Record:
    return replace(record, rows=[change(*row) for row in record.rows])


def test_it_is_a_transcription_of_lower_rank_that_nobody_asks_for() -> None:
    sheet = SOURCE.sheet
    ranks = {slug: source(slug).sheet.rank for slug in ("pe_sheets", "pe_minutes", "pe_openpolitica")}
    assert sorted(ranks, key=ranks.__getitem__) == ["pe_sheets", "pe_minutes", "pe_openpolitica"]
    assert sheet.kind is PaperKind.TRANSCRIPTION
    assert sheet.credit is not None
    assert sheet.credit.repository == checkouts.REPOSITORY
    assert not sheet.asked
    assert list(SOURCE.start(Window(DAY, DAY), sheet)) == []
    assert sheet.chamber == source("pe_sheets").sheet.chamber
    mine, theirs = sheet.codes, source("pe_sheets").sheet.codes
    assert {code for code in mine if code not in theirs} == {"FALTO"}
    assert all(
        (mine[c].position, mine[c].reason) == (theirs[c].position, theirs[c].reason) for c in mine if c in theirs
    )
    assert set(transcribed.WORDS.values()) | set(transcribed.RAW.values()) | {"***"} == set(mine)


def test_the_founding_vote() -> None:
    vote = vote_of(checkouts.document(checkouts.founding()))
    assert (vote.id, vote.sitting_date) == ("pe-op-2023-05-19T00-10", date(2023, 5, 18))
    assert vote.taken_at is not None
    assert vote.taken_at.isoformat() == "2023-05-19T00:10:00-05:00"
    assert vote.board == Tally(69, 31, 4, 0, 26)
    assert vote.official_urls == (checkouts.PDF.format(checkouts.KEY, "18-05-23"),)
    placed, sums = weighed(vote)
    assert sums.final == Tally(70, 33, 4, 0, 23)
    reasons = {ballot.member: ballot.code.reason for ballot in placed.ballots}
    spoken = [(said.name, said.now, said.was, reasons[said.member]) for said in placed.spoken]
    assert spoken == [
        ("Flores Ruíz", Position.YES, Position.NOT_CAST, Reason.ABSENT),
        ("Taipe Coronado", Position.NO, Position.NOT_CAST, Reason.LEAVE_OFFICIAL),
        ("Portalatino Ávalos", Position.NO, Position.NOT_CAST, Reason.ABSENT),
    ]
    assert placed.unresolved == ()
    assert sums.verdict is Verdict.UNCHECKED, "their programme counts the roll: that its own totals meet proves nothing"
    assert sums.differences == ()


@pytest.mark.parametrize(("word", "code"), [*transcribed.WORDS.items(), *transcribed.RAW.items()])
def test_each_word_is_a_code_of_the_sheet(record: Record, word: str, code: str) -> None:
    changed = swapped(record, lambda g, name, w: (g, name, word if name == record.rows[0][1] else w))
    content = checkouts.document(changed)
    ballot = vote_of(content).ballots[0]
    assert ballot.code.printed == code
    assert ("raw_word" in told(content)) == (word in transcribed.RAW and word not in transcribed.WORDS)


def test_a_word_that_is_not_listed_is_refused_by_name(record: Record) -> None:
    with pytest.raises(Unreadable, match="TALVEZ") as refusal:
        read(checkouts.document(swapped(record, lambda g, name, w: (g, name, w.replace("ABSTENCION", "TALVEZ")))))
    assert refusal.value.code == "unknown_code"


def test_the_chair_is_the_row_of_the_president_and_nobody_else(record: Record) -> None:
    vote = vote_of(checkouts.document(record))
    assert [b.name for b in vote.ballots if b.code.reason is Reason.CHAIR] == [record.president]
    silent = swapped(record, lambda g, name, w: (g, name, "SIN_RESPONDER" if w == "AUSENTE" else w))
    codes = Counter(b.code.printed for b in vote_of(checkouts.document(silent)).ballots)
    assert (codes["***"], codes["SinRes"]) == (1, sum(w == "AUSENTE" for _, _, w in record.rows))


@pytest.mark.parametrize("slip", ["SI", "AUSENTE"])
def test_a_president_marked_otherwise_is_left_and_doubted(record: Record, slip: str) -> None:
    changed = swapped(record, lambda g, name, w: (g, name, slip if name == record.president else w))
    vote = vote_of(checkouts.document(changed))
    assert [b.code.printed for b in vote.ballots if b.name == record.president] == [transcribed.WORDS[slip]]
    assert vote.board == Tally(**_counts(changed))
    assert weighed(vote)[1].verdict is Verdict.DOUBTFUL
    assert f"stands at {slip}" in vote.doubts[0]


def _counts(record: Record) -> dict[str, int]:
    words = Counter(word for _, _, word in record.rows)
    cast = {"yes": words["SI"], "no": words["NO"], "abstain": words["ABSTENCION"]}
    return cast | {"not_cast": len(record.rows) - sum(cast.values())}


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("dente: ALVA PRIETO, MARÍA DEL CARMEN", "ALVA PRIETO, MARÍA DEL CARMEN"),
        ("MOYANO DELGADO, MARTHALUPE", "MOYANO DELGADO, MARTHA LUPE"),
        ("MONTOYA MANRIQUE, JORGE", "MONTOYA MANRIQUE, JORGE C."),
        ("NADIE NUNCA, JUAN", None),
        ("", None),
    ],
)
def test_a_president_misspelt_is_found_if_there_is_one_only(record: Record, printed: str, row: str | None) -> None:
    changed = replace(
        swapped(record, lambda g, name, w: (g, name, "SIN_RESPONDER" if w == "ABSTENCION" or name == row else w)),
        president=printed,
    )
    vote = vote_of(checkouts.document(changed))
    chairs = [ballot.name for ballot in vote.ballots if ballot.code.reason is Reason.CHAIR]
    assert len(chairs) == (row is not None)
    assert all(name[:12] == (row or "")[:12] for name in chairs)
    assert any("presiding member" in doubt for doubt in vote.doubts) == (row is None)


def test_somebody_who_left_is_nobodys_row(record: Record) -> None:
    changed = swapped(
        record, lambda g, name, w: (g, "HERRERA MAMANI, FERNANDO MARIO" if name.startswith("ROSPIGL") else name, w)
    )
    vote = vote_of(checkouts.document(changed))
    assert len(vote.doubts) == 2
    assert "HERRERA MAMANI" in vote.doubts[0]
    assert "ROSPIGLIOSI" in vote.doubts[1]
    placed, sums = weighed(vote)
    assert placed.unresolved == ("HERRERA MAMANI, FERNANDO MARIO",)
    assert sums.verdict is Verdict.DOUBTFUL


def test_the_row_of_a_member_who_died_is_no_strangers() -> None:
    [_, vote] = checkouts.invented(date(2021, 10, 28), 1)
    assert any(name.startswith("HERRERA MAMANI") for _, name, _ in vote.rows)
    assert vote_of(checkouts.document(vote)).doubts == ()


def test_a_record_whose_times_differ_has_no_clock_time(record: Record) -> None:
    vote = vote_of(checkouts.document(replace(record, clock=record.taken.replace(hour=9, minute=11))))
    assert (vote.id, vote.taken_at) == ("pe-op-2023-10-20T10-00", None)
    assert "09:11" in vote.doubts[0]
    assert "copy" in vote.doubts[0]


@pytest.mark.parametrize(
    ("name", "doubted"), [("2023-10-21T05-26", False), ("2023-10-22T00-01", True), ("2023-10-19T23-59", True)]
)
def test_a_record_belongs_to_its_sitting_or_the_night_after(record: Record, name: str, doubted: bool) -> None:
    vote = vote_of(checkouts.document(replace(record, name=name)))
    assert vote.sitting_date == DAY
    assert bool(vote.doubts) == doubted == (vote.taken_at is None)


def test_a_sitting_that_calls_itself_another_is_doubted(record: Record) -> None:
    session = record.files()[f"{record.day}/pleno.csv"].replace(b"dia,2023-10-20", b"dia,2023-10-21")
    assert any("2023-10-21" in doubt for doubt in vote_of(checkouts.document(record, pleno=session)).doubts)


def test_totals_and_table_are_held_against_the_roll(record: Record) -> None:
    files = {path.rpartition("/")[2]: content for path, content in record.files().items()}
    more = files["resultados.csv"].replace(b"si,", b"si,1")
    vote = vote_of(checkouts.document(record, resultados=more))
    assert vote.board is not None
    assert vote.board.yes == 100 + sum(word == "SI" for _, _, word in record.rows), "the board stays as it is given"
    assert [doubt.split(",")[0] for doubt in vote.doubts] == [f"resultados.csv has {vote.board.yes} si"]
    other = files["resultados_grupo.csv"].replace(b"\nFP,", b"\nXX,")
    doubts = vote_of(checkouts.document(record, resultados_grupo=other)).doubts
    assert any("XX" in doubt for doubt in doubts)
    assert any("lacks: FP" in doubt for doubt in doubts)


def test_a_president_alone_and_a_file_that_calls_itself_provisional(record: Record) -> None:
    pdf = checkouts.PDF.format(checkouts.KEY, "20-10-23").replace("OFICIAL", "PROVISIONAL")
    assert vote_of(checkouts.document(replace(record, pdf=pdf))).status is Status.PROVISIONAL
    assert vote_of(checkouts.document(record)).status is Status.OFFICIAL


@pytest.mark.parametrize(
    "pdf",
    [
        "javascript:alert(1)", "https://congreso.gob.pe.example.test/x.pdf", "https://example.test/?www2.congreso.gob.pe",
        "file:///etc/passwd", "https://[/", "", "https://www2.congreso.gob.pe/" + "x" * 600,
        "https://user@example.test:80\\@www2.congreso.gob.pe/",
    ],
)  # fmt: skip
def test_no_address_but_the_congresss_own_becomes_a_link(record: Record, pdf: str) -> None:
    content = checkouts.document(replace(record, pdf=pdf or " "))
    assert vote_of(content).official_urls == ()
    assert "no_official_page" in told(content)


def test_a_sitting_with_two_files_has_both_addresses(record: Record) -> None:
    both = [checkouts.PDF.format(key * 32, "20-10-23") for key in "BC"]
    content = checkouts.document(replace(record, pdf=" ".join(both)))
    assert vote_of(content).official_urls == tuple(both)
    assert "no_official_page" not in told(content)
    assert len(vote_of(checkouts.document(replace(record, pdf=f"{both[0]} javascript:x"))).official_urls) == 1


def test_notes_are_heard_and_those_of_the_annotators_are_not(record: Record) -> None:
    said = "El presidente del Congreso deja constancia del voto a favor de la congresista Portalatino Ávalos."
    remarks = [
        "(OP) Congresista faltante: DÍAZ MONAGO, FREDDY RONALD",
        "(Transparencia) Son 10 congresistas sin responder, pero en el agregado salen 9.",
        "El asunto se encuentra incompleto.",
        "En el PDF aparece que hay 9 ausentes; sin embargo hay 8",
    ]
    content = checkouts.document(replace(record, notes=[said, said, *remarks]))
    vote = vote_of(content)
    assert [one.name for one in vote.spoken] == ["Portalatino Ávalos"]
    assert vote.spoken_whole
    assert vote.doubts == ()
    assert {"note_twice", "read_with_remark"} <= told(content).keys()


def test_a_note_that_is_not_understood_leaves_the_sum_open(record: Record) -> None:
    note = (
        "El presidente del Congreso deja constancia del voto de los congresistas Portalatino Ávalos y Pariona Sinche."
    )
    vote = vote_of(checkouts.document(replace(record, notes=[note])))
    assert not vote.spoken_whole
    assert weighed(vote)[1].final is None


def test_notes_in_disorderly_quotes_are_read_line_by_line(record: Record) -> None:
    said = "El presidente del Congreso deja constancia del voto a favor de Portalatino Ávalos, Soto Reyes."
    content = checkouts.document(record, notas=f'hora,nota\n10:00,","{said}" \n'.encode())
    assert [one.name for one in vote_of(content).spoken] == ["Portalatino Ávalos", "Soto Reyes"]
    assert "broken_quotes" in told(content)


@pytest.mark.parametrize("name", ["resultados", "resultados_grupo", "notas", "pleno"])
def test_a_file_that_is_missing_is_said_and_the_rest_is_read(record: Record, name: str) -> None:
    content = checkouts.document(record, **{name: None})
    vote = vote_of(content)
    assert len(vote.ballots) == len(record.rows)
    assert name in told(content)["missing_file"]
    assert (vote.board is None) == (name == "resultados")
    assert (vote.groups == ()) == (name == "resultados_grupo")


@pytest.mark.parametrize("name", ["metadatos", "votaciones"])
def test_without_its_roll_or_its_metadata_there_is_no_record(record: Record, name: str) -> None:
    with pytest.raises(Unreadable, match=name) as refusal:
        read(checkouts.document(record, **{name: None}))
    assert refusal.value.code == "missing_file"


def test_a_column_of_numbers_and_an_old_table_are_read(record: Record) -> None:
    lines = record.files()[f"{record.folder}/votaciones.csv"].decode().splitlines()
    numbered = "\n".join(f"{n or 'numero'},{line}" for n, line in enumerate(lines)).encode()
    assert (
        vote_of(checkouts.document(record, votaciones=numbered)).ballots == vote_of(checkouts.document(record)).ballots
    )


def test_an_attendance_list_keeps_its_marks_and_its_time(attendance: Record) -> None:
    note = "El presidente del Congreso deja constancia de la asistencia de la congresista Portalatino Ávalos."
    content = checkouts.document(replace(attendance, notes=[note]))
    [sitting, remark] = read(content)
    assert isinstance(sitting, PrintedSitting)
    assert isinstance(remark, Trouble)
    assert sitting.taken_at is not None
    assert sitting.taken_at.isoformat() == "2023-10-20T09:45:00-05:00"
    assert Counter(mark.code for mark in sitting.attendance) == Counter(
        transcribed.WORDS[word] for _, _, word in attendance.rows
    )
    assert {mark.reason for mark in sitting.attendance if mark.code == "PRE"} == {None}
    assert remark.code == "present_by_note"
    assert "Portalatino Ávalos" in remark.message


@pytest.mark.parametrize(
    "path",
    [
        "data/2021-2026/2023/05/18/2023-05-19T00-10-debate",
        "data/2021-2026/2023/05/32/2023-05-19T00-10-votacion",
        "data/2021-2026/2023/05/18/2023-05-19T24-10-votacion",
        "data/2021-2026/2021-2022/2021-07/2021-07-23/2021-07-23T08-32-asistencia",
        "../data/2021-2026/2023/05/18/2023-05-19T00-10-votacion",
        "data/2021-2026/2023/05/18/2023-05-19T00-10-votacion/x",
        "",
    ],
)
def test_other_folders_are_no_records(path: str) -> None:
    assert transcript.place(path) is None
    assert openpolitica.place(path) is None


@settings(max_examples=60)
@given(
    st.binary(max_size=300),
    st.sampled_from(["metadatos", "votaciones", "resultados", "resultados_grupo", "notas", "pleno"]),
)
def test_no_bytes_in_any_file_end_in_anything_but_a_finding(content: bytes, name: str) -> None:
    """Whatever stands in a file: a vote as long as the roll, or a refusal with a code. Never another exception."""
    record = list(checkouts.invented(DAY, 1))[-1]
    try:
        found = read(checkouts.document(record, **{name: content}))
    except Unreadable:
        return
    assert any(isinstance(one, PrintedVote) for one in found)


@settings(max_examples=40)
@given(st.text(max_size=200), st.text(max_size=60))
def test_hostile_text_stays_text(subject: str, president: str) -> None:
    plain = subject.replace('"', "'").encode("utf-8", "replace").decode().replace("\0", "")
    named = president.replace('"', "'").encode("utf-8", "replace").decode().replace("\0", "")
    record = replace(list(checkouts.invented(DAY, 1))[-1], subject=plain, president=named)
    vote = vote_of(checkouts.document(record))
    assert vote.subject in (" ".join(plain.split()), "(votación sin asunto)")
    json.dumps(vote.subject)


@pytest.mark.corpus
def test_every_vote_of_the_facts_comes_out_as_the_facts_have_it(corpus: Path) -> None:
    """2,097 votes: every ballot with its group, the board, each group's row, the clock and the notes."""
    votes = ballots = 0
    verdicts: Counter[str] = Counter()
    doubted: Counter[str] = Counter()
    for facts, record in checkouts.of_facts(corpus, "votacion"):
        vote = vote_of(checkouts.document(record))
        votes += 1
        ballots += len(vote.ballots)
        _same(vote, facts, record)
        verdicts[weighed(vote)[1].verdict] += 1
        doubted.update(kind for kind in KNOWN_FAULTS if any(kind in doubt for doubt in vote.doubts))
    assert (votes, ballots) == (2097, 272511)
    assert doubted == KNOWN_FAULTS
    assert verdicts[Verdict.SOUND] == 0
    assert sum(KNOWN_FAULTS.values()) - 4 <= verdicts[Verdict.DOUBTFUL] <= 40, "what the notes leave open comes on top"


KNOWN_FAULTS = {"stands at SI": 6, "stands at AUSENTE": 5, "or this is a copy": 4, "no member's": 4, "without a row": 4}
"""How many votes to October 2023 have each of the faults that are known of the transcription."""


def _same(vote: PrintedVote, facts: dict[str, Any], record: Record) -> None:
    where = facts["id"]
    chair = [b for b in vote.ballots if b.code.printed == "***"]
    words = {printed: word for word, printed in transcribed.WORDS.items()} | {"***": "SIN_RESPONDER"}
    assert [(b.group, b.name, words[b.code.printed]) for b in vote.ballots] == [tuple(row) for row in record.rows], (
        where
    )
    if not facts.get("fixes"):
        assert [list(row) for row in record.rows] == facts["votes"], where
    silent = [word for group, name, word in record.rows if name == facts["president"]] == ["SIN_RESPONDER"]
    assert len(chair) == 1 or not silent, where
    board = facts["board"]
    rest = board["numero_legal"] - board["si"] - board["no"] - board["abstenciones"]
    assert vote.board == Tally(board["si"], board["no"], board["abstenciones"], 0, rest), where
    assert {row.code: row.tally for row in vote.groups} == {
        code: Tally(
            row["si"], row["no"], row["abstenciones"], 0,
            row["sin_responder"] + row["ausentes"] + row["licencias"] + row["otros"],
        )
        for code, row in facts["groups"].items()
    }, where  # fmt: skip
    assert vote.sitting_date.isoformat() == facts["sitting"], where
    taken = vote.taken_at.strftime("%Y-%m-%dT%H:%M") if vote.taken_at else None
    assert taken == (None if facts.get("suspect") else facts["datetime"]), where
    assert vote.subject == " ".join(facts["subject"].split()), where
    assert " ".join(vote.official_urls) == facts["pdf"], where


@pytest.mark.corpus
def test_every_note_of_the_facts_reaches_the_ledger(corpus: Path) -> None:
    """884 notes: read out of the record's file they are those of the facts, once each."""
    notes = 0
    for facts, record in checkouts.of_facts(corpus, "votacion"):
        said = transcript.read(checkouts_bundle(record), "x")
        assert list(said.notes) == list(dict.fromkeys(" ".join(note.split()) for note in facts["notes"])), facts["id"]
        notes += len(facts["notes"])
    assert notes == 884


def checkouts_bundle(record: Record) -> Any:
    from tracker.sources.peru import bundle

    return bundle.unpack(checkouts.document(record), "x")


@pytest.mark.corpus
def test_every_attendance_list_of_the_facts_comes_out_as_the_facts_have_it(corpus: Path) -> None:
    """1,650 lists."""
    lists = marks = 0
    for facts, record in checkouts.of_facts(corpus, "asistencia"):
        sitting = next(found for found in read(checkouts.document(record)) if isinstance(found, PrintedSitting))
        codes = [transcribed.WORDS[word] for _, _, word in facts["marks"]]
        assert [(mark.name, mark.code) for mark in sitting.attendance] == [
            (name, code) for (_, name, _), code in zip(facts["marks"], codes, strict=True)
        ], facts["id"]
        lists, marks = lists + 1, marks + len(codes)
    assert (lists, marks) == (1650, 214418)
