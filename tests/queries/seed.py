"""A small database to read: votes of three chambers, with what is odd about each, stored by the real writer."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert

from tracker.domain.bills import BillRecord
from tracker.domain.changes import facts_of
from tracker.domain.evidence import Document, Request
from tracker.domain.legislature import Legislature, OfficialPage, Paper
from tracker.domain.majority import Base, Rule
from tracker.domain.people import Group, Mandate, Person, Register, Spell, fold
from tracker.domain.reconcile import reconcile
from tracker.domain.votes import (
    Ballot,
    Code,
    GroupTally,
    Means,
    Position,
    PrintedBallot,
    PrintedVote,
    Reason,
    Spoken,
    Status,
    Tally,
    Vote,
)
from tracker.storage.engine import open_engine, upgrade
from tracker.storage.tables import metadata
from tracker.storage.write import Fetch, Noticed, Reading, Writer

FOUNDING = "pe-2023-05-18-23"
SHEET = "pe-2023-05-18-sheet-23"
HOUSE = "us-house-2023-519"
SPEAKER = "us-house-2023-20"
QUORUM = "us-house-2023-1"
SENATE = "us-senate-117-1-59"
CORRECTED = "us-house-2023-300"
DOUBTFUL = "us-house-2023-301"
HOSTILE = "us-house-2023-302"
NASTY = (
    "<script>alert(1)</script> **bold** $\\frac{1}{2}$ [link](javascript:alert(2)) :red[x] `code` <img src=x onerror=a>"
)
LIMA, NEW_YORK = ZoneInfo("America/Lima"), ZoneInfo("America/New_York")
TROOPS = tomllib.loads((Path(__file__).parent / "troops.toml").read_text(encoding="utf-8"))

GROUPS = {
    "FP": "Fuerza Popular", "PL": "Perú Libre", "AP": "Acción Popular", "APP": "Alianza para el Progreso",
    "BM": "Bloque Magisterial de Concertación Nacional", "AP-PIS": "Avanza País - Partido de Integración Social",
    "RP": "Renovación Popular", "PP": "Podemos Perú", "SP": "Somos Perú", "PB": "Perú Bicentenario",
    "CD-JPP": "Cambio Democrático - Juntos por el Perú",
}  # fmt: skip

PERU = Legislature(
    "pe_congress", "Congreso de la República del Perú", "Congreso del Perú", "PE", "es", "America/Lima", 130,
    True, True, "the chair's note is read into the minutes and counted in the figure announced",
    "Peru's Congress", "el Congreso del Perú",
)  # fmt: skip
MINUTES = Paper(
    "pe_minutes", PERU, "Actas del Pleno", "Congreso de la República",
    "https://www.congreso.gob.pe/actas-agendas-y-acuerdos/", "open", "mon-fri 9-22 h (America/Lima)",
    {**{code: Group(code, name) for code, name in GROUPS.items()}, "NA": Group("NA", "No agrupados", attached=False)},
    {"mayoría simple": Rule("mayoría simple", Fraction(1, 2), Base.YES_AND_NO, "Reglamento, artículo 52")},
)  # fmt: skip
HOUSE_LAW = Legislature(
    "us_house", "United States House of Representatives", "US House", "US", "en", "America/New_York", 435,
    False, False, "every vote cast is on the printed roll",
    "the U.S. House", "la Cámara de Representantes de Estados Unidos",
)  # fmt: skip
PARTIES = {"R": Group("R", "Republican"), "D": Group("D", "Democratic"), "I": Group("I", "Independent", attached=False)}
CLERK = Paper(
    "us_house", HOUSE_LAW, "Roll call votes", "Office of the Clerk", "https://clerk.house.gov/Votes", "public domain",
    "mon-fri 9-23 h (America/New_York)", PARTIES,
    {
        "YEA-AND-NAY": Rule("YEA-AND-NAY", Fraction(1, 2), Base.YES_AND_NO, "Rule XX, clause 1"),
        "2/3 YEA-AND-NAY": Rule("2/3 YEA-AND-NAY", Fraction(2, 3), Base.YES_AND_NO, "Rule XV, clause 1"),
    },
)  # fmt: skip
SENATE_LAW = Legislature(
    "us_senate", "United States Senate", "US Senate", "US", "en", "America/New_York", 100,
    False, True, "the Vice President's casting vote is no senator's ballot",
    "the U.S. Senate", "el Senado de Estados Unidos",
)  # fmt: skip
LIS = Paper(
    "us_senate", SENATE_LAW, "Roll call votes", "Secretary of the Senate", "https://www.senate.gov/", "public domain",
    "mon-fri 9-23 h (America/New_York)", PARTIES,
    {
        "1/2": Rule("1/2", Fraction(1, 2), Base.YES_AND_NO, "Constitution, article I, section 3"),
        "3/5": Rule("3/5", Fraction(3, 5), Base.SWORN, "Rule XXII"),
    },
)  # fmt: skip

PERU_CODES = {
    "SI +++": Code("SI +++", Position.YES), "NO ---": Code("NO ---", Position.NO),
    "Abst.": Code("Abst.", Position.ABSTAIN), "SinRes": Code("SinRes", Position.NOT_CAST, Reason.NO_RESPONSE),
    "aus": Code("aus", Position.NOT_CAST, Reason.ABSENT), "LO": Code("LO", Position.NOT_CAST, Reason.LEAVE_OFFICIAL),
    "LE": Code("LE", Position.NOT_CAST, Reason.LEAVE_SICK), "LP": Code("LP", Position.NOT_CAST, Reason.LEAVE_PERSONAL),
    "Sus": Code("Sus", Position.NOT_CAST, Reason.SUSPENDED),
}  # fmt: skip
NOTE = (
    "El presidente del Congreso dejó constancia del voto a favor del congresista Flores Ruiz, y del voto en contra "
    "de las congresistas Taipe Coronado y Portalatino Ávalos."
)
SUBJECT = (
    "PROYECTO DE RESOLUCIÓN LEGISLATIVA 4766, QUE PROPONE AUTORIZAR EL INGRESO DE PERSONAL MILITAR EXTRANJERO DE LOS "
    "ESTADOS UNIDOS DE AMÉRICA, CON ARMAS DE GUERRA, AL TERRITORIO DE LA REPÚBLICA DEL PERÚ"
)


def slug(name: str) -> str:
    """Return a member's id."""
    return fold(name).replace(" ", "-")


