"""How does the Clerk of the House print a roll call and a year's index? Drawn from facts, the same bytes each time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from tracker.demo.facts import Member, RollCall

DRAWN = "Drawn by Escrutinio from published facts; not a copy of the official file"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST_WITH_IDS = 108
"""Before the 108th Congress (2003) the roll prints no identifiers."""
_PARTIES = (("Republican", "R"), ("Democratic", "D"), ("Independent", "I"))
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE rollcall-vote PUBLIC "-//US Congress//DTDs/vote v1.0 20031119 //EN" "../vote.dtd">',
    '<?xml-stylesheet type="text/xsl" href="../vote.xsl"?>',
    f"<!-- {DRAWN} -->",
)


def path(year: int, number: int) -> str:
    """Return where a roll call lies on the Clerk's site."""
    return f"/evs/{year}/roll{number:03d}.xml"


def error_body(name: str) -> bytes:
    """Return what the Clerk answers, with status 200, for a roll call that does not exist (yet)."""
    return f'<xml>Error sanitizing file "{name}". Please try again.</xml>'.encode()


def roll_call(vote: RollCall) -> bytes:
    """Draw a roll call: UTF-8, CRLF, no indentation, the parts in the Clerk's order."""
    lines = [*_HEAD, "<rollcall-vote>", "<vote-metadata>", *_metadata(vote), "<vote-totals>"]
    lines += _candidates(vote) if vote.candidates else _totals(vote)
    lines += ["</vote-totals>", "</vote-metadata>", "<vote-data>"]
    ids = vote.congress >= FIRST_WITH_IDS
    lines += [
        f"<recorded-vote>{_legislator(member, ids)}{_tag('vote', word)}</recorded-vote>" for member, word in vote.cast
    ]
    lines += ["</vote-data>", "</rollcall-vote>", ""]
    return "\r\n".join(lines).encode()


def _metadata(vote: RollCall) -> list[str]:
    session = "1st" if vote.year % 2 else "2nd"
    lines = [_tag("majority", vote.majority), _tag("congress", str(vote.congress)), _tag("session", session)]
    lines.append(_tag("committee" if vote.committee else "chamber", "U.S. House of Representatives"))
    lines.append(_tag("rollcall-num", str(vote.number)))
    if vote.measure:
        lines.append(_tag("legis-num", vote.measure))
    lines.append(_tag("vote-question", vote.question))
    if vote.amendment:
        lines += [_tag("amendment-num", vote.amendment), _tag("amendment-author", vote.author)]
    lines += [_tag("vote-type", vote.kind), _tag("vote-result", vote.result)]
    lines.append(_tag("action-date", f"{vote.at.day}-{MONTHS[vote.at.month - 1]}-{vote.at.year}"))
    lines.append(f'<action-time time-etz="{vote.at:%H:%M}">{_clock(vote.at)}</action-time>')
    lines.append(_tag("vote-desc", vote.about))
    return lines


def _candidates(vote: RollCall) -> list[str]:
    """Draw the totals of an election of the Speaker, most votes first, the two rows that are no candidates last."""
    count = vote.count()
    rows = [*vote.candidates, "Present", "Not Voting"]
    return [
        f"<totals-by-candidate>{_tag('candidate', row)}{_tag('candidate-total', str(count[row]))}</totals-by-candidate>"
        for row in rows
    ]


def _totals(vote: RollCall) -> list[str]:
    yes, no = ("Ayes", "Noes") if vote.words == "Aye" else ("Yeas", "Nays")
    lines = ["<totals-by-party-header>", _tag("party-header", "Party"), _tag("yea-header", yes), _tag("nay-header", no)]
    lines += [_tag("present-header", "Answered “Present”"), _tag("not-voting-header", "Not Voting")]
    lines.append("</totals-by-party-header>")
    for name, code in _PARTIES:
        lines += ["<totals-by-party>", _tag("party", name), *_figures(vote, code), "</totals-by-party>"]
    lines += ["<totals-by-vote>", _tag("total-stub", "Totals"), *_figures(vote, None), "</totals-by-vote>"]
    return lines


