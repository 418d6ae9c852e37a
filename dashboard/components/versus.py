"""How alike did two members vote in a year, and in which votes did they part?"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import links
from dashboard.components import badge, course, shares, tally
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.casing import calm
from tracker.queries.conduct import Shared, Two
from tracker.queries.listed import VoteRow
from tracker.queries.members import MemberView
from tracker.queries.record import Record

PER_PAGE = 25


def figures(found: Two, say: Words) -> Html:
    """Return in what share they agreed, beside what chance would give: contested votes before all of them."""
    head = [("", False), (say("versus.share"), True), (say("versus.expected"), True), (say("versus.kappa"), True)]
    rows = [
        (say(f"versus.{key}"), shares.share(one.share, one.n, say), _expected(one, say), shares.index(one.kappa))
        for key, one in (("contested", found.agreement.contested), ("all", found.agreement.all))
    ]
    return shares.table(say("versus.caption"), head, rows)


def _expected(one: Shared, say: Words) -> str:
    return "–" if one.expected is None else say.fraction(one.expected)


def lead(found: Two, one: MemberView, other: MemberView, say: Words) -> Html:
    """Say the finding in a sentence, with its number."""
    hard = found.agreement.contested
    if hard.share is None:
        return el("p", say("versus.few", n=say.number(hard.n)), class_="esc-finding")
    told = say("versus.found", a=one.name, b=other.name, share=say.fraction(hard.share), n=say.number(hard.n))
    return el("p", told, class_="esc-finding")


def apart(
    record: Record, some: Sequence[int], columns: tuple[int, int], rows: Sequence[VoteRow], say: Words, lang: str | None
) -> Html:
    """Return the contested votes in which the two took different positions."""
    listed = {row.id: row for row in rows}
    return el("ol", [_row(record, vote, columns, listed[record.votes[vote].id], say, lang) for vote in some],
              class_="esc-votes esc-course")  # fmt: skip


def _row(record: Record, vote: int, columns: tuple[int, int], row: VoteRow, say: Words, lang: str | None) -> Html:
    parts = [record.part(vote, column) for column in columns]
    did = [el("span", f"{letter} ", course.did(part, say))
           for letter, part in zip("AB", parts, strict=True)]  # fmt: skip
    figure = tally.figure(row.tallies.best, abstention=row.abstention)
    return el(
        "li",
        el("span", did, class_="esc-rowtally esc-rowdid"),
        el(
            "span",
            el(
                "span",
                f"{say.day(row.sitting_date)} · ",
                el("span", figure, class_="esc-num"),
                " ",
                badge.of_row(row, say),
                class_="esc-when",
            ),
            el("a", calm(row.subject), href=links.vote(row.id, lang), class_="esc-subject"),
            class_="esc-rowtext",
        ),
    )


def names(record: Record, views: tuple[MemberView, MemberView], say: Words, lang: str | None) -> Html:
    """Return the two, A and B, as links to their pages."""
    both = [
        el(
            "li",
            f"{letter} · ",
            el("a", view.name, href=links.member(view.id, view.chamber.slug, lang, year=record.year)),
        )
        for letter, view in zip("AB", views, strict=True)
    ]
    return join([el("ol", both, class_="esc-ranks")])
