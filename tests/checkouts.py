"""A checkout of openpolitica's repository as the tests draw it: from facts, in the repository's own layout."""

from __future__ import annotations

import gzip
import json
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tracker.sources.peru import bundle, roster
from tracker.sources.peru.transcript import COUNTS, SEATS

REPOSITORY = "https://github.com/openpolitica/congreso-pleno-asistencia-votacion"
PDF = "https://www2.congreso.gob.pe/Sicr/RelatAgenda/PlenoComiPerm20112016.nsf/Apleno/{}/$FILE/Asis_vot_OFICIAL_{}.pdf"
KEY = "A" * 32

COLUMN = {
    "SI": "si", "NO": "no", "ABSTENCION": "abstenciones", "SIN_RESPONDER": "sin_responder", "AUSENTE": "ausentes",
    "LICENCIA_OFICIAL": "licencias", "LICENCIA_POR_ENFERMEDAD": "licencias", "LICENCIA_PERSONAL": "licencias",
    "PRESENTE": "presentes", "AUS": "ausentes", "LO": "licencias", "LE": "licencias", "LP": "licencias",
    "SINRES": "sin_responder", "ABST": "abstenciones", "PRE": "presentes",
}  # fmt: skip
"""Where the transcribers count their words; SUSPENDIDO has a column in attendance lists only."""

Rows = Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record to draw: the rows are group, name and word; totals and table are counted unless they are given."""

    name: str
    sitting: date
    rows: Rows
    kind: str = "votacion"
    clock: datetime | None = None
    subject: str = "TEXTO SUSTITUTORIO DEL PROYECTO DE LEY 1234"
    president: str = ""
    notes: Sequence[str] = ()
    quorum: int = 64
    session: str = ""
    pdf: str = ""
    totals: Mapping[str, int] | None = None
    table: Mapping[str, Mapping[str, int]] | None = None
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> str:
        return f"data/2021-2026/{self.sitting:%Y/%m/%d}"

    @property
    def folder(self) -> str:
        return f"{self.day}/{self.name}-{self.kind}"

    @property
    def taken(self) -> datetime:
        return self.clock or datetime.strptime(self.name, "%Y-%m-%dT%H-%M")  # noqa: DTZ007

    def files(self) -> dict[str, bytes]:
        """The files of the record by path, those of its sitting's folder among them."""
        columns = [key for key in COUNTS[self.kind] if key in (self.totals or COUNTS[self.kind])]
        roll = {"votacion": "votaciones", "asistencia": "asistencias"}[self.kind]
        counted = counts(self.rows, columns)
        totals = self.totals or counted["TOTAL"]
        table = self.table or {group: row for group, row in sorted(counted.items()) if group != "TOTAL"}
        table = {**table, "TOTAL": totals}
        about = [f"dia,{self.taken:%Y-%m-%d}", f"hora,{self.taken:%H:%M}"]
        if self.kind == "votacion":
            about += [f'asunto,"{self.subject}"', f'presidente,"{self.president}"']
        session = self.session or f"Asistencias y votaciones de la sesión del {self.sitting:%d-%m-%Y}"
        pdf = self.pdf or PDF.format(KEY, f"{self.sitting:%d-%m-%y}")
        told = {
            f"{self.folder}/metadatos.csv": ["metadato,valor", *about, f"quorum,{self.quorum}"],
            f"{self.folder}/{roll}.csv": [
                f"grupo_parlamentario,congresista,{self.kind}",
                *(f'{group},"{name}",{word}' for group, name, word in self.rows),
            ],
            f"{self.folder}/resultados.csv": [
                "resultado,total",
                *(f"{key},{totals[key]}" for key in (SEATS, *columns)),
            ],
            f"{self.folder}/resultados_grupo.csv": [
                ",".join(("grupo_parlamentario", SEATS, *columns)),
                *(",".join([group, *(str(row[key]) for key in (SEATS, *columns))]) for group, row in table.items()),
            ],
            f"{self.folder}/notas.csv": ["hora,nota", *(f'{self.taken:%H:%M},"{note}"' for note in self.notes)],
            f"{self.day}/pleno.csv": [
                "metadato,valor", "periodo_parlamentario,2021-2026", "periodo_anual,2022-2023",
                "legislatura,Segunda Legislatura Ordinaria", f"sesion,{session}", f"url_pdf,{pdf}",
                f"dia,{self.sitting.isoformat()}",
            ],
            f"{self.day}/grupo_parlamentario.csv": [
                "grupo_parlamentario,descripcion",
                *(f"{code},{name}" for code, name in self.groups.items()),
            ],
        }  # fmt: skip
        return {path: ("\n".join(lines) + "\n").encode() for path, lines in told.items()}


