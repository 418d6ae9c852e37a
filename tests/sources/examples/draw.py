"""How were the documents of the examples drawn? Run me to draw them again: `python tests/sources/examples/draw.py`.

These documents come from the facts of the demonstration (real votes, names and numbers) through its drawing code; what
is odd on purpose is said in the `why` of their about.toml. Nothing here is a copy of an official file. After drawing
anew, delete the expected.json of what changed, run the tests, and review what they write.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import draw_chambers as chambers
from draw_chambers import Drawn

from tracker.demo import draw_house, draw_listing, draw_minutes, draw_senate, draw_sheet, facts
from tracker.demo.draw_listing import Entry
from tracker.demo.draw_minutes import Shape
from tracker.demo.scanned import Scanner
from tracker.demo.sheet_facts import sheet_files
from tracker.sources.peru.chambers import members

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


def scans() -> dict[str, bytes]:
    """Draw the sheets of 18 May 2023 by what is odd about each, scanned in black and white."""
    attendance, vote = sheet_files()[0].sheets
    fax, smudged = Scanner(depth="bilevel"), frozenset({"ARAGÓN CARREÑO, LUIS ÁNGEL"})
    return {
        "vote-with-a-note": draw_sheet.scan((vote,), None, fax),
        "smudged-code-decided": draw_sheet.scan((vote,), draw_sheet.Shape(provisional=True, smudged=smudged), fax),
        "total-misprinted": draw_sheet.scan((vote,), draw_sheet.Shape(misprinted={"SI +++": 68}), fax),
        "attendance-upside-down": draw_sheet.scan((attendance,), None, replace(fax, turned={1: 180})),
    }


EMERGENCY = Drawn(
    "senate", "30 de septiembre de 2026", "Fecha: 30/09/2026 Hora: 12:46 PM", "41005 - 58423 - 09990 - S",
    matter="ACUERDO DEL SENADO DE LA REPÚBLICA QUE APRUEBA LA SOLICITUD DE PRÓRROGA DEL PLAZO DEL ESTADO DE EMERGENCIA "
    "ESTABLECIDO MEDIANTE EL DECRETO SUPREMO 113-2026-PCM, SOLICITADA POR LA PRESIDENCIA DE LA REPÚBLICA",
    marks={
        **dict.fromkeys(("QUITO SARMIENTO", "MELGAR VALDEZ, ELARD", "VENTURA ÁNGEL, HÉCTOR"), "AUS"),
        **dict.fromkeys(("RODRICH ACKERMAN", "MATUTE CHARÚN, SUSANA"), "LE"),
        **dict.fromkeys(("CCAHUANA AYMACHOQUE", "VERANO SARAVIA, WILFREDO"), "Abst."),
        **{"DEL ÁGUILA CÁRDENAS, JUAN": "AUS", "ASTUDILLO SALCEDO, CÉSAR": "LO", "TORRES MORALES, MIGUEL": "***"},
    },
)  # fmt: skip
"""The vote of the Senate of 30 September 2026: 50 to 0, two abstentions."""

WARSHIP = Drawn(
    "senate", "9 de septiembre de 2026", "Fecha: 09/09/2026 Hora: 03:30 PM", "40992 - 58350 - 09932 - S",
    matter="PROYECTO DE RESOLUCIÓN LEGISLATIVA 7, QUE AUTORIZA EL INGRESO DE UNA UNIDAD NAVAL Y DE PERSONAL MILITAR "
    "DEL ESTADO PLURINACIONAL DE BOLIVIA AL TERRITORIO DE LA REPÚBLICA DEL PERÚ, DEL 15 AL 18 DE SETIEMBRE DE 2026",
    marks={
        **dict.fromkeys(("CHIPANA CHIPANA, JOSE", "CUTIPA CCAMA, VÍCTOR RAÚL", "QUITO SARMIENTO"), "NO ---"),
        **dict.fromkeys(("BONIFAZ CARMONA, NORA", "CCAHUANA AYMACHOQUE", "LÓPEZ CHAU NAVA, PABLO"), "AUS"),
        **{"MIYASHIRO ARASHIRO": "AUS", "ASTUDILLO SALCEDO, CÉSAR": "LO", "ROBLES ARAUJO, SILVANA": "LE"},
        **{"YAURI TUNQUE, JOAQUÍN": "SinRes", "TORRES MORALES, MIGUEL": "***"},
    },
)  # fmt: skip
"""The vote of the Senate of 9 September 2026: 49 to 3."""

MINORITY = Drawn(
    "deputies", "6 de octubre de 2026", "Fecha: 06/10/2026 Hora: 09:42 PM", "41007 - 58440 - 10002 - D",
    matter="CUESTIÓN PREVIA PARA QUE SE SOMETA A VOTACIÓN EL PRIMER DICTAMEN PRESENTADO EN MINORÍA",
    chair="Reto Otero, Oscar de Jesús",
    marks={
        **{one.printed: "NO ---" for one in members.members("deputies") if one.group in ("FP", "RP")},
        **{"AGUIRRE RAMOS, MARLON": "NO ---", "ALBAÑIL CARMONA, HENRY": "Abst.", "EUSEBIO PADILLA, ARTURO": "LO"},
        **dict.fromkeys(("ARMINTA VALENCIA", "PÉREZ MALLQUI, JULIÁN LUIS", "QUISPE CANDIA, LUIS ELISEO"), "AUS"),
        **{"SAMANEZ GONZALES VIGIL": "AUS", "SANTANA VERA, MILAGROS": "AUS", "RETO OTERO, OSCAR DE": "***"},
    },
    parts=(*(part for part in chambers.USUAL if part != "matter"), "matter"),
)  # fmt: skip
"""The vote of the Deputies of 6 October 2026: 65 to 57, one abstention; the matter comes last in the file."""


def attendance() -> bytes:
    """Draw the attendance of the Senate of 7 October 2026: 39 present."""
    away = {
        "AUS": ("FLORES SUAREZ, JUVER", "ITURREGUI BYRNE, PATRICIA", "RODRICH ACKERMAN", "ROSPIGLIOSI CAPURRO",
                "BONIFAZ CARMONA, NORA", "CABALLERO LEÓN, CARLOS", "LUQUE IBARRA, RUTH", "CCAHUANA AYMACHOQUE",
                "VÁSQUEZ CHUQUILÍN", "MESÍA RAMÍREZ, CARLOS", "VENTURA ÁNGEL, HÉCTOR", "CUTIPA CCAMA, VÍCTOR RAÚL",
                "DELGADO ZEGARRA, JAIME"),
        "LV": ("RAMOS HUILLCAS, ANDRÉS", "ROBLES ARAUJO, SILVANA", "BARRAGÁN COLOMA, DANIEL",
               "SCHAEFER CUCULIZA, KARLA", "CHÁVEZ COSSÍO, MARTHA", "MELGAR VALDEZ, ELARD"),
        "LO": ("ASTUDILLO SALCEDO, CÉSAR",),
        "LE": ("MATUTE CHARÚN, SUSANA",),
    }  # fmt: skip
    marks = {name: code for code, names in away.items() for name in names}
    return chambers.pdf_of(
        Drawn(
            *("senate", "7 de octubre de 2026", "Fecha: 07/10/2026 Hora: 12:06 PM", "41010 - 58448 - 09995 - S"),
            kind="ASISTENCIA:",
            usual="PRE",
            marks=marks,
            stamps=("COPIA INFORMATIVA", "INFORMACIÓN PROVISIONAL", "SIN REGISTROS ORALES"),
        )
    )


def called() -> bytes:
    """Draw a roll call by name; who voted how in it is made up."""
    names = [one.printed for one in members.members("senate")]
    marks = [(name, None if i % 20 == 7 else (0 if i % 3 else i % 2 + 1)) for i, name in enumerate(names)]
    return chambers.called(
        chambers.Call(
            *("senate", "5 de agosto de 2026", "Fecha: 05/08/2026 Hora: 06:10 PM", "ELECCIÓN DE LA MESA DIRECTIVA"),
            marks=marks,
        )
    )


def senators() -> bytes:
    """Draw an excerpt of the Senate's list of members, with one whom the register does not know."""
    return json_of(
        chambers.member(1293, "Velásquez García, Miguel Angel", "grupo_parlamentario-renovacion-popular",
                        "distrito_electoral-peruanos-en-el-exterior", "condicion-en-ejercicio"),
        chambers.member(1292, "Jauregui Martínez de Aguayo, María de los Milagros Jackeline",
                        "grupo_parlamentario-renovacion-popular", "distrito_electoral-lima-metropolitana"),
        chambers.member(1285, "Ticona Cohaila, Juana Guisella", "grupo_parlamentario-partido-civico-obras",
                        "distrito_electoral-tacna", "condicion-con-licencia"),
        chambers.member(1400, "Sucesora Inventada, Ana", "grupo_parlamentario-fuerza-popular"),
    )  # fmt: skip


