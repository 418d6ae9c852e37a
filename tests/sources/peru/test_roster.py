from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.evidence import Document, Request
from tracker.domain.people import fold
from tracker.domain.votes import PrintedSitting
from tracker.sources.peru import groups, roster
from tracker.sources.peru.minutes import SHEET, read_minutes

ROLLS = sorted((Path(__file__).parent / "rolls").glob("*.txt"))
"""The rolls of four scanned sheets, typed from the page: group and name of each row, in the order of the page."""

DEAD = {"FALLECIDO", "FALTO"}
"""Both stand for the F of the sheet in the transcription of the rolls."""

TABLES = {
    "2022-07-07": "FP 24 PL 16 AP 15 APP 14 BM 10 AP-PIS 10 RP 9 PD 7 SP 5 CD-JPP 5 PB 5 PP 5 NA 5",
    "2024-03-13": "FP 22 PL 12 APP 11 CD-JPP 11 BM 9 RP 9 AP-PIS 9 PP 10 AP 8 PB 5 SP 5 NA 19",
    "2024-10-16": "FP 21 APP 14 PP 13 PL 11 RP 10 AP 10 BM 8 AP-PIS 8 JPP-VP 8 SP 7 BS 5 HYD 5 BDP 5 NA 5",
    "2024-11-22": "FP 21 APP 14 PP 13 PL 11 RP 10 AP 10 BM 8 AP-PIS 8 JPP-VP 8 SP 7 BS 5 HYD 5 BDP 5 NA 5",
}
"""How many members each group has by the table at the foot of the same page."""


def who(name: str, day: date) -> str | None:
    mandate = roster.register().find(name, day).mandate
    return mandate.person.id if mandate else None


def typed(path: Path) -> tuple[date, list[tuple[str, str]]]:
    rows = [line.split(" ", 1) for line in path.read_text(encoding="utf-8").splitlines()]
    return date.fromisoformat(path.stem), [(group, name) for group, name in rows]


