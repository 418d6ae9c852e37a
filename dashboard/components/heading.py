"""Which vote is this: chamber, both dates, subject, status; and what can be copied of it?"""

from __future__ import annotations

from urllib.parse import urlsplit

from dashboard import links
from dashboard.components import badge, bills, standing, tally, understood
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.domain.people import fold
from tracker.queries import quote
from tracker.queries.candidates import Candidate
from tracker.queries.casing import calm
from tracker.queries.listed import VoteRow
from tracker.queries.view import VoteView

LONG = 80
"""Characters from which on a title is set smaller: the numbers should not be pushed off the first screen."""


def page_title(view: VoteView) -> str:
    """Return the browser's title: count and subject."""
    count = tally.figure(view.tallies.best, abstention=view.chamber.abstention)
    return f"{count} · {calm(view.subject)[:80]} · Escrutinio"


def head(view: VoteView, say: Words, lang: str | None, to_vote: links.ToVote = links.vote) -> Html:
    """Return the top of the page. An earlier reading says that it is one, and leads to the current one."""
    subject = calm(view.subject)
    official = None
    if subject != view.subject:
        printed = el(
            "p", view.question if _holds(view.question, view.subject) else view.subject, lang=view.chamber.language
        )
        official = el("details", el("summary", say("vote.official_text")), printed, class_="esc-official")
    question = asked(view.question, view.subject)
    return el(
        "header",
        el("p", " · ".join((view.chamber.title, *when(view, say))), class_="esc-kicker"),
        el(
            "h1",
            bills.linked(subject, view),
            lang=view.chamber.language,
            class_="esc-long" if len(subject) > LONG else None,
        ),
        el("p", question, lang=view.chamber.language) if question else None,
        official,
        bills.block(view, say),
        understood.press(view, say),
        badge.of_vote(view, say, lang),
        el("p", say("majority.stated", result=view.result)) if view.result else None,
        _earlier(view, say, lang, to_vote),
        _leads(view, say, lang, to_vote),
        _gone(view, say),
        class_="esc-head esc-votehead",
    )


def asked(question: str | None, subject: str) -> str | None:
    """Return the question put, for reading; None where it only repeats the subject."""
    if not question or _holds(question, subject) or _holds(subject, question):
        return None
    return calm(question)


def hint(vote: VoteRow | Candidate) -> Html | None:
    """Return the question put, small, beside the subject of a vote in a list."""
    found = asked(vote.question, vote.subject)
    return el("span", found, class_="esc-hint") if found else None


def _holds(text: str | None, part: str) -> bool:
    return bool(text) and fold(part) in fold(text or "")


def contents(say: Words, *more: Html, page: str = "", charts: bool = False, ranks: bool = False) -> Html:
    """Return the way to each part of the page, and `more`; `page` is its address where a bare `#` leads elsewhere."""
    parts = ("copy", *(["ranks"] if ranks else []), "source", *(["charts"] if charts else []), "groups", "ballots",
             "history", "story", "checks", "files")  # fmt: skip
    ways = [el("a", say(f"contents.{part}"), href=f"{page}#{part}") for part in parts]
    return el("nav", ways, more, class_="esc-contents", aria_label=say("contents.title"))


def when(view: VoteView, say: Words) -> list[str]:
    """Say both dates: of the sitting, and of the clock if it is known."""
    parts = [say("vote.sitting", day=say.day(view.sitting_date))]
    if view.taken_at is not None:
        clock, day = f"{view.taken_at:%H:%M}", view.taken_at.date()
        key = "vote.clock" if day == view.sitting_date else "vote.clock_after"
        parts.append(say(key, clock=clock, day=say.day(day)))
    return parts


def _earlier(view: VoteView, say: Words, lang: str | None, to_vote: links.ToVote) -> Html | None:
    if view.as_of is not None:
        return _as_of(view, say, lang, to_vote)
    if view.in_force:
        return None
    way = el("a", say("vote.current"), href=to_vote(view.id, lang))
    return el("p", say("vote.earlier", n=view.version), " ", way, class_="esc-warning", role="status")


def _as_of(view: VoteView, say: Words, lang: str | None, to_vote: links.ToVote) -> Html:
    """Say as of when the record is shown, and whether it has changed since."""
    told = say("moment.as_of", at=say.moment(view.as_of, view.chamber.zone)) if view.as_of else ""
    since = say("moment.same" if view.in_force else "moment.changed")
    way = el("a", say("vote.current"), href=to_vote(view.id, lang, own=view.leads_to is not None))
    return el("p", el("strong", told), " ", since, " ", way, class_="esc-warning", role="status")


def _leads(view: VoteView, say: Words, lang: str | None, to_vote: links.ToVote) -> Html | None:
    if view.leads_to is None:
        return None
    way = el("a", say("vote.first"), href=to_vote(view.leads_to, lang))
    return el("p", say("vote.leads"), " ", way, class_="esc-warning", role="status")


def _gone(view: VoteView, say: Words) -> Html | None:
    if view.gone_since is None:
        return None
    since = say.moment(view.gone_since, view.chamber.zone)
    return el("p", say("vote.gone", at=since), class_="esc-warning", role="status")


def permalink(view: VoteView, site: str) -> str:
    """Return the whole address to cite: of this very reading, where there are several."""
    version = view.version if len(view.versions) > 1 else None
    return site + links.plain(view.id, version=version, own=view.leads_to is not None).removeprefix("./")


def host(view: VoteView) -> str:
    """Return the name of the site that the paper shown lies on."""
    return urlsplit(view.paper_read.url).hostname or view.paper_read.url


def told(view: VoteView, say: Words) -> str:
    """Say the vote in one breath: its count in a sentence, or chamber, date and subject where there is no count."""
    warning = standing.provisional(view, say)
    sitting = say("vote.sitting", day=say.day(view.sitting_date))
    text = quote.sentence(view, say.language) or f"{view.chamber.title}, {sitting}: {view.subject}"
    return f"{warning}. {text}" if warning else text
