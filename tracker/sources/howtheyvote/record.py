"""Which votes does a leaf record?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tracker.domain import bills
from tracker.domain.evidence import Document
from tracker.domain.recurring import Hand
from tracker.domain.votes import Code, PrintedBallot, PrintedVote
from tracker.sources.contract import Finding, Sheet
from tracker.sources.howtheyvote.leaf import POSITIONS, Seat, unpack
from tracker.sources.howtheyvote.tables import COUNTS, Kept, kept
from tracker.sources.large.leaf import Call, dealt, noted

GROUPS = {
    "SD": "S&D", "RENEW": "Renew", "GREEN_EFA": "Greens/EFA", "PFE": "PfE", "GUE_NGL": "The Left",
    "GUE_NGL_1995_0": "The Left",
}  # fmt: skip
"""Groups by what they call themselves, as far as HowTheyVote's code is another: one renamed in 2021 has two."""
TERMS = ((date(2019, 7, 2), "9"), (date(2024, 7, 16), "10"))
LAST = date(2029, 6, 30)
"""First days of the terms there are votes of, and the last day that lies in one of them for certain."""
ROLL_CALLS = "https://www.europarl.europa.eu/doceo/document/PV-{term}-{day}-RCV_EN.html"
"""The Parliament's page of the roll calls of a day."""


def votes(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read a leaf. Unreadable: the codes of `unpack` and `kept`, `unknown_code`."""
    url = document.url
    record = unpack(document.content, url)

    def code(digit: str) -> Code:
        return sheet.code(POSITIONS[int(digit) - 1], url)

    deck, at = dealt(record.calls, record.seats, code, _ballot)
    odd: list[str] = []
    for call in record.calls:
        yield _vote(call, kept(call.said, f"{url}, {call.number}"), sheet, Hand(deck, at(call.casts)), odd)
    yield from noted(url, sheet, (_group(group) for _, group in record.seats if group), odd, "procedure")


def _group(code: str) -> str:
    return GROUPS.get(code, code)


def _ballot(seat: Seat, code: Code) -> PrintedBallot:
    member, group = seat
    return PrintedBallot(member.name, code, _group(group) or None, str(member.number), member.country)


def _vote(call: Call, facts: Kept, sheet: Sheet, hand: Hand[PrintedBallot], odd: list[str]) -> PrintedVote:
    said, day = call.said, facts.at.date()
    procedure = said["procedure_reference"]
    bill = bills.european_union(procedure) if procedure else None
    if procedure and bill is None:
        odd.append(f"{call.number} {procedure[:40]!r}")
    subject, question = _subject(said, main=facts.main)
    name = f"{sheet.chamber.slug.replace('_', '-')}-htv-{call.number}"
    return PrintedVote(
        legislature=sheet.chamber.slug,
        key=name,
        id=name,
        sitting_date=day,
        taken_at=_moment(facts, sheet),
        subject=subject or f"Vote {call.number}",
        question=question or None,
        kind="Main vote" if facts.main else None,
        bills=(bill.number,) if bill else (),
        result=facts.result,
        ballots=hand,
        complete=True,
        doubts=_doubts(call.casts, facts),
        official_urls=_official(day),
    )


def _moment(facts: Kept, sheet: Sheet) -> datetime | None:
    """Return the clock time; some lists give the day alone, which HowTheyVote writes as midnight."""
    at = facts.at.replace(microsecond=0)
    return at.replace(tzinfo=ZoneInfo(sheet.chamber.zone)) if at.time() != time() else None


def _subject(said: dict[str, str], *, main: bool) -> tuple[str, str]:
    """Return what a vote is about and what was put, as the Parliament's list has it: `A9-0163/2022 – Résolution`.

    A title is that of the whole text: what is a part of it (`Article 2, § 3 - Am 792`) says so in its subject.
    """
    title, reference, description = (
        said["display_title"] or said["procedure_title"],
        said["reference"],
        said["description"],
    )
    asked = " – ".join(part for part in (reference, description) if part)
    if not title:
        return asked, ""
    return (title, asked) if main or not description else (f"{title}: {description}", reference)


def _official(day: date) -> tuple[str, ...]:
    """Return the address of the Parliament's list of that day; none for a day of a term not known."""
    terms = [term for first, term in TERMS if first <= day <= LAST]
    return tuple(ROLL_CALLS.format(term=term, day=day.isoformat()) for term in terms[-1:])


def _doubts(casts: str, facts: Kept) -> tuple[str, ...]:
    """Hold HowTheyVote's counts, made from the same rows, against the rows: one that is missing shows there."""
    n = Counter(casts)
    counted = {name: n[str(figure)] for figure, name in enumerate(COUNTS, 1)}
    return tuple(
        f"{name} is {said}, the rows make {counted[name]}"
        for name, said in zip(COUNTS, facts.counts, strict=True)
        if said != counted[name]
    )
