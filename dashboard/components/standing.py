"""What keeps the record of a vote from being the last word, in whole sentences that need no pointing at?"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.components.escape import Html, el
from dashboard.words import Words
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries.view import VoteView


def warnings(view: VoteView, say: Words) -> Html | None:
    """Return what is out of the ordinary, each with what it means; None where nothing is."""
    items = [el("li", el("strong", word), " ", meaning) for word, meaning in told(view, say)]
    return el("ul", items, class_="esc-standing") if items else None


def provisional(view: VoteView, say: Words) -> str | None:
    """Return the word for figures that the source itself calls provisional, to stand before them; None for others."""
    return say(f"status.{view.status}").upper() if view.status is Status.PROVISIONAL else None


def told(view: VoteView, say: Words) -> Iterator[tuple[str, str]]:
    """Hand out what is out of the ordinary: the word for it, and what it means."""
    if view.credit is not None:
        yield f"{say('paper.transcription')}.", say("paper.transcription_is", by=view.credit.by)
    if view.status is not Status.OFFICIAL:
        yield f"{provisional(view, say) or say(f'status.{view.status}')}.", say(f"status.{view.status}_is")
    if view.verdict is Verdict.DOUBTFUL:
        yield f"{say('verdict.doubtful')}.", say("verdict.doubtful_is")
    if view.vacated:
        yield f"{say('status.vacated')}.", say("status.vacated_is")


def unusual(view: VoteView, say: Words) -> list[tuple[str, str]]:
    """Return what is out of the ordinary in few words each, and what it means; an earlier reading first."""
    found = [(word.rstrip("."), meaning) for word, meaning in told(view, say)]
    if view.credit is not None:
        found[0] = (found[0][0], say("card.transcribed", by=view.credit.by))
    if not view.in_force:
        found.insert(0, (say("card.earlier", n=view.version), say("card.earlier_is")))
    if view.gone_since is not None:
        found.append((say("status.gone"), say("status.gone_is")))
    return found
