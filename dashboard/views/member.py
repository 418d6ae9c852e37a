"""Who is this member, how did they vote, how often, with whom, and when apart from the group?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import course, notice, person, ranks, rebels, scope
from dashboard.components.escape import el
from tracker.queries.conduct import attended, beside, taken
from tracker.queries.members import MemberView
from tracker.queries.record import Record


def year_of(view: MemberView, year: int) -> None:
    """Show what a member did in a year: how often they voted, with whom, and every vote."""
    say, lang = frame.say(), frame.lang()
    record = data.record(view.chamber.slug, year)
    column = record.column(view.id) if record else None
    frame.show(scope.years(view.years, year, say, partial(links.member, view.id, view.chamber.slug, lang)))
    if record is None or column is None:
        frame.show(el("p", say("member.no_votes", year=year), class_="esc-note"))
        return
    frame.show(
        person.contents(say),
        person.presence(attended(record, column), year, say),
        person.company(beside(record, column), view, year, say, lang),
    )
    votes(view, record, column)


def votes(view: MemberView, record: Record, column: int) -> None:
    """Show the votes of a year, and which of them went against the group by the rule chosen."""
    say, lang, query = frame.say(), frame.lang(), st.query_params.to_dict()
    frame.show(el("h2", say("member.votes", year=record.year), id="votes"))
    place = frame.place()
    rule = rebels.choice(say)
    every = taken(record, column, rule)
    show = query.get("show", "all")
    show = show if show in course.WAYS else "all"
    some = course.kept(every, show)
    page = scope.page_of(len(some), course.PER_PAGE, query)
    shown = some[(page - 1) * course.PER_PAGE : page * course.PER_PAGE]
    address = partial(links.member, view.id, view.chamber.slug, lang, year=record.year, rule=ranks.kept(rule))
    rows = data.rows(tuple(record.votes[one.vote].id for one in shown))
    place.html(course.lead(record, every, say))
    frame.show(
        el("p", ranks.rule(rule, say), class_="esc-hint"),
        course.ways(every, show, say, address),
        course.table(record, shown, rows, say, lang) if shown else el("p", say("course.none"), class_="esc-note"),
        scope.pages(len(some), page, course.PER_PAGE, say, partial(address, show=None if show == "all" else show)),
    )


def show() -> None:
    """Put the page together."""
    say, lang, query = frame.say(), frame.lang(), st.query_params.to_dict()
    slug = query.get("id", "")
    view = data.member(slug, query.get("ch")) if links.ID.match(slug) else None
    if view is None:
        frame.show(notice.no_member(slug, say, lang))
        return
    st.set_page_config(page_title=f"{view.name} · Escrutinio")
    frame.show(person.head(view, say, lang))
    if view.years:
        year_of(view, scope.year_among(view.years, query))
    else:
        frame.show(el("p", say("member.never"), class_="esc-note"))
    frame.show(person.course(view, say, lang))


show()
