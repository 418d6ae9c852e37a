"""What does every page stand in? Streamlit runs this file for each view of each page."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from dashboard import frame, links
from dashboard.components import notice
from tracker.queries.database import Unavailable

VIEWS = Path(__file__).parent / "views"


def main() -> None:
    """Show the page the address asks for, or say why it cannot be shown."""
    say = frame.say()
    st.set_page_config(page_title="Escrutinio", page_icon=frame.ICON, layout="centered",
                       initial_sidebar_state="collapsed")  # fmt: skip
    pages = {
        "overview": st.Page(VIEWS / "overview.py", title=say("nav.overview"), default=True),
        **{name: st.Page(VIEWS / f"{name}.py", title=say(f"nav.{name}"), url_path=name) for name in links.PAGES},
    }
    pages |= {
        name: st.Page(VIEWS / f"{name}.py", title=say(f"nav.{name}"), url_path=name, visibility="hidden")
        for name in links.LED_TO
    }
    page = st.navigation(list(pages.values()), position="hidden")
    place = frame.open_page(pages)
    try:
        page.run()
    except Unavailable as error:
        frame.show(notice.unavailable(error, say))
    except Exception:
        logging.getLogger(__name__).exception("the page %s could not be made", page.url_path or "/")
        frame.show(notice.broken(say))
    frame.close_page(place, page.url_path)


main()
