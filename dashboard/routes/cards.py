"""How does the card of a vote get to whoever shows it: as a picture for link previews, and as a drawing?"""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from dashboard.routes import lasting, pictures
from dashboard.routes.trouble import guarded
from dashboard.routes.vote import view_of, wanted
from tracker.publish.cards import SQUARE, WIDE, Shape
from tracker.publish.cards import card as set_card
from tracker.publish.press import Form

Handler = Callable[[Request], Response]


def _of(shape: Shape, form: Form) -> Handler:
    """Answer with the card of a vote in a shape and a form."""

    @guarded
    def answer(request: Request) -> Response:
        from dashboard.components import card  # noqa: PLC0415 - charts take a second to load, which most requests never need

        asked = wanted(request)
        view = view_of(asked)
        drawing = set_card(card.of_vote(view, asked.say, asked.site), shape)
        return pictures.answer(request, drawing, form, lasts=lasting.of(view, asked))

    return answer


CARDS: dict[str, Handler] = {
    "card.png": _of(WIDE, "png"),
    "card.svg": _of(WIDE, "svg"),
    "card-square.png": _of(SQUARE, "png"),
    "card-square.svg": _of(SQUARE, "svg"),
}
"""The files of a vote, by name."""
