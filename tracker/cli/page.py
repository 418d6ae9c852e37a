"""How does one vote look in a terminal: the figures first, then how they come about, then the paper?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from tracker.cli.bill import in_brief
from tracker.cli.screen import out, plain, say, table, text
from tracker.domain.changes import Cause
from tracker.domain.reconcile import Check
from tracker.domain.votes import Position, Status

if TYPE_CHECKING:
    from rich.text import Text

    from tracker.queries.view import BallotView, VoteView

STYLES = {
    Position.YES: "green",
    Position.NO: "red",
    Position.ABSTAIN: "yellow",
    Position.PRESENT: "cyan",
    Position.NOT_CAST: "dim",
    Position.OTHER: "magenta",
}
WORDS = {
    Position.YES: "yes",
    Position.NO: "no",
    Position.ABSTAIN: "abstaining",
    Position.PRESENT: "present",
    Position.NOT_CAST: "not cast",
    Position.OTHER: "for a candidate",
}
COLUMNS = {
    Position.YES: "yes",
    Position.NO: "no",
    Position.ABSTAIN: "abstain",
    Position.PRESENT: "present",
    Position.NOT_CAST: "not cast",
}
"""What counts have columns for."""
CHECKS = {
    Check.BALLOTS_MAKE_BOARD: ("the ballots make the board", "the ballots do not make the board"),
    Check.GROUPS_MAKE_BOARD: ("the table by group makes the board", "the table by group does not make the board"),
    Check.BALLOTS_MAKE_GROUPS: ("the ballots make the table by group", "the ballots do not make the table by group"),
    Check.SPOKEN_FIT_BALLOTS: ("the spoken votes fit the ballots", "spoken votes do not fit the ballots"),
    Check.ANNOUNCED_MEETS: ("the announced figure meets the count", "the announced figure does not meet the count"),
    Check.NOBODY_TWICE: ("nobody is listed twice", "somebody is listed twice"),
    Check.READER_SURE: ("read without doubts", "read with doubts"),
}
"""Each sum, where it meets and where it does not."""
CAUSES = {
    Cause.SOURCE: "the source changed the document",
    Cause.READER: "the same document was read better",
    Cause.CORRECTION: "our reading was corrected",
}
_CODE = re.compile(r"\b(?:not_cast|no_response|on_duty|leave_[a-z]+)\b")
BILLS = 5
"""Bills of a vote that get a line each."""
FROM_NAMES = "the names the paper gives, added up"
COUNTS = {
    "board": "as printed on the board",
    "counted": "the ballots, counted by us",
    "final": "board and spoken votes, added by us",
    "announced": "as the chair announced it",
}


def print_vote(view: VoteView) -> None:
    """Print everything known of a vote."""
    _head(view)
    _tallies(view)
    _ledger(view)
    _groups(view)
    _ballots(view)
    _checks(view)
    _papers(view)
    _history(view)
    _evidence(view)


def _head(view: VoteView) -> None:
    out().print(text(view.subject, "bold"))
    for line in (view.question, ", ".join(view.bills)):
        if line:
            say(line)
    for record in view.bill_records[:BILLS]:
        say(f"  {in_brief(record)}", "dim")
    if len(view.bill_records) > BILLS:
        say(f"  and {len(view.bill_records) - BILLS} more bills; --json lists them", "dim")
    taken = f", voted {view.taken_at:%d %B %Y at %H:%M} ({view.chamber.zone})" if view.taken_at else ""
    say(f"{view.chamber.title}, sitting of {view.sitting_date:%d %B %Y}{taken}")
    by = f"transcribed by {view.credit.by}" if view.credit else ""
    # A transcription is nobody's official record.
    status = "" if by and view.status is Status.OFFICIAL else f"status {view.status}"
    facts = [by, status, f"sums {view.verdict}", f"result: {view.result}" if view.result else ""]
    say("; ".join(filter(None, [view.id, *facts, "vacated" if view.vacated else ""])), "dim")
    if view.gone_since:
        say(f"no longer at its source since {view.gone_since:%d %B %Y}", "bold red")
    if view.settled:
        say(f"settled by {view.settled}", "dim")


def _tallies(view: VoteView) -> None:
    columns = [position for position in COLUMNS if position is not Position.ABSTAIN or _knows_abstaining(view)]
    rows = table("tally", *map(COLUMNS.__getitem__, columns), "how it comes about")
    for column in rows.columns[1:-1]:
        column.justify = "right"
    for kind, meaning in COUNTS.items():
        counts = getattr(view.tallies, kind)
        if counts is None:
            continue
        counted = kind == "board" and view.board_from_names
        style = "bold" if counts is view.tallies.best else ""
        figures = (view.says(kind, position) for position in columns)
        cells = [text("–" if n is None else n, style) for n in figures]
        names = "".join(f"; {count} for {name}" for name, count in counts.candidates)
        rows.add_row(text(kind, style), *cells, text((FROM_NAMES if counted else meaning) + names, "dim"))
    out().print(rows)
    rule = view.majority
    if rule.rule is not None and rule.needed is not None:
        say(f"needed {rule.needed} of {rule.base} ({rule.rule.name}), obtained {rule.obtained}; {rule.rule.source}")


def _knows_abstaining(view: VoteView) -> bool:
    return view.chamber.abstention or any(view.says(kind, Position.ABSTAIN) for kind in COUNTS)


def _ledger(view: VoteView) -> None:
    if not view.spoken:
        return
    base = view.tallies.board or view.tallies.counted
    counts = "added to the count" if view.chamber.spoken_counts else "recorded, not added to the count"
    rows = table("spoken by", "was", "now", "in the paper's words", title=f"Votes put on record aloud ({counts})")
    for said in view.spoken:
        was = WORDS[said.was] if said.was else "–"
        was = f"{was} ({in_words(said.was_reason)})" if said.was_reason else was
        aside = "" if said.counts else " (does not count)"
        who = f"{said.name} ({said.group})" if said.group else said.name
        rows.add_row(text(who), text(was), text(WORDS[said.now] + aside, STYLES[said.now]), text(said.quote, "dim"))
    out().print(rows)
    if base and view.tallies.final and view.chamber.spoken_counts:
        how = view.chamber.abstention
        statements = "statement" if len(view.spoken) == 1 else "statements"
        final = view.tallies.final.text(abstention=how)
        say(f"{base.text(abstention=how)} and {len(view.spoken)} {statements} make {final}")


def _groups(view: VoteView) -> None:
    if not view.groups:
        return
    unread = Counter(ballot.group for ballot in view.ballots if ballot.unread)
    heads = [*COLUMNS.values(), *(["not read"] if unread else []), "final"]
    rows = table("group", *heads, title="By group, ballots counted")
    for column in rows.columns[1:]:
        column.justify = "right"
    for group in view.groups:
        name = group.code if group.name in (None, group.code) else f"{group.code} {group.name}"
        away = group.tally.not_cast - unread[group.code]
        figures: list[object] = [group.tally.of(position) for position in list(COLUMNS)[:-1]]
        figures += [away if away or view.complete else "–", *([unread[group.code]] if unread else [])]
        final = group.final.text(abstention=view.chamber.abstention) if group.final else "–"
        rows.add_row(
            text(name or "no group printed", "" if group.attached else "dim"), *(text(n) for n in figures), text(final)
        )
    out().print(rows)


def _ballots(view: VoteView) -> None:
    sides: dict[tuple[Position, str], list[BallotView]] = defaultdict(list)
    for ballot in view.ballots:
        sides[ballot.position, ballot.code if ballot.position is Position.OTHER else ""].append(ballot)
    for (position, candidate), ballots in sorted(sides.items(), key=lambda side: list(Position).index(side[0][0])):
        line = text(f"{candidate or WORDS[position].capitalize()} ({len(ballots)}): ", f"bold {STYLES[position]}")
        out().print(line.append_text(_joined(_names(ballots))))
    if not view.complete and view.ballots:
        say("The paper does not name everybody who was there.", "dim")


def _names(ballots: list[BallotView]) -> Iterator[Text]:
    for ballot in ballots:
        sure = "by the sums" if ballot.decided else ""
        why = "could not be read" if ballot.unread else in_words(ballot.reason or "")
        aside = ", ".join(filter(None, [ballot.group, why, sure]))
        name = text(ballot.name, "" if ballot.member else "italic")
        yield name.append(f" ({plain(aside)})", "dim") if aside else name


def in_words(code: str) -> str:
    """Say codes in words: `leave_official`, `not_cast -2`."""
    return _CODE.sub(lambda match: match[0].replace("_", " "), code)


def _joined(names: Iterator[Text]) -> Text:
    from rich.text import Text

    return Text.assemble(*chain.from_iterable(((", " if n else ""), name) for n, name in enumerate(names)))


def _checks(view: VoteView) -> None:
    out().line()
    for check in view.checks:
        if check.ok is not None:
            meets, fails = CHECKS[Check(check.check)]
            line = text(meets, "green") if check.ok else text(fails, "bold red")
            detail = f": {in_words(check.detail)}" if check.detail else ""
            out().print(line.append_text(text(detail)), soft_wrap=True)


def _papers(view: VoteView) -> None:
    """Say what other papers have of the vote."""
    if view.leads_to:
        say(f"another paper's record of {view.leads_to}", "yellow")
    for paper in view.papers:
        page = f", page {paper.page}" if paper.page else ""
        by = f", transcribed by {paper.credit.by}" if paper.credit else ""
        same = "says the same" if paper.agrees else "differs"
        say(f"{paper.title}{by} ({paper.id}{page}): {same}", "" if paper.agrees else "yellow")
        for one in paper.differences:
            who = f"{one.who}: " if one.who else ""
            ours, theirs = (in_words(value) if value else "nothing" for value in (one.ours, one.theirs))
            say(f"  {who}{one.field} here {ours}, there {theirs}", "yellow")


def _history(view: VoteView) -> None:
    if len(view.versions) == 1:
        return
    say("Readings", "bold")
    for version in view.versions:
        cause = f"; {CAUSES[version.cause]}" if version.cause else ", nothing moved"
        cause = ", first reading" if version.n == 1 else cause
        force = " (in force)" if version.in_force else ""
        say(f"  {version.n}. {version.at:%d %B %Y %H:%M} UTC{cause}{force}")
        for change in version.changes:
            who = f" {change.who}" if change.who else ""
            was, now = (in_words(value) if value else "–" for value in (change.was, change.now))
            say(f"     {change.field.replace('_', ' ')}{who}: {was} → {now}", "yellow")


def _evidence(view: VoteView) -> None:
    say("Papers", "bold")
    fetched = "brought in" if view.credit else "fetched"
    if view.credit:
        say(f"  a transcription, by {view.credit.by}; licence: {view.credit.licence}")
        for url in view.official_urls or ("an official document whose address it does not give",):
            say(f"  made from {url}", "cyan")
    for paper in view.evidence:
        page = f", page {paper.page}" if paper.page else ""
        say(f"  {paper.url}{page}", "cyan")
        say(f"  {fetched} {paper.fetched_at:%d %B %Y %H:%M:%S} UTC, {paper.size} bytes, SHA-256 {paper.sha256}", "dim")
