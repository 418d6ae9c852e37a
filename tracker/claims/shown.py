"""What do pages show beside the answers to a text: the votes meant, whole, and those that stand beside them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.claims.match import Checked, check
from tracker.claims.neighbours import Neighbours, neighbours
from tracker.claims.verdict import Answer
from tracker.domain.spelled import Language
from tracker.queries.database import Engine
from tracker.queries.view import VoteView
from tracker.queries.votes import one

CARDS = 40
"""Answers that one page shows; `left_out` counts further ones."""


@dataclass(frozen=True, slots=True)
class Card:
    """An answer, the vote that fits it best (None: none does), and the votes beside that one."""

    answer: Answer
    view: VoteView | None
    beside: Neighbours


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with its language and the answers to its claims, in order."""

    text: str
    language: Language
    cards: tuple[Card, ...]
    left_out: int


def shown(engine: Engine, text: str, written: date | None = None) -> Shown:
    """Check a text, and bring what a page shows of each answer. Unreadable says what is wrong with the text."""
    checked: Checked = check(engine, text, written)
    some = checked.answers[:CARDS]
    slugs = dict.fromkeys(answer.matches[0].id for answer in some if answer.matches)
    views = {slug: one(engine, slug) for slug in slugs}
    cards = tuple(
        Card(answer, views[answer.matches[0].id] if answer.matches else None, neighbours(engine, answer))
        for answer in some
    )
    return Shown(text, checked.read.language, cards, checked.read.left_out + len(checked.answers) - len(some))