def register() -> Register:
    """Return the members of Peru's Congress with the group printed beside them that night."""
    spells = lambda group: (Spell(group, date(2023, 1, 1), date(2023, 7, 25)),)  # noqa: E731
    return Register(
        Mandate(Person(slug(name), name), date(2021, 7, 27), groups=spells(group))
        for groups in TROOPS.values()
        for group, names in groups.items()
        for name in names
    )


def founding(*, whole: bool = False, **more: Any) -> Vote:
    """Return the vote this product began with: as the minutes have it, or `whole` as the sheet does, with reasons."""
    printed, members = [], {}
    for mark, groups in TROOPS.items():
        code = PERU_CODES[mark]
        if not whole and code.position is Position.NOT_CAST:
            continue
        for group, names in groups.items():
            for name in names:
                printed.append(PrintedBallot(name, code, group if whole else None))
                members[name] = (slug(name), group)
    was = Position.NOT_CAST if whole else None
    spoken = tuple(
        Spoken(name, was, now, NOTE, member=slug(full))
        for name, now, full in (
            ("Flores Ruiz", Position.YES, "Flores Ruíz, Víctor Seferino"),
            ("Taipe Coronado", Position.NO, "Taipe Coronado, María Elizabeth"),
            ("Portalatino Ávalos", Position.NO, "Portalatino Ávalos, Kelly Roxana"),
        )
    )
    vote = PrintedVote(**({
        "legislature": "pe_congress", "key": "2023-05-18/23", "id": SHEET if whole else FOUNDING,
        "sitting_date": date(2023, 5, 18), "taken_at": datetime(2023, 5, 19, 0, 10, tzinfo=LIMA),
        "subject": SUBJECT, "bills": ("4766",), "ballots": tuple(printed), "complete": whole, "period": "2021-2026",
        "board": Tally(69, 31, 4, not_cast=26) if whole else Tally(69, 31, 4), "announced": Tally(70, 33, 4),
        "announced_means": Means.FINAL, "announced_text": "70 votos a favor, 33 en contra y 4 abstenciones",
        "result": None, "spoken": spoken, "page": 1 if whole else 61, "board_from_names": not whole,
    } | more))  # fmt: skip
    ballots = tuple(Ballot(b.name, b.code, members[b.name][1], b.ref, b.region, members[b.name][0]) for b in printed)
    return Vote(vote, ballots, vote.spoken)


