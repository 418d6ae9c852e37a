"""What does a reader narrow a list down to? Every choice stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard.words import Words
from tracker.queries.health import SourceHealth
from tracker.queries.votes import VoteFilter

PER_PAGE = 25
LONGEST = 200


def votes(sources: Sequence[SourceHealth], say: Words) -> VoteFilter:
    """Show the search and the filters of the list of votes; return what they ask for, from the first page on."""
    chambers = {source.coverage.legislature: source.coverage.short for source in sources}
    text = st.text_input(
        say("filters.search"),
        key="q",
        bind="query-params",
        max_chars=LONGEST,
        placeholder=say("filters.hint"),
        type="search",
    )
    with st.container(horizontal=True, key="esc-filters"):
        chosen = choice(say("filters.chamber"), chambers, "ch", say("filters.all_chambers"))
        since = _day(say("filters.since"), "since")
        until = _day(say("filters.until"), "until")
    return VoteFilter(
        text=text or "", legislatures=(chosen,) if chosen else (), since=since, until=until, limit=PER_PAGE
    )


def choice(label: str, options: Mapping[str, str], key: str, everything: str) -> str | None:
    """Show a choice among codes by their names; return the code, None for all.

    The address holds the code. (Streamlit's own binding puts the name there, which differs from language to language.)
    An address that changes under the page, by the way back for one, takes over; one that names no option is put right.
    """
    asked = _asked(key, options)
    value = st.selectbox(
        label, list(options), index=None, key=key, format_func=lambda code: options[code], placeholder=everything
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


def _day(label: str, key: str) -> date | None:
    value = st.date_input(
        label, value=None, key=key, bind="query-params", format="DD/MM/YYYY", min_value=date(1789, 1, 1)
    )
    return value if isinstance(value, date) else None


def page_of(total: int, wanted: VoteFilter) -> int:
    """Show the way through a long list; return the page asked for, from 1. Another search starts at its first page."""
    pages = max(1, -(-total // PER_PAGE))
    if st.session_state.setdefault("searched", wanted) != wanted:
        st.session_state["searched"] = wanted
        st.session_state["page"] = 1
    if pages == 1:
        return 1
    return st.pagination(pages, key="page", bind="query-params")


def in_words(wanted: VoteFilter, sources: Sequence[SourceHealth], say: Words) -> str:
    """Say what was asked for: `«tropas», Congreso del Perú, desde el 1 de mayo de 2023`."""
    names = {source.coverage.legislature: source.coverage.short for source in sources}
    parts = [say("filters.quoted", text=wanted.text)] if wanted.text.strip() else []
    parts += [names.get(slug, slug) for slug in wanted.legislatures]
    parts += [say("filters.from", day=say.day(wanted.since))] if wanted.since else []
    parts += [say("filters.to", day=say.day(wanted.until))] if wanted.until else []
    return ", ".join(parts)


def ballots(groups: dict[str, str], places: dict[str, str], say: Words) -> tuple[str | None, str | None]:
    """Show the filters of the table of members; return the group and the position chosen, None for all."""
    with st.container(horizontal=True, key="esc-ballot-filters"):
        group = choice(say("filters.group"), groups, "group", say("filters.all_groups"))
        place = choice(say("filters.position"), places, "position", say("filters.all_positions"))
    return group, place
