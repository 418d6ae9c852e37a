"""How does a chart leave the page: as a picture, as a drawing that can be scaled, as its figures?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from dashboard import links, words
from dashboard.components import heading
from dashboard.routes import asked as asked_for
from dashboard.routes import lasting, pictures
from dashboard.routes.lasting import Lasts
from dashboard.routes.record import engine, kept, tag, unchanged
from dashboard.routes.trouble import NoPicture, guarded
from dashboard.routes.vote import view_of, wanted
from tracker.publish.cells import sheet
from tracker.publish.plates import Plate, plate
from tracker.publish.press import Form
from tracker.queries.database import data_version

if TYPE_CHECKING:
    from dashboard.charts.figure import Figure

PICTURES: tuple[Form, ...] = ("png", "svg")
SCALE = 2.0
"""Pixels of a picture to each of the drawing: it is to be printed, too."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A chart that leaves the page: with what stands around it, as data, and what its file is called."""

    figure: Figure
    plate: Plate
    data: dict[str, Any]
    name: str
    lasts: Lasts = Lasts.SETTLED


@guarded
def of_vote(request: Request) -> Response:
    """Answer with a chart of a vote."""
    from dashboard.components import drawn  # noqa: PLC0415 - charts take a second to load, which most requests never need

    asked, now = wanted(request, "bom"), _now(request)
    if (held := _held(request, now)) is not None:
        return held
    view = view_of(asked)
    figure = drawn.of_vote(request.path_params["name"], view, asked.say)
    if figure is None:
        raise NoPicture("plain.no_chart")
    return answer(request, Taken(
        figure,
        drawn.plate_of_vote(figure, view, asked.say, asked.site),
        drawn.data_of_vote(figure, view, heading.permalink(view, asked.site)),
        f"{view.id}-{figure.name}",
        lasts=lasting.of(view, asked),
    ), now)  # fmt: skip


@guarded
def of_many(request: Request) -> Response:
    """Answer with a chart of many votes, built from what the address asks for."""
    from dashboard.components import drawn  # noqa: PLC0415 - as above
    from dashboard.routes import survey  # noqa: PLC0415

    now = _now(request)
    if (held := _held(request, now)) is not None:
        return held
    query = dict(request.query_params)
    say, site, name = words.of(asked_for.language(query)), asked_for.site(request), request.path_params["name"]
    found = survey.chart(name, links.kept(query), say)
    if found is None:
        raise NoPicture("plain.no_chart")
    figure, over = found
    data = drawn.data(figure) | {"of": over}
    return answer(request, Taken(figure, survey.plate(figure, over, site, say), data, f"escrutinio-{name}"), now)


def _now(request: Request) -> str:
    """Return the tag of what is asked for: made before anything is read, so that no newer one goes with old figures."""
    return tag(request, data_version(engine()))


def _held(request: Request, now: str) -> Response | None:
    """Return the answer to somebody who holds these very figures; a picture has a tag of all that is drawn."""
    return None if request.path_params["form"] in PICTURES else unchanged(request, now)


def answer(request: Request, taken: Taken, now: str) -> Response:
    """Answer with a chart in the form asked for. Raise NoPicture for a form there is none of."""
    form = request.path_params["form"]
    for one in PICTURES:
        if form == one:
            scale = SCALE if form == "png" else 1.0
            return pictures.answer(request, plate(taken.plate), one, scale=scale, lasts=taken.lasts, name=taken.name)
    if form not in links.FORMS:
        raise NoPicture("plain.no_chart")
    headers = {**kept(now), "Access-Control-Allow-Origin": "*"}
    headers["Content-Disposition"] = f'{"attachment" if form == "csv" else "inline"}; filename="{taken.name}.{form}"'
    if form == "json":
        return Response(json.dumps(taken.data, ensure_ascii=False), media_type="application/json", headers=headers)
    bare = request.query_params.get("bom") == "0"
    body = sheet(taken.figure.head, taken.figure.rows, bom=not bare)
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)