def deputies() -> bytes:
    """Draw the end of the Deputies' list: one in another group, one twice, and an entry of another shape."""
    reto = chambers.member(7, "Reto Otero, Oscar de Jesús", "grupo_parlamentario-partido-del-buen-gobierno")
    other = chambers.member(8, "Figari Mendoza, Pier", "grupo_parlamentario-renovacion-popular")
    return json_of(reto, other, {**reto, "id": 9}, {"id": 10, "title": "x"})


def json_of(*entries: object) -> bytes:
    return json.dumps(entries, ensure_ascii=False, indent=0).encode()


LIBRARY = (
    (2942, "2026-10-07T17:13:14", "10/Asistencias_y_votaciones_PROVISIONAL_sesion_del_7_10_2026.pdf"),
    (2911, "2026-10-01T17:39:37", "10/Asistencias_y_votaciones_sesion_30_09_2026_vbo.pdf"),
    (2907, "2026-09-30T15:39:02", "09/Asistencias_y_votaciones_PROVISIONAL_sesion_30_09_2026.pdf"),
    (2663, "2026-09-14T16:46:12", "09/Votaciones_y_Asistencias_Senado_27-7-2026.pdf"),
    (2301, "2026-08-21T11:35:57", "08/ASISTENCIA-VOTACION-PLENO-DIPUTADOS-20260818-provisional.pdf"),
    (2142, "2026-08-18T19:45:58", "08/Asistencia_votacion_PROVISIONAL_18082026.pdf"),
)
"""Files of the Senate's library, as it listed them in October 2026."""
UPLOADS = "https://senado.congreso.gob.pe/wp-content/uploads/2026"


