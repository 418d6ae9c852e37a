"""Who sat in a chamber in a year?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import data, frame, links, sought
from dashboard.components import directory, filters, notice, scope
from dashboard.components.escape import el
from tracker.queries.conduct import listed


def show() -> None:
    """Put the page together."""
    say, lang = frame.say(), frame.lang()
    st.set_page_config(page_title=f"{say('nav.members')} · Escrutinio")
    query, spans = st.query_params.to_dict(), data.spans()
    asked = scope.asked(spans, query)
    record = data.record(asked.chamber.slug, asked.year) if asked else None
    if asked is None or record is None:
        frame.show(notice.notice(say("members.none"), say("members.none_is")))
        return
    chamber, by = asked.chamber, query.get("sort", "name")
    by = by if by in directory.SORTS else "name"
    frame.show(
        el("header", el("h1", say("nav.members")), el("p", f"{chamber.title} · {asked.year}"), class_="esc-head"),
        scope.chambers(spans, chamber, say, partial(links.to, "members", lang)),
        scope.years(asked.years, asked.year, say, partial(links.to, "members", lang, ch=chamber.slug)),
    )
    text = st.text_input(
        say("members.search"), key="q", bind="query-params", max_chars=sought.LONGEST, type="search",
        placeholder=say("members.hint"),
    )  # fmt: skip
    everybody = listed(record)
    names = {one.group.code: one.group.name for one in everybody if one.group}
    group = filters.choice(say("filters.group"), dict(sorted(names.items())), "group", say("filters.all_groups"))
    people = directory.ordered(directory.found(everybody, text or "", group), by)
    nameless = sum(one.sitter.member is None for one in everybody)
    if nameless:
        frame.show(el("p", say.count("members.nameless", nameless), class_="esc-note"))
    if not people:
        frame.show(el("p", say("members.nobody"), class_="esc-note", role="status"))
        return
    frame.show(el("p", say.count("members.count", len(people)), class_="esc-count", role="status"))
    page = scope.page_of(len(people), directory.PER_PAGE, query)
    shown = people[(page - 1) * directory.PER_PAGE : page * directory.PER_PAGE]
    address = partial(links.to, "members", lang, ch=chamber.slug, year=asked.year, q=text, group=group)
    sorts = {sort: say(f"members.{sort}") for sort in directory.sorts(people)}
    frame.show(
        scope.ways(say("members.sort"), sorts, by, lambda sort: address(sort=sort)),
        directory.table(record, shown, say, lang),
        scope.pages(len(people), page, directory.PER_PAGE, say, partial(address, sort=by)),
        el("p", say("members.rule"), class_="esc-hint"),
    )


show()
