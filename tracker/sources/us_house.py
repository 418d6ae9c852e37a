"""How does the Clerk of the United States House print a roll call, and where are the roll calls of a year listed?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.domain import bills
from tracker.domain.evidence import Document
from tracker.domain.votes import Code, GroupTally, Position, PrintedBallot, PrintedVote, Tally
from tracker.sources import markup, us_congress
from tracker.sources import us_house_index as listing
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Finding, Role, Severity, Sheet, Source, Trouble, Unreadable
from tracker.sources.markup import Element, Fields, plain

_ROLL_URL = re.compile(r"/evs/(\d{4})/roll(\d{3,4})\.xml$")
_ACTION_DATE = re.compile(r"(\d{1,2})-([A-Z][a-z]{2})-(\d{4})")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_TWELVE = re.compile(r"(1[0-2]|0?[1-9]):([0-5]\d) ([AP])M")
_VOTE_TYPE = re.compile(r"(?:(\d/\d) )?(?:YEA-AND-NAY|RECORDED VOTE)")
_ELECTION = re.compile(r"\belection of (?:the )?speaker\b", re.IGNORECASE)
_VACATED = re.compile(r"\b(?:vote|proceedings)\b[^.]*\b(?:was|were|is|are)\b[^.]*\bvacated\b", re.IGNORECASE)

_META = frozenset(
    (
        *("majority", "congress", "session", "chamber", "committee", "rollcall-num", "legis-num", "vote-question"),
        *("amendment-num", "amendment-author", "vote-type", "vote-result", "action-date", "action-time", "vote-desc"),
        "vote-totals",
    )
)
_ROWS = frozenset(("totals-by-party", "totals-by-candidate"))
_TOTALS = frozenset(("totals-by-party-header", "totals-by-vote"))
_NOT_MEASURES = re.compile(r"(?:QUORUM(?: \d+)?|JOURNAL|MOTION|ADJOURN|ABSENT)")
"""What the Clerk prints for a bill's number where the House voted on none."""

_NO_ID = "0000000"
"""The identifier printed for a member who had none yet (G. K. Butterfield, roll calls 405 to 544 of 2004)."""