YEA, NAY, PRESENT = Code("Yea", Position.YES), Code("Nay", Position.NO), Code("Present", Position.PRESENT)
AWAY = Code("Not Voting", Position.NOT_CAST)
STATES = ("CA", "TX", "NY", "FL", "PA", "OH", "IL", "GA", "NC", "MI")


def roll(marks: Iterable[tuple[Code, str, int]], prefix: str = "H") -> tuple[PrintedBallot, ...]:
    """Return ballots: so many of a code from a party, with identifiers and states."""
    printed: list[PrintedBallot] = []
    for code, party, count in marks:
        for _ in range(count):
            n = len(printed) + 1
            printed.append(PrintedBallot(f"Member {n:03d}", code, party, f"{prefix}{n:05d}", STATES[n % len(STATES)]))
    return tuple(printed)


def american(id: str, day: date, subject: str, marks: Iterable[tuple[Code, str, int]], **more: Any) -> Vote:
    """Return a vote of a United States chamber, board and table by party made by the ballots unless told otherwise."""
    house = id.startswith("us-house")
    printed = roll(marks, "H" if house else "S")
    facts: dict[str, Any] = {
        "legislature": "us_house" if house else "us_senate", "key": id, "id": id, "sitting_date": day,
        "subject": subject, "ballots": printed, "complete": True,
        "taken_at": datetime(day.year, day.month, day.day, 13, 37, tzinfo=NEW_YORK),
        "board": Tally.count(b.code for b in printed), "question": "On Passage", "kind": "YEA-AND-NAY",
        "requirement": "YEA-AND-NAY", "result": "Passed", "groups": tables(printed) if house else (), "period": "118",
    } | more  # fmt: skip
    vote = PrintedVote(**facts)
    return Vote(vote, tuple(Ballot(*b, b.ref) for b in vote.ballots), vote.spoken)


def tables(printed: Iterable[PrintedBallot]) -> tuple[GroupTally, ...]:
    """Return the table by party that fits ballots."""
    parties: dict[str, list[Code]] = {}
    for ballot in printed:
        parties.setdefault(ballot.group or "", []).append(ballot.code)
    return tuple(GroupTally(party, PARTIES[party].name, Tally.count(codes)) for party, codes in parties.items())


def candidate(name: str) -> Code:
    """Return the code of a ballot for a candidate for Speaker."""
    return Code(name, Position.OTHER)


def house_votes() -> list[Vote]:
    """Return votes of the House: a passage, an election of a Speaker, a quorum call, a doubtful and a hostile one."""
    split = [(YEA, "R", 200), (YEA, "D", 77), (NAY, "R", 21), (NAY, "D", 127), (AWAY, "R", 1), (AWAY, "D", 8)]
    return [
        american(HOUSE, date(2023, 9, 28), "H.R. 4365: Department of Defense Appropriations Act, 2024", split,
                 bills=("H.R. 4365",)),
        american(SPEAKER, date(2023, 1, 7), "Election of the Speaker",
                 [(candidate("McCarthy"), "R", 216), (candidate("Jeffries"), "D", 212), (PRESENT, "R", 6)],
                 kind="QUORUM", requirement=None, question="Election of the Speaker", result="McCarthy", groups=()),
        american(QUORUM, date(2023, 1, 3), "Call by States", [(PRESENT, "R", 222), (PRESENT, "D", 212)],
                 kind="QUORUM", requirement=None, question="Call by States", result="Passed", groups=()),
        american(DOUBTFUL, date(2023, 6, 30), "H.R. 9: A bill that does not add up", split,
                 board=Tally(278, 148, not_cast=9), bills=("H.R. 9",), groups=()),
        american(HOSTILE, date(2023, 6, 30), NASTY, [(YEA, "R", 2), (NAY, "D", 1)], question=NASTY, result=NASTY,
                 groups=(), bills=("H.R. 11",)),
    ]  # fmt: skip


