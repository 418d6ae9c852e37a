"""What stands on the plain page of a vote? The blocks of the page in the dashboard, all of them at once."""

from __future__ import annotations

from dashboard import links
from dashboard.components import (
    ballots,
    candidates,
    chances,
    checks,
    downloads,
    evidence,
    glossary,
    groups,
    heading,
    history,
    ledger,
    lines,
    majority,
    papers,
    ranks,
    report,
    seats,
    standing,
    story,
    tally,
)
from dashboard.components.escape import el
from dashboard.routes import described
from dashboard.routes.asked import Asked
from dashboard.routes.templates import fill
from tracker.queries import pieces
from tracker.queries.view import VoteView
from tracker.settings import settings


def vote(view: VoteView, asked: Asked) -> str:
    """Return the page. Every link on it is relative to the front page, one level up."""
    say, lang = asked.say, asked.lang
    about = described.describe(view, asked)
    here = f"./v/{asked.slug}" + (f"?{asked.query}" if asked.query else "")
    address = heading.permalink(view, asked.site)
    incomplete = None if view.complete else el("p", say("ballots.incomplete"), class_="esc-hint")
    drawn = seats.block(view, say)
    return fill(
        "vote.html",
        say=say,
        lang=lang,
        up="../",
        title=f"{about.title} · Escrutinio",
        described=about,
        ways=_ways(view, asked),
        head=heading.head(view, say, lang, links.plain),
        standing=standing.warnings(view, say),
        tallies=tally.panel(view, say, lang),
        contents=heading.contents(say, page=here, charts=drawn is not None, ranks=ranks.asked(view)),
        ledger=ledger.ledger(view, say, lang),
        announced=ledger.announced(view, say),
        to_copy=tuple(lines.whole(view, say, address)),
        lengths=lines.folded(view, say),
        ranks=ranks.whole(view, say, lang),
        seats=drawn,
        evidence=evidence.block(view, say),
        papers=papers.block(view, say, lang, links.plain),
        majority=majority.panel(view, say, lang),
        groups=groups.table(view, say),
        candidates=candidates.table(view, say),
        chances=chances.block(view, say, lang),
        checks=checks.block(view, say),
        picture=downloads.part(view, "/piece.png")
        if view.piece and pieces.picture(settings().archive, view.piece)
        else None,
        story=story.block(view, say, asked.site),
        report=report.block(view, say, address),
        files=downloads.of_vote(view, say),
        history=history.block(view, say, lang, links.plain),
        incomplete=incomplete,
        ballots=ballots.table(view, ballots.lines(view), say),
        glossary=glossary.foot(say),
        imprint={
            "count": about.count,
            "address": address,
            "digest": view.origin.sha256,
        },
    )


def _ways(view: VoteView, asked: Asked) -> dict[str, str]:
    """Return where the page leads: to the same reading in the dashboard, and in the other language."""
    other = "en" if asked.language == "es" else "es"
    version, own = None if view.in_force or view.as_of else view.version, view.leads_to is not None
    return {
        "app": links.vote(view.id, asked.lang, version, own=own, as_of=view.as_of),
        "other": other,
        "other_language": links.plain(view.id, other, version, own=own, as_of=view.as_of),
        "feed": links.feed_of(view.id, asked.lang, own=own),
    }