def counts(rows: Rows, columns: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count rows by group and in all, as the transcribers' programme does."""
    found: dict[str, Counter[str]] = {"TOTAL": Counter()}
    for group, _, word in rows:
        column = COLUMN.get(word, "otros")
        column = "suspendidos" if word == "SUSPENDIDO" and "suspendidos" in columns else column
        for key in ("TOTAL", group):
            found.setdefault(key, Counter()).update([SEATS, column])
    return {key: {column: n[column] for column in (SEATS, *columns)} for key, n in found.items()}


def write(root: Path, records: Iterable[Record]) -> Path:
    """Write records into a folder."""
    for record in records:
        for path, content in record.files().items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    return root


def document(record: Record, **instead: bytes | None) -> bytes:
    """The one document of a record; files are left out (None) or replaced by the first part of their name."""
    found = {}
    for path, content in record.files().items():
        above, _, name = path.rpartition("/")
        given = instead.get(name.partition(".")[0], content)
        if given is not None:
            found[name if above == record.folder else f"../{name}"] = given
    return bundle.pack(record.folder, found)


def commit(root: Path, remote: str = REPOSITORY) -> str:
    """Make a folder a git checkout of a remote with everything committed, and return the commit."""
    git(root, "init", "-q")
    git(root, "remote", "add", "origin", f"{remote}.git")
    return commit_again(root)


def commit_again(root: Path) -> str:
    """Commit whatever changed, if anything did, and return the new commit."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "x")
    return head(root)


def head(root: Path) -> str:
    """The commit that a checkout is at."""
    return git(root, "rev-parse", "HEAD")


def git(root: Path, *words: str) -> str:
    """Run git in a folder, whatever is set up on this machine."""
    settings = ("-c", "user.name=t", "-c", "user.email=t@example.test", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *settings, *words], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


SHEETS_MARKS = {
    "SI +++": "SI", "NO ---": "NO", "Abst.": "ABSTENCION", "SinRes": "SIN_RESPONDER", "aus": "AUSENTE",
    "LO": "LICENCIA_OFICIAL", "LE": "LICENCIA_POR_ENFERMEDAD", "LP": "LICENCIA_PERSONAL", "Sus": "SUSPENDIDO",
}  # fmt: skip
NOTE = (
    "El presidente del Congreso deja constancia del voto a favor del congresista Flores Ruíz; y del voto en contra de "
    "las congresistas Taipe Coronado y Portalatino Ávalos."
)
CHAIR = "WILLIAMS ZAPATA, JOSÉ DANIEL"


def founding() -> Record:
    """The record of the vote of 00:10 on 19 May 2023, sitting of the 18th: 69–31–4, with three statements 70–33–4."""
    facts = Path(__file__).parent / "queries" / "troops.toml"
    marks = tomllib.loads(facts.read_text(encoding="utf-8"))
    rows = [
        (group, name.upper(), SHEETS_MARKS[mark])
        for mark, groups in marks.items()
        for group, names in groups.items()
        for name in names
    ]
    return Record(
        name="2023-05-19T00-10", sitting=date(2023, 5, 18), rows=sorted(rows, key=lambda row: row[1]), president=CHAIR,
        notes=[NOTE], groups={group: f"GRUPO {group}" for group in sorted({group for group, _, _ in rows})},
        subject="PROYECTO DE RESOLUCIÓN LEGISLATIVA 4766, QUE PROPONE AUTORIZAR EL INGRESO DE PERSONAL MILITAR",
    )  # fmt: skip


def invented(day: date = date(2023, 5, 18), votes: int = 3, *, hour: int = 10) -> Iterator[Record]:
    """Records of a sitting that never was: the members of a day, their words made up; an attendance list first."""
    seats = roster.roll(day)
    names = [(seat.group or "NA", seat.printed[0]) for seat in seats]
    chair = names[100][1]
    groups = {code: f"GRUPO {code}" for code in sorted({group for group, _ in names})}
    yield Record(
        name=f"{day}T{hour - 1:02}-45", sitting=day, kind="asistencia", groups=groups,
        rows=[(group, name, "AUSENTE" if n % 10 == 3 else "PRESENTE") for n, (group, name) in enumerate(names)],
    )  # fmt: skip
    for number in range(votes):
        words = ("SI", "SI", "SI", "NO", "ABSTENCION", "AUSENTE", "LICENCIA_PERSONAL")
        yield Record(
            name=f"{day}T{hour:02}-{number:02}", sitting=day, president=chair, groups=groups,
            subject=f"PROYECTO DE LEY {1000 + number}, QUE PROPONE NADA",
            rows=[
                (group, name, "SIN_RESPONDER" if name == chair else words[(n * (number + 3)) % 7])
                for n, (group, name) in enumerate(names)
            ],
        )  # fmt: skip


def of_facts(corpus: Path, kind: str) -> Iterator[tuple[dict[str, Any], Record]]:
    """Every vote or attendance list of the facts with the record it was transcribed as.

    The name that the facts mend (`fixes`) is put back as the transcription has it.
    """
    file, roll, board = {
        "votacion": ("votes.jsonl.gz", "votes", "board"),
        "asistencia": ("attendance.jsonl.gz", "marks", "totals"),
    }[kind]
    named = {row["date"]: row for row in json.loads((corpus / "peru/facts/sittings.json").read_bytes())["sittings"]}
    with gzip.open(corpus / "peru/facts" / file, "rt", encoding="utf-8") as lines:
        for line in lines:
            facts = json.loads(line)
            rows = [tuple(row) for row in facts[roll]]
            if facts.get("fixes"):
                rows = sorted(((g, _as_transcribed(name), word) for g, name, word in rows), key=lambda row: row[1])
            sitting = named[facts["sitting"]]
            yield facts, Record(
                name=facts["id"], sitting=date.fromisoformat(facts["sitting"]), kind=kind, rows=rows,
                clock=datetime.fromisoformat(facts["datetime"]), subject=facts.get("subject", ""),
                president=facts.get("president", ""), notes=[note.replace('"', '""') for note in facts["notes"]],
                quorum=facts["quorum"], session=sitting["sesion"], pdf=facts["pdf"], totals=facts[board],
                table=facts["groups"], groups=sitting["groups"],
            )  # fmt: skip


def _as_transcribed(name: str) -> str:
    return "HERRERA MAMANI, FERNANDO MARIO" if name.startswith("ROSPIGLIOSI") else name
