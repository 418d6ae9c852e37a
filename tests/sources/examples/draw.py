"""How were the documents of the examples drawn? Run me to draw them again: `python tests/sources/examples/draw.py`.

These documents come from the facts of the demonstration (real votes, names and numbers) through its drawing code; what
is odd on purpose is said in the `why` of their about.toml. Nothing here is a copy of an official file. After drawing
anew, delete the expected.json of what changed, run the tests, and review what they write.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from fpdf import FPDF

from tracker.demo import draw_house, draw_listing, draw_minutes, draw_senate, facts
from tracker.demo.draw_listing import Entry
from tracker.demo.draw_minutes import Shape

HERE = Path(__file__).parent

EN_BLOC = """
416-9 141-12 499-12 465-1 345-14 345-13 345-10 55-2 624-2 624-1 379-17 379-16 416-6 519-2 445-3 416-12 55-7
345-12 465-2 55-26 55-10 416-2 379-20 246-6 560-3 462-3 462-1 416-5 518-5 499-10 499-2 462-4 141-10 26-24
445-10 445-7 445-2 379-4 246-12 141-27 141-8 129-17 129-1 60-17 60-11 60-4 22-11 445-5 466-9 466-8 466-7 447
141-5 499-8 345-8 246-3 246-11 60-8 445-11 416-4 379-15 379-13 379-11 141-20 141-25 246-2 26-47 60-13 26-26
379-19 445-1 379-26 379-22 416-3 379-9 379-3 379-18 246-1 141-14 416-10 379-21 55-13 129-6 55-44 141-39 379-7
246-13 246-4 141-26 141-22 141-16 129-7 60-12 55-34 141-2 26-37 25-29
"""
"""The nominations of vote 655, in the menu's order."""


def roll_call(year: int, number: int) -> bytes:
    """Draw a roll call of the House."""
    return draw_house.roll_call(next(v for v in facts.roll_calls() if (v.year, v.number) == (year, number)))


def senate(congress: int, session: int, number: int) -> bytes:
    """Draw a vote of the Senate."""
    named = (congress, session, number)
    return draw_senate.vote(next(v for v in facts.senate_votes() if (v.congress, v.session, v.number) == named))


def minutes(day: str, shape: Shape | None = None) -> bytes:
    """Draw minutes of Peru's plenary."""
    return draw_minutes.minutes(next(m for m in facts.minutes() if m.date.isoformat() == day), shape)


def house_index(year: int) -> list[facts.RollCall]:
    """Return the roll calls of a year."""
    return [vote for vote in facts.roll_calls() if vote.year == year]


def en_bloc_menu() -> bytes:
    """Draw the menu entry of a vote on 97 nominations together (vote 655 of 2025, 53 to 43)."""
    matters = "".join(
        f"<matter><issue>PN{number}</issue><question>On the Nomination</question><result>Confirmed</result></matter>\n"
        for number in EN_BLOC.split()
    )
    title = "Confirmation: En Bloc Nominations as Provided for Under the Provisions of S. Res. 532"
    entry = (
        "<vote>\n<vote_number>00655</vote_number>\n<vote_date>18-Dec</vote_date>\n"
        f"<en_bloc>\n{matters}</en_bloc>\n"
        "<vote_tally><yeas>53</yeas><nays>43</nays></vote_tally>\n"
        f"<title>{title}</title>\n</vote>"
    )
    return draw_senate.menu(119, 1, []).replace(b"  <votes>\n", f"  <votes>\n{entry}\n".encode())


def without_heading() -> bytes:
    """Draw the minutes of 21 September 2023 with the second vote's heading left out, as happens in official ones."""
    sitting = next(m for m in facts.minutes() if m.date.isoformat() == "2023-09-21")
    return minutes("2023-09-21", Shape(without_headings=frozenset({sitting.votes[1].heading})))


SHEETS = "/Sicr/RelatAgenda/PlenoComiPerm20112016.nsf/new_asistenciavotacion"
LAST, BEFORE = (f"Congreso de la República - Periodo Parlamentario {years}" for years in ("2021 - 2026", "2016 - 2021"))


def sheet(headings: tuple[str, str, str], day: str, name: str, title: str) -> Entry:
    """Return a line of the list of vote sheets; days, titles and names of files are real, the keys between are not."""
    key = hashlib.sha256(name.encode()).hexdigest()[:32].upper()
    return Entry(headings, date.fromisoformat(day), title, f"Apleno/{key}/$FILE/{name}")


