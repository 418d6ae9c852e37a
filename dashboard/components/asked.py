"""Which vote does an address ask for, and what is said where there is none to show?"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import data, frame, links
from dashboard.components import notice
from dashboard.words import Words
from tracker.queries.view import VoteView
from tracker.queries.votes import NotThen


def vote(query: Mapping[str, str], say: Words, lang: str | None) -> VoteView | None:
    """Return the vote in the reading asked for; None, with the reason on the page, if it cannot be shown."""
    slug, version = links.asked_vote(query)
    try:
        view = data.vote(slug, version, own=links.asked_own(query), as_of=links.asked_moment(query)) if slug else None
    except links.NoMoment as error:
        frame.show(notice.no_moment(slug or "", str(error), say, lang))
        return None
    except NotThen as error:
        frame.show(notice.not_then(error, say, lang))
        return None
    if view is None:
        frame.show(notice.no_vote(query.get("id", ""), say, lang))
    return view
