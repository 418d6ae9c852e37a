"""Who sat with a group in a year, how united was it, and with which other groups did it vote?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import bench, benches, inside, notice, ranks, rebels, scope
from dashboard.components.escape import el
from tracker.queries.benches import Bench, apart, sat
from tracker.queries.record import Record


def votes(record: Record, number: int, asked: Bench) -> None:
    """Show the votes in which the group did not hold together, by the rule chosen."""
    say, lang, query = frame.say(), frame.lang(), st.query_params.to_dict()
    frame.show(el("h2", say("bench.votes", year=record.year), id="votes"))
    rule = rebels.choice(say)
    some = apart(record, data.lines(record, rule, number))[::-1]
    page = scope.page_of(len(some), bench.PER_PAGE, query)
    shown = some[(page - 1) * bench.PER_PAGE : page * bench.PER_PAGE]
    rows = data.rows(tuple(record.votes[vote].id for vote, _ in shown))
    kept = {"year": record.year, "rule": ranks.kept(rule)}
    address = partial(links.group, asked.group.code, record.chamber.slug, lang, **kept)
    frame.show(
        el("p", say.count("bench.found", len(some)), class_="esc-finding"),
        el("p", ranks.rule(rule, say), class_="esc-hint"),
        bench.votes(shown, record, rows, say, lang),
        scope.pages(len(some), page, bench.PER_PAGE, say, address),
    )


def show() -> None:
    """Put the page together."""
    say, lang, query = frame.say(), frame.lang(), st.query_params.to_dict()
    code, asked = query.get("id", ""), scope.asked(data.spans(), query)
    record = data.record(asked.chamber.slug, asked.year) if asked else None
    number = record.bench(code) if record else None
    if asked is None or record is None or number is None:
        way = el("a", say("bench.search"), href=links.to("groups", lang))
        told = say("bench.missing", id=code[:120]) if code else say("bench.no_id")
        frame.show(notice.notice(told, say("bench.missing_is"), way))
        return
    group = record.groups[number]
    st.set_page_config(page_title=f"{group.name} · Escrutinio")
    frame.show(
        el("header", el("p", asked.chamber.title, class_="esc-kicker"), el("h1", group.name),
           None if group.attached else el("p", say("bench.unattached"), class_="esc-note"), class_="esc-head"),
        scope.years(asked.years, asked.year, say, partial(links.group, code, asked.chamber.slug, lang)),
    )  # fmt: skip
    every, pairs = data.groups(record)
    here = next((one for one in every if one.group.code == code), None)
    if here is None:
        frame.show(el("p", say("bench.not_that_year", year=record.year), class_="esc-note"))
        return
    frame.show(el("h2", say("bench.united", year=record.year), id="united"), benches.course(here, say))
    kept = {"id": code, "ch": asked.chamber.slug, "year": record.year}
    benches.months([here], say, partial(links.many, "cohesion", say.language, **kept))
    members = sat(record, number)
    frame.show(el("h2", say("bench.people", year=record.year), id="members"), bench.members(record, members, say, lang))
    if group.attached:
        votes(record, number, here)
        names = {one.group.code: one.group.name for one in every if one.group.attached}
        frame.show(
            el("h2", say("benches.alike"), id="alike"),
            benches.beside(pairs, code, names, record, say, lang),
            el("p", say("benches.square_is"), class_="esc-hint"),
        )
        inside.square(record, members, say, partial(links.many, "agreement", say.language, **kept))


show()
