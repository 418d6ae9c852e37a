"""How does the Secretary of the United States Senate print a roll call vote, and where are a session's votes listed?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.domain import bills
from tracker.domain.evidence import Document, Request
from tracker.domain.votes import CAST, Code, Means, PrintedBallot, PrintedVote, Spoken, Tally
from tracker.sources import markup, us_congress
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Finding, Role, Severity, Sheet, Source, Trouble, Unreadable, Window
from tracker.sources.markup import Element, Fields, plain

FIRST_YEAR = 1989
"""The Senate's votes in XML begin with the 101st Congress."""

_VOTE_URL = re.compile(r"/vote_(\d+)_([12])_(\d{5})\.xml$")
_VOTE_DATE = re.compile(r"([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4})(?:, (0?[1-9]|1[0-2]):([0-5]\d) ([AP])M)?")
_ANNOUNCED = re.compile(r"\((\d{1,3})-(\d{1,3})(?:,[^()]*)?\)\s*$")

_MANY = frozenset(("document", "amendment"))
_VOTE = frozenset(
    (
        *("congress", "session", "congress_year", "vote_number", "vote_date", "modify_date", "vote_question_text"),
        *("vote_document_text", "vote_result_text", "question", "vote_title", "majority_requirement", "vote_result"),
        *("count", "tie_breaker", "members"),
    )
)
_MAY_BE_EMPTY = ("question", "vote_title", "vote_result", "vote_result_text", "majority_requirement")
_NO_PURPOSE = "No Statement of Purpose on File."
_NOMINATION = "PN"


# --- the session's menu -----------------------------------------------------------------------------------------------


def start(window: Window, sheet: Sheet) -> Iterator[Request]:
    """Ask for the menu of each session the window touches, oldest first."""
    for year in us_congress.years(window, FIRST_YEAR):
        url = sheet.address.url("menu", congress=us_congress.congress_of(year), session=us_congress.session_of(year))
        yield Request(url, "menu", None, us_congress.asked(window, year))