def papers(corpus: Path) -> Iterator[tuple[date, str, list[list[str]]]]:
    """Each attendance and vote page of the rolls: its day, its time, its rows of group, name and mark."""
    for file, field in (("votes.jsonl.gz", "votes"), ("attendance.jsonl.gz", "marks")):
        with gzip.open(corpus / "peru" / "facts" / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                page: dict[str, Any] = json.loads(line)
                yield date.fromisoformat(page["sitting"]), page["datetime"], page[field]


def anyone() -> dict[str, str]:
    """Whose is a name, whatever the day?"""
    people = [mandate.person for mandate in roster.register()]
    return {fold(form): person.id for person in people for form in (person.name, *person.aliases)}


@pytest.mark.parametrize(
    ("gone", "come", "last", "first"),
    [
        ("Herrera Mamani", "Limachi Quispe", date(2021, 10, 25), date(2021, 11, 11)),
        ("Díaz Monago", "Heidinger Ballesteros", date(2023, 1, 12), date(2023, 1, 16)),
        ("Elera García", "Pazo Nunura", date(2023, 1, 16), date(2023, 1, 26)),
        ("Chávez Chino", "Mita Alanoca", date(2023, 3, 23), date(2023, 3, 29)),
        ("Guerra-García Campos", "Rospigliosi Capurro", date(2023, 9, 21), date(2023, 10, 19)),
        ("María Cordero Jon Tay", "Santisteban Suclupe", date(2024, 3, 14), date(2024, 3, 25)),
        ("Wong Pujada", "Orué Medina", date(2024, 7, 13), date(2024, 7, 26)),
        ("Saavedra Casternoque", "Zegarra Saboya", date(2024, 9, 17), date(2024, 10, 2)),
        ("Anderson Ramírez", "Laura Rojas", date(2025, 12, 26), date(2026, 2, 17)),
        ("Vásquez Vela", "Espíritu Cavero", date(2026, 2, 21), date(2026, 3, 5)),
    ],
)
def test_seats_that_changed_hands(gone: str, come: str, last: date, first: date) -> None:
    assert who(gone, last)
    assert who(come, last) is None
    assert who(come, first)
    assert who(gone, first) is None


@pytest.mark.parametrize(
    ("died", "last", "row_until"),
    [
        ("HERRERA MAMANI, FERNANDO MARIO", date(2021, 10, 25), date(2021, 11, 4)),
        ("GUERRA GARCÍA CAMPOS, HERNANDO", date(2023, 9, 29), date(2023, 10, 4)),
    ],
)
def test_the_name_of_a_member_who_died_is_theirs_as_long_as_the_sheets_print_it(
    died: str, last: date, row_until: date
) -> None:
    member = who(died, last)
    days = [last + timedelta(days=n) for n in range(1, (row_until - last).days + 1)]
    assert member
    assert {who(died, day) for day in days} == {member}
    assert member not in {mandate.person.id for day in days for mandate in roster.register().on(day)}
    assert who(died, row_until + timedelta(days=1)) is None


def test_no_seat_is_held_twice() -> None:
    days = [date(2021, 7, 23) + timedelta(days=n) for n in range((date(2026, 7, 26) - date(2021, 7, 23)).days + 1)]
    # A seat is open from a death or a disqualification to the successor's oath, never two at once.
    assert {len(roster.register().on(day)) for day in days} == {129, 130}
    assert roster.register().on(date(2026, 7, 27)) == ()


def test_siblings() -> None:
    day = date(2023, 5, 18)
    assert who("María Acuña Peralta", day) == "acuna-peralta-maria-grimaneza"
    assert who("Acuña Peralta Héctor", day) == "acuna-peralta-segundo-hector"
    assert who("Acuña Peralta", day) is None
    assert who("Cordero Jon Tay", day) is None
    assert who("Cordero Jon Tay", date(2024, 5, 29)) == "cordero-jon-tay-luis-gustavo"


def test_a_group_is_known_only_as_far_as_the_rolls_go() -> None:
    [alva] = [m for m in roster.register() if m.person.surnames == "Alva Prieto"]
    assert alva.group_on(date(2023, 8, 3)) == "AP"
    assert alva.group_on(date(2023, 8, 10)) is None
    assert alva.group_on(date(2023, 10, 30)) == "NA"
    assert alva.group_on(date(2024, 5, 29)) == "NA"
    assert alva.group_on(date(2024, 11, 23)) is None
    [quispe] = [m for m in roster.register() if m.person.surnames == "Quispe Mamani"]
    assert [quispe.group_on(day) for day in (date(2024, 3, 13), date(2024, 7, 8), date(2024, 10, 16))] == [
        "PL", None, "JPP-VP",
    ]  # fmt: skip


def test_every_group_of_the_roster_is_in_the_sheet_and_in_the_table() -> None:
    spells = [spell for mandate in roster.register() for spell in mandate.groups]
    assert {spell.group for spell in spells} <= set(SHEET.groups)
    assert not SHEET.group("NA").attached
    for spell in spells:
        assert spell.group in groups.on(spell.since), spell
        assert spell.until is not None
        assert spell.group in groups.on(spell.until), spell


@pytest.mark.parametrize(
    ("day", "surnames"),
    [
        (date(2021, 7, 26), None),
        (date(2022, 7, 15), "Alva Prieto"),
        (date(2022, 9, 8), None),
        (date(2023, 4, 27), "Williams Zapata"),
        (date(2024, 7, 1), "Soto Reyes"),
        (date(2024, 10, 16), "Salhuana Cavides"),
        (date(2025, 10, 9), "Jeri Oré"),
        (date(2025, 10, 16), "Rospigliosi Capurro"),
        (date(2026, 3, 5), "Rospigliosi Capurro"),
        (date(2026, 7, 27), None),
    ],
)
def test_the_president_by_office(day: date, surnames: str | None) -> None:
    assert roster.president(day) == surnames
    assert surnames is None or who(surnames, day)


@pytest.mark.parametrize("path", ROLLS, ids=lambda path: path.stem)
def test_the_roll_of_a_scanned_sheet_name_for_name(path: Path) -> None:
    day, rows = typed(path)
    assert len(rows) == 130
    words = iter(TABLES[path.stem].split())
    assert Counter(group for group, _ in rows) == {
        group: int(number) for group, number in zip(words, words, strict=True)
    }
    assert [(seat.group, *seat.printed) for seat in roster.roll(day)] == rows
    assert all(seat.sure for seat in roster.roll(day))
    assert [who(name, day) for _, name in rows] == [seat.member for seat in roster.roll(day)]


def test_four_sheets_were_typed() -> None:
    assert [path.stem for path in ROLLS] == list(TABLES)


@given(st.dates(date(2021, 7, 23), date(2026, 7, 26)))
def test_a_roll_is_in_order_and_fits_the_column(day: date) -> None:
    seats = roster.roll(day)
    names = [form for seat in seats for form in seat.printed]
    assert len({seat.member for seat in seats}) == len(seats)
    assert 127 <= sum(seat.sure for seat in seats) <= 130 <= len(seats) + 1
    assert max(map(len, names)) <= 35
    assert all(name == name.upper() for name in names)
    assert all(bool(seat.because) is not seat.sure for seat in seats)
    # With Ñ as a letter of its own after N the order would be the same.
    spanish = [fold(seat.printed[0].replace("Ñ", "NZZ")) for seat in seats]
    assert spanish == sorted(spanish)


def test_no_roll_outside_the_period() -> None:
    assert roster.roll(date(2021, 7, 22)) == ()
    assert roster.roll(date(2026, 7, 27)) == ()
    assert roster.known(date(2026, 3, 5))
    assert not roster.known(date(2026, 3, 12))


def test_a_name_that_changed_has_both_forms_in_between() -> None:
    def forms(day: date) -> tuple[str, ...]:
        return next(seat.printed for seat in roster.roll(day) if seat.member == "flores-ruiz-victor-seferino")

    assert forms(date(2024, 10, 16)) == ("FLORES RUÍZ, VÍCTOR SEFERINO",)
    assert forms(date(2024, 11, 7)) == ("FLORES RUÍZ, VÍCTOR SEFERINO", "FLORES RUIZ, VÍCTOR SEFERINO")
    assert forms(date(2024, 11, 22)) == ("FLORES RUIZ, VÍCTOR SEFERINO",)


def test_what_is_not_certain_is_said() -> None:
    open_rows = {
        date(2024, 9, 19): {"saavedra-casternoque-hitler"},
        date(2025, 11, 5): {"bermejo-rojas-guillermo", "jeri-ore-jose-enrique"},
        date(2026, 3, 19): {"bermejo-rojas-guillermo", "balcazar-zelada-jose-maria"},
    }
    for day, members in open_rows.items():
        assert {seat.member for seat in roster.roll(day) if not seat.sure} == members


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ('surnames = "Uno"\ngiven = "A"\nsince = 2022-01-01', "Uno: 2022-01-01 has no reason; say in `since_because`"),
        ('surnames = "Uno"\ngiven = "A"\nrow_until = 2022-01-01', "say in `row_because`"),
        ('surnames = "Uno"\ngiven = "A"\nsheets = "UNO, A"', "sheets"),
        ('surnames = "Uno"\ngiven = "A"\nunsure = [{ since = 2022-01-01 }]', "because"),
        ("surnames = Uno", "roster.toml"),
    ],
)
def test_a_wrong_entry_is_named(entry: str, says: str) -> None:
    head = "since = 2021-07-23\nuntil = 2026-07-26\nlast_roll = 2024-11-22\nlast_known = 2026-03-05\npresident = []\n"
    with pytest.raises(ValueError, match=r"roster\.toml") as error:
        roster._read(f"{head}[[member]]\n{entry}\n".encode())
    assert says in str(error.value)


