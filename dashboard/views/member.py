"""Who is this member, how did they vote, how often, with whom, and when apart from the group?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import downloads, notice, person, scope, taken
from dashboard.components.escape import el
from tracker.queries.conduct import beside
from tracker.queries.members import MemberView


def year_of(view: MemberView, year: int) -> None:
    """Show what a member did in a year: how often they voted, with whom, and every vote."""
    say, lang = frame.say(), frame.lang()
    record = data.record(view.chamber.slug, year)
    column = record.column(view.id) if record else None
    if record is None or column is None:
        frame.show(el("p", say("member.no_votes", year=year), class_="esc-note"))
        return
    frame.show(
        person.contents(say),
        person.presence(data.attended(record)[column], year, record.unlisted, say),
        person.company(beside(record, column), view, year, say, lang),
    )
    taken.show(view, (year,), say, lang)


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
    whole = query.get("year") == scope.ALL and len(view.years) > 1
    year = None if whole or not view.years else scope.year_among(view.years, query)
    address = partial(links.member, view.id, view.chamber.slug, lang, q=query.get("q"))
    frame.show(scope.years(view.years, year, say, address, whole=True))
    if year is not None:
        year_of(view, year)
    elif whole:
        frame.show(person.contents(say, ("votes", "groups")), el("p", say("member.by_year"), class_="esc-hint"))
        taken.show(view, view.years, say, lang)
    else:
        frame.show(el("p", say("member.never"), class_="esc-note"))
    frame.show(person.course(view, say, lang), downloads.of_member(view, say))


show()
