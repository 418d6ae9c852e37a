"""What does a page say when it cannot show what was asked for?"""

from __future__ import annotations

from dashboard import links
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.database import Busy, Unavailable
from tracker.queries.votes import NotThen


def notice(title: str, *paragraphs: str | Html, role: str = "status") -> Html:
    """Return a message in place of a page's content: what is the matter and what to do next."""
    return el("section", el("h1", title), [el("p", text) for text in paragraphs], class_="esc-notice", role=role)


def no_vote(asked: str, say: Words, lang: str | None) -> Html:
    """Say that there is no such vote, and where to look."""
    way = el("a", say("vote.search"), href=links.to("votes", lang))
    told = say("vote.missing", id=asked[:120]) if asked else say("vote.no_id")
    return notice(told, say("vote.missing_is"), way)


def no_moment(slug: str, asked: str, say: Words, lang: str | None, to_vote: links.ToVote = links.vote) -> Html:
    """Say that what was asked for is no moment, and how one is written."""
    way = el("a", say("moment.now"), href=to_vote(slug, lang))
    return notice(say("moment.none", asked=asked[:60]), say("moment.how"), way)


def not_then(error: NotThen, say: Words, lang: str | None, to_vote: links.ToVote = links.vote) -> Html:
    """Say that a vote was not held at a moment, and since when it is."""
    way = el("a", say("moment.now"), href=to_vote(error.slug, lang))
    if error.first is None:
        return notice(say("moment.to_come", at=say.moment(error.moment, error.zone)), say("moment.to_come_is"), way)
    first = el("a", say.moment(error.first, error.zone), href=to_vote(error.slug, lang, as_of=error.first))
    told = say("moment.too_early", at=say.moment(error.moment, error.zone))
    return notice(told, join([say("moment.first"), " ", first, "."]), way)


def no_member(asked: str, say: Words, lang: str | None) -> Html:
    """Say that there is no such member, and where to look."""
    way = el("a", say("member.search"), href=links.to("members", lang))
    told = say("member.missing", id=asked[:120]) if asked else say("member.no_id")
    return notice(told, say("member.missing_is"), way)


def unavailable(error: Unavailable, say: Words) -> Html:
    """Say that the database cannot be read, or is busy and to be asked again, why, and that nothing is lost by it."""
    key = "error.busy" if isinstance(error, Busy) else "error.unavailable"
    return notice(say(key), say(f"{key}_is"), el("code", str(error)), role="alert")


def broken(say: Words) -> Html:
    """Say that the page could not be made, without its innards."""
    return notice(say("error.broken"), say("error.broken_is"), role="alert")