def senate_vote() -> Vote:
    """Return the confirmation that the Vice President decided: 50–50, then hers."""
    marks = [(YEA, "D", 48), (YEA, "I", 2), (NAY, "R", 50)]
    return american(
        SENATE, date(2021, 2, 24), "Colin Hackett Kahl, of California, to be Under Secretary of Defense for Policy",
        marks, question="On the Cloture Motion", kind="On the Cloture Motion", requirement="1/2",
        result="Cloture Motion Agreed to",
        spoken=(Spoken("Vice President", None, Position.YES, "tie_breaker: Yea"),), bills=("PN79-23",),
        announced=Tally(51, 50), announced_means=None,
    )  # fmt: skip


@dataclass(frozen=True)
class Seeded:
    """A database with votes in it."""

    url: str
    engine: Engine


def reading(
    paper: Paper,
    *votes: Vote,
    url: str,
    at: datetime,
    content: bytes = b"",
    noticed: Iterable[Noticed] = (),
    **more: Any,
) -> Reading:
    """Return what one fetched document led to."""
    body = content or repr([vote.printed for vote in votes]).encode()
    document = Document.of(Request(url, "page"), body, at, "application/pdf" if "pe_" in paper.slug else "text/xml")
    fetch = Fetch(url=url, role="page", at=at, status=200, sha256=document.sha256, changed=True, read_by="page/1")
    sums = [(v, s := reconcile(v, spoken_counts=paper.legislature.spoken_counts), facts_of(v, s)) for v in votes]
    facts: Mapping[str, Any] = {"reader": "page/1", "lookups": "x", "votes": sums, "noticed": tuple(noticed)} | more
    return Reading(fetch=fetch, document=document, **facts)


def corrected(engine: Engine, *, run: int | None = None) -> None:
    """Store a vote, then what its source put in its place: one member's ballot moved."""
    marks, subject = [(YEA, "R", 5), (NAY, "D", 4)], "H.R. 7: A bill whose roll was put right"
    before = american(CORRECTED, date(2023, 6, 29), subject, marks, bills=("H.R. 7",))
    ballots = (*before.printed.ballots[:4], replace_code(before.printed.ballots[4], NAY), *before.printed.ballots[5:])
    printed = replace(before.printed, ballots=ballots, board=Tally(4, 5), groups=tables(ballots))
    after = replace(before, printed=printed, ballots=tuple(Ballot(*b, b.ref) for b in ballots))
    writer, url = Writer(engine, CLERK, run=run), "https://clerk.house.gov/evs/2023/roll300.xml"
    for day, vote in enumerate((before, after)):
        writer.take(reading(CLERK, vote, url=url, at=datetime(2023, 6, 29 + day, 18, tzinfo=UTC)))
        writer.flush()


def replace_code(ballot: PrintedBallot, code: Code) -> PrintedBallot:
    """Return a ballot that went another way."""
    return ballot._replace(code=code)


def run(engine: Engine, number: int, source: str, *, ending: str, day: date, **more: Any) -> int:
    """Write a line into the run log."""
    at = datetime(day.year, day.month, day.day, 22, 15, tzinfo=UTC)
    row = {
        "id": number, "source": source, "trigger": "timetable", "since": day - timedelta(days=7), "until": day,
        "started_at": at, "finished_at": at + timedelta(minutes=2) if ending else None, "ending": ending,
        "requests": 9, "documents": 2, "inserted": 1, "updated": 0, "unchanged": 7, "message": "",
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(metadata.tables["run"]), {**row, **more})
    return number


