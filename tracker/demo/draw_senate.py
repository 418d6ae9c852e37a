"""How does the Secretary of the Senate print a vote and a session's menu? Drawn from facts, always the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from tracker.demo.draw_house import DRAWN, MONTHS
from tracker.demo.facts import Member, SenateVote

OLD_FORM_UNTIL = 112
"""Up to the 112th Congress the documents are not indented and hold fewer empty elements."""
_NO_PURPOSE = "No Statement of Purpose on File."
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


def menu_path(congress: int, session: int) -> str:
    """Return where a session's menu lies."""
    return f"/legislative/LIS/roll_call_lists/vote_menu_{congress}_{session}.xml"


def vote_path(congress: int, session: int, number: int) -> str:
    """Return where a vote lies."""
    return f"/legislative/LIS/roll_call_votes/vote{congress}{session}/vote_{congress}_{session}_{number:05d}.xml"


def vote(one: SenateVote) -> bytes:
    """Draw a vote in the form of its time."""
    old = one.congress <= OLD_FORM_UNTIL
    count = one.count()
    lines = [f'<?xml version="1.0" encoding="UTF-8"?><!-- {DRAWN} --><roll_call_vote>{" " if old else ""}']
    lines += [f"  {line}" for line in _head(one)]
    lines += _block("document", _document(one, old))
    lines += _block("amendment", _amendment(one, old))
    lines += _block(
        "count",
        [
            _number("yeas", count["Yea"] + count["Guilty"], zero="0"),
            _number("nays", count["Nay"] + count["Not Guilty"], zero="0"),
            _number("present", count["Present"] + count["Present, Giving Live Pair"], zero=""),
            _number("absent", count["Not Voting"], zero=""),
        ],
    )
    lines += _block("tie_breaker", [_tag("by_whom", one.tie_breaker[0]), _tag("tie_breaker_vote", one.tie_breaker[1])])
    lines.append("  <members>")
    for member, word in one.cast:
        lines += [f"  {line}" for line in _block("member", _member(one, member, word))]
    lines += ["  </members>", "</roll_call_vote>"]
    return "\n".join(line.lstrip() if old else line for line in lines).encode()


def _head(one: SenateVote) -> Iterable[str]:
    yield _tag("congress", str(one.congress))
    yield _tag("session", str(one.session))
    yield _tag("congress_year", str(one.year))
    yield _tag("vote_number", str(one.number))
    yield _tag("vote_date", _moment(one.at))
    if one.modified:
        yield _tag("modify_date", _moment(one.modified))
    yield _tag("vote_question_text", one.asked)
    yield _tag("vote_document_text", one.about)
    yield _tag("vote_result_text", one.announced)
    yield _tag("question", one.question)
    yield _tag("vote_title", one.title)
    yield _tag("majority_requirement", one.requirement)
    yield _tag("vote_result", one.result)


def _document(one: SenateVote, old: bool) -> list[str]:
    kind, number, title = one.document
    name = f"{kind}{number}" if kind == "PN" else f"{kind} {number}".strip()
    titles = [_tag("document_title", title), _tag("document_short_title", "")]
    return [
        _tag("document_congress", str(one.congress)),
        _tag("document_type", kind),
        _tag("document_number", number),
        _tag("document_name", name),
        *(["".join(titles)] if old else titles),
    ]


def _amendment(one: SenateVote, old: bool) -> list[str]:
    number, to = one.amendment
    if old and number:
        return [
            _tag("amendment_number", number),
            _tag("amendment_to_document_number", to),
            _tag("amendment_purpose", one.about),
        ]
    return [
        _tag("amendment_number", number),
        _tag("amendment_to_amendment_number", ""),
        *([] if old else [_tag("amendment_to_amendment_to_amendment_number", "")]),
        _tag("amendment_to_document_number", to),
        _tag("amendment_to_document_short_title", ""),
        _tag("amendment_purpose", one.about if number else _NO_PURPOSE),
    ]


def _member(one: SenateVote, member: Member, word: str) -> list[str]:
    pair = one.pairs.get(member.ref)
    cast = f'<vote_cast crp=" " pair="{pair}">{word}</vote_cast>' if pair else _tag("vote_cast", word)
    return [
        _tag("member_full", member.name),
        _tag("last_name", member.last),
        _tag("first_name", member.first),
        _tag("party", member.party),
        _tag("state", member.state),
        cast,
        _tag("lis_member_id", member.ref),
    ]


def _block(name: str, inner: Iterable[str]) -> list[str]:
    return [f"  <{name}>", *(f"    {line}" for line in inner), f"  </{name}>"]


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>" if text else f"<{name}/>"


def _number(name: str, number: int, *, zero: str) -> str:
    return _tag(name, str(number) if number else zero)


def _moment(at: datetime) -> str:
    """Print `January 9, 2025,  02:54 PM`, with the two blanks of the original."""
    return f"{_LONG_MONTHS[at.month - 1]} {at.day}, {at.year},  {at:%I:%M} {'AM' if at.hour < 12 else 'PM'}"


# --- the menu of a session --------------------------------------------------------------------------------------------


def menu(congress: int, session: int, votes: Sequence[SenateVote]) -> bytes:
    """Draw a session's menu, newest first; days stand without their year."""
    lines = [
        f'<?xml version="1.0" encoding="UTF-8"?><!-- {DRAWN} --><vote_summary>',
        f"  {_tag('congress', str(congress))}",
        f"  {_tag('session', str(session))}",
        f"  {_tag('congress_year', str(2 * congress + 1786 + session))}",
        "  <votes>",
    ]
    for one in sorted(votes, key=lambda one: -one.number):
        lines += [f"  {line}" for line in _block("vote", _entry(one))]
    lines += ["  </votes>", "</vote_summary>"]
    return "\n".join(lines).encode()


def _entry(one: SenateVote) -> list[str]:
    kind, number, _ = one.document
    issue = one.amendment[1] or (f"{kind}{number}" if kind == "PN" else f"{kind} {number}".strip())
    amendment = _tag("measure", one.amendment[0]) if one.amendment[0] else ""
    count = one.count()
    title = one.title if kind == "PN" or not one.about or one.about in one.title else f"{one.title}; {one.about}"
    return [
        _tag("vote_number", f"{one.number:05d}"),
        _tag("vote_date", f"{one.at.day:02d}-{MONTHS[one.at.month - 1]}"),
        _tag("issue", issue),
        f"<question>{escape(one.question, quote=False)}",
        f"    {amendment}</question>",
        _tag(
            "result", one.result.split()[-1] if one.result.endswith(("Rejected", "Passed", "Confirmed")) else one.result
        ),
        "<vote_tally>",
        f"  {_number('yeas', count['Yea'] + count['Guilty'], zero='0')}",
        f"  {_number('nays', count['Nay'] + count['Not Guilty'], zero='0')}",
        "</vote_tally>",
        _tag("title", title),
    ]