def read_roll_call(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read one roll call. Unreadable names what in the document is not as the Clerk prints it."""
    url = document.url
    root = Fields.read(markup.xml(document.content, "rollcall-vote", url), url)
    meta = Fields.read(root.one("vote-metadata"), url)
    reading = _Reading(url, sheet)
    vote = reading.vote(meta, root.one("vote-data"))
    yield from (Trouble(Severity.NOTED, code, message, vote.id) for code, message in reading.noted)
    yield vote
    yield from listing.walk_on(document.request, sheet, vote.sitting_date)


@dataclass
class _Reading:
    """One document on its way to a vote, with what was noticed meanwhile."""

    url: str
    sheet: Sheet
    noted: list[tuple[str, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def note(self, code: str, message: str) -> None:
        self.noted.append((code, f"{self.url}: {message}"))

    def vote(self, meta: Fields, data: Element) -> PrintedVote:
        for tag in meta.others(_META):
            self.note("unknown_element", f"<{tag}> in <vote-metadata> is not read")
        for tag in ("vote-question", "vote-result"):
            meta.one(tag)
        if "chamber" in meta and "committee" in meta:
            raise Unreadable("second_element", f"{self.url}: <vote-metadata> holds both <chamber> and <committee>")
        meta.one("committee" if "committee" in meta else "chamber")
        day = self.day(meta)
        year, number = self.name(meta, day)
        question, measure, description = meta.text("vote-question"), meta.text("legis-num"), meta.text("vote-desc")
        vacated = any(_VACATED.search(text[:500]) for text in (question, description, meta.text("vote-result")))
        board, groups = self.totals(meta, vacated=vacated)
        candidates = dict(board.candidates) if board is not None else {}
        named = candidates if candidates or _ELECTION.search(question[:100]) else None
        kind, asked = meta.required("vote-type"), self.question(meta, question)
        try:
            return PrintedVote(
                legislature=self.sheet.chamber.slug,
                key=f"us-house-{year}-{number}",
                id=f"us-house-{year}-{number}",
                sitting_date=day,
                taken_at=self.clock(meta, day),
                subject=description or ": ".join(filter(None, (measure, asked))) or kind,
                question=asked or None,
                kind=kind,
                requirement=self.requirement(kind) if named is None else None,
                bills=self.bills(measure, year, meta.number("congress")),
                period=str(us_congress.congress_of(year)),
                result=meta.text("vote-result") or None,
                board=board,
                groups=groups,
                ballots=self.ballots(data, named, vacated=vacated),
                complete=True,
                vacated=vacated,
                doubts=tuple(self.doubts),
            )
        except ValueError as error:
            raise Unreadable("impossible_value", f"{self.url}: {error}") from error

    def name(self, meta: Fields, day: date) -> tuple[int, int]:
        """Return the session's year, which the address names and the document does not print, and the number.

        Roll calls 655 to 659 of 2012 were taken on 1 January 2013; those from 475 of 1990 print another Congress (103).
        """
        number = meta.number("rollcall-num")
        address = _ROLL_URL.search(self.url)
        if address is None:
            return (day.year - 1 if (day.month, day.day) < (1, 3) else day.year), number
        year = int(address[1])
        if number != int(address[2]) or not us_congress.in_session(day, year):
            raise Unreadable(
                "other_vote",
                f"{self.url}: the document is of roll call {number} on {day}, not of the one asked for",
            )
        return year, number

    def day(self, meta: Fields) -> date:
        printed = meta.required("action-date")
        match = _ACTION_DATE.fullmatch(printed)
        if match is None or match[2] not in us_congress.MONTHS:
            raise Unreadable("bad_date", f"{self.url}: <action-date> holds {printed[:40]!r}, expected '3-Jan-2025'")
        month = us_congress.MONTHS.index(match[2]) + 1
        return us_congress.calendar_day(int(match[3]), month, int(match[1]), self.url)

    def clock(self, meta: Fields, day: date) -> datetime | None:
        """Return when the vote closed, Eastern time; None where none is printed, as in a few documents."""
        if "action-time" not in meta:
            return None
        printed = (meta.one("action-time").get("time-etz") or "").strip()
        if match := _CLOCK.fullmatch(printed):
            hour, minute = int(match[1]), int(match[2])
        elif match := _TWELVE.fullmatch(text := meta.text("action-time")):
            hour, minute = int(match[1]) % 12 + (12 if match[3] == "P" else 0), int(match[2])
        else:
            if printed or text:
                self.note("bad_time", f"<action-time> holds {(printed or text)[:40]!r}; the vote has no clock time")
            return None
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(self.sheet.chamber.zone))

    def question(self, meta: Fields, question: str) -> str:
        """Return the question with the amendment it is about."""
        author, number = meta.text("amendment-author"), meta.text("amendment-num")
        if number and author:
            author = f"{author} (amendment {number})"
        elif number:
            author = f"amendment {number}"
        return ": ".join(filter(None, (question, author)))

    def requirement(self, kind: str) -> str | None:
        """Return the share a type of vote stands for, if the sheet lists its rule; a quorum call decides nothing."""
        if kind == "QUORUM":
            return None
        match = _VOTE_TYPE.fullmatch(kind)
        share = (match[1] or "1/2") if match else None
        if share is None or self.sheet.rule(share) is None:
            self.note("unknown_vote_type", f"<vote-type> holds {kind[:40]!r}; what it requires is unknown")
            return None
        return share

    def bills(self, measure: str, year: int, congress: int) -> tuple[str, ...]:
        if congress != us_congress.congress_of(year):
            self.note("other_congress", f"the document says Congress {congress}, {year} was of another")
        if not measure or _NOT_MEASURES.fullmatch(measure):
            return ()
        bill = bills.united_states(measure, us_congress.congress_of(year))
        if bill is None:
            self.note("unknown_measure", f"<legis-num> holds {measure[:40]!r}, which is no bill's number")
            return ()
        return (bill.number,)

    def totals(self, meta: Fields, *, vacated: bool) -> tuple[Tally | None, tuple[GroupTally, ...]]:
        """Return the board and the table by party, or the candidates' table of an election of the Speaker."""
        if vacated and "vote-totals" not in meta:
            return None, ()
        element = meta.one("vote-totals")
        totals = Fields.read(element, self.url, several=_ROWS)
        for tag in totals.others(_TOTALS):
            self.note("unknown_element", f"<{tag}> in <vote-totals> is not read")
        candidates = element.findall("totals-by-candidate")
        if candidates and "totals-by-vote" in totals:
            raise Unreadable("second_element", f"{self.url}: <vote-totals> holds both votes and candidates")
        groups = tuple(self.group(row) for row in element.findall("totals-by-party"))
        if candidates:
            return self.candidates(candidates), groups
        return _tally(Fields.read(totals.one("totals-by-vote"), self.url)), groups

    def group(self, row: Element) -> GroupTally:
        fields = Fields.read(row, self.url)
        name = fields.required("party")
        code = next((code for code, entry in self.sheet.groups.items() if entry.name == name), None)
        if code is None:
            self.note("unknown_group", f"the party {name[:40]!r} is not in the sheet; its row meets no ballots")
        return GroupTally(code or name, name, _tally(fields))

    def candidates(self, rows: list[Element]) -> Tally:
        """Read the table of an election of the Speaker, in which `Present` and `Not Voting` stand like candidates."""
        named: dict[str, int] = {}
        for row in rows:
            fields = Fields.read(row, self.url)
            name = fields.required("candidate")
            if name in named:
                raise Unreadable("second_element", f"{self.url}: the candidate {name[:40]!r} is listed twice")
            named[name] = fields.number("candidate-total")
        codes = self.sheet.codes
        aside = {codes[name].position.value: named.pop(name) for name in [*named] if name in codes}
        if not aside.keys() <= {Position.PRESENT.value, Position.NOT_CAST.value}:
            raise Unreadable("unknown_code", f"{self.url}: yes or no stands among the candidates")
        return Tally(**aside, candidates=tuple(named.items()))

    def ballots(self, data: Element, named: dict[str, int] | None, *, vacated: bool) -> tuple[PrintedBallot, ...]:
        """Return a ballot for each recorded vote, in the document's order.

        A vote vacated before anybody voted has none (2015, roll call 300).
        """
        codes: dict[str, Code] = {}
        roles: set[str | None] = set()
        found: list[PrintedBallot] = []
        for row in data:
            if len(row) != 2 or row.tag != "recorded-vote":
                raise self.bad_row(row, len(found))
            member, cast = row[0], row[1]
            name, get, printed = plain(member.text), member.get, cast.text or ""
            if not name or member.tag != "legislator" or cast.tag != "vote" or len(member) or len(cast):
                raise self.bad_row(row, len(found))
            code = codes.get(printed)
            if code is None:
                code = codes[printed] = self.code(printed, named, f"{self.url}, recorded vote {len(found) + 1}")
            ref = get("name-id")
            if get("role") != "legislator":
                roles.add(get("role"))
            # Made straight from its parts: a chamber's whole history is tens of millions of these.
            found.append(
                PrintedBallot._make(
                    (
                        name,
                        code,
                        get("party") or None,
                        None if ref == _NO_ID else ref or None,
                        get("state") or None,
                    )
                )
            )
        for role in sorted(role or "" for role in roles):
            self.note("unknown_role", f"a recorded vote is of a {role[:40]!r}, expected a legislator")
        if not found and not vacated:
            raise Unreadable("no_ballots", f"{self.url}: no recorded votes; the document may be unfinished")
        return tuple(found)

    def code(self, printed: str, named: dict[str, int] | None, where: str) -> Code:
        printed = " ".join(printed.split())
        if named is None or printed in self.sheet.codes:
            return self.sheet.code(printed, where)
        if not printed:
            raise Unreadable("unknown_code", f"{where}: no name stands where the member's choice should")
        if printed not in named:
            self.doubts.append(f"ballots for {printed[:80]}, who is in no table of candidates")
        return Code(printed, Position.OTHER)

    def bad_row(self, row: Element, before: int) -> Unreadable:
        message = f"{self.url}: recorded vote {before + 1} (<{row.tag}>) is not one legislator's name and one vote"
        return Unreadable("bad_row", message)


def _tally(fields: Fields) -> Tally:
    return Tally(
        yes=fields.number("yea-total"),
        no=fields.number("nay-total"),
        present=fields.number("present-total"),
        not_cast=fields.number("not-voting-total"),
    )


ROLES = {
    "index": Role(listing.read_index, 1, absent=listing.is_no_index, missing=listing.without_index, index=True),
    "index_page": Role(
        listing.read_index_page, 1, absent=listing.is_no_index, missing=listing.without_index_page, index=True
    ),
    "roll_call": Role(read_roll_call, 1, absent=listing.is_error_body),
    # The steps of a walk are read on every run, like an index, because each leads to the next.
    "walk": Role(read_roll_call, 1, absent=listing.is_error_body, missing=listing.walk_on, index=True),
    # The first step of a walk that is overdue: its absence says that the addresses of the sheet are wrong.
    "first": Role(read_roll_call, 1, absent=listing.is_error_body, required=True, index=True),
}

SOURCE = Source(load_sheet("tracker.sources", "us_house.toml"), listing.start, ROLES)