def fill(engine: Engine) -> None:
    """Store every vote of this module."""
    run(engine, 1, "pe_minutes", ending="done", day=date(2023, 6, 12))
    run(engine, 2, "us_house", ending="done", day=date(2023, 9, 28))
    run(
        engine, 3, "us_house", ending="failed", day=date(2023, 9, 29), message="clerk.house.gov answered 503 four times"
    )
    writer = Writer(engine, MINUTES, run=1)
    writer.register(register())
    page = "https://www2.congreso.gob.pe/sicr/RedacActas/Actas.nsf/0/12-17182425.may.8.jun.2023.pdf"
    sheet = "https://www2.congreso.gob.pe/Sicr/RelatAgenda/Asis_vot_OFICIAL_18-05-23.pdf"
    at = datetime(2023, 6, 12, 14, 3, tzinfo=UTC)
    writer.take(reading(MINUTES, founding(), url=page, at=at))
    writer.take(reading(MINUTES, founding(whole=True), url=sheet, at=at))
    writer.flush()
    writer = Writer(engine, CLERK, run=2)
    for vote in house_votes():
        number = vote.printed.id.rsplit("-", 1)[1]
        url = f"https://clerk.house.gov/evs/2023/roll{int(number):03d}.xml"
        noticed = [Noticed("doubtful", "sums", "the ballots do not make the board", vote=DOUBTFUL)]
        writer.take(reading(CLERK, vote, url=url, at=datetime(2023, 9, 28, 18, 2, tzinfo=UTC),
                            noticed=noticed if vote.printed.id == DOUBTFUL else ()))  # fmt: skip
    writer.flush()
    corrected(engine, run=2)
    writer = Writer(engine, LIS)
    url = "https://www.senate.gov/legislative/LIS/roll_call_votes/vote1171/vote_117_1_00059.xml"
    writer.take(reading(LIS, senate_vote(), url=url, at=datetime(2021, 2, 24, 19, tzinfo=UTC)))
    writer.flush()


def moved(engine: Engine, count: int) -> None:
    """Store `count` votes more of the House, each of which has moved once."""
    for n in range(2):
        writer = Writer(engine, CLERK, run=2)
        for vote in range(count):
            at, id = datetime(2023, 8, 1 + n, tzinfo=UTC), f"us-house-2023-7{vote:02}"
            rolls = american(id, date(2023, 8, 1), f"H.R. 7{vote:02}", [(YEA, "R", 3 + n), (NAY, "D", 2)])
            writer.take(reading(CLERK, rolls, url=f"https://clerk.house.gov/{id}.xml", at=at))
        writer.flush()


PROVISIONAL = "us-house-2023-600"


def waiting(engine: Engine, *, said: str = "the server said no") -> None:
    """Store a provisional vote in doubt that has moved, an address that gave nothing, one only tried, and a trouble."""
    url, at = "https://clerk.house.gov/evs/2023/roll600.xml", datetime(2023, 9, 30, 18, tzinfo=UTC)
    for n in range(2):
        writer = Writer(engine, CLERK, run=2)
        vote = american(
            PROVISIONAL, date(2023, 9, 30), said, [(YEA, "R", 3 + n), (NAY, "D", 2)],
            status=Status.PROVISIONAL, doubts=(said,), result=said, question=said, kind=said,
        )  # fmt: skip
        writer.take(reading(CLERK, vote, url=url, at=at + timedelta(hours=n)))
        writer.flush()
    trouble = Noticed("unreadable", "shape", said, "line 1")
    lost = Fetch(url=url.replace("600", "601"), role="roll_call", at=at, status=503, message=said)
    writer.take(Reading(fetch=lost, reader="page/1", lookups="x", noticed=(trouble,)))
    tried = Fetch(url=url.replace("600", "602"), role="walk", at=at, status=404, message="not there")
    writer.take(Reading(fetch=tried))
    writer.flush()


