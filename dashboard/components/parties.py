"""Which groups does a claim name, and are the figures it gives theirs and not those of the whole vote?"""

from __future__ import annotations

from dashboard.components.escape import Html, el, join
from dashboard.components.tally import figure
from dashboard.words import Words
from tracker.claims.verdict import Answer, Match, Verdict
from tracker.domain.people import fold
from tracker.queries.view import GroupView, VoteView


def counted(answer: Answer, view: VoteView) -> GroupView | None:
    """Return the group that a claim names whose tally the figures are; None where a count of the vote has them too."""
    if not answer.matches or answer.matches[0].numbers.matched or not answer.claim.figures.said:
        return None
    return next((one for one in named(answer, view) if answer.claim.figures.holds(one.shown)), None)


def named(answer: Answer, view: VoteView) -> list[GroupView]:
    """Return the groups of a vote whose names stand in a claim."""
    words = f" {fold(answer.claim.text)} "
    return [one for one in view.groups if one.name and f" {fold(one.name)} " in words]


def verdict(answer: Answer, view: VoteView | None) -> str | None:
    """Return the verdict, as an entry's name, where a group or named members are what is spoken of; None: the vote."""
    if view is not None and counted(answer, view):
        return "of-group"
    if answer.claim.figures.said or not answer.members:
        return None
    return {Verdict.MATCHES_FINAL: "members", Verdict.DIFFERS: "members-differ"}.get(answer.verdict, "members-unknown")


def figures(answer: Answer, view: VoteView, say: Words) -> str | None:
    """Say whose figures they are, where they are those of a group."""
    group = counted(answer, view)
    return say("claims.figures_of_group", group=group.name, tally=_tally(group, view)) if group else None


def block(answer: Answer, match: Match, view: VoteView, say: Words) -> Html | None:
    """Return how the groups that a claim names voted; None where it names none, or gives a count of the vote."""
    found = [] if match.matched else named(answer, view)
    lines = [el("li", el("strong", one.name), f": {_tally(one, view)}") for one in found]
    return join([el("h3", say("claims.groups")), el("ul", lines, class_="esc-plainlist")]) if lines else None


def _tally(group: GroupView, view: VoteView) -> str:
    return figure(group.shown, abstention=view.chamber.abstention)