def sheets() -> list[Entry]:
    """Return a few lines of the list of vote sheets, in its order."""
    second = (LAST, "Período Anual de Sesiones 2025 - 2026", "Segunda Legislatura Ordinaria")
    first = (LAST, "Período Anual de Sesiones 2025 - 2026", "Primera Legislatura Ordinaria")
    extra = (LAST, "Período Anual de Sesiones 2025 - 2026", "Período Anual de Sesiones")
    autumn = (LAST, "Período Anual de Sesiones 2023 - 2024", "Primera Legislatura Ordinaria")
    opening = (LAST, "Período Anual de Sesiones 2021 - 2022", "Primera Legislatura Ordinaria")
    winter = (BEFORE, "Período de Sesiones 2020 - 2021", "Segunda Legislatura Ordinaria")
    old = "Asistencias y votaciones de la sesión del"
    return [
        sheet(second, "2026-03-19", "Asistencia_y_votación_sesión_19_3_2026.pdf",
              "Asistencias y votaciones PROVISIONALES de la sesión del 19-3-2026"),
        sheet(second, "2026-03-12", "Asistencia y votación sesión 12 3 2026.pdf", f"{old} 12-3-2026"),
        sheet(first, "2025-10-09", "Asis_y_vot_del_9-10-2025.pdf", f"{old} 9-10-2025"),
        sheet(first, "2025-10-09", "Asis_y_vot_del_9-10-2025_nocturna.pdf", f"{old} 9-10-2025 (Sesión vespertina)"),
        sheet(first, "2025-09-04", "Asis_sesión_extraordinaria_4-9-2025.pdf",
              "Asistencia de la sesión del 4-9-2025 (Sesión extraordinaria)"),
        sheet(extra, "2026-02-18", "Asis_y_vot_18_2_2026_2.pdf", f"{old} 18-2-2026"),
        sheet(autumn, "2023-07-27", "Asistencia_OFICIAL_27-07-2023.pdf",
              "Asistencia de la sesión del 27-07-2022 (Sesión de Instalación de la Legislatura 2023 - 2024)"),
        sheet(opening, "2021-09-16", "Asis_OFICIAL_Ses_Solemne_16-06-2021.pdf",
              "Asistencia a la sesión solemne por el 199° Aniversario del Parlamento Nacional"),
        sheet(winter, "2020-12-09", "Asis-vot-OFICIAL-09-12-2020.pdf",
              "Asistencia y votaciones de la sesión del 09-11-2020"),
    ]  # fmt: skip


def listed(*, shut: Collection[str] = (), entries: Sequence[Entry] | None = None) -> bytes:
    """Draw the list of vote sheets."""
    lines = sheets() if entries is None else entries
    return draw_listing.view(SHEETS, "Asistencias y votaciones", lines, shut=shut)


def odd_rows() -> bytes:
    """Draw rows of other shapes: a cell too few, no file, a date of the thirteenth month, a wrong century."""
    first, second, third, *_ = (line for line in listed().split(b"\n") if b"openWindow" in line)
    lines = listed().replace(first, first.replace(b"<td></td>", b"", 1))
    lines = lines.replace(second, re.sub(rb"<A HREF=[^>]*>", b"<A>", second))
    lines = lines.replace(third, third.replace(b"10/09/2025", b"13/09/2025"))
    return lines.replace(b"12/09/2020", b"12/09/3020")


