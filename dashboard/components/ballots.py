"""Who voted how, as printed, and whose vote was added aloud?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dashboard.components.escape import Html, el, join
from dashboard.components.tally import position_words
from dashboard.words import Words
from tracker.domain.people import fold
from tracker.domain.votes import Position
from tracker.queries.standing import standing
from tracker.queries.view import BallotView, SpokenView, VoteView


@dataclass(frozen=True, slots=True)
class Line:
    """One member: where the member stands in the end, the ballot if the paper lists one, and what was said aloud.

    `position` None: the member is in no count, and the statement does not count. `aloud`: a statement put the member
    where the board does not have them.
    """

    name: str
    group: str | None
    position: Position | None
    ballot: BallotView | None
    said: SpokenView | None
    aloud: bool = False

    @property
    def member(self) -> str | None:
        """The id of the member; None where the name met nobody."""
        return (self.ballot.member if self.ballot else None) or (self.said.member if self.said else None)

    @property
    def unread(self) -> bool:
        """Whether the member's code could not be read and nothing else tells the vote."""
        return not self.aloud and self.ballot is not None and self.ballot.unread


def lines(view: VoteView) -> list[Line]:
    """Return the members in order of name, each once: ballots, and those who only spoke."""
    said = {spoken.member or spoken.name: spoken for spoken in view.spoken}
    stand = standing(view).best
    listed, others = stand[: len(view.ballots)], stand[len(view.ballots) :]
    found = [
        Line(ballot.name, ballot.group, part.position, ballot, said.pop(part.who, None), part.aloud)
        for ballot, part in zip(view.ballots, listed, strict=True)
    ]
    found += [Line(part.name, part.group, part.position, None, said.pop(part.who, None), True) for part in others]
    found += [Line(spoken.name, spoken.group, None, None, spoken) for spoken in said.values()]
    return sorted(found, key=lambda line: fold(line.name))


def chosen(of: Iterable[Line], group: str | None, position: str | None) -> list[Line]:
    """Keep the members of a group and a position; None keeps all. A candidate's name is a position too."""
    return [
        line
        for line in of
        if (group is None or (line.group or "") == group) and (position is None or position in places_of(line))
    ]


def places_of(line: Line) -> tuple[str, ...]:
    """Return what a member's line is filtered by: the position, the candidate voted for, or that it was not read."""
    if line.unread:
        return ("unread",)
    if line.position is Position.OTHER and line.ballot is not None:
        return (line.ballot.code,)
    return (str(line.position),) if line.position is not None else ()


ToMember = Callable[[str], str]
"""The address of a member's page, by id."""


def table(view: VoteView, shown: list[Line], say: Words, to_member: ToMember | None = None) -> Html:
    """Return the members as a table: name, group, position, reason, and the code as printed.

    Names lead to the members' pages if `to_member` says where those are.
    """
    words = position_words(view, say)
    groups = {group.code: group.name for group in view.groups}
    regions = any(line.ballot and line.ballot.region for line in shown)
    reasons = any(line.ballot and _reason(line.ballot, say) for line in shown)
    heads = ["ballots.name", *(["ballots.region"] if regions else []), "ballots.group", "ballots.position"]
    heads += [*(["ballots.reason"] if reasons else []), "ballots.code"]
    head = el("tr", [el("th", say(key), scope="col") for key in heads])
    told: dict[tuple[object, ...], Html] = {}
    body = []
    for line in shown:
        ballot = line.ballot
        # Hundreds of members share a group, a position and a code: what stands in those cells is written once.
        alike = (
            line.group,
            line.position,
            line.said,
            ballot and (ballot.position, ballot.reason, ballot.code, ballot.decided),
        )
        if alike not in told:
            told[alike] = _cells(line, groups, words, say, reasons=reasons)
        region = el("td", ballot.region if ballot else "") if regions else None
        member = line.member if to_member else None
        name = el("a", line.name, href=to_member(member)) if to_member and member else line.name
        body.append(el("tr", el("th", name, scope="row"), region, told[alike]))
    caption = el("caption", say.count("ballots.caption", len(shown)))
    return el(
        "div",
        el("table", caption, el("thead", head), el("tbody", body), class_="esc-table esc-ballots"),
        class_="esc-scroll",
    )


def _cells(
    line: Line, groups: dict[str | None, str | None], words: dict[Position, str], say: Words, *, reasons: bool
) -> Html:
    ballot = line.ballot
    reason = _reason(ballot, say) if ballot else ""
    if reason and line.aloud:
        reason = say("ballots.on_board", reason=reason)
    return join(
        [
            el("td", _group(line, groups, say)),
            el("td", _position(line, words, say)),
            el("td", reason) if reasons else None,
            el("td", _printed(ballot, say) if ballot else "", class_="esc-printed"),
        ]
    )


def _reason(ballot: BallotView, say: Words) -> str:
    return say(f"reason.{ballot.reason}") if ballot.reason and not ballot.unread else ""


def _printed(ballot: BallotView, say: Words) -> Html | None:
    """Print the code, and say of one that was not read but follows from the sums that it does."""
    if ballot.unread:
        return None
    decided = el("span", f" {say('ballots.decided')}", class_="esc-hint") if ballot.decided else None
    return join([el("code", ballot.code), decided])


def _group(line: Line, groups: dict[str | None, str | None], say: Words) -> Html:
    if line.group is None:
        return el("span", say("ballots.no_group"), class_="esc-hint")
    return el("abbr", line.group, title=groups.get(line.group) or line.group)


def _position(line: Line, words: dict[Position, str], say: Words) -> Html:
    """Write where a member stands; of a statement, what the board had before, or that it is not in the count."""
    if line.aloud:
        before = line.ballot and (say("ballots.unread") if line.ballot.unread else words[line.ballot.position])
        was = el("span", f"{before} → ", class_="esc-hint") if before else None
        return join([was, _mark(line, words, say), el("span", f" {say('ballots.aloud')}", class_="esc-hint")])
    if line.said is None:
        return _mark(line, words, say)
    told = say("ballots.aloud_not_counted", position=words[line.said.now])
    return join([_mark(line, words, say), el("span", f" {told}", class_="esc-hint")])


def _mark(line: Line, words: dict[Position, str], say: Words) -> Html:
    if line.position is None:
        return Html()
    if line.unread:
        return el("span", say("ballots.unread"), class_="esc-mark esc-mark-unread")
    if line.position is Position.OTHER and line.ballot is not None:
        return el("span", line.ballot.code, class_="esc-mark esc-mark-other")
    return el("span", words[line.position], class_=f"esc-mark esc-mark-{line.position}")