def read_menu(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Ask for the votes of the window, oldest first; the menu prints the newest first and days without a year.

    A vote en bloc has no question of its own but one for each of its matters; its number and day stand like any other.
    Unreadable: `other_vote`, `bad_date`, and as `markup.xml` and `Fields`.
    """
    url, context = document.url, document.request.context
    menu = Fields.read(markup.xml(document.content, "vote_summary", url), url)
    year = us_congress.year_of(menu.number("congress"), menu.number("session"))
    if str(year) != context["year"] or menu.number("congress_year") != year:
        raise Unreadable("other_vote", f"{url}: the menu is of the session of {year}, expected {context['year']}")
    printed: dict[int, str] = {}
    for row in menu.one("votes"):
        fields = Fields.read(row, url)
        number = fields.number("vote_number")
        if row.tag != "vote" or number in printed:
            raise Unreadable("bad_row", f"{url}: <{row.tag}> {number} is not one vote, or is listed twice")
        printed[number] = fields.required("vote_date")
    window = us_congress.window_in(context)
    numbers = sorted(printed)
    for number, day in zip(numbers, us_congress.days([printed[n] for n in numbers], year, url), strict=True):
        if day in window:
            yield Request(_address(sheet, year, number), "vote", day)


def _address(sheet: Sheet, year: int, number: int) -> str:
    congress, session = us_congress.congress_of(year), us_congress.session_of(year)
    return sheet.address.url("vote", congress=congress, session=session, number=number)


def without_menu(request: Request, sheet: Sheet) -> Iterator[Request]:
    """Walk the numbers from 1 where there is no menu."""
    context = request.context
    yield _step(sheet, us_congress.first_step(context), "first" if us_congress.overdue(context) else "walk")


def walk_on(request: Request, sheet: Sheet, taken: date | None = None) -> Iterator[Request]:
    """Take a walk's next step, after a vote of the day it was `taken` or, None, after an absent number."""
    after = us_congress.next_step(request.context, taken)
    if after is not None:
        yield _step(sheet, after, "walk")


def _step(sheet: Sheet, context: Mapping[str, str], role: str) -> Request:
    return Request(_address(sheet, int(context["year"]), int(context["number"])), role, None, context)


def is_not_available(content: bytes, url: str) -> bool:
    """Recognise the pages a missing vote or session is redirected to, which answer with status 200."""
    return "roll-call-vote-not-available" in url or "file_not_found" in url


# --- one vote ---------------------------------------------------------------------------------------------------------


def read_vote(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Read one roll call vote. Unreadable names what in the document is not as the Secretary prints it."""
    url = document.url
    root = markup.xml(document.content, "roll_call_vote", url)
    reading = _Reading(url, sheet)
    vote = reading.vote(Fields.read(root, url, several=_MANY), root)
    yield from (Trouble(Severity.NOTED, code, message, vote.id) for code, message in reading.noted)
    yield vote
    yield from walk_on(document.request, sheet, vote.sitting_date)


@dataclass
class _Reading:
    """One document on its way to a vote, with what was noticed meanwhile."""

    url: str
    sheet: Sheet
    noted: list[tuple[str, str]] = field(default_factory=list)

    def note(self, code: str, message: str) -> None:
        self.noted.append((code, f"{self.url}: {message}"))

    def vote(self, top: Fields, root: Element) -> PrintedVote:
        for tag in top.others(_VOTE):
            self.note("unknown_element", f"<{tag}> in <roll_call_vote> is not read")
        for tag in _MAY_BE_EMPTY:
            top.one(tag)
        congress, session, number = top.number("congress"), top.number("session"), top.number("vote_number")
        moment, timed = self.moment(top)
        self.check_name(congress, session, number, moment)
        documents = [Fields.read(each, self.url) for each in root.findall("document")]
        amendments = [Fields.read(each, self.url) for each in root.findall("amendment")]
        spoken, requirement = self.tie_breaker(top), top.text("majority_requirement") or None
        if requirement is not None and self.sheet.rule(requirement) is None:
            self.note(
                "unknown_requirement", f"the requirement {requirement[:40]!r} is not in the sheet; its rule is unknown"
            )
        announced = _ANNOUNCED.search(top.text("vote_result_text"))
        name = f"us-senate-{congress}-{session}-{number}"
        try:
            return PrintedVote(
                legislature=self.sheet.chamber.slug,
                key=name,
                id=name,
                sitting_date=moment.date(),
                taken_at=moment if timed else None,
                subject=self.subject(top, documents),
                question=top.text("vote_question_text") or top.text("question") or None,
                kind=top.text("question") or None,
                requirement=requirement,
                bills=self.bills(documents, amendments, congress),
                period=str(congress),
                result=top.text("vote_result") or None,
                announced=Tally(int(announced[1]), int(announced[2])) if announced else None,
                announced_means=Means.BOARD if announced and not spoken else None,
                announced_text=top.text("vote_result_text") or None,
                board=_count(Fields.read(top.one("count"), self.url)),
                spoken=spoken,
                ballots=self.ballots(top.one("members")),
                complete=True,
            )
        except ValueError as error:
            raise Unreadable("impossible_value", f"{self.url}: {error}") from error

    def check_name(self, congress: int, session: int, number: int, moment: datetime) -> None:
        asked = _VOTE_URL.search(self.url)
        named = (congress, session, number)
        year = us_congress.year_of(congress, session)
        if (asked and tuple(map(int, asked.groups())) != named) or not us_congress.in_session(moment.date(), year):
            raise Unreadable(
                "other_vote",
                f"{self.url}: the document is of vote {congress}-{session}-{number} of {moment.date()}, not this",
            )

    def moment(self, top: Fields) -> tuple[datetime, bool]:
        """Return when the vote was taken, Eastern time, and whether a clock time is printed."""
        printed = top.required("vote_date")
        match = _VOTE_DATE.fullmatch(printed)
        if match is None or match[1] not in us_congress.MONTHS:
            raise Unreadable(
                "bad_date", f"{self.url}: <vote_date> holds {printed[:40]!r}, not 'January 9, 2025, 02:54 PM'"
            )
        month = us_congress.MONTHS.index(match[1]) + 1
        day = us_congress.calendar_day(int(match[3]), month, int(match[2]), self.url)
        hour = int(match[4]) % 12 + (12 if match[6] == "P" else 0) if match[4] else 0
        zone = ZoneInfo(self.sheet.chamber.zone)
        return datetime(day.year, day.month, day.day, hour, int(match[5] or 0), tzinfo=zone), bool(match[4])

    def subject(self, top: Fields, documents: list[Fields]) -> str:
        """Return the title with what the matter is about, joined as the Senate's own menu joins them.

        The menu prints `Crapo Amdt. No. 3331; To delay the repeal …`, and the title alone for nominations.
        """
        title, about = top.text("vote_title"), top.text("vote_document_text")
        nomination = any(each.text("document_type") == _NOMINATION for each in documents)
        if not title:
            return about or top.text("vote_question_text") or top.required("question")
        if not about or about == _NO_PURPOSE or nomination or about.casefold().rstrip(".") in title.casefold():
            return title
        return f"{title}; {about}"

    def bills(self, documents: list[Fields], amendments: list[Fields], congress: int) -> tuple[str, ...]:
        """Return the measures voted on; a vote en bloc prints a document for each nomination (119-1-522: 48)."""
        printed = [each.text("document_name") for each in documents]
        printed += [each.text("amendment_to_document_number") for each in amendments]
        found: dict[str, None] = {}
        for name in filter(None, printed):
            bill = bills.united_states(name, congress)
            if bill is None:
                self.note("unknown_measure", f"{name[:40]!r} is no measure's number")
            else:
                found[bill.number] = None
        return tuple(found)

    def tie_breaker(self, top: Fields) -> tuple[Spoken, ...]:
        """Return the Vice President's vote, which is neither among the members nor in the count (109-1-363: 50–50)."""
        if "tie_breaker" not in top:
            return ()
        fields = Fields.read(top.one("tie_breaker"), self.url)
        name, cast = fields.text("by_whom"), fields.text("tie_breaker_vote")
        if not name and not cast:
            return ()
        if not name or not cast:
            raise Unreadable("missing_text", f"{self.url}: <tie_breaker> names only one of who voted and how")
        position = self.sheet.code(cast, f"{self.url}, tie breaker").position
        if position not in CAST:
            raise Unreadable("unknown_code", f"{self.url}: a tie cannot be broken by {cast[:40]!r}")
        return (Spoken(name, None, position, f"tie_breaker: {cast}"),)

    def ballots(self, members: Element) -> tuple[PrintedBallot, ...]:
        """Return a ballot for each member, in the document's order; votes 133 to 136 of 1989 print no identifiers."""
        codes: dict[str | None, Code] = {}
        found: list[PrintedBallot] = []
        for member in members:
            if member.tag == "member" and [each.tag for each in member] == _FIELDS:
                name, _, _, party, state, cast, ref = [each.text for each in member]
            else:
                name, party, state, cast, ref = self.odd_member(member, len(found) + 1)
            if not name or not cast:
                where = f"{self.url}, member {len(found) + 1}"
                raise Unreadable("missing_text", f"{where}: <member_full> or <vote_cast> is absent or empty")
            code = codes.get(cast)
            if code is None:
                where = f"{self.url}, member {len(found) + 1}"
                code = codes[cast] = self.sheet.code(" ".join(cast.split()), where)
            found.append(PrintedBallot(plain(name) or name, code, plain(party), plain(ref), plain(state)))
        if not found:
            raise Unreadable("no_ballots", f"{self.url}: no members; the document may be unfinished")
        return tuple(found)

    def odd_member(self, member: Element, number: int) -> list[str | None]:
        """Read a member whose fields are not the usual seven in the usual order."""
        fields = {child.tag: child.text for child in member}
        if member.tag != "member" or len(fields) != len(member):
            raise Unreadable("bad_row", f"{self.url}, member {number}: not one <member> with each kind of field once")
        return [fields.get(tag) for tag in ("member_full", "party", "state", "vote_cast", "lis_member_id")]


_FIELDS = ["member_full", "last_name", "first_name", "party", "state", "vote_cast", "lis_member_id"]


def _count(fields: Fields) -> Tally:
    return Tally(
        yes=fields.number("yeas", empty=0),
        no=fields.number("nays", empty=0),
        present=fields.number("present", empty=0),
        not_cast=fields.number("absent", empty=0),
    )


ROLES = {
    "menu": Role(read_menu, 1, absent=is_not_available, missing=without_menu, index=True),
    "vote": Role(read_vote, 1, absent=is_not_available),
    # The steps of a walk are read on every run, like an index, because each leads to the next.
    "walk": Role(read_vote, 1, absent=is_not_available, missing=walk_on, index=True),
    # The first step of a walk that is overdue: its absence says that the addresses of the sheet are wrong.
    "first": Role(read_vote, 1, absent=is_not_available, required=True, index=True),
}

SOURCE = Source(load_sheet("tracker.sources", "us_senate.toml"), start, ROLES)
