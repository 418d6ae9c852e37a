"""How does a vote become a chart at Datawrapper: ready drawn in our colours, its figures fetched from here?

Datawrapper takes a form at its address for presets, and keeps the address of the figures: what is corrected here is
corrected there as soon as it fetches them anew.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard import links
from dashboard.charts import parts
from dashboard.charts.colours import LIGHT
from dashboard.components import heading, standing, tally
from dashboard.components.escape import text
from dashboard.components.groups import PLACES
from dashboard.routes import asked as asked_for
from dashboard.routes.asked import Asked
from dashboard.routes.record import engine, kept, tag, unchanged
from dashboard.routes.templates import POLICY, fill
from dashboard.routes.trouble import NoPicture, guarded
from dashboard.routes.vote import view_of, wanted
from dashboard.words import Words
from tracker.domain.votes import Tally
from tracker.publish.cells import Cell, sheet
from tracker.queries.casing import calm
from tracker.queries.database import data_version
from tracker.queries.view import VoteView
from tracker.settings import settings

HOST = "https://app.datawrapper.de"
ACTION = f"{HOST}/create/"
THERE = POLICY.replace("form-action 'none'", f"form-action {HOST}")
"""What the page with the form may do: the same as any plain page, and send the form there."""
READY = "2"
"""The step of Datawrapper's that shows the chart: the figures need no looking at."""


@guarded
def form(request: Request) -> Response:
    """Answer with the form that opens the chart; without a public address, with why there is none."""
    asked = wanted(request)
    view = view_of(asked)
    if not _rows(view, asked.say)[1]:
        raise NoPicture("plain.no_chart")
    say, public, own = asked.say, settings().public_url, view.leads_to is not None
    page = fill(
        "datawrapper.html",
        say=say,
        lang=asked.lang,
        up=asked_for.up(request),
        title=f"{say('datawrapper.title')} · Escrutinio",
        vote=links.plain(view.id, asked.lang, own=own),
        subject=calm(view.subject),
        told=say("datawrapper.is" if public else "datawrapper.no_address"),
        action=ACTION,
        fields=_fields(view, asked) if public else {},
        csv=_figures(view, say),
    )
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": THERE if public else POLICY}
    return HTMLResponse(page, headers=headers)


@guarded
def figures(request: Request) -> Response:
    """Answer with the figures of the chart, as they stand now."""
    asked = wanted(request)
    now = tag(request, data_version(engine()))
    if (held := unchanged(request, now)) is not None:
        return held
    head, rows = _rows(view_of(asked), asked.say)
    if not rows:
        raise NoPicture("plain.no_chart")
    headers = {**kept(now), "Access-Control-Allow-Origin": "*"}
    return Response(sheet(head, rows, bom=False), media_type="text/csv; charset=utf-8", headers=headers)


def _figures(view: VoteView, say: Words) -> str:
    own = "1" if view.leads_to is not None else None
    return links.to(f"v/{view.id}/datawrapper.csv", say.language, own=own)


def _rows(view: VoteView, say: Words) -> tuple[list[str], list[list[Cell]]]:
    """Return the figures: of the groups, where none are printed of the board and the final count, or of candidates."""
    best = view.tallies.best
    if best is not None and best.candidates:
        return ["candidate", "votes"], [[name, n] for name, n in tally.ranked(best)]
    if parts.drawable(view) is None:
        return [], []
    counts: list[tuple[str, Tally]] = [(one.name, one.tally) for one in parts.benches(view, say)]
    if all(group.code is None for group in view.groups):
        both = (("board", view.tallies.board), ("final", view.tallies.final))
        counts = [(say(f"tally.{name}"), count) for name, count in both if count is not None]
    shown = [position for position in PLACES if any(count.of(position) for _, count in counts)]
    return ["group", *map(str, shown)], [[name, *map(count.of, shown)] for name, count in counts]


def _fields(view: VoteView, asked: Asked) -> dict[str, str]:
    """Return what Datawrapper is told. It takes text for HTML, so all that comes from a source is escaped for it."""
    say, head = asked.say, _rows(view, asked.say)[0]
    when = " · ".join((view.chamber.title, *heading.when(view, say)))
    status = [f"{word}: {meaning}" for word, meaning in standing.unusual(view, say)]
    best = view.tallies.best
    words = tally.position_words(view, say)
    count = tally.in_words(best, words, say, abstention=view.chamber.abstention) if best else ""
    coloured: dict[str, Any] = {
        "map": {position: LIGHT.of(position) for position in head[1:]},
        "categoryLabels": {str(position): words[position] for position in PLACES if position in head},
    }
    visualize = {"stack-show-absolute": True, "color-by-column": True, "color-category": coloured}
    metadata = {
        "visualize": visualize if head[0] == "group" else {"base-color": LIGHT.soft},
        "axes": {"labels": head[0]},
    }
    return {
        "title": _as_html(calm(view.subject)),
        "description": _as_html(f"{when}. {count}"),
        "notes": _as_html(" ".join(status)),
        "source_name": _as_html(view.chamber.title),
        "source_url": heading.permalink(view, asked.site),
        "type": "d3-bars-stacked" if head[0] == "group" else "d3-bars",
        "external_data": asked.site + _figures(view, say).removeprefix("./"),
        "data": "{}",
        "last_edit_step": READY,
        "metadata": json.dumps(metadata, ensure_ascii=False),
    }


def _as_html(said: str) -> str:
    """Escape text for there; on the page it is a value like any other, and escaped as such."""
    return str(text(said))
