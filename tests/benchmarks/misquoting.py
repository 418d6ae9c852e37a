"""How often does a claim that is wrong on purpose pass for a match? Run: python tests/benchmarks/misquoting.py --help

Takes real votes of a database, writes sentences on them as the press does, and spoils them one way at a time: the
figures of one vote on the subject of another, another year, figures exchanged or off by a few. A match is false where
the vote named is on another matter, or of another day, than the sentence says. Right sentences beside them give the
share found. Without --home the votes are those of the corpus, where it is there.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "queries"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "claims"))

import american
import gold_votes
import real_record
from sqlalchemy import Engine, select

from tracker.claims import stems
from tracker.claims.match import SETTLED, check
from tracker.claims.verdict import Answer
from tracker.domain import spelled
from tracker.domain.tally import Tally
from tracker.domain.votes import Status
from tracker.queries.assembly import chambers
from tracker.queries.candidates import Candidate, Loader
from tracker.queries.database import connect, reading
from tracker.storage.engine import open_engine
from tracker.storage.tables import metadata

ALIKE = 0.6
"""Share of their words that two titles on one matter have in common."""
_FORM = re.compile(
    r"^.*?\bque (?:propone|proponen|autoriza|declara|modifica|crea|plantea|regula)\b|^[A-Z][\w. ]{0,12}\d+: ",
    re.IGNORECASE | re.DOTALL,
)
"""What an official title begins with and no report repeats."""
_NUMBERED = re.compile(r"\([^)]*\)|\d[\d.,/-]*")
PERIOD = 1_000
"""Days within which numbers of bills are hardly used again."""
WHOLE = 0.75
"""Share of the words of a sentence by which a vote is of all that it says."""
WORDS = 14
"""Words of a title that a sentence takes."""
ABSENT = 10
"""Every so many votes one is left out of the database."""


@dataclass(frozen=True)
class Said:
    """A sentence, the vote whose subject it names, the count it gives and the days it may speak of."""

    text: str
    subject: Candidate
    days: tuple[date, date] | None


def topic(vote: Candidate) -> str:
    """Return what a report would call the subject of a vote: the first words of its title that tell something."""
    plain = " ".join(_NUMBERED.sub(" ", _FORM.sub("", vote.subject, count=1)).split())
    return " ".join(plain.split()[:WORDS]).strip(" ,.;:").lower() if vote.legislature.startswith("pe_") else plain[:90]


def sentence(vote: Candidate, tally: Tally, when: str, *, third: bool = True) -> str:
    """Return a sentence that gives a tally to the subject of a vote."""
    if vote.legislature.startswith("pe_"):
        rest = f" y {tally.abstain} abstenciones" if third else ""
        lead = f"{when}, e" if when else "E"
        return f"{lead}l Congreso votó sobre {topic(vote)}: {tally.yes} votos a favor, {tally.no} en contra{rest}."
    body = "House" if vote.legislature == "us_house" else "Senate"
    return f"The {body} voted {tally.yes}-{tally.no} on {topic(vote)}{f' on {when}' if when else ''}."


def on(vote: Candidate, day: date) -> str:
    """Return a day as the papers of a vote's country write it."""
    return f"El {spelled.day(day, 'es')}" if vote.legislature.startswith("pe_") else spelled.day(day, "en")


def same_matter(one: Candidate, other: Candidate) -> bool:
    """Whether two votes are on one matter: a bill of one period, or nearly one title."""
    near = abs((one.sitting_date - other.sitting_date).days) < PERIOD
    if near and one.legislature[:2] == other.legislature[:2] and set(one.bills) & set(other.bills):
        return True
    a, b = stems.of_text(one.words), stems.of_text(other.words)
    return bool(a and b) and len(a & b) >= ALIKE * min(len(a), len(b))


def false(said: Said, answer: Answer) -> bool:
    """Whether an answer calls a match what is none."""
    if answer.verdict not in SETTLED:
        return False
    vote = answer.matches[0].vote
    days = {vote.sitting_date, vote.taken_at.date() if vote.taken_at else vote.sitting_date}
    slack = timedelta(2)
    told = stems.of_text(topic(said.subject))
    no_less = len(told & stems.of_text(vote.words)) >= WHOLE * len(told)
    in_time = said.days is None or any(said.days[0] - slack <= day <= said.days[1] + slack for day in days)
    return not (in_time and (no_less or same_matter(said.subject, vote)))


