"""How did a member vote, vote by vote, and where did that differ from the group?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard import links
from dashboard.components import badge, heading, scope, tally
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.domain.votes import Position
from tracker.queries.casing import calm
from tracker.queries.conduct import Taken
from tracker.queries.listed import VoteRow
from tracker.queries.ranks import Part

PER_PAGE = 25
WAYS = ("all", "apart", "split", "yes", "no", "abstain", "not_cast", "aloud")

_KEPT: dict[str, Callable[[Taken], bool]] = {
    "all": lambda one: True,
    "apart": lambda one: one.rebel is not None,
    "split": lambda one: one.split,
    "yes": lambda one: one.part.position is Position.YES,
    "no": lambda one: one.part.position is Position.NO,
    "abstain": lambda one: one.part.position is Position.ABSTAIN,
    "not_cast": lambda one: one.part.position is Position.NOT_CAST and not one.part.unread,
    "aloud": lambda one: one.part.aloud,
}


def kept(of: Sequence[Taken], show: str) -> list[Taken]:
    """Return the votes of one kind, the newest first."""
    return [one for one in reversed(of) if _KEPT[show](one)]


def search(of: Sequence[Taken], every: int, text: str, say: Words, clear: str) -> Html:
    """Say how many of a member's votes a search found, and lead back to all of them."""
    told = say("course.found", n=say.number(len(of)), of=say.count("votes", every), text=text)
    return el("p", told, " ", el("a", say("course.clear"), href=clear), class_="esc-count", role="status")


def lead(of: Sequence[Taken], say: Words) -> Html:
    """Say in how many votes the member stood apart; only of those that go into figures."""
    reckoned = [one for one in of if one.reckoned]
    apart = sum(one.rebel is not None for one in reckoned)
    return el("p", say.count("course.broke", apart, of=say.count("votes", len(reckoned))), class_="esc-finding")


def ways(of: Sequence[Taken], show: str, say: Words, address: scope.Address) -> Html:
    """Return the kinds of votes there are, each with how many."""
    found = {way: n for way, n in counts(of).items() if n or way == show}
    options = {way: f"{say(f'course.{way}')} {say.number(n)}" for way, n in found.items()}
    return scope.ways(say("course.show"), options, show, lambda way: address(show=None if way == "all" else way))


def counts(of: Sequence[Taken]) -> dict[str, int]:
    """Return how many votes there are of each kind."""
    return {way: sum(map(_KEPT[way], of)) for way in WAYS}


def table(some: Sequence[Taken], rows: Sequence[VoteRow], say: Words, lang: str | None) -> Html:
    """Return votes with what the member did in each, and what most of the group did."""
    listed = {row.id: row for row in rows}
    items = [_row(one, listed[one.id], say, lang) for one in some]
    return el("ol", items, class_="esc-votes esc-course")


def _row(one: Taken, row: VoteRow, say: Words, lang: str | None) -> Html:
    part, clock = one.part, f", {say.clock(row.taken_at, row.sitting_date)}" if row.taken_at else ""
    figure = tally.figure(row.tallies.best, abstention=row.abstention)
    return el(
        "li",
        el("span", did(part, say), _why(one, say), class_="esc-rowtally esc-rowdid"),
        el(
            "span",
            el("span", f"{say.day(row.sitting_date)}{clock} · ", el("span", figure, class_="esc-num"),
               " ", badge.of_row(row, say), class_="esc-when"),
            el("a", calm(row.subject), href=links.vote(row.id, lang), class_="esc-subject"),
            heading.hint(row),
            el("span", told, class_="esc-hint") if (told := _beside(one, row, say)) else None,
            class_="esc-rowtext",
        ),
    )  # fmt: skip


def did(part: Part, say: Words) -> Html:
    """Write where somebody stood with its mark; not of a mark that could not be read that they did not vote."""
    if part.unread:
        return el("span", say("ballots.unread"), class_="esc-mark esc-mark-unread")
    return el("span", part.candidate or say(f"position.{part.position}"), class_=f"esc-mark esc-mark-{part.position}")


def _why(one: Taken, say: Words) -> Html | None:
    """Say why the member did not vote, or that the vote was put on record aloud and what the board had."""
    part = one.part
    if part.aloud:
        was = say(f"reason.{part.reason}") if part.reason else say(f"position.{part.board}") if part.board else None
        told = say("course.aloud_was", was=was) if was else say("ballots.aloud")
        return el("span", told, class_="esc-hint")
    return el("span", say(f"reason.{part.reason}"), class_="esc-hint") if part.reason and not part.unread else None


def _beside(one: Taken, row: VoteRow, say: Words) -> str | None:
    """Say what the group did where the member did otherwise, or the group split."""
    if one.line is None or one.part.group is None or not (one.rebel or one.split):
        return None
    figure = tally.figure(one.of_group, abstention=row.abstention)
    line = one.line.candidate or say(f"position.{one.line.position}")
    return say("beside.split" if one.split else "beside.apart", group=one.part.group, tally=figure, line=line)