MANY_BILLS, SENATE_OF_PERU, LATE = "pe-2023-06-08-many", "pe-senate-2026-10-07-1", "pe-2022-01-12-late"
BILLS_PAPER = Paper(
    "pe_bills", PERU, "Proyectos de ley", "Congreso de la República", "https://wb2server.congreso.gob.pe/spley-portal/",
    "open", "daily 6 h (America/Lima)",
    pages=(
        OfficialPage("bill", "https://bills.example.org/#/2021/{number}", "pe_congress", "2021-2026", "seen"),
        OfficialPage("bill", "https://bills.example.org/#/senado/{number}", "pe_senate", "2026-2031", "seen"),
        OfficialPage("motion", "https://motions.example.org/{number}", "pe_congress", "2021-2026", "seen"),
        OfficialPage("law", "https://laws.example.org/?n={number}&t=0", because="seen"),
    ),
)  # fmt: skip
PERU_SENATE = replace(
    PERU, slug="pe_senate", title="Senado de la República del Perú", short="Senado del Perú", seats=60
)
SENATE_SHEETS = replace(MINUTES, slug="pe_senate", legislature=PERU_SENATE, title="Votaciones", groups={}, rules={})
TROOPS_BILL = BillRecord(
    legislature="pe_congress", period="2021-2026", number="4766", notation="04766/2022-PE",
    title="PROYECTO DE RESOLUCIÓN LEGISLATIVA QUE AUTORIZA EL INGRESO DE PERSONAL MILITAR EXTRANJERO",
    stage="EN DEBATE - PLENO", presented=date(2023, 4, 20), proponent="PODER EJECUTIVO",
)  # fmt: skip


def bills(engine: Engine) -> None:
    """Store what a list says of bills, on two days, and three votes more: of many, of a later one, of the Senate."""

    def peruvian(id: str, day: date, subject: str, numbers: tuple[str, ...], **more: Any) -> Vote:
        printed = (PrintedBallot("Ana Paz", PERU_CODES["SI +++"]), PrintedBallot("Berta Sol", PERU_CODES["NO ---"]))
        facts = {"legislature": "pe_congress", "period": "2021-2026", "bills": numbers, "complete": False} | more
        vote = PrintedVote(key=id, id=id, sitting_date=day, subject=subject, ballots=printed, **facts)
        return Vote(vote, tuple(Ballot(b.name, b.code, None, None, None, None) for b in printed))

    others = [
        replace(
            TROOPS_BILL, number=str(n), notation=f"{n:05}/2021-CR", title=f"LEY NÚMERO {n}", proponent="Congreso",
            presented=date(2021, 9, 1), authors=tuple(f"Autora {i}, Nombre" for i in range(n % 6)),
        )
        for n in range(11, 18)
    ]  # fmt: skip
    others[0] = replace(others[0], title=NASTY, stage=NASTY[:60], authors=(NASTY,), proponent=NASTY)
    later = replace(
        TROOPS_BILL, number="9055", notation="09055/2024-CR", presented=date(2024, 10, 1), title="POSTERIOR"
    )
    senate = replace(
        TROOPS_BILL, legislature="pe_senate", period="2026-2031", number="12", notation="00012-2026-2031-S",
        title="AUTORIZA A LA SEÑORA PRESIDENTA", stage="AUTÓGRAFA", presented=date(2026, 10, 5),
    )  # fmt: skip
    writer, url = Writer(engine, BILLS_PAPER), "https://api.example.org/list#post-0123456789abcdef"
    passed = replace(TROOPS_BILL, stage="Publicada en el Diario Oficial El Peruano")
    for day, said in (
        (date(2023, 5, 10), (TROOPS_BILL, *others)),
        (date(2026, 10, 9), (passed, *others, later, senate)),
    ):
        at = datetime(day.year, day.month, day.day, 11, 10, tzinfo=UTC)
        writer.take(reading(BILLS_PAPER, url=url, at=at, content=str(day).encode(), bills=said))
    writer.flush()
    numbers = tuple(str(n) for n in range(11, 18))
    many = peruvian(
        MANY_BILLS, date(2023, 6, 8),
        "TEXTO SUSTITUTORIO DE LOS PROYECTOS DE LEY 11, 12, 13, 14, 15, 16 Y 17, QUE MODIFICA LA LEY 26859 Y EL "
        "DECRETO LEGISLATIVO 635 (MOCIÓN 5767)", numbers,
    )  # fmt: skip
    wrong = peruvian(LATE, date(2022, 1, 12), "PROYECTO DE LEY 9055, QUE MODIFICA LA LEY 28094", ("9055",))
    in_2026 = peruvian(
        SENATE_OF_PERU, date(2026, 10, 7), "PROYECTO DE LEY 12 (ANTES PL 04766/2022-PE) Y 00007-2026-2031-CD",
        ("12", "04766/2022-PE", "00007-2026-2031-CD"), legislature="pe_senate", period="2026-2031",
    )  # fmt: skip
    writer = Writer(engine, MINUTES)
    for n, vote in enumerate((many, wrong)):
        writer.take(
            reading(MINUTES, vote, url=f"https://www2.congreso.gob.pe/{n}.pdf", at=datetime(2023, 7, 1, tzinfo=UTC))
        )
    writer.flush()
    writer = Writer(engine, SENATE_SHEETS)
    writer.take(
        reading(SENATE_SHEETS, in_2026, url="https://senado.example.org/7.pdf", at=datetime(2026, 10, 8, tzinfo=UTC))
    )
    writer.flush()