def transcribed() -> dict[str, bytes]:
    """Draw records of a transcription: the founding vote's facts, and rolls whose words are made up."""
    sys.path.insert(0, str(HERE.parents[1]))
    import checkouts

    vote = list(checkouts.invented(date(2023, 10, 20), 1))[-1]
    there = next(iter(checkouts.invented(date(2023, 10, 20), 0)))
    slips = {3: "AUS", 4: "SINRES"}
    slipped = [
        (group, name, "SI" if name == vote.president else slips.get(n, word))
        for n, (group, name, word) in enumerate(vote.rows)
    ]
    stranger = [
        ("FP", "HERRERA MAMANI, FERNANDO MARIO", word) if name.startswith("ROSPIGLIOSI") else (group, name, word)
        for group, name, word in vote.rows
    ]
    note = "El presidente del Congreso deja constancia del voto a favor de la congresista Portalatino Ávalos."
    files = {path.rpartition("/")[2]: content for path, content in vote.files().items()}
    numbered = [
        b"numero," + line if n == 0 else b"%d," % n + line
        for n, line in enumerate(files["votaciones.csv"].splitlines())
    ]
    broken = f'hora,nota\n10:00,","{note}" \n10:00,"{note}"\n10:00,"El asunto se encuentra incompleto."\n'
    present = "El presidente del Congreso deja constancia de la asistencia de la congresista Portalatino Ávalos."
    return {
        "founding-vote-after-midnight": checkouts.document(checkouts.founding()),
        "slips-of-the-transcribers": checkouts.document(replace(vote, rows=slipped)),
        "somebody-who-left-on-the-roll": checkouts.document(replace(vote, rows=stranger)),
        "copy-of-a-record-of-another-time": checkouts.document(
            replace(vote, clock=vote.taken.replace(hour=9, minute=41))
        ),
        "totals-that-are-not-the-rolls": checkouts.document(
            vote, resultados=files["resultados.csv"].replace(b"abstenciones,", b"abstenciones,1")
        ),
        "numbers-quotes-and-doubled-notes": checkouts.document(
            vote, votaciones=b"\n".join(numbered), notas=broken.encode()
        ),
        "attendance-with-a-note": checkouts.document(replace(there, notes=[present])),
        "without-its-roll": checkouts.document(vote, votaciones=None),
    }


def blank_pdf() -> bytes:
    """Draw a PDF of one empty page."""
    pdf = FPDF()
    pdf.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
    pdf.add_page()
    return bytes(pdf.output())


def documents() -> dict[str, bytes]:
    """Return every drawn document by its path below this folder."""
    return {
        "us_house/identifiers-missing-before-2003/document.xml": roll_call(1998, 543),
        "us_house/election-with-people-who-are-no-members/document.xml": roll_call(2013, 2),
        "us_house/committee-of-the-whole-with-delegates/document.xml": roll_call(2007, 455),
        "us_house/two-thirds-needed-and-missed/document.xml": roll_call(2007, 1122),
        "us_house/index-of-a-year/document.html": draw_house.index(2007, house_index(2007)),
        "us_house/index-page-of-a-hundred/document.html": draw_house.index_page(2007, 0, house_index(2007)),
        "us_house/cut-short/document.xml": roll_call(2010, 165)[:4000],
        "us_senate/not-guilty-with-a-majority/document.xml": senate(117, 1, 59),
        "us_senate/vice-president-breaks-a-tie/document.xml": senate(109, 1, 363),
        "us_senate/live-pair/document.xml": senate(115, 2, 223),
        "us_senate/measure-only-in-the-amendment/document.xml": senate(111, 2, 295),
        "us_senate/fifty-to-fifty-and-two-blanks-in-a-name/document.xml": senate(106, 1, 18),
        "us_senate/identifiers-missing/document.xml": re.sub(
            rb"<lis_member_id>\w+</lis_member_id>", b"<lis_member_id/>", senate(109, 1, 244)
        ),
        "us_senate/menu-of-a-session/document.xml": draw_senate.menu(
            111, 2, [v for v in facts.senate_votes() if v.year == 2010]
        ),
        "us_senate/menu-with-a-vote-en-bloc/document.xml": en_bloc_menu(),
        "pe_minutes/founding-vote-and-spoken-votes/document.pdf": minutes("2023-05-18"),
        "pe_minutes/changes-of-vote/document.pdf": minutes("2023-03-23"),
        "pe_minutes/plain-figure-and-none/document.pdf": minutes("2022-03-28"),
        "pe_minutes/chairs-own-vote-board-announced/document.pdf": minutes("2023-09-21"),
        "pe_minutes/list-without-a-heading/document.pdf": without_heading(),
        "pe_minutes/listing-open/document.html": draw_listing.listing(facts.minutes()),
        "pe_sheets/listing-open/document.html": listed(),
        "pe_sheets/listing-closed/document.html": listed(shut={"1.1", "1.2", "1.3", "2"}),
        "pe_sheets/listing-one-heading-open/document.html": listed(shut={"1.1.1", "1.1.2", "1.2", "1.3", "2"}),
        "pe_sheets/listing-cut-short/document.html": listed(entries=sheets()[:-1]),
        "pe_sheets/listing-odd-rows/document.html": odd_rows(),
        "pe_sheets/scan-not-read-yet/document.pdf": blank_pdf(),
        **{f"pe_openpolitica/{name}/document.txt": content for name, content in transcribed().items()},
    }


if __name__ == "__main__":
    for name, content in documents().items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{len(content):7,} bytes  {name}")