def of_the_chambers() -> dict[str, bytes]:
    """Return the documents of Peru's two chambers."""
    library = chambers.library((n, at, f"{UPLOADS}/{name}") for n, at, name in LIBRARY)
    table = chambers.sessions(
        [
            ("07/10/2026", "Pleno", [f"{UPLOADS}/{LIBRARY[0][2]}"]),
            ("30/09/2026", "Pleno", [f"{UPLOADS}/{LIBRARY[1][2]}"]),
            ("23/09/2026", "Sin votaciones", []),
        ]
    )
    note = (
        "El senador Torres Morales, presidente del Senado, deja constancia del voto a favor de los senadores López "
        "Chau Nava y Bonifaz Carmona; y del voto en contra de la senadora Robles Araujo."
    )
    odd: dict[str, Any] = {"by_column": True, "parts": tuple(reversed(chambers.USUAL))}
    return {
        "pe_senate/members-and-one-unknown/document.json": senators(),
        "pe_senate/library-newest-first/document.json": library,
        "pe_senate/table-of-sittings/document.html": table,
        "pe_senate/provisional-copy/document.pdf": chambers.pdf_of(EMERGENCY),
        "pe_senate/signed-with-a-note/document.pdf": chambers.pdf_of(replace(WARSHIP, note=note, stamps=(), **odd)),
        "pe_senate/attendance/document.pdf": attendance(),
        "pe_senate/roll-call-by-name/document.pdf": called(),
        "pe_senate/show-of-hands/document.pdf": chambers.by_hand("senate", "5 de agosto de 2026"),
        "pe_deputies/matter-at-the-end/document.pdf": chambers.pdf_of(MINORITY),
        "pe_deputies/box-shows-what-was-announced/document.pdf": chambers.pdf_of(
            replace(MINORITY, box={"A FAVOR (SI)": 60})
        ),
        "pe_deputies/headed-as-the-senates/document.pdf": chambers.pdf_of(
            EMERGENCY, replace(MINORITY, title=chambers.TITLES["senate"], record="41007 - 58441 - 10003 - D")
        ),
        "pe_deputies/library-of-the-senate/document.json": library,
        "pe_deputies/members-in-another-group/document.json": deputies(),
        "pe_deputies/sittings-without-a-table/document.html": b"<!DOCTYPE html><html><body>Sesiones</body></html>",
    }


def documents() -> dict[str, bytes]:
    """Return every drawn document by its path below this folder."""
    return {
        **of_the_chambers(),
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
        **{f"pe_sheets/{name}/document.pdf": content for name, content in scans().items()},
        **{f"pe_openpolitica/{name}/document.txt": content for name, content in transcribed().items()},
    }


if __name__ == "__main__":
    for name, content in documents().items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{len(content):7,} bytes  {name}")
