"""How does a chart stand on a page: its finding, its key, itself, and all of it in figures?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import frame
from dashboard.charts.figure import Figure
from dashboard.components import legend
from dashboard.components.escape import el, plain
from dashboard.words import Words


def show(figure: Figure, say: Words, address: Callable[[str], str], *, keyed: bool = True) -> None:
    """Put a figure on the page: the finding first, then the chart, then its figures, and the ways to it as a file.

    `address` gives the address of the file in a form. Not `keyed`: the figure before it has explained the shapes and
    colours.
    """
    frame.show(el("h3", legend.unbroken(figure.title), class_="esc-finding"), legend.key(figure) if keyed else None)
    with st.container(key=f"esc-chart-{figure.name}"):
        st.vega_lite_chart(figure.spec, theme=None, width="stretch", alt=plain(figure.told))
    frame.show(legend.notes(figure), legend.in_figures(figure, say), legend.files(figure, address, say))
