"""The votes of both chambers of the United States of 1989 to 2016, as facts that the tests store votes from."""

from __future__ import annotations

import csv
import gzip
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

_BILL = re.compile(r"(H|S)\.? ?(?:(R|RES|J\.? ?RES|CON\.? ?RES)\.?)? (\d+)\b:?[ -]*(.*)", re.DOTALL)
_NOMINATION = re.compile(r"On the Nomination (PN[\d-]+): (.*)", re.DOTALL)
_FORMS = {"": ".", "R": ".R.", "RES": ".Res.", "JRES": ".J.Res.", "CONRES": ".Con.Res."}
YES, NO = ("Yea", "Aye", "Guilty"), ("Nay", "No", "Not Guilty")


def facts(corpus: Path) -> Iterator[dict[str, Any]]:
    """Return the votes on which somebody voted yes or no, oldest first."""
    folder = corpus / "us-bulk"
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with lzma.open(folder / "member_votes_1989_2016.csv.xz", "rt", encoding="utf-8") as lines:
        for vote, option, _ in csv.reader(lines):
            counts[vote][option] += 1
    with gzip.open(folder / "votes_1989_2016.csv.gz", "rt", encoding="utf-8") as lines:
        for row in sorted(csv.DictReader(lines), key=lambda row: row["date"]):
            cast = counts[row["vote_id"]]
            board = [sum(cast[option] for option in side) for side in (YES, NO)]
            if sum(board):
                yield _fact(row, [*board, 0])


def _fact(row: dict[str, str], board: list[int]) -> dict[str, Any]:
    day = date.fromisoformat(row["date"][:10])
    bill, question, subject = _named(row)
    place = f"{day.year}" if row["chamber"] == "h" else f"{row['congress']}-{2 - day.year % 2}"
    return {
        "id": f"us-{'house' if row['chamber'] == 'h' else 'senate'}-{place}-{row['number']}",
        "day": day, "clock": datetime.fromisoformat(row["date"][:19]), "subject": subject, "question": question,
        "bills": [bill] if bill else [], "board": board, "result": row["result"],
    }  # fmt: skip


def _named(row: dict[str, str]) -> tuple[str | None, str, str]:
    """Return the bill of a vote, the question put and the subject, as the chambers' papers have them."""
    nomination = _NOMINATION.match(row["question"])
    if nomination:
        return nomination[1], f"On the Nomination {nomination[1]}", nomination[2]
    question, _, rest = row["question"].partition(": ")
    named = _BILL.match(rest) or _BILL.match(row["subject"])
    if not named:
        return None, question, rest or row["subject"]
    form = _FORMS.get(re.sub(r"[ .]", "", named[2] or ""), ".")
    bill = f"{named[1]}{form} {named[3]}"
    return bill, question, f"{bill}: {named[4]}" if named[4] else bill