def spoilt(vote: Candidate, other: Candidate, absent: Candidate, chance: random.Random) -> dict[str, Said]:
    """Return sentences on a vote by how they are spoilt; *right* ones are not."""
    tally, theirs = vote.best or Tally(), other.best or Tally()
    day, away = vote.sitting_date, vote.sitting_date.replace(day=1) + timedelta(365 * chance.choice((-3, -2, 2, 3)))
    off = Tally(
        tally.yes + chance.choice((-3, -1, 1, 2)), max(0, tally.no + chance.choice((-2, 0, 1, 3))), tally.abstain
    )
    exact = (day, day)
    found = {
        "right": Said(sentence(vote, tally, ""), vote, None),
        "right, with its day": Said(sentence(vote, tally, on(vote, day)), vote, exact),
        "right, two figures": Said(sentence(vote, tally, "", third=False), vote, None),
        "another subject": Said(sentence(vote, theirs, ""), vote, None),
        "another subject, two figures": Said(sentence(vote, theirs, "", third=False), vote, None),
        "another subject, the day of the figures": Said(
            sentence(vote, theirs, on(vote, other.sitting_date)), vote, (other.sitting_date,) * 2
        ),
        "another subject, the day of the subject": Said(sentence(vote, theirs, on(vote, day)), vote, exact),
        "a subject not held": Said(sentence(absent, tally, ""), absent, None),
        "a subject not held, two figures": Said(sentence(absent, tally, "", third=False), absent, None),
        "a subject not held, the day of the figures": Said(sentence(absent, tally, on(vote, day)), absent, exact),
        "another year": Said(sentence(vote, tally, on(vote, away)), vote, (away, away)),
        "off by a few": Said(sentence(vote, off, ""), vote, None),
        "off by a few, with its day": Said(sentence(vote, off, on(vote, day)), vote, exact),
    }
    if tally.yes != tally.no:
        found["exchanged"] = Said(sentence(vote, Tally(tally.no, tally.yes, tally.abstain), ""), vote, None)
    return found


def sample(engine: Engine, count: int, chance: random.Random) -> list[Candidate]:
    """Return votes with a count and a subject that says something, picked by chance, as many of each chamber."""
    v = metadata.tables["vote"]
    found: list[Candidate] = []
    with reading(engine) as connection:
        held = chambers(connection)
        for number in held:
            query = select(v.c.id).where(v.c.joined_to.is_(None), v.c.legislature_id == number).order_by(v.c.id)
            keys = list(connection.execute(query).scalars())
            picked = chance.sample(keys, min(len(keys), 2 * count // len(held)))
            votes = Loader(connection, held).candidates(picked).values()
            telling = [vote for vote in votes if vote.best and vote.best.cast and len(stems.of_text(topic(vote))) > 1]
            found += telling[: count // len(held)]
    return found


def measure(
    engine: Engine,
    votes: Sequence[Candidate],
    absent: Sequence[Candidate],
    chance: random.Random,
    tell: Callable[[str], None],
) -> int:
    """Print the rates by kind of fault; return how many false matches there are."""
    asked, wrong, met, matched = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for vote in votes:
        same = [one for one in votes if one.legislature == vote.legislature and not same_matter(vote, one)]
        away = [one for one in absent if one.legislature == vote.legislature and not same_matter(vote, one)]
        if not same or not away:
            continue
        for kind, said in spoilt(vote, chance.choice(same), chance.choice(away), chance).items():
            answers = check(engine, said.text).answers
            asked[kind] += 1
            met[kind] += any(vote.id in [one.id for one in answer.matches[:3]] for answer in answers)
            matched[kind] += any(one.verdict in SETTLED and one.matches[0].id == vote.id for one in answers)
            for bad in [answer for answer in answers if false(said, answer)][:1]:
                wrong[kind] += 1
                first, subject = bad.matches[0], bad.matches[0].subject
                tell(f"  {kind}: {said.text}\n    {bad.verdict} {first.id} {first.vote.subject[:150]!r} by {subject}")
    for kind, count in asked.items():
        share = {
            name: 100 * some[kind] / count for name, some in (("false", wrong), ("matched", matched), ("listed", met))
        }
        print(f"{kind:42} {count:5} asked  {wrong[kind]:3} false ({share['false']:.2f} %)  "
              f"its vote matched {share['matched']:5.1f} %, listed {share['listed']:5.1f} %")  # fmt: skip
    return sum(wrong.values())


def filled(home: Path, *, us: bool) -> tuple[str, list[Candidate]]:
    """Return the address of a database of the corpus, filled if it is not yet, and the votes left out of it."""
    fresh = not (home / "escrutinio.sqlite").exists()
    url = real_record.fill(home, without=ABSENT)
    absent = [
        unheld("pe_congress", one.sitting, one.subject) for n, one in enumerate(real_record.records()) if not n % ABSENT
    ]
    if us and real_record.CORPUS.is_dir():
        found = list(american.facts(real_record.CORPUS))
        away = found[::ABSENT]
        absent += [
            unheld("us_house" if "house" in one["id"] else "us_senate", one["day"], one["subject"]) for one in away
        ]
        del found[::ABSENT]
        engine = open_engine(url)
        for start in range(0, len(found) if fresh else 0, 2_000):
            gold_votes.fill(engine, found[start : start + 2_000])
        engine.dispose()
    return url, [vote for vote in absent if len(stems.of_text(topic(vote))) > 1]


def unheld(legislature: str, day: date, subject: str) -> Candidate:
    """Return a vote that is left out of the database."""
    return Candidate(0, "", legislature, day, None, subject, None, None, None, Status.OFFICIAL, (), subject, ())


def main() -> None:
    """Fill a database and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--votes", type=int, default=500, help="votes to write sentences on, fourteen each")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--home", type=Path, help="fill this folder, or use it as it is if it is filled")
    parser.add_argument("--peru", action="store_true", help="without the 25,000 votes of the United States")
    parser.add_argument("--show", action="store_true", help="print each false match")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url, absent = filled(chosen.home or Path(folder), us=not chosen.peru)
        chance = random.Random(chosen.seed)
        engine = connect(url)
        measure(engine, sample(engine, chosen.votes, chance), absent, chance, print if chosen.show else lambda _: None)
        engine.dispose()


if __name__ == "__main__":
    main()
