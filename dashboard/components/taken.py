"""Which of a member's votes does the reader want to see: by words, by what the member did, by which rule?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import data, frame, links, sought
from dashboard.components import course, ranks, rebels, scope
from dashboard.components.escape import el
from dashboard.words import Words
from tracker.queries.members import MemberView


def show(view: MemberView, years: Sequence[int], say: Words, lang: str | None) -> None:
    """Show the votes of some years, and which of them went against the group by the rule chosen."""
    query = st.query_params.to_dict()
    year = years[0] if len(years) == 1 else None
    frame.show(el("h2", say("member.votes", year=year) if year else say("member.all_votes"), id="votes"))
    text = st.text_input(
        say("course.search"), key="q", bind="query-params", max_chars=sought.LONGEST, type="search",
        placeholder=say("filters.hint"),
    )  # fmt: skip
    place = frame.place()
    rule = rebels.choice(say)
    every = data.taken(view, years, rule)
    wanted = (text or "").strip()
    meant = data.meeting(wanted, view.chamber.slug) if wanted else None
    found = [one for one in every if meant is None or one.id in meant]
    show = query.get("show", "all")
    show = show if show in course.WAYS else "all"
    some = course.kept(found, show)
    page = scope.page_of(len(some), course.PER_PAGE, query)
    shown = some[(page - 1) * course.PER_PAGE : page * course.PER_PAGE]
    whole = partial(links.member, view.id, view.chamber.slug, lang, year=year or scope.ALL, rule=ranks.kept(rule))
    address = partial(whole, q=wanted)
    with place.container():
        frame.show(course.search(found, len(every), wanted, say, whole()) if wanted else None)
        if not found:
            way = el("a", say("course.every_year"), href=address(year=scope.ALL))
            further = way if year and len(view.years) > 1 else None
            frame.show(el("p", say("course.none_found"), " ", further, class_="esc-note"))
            return
        frame.show(course.lead(found, say))
    rows = data.rows(tuple(one.id for one in shown))
    frame.show(
        course.ways(found, show, say, address),
        course.table(shown, rows, say, lang) if shown else el("p", say("course.none"), class_="esc-note"),
        scope.pages(len(some), page, course.PER_PAGE, say, partial(address, show=None if show == "all" else show)),
        el("p", ranks.rule(rule, say), class_="esc-hint"),
    )
