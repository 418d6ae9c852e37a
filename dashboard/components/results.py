"""How does a vote stand in a list?"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import links
from dashboard.components import badge, heading, tally
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.queries.casing import calm
from tracker.queries.listed import VoteRow


def table(rows: Iterable[VoteRow], say: Words, lang: str | None, *, dated: bool) -> Html:
    """Return a list of votes, each a link to its page; `dated` puts chamber and date in front, else only the clock."""
    return el("ol", [_row(row, say, lang, dated=dated) for row in rows], class_="esc-votes")


def _row(row: VoteRow, say: Words, lang: str | None, *, dated: bool) -> Html:
    when = [row.short, say.day(row.sitting_date)] if dated else []
    if row.taken_at is not None:
        when.append(say.clock(row.taken_at, row.sitting_date))
    asked = heading.asked(row.question, row.subject)
    subject = calm(row.subject)
    about = " · ".join(part for part in (asked, row.result) if part)
    return el(
        "li",
        el("span", tally.of_row(row, say), class_="esc-rowtally"),
        el(
            "span",
            el("span", " · ".join(when), " ", badge.of_row(row, say), class_="esc-when"),
            el("a", subject, href=links.vote(row.id, lang), class_="esc-subject"),
            el("span", about, class_="esc-hint") if about else None,
            class_="esc-rowtext",
        ),
    )
