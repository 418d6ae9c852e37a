"""What do other papers say of the same vote?"""

from __future__ import annotations

from dashboard import links
from dashboard.components import badge
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.domain.joining import Difference
from tracker.queries.view import PaperView, VoteView


def block(view: VoteView, say: Words, lang: str | None, to_vote: links.ToVote = links.vote) -> Html | None:
    """Return what each other paper's record says, and where it stands; None where this paper is the only one."""
    if not view.papers:
        return None
    items = [_item(paper, say, lang, to_vote) for paper in view.papers]
    now = None if view.in_force else el("p", say("papers.current"), class_="esc-hint")
    return el("section", el("h3", say("papers.title")), now, el("ul", items, class_="esc-papers"), class_="esc-section")


def _item(paper: PaperView, say: Words, lang: str | None, to_vote: links.ToVote) -> Html:
    sign = "ok" if paper.agrees else "bad"
    head = el(
        "p",
        el("span", say(f"check.{sign}_sign"), class_="esc-sign", aria_hidden="true"),
        el("strong", paper.title),
        join([" ", badge.transcribed(paper.credit, say)]) if paper.credit else None,
        f": {say('papers.same')}" if paper.agrees else f": {say.count('papers.differ', len(paper.differences))}",
        class_=f"esc-check-{sign}",
    )
    told = el("ul", [_difference(one, say) for one in paper.differences]) if paper.differences else None
    return el("li", head, told, _where(paper, say, lang, to_vote))


def _difference(one: Difference, say: Words) -> Html:
    ours, theirs = (_said(one, text, say) for text in (one.ours, one.theirs))
    who = el("strong", f"{one.who}: ") if one.who else None
    return el("li", who, say(f"papers.{one.field}", ours=ours, theirs=theirs))


def _said(one: Difference, text: str | None, say: Words) -> str:
    if text is None:
        return say("papers.nothing")
    return text.replace(" or ", say("reasons.or")) if one.field == "announced" else say(f"position.{text}")


def _where(paper: PaperView, say: Words, lang: str | None, to_vote: links.ToVote) -> Html:
    pdf = paper.media_type == "application/pdf" and paper.page
    address = f"{paper.url}#page={paper.page}" if pdf else paper.url
    page = f"{say('evidence.page')} {paper.page}" if paper.page else say("papers.document")
    parts = [
        el("a", page, href=address, rel="noreferrer"),
        " · ",
        el("a", say("papers.own"), href=to_vote(paper.id, lang, own=True)),
    ]
    return el("p", join(parts), class_="esc-hint")
