"""What does a reader narrow a list down to? Every choice stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import data, sought
from dashboard.components.escape import el
from dashboard.sought import LONGEST, PER_PAGE
from dashboard.words import Words
from tracker.queries.filters import VoteFilter
from tracker.queries.health import SourceHealth
from tracker.queries.options import GroupOption, Options

FURTHER = ("state", "out", "margin", "kind", "group", "stand", "sort", "exact")
MARGINS = (1, 5, 10, 20)


def votes(sources: Sequence[SourceHealth], say: Words) -> VoteFilter:
    """Show the search and the filters of the list of votes; return what they ask for, from the first page on."""
    text = st.text_input(
        say("filters.search"),
        key="q",
        bind="query-params",
        max_chars=LONGEST,
        placeholder=say("filters.hint"),
        type="search",
    )
    with st.container(horizontal=True, key="esc-filters"):
        chosen = chamber(sources, say)
        since = day(say("filters.since"), "since")
        until = day(say("filters.until"), "until")
    asked = VoteFilter(
        text=text or "", legislatures=(chosen,) if chosen else (), since=since, until=until, limit=PER_PAGE
    )
    only = next(iter(_chambers(sources)), None) if len(_chambers(sources)) == 1 else None
    with st.expander(say("filters.more"), expanded=any(key in st.query_params for key in FURTHER)):
        exact = st.checkbox(say("filters.exact"), key="exact", bind="query-params")
        if not (chosen or only):
            st.html(el("p", say("filters.of_chamber"), class_="esc-hint"))
        with st.container(horizontal=True, key="esc-further-filters"):
            return _further(replace(asked, exact=exact), data.choices(chosen or only), say)


def chamber(sources: Sequence[SourceHealth], say: Words) -> str | None:
    """Show the choice of a chamber; return its slug, None for all."""
    return choice(say("filters.chamber"), _chambers(sources), "ch", say("filters.all_chambers"))


def _chambers(sources: Sequence[SourceHealth]) -> dict[str, str]:
    return {source.coverage.legislature: source.coverage.short for source in sources}


def _further(asked: VoteFilter, found: Options, say: Words) -> VoteFilter:
    """Show the filters that few readers want; return what they ask for too."""
    every = say("filters.all")
    state = choice(say("filters.state"), {key: say(f"filters.states.{key}") for key in sought.STATES}, "state", every)
    outcomes = {key: say(f"filters.outs.{key}") for key in sought.OUTCOMES}
    outcomes |= {sought.STATED + result: say("filters.stated", result=result) for result in found.results}
    out = choice(say("filters.out"), outcomes, "out", every)
    margins = {str(n): say("filters.at_most", n=n) for n in MARGINS}
    margin = choice(say("filters.margin"), margins, "margin", every)
    kind = choice(say("filters.kind"), {one: sought.kind(one) for one in found.kinds}, "kind", every)
    group = choice(say("filters.group"), {g.code: _group(g) for g in found.groups}, "group", say("filters.all_groups"))
    stands = {str(key): say(f"filters.stands.{key}") for key in sought.STANDS} if group else {}
    stand = choice(say("filters.stand"), stands, "stand", every)
    usual = say("filters.best") if asked.text else say("filters.newest")
    order = choice(say("filters.sort"), {sought.CLOSEST: say("filters.closest")}, "sort", usual)
    return sought.narrowed(
        asked,
        state=state,
        out=out,
        margin=int(margin) if margin else None,
        kind=kind,
        group=group,
        stand=stand,
        closest=order is not None,
    )


def _group(group: GroupOption) -> str:
    return group.name if group.name == group.code else f"{group.name} ({group.code})"


def choice(label: str, options: Mapping[str, str], key: str, everything: str) -> str | None:
    """Show a choice among codes by their names; return the code, None for all.

    The address holds the code. (Streamlit's own binding puts the name there, which differs from language to language.)
    An address that changes under the page, by the way back for one, takes over; one that names no option is put right.
    """
    asked = _asked(key, options)
    value = st.selectbox(
        label,
        list(options),
        index=None,
        key=key,
        format_func=lambda code: options[code],
        placeholder=everything,
        disabled=not options,
    )
    _keep(key, value, asked)
    return value


def switch(label: str, options: Mapping[str, str], key: str) -> str:
    """Show a few ways to look at one thing, the first unless the address asks for another; return the one chosen."""
    asked = _asked(key, options)
    first, *_ = options
    if st.session_state.get(key) is None:
        st.session_state[key] = first
    value = st.segmented_control(
        label, list(options), key=key, format_func=lambda code: options[code], required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    _keep(key, None if value == first else value, asked)
    return value or first


def _asked(key: str, options: Mapping[str, str]) -> str | None:
    """Return what the address asks for; if that has changed under the page, the choice shown follows it."""
    asked = st.query_params.get(key)
    asked = asked if asked in options else None
    if asked != st.session_state.get(_followed(key)):
        st.session_state[key] = asked
    return asked


def _keep(key: str, value: str | None, asked: str | None) -> None:
    """Put a choice into the address; None leaves nothing of it there."""
    if value is not None and value != asked:
        st.query_params[key] = value
    elif value is None and key in st.query_params:
        del st.query_params[key]
    st.session_state[_followed(key)] = value


def _followed(key: str) -> str:
    return f"{key} in the address"


def day(label: str, key: str) -> date | None:
    """Show the choice of a day, kept in the address; None: no day."""
    value = st.date_input(
        label, value=None, key=key, bind="query-params", format="DD/MM/YYYY", min_value=date(1789, 1, 1)
    )
    return value if isinstance(value, date) else None


def page_of(total: int, wanted: object, per_page: int = PER_PAGE) -> int:
    """Show the way through a long list; return the page asked for, from 1. Another search starts at its first page."""
    pages = max(1, -(-total // per_page))
    if st.session_state.setdefault("searched", wanted) != wanted:
        st.session_state["searched"] = wanted
        st.session_state["page"] = 1
    if pages == 1:
        return 1
    return st.pagination(pages, key="page", bind="query-params")


def in_words(wanted: VoteFilter, sources: Sequence[SourceHealth], say: Words) -> str:
    """Say what was asked for: `«tropas», Congreso del Perú, desde el 1 de mayo de 2023`."""
    return sought.in_words(wanted, _chambers(sources), say)


def ballots(groups: dict[str, str], places: dict[str, str], say: Words) -> tuple[str | None, str | None]:
    """Show the filters of the table of members; return the group and the position chosen, None for all."""
    with st.container(horizontal=True, key="esc-ballot-filters"):
        group = choice(say("filters.group"), groups, "group", say("filters.all_groups"))
        place = choice(say("filters.position"), places, "position", say("filters.all_positions"))
    return group, place
