"""Which votes does a leaf record?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from tracker.domain import bills
from tracker.domain.evidence import Document
from tracker.domain.recurring import Deck, Hand
from tracker.domain.votes import Code, PrintedBallot, PrintedVote
from tracker.sources.contract import Finding, Sheet, Unreadable
from tracker.sources.large.leaf import Call, dealt, noted
from tracker.sources.large.rows import whole
from tracker.sources.voteview.leaf import Record, unpack
from tracker.sources.voteview.tables import Member

CODES = {
    "1": "Yea", "2": "Paired Yea", "3": "Announced Yea", "4": "Announced Nay", "5": "Paired Nay", "6": "Nay",
    "7": "Present (7)", "8": "Present (8)", "9": "Not Voting",
}  # fmt: skip
"""Voteview's cast codes in its own words, as the sheet lists them."""
LETTERS = {100: "D", 200: "R", 328: "I"}
"""Parties by the letters of the chambers' own papers; the others by Voteview's number, under which the sheet names
them."""
Official = Callable[[int, int, int], str | None]
"""Where the chamber's own paper of a vote lies: Congress, session, number; None: it has published none."""


def votes(document: Document, sheet: Sheet, official: Official) -> Iterator[Finding]:
    """Read a leaf. Unreadable: the codes of `unpack`, `bad_date`, `bad_number`, `unknown_code`."""
    record = unpack(document.content, document.url)
    deck, at = _deck(record, sheet, document.url)
    odd: list[str] = []
    for call in record.calls:
        yield _vote(record, call, sheet, official, Hand(deck, at(call.casts)), f"{document.url}, {call.number}", odd)
    yield from noted(document.url, sheet, map(_group, record.members), odd, "measure")


def _deck(record: Record, sheet: Sheet, url: str) -> tuple[Deck[PrintedBallot], Callable[[str], list[int]]]:
    """Return a ballot for each member and code that occurs, and how a roll call's codes become places among them."""

    def code(digit: str) -> Code:
        return sheet.code(CODES[digit], url)

    def ballot(one: Member, code: Code) -> PrintedBallot:
        return PrintedBallot(one.name, code, _group(one), one.bioguide or f"icpsr-{one.icpsr}", one.state or None)

    return dealt(record.calls, record.members, code, ballot)


def _group(member: Member) -> str:
    return LETTERS.get(member.party, str(member.party))


def _vote(
    record: Record, call: Call, sheet: Sheet, official: Official, hand: Hand[PrintedBallot], where: str, odd: list[str]
) -> PrintedVote:
    said, congress = call.said, record.congress
    try:
        day = date.fromisoformat(said["date"])
    except ValueError as error:
        raise Unreadable("bad_date", f"{where}: date holds {said['date'][:40]!r}") from error
    bill = bills.united_states(said["bill_number"], congress) if said["bill_number"] else None
    if said["bill_number"] and bill is None:
        odd.append(f"{call.number} {said['bill_number'][:40]!r}")
    question, subject = said["vote_question"], said["vote_desc"] or said["dtl_desc"]
    name = f"{sheet.chamber.slug.replace('_', '-')}-vv-{congress}-{call.number}"
    return PrintedVote(
        legislature=sheet.chamber.slug,
        key=name,
        id=name,
        sitting_date=day,
        subject=subject or ": ".join(filter(None, (said["bill_number"], question))) or f"Roll call {call.number}",
        question=question or None,
        bills=(bill.number,) if bill else (),
        period=str(congress),
        result=said["vote_result"] or None,
        ballots=hand,
        complete=True,
        doubts=_doubts(said, call.casts, where),
        official_urls=_official(said, congress, day, official, where),
    )


def _official(said: dict[str, str], congress: int, day: date, official: Official, where: str) -> tuple[str, ...]:
    """Return the address of the chamber's own paper, where Voteview gives its number."""
    if not said["clerk_rollnumber"]:
        return ()
    number = whole(said["clerk_rollnumber"], "clerk_rollnumber", where)
    if said["session"]:
        session = whole(said["session"], "session", where)
    else:
        # The last session of a Congress ends on 3 January at the latest.
        session = day.year - (day.month == 1 and day.day < 3) - (2 * congress + 1786)
    found = official(congress, session, number)
    return () if found is None else (found,)


def _doubts(said: dict[str, str], casts: str, where: str) -> tuple[str, ...]:
    """Hold Voteview's own counts against its rows: those who voted, or those who voted, paired or announced."""
    n = Counter(casts)
    found = []
    for column, cast, all_told in (
        ("yea_count", n["1"], n["1"] + n["2"] + n["3"]),
        ("nay_count", n["6"], n["4"] + n["5"] + n["6"]),
    ):
        if said[column] and whole(said[column], column, where) not in (cast, all_told):
            found.append(f"{column} is {said[column]}, the rows make {cast}")
    return tuple(found)