SWITCHED = "H00004"
"""The member who goes from the Republicans to the Independents in June of the year made up."""


def year(engine: Engine) -> None:
    """Store a year of the House made up: 24 votes of 2024 with 14 members, of whom one changes party.

    The last two go into no figure: one was vacated, the sums of the other do not meet. They are stored newest first.
    """
    rolls = [random.Random(n).choices("YYYNNA-", k=14) for n in range(22)]
    rolls += [list("YYYYYYYNNNNNNN")] * 2
    marks = {"Y": YEA, "N": NAY, "A": PRESENT, "-": AWAY}
    writer = Writer(engine, CLERK)
    for n, roll in reversed(list(enumerate(rolls))):
        day = date(2024, 1, 10) + timedelta(days=14 * n)
        party = lambda i: "I" if i == 3 and day >= date(2024, 6, 1) else "R" if i < 7 else "D"  # noqa: B023, E731
        printed = tuple(
            PrintedBallot(f"Member {i + 1:03d}", marks[mark], party(i), f"H{i + 1:05d}", STATES[(i + 1) % len(STATES)])
            for i, mark in enumerate(roll)
        )
        odd = {22: {"vacated": True}, 23: {"board": Tally(9, 9)}}
        more = {"board": Tally.count(ballot.code for ballot in printed)} | odd.get(n, {})
        vote = american(f"us-house-2024-{n + 1}", day, f"H.R. {n + 1}: A bill made up", [], ballots=printed,
                        groups=(), bills=(f"H.R. {n // 2}",), **more)  # fmt: skip
        at = datetime(2024, 12, 1, tzinfo=UTC) + timedelta(seconds=n)
        writer.take(reading(CLERK, vote, url=f"https://clerk.house.gov/y/{n}", at=at, content=str(n).encode()))
    writer.flush()


def many(engine: Engine, count: int, members: int = 100) -> None:
    """Store `count` more votes of the House, a day apart, with as many ballots each, to measure against."""
    writer = Writer(engine, CLERK)
    first = date(1990, 1, 1)
    half = members // 2
    for n in range(count):
        day = first + timedelta(days=n % 12_000)
        vote = american(f"us-house-x-{n}", day, f"H.R. {n}: A bill on water, number {n}",
                        [(YEA, "R", half), (NAY, "D", members - half)], bills=(f"H.R. {n}",))  # fmt: skip
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=n)
        writer.take(reading(CLERK, vote, url=f"https://clerk.house.gov/x/{n}", at=at, content=str(n).encode()))
        if writer.waiting >= 200:
            writer.flush()
    writer.flush()


def seeded(url: str) -> Seeded:
    """Create a database at an address and fill it."""
    engine = open_engine(url)
    upgrade(engine)
    fill(engine)
    return Seeded(url, engine)


__all__ = [
    "CORRECTED", "DOUBTFUL", "FOUNDING", "HOSTILE", "HOUSE", "LATE", "MANY_BILLS", "NASTY", "PROVISIONAL", "QUORUM",
    "SENATE", "SENATE_OF_PERU", "SHEET", "SPEAKER", "SWITCHED", "Seeded", "Status", "bills", "corrected", "fill",
    "founding", "house_votes", "many", "moved", "reading", "run", "seeded", "senate_vote", "waiting", "year",
]  # fmt: skip
