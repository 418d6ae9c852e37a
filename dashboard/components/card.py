"""What stands on the card of a vote: the words of its page, in one language, and its chart?"""

from __future__ import annotations

from dashboard.charts import parts
from dashboard.charts.colours import LIGHT
from dashboard.charts.hemicycle import hemicycle
from dashboard.charts.house import SHAPES
from dashboard.charts.threshold import threshold
from dashboard.components import heading, standing, tally
from dashboard.words import Words
from tracker.domain.votes import CAST, Position
from tracker.publish.cards import MOST_ROWS, Card
from tracker.publish.drawing import TONES, Mark
from tracker.queries.casing import calm
from tracker.queries.view import VoteView

ORDER = (Position.YES, Position.NO, Position.ABSTAIN, Position.PRESENT, parts.UNREAD, Position.NOT_CAST)
"""As a count is quoted, then who did not vote."""


def of_vote(view: VoteView, say: Words, site: str) -> Card:
    """Return what the card of a vote says; `site` is our own address."""
    best, wide = view.tallies.best, view.chamber.abstention
    unusual = standing.unusual(view, say)
    seats = hemicycle(view, say, LIGHT, counted=False)
    bar = threshold(view, say, LIGHT) if seats is None else None
    chart = seats or bar
    rows = [(name, n, say.number(n)) for name, n in tally.ranked(best)] if best else []
    left = len(rows) - MOST_ROWS + 1
    return Card(
        language=say.language,
        chamber=view.chamber.title,
        when=_when(view, say),
        subject=calm(view.subject),
        figure=tally.figure(best, abstention=wide) if best else None,
        under=tally.in_short(view, say),
        status=unusual[0][0] if unusual else say(f"status.{view.status}"),
        means=" · ".join([unusual[0][1].rstrip("."), *(word for word, _ in unusual[1:])]) if unusual else "",
        alert=len(unusual) > (view.credit is not None),
        marks=_marks(view, say),
        rows=tuple(rows),
        more=say.count("card.more", left) if left > 1 else "",
        source=source(view, say),
        address=address(view, say, site),
        told=heading.told(view, say),
        chart=chart.spec if chart else None,
        seats=seats is not None,
    )


def _when(view: VoteView, say: Words) -> str:
    told = " · ".join(heading.when(view, say))
    return told[:1].upper() + told[1:]


def _marks(view: VoteView, say: Words) -> tuple[Mark, ...]:
    """Return the positions of the count, in the order of its figures."""
    lead = parts.drawable(view)
    if lead is None:
        return ()
    unread = sum(line.unread for line in parts.parts(view))
    drawn = parts.count(parts.parts(view))
    told = dict(parts.key(drawn if drawn.same_cast(lead) else lead, view, say, unread))
    return tuple(mark(look, told[look]) for look in ORDER if look in told)


def mark(look: str, text: str) -> Mark:
    """Return what a position looks like in a picture."""
    fill = LIGHT.of(look)
    pale = TONES.alert if look == parts.UNREAD else LIGHT.soft
    return Mark(SHAPES[look][0], fill, fill if look in CAST else pale, text)


def source(view: VoteView, say: Words) -> str:
    """Say where the count was read from."""
    page = view.paper_read.page
    return say("card.source", where=heading.host(view)) + (say("card.page", n=page) if page else "")


def address(view: VoteView, say: Words, site: str) -> str:
    """Say where the vote is, as one reads it out, and in which version it is shown."""
    return f"{short(heading.permalink(view, site))} · {say('card.version', n=view.version)}"


def short(address: str) -> str:
    """Return an address as one reads it out: without its scheme and what it asks for."""
    return address.partition("://")[2].partition("?")[0]