@pytest.mark.corpus
def test_the_rolls_know_no_other_member_and_no_other_group(corpus: Path) -> None:
    register = roster.register()
    seen, unknown = 0, 0
    with gzip.open(corpus / "peru" / "facts" / "votes.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            vote = json.loads(line)
            day = date.fromisoformat(vote["sitting"])
            for group, name, option in vote["votes"]:
                mandate = register.find(name, day).mandate
                if option in DEAD:
                    assert mandate is not None
                    assert not mandate.holds(day)
                    continue
                assert mandate is not None, (name, day)
                known = mandate.group_on(day)
                assert known in (group, None), (name, day)
                seen += 1
                unknown += known is None
    assert seen > 270_000
    assert unknown == 6


@pytest.mark.corpus
def test_the_roll_of_every_sitting(corpus: Path) -> None:
    whose = anyone()
    exact: Counter[date] = Counter()
    short: dict[str, set[str]] = {}
    for day, time, rows in papers(corpus):
        printed = {whose[fold(name)] for _, name, _ in rows}
        assert len(printed) == len(rows), time
        expected = {seat.member: seat for seat in roster.roll(day)}
        assert printed <= set(expected), time
        if missing := set(expected) - printed:
            assert not any(expected[member].sure for member in missing), time
            short[time] = missing
        else:
            exact[day] += 1
    assert len(exact) == 166
    assert sum(exact.values()) == 3742
    # The first page of a day is printed before an oath; two pages of 12 January 2023 lack a row (in the transcription).
    assert short == {
        "2021-11-11T09:52": {"limachi-quispe-nieves-esmeralda"},
        "2023-01-12T16:56": {"diaz-monago-freddy-ronald"},
        "2023-01-12T17:00": {"diaz-monago-freddy-ronald"},
        "2023-03-29T15:19": {"mita-alanoca-isaac"},
        "2023-10-19T10:10": {"rospigliosi-capurro-fernando-miguel"},
    }


@pytest.mark.corpus
def test_the_suspended_are_those_with_the_mark(corpus: Path) -> None:
    whose = anyone()
    suspended = 0
    for day, time, rows in papers(corpus):
        marked = {whose[fold(name)] for _, name, mark in rows if mark == "SUSPENDIDO"}
        suspended += len(marked)
        assert marked == {seat.member for seat in roster.roll(day) if seat.suspended}, time
    assert suspended > 2000


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("file", "at_the_table"),
    [
        ("1.2.3__32-05.dic.2023.pdf", {"Soto Reyes"}),
        ("1.2.1__46394701.pdf", {"Soto Reyes", "Cerrón Rojas", "Amuruz Dulanto"}),
        ("1.2.1__19-29.may.2024.pdf", {"Alegría García"}),
        ("1.2.2__53352602.pdf", {"Soto Reyes", "Cerrón Rojas"}),
    ],
)
def test_the_attendance_of_the_minutes_after_the_last_roll(corpus: Path, file: str, at_the_table: set[str]) -> None:
    """Those on its lists and those at the chair's table, whom no list names, are together the roll."""
    content = (corpus / "peru" / "minutes" / file).read_bytes()
    document = Document.of(Request(file, "minutes"), content, datetime(2024, 8, 1, tzinfo=UTC))
    [sitting] = [found for found in read_minutes(document, SHEET) if isinstance(found, PrintedSitting)]
    names = [*(mark.name for mark in sitting.attendance), *at_the_table]
    placed = roster.register().place(names, sitting.date)
    members = [met.mandate.person.id for met in placed.values() if met.mandate]
    assert sorted(members) == sorted(seat.member for seat in roster.roll(sitting.date))