def _figures(vote: RollCall, party: str | None) -> list[str]:
    count = vote.count(party)
    return [
        _tag("yea-total", str(count["Yea"] + count["Aye"])),
        _tag("nay-total", str(count["Nay"] + count["No"])),
        _tag("present-total", str(count["Present"])),
        _tag("not-voting-total", str(count["Not Voting"])),
    ]


def _legislator(member: Member, ids: bool) -> str:
    plain = escape(_plain(member.name))
    names = f'name-id="{member.ref}" sort-field="{plain}" unaccented-name="{plain}" ' if ids else ""
    about = f'{names}party="{member.party}" state="{member.state}" role="legislator"'
    return f"<legislator {about}>{escape(member.name, quote=False)}</legislator>"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _clock(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


# --- the index of a year ----------------------------------------------------------------------------------------------


def index(year: int, votes: Sequence[RollCall]) -> bytes:
    """Draw `index.asp`: links to the pages of a hundred, and the rows of the newest of them."""
    hundreds = sorted({vote.number // 100 for vote in votes})
    links = [
        f'<A HREF="ROLL_{hundred}00.asp">ROLL CALLS {hundred * 100}-{hundred * 100 + 99}</A><BR>'
        for hundred in hundreds
    ]
    newest = [vote for vote in votes if vote.number // 100 == hundreds[-1]] if hundreds else []
    return _page(year, links, newest)


def index_page(year: int, hundred: int, votes: Sequence[RollCall]) -> bytes:
    """Draw a page of a hundred roll calls, such as `ROLL_000.asp`."""
    return _page(year, [], [vote for vote in votes if vote.number // 100 == hundred])


def _page(year: int, links: Iterable[str], votes: Sequence[RollCall]) -> bytes:
    congress, session = (year - 1789) // 2 + 1, "1<SUP>st</SUP>" if year % 2 else "2<SUP>nd</SUP>"
    heads = ("Roll", "Date", "Issue", "Question", "Result", "Title/Description")
    lines = [
        "<HTML><HEAD>",
        "<TITLE>U.S. House of Representatives Roll Call Votes</TITLE>",
        f"<!-- {DRAWN} -->",
        '</HEAD><BODY BGCOLOR="#ffffff" TEXT="#000000">',
        '<H2 ALIGN="CENTER">U.S. House of Representatives Roll Call Votes<BR>',
        f" {_ordinal(congress)} Congress - {session} Session ({year})<BR>",
        "<FONT SIZE=-1>as compiled through the electronic voting machine<BR>"
        "by the House Tally Clerks under the direction of the Clerk of the House</FONT></H2>",
        *links,
        '<TABLE BORDER="1" WIDTH="100%"><TR>',
        *(f'<TH><FONT FACE="Arial" SIZE="-1">{head}</FONT></TH>' for head in heads),
        "</TR>",
        *(_row(vote) for vote in sorted(votes, key=lambda vote: -vote.number)),
        "</TABLE></BODY></HTML>",
        "",
    ]
    return "\r\n".join(lines).encode()


def _row(vote: RollCall) -> str:
    """Draw a row; the result is one letter (Passed, Failed, Agreed to), a candidate's initial in an election."""
    link = f"http://clerk.house.gov/cgi-bin/vote.asp?year={vote.year}&rollnumber={vote.number}"
    day = f"{vote.at.day}-{MONTHS[vote.at.month - 1]}"
    about = escape(vote.about or vote.author, quote=False) or "&nbsp;"
    cells = [day, escape(vote.measure, quote=False), escape(vote.question, quote=False), vote.result[:1], about]
    font = '<FONT FACE="Arial" SIZE="-1">'
    tags = ["<TD>"] * 3 + ['<TD ALIGN="CENTER">', "<TD>"]
    printed = "\r\n".join(f"{tag}{font}{cell}</FONT></TD>" for tag, cell in zip(tags, cells, strict=True))
    return f'<TR><TD><A HREF="{link}">{vote.number}</A></TD>\r\n{printed}</TR>'


def _ordinal(number: int) -> str:
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}<SUP>{last}</SUP>"
