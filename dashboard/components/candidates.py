"""How many voted for each candidate?"""

from __future__ import annotations

from dashboard.components import shares
from dashboard.components.escape import Html, el
from dashboard.components.tally import ranked
from dashboard.words import Words
from tracker.domain.votes import Position
from tracker.queries.view import VoteView


def table(view: VoteView, say: Words) -> Html | None:
    """Return the candidates of an election by name with their ballots, by group; None for any other vote."""
    tally = view.tallies.best
    if tally is None or not tally.candidates:
        return None
    codes = [group.code for group in view.groups]
    votes: dict[tuple[str, str | None], int] = {}
    for ballot in view.ballots:
        if ballot.position is Position.OTHER:
            votes[ballot.code, ballot.group] = votes.get((ballot.code, ballot.group), 0) + 1
    head = [el("th", say("candidates.name"), scope="col"), _number("th", say("candidates.ballots"), scope="col")]
    head += [_number("th", code or "—", scope="col") for code in codes]
    rows = [
        el(
            "tr",
            el("th", name, scope="row"),
            _number("td", say.number(count)),
            [_number("td", say.number(votes.get((name, code), 0))) for code in codes],
        )
        for name, count in ranked(tally)
    ]
    name = say("candidates.caption")
    whole = el("table", el("caption", name), el("thead", el("tr", head)), el("tbody", rows), class_="esc-table")
    return shares.boxed(whole, name)


def _number(tag: str, text: str, *, scope: str | None = None) -> Html:
    return el(tag, text, class_="esc-n", scope=scope)
