"""How alike did two members vote in a year, and where did they part?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import notice, scope, versus
from dashboard.components.escape import el
from tracker.queries.conduct import two
from tracker.queries.members import MemberView


def both(one: MemberView, other: MemberView) -> None:
    """Show two members of a chamber side by side."""
    say, lang, query = frame.say(), frame.lang(), st.query_params.to_dict()
    shared = [year for year in one.years if year in other.years]
    address = partial(links.to, "versus", lang, ch=one.chamber.slug, a=one.id, b=other.id)
    record = data.record(one.chamber.slug, scope.year_among(shared, query)) if shared else None
    columns = [record.column(view.id) for view in (one, other)] if record else []
    if record is None or columns[0] is None or columns[1] is None:
        frame.show(el("p", say("versus.never"), class_="esc-note"))
        return
    found, pair = two(record, columns[0], columns[1]), (columns[0], columns[1])
    page = scope.page_of(len(found.apart), versus.PER_PAGE, query)
    some = found.apart[::-1][(page - 1) * versus.PER_PAGE : page * versus.PER_PAGE]
    rows = data.rows(tuple(record.votes[vote].id for vote in some))
    frame.show(
        versus.names(record, (one, other), say, lang),
        scope.years(shared, record.year, say, address),
        versus.lead(found, one, other, say),
        versus.figures(found, say),
        el("p", say("versus.is", together=say.count("votes", found.together)), class_="esc-hint"),
        el("h2", say("versus.apart", year=record.year), id="apart"),
        el("p", say.count("versus.parted", len(found.apart)), class_="esc-count"),
        versus.apart(record, some, pair, rows, say, lang),
        scope.pages(len(found.apart), page, versus.PER_PAGE, say, partial(address, year=record.year)),
    )


def show() -> None:
    """Put the page together."""
    say, lang, query = frame.say(), frame.lang(), st.query_params.to_dict()
    st.set_page_config(page_title=f"{say('nav.versus')} · Escrutinio")
    asked = [query.get(key, "") for key in ("a", "b")]
    one, other = (data.member(slug, query.get("ch")) if links.ID.match(slug) else None for slug in asked)
    if one is None or other is None:
        lost = next((slug for slug, view in zip(asked, (one, other), strict=True) if view is None and slug), None)
        way = el("a", say("member.search"), href=links.to("members", lang))
        which = notice.notice(say("versus.which"), say("versus.which_is"), way)
        frame.show(notice.no_member(lost, say, lang) if lost else which)
        return
    frame.show(
        el("header", el("p", one.chamber.title, class_="esc-kicker"), el("h1", say("nav.versus")), class_="esc-head")
    )
    if one.chamber.slug != other.chamber.slug:
        frame.show(el("p", say("versus.two_chambers"), class_="esc-note"))
        return
    both(one, other)


show()
