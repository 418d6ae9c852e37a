"""Which addresses give files?

What makes them is loaded with the first that is asked for: it takes half a second, and 60 MB that a process which only
shows pages can do without.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.routes.trouble import Handler, guarded
from tracker.publish.formats import Format


def _made(name: str) -> Handler:
    """Return a handler of `filing`, by its name."""

    @guarded
    def answer(request: Request) -> Response:
        from dashboard.routes import filing  # noqa: PLC0415

        made: Response = getattr(filing, name)(request)
        return made

    return answer


ROUTES = (
    Route("/codebook.csv", _made("codebook")),
    Route("/bulk/{name}", _made("of_bulk")),
    *(Route(f"/v/{{id}}.{form}", _made("of_vote")) for form in Format if form is not Format.JSON),
    *(Route(f"/votes.{form}", _made("of_list")) for form in Format),
    *(Route(f"/member/{{ch}}/{{id}}.{form}", _made("of_member")) for form in Format),
    Route("/v/{id}/popolo.json", _made("popolo_of_vote")),
    Route("/popolo.json", _made("popolo_of_list")),
)
