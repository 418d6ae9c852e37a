"""What stands around every page: the style, the name, the way to the other pages, the language, the foot?"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import links, words
from dashboard.components import glossary
from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.domain.spelled import Language
from tracker.settings import settings

HERE = Path(__file__).parent
ICON = f"data:image/png;base64,{b64encode((HERE / 'icon.png').read_bytes()).decode()}"
"""The sign of our tabs, as it is sent: Streamlit would read a file anew for every page."""


def language() -> Language:
    """Return the language of this visit: the address's, or the setting's."""
    return words.asked(st.query_params.to_dict(), settings().language)


def lang() -> str | None:
    """Return what links carry to keep the language; None where it is the setting's anyway."""
    chosen = language()
    return None if chosen == settings().language else chosen


def site() -> str:
    """Return the address of the front page, with a last `/`: the setting's, or as the reader's browser has it."""
    if settings().public_url:
        return f"{settings().public_url}/"
    return urljoin(st.context.url or "", "./")


def say() -> Words:
    """Return the words of this visit's language."""
    return words.of(language())


@lru_cache(maxsize=1)
def _style() -> str:
    files = (HERE / name for name in ("fonts.css", "style.css", "people.css"))
    return f"<style>{''.join(path.read_text(encoding='utf-8') for path in files)}</style>"


def show(*parts: Html | None) -> None:
    """Put parts on the page."""
    for part in parts:
        if part:
            st.html(part)


def place() -> DeltaGenerator:
    """Keep a place on the page for a part that depends on a choice shown below it."""
    return st.empty()


def open_page(pages: dict[str, Any]) -> DeltaGenerator:
    """Put the style, the name and the way around on the page; return the place of the way to the other language."""
    st.html(_style())
    speak, chosen = say(), lang()
    query = {"lang": chosen} if chosen else None
    with st.container(horizontal=True, key="esc-masthead", vertical_alignment="center"):
        # A page link to the default page has an address relative to the page it stands on, so this one is plain.
        st.html(el("a", "Escrutinio", href=links.to("", chosen), class_="esc-brand"))
        for name in links.PAGES:
            st.page_link(pages[name], label=speak(f"nav.{name}"), query_params=query)
        return st.empty()


def _other_language(page: str) -> Html:
    """Return the way to this page, as it stands now with its filters, in the other language."""
    speak = say()
    other = "en" if speak.language == "es" else "es"
    address = links.to(page, other, **links.kept(st.query_params.to_dict()))
    return el("a", speak("nav.other_language"), href=address, lang=other, hreflang=other, class_="esc-lang")


def close_page(place: DeltaGenerator, page: str) -> None:
    """Put the foot on the page: how to read the figures. The way to the other language knows the filters only now."""
    place.html(_other_language(page))
    st.html(glossary.foot(say()))
    st.html(_further(say()))


def _further(speak: Words) -> Html:
    """Return the ways on from the foot of a page."""
    ways = [el("a", speak(f"foot.{name}"), href=links.to(name, lang())) for name in reversed(links.PAGES[1:])]
    return el("nav", ways, class_="esc-further", aria_label=speak("foot.title"))
