"""What does checking an article cost on 100,000 votes? Run: python tests/benchmarks/checking.py --help

Votes are the facts of tests/claims/votes.toml again and again, on other days and with other counts, stored by the real
writer in a real SQLite file. Prints CPU milliseconds of an article of 50 kB (usual, and crammed with claims), reading
alone beside reading and matching, and their ratio to splitting the same text into words by one regular expression.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "queries"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "claims"))

import gold_votes

from tracker.claims.match import check
from tracker.claims.read import read
from tracker.queries.database import connect
from tracker.storage.engine import open_engine, upgrade

LONG = 50_000
PROSE = """La sesión se prolongó hasta la madrugada, con discursos encendidos de uno y otro lado. Varios legisladores
pidieron la palabra por alusiones, lo que obligó a suspender el debate dos veces. La oposición anunció que acudirá al
Tribunal Constitucional.

El ministro defendió la iniciativa: «es una cooperación que se repite», señaló. Los ejercicios costarán 2,3 millones de
soles y durarán 90 días en seis regiones del país.

Analysts said it would have little effect on relations with neighbouring countries. Polls showed that 62 percent
distrust the legislature.

"""


def votes(facts: list[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    """Return so many votes, the real ones first."""
    chance = random.Random(5)
    yield from facts
    for n in range(count - len(facts)):
        told = facts[n % len(facts)]
        days = timedelta(days=chance.randint(-9_000, 400))
        cast = sum(told["board"])
        yes = chance.randint(cast // 2, cast)
        board = [yes, (cast - yes) * 3 // 4, (cast - yes) // 4 if told["id"].startswith("pe-") else 0]
        yield {
            **told, "id": f"{told['id']}-{n}", "board": board, "day": told["day"] + days,
            "clock": told["clock"] + days, "before": board, "bills": [f"{n}"],
        }  # fmt: skip


def fill(url: str, count: int) -> None:
    """Store the votes, a reading each."""
    counted = [told for told in gold_votes.facts() if "board" in told]
    engine = open_engine(url)
    upgrade(engine)
    found = [{key: value for key, value in told.items() if key != "before"} for told in votes(counted, count)]
    for start in range(0, len(found), 2_000):
        gold_votes.fill(engine, found[start : start + 2_000])
    engine.dispose()


def article(claims: int) -> str:
    """Return 50 kB of prose with so many sentences on votes in it."""
    sentences = [
        "Con 70 votos a favor, 33 en contra y 4 abstenciones, el Congreso aprobó el ingreso de tropas de EE. UU. ",
        "The House passed the Affordable Care Act 219-212 on March 21, 2010. ",
        "La censura al ministro de Salud obtuvo 71 votos a favor, 32 en contra y 13 abstenciones. ",
        "El 11 de mayo de 2023 la reforma del Código Penal terminó 90-0-0. ",
        "Se aprobó la ley de juventudes por 61 votos a 52. ",
    ]
    parts = [PROSE] * (LONG // len(PROSE) + 1)
    for n in range(claims):
        at = n * len(parts) // claims
        parts[at] = parts[at].rstrip() + " " + sentences[n % len(sentences)] + "\n\n"
    return "".join(parts)[:LONG]


def cost(work: Callable[[], object], rounds: int) -> float:
    """Return the least CPU milliseconds of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return 1000 * best


def main() -> None:
    """Fill a database and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--votes", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="fill this file, or use it as it is if it is there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "votes.sqlite"
        if not path.exists():
            begun = datetime.now(UTC)
            fill(f"sqlite:///{path}", chosen.votes)
            print(f"{chosen.votes} votes stored in {(datetime.now(UTC) - begun).seconds} s")
        engine = connect(f"sqlite:///{path}")
        for name, claims in (("usual", 12), ("crammed", 100)):
            text = article(claims)
            floor = cost(lambda text=text: re.findall(r"\w+|\S", text), chosen.rounds)
            alone = cost(lambda text=text: read(text), chosen.rounds)
            whole = cost(lambda text=text: check(engine, text), chosen.rounds)
            found = len(read(text).claims)
            print(f"{name}: {found} claims, reading {alone:.0f} ms, with matching {whole:.0f} ms CPU; "
                  f"{alone / floor:.0f} and {whole / floor:.0f} times the floor")  # fmt: skip
        engine.dispose()


if __name__ == "__main__":
    main()
