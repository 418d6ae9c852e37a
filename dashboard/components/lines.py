"""Which lines of a vote can a reporter paste: a sentence, a clause, a headline, the citation?"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.domain import wording
from tracker.queries import quote
from tracker.queries.casing import calm
from tracker.queries.view import VoteView


def whole(view: VoteView, say: Words, permalink: str | None = None) -> Iterator[tuple[str, str]]:
    """Hand out the count in a sentence, and the citation, with our address if given; each with its name."""
    if (told := quote.sentence(view, say.language)) is not None:
        yield say("vote.sentence"), told
    yield say("vote.citation"), quote.citation(view, say.language, permalink)


def lengths(view: VoteView, say: Words) -> Iterator[tuple[str, str]]:
    """Hand out the count as a clause and as a headline, each with its name."""
    if (told := quote.told(view, say.language)) is not None:
        yield say("vote.short"), wording.short(told)
        yield say("vote.headline"), wording.headline(told, calm(view.subject))


def folded(view: VoteView, say: Words) -> Html | None:
    """Return the other lengths, folded."""
    parts = [(el("h4", label), el("p", text, class_="esc-copy")) for label, text in lengths(view, say)]
    return el("details", el("summary", say("vote.lengths")), parts, class_="esc-official") if parts else None
