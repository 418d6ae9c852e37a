"""Which groups sat in a chamber in a year, how united were they, and which voted alike?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import benches, notice, scope
from dashboard.components.escape import el


def show() -> None:
    """Put the page together."""
    say, lang = frame.say(), frame.lang()
    st.set_page_config(page_title=f"{say('nav.groups')} · Escrutinio")
    spans = data.spans()
    asked = scope.asked(spans, st.query_params.to_dict())
    record = data.record(asked.chamber.slug, asked.year) if asked else None
    if asked is None or record is None:
        frame.show(notice.notice(say("benches.none"), say("members.none_is")))
        return
    chamber = asked.chamber
    frame.show(
        el("header", el("h1", say("nav.groups")), el("p", f"{chamber.title} · {asked.year}"), class_="esc-head"),
        scope.chambers(spans, chamber, say, partial(links.to, "groups", lang)),
        scope.years(asked.years, asked.year, say, partial(links.to, "groups", lang, ch=chamber.slug)),
    )
    found, pairs = data.groups(record)
    if not found:
        frame.show(el("p", say("benches.nobody"), class_="esc-note"))
        return
    votes = say.count("votes", int(record.reckoned.sum()))
    left_out = len(record.votes) - int(record.reckoned.sum())
    frame.show(
        el("p", say("benches.rests", votes=votes), class_="esc-count"),
        el("p", say.count("benches.left_out", left_out), class_="esc-hint") if left_out else None,
        benches.table(record, found, say, lang),
        el("p", say("benches.pairs_is"), class_="esc-hint"),
        benches.indices(record, found, say),
    )
    benches.months(found, say, partial(links.many, "cohesion", say.language, ch=chamber.slug, year=asked.year))
    codes = [bench.group.code for bench in found if bench.group.attached]
    if len(codes) > 1:
        names = {bench.group.code: bench.group.name for bench in found}
        frame.show(
            el("h2", say("benches.alike"), id="alike"),
            benches.finding(pairs, say),
            benches.square(pairs, codes, names, say),
            el("p", say("benches.square_is"), class_="esc-hint"),
        )


show()
