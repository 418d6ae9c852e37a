"""How settled is the record of a vote, in words?"""

from __future__ import annotations

from dashboard import links
from dashboard.components import terms
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.domain.legislature import Credit
from tracker.domain.reconcile import Verdict
from tracker.domain.votes import Status
from tracker.queries.listed import VoteRow
from tracker.queries.view import VoteView


def of_row(row: VoteRow, say: Words) -> Html:
    """Return the badges of a vote in a list: only what is out of the ordinary."""
    return _unusual(row.credit, row.status, row.verdict, row.gone, say)


def of_head(view: VoteView, say: Words) -> Html:
    """Return the same of a vote that stands beside another."""
    return _unusual(view.credit, view.status, view.verdict, view.gone_since is not None, say)


def of_status(status: Status, say: Words) -> Html | None:
    """Return the badge of a record that is not simply official; None for one that is."""
    return None if status is Status.OFFICIAL else _badge(f"status.{status}", say)


def _unusual(credit: Credit | None, status: Status, verdict: Verdict, gone: bool, say: Words) -> Html:
    return join(
        [
            transcribed(credit, say),
            of_status(status, say),
            _badge("verdict.doubtful", say) if verdict is Verdict.DOUBTFUL else None,
            _badge("status.gone", say) if gone else None,
        ]
    )


def of_vote(view: VoteView, say: Words, lang: str | None) -> Html:
    """Return the badges of a vote's page, each leading to its meaning: whose paper, status and verdict always.

    A transcription is nobody's official record, so it says that in place of an official status.
    """
    official = view.credit is not None and view.status is Status.OFFICIAL
    return el(
        "p",
        transcribed(view.credit, say),
        None if official else _told(f"status.{view.status}", say, lang),
        _told(f"verdict.{view.verdict}", say, lang),
        _told("status.vacated", say, lang) if view.vacated else None,
        _told("status.gone", say, lang) if view.gone_since else None,
        class_="esc-badges",
    )


def transcribed(credit: Credit | None, say: Words) -> Html | None:
    """Return the label of a transcription, with who wrote it for those who hear the page; None for any other paper."""
    if credit is None:
        return None
    by = el("span", f" {say('paper.by', by=credit.by)}", class_="esc-hidden")
    return el(
        "span",
        say("paper.transcription"),
        by,
        class_="esc-badge esc-badge-transcription",
        title=say("paper.transcription_is", by=credit.by),
    )


def _badge(key: str, say: Words) -> Html:
    return el("span", say(key), class_=f"esc-badge esc-badge-{key.rsplit('.', 1)[1]}", title=say(f"{key}_is"))


def _told(key: str, say: Words, lang: str | None) -> Html:
    """Return a badge that leads to its meaning, if that is among the words explained."""
    term = key.rsplit(".", 1)[1]
    shown = _badge(key, say)
    return el("a", shown, href=links.term(term, lang)) if term in terms.KNOWN else shown
